//! `ballot --chat`: the group's chat as the ballot box.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

use anyhow::{Context as _, Result};
use time::{Duration, PrimitiveDateTime, Time};

use super::lines::read_line;
use super::{Ballot, Changes, ballot_board, gone_sentence, opinion};
use crate::commands::Status;
use crate::commands::vote::too_many_noes;
use crate::context::Context;
use crate::context::people::similar;
use crate::failure::Failure;
use crate::files::fnv1a;
use crate::model::change::{Ballot as Opinions, BallotsStored};
use crate::model::chat::{Count, Message, NotUnderstood, Thread, Titles, count, stamp, thread};
use crate::model::opinion::MAX_NOES;
use crate::model::spoken_time::{Day, parse_time_of_day};
use crate::model::text::{fold, quoted, sanitize, shell_word};
use crate::model::{Board, Opinion, ProposalNumber, VoterName};
use crate::state::ChatMemory;
use crate::store::{OpenMode, Store};
use crate::view::ballot::{BallotView, Ballots};
use crate::view::format::{and, count as counted};
use crate::view::to_json;

/// A thread of years has less.
const MAX_BYTES: u64 = 64 << 20;
/// Characters of a name that is asked about.
const MAX_NAME: usize = 60;

pub fn run(context: &mut Context<'_>, args: &Ballot, file: &Path) -> Result<Status> {
    let author = context.voter()?;
    let mut store = context.open_existing(OpenMode::Write)?;
    let text = read(context, file)?;
    let board = ballot_board(&mut store)?;
    let titles = Titles::new(&board.proposals);
    let thread = Thread::read(&text, &titles);
    let mut messages = since(context, args, file, thread)?;
    let mut memory = context.state()?.chat();
    let first = messages.first().map(|first| fnv1a(format!("{}:{}", first.sender, first.text).as_bytes()));
    let unclear = name_voters(context, args, &board, &mut messages, &titles, &mut memory)?;
    let Count { ballots, mut not_understood } = count(&messages, &titles);
    not_understood.extend(unclear);
    if memory.thread != first.unwrap_or_default() {
        memory.thread = first.unwrap_or_default();
        memory.stored.clear();
    }
    let mut people: Vec<Person> = Vec::new();
    for ballot in ballots {
        // Names were checked when they were matched.
        let Ok(voter) = VoterName::parse(&ballot.sender) else { continue };
        people.push(Person::new(&board, voter, ballot.opinions, &memory));
    }
    people.extend(silent_now(&board, &people, &memory));
    people.retain(|person| match person.too_many_noes(&board) {
        None => true,
        Some(refused) => {
            not_understood.push(refused);
            false
        }
    });
    let changes = people.iter().any(|person| !person.changes.is_empty());
    let can_store = changes && !args.dry_run;
    if !context.options.json {
        let preview = preview(&board, &people, &not_understood, context.screen().marks.favorite);
        let text = crate::render::changes::sentences(&preview, context.screen());
        context.print(&text)?;
    }
    if can_store && !args.yes && !confirms(context)? {
        return Ok(Status::Negative);
    }
    let mut sentences = Vec::new();
    if can_store {
        sentences = store_all(context, &mut store, &board, &author, &people)?;
        remember(&mut memory, &people);
        context.state()?.keep_chat(&memory);
    } else if !changes {
        let nothing = match people.is_empty() {
            true => "No ballot is in this text",
            false => "Nothing to change: the board has what the chat says",
        };
        sentences.push(nothing.to_owned());
    }
    if context.options.json {
        let view = |person: &Person| BallotView::new(person.voter.as_str(), &person.said);
        context.print(&to_json(&Ballots {
            ballots: people.iter().map(view).collect(),
            not_understood: &not_understood,
            stored: can_store,
        }))?;
    } else if !context.options.quiet {
        let text = crate::render::changes::sentences(&sentences, context.screen());
        context.print(&text)?;
    }
    Ok(Status::Done)
}

fn read(context: &mut Context<'_>, file: &Path) -> Result<String> {
    let mut bytes = Vec::new();
    let what = if is_pasted(file) { "standard input".to_owned() } else { file.display().to_string() };
    if is_pasted(file) {
        if context.can_ask() {
            context.note("Paste the chat, then press Enter and Ctrl-D");
        }
        (&mut context.env.stdin.reader)
            .take(MAX_BYTES)
            .read_to_end(&mut bytes)
            .context("cannot read standard input")?;
    } else {
        let opened = std::fs::File::open(file).map_err(|why| Failure::new(format!("cannot read {what}: {why}")))?;
        opened.take(MAX_BYTES).read_to_end(&mut bytes).with_context(|| format!("cannot read {what}"))?;
    }
    let text = String::from_utf8(bytes).map_err(|_| Failure::new(format!("{what} is not UTF-8 text")))?;
    if text.trim().is_empty() {
        return Err(Failure::new(format!("{what} has no messages")).into());
    }
    Ok(text)
}

fn is_pasted(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// The messages that count.
///
/// # Errors
/// The thread does not tell where the evening begins, or its dates are unclear.
fn since(context: &Context<'_>, args: &Ballot, file: &Path, thread: Thread) -> Result<Vec<Message>> {
    let stamps: Vec<_> = thread.messages.iter().map(|message| message.stamp).collect();
    let local = context.env.zone.local(context.now);
    let now = PrimitiveDateTime::new(local.date(), local.time());
    let times = stamp::resolve(&stamps, now);
    let hint = "paste only the messages that count";
    if let Some(since) = &args.since {
        let from = moment(since, now).ok_or_else(|| {
            Failure::new(format!("--since: {} is not a day or a time", quoted(since)))
                .hint("say it like 19:00, yesterday, 2026-11-20 or \"2026-11-20 19:00\"")
        })?;
        let times = times.map_err(|why| Failure::new(why).hint(hint))?;
        if times.iter().any(Option::is_none) {
            return Err(Failure::new("the messages have no dates for --since").hint(hint).into());
        }
        let messages = thread.messages.into_iter().zip(times);
        return Ok(messages.filter(|(_, at)| at.is_some_and(|at| at >= from)).map(|(message, _)| message).collect());
    }
    let is_long = times.is_ok_and(|times| {
        let (first, last) = (times.iter().flatten().next(), times.iter().flatten().next_back());
        first.zip(last).is_some_and(|(first, last)| *last - *first > Duration::DAY)
    });
    if !thread.has_list && !is_pasted(file) && is_long {
        return Err(Failure::new("the chat goes over several days, and the list of movies was not posted in it")
            .hint("say where the evening begins, such as --since yesterday, or post the list of movienight page --markdown")
            .into());
    }
    Ok(thread.messages)
}

/// `19:00`, `yesterday`, `2026-11-20`, `2026-11-20 19:00`.
fn moment(text: &str, now: PrimitiveDateTime) -> Option<PrimitiveDateTime> {
    let (day, time) = match text.trim().split_once([' ', 'T']) {
        Some((day, time)) => (Day::parse(day)?, parse_time_of_day(time)?),
        None => match Day::parse(text) {
            Some(day) => (day, Time::MIDNIGHT),
            None => (Day::Ago(0), parse_time_of_day(text)?),
        },
    };
    Some(PrimitiveDateTime::new(day.date(now.date()), time))
}

/// Puts the names of voters in place of the names of the chat. Messages of people who remain unclear are taken out.
fn name_voters(
    context: &mut Context<'_>,
    args: &Ballot,
    board: &Board,
    messages: &mut Vec<Message>,
    titles: &Titles,
    memory: &mut ChatMemory,
) -> Result<Vec<NotUnderstood>> {
    for pair in &args.chat_names {
        let (chat, voter) = pair.split_once('=').ok_or_else(|| {
            Failure::new(format!("--name: {} has no =", quoted(pair))).hint("say it like --name \"Ben Miller=Ben\"")
        })?;
        let voter = VoterName::parse(voter).map_err(|why| Failure::new(format!("--name: {why}")))?;
        memory.names.insert(fold(chat), voter.as_str().to_owned());
        memory.names.insert(fold(voter.as_str()), voter.as_str().to_owned());
    }
    // Before they are read, because a message may begin with the voter's name: "Florence: 1".
    for message in messages.iter_mut() {
        if let Some(voter) = memory.names.get(&fold(&message.sender)) {
            message.sender.clone_from(voter);
        }
    }
    let mut voters: HashMap<String, String> = HashMap::new();
    let mut unclear = Vec::new();
    for ballot in count(messages, titles).ballots {
        let refused =
            |reason: String| NotUnderstood { sender: ballot.sender.clone(), text: "(all messages)".to_owned(), reason };
        let key = fold(&ballot.sender);
        let name = match memory.names.get(&key).map(String::as_str).or(Some(&ballot.sender)).map(VoterName::parse) {
            Some(Ok(name)) => name,
            Some(Err(why)) => {
                unclear.push(refused(why.to_owned()));
                continue;
            }
            None => continue,
        };
        let known = board.voter(name.key()).map(|at| board.voters[at].name.clone());
        let alike = || {
            let same =
                board.voters.iter().filter(|v| v.is_listed).find(|v| thread::is_same_person(&v.name, &ballot.sender));
            same.map(|voter| voter.name.as_str()).or_else(|| similar(&name, board))
        };
        let voter = match (known, alike()) {
            (Some(known), _) => known,
            _ if memory.names.contains_key(&key) => name.as_str().to_owned(),
            (None, None) => name.as_str().to_owned(),
            (None, Some(other)) => match ask_same(context, &ballot.sender, other)? {
                Some(true) => other.to_owned(),
                Some(false) => name.as_str().to_owned(),
                None => {
                    let name = sanitize(&ballot.sender, MAX_NAME);
                    let pair = |voter: &str| shell_word(&format!("{name}={voter}"));
                    unclear.push(refused(format!(
                        "may be {other}: say --name {}, or --name {}",
                        pair(other),
                        pair(&name)
                    )));
                    continue;
                }
            },
        };
        memory.names.insert(key.clone(), voter.clone());
        voters.insert(key, voter);
    }
    messages.retain_mut(|message| {
        let key = fold(&message.sender);
        if let Some(voter) = voters.get(&key) {
            message.sender.clone_from(voter);
        }
        !unclear.iter().any(|unclear| fold(&unclear.sender) == key)
    });
    Ok(unclear)
}

/// Asks whether a name of the chat is a voter's. `None` if nobody can be asked.
fn ask_same(context: &mut Context<'_>, name: &str, voter: &str) -> Result<Option<bool>> {
    if !context.can_ask() {
        return Ok(None);
    }
    let question = format!("Is {} in the chat the voter {voter}? [y/n] ", sanitize(name, MAX_NAME));
    loop {
        let Some(answer) = read_line(context, &question)? else { return Ok(None) };
        match answer.trim().to_lowercase().as_str() {
            "y" | "yes" => return Ok(Some(true)),
            "n" | "no" => return Ok(Some(false)),
            _ => {}
        }
    }
}

/// A person of the chat, with what changes on the board.
struct Person {
    voter: VoterName,
    is_new: bool,
    /// In the order of the numbers.
    said: Vec<(ProposalNumber, Opinion)>,
    changes: Changes,
}

impl Person {
    fn new(board: &Board, voter: VoterName, mut said: Vec<(ProposalNumber, Opinion)>, memory: &ChatMemory) -> Self {
        said.sort_by_key(|(number, _)| *number);
        let mut changes = Vec::new();
        for movie in &board.proposals {
            let now = opinion(board, &voter, movie);
            let new = said.iter().find(|(number, _)| *number == movie.number).map(|(_, opinion)| *opinion);
            let is_stored = memory
                .stored
                .iter()
                .any(|(key, number, opinion)| key == voter.key() && *number == movie.number.0 && Some(*opinion) == now);
            // What an earlier paste stored and nobody changed since goes when the chat does not say it any more.
            if new != now && (new.is_some() || is_stored) {
                changes.push((movie.number, new));
            }
        }
        Self { is_new: board.voter(voter.key()).is_none(), voter, said, changes }
    }

    /// The refusal of a ballot with too many noes.
    fn too_many_noes(&self, board: &Board) -> Option<NotUnderstood> {
        let noes = board.proposals.iter().filter(|movie| {
            let change = self.changes.iter().find(|(number, _)| *number == movie.number).map(|(_, new)| *new);
            change.unwrap_or_else(|| opinion(board, &self.voter, movie)) == Some(Opinion::No)
        });
        let noes: Vec<String> = noes.map(|movie| movie.number.to_string()).collect();
        (noes.len() > MAX_NOES && !self.changes.is_empty()).then(|| NotUnderstood {
            sender: self.voter.as_str().to_owned(),
            text: "(all messages)".to_owned(),
            reason: format!("no to {}: a person has at most {MAX_NOES} noes", noes.join(", ")),
        })
    }
}

/// People of whom an earlier paste of this thread stored something, and who say nothing in it now.
fn silent_now(board: &Board, people: &[Person], memory: &ChatMemory) -> Vec<Person> {
    let speaks = |key: &str| people.iter().any(|person| person.voter.key() == key);
    let silent = board.voters.iter().filter(|voter| !speaks(&voter.key));
    let silent = silent.filter_map(|voter| VoterName::parse(&voter.name).ok());
    let person = silent.map(|voter| Person::new(board, voter, Vec::new(), memory));
    person.filter(|person| !person.changes.is_empty()).collect()
}

/// The changes, person by person, and what was not understood.
fn preview(board: &Board, people: &[Person], not_understood: &[NotUnderstood], favorite: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for person in people {
        let names = |wanted: Option<Opinion>| {
            let movies = board.proposals.iter().filter(|movie| person.changes.contains(&(movie.number, wanted)));
            let names: Vec<String> = movies.map(|movie| format!("{} {}", movie.number, movie.name())).collect();
            (!names.is_empty()).then(|| names.join(", "))
        };
        let parts = [
            names(Some(Opinion::Yes)).map(|names| format!("yes to {names}")),
            names(Some(Opinion::Favorite)).map(|names| format!("{favorite} {names}")),
            names(Some(Opinion::No)).map(|names| format!("no to {names}")),
            names(None).map(|names| format!("takes back {names}")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let parts = if parts.is_empty() { "no change".to_owned() } else { parts.join("; ") };
        let new = if person.is_new { " (new)" } else { "" };
        lines.push(format!("{}{new}: {parts}", person.voter));
    }
    if !not_understood.is_empty() {
        lines.push(format!("Not counted: {}", counted(not_understood.len(), "message", "messages")));
    }
    for message in not_understood {
        let sender = if message.sender.is_empty() { "?" } else { &message.sender };
        lines.push(format!("  {}: {}: {}", sanitize(sender, MAX_NAME), quoted(&message.text), message.reason));
    }
    lines
}

/// Asks whether to store.
///
/// # Errors
/// Nobody can be asked.
fn confirms(context: &mut Context<'_>) -> Result<bool> {
    if !context.can_ask() {
        return Err(Failure::new("nothing was stored")
            .hint("--yes stores the ballots, --dry-run only shows them")
            .into());
    }
    let answer = read_line(context, "Store these ballots? [y/N] ")?.unwrap_or_default();
    let is_yes = ["y", "yes"].contains(&answer.trim().to_lowercase().as_str());
    if !is_yes {
        context.note("Nothing was stored");
    }
    Ok(is_yes)
}

fn store_all(
    context: &Context<'_>,
    store: &mut Store,
    board: &Board,
    author: &VoterName,
    people: &[Person],
) -> Result<Vec<String>> {
    let changed: Vec<&Person> = people.iter().filter(|person| !person.changes.is_empty()).collect();
    let ballot = |person: &&Person| Opinions { voter: person.voter.clone(), opinions: person.changes.clone() };
    let ballots: Vec<Opinions> = changed.iter().map(ballot).collect();
    match store.set_opinions(author, context.now, &ballots)? {
        BallotsStored::TooManyNoes(voter, noes) => Err(too_many_noes(context, &voter, board, &noes).into()),
        BallotsStored::Done { gone } => {
            let names: Vec<&str> = changed.iter().map(|person| person.voter.as_str()).collect();
            let what = if names.len() == 1 { "ballot" } else { "ballots" };
            let undo = context.undo_command();
            let stored = format!("Stored the {what} of {}; {undo} reverts this", and(&names));
            Ok(std::iter::once(stored).chain(gone_sentence(board, &gone)).collect())
        }
    }
}

fn remember(memory: &mut ChatMemory, people: &[Person]) {
    for person in people {
        let key = person.voter.key();
        for (number, opinion) in &person.changes {
            memory.stored.retain(|(other, movie, _)| !(other == key && *movie == number.0));
            memory.stored.extend(opinion.map(|opinion| (key.to_owned(), number.0, opinion)));
        }
    }
}
