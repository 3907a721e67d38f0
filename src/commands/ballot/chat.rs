//! `ballot --chat`: the group's chat as the ballot box.

use std::collections::HashSet;
use std::path::Path;

use anyhow::Result;
use time::{Duration, PrimitiveDateTime, Time};

use super::chat_names::{all_messages, name_voters};
use super::{Ballot, Change, ballot_board, gone_sentence, opinion};
use crate::context::Context;
use crate::failure::{Failure, QuietEnd, fail};
use crate::files::fnv1a;
use crate::lists;
use crate::model::change::BallotsStored;
use crate::model::chat::{Count, Message, NotUnderstood, Thread, Titles, count, stamp};
use crate::model::opinion::MAX_NOES;
use crate::model::spoken_time::{Day, parse_time_of_day};
use crate::model::text::{fold, quoted, sanitize};
use crate::model::{Board, Opinion, ProposalNumber, VoterName, from_unix_seconds};
use crate::state::ChatMemory;
use crate::store::{OpenMode, Store};
use crate::view::ballot::{BallotView, Ballots};
use crate::view::format::{and, count as counted};

/// A thread without dates that is pasted again within this time is the same.
const SAME_EVENING: Duration = Duration::hours(18);

pub fn run(context: &mut Context<'_>, args: &Ballot, file: &Path) -> Result<()> {
    let author = context.voter()?;
    let mut store = context.open_existing(OpenMode::Write)?;
    let text = read(context, file)?;
    let board = ballot_board(&mut store)?;
    let titles = Titles::new(&board.proposals);
    let mut memory = context.state()?.chat();
    let names = board.voters.iter().map(|voter| fold(&voter.name)).chain(memory.names.keys().map(|name| fold(name)));
    let thread = Thread::read(&text, &titles, &names.collect());
    if text.starts_with('{') && thread.messages.iter().all(|message| message.sender.is_empty()) {
        return Err(Failure::new("this Telegram export does not hold exactly one chat")
            .hint("open the group's chat in Telegram and export its history as JSON")
            .into());
    }
    let mut messages = since(context, args, file, thread)?;
    // What was given by hand since is nobody's paste any more.
    let by_hand = store.opinions_after(from_unix_seconds(memory.at))?;
    memory.stored.retain(|(key, number, _)| !by_hand.contains(&(key.clone(), ProposalNumber(*number))));
    recognize(&mut memory, &messages, context.now.unix_timestamp());
    let unclear = name_voters(context, args, &board, &mut messages, &titles, &mut memory)?;
    let Count { ballots, mut not_understood } = count(&messages, &titles);
    not_understood.extend(unclear);
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
    let changes = people.iter().any(Person::changes_anything);
    let can_store = changes && !args.dry_run;
    if !context.options.json {
        let preview = preview(&board, &people, &not_understood, context.screen().marks.favorite);
        let text = crate::render::changes::sentences(&preview, context.screen());
        context.print(&text)?;
    }
    if can_store && !args.yes {
        if !context.can_ask() {
            return fail("nothing was stored", "--yes stores the ballots, --dry-run only shows them");
        }
        if !context.agrees("Store these ballots?")? {
            context.note("Nothing was stored");
            return Err(QuietEnd::Negative.into());
        }
    }
    let mut sentences = Vec::new();
    if can_store {
        let refused;
        (sentences, refused) = store_all(context, &mut store, &board, &author, &mut people)?;
        not_understood.extend(refused);
        remember(&mut memory, &people);
        context.state()?.keep_chat(&memory);
    } else if !changes {
        let nothing = match people.is_empty() {
            true => "No ballot is in this text",
            false => "Nothing to change: the board has what the chat says",
        };
        sentences.push(nothing.to_owned());
    }
    let view = |person: &Person| BallotView::new(person.change.voter.as_str(), &person.said);
    let ballots = people.iter().map(view).collect();
    let stored = can_store && people.iter().any(Person::changes_anything);
    context.answer(&Ballots { ballots, not_understood: &not_understood, stored }, &sentences)
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
        Err(_) => Err(Failure::new(format!("{what} is not UTF-8 text")).into()),
        Ok(text) if text.trim().is_empty() => Err(Failure::new(format!("{what} has no messages")).into()),
        Ok(text) => Ok(text),
    }
}

/// Forgets what was stored from another thread. Without dates, one that begins alike hours later is another evening's.
fn recognize(memory: &mut ChatMemory, messages: &[Message], now: i64) {
    let first = messages.first();
    let day = first.and_then(|first| first.stamp?.day());
    let stamp = first.filter(|_| day.is_some()).and_then(|first| first.stamp);
    let text = first.map(|first| format!("{}:{}:{stamp:?}", first.sender, first.text));
    let thread = text.map_or(0, |text| fnv1a(text.as_bytes()));
    if memory.thread != thread || day.is_none() && now - memory.at > SAME_EVENING.whole_seconds() {
        memory.stored.clear();
    }
    (memory.thread, memory.at) = (thread, now);
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
    if thread.has_list || is_pasted(file) {
        return Ok(thread.messages);
    }
    let days: Vec<_> = stamps.iter().flatten().filter_map(|stamp| stamp.day()).collect();
    let times = match times {
        Ok(times) => times,
        Err(why) if days.iter().any(|day| *day != days[0]) => return Err(Failure::new(why).hint(hint).into()),
        Err(_) => Vec::new(),
    };
    let (first, last) = (times.iter().flatten().next(), times.iter().flatten().next_back());
    if first.zip(last).is_some_and(|(first, last)| *last - *first > Duration::DAY) {
        return Err(Failure::new("the chat spans several days and does not contain the movie list")
            .hint("name its beginning, such as --since yesterday, or post the list of movienight page --markdown")
            .into());
    }
    Ok(thread.messages)
}

/// `19:00`, the last that has passed; `yesterday`, `2026-11-20`, `2026-11-20 19:00`.
fn moment(text: &str, now: PrimitiveDateTime) -> Option<PrimitiveDateTime> {
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

/// A person of the chat, with what changes on the board.
struct Person {
    is_new: bool,
    /// In the order of the numbers.
    said: Vec<(ProposalNumber, Opinion)>,
    change: Change,
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
        let is_new = board.voter(voter.key()).is_none();
        Self { is_new, said, change: Change { voter, opinions: changes, seen: Vec::new() } }
    }

    fn changes_anything(&self) -> bool {
        !self.change.opinions.is_empty()
    }

    /// The refusal of a ballot with too many noes.
    fn too_many_noes(&self, board: &Board) -> Option<NotUnderstood> {
        let noes = board.proposals.iter().filter(|movie| {
            let change = self.change.opinions.iter().find(|(number, _)| *number == movie.number).map(|(_, new)| *new);
            change.unwrap_or_else(|| opinion(board, &self.change.voter, movie)) == Some(Opinion::No)
        });
        let noes: Vec<String> = noes.map(|movie| movie.number.to_string()).collect();
        let reason = || format!("no to {}: a person has at most {MAX_NOES} noes", noes.join(", "));
        (noes.len() > MAX_NOES && self.changes_anything()).then(|| all_messages(self.change.voter.as_str(), reason()))
    }
}

/// People of whom an earlier paste of this thread stored something, and who say nothing in it now.
fn silent_now(board: &Board, people: &[Person], memory: &ChatMemory) -> Vec<Person> {
    let speaking: HashSet<&str> = people.iter().map(|person| person.change.voter.key()).collect();
    let silent = board.voters.iter().filter(|voter| !speaking.contains(&*voter.key));
    let silent = silent.filter_map(|voter| VoterName::parse(&voter.name).ok());
    let person = silent.map(|voter| Person::new(board, voter, Vec::new(), memory));
    person.filter(Person::changes_anything).collect()
}

/// The changes, person by person, and what was not understood.
fn preview(board: &Board, people: &[Person], not_understood: &[NotUnderstood], favorite: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for person in people {
        let names = |wanted: Option<Opinion>| {
            let movies =
                board.proposals.iter().filter(|movie| person.change.opinions.contains(&(movie.number, wanted)));
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
        lines.push(format!("{}{new}: {parts}", person.change.voter));
    }
    if !not_understood.is_empty() {
        lines.push(format!("Not counted: {}", counted(not_understood.len(), "message", "messages")));
    }
    for message in not_understood {
        let sender = if message.sender.is_empty() { "?" } else { &message.sender };
        lines.push(format!(
            "  {}: {}: {}",
            sanitize(sender, super::chat_names::MAX_NAME),
            quoted(&message.text),
            message.reason
        ));
    }
    lines
}

/// Stores what changed, without ballots that the database refuses: while votes are hidden, only it knows all noes.
/// Returns what to say, and the refused ballots.
fn store_all(
    context: &Context<'_>,
    store: &mut Store,
    board: &Board,
    author: &VoterName,
    people: &mut Vec<Person>,
) -> Result<(Vec<String>, Vec<NotUnderstood>)> {
    let (mut sentences, mut refused) = (Vec::new(), Vec::new());
    loop {
        let changed = people.iter().filter(|person| person.changes_anything());
        let ballots: Vec<Change> = changed.map(|person| person.change.clone()).collect();
        if ballots.is_empty() {
            return Ok((sentences, refused));
        }
        match store.set_opinions(author, context.now, &ballots)? {
            BallotsStored::TooManyNoes(voter, _) => {
                let reason = format!("a person has at most {MAX_NOES} noes on the board");
                sentences.push(format!("Not stored: the ballot of {voter}, because {reason}"));
                people.retain(|person| person.change.voter.key() != voter.key());
                refused.push(all_messages(voter.as_str(), reason));
            }
            BallotsStored::Done { gone } => {
                let names: Vec<&str> = ballots.iter().map(|ballot| ballot.voter.as_str()).collect();
                let what = if names.len() == 1 { "ballot" } else { "ballots" };
                let undo = context.undo_command();
                sentences.push(format!("Stored the {what} of {}; {undo} reverts this", and(&names)));
                sentences.extend(gone_sentence(board, &gone));
                return Ok((sentences, refused));
            }
        }
    }
}

fn remember(memory: &mut ChatMemory, people: &[Person]) {
    for person in people {
        let key = person.change.voter.key();
        for (number, opinion) in &person.change.opinions {
            memory.stored.retain(|(other, movie, _)| !(other == key && *movie == number.0));
            memory.stored.extend(opinion.map(|opinion| (key.to_owned(), number.0, opinion)));
        }
    }
}
