//! `ballot --chat`: reads ballots from the group's chat.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use anyhow::Result;
use serde_json::json;
use time::{Duration, PrimitiveDateTime, Time};

use super::chat_memory::KnownThread;
use super::chat_names::{ALL_MESSAGES, MAX_NAME, all_messages, name_pairs, name_voters};
use super::chat_people::{Person, ThreadHistory};
use super::{Ballot, BallotArgs, ballot_board, ballot_document, gone_sentence, note_next_step};
use crate::context::Context;
use crate::lists;
use crate::model::change::{Action, OpinionsStored};
use crate::model::chat::{CountedThread, Message, NotUnderstood, Thread, Titles, count, sender_key, stamp, thread};
use crate::model::opinion::MAX_NOES;
use crate::model::spoken_time::{Day, parse_time_of_day};
use crate::model::text::{fold, quoted, sanitize, shell_word};
use crate::model::{Board, Opinion, Proposal, VoterName};
use crate::state::{Said, StoredThread};
use crate::store::{OpenMode, Store};
use crate::user_error::{QuietEnd, UserError, fail};
use crate::view::format::{and, count as counted};

pub fn run(context: &mut Context<'_>, args: &BallotArgs, file: &Path) -> Result<()> {
    let author = context.voter()?;
    let mut store = context.open_existing(OpenMode::Write)?;
    let text = read(context, file)?;
    let board = ballot_board(&mut store)?;
    let titles = Titles::new(&board.proposals);
    let mut memory = context.state()?.chat();
    let pairs = name_pairs(args)?;
    let voters = board.voters.iter().map(|voter| voter.name.as_str());
    let remembered = memory.names.keys().chain(memory.former.keys()).map(String::as_str);
    let names = voters.chain(pairs.iter().map(|(name, _)| *name)).chain(remembered);
    let thread = Thread::read(&text, &titles, &names.map(fold).collect());
    if text.starts_with('{') && thread.messages.iter().all(|message| message.sender.is_empty()) {
        return Err(UserError::new("this Telegram export does not contain exactly one chat")
            .hint("open the group's chat in Telegram and export its history as JSON")
            .into());
    }
    let is_whole = thread.has_list && args.since.is_none();
    let mut messages = since(context, args, file, thread)?;
    let now = context.now.unix_timestamp();
    let mut known = KnownThread::recognize(&mut memory, &messages, is_whole, now);
    known.forget(&store.undone(&known.changes())?);
    let times = if board.is_hidden() { HashMap::new() } else { store.opinion_times()? };
    let asks = context.can_ask() && !args.yes;
    let unnamed = name_voters(context, &board, &pairs, asks, &mut messages, &titles, &mut memory)?;
    known.set_voters(&memory, &board);
    let CountedThread { ballots, mut not_understood } = count(&messages, &titles);
    let about_movies = not_understood.iter().filter(|message| message.names_movie).chain(&unnamed);
    let not_counted = about_movies.map(|message| sender_key(&message.sender)).collect();
    not_understood.extend(unnamed);
    let history = ThreadHistory { board: &board, known: &known, times, not_counted };
    let mut people = history.people(ballots);
    refuse_too_many_noes(&board, &mut people, &mut not_understood);
    let has_changes = people.iter().any(|person| !person.ballot.is_empty());
    let can_store = has_changes && !args.dry_run;
    if !context.options.json {
        let preview = preview(&board, &people, &not_understood, context.screen().marks.favorite);
        let text = crate::render::changes::sentences(&preview, context.screen());
        context.print(&text)?;
        if board.is_hidden() && has_changes {
            let replaces = people.iter().any(|person| person.ballot.replaces);
            context.note(match replaces {
                true => "Earlier votes are hidden; \"only\" takes back those for other movies",
                false => "Earlier votes are hidden; only votes for the movies above change",
            });
        }
    }
    let silent = without_ballot(&board, &people, &messages);
    let incomplete = partly_counted(&not_understood, &silent);
    let is_complete = silent.is_empty() && incomplete.is_empty();
    note_incomplete(context, &silent, &incomplete);
    if can_store && !args.yes {
        if !context.can_ask() {
            return fail("nothing was stored", "add --yes to store the ballots");
        }
        if !context.agrees("Store these ballots?")? {
            context.note("Nothing was stored");
            return Err(QuietEnd::Negative.into());
        }
    }
    let mut outcome = Stored::default();
    if can_store {
        outcome = store_all(context, &mut store, &board, &author, &mut people)?;
        not_understood.append(&mut outcome.refused);
    } else if !has_changes {
        let why_empty = match messages.is_empty() {
            true if args.since.is_some() => "No message is newer than --since",
            true if is_whole => "No message comes after the movie list, and only those count",
            _ => "There are no votes in this text. A vote looks like this: Ben: 2 4♥ not 3",
        };
        outcome.sentences.push(why_unchanged(&board, &people, &not_understood, why_empty).to_owned());
    }
    if !args.dry_run {
        if !people.is_empty() {
            let new = people.iter().flat_map(|person| person.stored_by(outcome.change, outcome.at));
            let said = said_by_others(&known, &people, &not_understood).into_iter().chain(new).collect();
            known.add(&messages, said, outcome.change);
        }
        // A thread is remembered once somebody votes in it.
        if !known.pastes.is_empty() {
            memory.keep(StoredThread { at: now, pastes: known.pastes });
        }
        context.state()?.keep_chat(&memory);
    }
    let ballot = |person: &Person| ballot_document(&person.ballot.voter, &person.said);
    let ballots: Vec<_> = people.iter().map(ballot).collect();
    let is_stored = can_store && people.iter().any(|person| !person.ballot.is_empty());
    let document = json!({ "ballots": ballots, "not_understood": not_understood, "stored": is_stored });
    context.answer(&document, &outcome.sentences)?;
    if context.options.json && is_stored {
        // In text, the preview has them.
        for person in people.iter().filter(|person| !person.ballot.is_empty()) {
            context.note_newcomer(&person.ballot.voter, &author, &board);
        }
    }
    if is_stored && is_complete {
        note_next_step(context, &ballot_board(&mut store)?, std::iter::empty());
    }
    Ok(())
}

/// Removes the people who would have too many noes, and says why. Only the store can count hidden noes.
fn refuse_too_many_noes(board: &Board, people: &mut Vec<Person>, not_understood: &mut Vec<NotUnderstood>) {
    people.retain(|person| {
        let noes = person.noes(board);
        if noes <= MAX_NOES || board.is_hidden() {
            return true;
        }
        let reason = format!("says no to {noes} movies: a person has at most {MAX_NOES} noes");
        let messages = all_messages(person.ballot.voter.as_str(), reason);
        not_understood.push(NotUnderstood { names_movie: true, ..messages });
        false
    });
}

/// Returns a sentence about a thread that changes nothing: `why_empty` if it has no votes.
fn why_unchanged(
    board: &Board,
    people: &[Person],
    not_understood: &[NotUnderstood],
    why_empty: &'static str,
) -> &'static str {
    match (people.is_empty(), not_understood.is_empty()) {
        (true, true) => why_empty,
        (true, false) => "No message was counted, so nothing was stored",
        (false, _) if board.is_hidden() => "Nothing to change: the thread has no new votes",
        (false, _) if people.iter().any(|person| !person.kept.is_empty()) => {
            "Nothing to change: votes that were changed by hand stay as they are"
        }
        (false, _) => "Nothing to change: the board has these votes already",
    }
}

/// Returns the earlier opinions of people who do not vote in the thread now, if their messages may still be in it, or are
/// in it but no longer count.
fn said_by_others(known: &KnownThread, people: &[Person], not_understood: &[NotUnderstood]) -> Vec<Said> {
    let stays = |said: &&Said| {
        let voter = known.voter_of(&said.sender);
        people.iter().all(|person| person.ballot.voter.key() != voter)
            && (known.is_partial || not_understood.iter().any(|message| sender_key(&message.sender) == voter))
    };
    known.pastes.last().iter().flat_map(|paste| &paste.said).filter(stays).cloned().collect()
}

/// Prints a note with the people whose votes are missing or were read in part, and the command that enters them.
fn note_incomplete(context: &mut Context<'_>, silent: &[VoterName], incomplete: &[&str]) {
    if silent.is_empty() && incomplete.is_empty() {
        return;
    }
    let silent: Vec<&str> = silent.iter().map(VoterName::as_str).collect();
    let typed = silent.iter().chain(incomplete).map(|name| shell_word(name)).collect::<Vec<_>>().join(" ");
    let why = [
        (&silent[..], format!("No vote yet from {}. ", and(&silent))),
        (incomplete, format!("Not every message from {} was counted. ", and(incomplete))),
    ];
    let why: String = why.into_iter().filter(|(names, _)| !names.is_empty()).map(|(_, why)| why).collect();
    // On a line of its own, the command is not wrapped.
    let text = format!("{why}Ask again, or enter the votes:\n  movienight ballot {typed}");
    match silent.is_empty() {
        true => context.note(&text),
        false => context.note_as("without_ballot", silent, &text),
    }
}

/// Returns the people of the chat, apart from `silent`, with a message about a movie that was not counted.
fn partly_counted<'m>(not_understood: &'m [NotUnderstood], silent: &[VoterName]) -> Vec<&'m str> {
    let mut known: HashSet<String> = silent.iter().map(|name| name.key().to_owned()).collect();
    let senders = not_understood.iter().filter(|message| message.names_movie).map(|message| message.sender.as_str());
    let people = senders.filter(|sender| !sender.is_empty() && !thread::is_self(sender));
    people.filter(|sender| known.insert(sender_key(sender))).collect()
}

/// Returns the people of the chat of whom no message counts, and who have not voted elsewhere either.
fn without_ballot(board: &Board, people: &[Person], messages: &[Message]) -> Vec<VoterName> {
    let has_ballot = |name: &VoterName| {
        people.iter().any(|person| person.ballot.voter.key() == name.key())
            || board.voter(name.key()).is_some_and(|voter| board.has_voted(voter))
    };
    let mut names: Vec<VoterName> = Vec::new();
    let senders = messages.iter().map(|message| &message.sender).filter(|sender| !thread::is_self(sender));
    for name in senders.filter_map(|sender| VoterName::parse(sender).ok()) {
        // "Ben Miller" in the chat is probably Ben on the board, but Yan is not Dan.
        let mut listed = board.voters.iter().filter(|voter| voter.is_listed);
        let known = listed.find(|voter| thread::is_same_person(&voter.name, name.as_str()));
        let name = known.and_then(|known| VoterName::parse(&known.name).ok()).unwrap_or(name);
        if !has_ballot(&name) && !names.iter().any(|known| known.key() == name.key()) {
            names.push(name);
        }
    }
    names
}

fn read(context: &mut Context<'_>, file: &Path) -> Result<String> {
    let what = if is_pasted(file) { "standard input".to_owned() } else { file.display().to_string() };
    let bytes = match is_pasted(file) {
        true => {
            if context.can_ask() {
                context.note("Paste the chat, then press Enter and Ctrl-D");
            }
            lists::read_bytes(&what, &mut context.env.stdin.reader)?
        }
        false => lists::read_file(&what, file)?,
    };
    match String::from_utf8(bytes) {
        Err(_) => Err(UserError::new(format!("{what} is not UTF-8 text")).into()),
        Ok(text) if text.trim().is_empty() => Err(UserError::new(format!("{what} has no messages")).into()),
        Ok(text) => Ok(text),
    }
}

fn is_pasted(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// Returns the messages that count: those since `--since`, or all if it is clear where the evening begins.
///
/// # Errors
/// Fails if `--since` cannot be applied, a file spans several days without the list, or dates are ambiguous.
fn since(context: &Context<'_>, args: &BallotArgs, file: &Path, thread: Thread) -> Result<Vec<Message>> {
    let stamps: Vec<_> = thread.messages.iter().map(|message| message.stamp).collect();
    let local = context.env.zone.local(context.now);
    let now = PrimitiveDateTime::new(local.date(), local.time());
    let times = stamp::resolve(&stamps, now);
    let hint = "paste only the messages that count";
    if let Some(since) = &args.since {
        let from = parse_since(since, now).ok_or_else(|| {
            UserError::new(format!("--since: {} is not a day or a time", quoted(since)))
                .hint("write it like 19:00, yesterday, 2026-11-20 or \"2026-11-20 19:00\"")
        })?;
        let times = times.map_err(|why| UserError::new(why).hint(hint))?;
        if times.iter().any(Option::is_none) {
            return Err(UserError::new("--since needs a date on every message").hint(hint).into());
        }
        let messages = thread.messages.into_iter().zip(times);
        return Ok(messages.filter(|(_, at)| at.is_some_and(|at| at >= from)).map(|(message, _)| message).collect());
    }
    if thread.has_list || is_pasted(file) {
        return Ok(thread.messages);
    }
    let days: Vec<_> = stamps.iter().flatten().filter_map(|stamp| stamp.day()).collect();
    let times = match times {
        Ok(times) => times,
        Err(why) if days.iter().any(|day| *day != days[0]) => return Err(UserError::new(why).hint(hint).into()),
        Err(_) => Vec::new(),
    };
    let (first, last) = (times.iter().flatten().next(), times.iter().flatten().next_back());
    if first.zip(last).is_some_and(|(first, last)| *last - *first > Duration::DAY) {
        return Err(UserError::new("the chat spans several days and does not contain the movie list")
            .hint("add --since, such as --since yesterday, or post the list that movienight page --markdown prints")
            .into());
    }
    Ok(thread.messages)
}

/// Parses `19:00` as the last one that has passed, `yesterday`, `2026-11-20` or `2026-11-20 19:00`.
fn parse_since(text: &str, now: PrimitiveDateTime) -> Option<PrimitiveDateTime> {
    let (day, time) = match text.trim().split_once([' ', 'T']) {
        Some((day, time)) => (Day::parse(day)?, parse_time_of_day(time)?),
        None => match Day::parse(text) {
            Some(day) => (day, Time::MIDNIGHT),
            None => {
                let time = parse_time_of_day(text)?;
                (Day::Ago(u8::from(time > now.time())), time)
            }
        },
    };
    Some(PrimitiveDateTime::new(day.date(now.date()), time))
}

/// Returns lines about the changes, person by person, and the messages that were not understood.
fn preview(board: &Board, people: &[Person], not_understood: &[NotUnderstood], favorite: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for person in people {
        let name = |movie: &Proposal| format!("{} {}", movie.number, movie.name());
        let names = |wanted: Option<Opinion>| {
            let movies = board.proposals.iter().filter(|movie| match wanted {
                None => person.takes_back(movie),
                wanted => person.ballot.opinions.contains(&(movie.number, wanted)),
            });
            let names: Vec<String> = movies.map(name).collect();
            (!names.is_empty()).then(|| names.join(", "))
        };
        let kept = board.proposals.iter().filter(|movie| person.kept.contains(&movie.number));
        let kept: Vec<String> = kept.map(name).collect();
        let parts = [
            names(Some(Opinion::Yes)).map(|names| format!("yes to {names}")),
            names(Some(Opinion::Favorite)).map(|names| format!("{favorite} {names}")),
            names(Some(Opinion::No)).map(|names| format!("no to {names}")),
            names(None).map(|names| format!("takes back {names}")),
            (!kept.is_empty()).then(|| format!("keeps {}, changed by hand since", kept.join(", "))),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let parts = if parts.is_empty() { "no change".to_owned() } else { parts.join("; ") };
        let is_new = board.voter(person.ballot.voter.key()).is_none() && person.kept.is_empty();
        let new = if is_new { " (new)" } else { "" };
        lines.push(format!("{}{new}: {parts}", person.ballot.voter));
    }
    if !not_understood.is_empty() {
        lines.push(format!("Not counted: {}", counted(not_understood.len(), "message", "messages")));
    }
    for message in not_understood {
        let sender = sanitize(if message.sender.is_empty() { "?" } else { &message.sender }, MAX_NAME);
        let text = if message.text == ALL_MESSAGES { ALL_MESSAGES.to_owned() } else { quoted(&message.text) };
        lines.push(format!("  {sender}: {text}: {}", message.reason));
    }
    lines
}

/// The outcome of storing ballots.
#[derive(Default)]
struct Stored {
    sentences: Vec<String>,
    refused: Vec<NotUnderstood>,
    /// The time at which the stored opinions were given, in seconds since the epoch.
    at: i64,
    /// The id of the change. `None` if nothing was stored.
    change: Option<i64>,
}

/// Stores the changed ballots, except those that the database refuses: only the database can count hidden noes.
fn store_all(
    context: &Context<'_>,
    store: &mut Store,
    board: &Board,
    author: &VoterName,
    people: &mut Vec<Person>,
) -> Result<Stored> {
    let mut stored = Stored::default();
    loop {
        let changed = people.iter().filter(|person| !person.ballot.is_empty());
        let ballots: Vec<Ballot> = changed.map(|person| person.ballot.clone()).collect();
        if ballots.is_empty() {
            return Ok(stored);
        }
        match store.set_opinions(author, context.now, Action::Chat, &ballots)? {
            OpinionsStored::TooManyNoes(voter, _) => {
                let reason = format!("a person has at most {MAX_NOES} noes on the board");
                stored.sentences.push(format!("Not stored: the ballot of {voter}, because {reason}"));
                people.retain(|person| person.ballot.voter.key() != voter.key());
                stored.refused.push(all_messages(voter.as_str(), reason));
            }
            OpinionsStored::Done { gone, at, change, .. } => {
                let names: Vec<&str> = ballots.iter().map(|ballot| ballot.voter.as_str()).collect();
                let what = if names.len() == 1 { "ballot" } else { "ballots" };
                let undo = context.undo_command();
                stored.sentences.push(format!("Stored the {what} of {}; {undo} reverts this", and(&names)));
                stored.sentences.extend(gone_sentence(board, &gone));
                return Ok(Stored { at, change, ..stored });
            }
        }
    }
}
