//! `movienight import`: reads lists that people keep in other programs.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::path::Path;

use anyhow::{Context as _, Result};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};

use super::export::VERSION;
use super::propose::fetch;
use crate::context::{Context, offer, ranked_board, write_output};
use crate::lists::{self, Contents, Format, List, ListRow, Purpose};
use crate::model::change::{NewProposal, Proposed};
use crate::model::opinion::MAX_NOES;
use crate::model::{ImdbId, VoterName, Wish, from_word, to_word};
use crate::naming::bulk::{self, Name};
use crate::naming::check;
use crate::naming::search::GroupHistory;
use crate::render;
use crate::store::{self, Backup, LEFT_OUT, OpenMode, Store, backup_rows};
use crate::user_error::{Code, UserError, UserErrors, fail};
use crate::view::format::{and, count};
use crate::view::lists::{ImportView, Unmatched, UnmatchedRow};

/// Read lists from other programs
///
/// Watchlists and lists become your list of movies to see. Diaries and ratings mark movies as seen.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Reads exports of Letterboxd, IMDb, Trakt and TMDB (CSV, JSON or the whole ZIP), \
lists of Radarr, any CSV with IMDb ids or with titles and years, and plain text \
with one movie per line.

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
    /// Replace your list instead of adding to it
    #[arg(long, conflicts_with = "propose")]
    pub replace: bool,
    /// Show what would be stored, and store nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Require this format of the files
    #[arg(long, value_name = "FORMAT", value_parser = file_format())]
    pub format: Option<FileFormat>,
    /// Write rows without a match to this file, as they came
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub unmatched: Option<OsString>,
}

/// A file format, and what the lists in it mean if the name says so, as `letterboxd-watched` does.
type FileFormat = (Format, Option<Purpose>);

const FORMATS: [&str; 9] =
    ["letterboxd", "letterboxd-watchlist", "letterboxd-watched", "imdb", "trakt", "tmdb", "radarr", "csv", "lines"];

fn file_format() -> impl TypedValueParser<Value = FileFormat> {
    PossibleValuesParser::new(FORMATS).map(|name| {
        let (format, purpose) = name.split_once('-').unwrap_or((&name, ""));
        let purpose = match purpose {
            "watchlist" => Some(Purpose::Wish),
            "watched" => Some(Purpose::Seen),
            _ => None,
        };
        (from_word(format).expect("each name begins with a format"), purpose)
    })
}

/// The number of lines above which import asks about plain text of which more than 90 % match no title.
const ASK_ABOVE_LINES: usize = 10;
/// The number of movies above which import asks before it fills the board with them.
const ASK_ABOVE_MOVIES: usize = 50;

pub fn run(context: &mut Context<'_>, args: &Import) -> Result<()> {
    let voter = context.voter()?;
    context.online()?;
    if args.unmatched.as_ref().is_some_and(|file| file == "-") {
        return fail("--unmatched cannot be standard output, where the result is printed", "give a file");
    }
    let unmatched_file = args.unmatched.as_ref().map(Path::new).filter(|_| !args.dry_run);
    // It may not exist yet.
    if let Some(path) = unmatched_file.and_then(|path| path.canonicalize().ok())
        && args.files.iter().any(|file| Path::new(file).canonicalize().is_ok_and(|file| file == path))
    {
        return fail(format!("--unmatched: {} is one of the files to read", path.display()), "give another file");
    }
    let (mut lists, backups) = read(context, args)?;
    match &backups[..] {
        [] => {}
        [backup] if lists.is_empty() => return restore(context, args, &voter, backup),
        _ => return fail("a movienight export cannot be combined with other files", "name one file"),
    }
    settle_purposes(&mut lists, args.format)?;
    if args.replace && !lists.iter().flat_map(|list| &list.rows).any(|row| row.purpose == Some(Purpose::Wish)) {
        return fail("--replace would empty your list: these files contain no watchlist", "leave out --replace");
    }
    let existing = context.open(OpenMode::Write)?;
    let is_first = existing.is_none();
    let mut store = existing.map_or_else(Store::in_memory, Ok)?;
    let own = store.lists()?.into_iter().find(|person| person.key == voter.key());
    let (known, seen) = own.map(|person| (person.wishes, person.seen)).unwrap_or_default();
    let rows = || lists.iter().flat_map(|list| &list.rows);
    let unnamed = || rows().filter(|row| row.id.is_none() && row.title.is_some());
    let titles: HashSet<_> = unnamed().map(|row| (row.title.as_ref(), row.year)).collect();
    // A row that is imported again says more than what was kept of it.
    let kept = known.iter().filter(|wish| wish.id.is_none() && !titles.contains(&(wish.title.as_ref(), wish.year)));
    let names: HashSet<Name> = unnamed().map(name).chain(kept.map(kept_name)).collect();
    let found = if names.is_empty() { Matches::new() } else { bulk::find(context, &mut store, names)? };
    let is_unmatched = |row: &&ListRow| row.id.is_none() && !matches!(found.get(&name(row)), Some(Ok(_)));
    let is_wish = |row: &ListRow| row.title.is_some() && row.purpose == Some(Purpose::Wish);
    let unmatched: Vec<UnmatchedRow> = rows().filter(is_unmatched).map(|row| unmatched_row(row, &found)).collect();
    let lacks_catalog = unmatched.iter().any(|row| row.reason == Unmatched::NotSearched) && context.catalog().is_none();
    let is_searched = !lacks_catalog || unmatched.iter().any(|row| row.reason == Unmatched::NotFound);
    let is_text = args.format.is_none() && lists.iter().all(|list| list.format == Format::Lines);
    let (lines, strange) = (rows().count(), unmatched.iter().filter(|row| row.reason != Unmatched::Link).count());
    // In a file that is no list, such as a program or a letter, each line looks like a title.
    if is_text && lines > ASK_ABOVE_LINES && strange * 10 > lines * 9 && is_searched {
        let what = format!("{strange} of {lines} lines match no title");
        if !context.can_ask() {
            return fail(what, "--format lines imports them anyway");
        }
        if !context.agrees(&format!("{what}. Import them anyway?"))? {
            context.note("Nothing was stored");
            return Ok(());
        }
    }
    let mut import = sort_rows(context, args, rows(), &known, &found);
    let board = ranked_board(&mut store)?;
    let listed: HashSet<String> = known.iter().map(Wish::key).collect();
    let mut already =
        import.wishes.iter().map(Wish::key).filter(|key| listed.contains(key)).collect::<HashSet<_>>().len()
            + import.seen.iter().filter(|id| seen.contains(id)).count();
    if args.propose {
        let (group, all) = (GroupHistory::read(Some(&mut store))?, import.proposals.len());
        import.proposals.retain(|movie| group.watched_on(movie).is_none());
        let movies = import.proposals.len();
        already += all - movies;
        let question = format!("Put {} on the board?", count(movies, "movie", "movies"));
        if !args.dry_run && movies > ASK_ABOVE_MOVIES && context.can_ask() && !context.agrees(&question)? {
            context.note("Nothing was proposed");
            return Ok(());
        }
    }
    if let Some(path) = unmatched_file {
        write_output(path, &lists::write::rows(&lists, |row| is_unmatched(&row)))?;
    }
    let imported = match args.dry_run {
        true => store.preview(&voter, context.now, &import)?,
        false => {
            let (_, fetched) = fetch(context, &mut store, &import.proposals)?;
            if is_first {
                store = context.open_or_create()?;
            }
            store.import(&voter, context.now, &import, &fetched)?
        }
    };
    let proposed = |is: fn(&Proposed) -> bool| imported.proposed.iter().filter(|outcome| is(outcome)).count();
    let mut formats: Vec<String> = lists.iter().map(|list| to_word(&list.format)).collect();
    formats.dedup();
    let view = ImportView {
        format: formats.join(","),
        listed: imported.listed,
        proposed: proposed(|outcome| matches!(outcome, Proposed::New | Proposed::Returned(_))),
        voted: proposed(|outcome| matches!(outcome, Proposed::Voted(_))),
        seen: imported.seen,
        identified: imported.identified,
        left_out: 0,
        already: already + proposed(|outcome| *outcome == Proposed::AlreadyVoted),
        unmatched,
        skipped: lists.iter().map(|list| list.skipped).sum(),
        kept: rows().filter(is_unmatched).filter(|row| !args.propose && is_wish(row)).count(),
    };
    let mut sentences = render::lists::imported(&view, voter.as_str(), imported.unlisted);
    if lacks_catalog {
        sentences.push(format!("To match most titles, run {}, then import the list again", offer()));
    }
    if !view.unmatched.is_empty() {
        sentences.extend(match (unmatched_file, &args.unmatched) {
            (Some(path), _) => Some(format!("Wrote these rows to {}", path.display())),
            (None, None) => Some("To save these rows to a file, add --unmatched FILE".to_owned()),
            (None, Some(_)) => None,
        });
    }
    if args.dry_run {
        sentences.insert(0, "Dry run: nothing was stored. Without --dry-run:".to_owned());
    }
    context.answer(&view, &sentences)?;
    let is_changed = view.listed + view.proposed + view.voted + view.seen > 0;
    if is_changed && !args.dry_run {
        context.note_newcomer(&voter, &voter, &board);
    }
    Ok(())
}

/// A movienight export, with the name of its file.
type NamedBackup = (String, Backup);

/// Adds a movienight export to the board.
fn restore(context: &mut Context<'_>, args: &Import, voter: &VoterName, (file, backup): &NamedBackup) -> Result<()> {
    if args.propose || args.replace || args.dry_run || args.unmatched.is_some() {
        let error = format!("{file} is a movienight export, to which only --as applies");
        return fail(error, "leave out the other options");
    }
    // Before a board is created.
    let rows = backup_rows(backup).with_context(|| file.clone())?;
    let mut store = context.open_or_create()?;
    // The answer would tell whether votes have changed since the export.
    if ranked_board(&mut store)?.is_hidden() {
        let failure = UserError::new(format!("votes are hidden, so {file} is not imported")).code(Code::Hidden);
        return Err(failure.hint("movienight reveal shows them").into());
    }
    let restored = store.restore(voter, context.now, &rows).with_context(|| file.clone())?;
    let new = |kind| restored.get(kind).copied().unwrap_or_default();
    let parts = [
        (new("proposal"), "movie", "movies"),
        (new("vote"), "opinion", "opinions"),
        (new("wishes"), "movie on a list", "movies on lists"),
        (new("seen"), "seen movie", "seen movies"),
        (new("note"), "note", "notes"),
        (new("attendance"), "attendance", "attendances"),
        (new("voter"), "person who had been removed", "people who had been removed"),
    ];
    let added = parts.into_iter().filter(|(number, ..)| *number > 0);
    let added: Vec<String> = added.map(|(number, one, many)| count(number, one, many)).collect();
    let left_out = new(LEFT_OUT);
    let mut sentences = vec![match (added.is_empty(), left_out) {
        (true, 0) => "Nothing changed: the board has everything already".to_owned(),
        (true, _) => "Nothing changed".to_owned(),
        (false, _) => format!("Added {}", and(&added)),
    }];
    if left_out > 0 {
        let noes = count(left_out, "no", "noes");
        sentences.push(format!("Left out {noes}: a person has at most {MAX_NOES} noes on the board"));
    }
    let view = ImportView {
        format: "movienight".to_owned(),
        listed: new("wishes"),
        proposed: new("proposal"),
        voted: new("vote"),
        seen: new("seen"),
        left_out,
        ..ImportView::default()
    };
    context.answer(&view, &sentences)
}

/// Reads the files that were named: lists, and movienight exports.
fn read(context: &mut Context<'_>, args: &Import) -> Result<(Vec<List>, Vec<NamedBackup>)> {
    let (mut lists, mut backups, mut failures) = (Vec::new(), Vec::new(), Vec::new());
    for file in &args.files {
        let name = if file == "-" { "standard input".to_owned() } else { file.to_string_lossy().into_owned() };
        let bytes = match file == "-" {
            true => lists::read_bytes(&name, &mut context.env.stdin.reader),
            false => lists::read_file(&name, Path::new(file)),
        };
        let wanted = args.format.map(|(format, _)| format);
        match bytes.map_err(UserErrors::from).and_then(|bytes| lists::parse(&name, bytes, wanted)) {
            Ok(Contents::Lists(found)) => lists.extend(found),
            Ok(Contents::Backup(VERSION, backup)) => backups.push((name, backup)),
            Ok(Contents::Backup(version, _)) => {
                let error =
                    format!("{name} is an export of version {version}; this movienight reads version {VERSION}");
                failures.push(UserError::new(error).hint("update movienight"));
            }
            Err(UserErrors(found)) => failures.extend(found),
        }
    }
    check(failures, true)?;
    Ok((lists, backups))
}

/// Sets the purpose of rows from `--format`, if neither the format nor the name of the file tells it.
fn settle_purposes(lists: &mut [List], format: Option<FileFormat>) -> Result<()> {
    for list in lists {
        let Some(row) = list.rows.iter().find(|row| row.purpose.is_none()) else { continue };
        let Some((_, Some(purpose))) = format else {
            let (file, header_line) = (&list.file, row.line - 1);
            let error = format!("{file}, line {header_line}: this may be a watchlist or a list of watched movies");
            return fail(error, "add --format letterboxd-watchlist or --format letterboxd-watched");
        };
        list.rows.iter_mut().for_each(|row| row.purpose = row.purpose.or(Some(purpose)));
    }
    Ok(())
}

type Matches = HashMap<Name, Result<ImdbId, Unmatched>>;

fn name(row: &ListRow) -> Name {
    let title = row.title.clone().unwrap_or_default();
    Name { title, year: row.year, is_series: row.is_series, is_from_list: false }
}

/// Returns the name of a movie that is on the list without an id.
fn kept_name(wish: &Wish) -> Name {
    Name { title: wish.title.clone().unwrap_or_default(), year: wish.year, is_series: None, is_from_list: true }
}

/// Sorts the rows into wishes, seen movies and proposals. Returns what to store.
fn sort_rows<'r>(
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
        // The list may have this movie by another title, without its id.
        let is_name = !is_seen && !args.propose && wish.id.is_some() && wish.title.is_some();
        if !taken.insert((is_seen, wish.key())) && !is_name {
            continue;
        }
        match (is_seen, args.propose, id) {
            (true, _, id) => import.seen.extend(id),
            (false, true, id) => import.proposals.extend(id.map(NewProposal::Imdb)),
            (false, false, _) if wish.id.is_some() || wish.title.is_some() => import.wishes.push(wish),
            (false, false, _) => {}
        }
    }
    // Movies on the list that are matched only now.
    for wish in known.iter().filter(|wish| wish.id.is_none() && !args.replace) {
        let id = id_of(&kept_name(wish));
        import.wishes.extend(id.map(|id| Wish { id: Some(id), ..wish.clone() }));
    }
    import
}

fn unmatched_row(row: &ListRow, found: &Matches) -> UnmatchedRow {
    let name = name(row);
    let (title, reason) = match found.get(&name) {
        Some(Err(why)) => (name.title, *why),
        _ if row.title.is_none() => (row.raw.trim().to_owned(), Unmatched::Link),
        _ => (name.title, Unmatched::NotSearched),
    };
    UnmatchedRow { row: row.line, title, year: name.year, reason }
}
