//! The chat as a ballot box: how messages and threads are read.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use movienight::model::chat::stamp::{Stamp, resolve};
use movienight::model::chat::{LIST_HEADING, Thread, Titles, count, grammar};
use movienight::model::text::fold;
use movienight::model::{CacheEntry, ImdbId, Opinion, Proposal, ProposalNumber, Title};
use time::UtcDateTime;
use time::macros::datetime;

use crate::ballot::talk;

/// Messages of chats, a line each: the language, the message and its meaning. `?` is a message that must not count, `-`
/// one that says nothing about movies, `!3` a no to 3, `only` a message that replaces earlier ones. What is before `but ?`
/// would be right, but is not understood yet.
const CORPUS: &str = include_str!("corpus.txt");

/// Returns the board that the corpus refers to.
pub fn board() -> Vec<Proposal> {
    let movies = [
        (1, "The Matrix", None, 1999),
        (2, "Heat", None, 1995),
        (3, "Amélie", Some("Le Fabuleux Destin d'Amélie Poulain"), 2001),
        (4, "The Godfather", None, 1972),
        (5, "No Country for Old Men", None, 2007),
        (6, "12 Angry Men", None, 1957),
        (7, "Alien", None, 1979),
        (8, "Up", None, 2009),
        (9, "The Great Escape", None, 1963),
        (10, "Spirited Away", Some("千と千尋の神隠し"), 2001),
        (11, "O Brother, Where Art Thou?", None, 2000),
        (12, "Blade Runner 2049", None, 2017),
        (14, "300", None, 2006),
        (15, "Alien: Covenant", None, 2017),
        (16, "The Perfect Storm", None, 2000),
    ];
    movies.map(|(number, title, original, year)| movie(number, title, original, Some(year))).to_vec()
}

fn movie(number: i64, title: &str, original: Option<&str>, year: Option<u16>) -> Proposal {
    Proposal {
        cache: CacheEntry {
            title: Some(Title {
                title: title.into(),
                original_title: original.map(str::to_owned),
                year,
                ..Title::default()
            }),
            ..CacheEntry::default()
        },
        ..Proposal::new(ProposalNumber(number), UtcDateTime::UNIX_EPOCH)
    }
}

/// Returns a board whose titles are everyday words.
fn everyday_board() -> Vec<Proposal> {
    talk::BOARD.map(|(number, title, original)| movie(number, title, original, None)).to_vec()
}

#[test]
fn a_number_that_is_also_a_title_needs_its_sign() {
    let titles = Titles::new(&[movie(8, "9", None, None), movie(9, "12 Angry Men", None, None)]);
    let reason = grammar::read("9 please", &titles).unwrap_err();
    assert_eq!(reason, "\"9\" is a number and a title; use #9 or #8");
    for (message, said) in [("#9 please", "9"), ("#8 please", "8")] {
        assert_eq!(format_opinions(grammar::read(message, &titles).unwrap().opinions), said);
    }
}

/// Writes opinions as the corpus does: `2 4♥ !3`.
pub fn format_opinions(mut opinions: Vec<(ProposalNumber, Opinion)>) -> String {
    opinions.sort_by_key(|(number, _)| *number);
    let word = |(number, opinion): (ProposalNumber, Opinion)| match opinion {
        Opinion::Yes => number.to_string(),
        Opinion::Favorite => format!("{number}♥"),
        Opinion::No => format!("!{number}"),
    };
    opinions.into_iter().map(word).collect::<Vec<_>>().join(" ")
}

/// Returns the lines of the corpus: language, message, meaning.
fn lines(corpus: &'static str) -> Vec<[&'static str; 3]> {
    let parts = |line: &'static str| -> [&'static str; 3] {
        let parts: Vec<&str> = line.split(" | ").map(str::trim).collect();
        parts.try_into().unwrap_or_else(|_| panic!("{line}"))
    };
    corpus.lines().filter(|line| !line.trim().is_empty()).map(parts).collect()
}

#[test]
fn the_corpus_is_read_right_and_never_silently_wrong() {
    let corpora = [(board(), lines(CORPUS)), (everyday_board(), lines(talk::LINES))];
    let titles = corpora.each_ref().map(|(board, _)| Titles::new(board));
    let lines: Vec<_> = corpora
        .iter()
        .zip(&titles)
        .flat_map(|((_, lines), titles)| lines.iter().map(move |line| (line, titles)))
        .collect();
    let (mut left, mut wrong) = (0, Vec::new());
    for ([language, message, meaning], titles) in &lines {
        let statement = grammar::read(&message.replace('⏎', "\n"), titles);
        let read = match &statement {
            Ok(statement) if statement.opinions.is_empty() => "-".to_owned(),
            Ok(statement) => {
                let only = if statement.replaces || statement.is_sorry { "only " } else { "" };
                format!("{only}{}", format_opinions(statement.opinions.clone()))
            }
            Err(_) => "?".to_owned(),
        };
        let is_left = meaning.ends_with(" but ?");
        left += usize::from(is_left);
        let expected = if is_left { "?" } else { meaning };
        if read != expected {
            wrong.push(format!("{language}: {message} → {read}, not {expected} ({:?})", statement.err()));
        }
    }
    assert!(wrong.is_empty(), "{} of {}: {wrong:#?}", wrong.len(), lines.len());
    // The share is also checked without the lines that must not count, which make it look better than it is.
    let votes = lines.iter().filter(|([_, _, meaning], _)| *meaning != "?").count();
    for all in [lines.len(), votes] {
        let right = all - left;
        assert!(all >= 150 && right * 100 >= all * 97, "{right} of {all}");
    }
}

/// Returns the ballots of a thread, a line for each person, and the number of its messages that are not understood.
fn ballots(text: &str) -> (String, usize) {
    let board = board();
    let titles = Titles::new(&board);
    let count = count(&Thread::read(text, &titles, &HashSet::new()).messages, &titles);
    let lines = count.ballots.into_iter().map(|ballot| {
        let opinions = ballot.opinions.into_iter().map(|said| (said.movie, said.opinion)).collect();
        format!("{}: {}\n", ballot.sender, format_opinions(opinions))
    });
    (lines.collect(), count.not_understood.len())
}

#[test]
fn chats_of_all_kinds_are_read() {
    let said = "Ben: 2 !3 4♥\nCleo Müller: 1 2\n";
    for thread in [
        // WhatsApp on Android.
        "22/11/2026, 19:40 - Messages and calls are end-to-end encrypted.\n22/11/2026, 19:41 - Ana added Cleo\n\
         22/11/2026, 19:42 - Ben: 2 4♥\nnot 3\n22/11/2026, 19:43 - Cleo Müller: Heat and Matrix! <This message was edited>\n\
         22/11/2026, 19:44 - Ana: <Media omitted>",
        "11/22/26, 7:42\u{202f}PM - Ben: 2 4♥\nnot 3\n11/22/26, 7:43\u{202f}PM - Cleo Müller: Heat and Matrix!",
        "22.11.26, 19:42 - Ben: 2 4♥\nnot 3\n22.11.26, 19:43 - Cleo Müller: Heat and Matrix!",
        "22-11-2026 19:42 - Ben: 2 4♥\nnot 3\n22-11-2026 19:43 - Cleo Müller: Heat and Matrix!",
        // WhatsApp on iOS, and copied from its web page.
        "[22.11.26, 19:40:00] Movies: \u{200e}Messages and calls are end-to-end encrypted.\n\
         [22.11.26, 19:42:11] Ben: 2 4♥\nnot 3\n\u{200e}[22.11.26, 19:42:31] Ben: \u{200e}image omitted\n\
         [22.11.26, 19:43:11] ~ Cleo Müller: Heat and Matrix!\n",
        "[11/22/26, 7:42:11 PM] Ben: 2 4♥\nnot 3\n[11/22/26, 7:43:11 PM] Cleo Müller: Heat and Matrix!",
        "[19:42, 11/22/2026] Ben: 2 4♥\nnot 3\n[19:43, 11/22/2026] Cleo Müller: Heat and Matrix!",
        // Signal.
        "[2026-11-22 19:42] Ben: 2 4♥\nnot 3\n(- Ana: 👍 -)\n[2026-11-22 19:43] Cleo Müller: > Movies?\nHeat and Matrix!",
        // Telegram.
        "Ben, [22.11.2026 19:42]\n2 4♥\nnot 3\n\nCleo Müller, [22.11.2026 19:43]\n[In reply to Ben]\nHeat and Matrix!",
        r#"{"name": "Movies", "messages": [
            {"id": 1, "type": "service", "date": "2026-11-22T19:40:00", "actor": "Ana", "action": "create_group", "text": ""},
            {"id": 2, "type": "message", "date": "2026-11-22T19:42:11", "from": "Ben", "text": "2 4♥\nnot 3"},
            {"id": 3, "type": "message", "date": "2026-11-22T19:43:11", "from": "Cleo Müller",
             "text": ["Heat and ", {"type": "bold", "text": "Matrix"}, "!"]},
            {"id": 4, "type": "message", "date": "2026-11-22T19:44:11", "from": "Ana", "forwarded_from": "Dan", "text": "7"}
        ]}"#,
        // Discord, and DiscordChatExporter.
        "Ben — Today at 7:42 PM\n2 4♥\nnot 3 (edited)\nCleo Müller — Today at 7:43 PM\nHeat and Matrix!",
        "Ben — 22/11/2026 19:42\n2 4♥\nnot 3\nCleo Müller — 22/11/2026 19:43\nHeat and Matrix!",
        "[22-Nov-26 07:42 PM] Ben\n2 4♥\nnot 3\n\n{Reactions}\n👍 (2)\n\n[22-Nov-26 07:43 PM] Cleo Müller\nHeat and Matrix!",
        // Plain lines.
        "Ben: 2 4♥\nnot 3\nCleo Müller: Heat and Matrix!",
        "Ben: Ben: 2 4♥\nNo: 3\n\nCleo Müller: Heat\nMatrix",
    ] {
        assert_eq!(ballots(thread), (said.to_owned(), 0), "{thread}");
    }
}

#[test]
fn a_thread_counts_from_its_last_posted_list() {
    let list = format!("**{LIST_HEADING}**\n\n**2** · Heat (1995) · 3 votes");
    let thread = format!("Ben: 7\nAna: {list}\nBen: 1\nAna: *{LIST_HEADING}*\nBen: 2 4\nCleo: > {LIST_HEADING}\n2");
    assert_eq!(ballots(&thread), ("Ben: 2 4\nCleo: 2\n".to_owned(), 0));
    assert!(!Thread::read("Ben: 2", &Titles::new([]), &HashSet::new()).has_list);
}

#[test]
fn a_link_names_its_movie() {
    let mut board = board();
    board[6].imdb_id = ImdbId::parse("tt0078748");
    let titles = Titles::new(&board);
    for (message, expected) in [
        ("https://www.imdb.com/title/tt0078748/ please", "7"),
        ("2, https://m.imdb.com/de/title/tt0078748/?ref_=x", "2 7"),
        ("not imdb.com/title/tt0078748", "!7"),
    ] {
        assert_eq!(format_opinions(grammar::read(message, &titles).unwrap().opinions), expected, "{message}");
    }
}

#[test]
fn messages_of_a_person_add_up() {
    for (thread, said, not_understood) in [
        ("Ben: 2\nBen: 4", "Ben: 2 4\n", 0),
        ("Ben: 2 4\nBen: not 2", "Ben: !2 4\n", 0),
        ("Ben: 2♥\nBen: 4♥", "Ben: 2 4♥\n", 0),
        ("Ben: 2 not 3\nBen: only 4", "Ben: 4\n", 0),
        ("Ben: 2\nben: sorry, 4", "Ben: 4\n", 0),
        ("Ben: 2\nBen: sorry, not 3", "Ben: 2\n", 1),
        ("Ben: sorry, not 3", "Ben: !3\n", 0),
        ("Ben: 2\nBen: see you at 8\nBen: thanks!", "Ben: 2\n", 1),
        ("Ana: Ben: 2", "", 1),
        ("Alien: Covenant\nBen: 2", "Ben: 2\n", 1),
        // A number after a question that asks for a number is its answer.
        ("Ben: what time?\nAna: 7\nCleo: 8 👍\nDan: 2 and 4\nEva: 3", "Dan: 2 4\nEva: 3\n", 3),
        ("Ben: Wer kommt?\nAna: thanks\nCleo: 8 bitte\nCleo: Heat!", "Cleo: 2\n", 2),
        ("Ben: how old are they?\nAna: 7", "", 2),
        ("Ben: which one?\nAna: 7", "Ana: 7\n", 1),
        // Many people leave out the question mark.
        ("Ben: what time works for everyone\nCleo: thanks\nAna: 7\nDan: 2 and 4", "Dan: 2 4\n", 2),
        ("Ben: hi all, how many beers\nAna: 7", "", 2),
        ("Ben: Wann treffen wir uns\nAna: 7", "", 2),
        ("Ben: no idea when that was\nDan: who cares\nAna: 7", "Ana: 7\n", 2),
        ("Ben: When I'm home I'll look\nAna: 7", "Ana: 7\n", 1),
        ("Ben: what day?\nAna: not 7", "", 2),
        // After a mark or a label without movies, messages of the same person may belong to it.
        ("Ben: 5\nBen: Yes:\nBen: 1 2\nBen: No:\nBen: 3\nBen: 4", "Ben: 5\n", 4),
        ("Ana: ❌\nAna: 3\nCleo: 4", "Cleo: 4\n", 2),
        ("Ana: neither\nAna: 3\nBen: ni\nBen: 4\nCleo: nope\nCleo: 2", "", 6),
        ("Ana: 2 4\nAna: only the\nAna: 3\nAna: see you at 8", "Ana: 2 4\n", 3),
        ("Ben: Already seen:\nBen: 2\nBen: thanks!\nBen: 5\nAna: 3\nBen: 1", "Ana: 3\nBen: 1\n", 3),
        ("Ben: 3\nBen: 👎\nCleo: 4\nBen: no\nBen: 2", "Ben: 2 3\nCleo: 4\n", 2),
        // A link is a movie, or a line of the message before it; nobody is called https.
        ("Ben: 2\nhttps://example.org/title/1/\nAna: 4", "Ana: 4\n", 1),
    ] {
        assert_eq!(ballots(thread), (said.to_owned(), not_understood), "{thread}");
    }
}

#[test]
fn lines_within_a_message_are_not_senders() {
    for (thread, said, not_understood) in [
        ("Ben: hello\nMy votes: 2, 4\nNo: 3", "Ben: 2 !3 4\n", 0),
        ("Ben: 2\nStill no: 3", "", 1),
        ("Ben: 2\nYes from me: 7", "", 1),
        ("Ben: 2\nPS: 7", "", 1),
        ("Ben: 2\nFavs: 4", "", 1),
        ("Ben: 2\nTonight: 8", "", 1),
        ("Ben: 2\nOption 2: 3", "", 1),
        ("Ben: 2\nEd: 3", "", 1),
        ("Ben: 2\nBen — huomenna 19:12: 3", "", 1),
        ("Ben: 2\n20:00 - doors open\nCleo: 4", "Cleo: 4\n", 1),
        ("22/11/2026, 19:41 - Ben: 2\n20:00 - Pizza: 4", "", 1),
        ("22/11/2026, 19:41 - Ben changed the group name from \"Films\" to \"Films: 2 4\"", "", 0),
        ("22/11/2026, 19:41 - Ben changed the subject to “Movie: Heat”", "", 0),
        ("Ben — Today at 7:42 PM\n2\n[7:43 PM]\nnot 3\n[7:44 PM]4♥\n[7:45 PM]Alien: Covenant", "Ben: 2 !3 4♥ 15\n", 0),
        ("Ben: 2\nVan Berg: 4\nAnna-Lena M.: 7\nMaria de la Cruz: 2", "Anna-Lena M.: 7\nMaria de la Cruz: 2\n", 1),
    ] {
        assert_eq!(ballots(thread), (said.to_owned(), not_understood), "{thread}");
    }
    let board = board();
    let titles = Titles::new(&board);
    let known = HashSet::from(["will".to_owned()]);
    let messages = Thread::read("Ben: 2\nWill: 3", &titles, &known).messages;
    assert_eq!(count(&messages, &titles).ballots.len(), 2);
}

#[test]
fn times_in_headers_are_read_in_all_languages() {
    for time in [
        "hoy a las 19:12",
        "Oggi alle 19:12",
        "Hoje às 19:12",
        "Dzisiaj o 19:12",
        "bugün saat 19:12",
        "Dnes v 19:12",
        "Aujourd’hui à 19:12",
        "I dag kl. 19.12",
        "Сегодня, в 19:12",
    ] {
        assert_eq!(ballots(&format!("Ben — {time}\n2")), ("Ben: 2\n".to_owned(), 0), "{time}");
    }
    for thread in ["22.11.2026 klo 19.12 - Ben: 2", "[22.11.2026 klo 19.12] Ben: 2"] {
        assert_eq!(ballots(thread), ("Ben: 2\n".to_owned(), 0), "{thread}");
    }
}

#[test]
fn a_message_of_thousands_of_characters_is_no_ballot() {
    assert_eq!(ballots(&format!("Ben: {}", "2 ".repeat(900))), ("Ben: 2\n".to_owned(), 0));
    assert_eq!(ballots(&format!("Ben: {}", "2 ".repeat(1200))), (String::new(), 1));
}

#[test]
fn a_range_has_at_most_a_hundred_numbers() {
    let movies: Vec<_> = (1..=150).map(|number| movie(number, "Up", None, None)).collect();
    let titles = Titles::new(&movies);
    assert_eq!(grammar::read("1-100", &titles).unwrap().opinions.len(), 100);
    assert!(grammar::read("1-101", &titles).is_err());
}

#[test]
fn dates_of_all_messengers_are_parsed() {
    let now = datetime!(2026-11-23 12:00);
    for text in [
        "22/11/2026, 19:42",
        "11/22/26, 7:42 PM",
        "11/22/26, 7:42\u{202f}PM",
        "22.11.26, 19:42:11",
        "2026-11-22 19:42",
        "22/11/26 7:42 p. m.",
        "22-Nov-26 07:42 PM",
        "19:42, 11/22/2026",
        "22.11.2026 19.42",
        "22/11/2026 à 19:42",
        "Nov 22, 2026 at 7:42 PM",
        "2026/11/22 19:42",
    ] {
        let stamp = Stamp::parse(text);
        assert!(stamp.is_some(), "{text}");
        assert_eq!(resolve(&[stamp], now), Ok(vec![Some(datetime!(2026-11-22 19:42))]), "{text}");
    }
    for text in ["2 4 not 3", "Ben: 2", "at 8", "3.5"] {
        assert_eq!(Stamp::parse(text), None, "{text}");
    }
    for text in ["05-Nov-26 07:42 PM", "Nov 5, 2026 at 7:42 PM", "5 Nov 2026, 19:42", "19:42, Nov 5, 2026"] {
        assert_eq!(resolve(&[Stamp::parse(text)], now), Ok(vec![Some(datetime!(2026-11-05 19:42))]), "{text}");
    }
    let stamps = ["05/06/26, 19:42", "06/06/26, 10:00"].map(Stamp::parse);
    assert!(resolve(&stamps, now).is_err());
    assert_eq!(resolve(&[Stamp::parse("Today at 7:42 PM")], now), Ok(vec![None]));
}

#[test]
fn no_word_means_both_no_and_something_else() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/model/chat/words.txt");
    let (mut class, mut classes) = (String::new(), HashMap::new());
    for line in fs::read_to_string(path).unwrap().lines() {
        let line = line.split('#').next().unwrap().trim();
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(heading) => class = heading.to_owned(),
            None => {
                for phrase in line.split('|').filter(|phrase| !phrase.is_empty()) {
                    let first = classes.entry(fold(phrase)).or_insert_with(|| class.clone());
                    let is_no = |class: &str| ["not", "no", "not-after", "neither", "nor"].contains(&class);
                    assert!(*first == class || !is_no(first) && !is_no(&class), "{phrase}: {first}, {class}");
                    // The first class wins, so a second one would have no effect.
                    assert!(*first == class || class == "common", "{phrase}: {first}, {class}");
                }
            }
        }
    }
    for class in ["not", "no", "not-after", "neither", "nor"] {
        assert!(classes.values().any(|other| other == class), "{class}");
    }
}
