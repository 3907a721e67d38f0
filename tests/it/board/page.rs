//! The board as a page and as text for a chat.

use std::io::Write;
use std::path::Path;

use movienight::posters::jpeg::Jpeg;
use movienight::render::{ballot_page, markdown, page};
use movienight::view::page::{Page, PageLink, PageMovie, PageNote, PageVoter, PageWatched};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::support::pictures;

const HOSTILE: [&str; 12] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg onload=alert(1)>",
    "</style></title><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "javascript:alert(1)",
    "&lt;script&gt; &#60;b&#62; &amp;",
    "[click](https://evil.example) ![x](https://evil.example/x.png) https://evil.example www.evil.example",
    "@everyone #general # heading **bold** `code` | a | b |",
    "مرحبا \u{202e}gpj.exe\u{202c} שלום",
    "Averyveryverylongwordwithoutanyblanksthatnobreakcouldeverbeputintoandthatgoesonandonandonandonandonandonandonandon",
];

fn movie(rank: usize, title: &str) -> PageMovie {
    let votes = 5usize.saturating_sub(rank / 3).max(1);
    let names = ["Ana", "Ben", "Cleo", "Dan", "Emilia"];
    let voters = names.iter().cycle().skip(rank).take(votes).enumerate();
    PageMovie {
        number: rank as i64 * 3 + 1,
        rank: Some(rank),
        title: title.into(),
        original_title: None,
        year: Some(1960 + (rank * 7 % 65) as u16),
        rating: Some(9.4 - rank as f64 * 0.31),
        rating_count: Some(2_123_456 / rank as u64 / rank as u64),
        runtime_minutes: Some(88 + (rank * 17 % 70) as u32),
        ends_at: Some(format!("22:{:02}", rank * 13 % 60)),
        genres: vec!["Drama".into(), "Mystery".into()],
        votes: Some(votes),
        favorites: Some(usize::from(rank < 4)),
        voters: Some(
            voters.map(|(at, name)| PageVoter { name: (*name).into(), favorite: at == 0 && rank < 4 }).collect(),
        ),
        proposed_by: Some("Cleo".into()),
        plot: Some(
            "A lighthouse keeper finds a reel of film in the wall of the tower. Every night another minute of it can \
             be seen, and every morning somebody in the village below remembers a summer that never was."
                .into(),
        ),
        links: vec![PageLink { name: "IMDb".into(), url: format!("https://www.imdb.com/title/tt{rank:07}/") }],
        fits: Some(true),
        ..PageMovie::default()
    }
}

fn note(voter: &str, text: &str) -> Vec<PageNote> {
    vec![PageNote { voter: Some(voter.into()), text: text.into() }]
}

fn with_poster(mut movie: PageMovie, seed: usize) -> PageMovie {
    movie.poster = Jpeg::parse(&pictures::poster(seed, 300, 450)).ok();
    movie
}

fn page_of(movies: Vec<PageMovie>) -> Page {
    Page {
        title: "Movie night".into(),
        date: "Sunday, 22 November 2026".into(),
        evening: Some("starts at 20:30, over by 23:00".into()),
        people: Some(5),
        movies,
        watched: ["The Paper Planet", "Snow on Mars", "A Room with a Moon"]
            .iter()
            .enumerate()
            .map(|(at, title)| PageWatched {
                title: (*title).into(),
                year: Some(2001 + at as u16),
                date: format!("{} November", 15 - at * 7 % 15),
            })
            .collect(),
        generated_at: "22 November 2026, 19:42".into(),
        credit: Some("Information courtesy of IMDb (https://www.imdb.com). Used with permission.".into()),
        ..Page::default()
    }
}

/// Returns a realistic board of invented movies.
fn board() -> Page {
    let titles = [
        "The Lighthouse Reel",
        "Ninety Summers",
        "Signal at Dusk",
        "The Cartographer's Daughter",
        "Low Tide",
        "Quiet Machines",
        "千の灯台",
        "Harvest Moon Motel",
        "An Unusually Long Title About the Night the Projectionist Forgot the Ending",
    ];
    let movies = titles.iter().enumerate().map(|(at, title)| {
        let movie = movie(at + 1, title);
        if at == 4 || at == 7 { movie } else { with_poster(movie, at) }
    });
    let mut movies: Vec<PageMovie> = movies.collect();
    movies[0].notes = note("Cleo", "We have wanted this one since the storm in March.");
    (movies[2].fits, movies[2].misfit) = (Some(false), Some("ends at 23:25".into()));
    movies[3].original_title = Some("La fille du cartographe".into());
    movies[5].fits = None;
    movies[5].runtime_minutes = None;
    movies[5].ends_at = None;
    movies[7] = PageMovie {
        number: 40,
        rank: Some(8),
        title: "Ana's wedding video".into(),
        votes: Some(1),
        ..PageMovie::default()
    };
    page_of(movies)
}

/// Returns a board on which every text is hostile.
fn hostile() -> Page {
    let movies = HOSTILE.iter().enumerate().map(|(at, text)| {
        let text = (*text).to_owned();
        let movie = PageMovie {
            original_title: Some(text.clone()),
            ends_at: Some(text.clone()),
            genres: vec![text.clone(); 2],
            voters: Some(vec![PageVoter { name: text.clone(), favorite: true }; 2]),
            proposed_by: Some(text.clone()),
            notes: note(&text, &text),
            plot: Some(text.repeat(9)),
            links: vec![PageLink { name: text.clone(), url: text.clone() }],
            fits: Some(false),
            misfit: Some(text.clone()),
            ..movie(at + 1, &text)
        };
        if at % 2 == 0 { with_poster(movie, at) } else { movie }
    });
    let mut page = page_of(movies.collect());
    page.title = HOSTILE[0].into();
    page.date = HOSTILE[1].into();
    page.evening = Some(HOSTILE[2].into());
    page.generated_at = HOSTILE[3].into();
    page.credit = Some(HOSTILE[4].into());
    page.watched = HOSTILE.iter().map(|t| PageWatched { title: (*t).into(), year: None, date: (*t).into() }).collect();
    page
}

fn twenty() -> Page {
    page_of((1..=20).map(|rank| with_poster(movie(rank, &format!("Movie of the night {rank}")), rank)).collect())
}

/// Returns the names of all opening tags in the text.
fn tags(html: &str) -> Vec<String> {
    let starts = html.split('<').skip(1).filter(|tag| !tag.starts_with(['/', '!']));
    starts.map(|tag| tag.split(['>', ' ']).next().unwrap().to_owned()).collect()
}

#[test]
fn hostile_text_is_escaped_on_the_page() {
    let html = page::html(&hostile());
    let known = [
        "html",
        "head",
        "meta",
        "title",
        "link",
        "style",
        "body",
        "header",
        "h1",
        "h2",
        "h3",
        "p",
        "main",
        "section",
        "article",
        "div",
        "span",
        "img",
        "ul",
        "ol",
        "li",
        "strong",
        "blockquote",
        "a",
        "footer",
    ];
    for tag in tags(&html) {
        assert!(known.contains(&tag.as_str()), "<{tag}>");
    }
    // The only pictures are the posters, nothing is a link, and markup is text.
    assert_eq!(html.matches("<img ").count(), HOSTILE.len() / 2);
    assert_eq!(html.matches("<a ").count(), 0);
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(!html.contains('\u{202e}'));
    let hidden = Page {
        movies: vec![PageMovie { voters: None, votes: Some(3), favorites: Some(1), ..movie(1, "Low Tide") }],
        ..board()
    };
    let html = page::html(&hidden);
    assert!(html.contains("3 votes") && html.contains("favourite of 1 person") && !html.contains("Emilia"));
}

#[test]
fn the_content_security_policy_allows_only_the_style() {
    use base64::Engine;
    let html = page::html(&board());
    let style = html.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
    let digest = ring::digest::digest(&ring::digest::SHA256, style.as_bytes());
    let hash = base64::engine::general_purpose::STANDARD.encode(digest);
    let policy = format!(
        "default-src &#39;none&#39;; img-src data:; style-src &#39;sha256-{hash}&#39;; base-uri &#39;none&#39;; \
         form-action &#39;none&#39;"
    );
    // If this fails, the style was changed: put the new hash into src/render/page.rs.
    assert!(html.contains(&policy), "the hash of the style is {hash}");
    // A style attribute would be refused by the policy, and nothing may be loaded.
    for never in [" style=", "<script", "url(", "@import", " src=\"http", "srcset", "@font-face"] {
        assert!(!html.contains(never), "{never}");
    }
}

#[test]
fn twenty_movies_stay_below_a_mebibyte() {
    let page = twenty();
    let posters: usize = page.movies.iter().map(|m| m.poster.as_ref().unwrap().bytes().len()).sum();
    assert!(posters > 20 * 28 * 1024, "{posters}: smaller than real ones");
    let html = page::html(&page);
    assert_eq!(html.matches("<img ").count(), 20);
    assert!(html.len() <= 1 << 20, "{}", html.len());
    // Of larger posters, as many as fit are included, the first places first.
    let mut page = page;
    let large = Jpeg::parse(&pictures::poster(1, 600, 900)).unwrap();
    let fitting = (960 << 10) / (large.bytes().len().div_ceil(3) * 4);
    page.movies.iter_mut().for_each(|m| m.poster = Some(large.clone()));
    let html = page::html(&page);
    assert!((2..20).contains(&fitting));
    assert_eq!(html.matches("<img ").count(), fitting);
    assert!(html.len() <= 1 << 20);
}

#[test]
fn an_empty_board_is_a_page() {
    let html = page::html(&Page { watched: Vec::new(), ..page_of(Vec::new()) });
    assert!(html.contains("Nothing is on the board yet.") && html.ends_with("</html>\n"));
    assert!(markdown::markdown(&page_of(Vec::new())).contains("Nothing is on the board yet."));
}

/// Parses Markdown. Returns the text, and every event that is more than text.
fn read(markdown: &str) -> (String, Vec<String>) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let (mut text, mut more) = (String::new(), Vec::new());
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(t) => text += &t,
            Event::SoftBreak => text.push('\n'),
            Event::Start(Tag::Paragraph | Tag::List(_) | Tag::Item | Tag::Strong) => {}
            Event::End(TagEnd::Paragraph | TagEnd::List(_) | TagEnd::Item | TagEnd::Strong) => text.push('\n'),
            Event::End(_) => {}
            other => more.push(format!("{other:?}")),
        }
    }
    (text.replace('\u{200b}', ""), more)
}

#[test]
fn every_movie_keeps_its_own_number_in_a_chat() {
    let out = markdown::markdown(&board());
    let start = "**Vote by answering with numbers, ♥ for a favourite, “not” for a no: 2 4♥ not 3**\n\n\
                 **Movie night**, Sunday, 22 November 2026\nstarts at 20:30, over by 23:00\n\n\
                 **4** · The Lighthouse Reel (1967) · 5 votes · ♥ 1 · ★ 9.1 (2.1M) · 1h 45m · ends 22:13\n\
                 Ben ♥, Cleo, Dan, Emilia, Ana\n\
                 “We have wanted this one since the storm in March.” (Cleo)\n\
                 https://www.imdb.com/title/tt0000001/\n\n**7** · ";
    assert!(out.starts_with(start), "{out}");
    let (text, more) = read(&out);
    assert_eq!(more, Vec::<String>::new());
    for movie in &board().movies {
        assert!(text.contains(&format!("\n{}\n · {}", movie.number, movie.title)), "{}: {text}", movie.number);
    }
    // Only the watched movies are a list, and it is not numbered.
    let lists = Parser::new(&out).filter(|event| matches!(event, Event::Start(Tag::List(Some(_))))).count();
    assert_eq!(lists, 0);
}

#[test]
fn common_titles_and_plain_addresses_are_unchanged_in_a_chat() {
    for title in ["The Godfather", "Amélie", "Dr. Strangelove", "Fast & Furious", "What's Up, Doc?", "千と千尋"] {
        let text = markdown::markdown(&page_of(vec![movie(1, title)]));
        assert!(text.contains(&format!(" · {title} (1967) · ")), "{text}");
    }
    let links = |url: &str| {
        let links = vec![PageLink { name: "Elsewhere".into(), url: url.into() }];
        markdown::markdown(&page_of(vec![PageMovie { links, ..movie(1, "Heat") }]))
    };
    assert!(links("https://www.imdb.com/title/tt0111161/").contains("https://www.imdb.com/title/tt0111161/"));
    for url in ["http://a.b", "javascript:alert(1)", "https://a.b/(x)", "https://a.b/<x>", "https://", "https://a b"] {
        assert!(!links(url).contains(url), "{url}");
    }
}

#[test]
fn large_numbers_and_running_times_are_abbreviated() {
    for (count, text) in [(999, "999"), (1_499, "1K"), (999_499, "999K"), (999_500, "1M"), (3_107_607, "3.1M")] {
        for (minutes, time) in [(175, "2h 55m"), (47, "47m")] {
            let movie = PageMovie { rating_count: Some(count), runtime_minutes: Some(minutes), ..movie(1, "Heat") };
            let chat = markdown::markdown(&page_of(vec![movie]));
            assert!(chat.contains(&format!("({text}) · {time} · ")), "{chat}");
        }
    }
}

#[test]
fn hostile_text_is_escaped_in_a_chat() {
    let out = markdown::markdown(&hostile());
    let (text, more) = read(&out);
    assert_eq!(more, Vec::<String>::new());
    for hostile in HOSTILE {
        assert!(text.contains(&hostile.replace('\u{202e}', "")) || hostile.contains('\u{202e}'), "{hostile}");
    }
    // Chats without Markdown would turn these into links and mentions.
    for never in ["https://evil", "www.evil", "evil.example", "@everyone", "#general", "javascript:alert", "<script"] {
        assert!(!out.contains(never), "{never}");
    }
}

proptest! {
    #[test]
    fn any_title_stays_text_in_a_chat(
        title in prop_oneof!["[-*_`~#>|<&:@!.()\\[\\]\\\\ a1/w]{0,24}", "[0-9]{1,3}[.)] .{0,9}", any::<String>()],
    ) {
        let movie = PageMovie { notes: note(&title, &title), voters: None, links: Vec::new(), ..movie(1, &title) };
        let out = markdown::markdown(&Page { watched: Vec::new(), ..page_of(vec![movie]) });
        let (_, more) = read(&out);
        prop_assert_eq!(more, Vec::<String>::new(), "{}", out);
    }

    #[test]
    fn any_title_stays_text_on_the_page(title in any::<String>()) {
        let page = Page { title: title.clone(), movies: vec![movie(1, &title), movie(2, &title)], ..page_of(Vec::new()) };
        let plain = Page { title: "x".into(), movies: vec![movie(1, "x"), movie(2, "x")], ..page_of(Vec::new()) };
        prop_assert_eq!(tags(&page::html(&page)), tags(&page::html(&plain)));
    }
}

/// Writes pages for `tests/browser` into the folder named by `MOVIENIGHT_PAGES`, if it is set.
#[test]
fn pages_for_a_browser() {
    let Some(folder) = std::env::var_os("MOVIENIGHT_PAGES") else { return };
    let folder = Path::new(&folder);
    let mut hidden = board();
    hidden.movies.iter_mut().for_each(|m| (m.voters, m.proposed_by) = (None, None));
    let empty = Page { watched: Vec::new(), ..page_of(Vec::new()) };
    let pages =
        [("board", board()), ("hostile", hostile()), ("twenty", twenty()), ("hidden", hidden), ("empty", empty)];
    for (name, page) in pages {
        let mut file = std::fs::File::create(folder.join(format!("{name}.html"))).unwrap();
        file.write_all(page::html(&page).as_bytes()).unwrap();
        std::fs::write(folder.join(format!("{name}.md")), markdown::markdown(&page)).unwrap();
        std::fs::write(folder.join(format!("ballot-{name}.html")), ballot_page::html(&page)).unwrap();
    }
}
