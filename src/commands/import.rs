//! `movienight import`: reads lists that people keep in other programs.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::fs::File;
use std::io::BufRead;

use anyhow::{Context as _, Result};
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum, ValueHint};

use super::Status;
use super::export::VERSION;
use crate::cache::lookup::Policy;
use crate::context::{Context, ranked_board};
use crate::failure::{Failure, Failures};
use crate::files;
use crate::lists::{self, Contents, Format, List, ListRow, Purpose};
use crate::model::change::{NewProposal, Proposed};
use crate::model::{CacheEntry, Fetched, ImdbId, Wish};
use crate::naming::bulk::{self, Name, Unmatched};
use crate::naming::search::Known;
use crate::render;
use crate::store::{self, Backup, OpenMode, Restored, Store};
use crate::view::format::count;
use crate::view::lists::{ImportView, UnmatchedRow};

/// Read lists from other programs.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Reads exports of Letterboxd, IMDb, Trakt and TMDB (CSV, JSON or the whole ZIP),
lists of Radarr, any CSV with IMDb ids or with titles and years, and plain text
with a movie a line. Watchlists and lists become your list.

Examples:
  movienight import watchlist.csv
  movienight import letterboxd-ana.zip --as Ana --dry-run
  movienight import tonight.csv --propose
  movienight import watchlist.csv --unmatched left.csv")]
pub struct Import {
    /// Files to read; - is standard input
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    pub files: Vec<OsString>,
    /// Put the movies on the board, with your vote
    #[arg(long)]
    pub propose: bool,
    /// Make your list what the files say
    #[arg(long, conflicts_with = "propose")]
    pub replace: bool,
    /// Show what would be stored, and store nothing
    #[arg(long)]
    pub dry_run: bool,
    /// The format that the files must have
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<FileFormat>,
    /// Write rows without a match to this file, as they came
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub unmatched: Option<OsString>,
}

/// A format of files, and what a list says whose form does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileFormat {
    format: Format,
    purpose: Option<Purpose>,
    name: &'static str,
}

impl ValueEnum for FileFormat {
    fn value_variants<'a>() -> &'a [Self] {
        const fn of(format: Format, purpose: Option<Purpose>, name: &'static str) -> FileFormat {
            FileFormat { format, purpose, name }
        }
        const ALL: [FileFormat; 9] = [
            of(Format::Letterboxd, None, "letterboxd"),
            of(Format::Letterboxd, Some(Purpose::Wish), "letterboxd-watchlist"),
            of(Format::Letterboxd, Some(Purpose::Seen), "letterboxd-watched"),
            of(Format::Imdb, None, "imdb"),
            of(Format::Trakt, None, "trakt"),
            of(Format::Tmdb, None, "tmdb"),
            of(Format::Radarr, None, "radarr"),
            of(Format::Csv, None, "csv"),
            of(Format::Lines, None, "lines"),
        ];
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name))
    }
}

/// More proposals than this are asked about.
const MANY: usize = 50;

pub fn run(context: &mut Context<'_>, args: &Import) -> Result<Status> {
    let voter = context.voter()?;
    context.online()?;
    let (mut lists, backups) = read(context, args)?;
    match &backups[..] {
        [] => {}
        [backup] if lists.is_empty() => return restore(context, args, backup),
        _ => return Err(Failure::new("an export of movienight is read by itself").hint("name one file").into()),
    }
    settle_purposes(context, &mut lists, args.format.and_then(|format| format.purpose))?;
    let existing = Store::open(&context.place()?.location, OpenMode::Write)?;
    let is_first = existing.is_none();
    let mut store = existing.map_or_else(Store::in_memory, Ok)?;
    let own = store.lists()?.into_iter().find(|person| person.key == voter.key());
    let (known, seen) = own.map(|person| (person.wishes, person.seen)).unwrap_or_default();
    let found = find(context, &mut store, &lists, &known)?;
    let unmatched = |row: &&ListRow| row.id.is_none() && !matches!(found.get(&name(row)), Some(Ok(_)));
    let rows = || lists.iter().flat_map(|list| &list.rows);
    if let Some(path) = &args.unmatched {
        write_unmatched(&lists, path, |row| unmatched(&row))?;
    }
    let mut import = import(context, args, rows(), &known, &found);
    let board = ranked_board(&mut store)?;
    let mut already = in_both(&known, &import.wishes) + import.seen.iter().filter(|id| seen.contains(id)).count();
    if args.propose {
        already += leave_watched(&mut store, &mut import.proposals)?;
        if !args.dry_run && !may_propose(context, import.proposals.len())? {
            context.note("Nothing was proposed");
            return Ok(Status::Done);
        }
    }
    let imported = match args.dry_run {
        true => store.preview(&voter, context.now, &import)?,
        false => {
            let fetched = fetch(context, &mut store, import.proposals.iter())?;
            if is_first {
                store = context.open_or_create()?;
            }
            store.import(&voter, context.now, &import, &fetched)?
        }
    };
    let proposed =
        |wanted: &[Proposed]| imported.proposed.iter().filter(|(_, outcome)| wanted.contains(outcome)).count();
    let unmatched: Vec<UnmatchedRow> = rows().filter(unmatched).map(|row| unmatched_row(row, &found)).collect();
    let mut formats: Vec<&str> = lists.iter().map(|list| list.format.as_str()).collect();
    formats.dedup();
    let view = ImportView {
        format: formats.join(","),
        listed: imported.listed,
        proposed: proposed(&[Proposed::New, Proposed::Returned]),
        voted: proposed(&[Proposed::Voted]),
        seen: imported.seen,
        already: already + proposed(&[Proposed::AlreadyVoted]),
        unmatched,
        skipped: lists.iter().map(|list| list.skipped.people + list.skipped.episodes).sum(),
    };
    let mut sentences = render::lists::imported(&view, voter.as_str(), imported.unlisted);
    if !view.unmatched.is_empty() && args.unmatched.is_none() {
        sentences.push("--unmatched FILE writes them to a file".to_owned());
    }
    if args.dry_run {
        sentences.push("This is a dry run: nothing was stored".to_owned());
    }
    context.answer(&view, &sentences)?;
    if !args.dry_run {
        context.note_newcomer(&voter, &board);
    }
    Ok(Status::Done)
}

/// The number of movies that are in both lists, of which each has a movie once.
fn in_both(one: &[Wish], other: &[Wish]) -> usize {
    let keys: HashSet<String> = one.iter().map(Wish::key).collect();
    other.iter().filter(|wish| keys.contains(&wish.key())).count()
}

/// An export of this program, with the name of its file.
type NamedBackup = (String, Backup);

/// Adds an export of this program to the board.
fn restore(context: &mut Context<'_>, args: &Import, (file, backup): &NamedBackup) -> Result<Status> {
    if args.propose || args.replace || args.dry_run || args.unmatched.is_some() {
        let failure = Failure::new(format!("{file} is an export of movienight, which is read as it is"));
        return Err(failure.hint("leave out all options but --as").into());
    }
    let voter = context.voter()?;
    let restored = context.open_or_create()?.restore(&voter, context.now, backup)?;
    let view = ImportView {
        format: "movienight".to_owned(),
        listed: restored.listed,
        proposed: restored.proposals,
        voted: restored.opinions,
        seen: restored.seen,
        already: 0,
        unmatched: Vec::new(),
        skipped: 0,
    };
    let sentence = match restored == Restored::default() {
        true => "Nothing changed: the board has everything already".to_owned(),
        false => format!(
            "Added {}, {}, {} to lists and {} as seen",
            count(restored.proposals, "movie", "movies"),
            count(restored.opinions, "opinion", "opinions"),
            restored.listed,
            restored.seen
        ),
    };
    context.answer(&view, &[sentence])?;
    Ok(Status::Done)
}

/// The lists in the files that were named, and exports of this program with their names.
fn read(context: &mut Context<'_>, args: &Import) -> Result<(Vec<List>, Vec<NamedBackup>)> {
    let (mut lists, mut backups, mut failures) = (Vec::new(), Vec::new(), Vec::new());
    for file in &args.files {
        let name = if file == "-" { "standard input".to_owned() } else { file.to_string_lossy().into_owned() };
        let bytes = match file == "-" {
            true => lists::read_bytes(&name, &mut context.env.stdin.reader),
            false => match File::open(file) {
                Ok(file) => lists::read_bytes(&name, file),
                Err(error) => {
                    Err(Failure::new(format!("cannot read {name}: {error}")).hint("name a file that you may read"))
                }
            },
        };
        let contents = bytes.map_err(|failure| Failures(vec![failure]));
        match contents.and_then(|bytes| lists::parse(&name, bytes, args.format.map(|format| format.format))) {
            Ok(Contents::Lists(found)) => lists.extend(found),
            Ok(Contents::Backup(VERSION, backup)) => backups.push((name, backup)),
            Ok(Contents::Backup(version, _)) => failures.push(
                Failure::new(format!("{name} is of version {version}, which is newer")).hint("update movienight"),
            ),
            Err(Failures(found)) => failures.extend(found),
        }
    }
    if !failures.is_empty() {
        failures.push(Failure::new("nothing was stored"));
    }
    Failures::check(failures)?;
    Ok((lists, backups))
}

/// Asks what a list says of its movies where neither its form nor its name tells.
fn settle_purposes(context: &mut Context<'_>, lists: &mut [List], wanted: Option<Purpose>) -> Result<()> {
    for list in lists {
        let Some(row) = list.rows.iter().find(|row| row.purpose.is_none()) else { continue };
        let purpose = match wanted {
            Some(purpose) => purpose,
            None if context.can_ask() => {
                let question = format!("Is {} a watchlist, or watched movies? [l: watchlist, w: watched] ", list.file);
                context.env.stderr.write(&question)?;
                let mut answer = String::new();
                context.env.stdin.reader.read_line(&mut answer)?;
                match answer.trim() {
                    "l" => Purpose::Wish,
                    "w" => Purpose::Seen,
                    _ => return Err(Failure::new("nothing was stored").into()),
                }
            }
            None => {
                let failure =
                    format!("{}, line {}: this may be a watchlist or watched movies", list.file, row.line - 1);
                let hint = "say --format letterboxd-watchlist or --format letterboxd-watched";
                return Err(Failure::new(failure).hint(hint).into());
            }
        };
        list.rows.iter_mut().for_each(|row| row.purpose = row.purpose.or(Some(purpose)));
    }
    Ok(())
}

type Matches = HashMap<Name, Result<ImdbId, Unmatched>>;

/// The titles that the rows without an id mean, and those that are on the list without one.
fn find(context: &mut Context<'_>, store: &mut Store, lists: &[List], known: &[Wish]) -> Result<Matches> {
    let rows = lists.iter().flat_map(|list| &list.rows).filter(|row| row.id.is_none()).map(name);
    let kept = known.iter().filter(|wish| wish.id.is_none()).map(kept_name);
    let names: HashSet<Name> = rows.chain(kept).collect();
    if names.is_empty() {
        return Ok(Matches::new());
    }
    bulk::find(context, store, names)
}

fn name(row: &ListRow) -> Name {
    let title = row.title.clone().unwrap_or_default();
    Name { title, year: row.year, may_be_series: row.may_be_series }
}

/// The name of a movie that came onto the list without an id. Nobody knows any more from which program.
fn kept_name(wish: &Wish) -> Name {
    Name { title: wish.title.clone().unwrap_or_default(), year: wish.year, may_be_series: false }
}

/// What is to be stored.
fn import<'r>(
    context: &Context<'_>,
    args: &Import,
    rows: impl Iterator<Item = &'r ListRow>,
    known: &[Wish],
    found: &Matches,
) -> store::Import {
    let id_of = |name: &Name| found.get(name).and_then(|found| found.as_ref().ok()).copied();
    let mut import = store::Import { replaces: args.replace, ..store::Import::default() };
    let mut taken = HashSet::new();
    for row in rows {
        let id = row.id.or_else(|| id_of(&name(row)));
        let wish = Wish { id, title: row.title.clone(), year: row.year, listed_at: context.now };
        let is_seen = row.purpose == Some(Purpose::Seen);
        if !taken.insert((is_seen, wish.key())) {
            continue;
        }
        match (is_seen, args.propose, id) {
            (true, _, id) => import.seen.extend(id),
            (false, false, _) => import.wishes.push(wish),
            (false, true, Some(id)) => import.proposals.push(NewProposal::Imdb(id)),
            (false, true, None) => {}
        }
    }
    // What was not known when it came onto the list.
    for wish in known.iter().filter(|wish| wish.id.is_none() && !args.replace) {
        let id = id_of(&kept_name(wish));
        import.wishes.extend(id.map(|id| Wish { id: Some(id), ..wish.clone() }));
    }
    import
}

/// Leaves out what was watched; the number of those.
fn leave_watched(store: &mut Store, proposals: &mut Vec<NewProposal>) -> Result<usize> {
    let known = Known::read(Some(store))?;
    let before = proposals.len();
    proposals.retain(|movie| known.watched_on(movie).is_none());
    Ok(before - proposals.len())
}

/// A long list is no board: the person is asked.
fn may_propose(context: &mut Context<'_>, movies: usize) -> Result<bool> {
    if movies <= MANY || !context.can_ask() {
        return Ok(true);
    }
    context.env.stderr.write(&format!("Put {} on the board? [y/N] ", count(movies, "movie", "movies")))?;
    let mut answer = String::new();
    context.env.stdin.reader.read_line(&mut answer)?;
    Ok(answer.trim().eq_ignore_ascii_case("y"))
}

/// The data of movies that are to be proposed.
pub fn fetch<'m>(
    context: &mut Context<'_>,
    store: &mut Store,
    movies: impl Iterator<Item = &'m NewProposal>,
) -> Result<Vec<Fetched>> {
    let ids: Vec<ImdbId> = movies
        .filter_map(|movie| match movie {
            NewProposal::Imdb(id) => Some(*id),
            NewProposal::Titled(_) => None,
        })
        .collect();
    let mut cached: Vec<(ImdbId, CacheEntry)> = ids.iter().copied().zip(store.cached(&ids)?).collect();
    Ok(context.lookup(None, cached.iter_mut().map(|(id, entry)| (*id, entry)), &Policy::PROPOSE)?.fetched)
}

fn write_unmatched(lists: &[List], path: &OsString, is_unmatched: impl Fn(&ListRow) -> bool) -> Result<()> {
    let path = std::path::Path::new(path);
    let text = lists::write::rows(lists, is_unmatched);
    files::replace_text(path, &text).with_context(|| format!("cannot write {}, so nothing was stored", path.display()))
}

fn unmatched_row(row: &ListRow, found: &Matches) -> UnmatchedRow {
    let name = name(row);
    let reason = match found.get(&name) {
        Some(Err(why)) => *why,
        _ => Unmatched::NotSearched,
    };
    UnmatchedRow { row: row.line, title: name.title, year: name.year, reason: reason.as_str() }
}
