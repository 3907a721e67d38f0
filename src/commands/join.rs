//! `movienight join`: remembers the board and the name, after checking both.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use anyhow::{Context as _, Result};
use clap::{Args, ValueHint};
use serde_json::json;

use super::config::{note_override, path};
use super::vote;
use crate::config::{Changes, Key, Origin, change, without_password};
use crate::context::new_board::similar_board;
use crate::context::{BoardLocation, Context, Options, no_board_at, ranked_board, typed_place};
use crate::model::VoterName;
use crate::model::text::shell_word;
use crate::render::changes::sentences;
use crate::store::{DEFAULT_BOARD, ErrorKind, Location, OpenMode, Store};
use crate::user_error::{UserError, fail};
use crate::view::format::count;

/// Join a board, and remember it and your name
///
/// Without PLACE, shows the board and the name in use. The board is opened before its place is saved in the
/// configuration file. Passwords go to ~/.pgpass.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight join /srv/films/movienight.db --as Ana
  movienight join 'postgres://ana@db.example.net/films?board=friends' --as Ana
  movienight join")]
pub struct Join {
    /// File, postgres://… or short name [default: show what is in use]
    #[arg(value_name = "PLACE", value_hint = ValueHint::AnyPath)]
    pub place: Option<OsString>,
}

pub fn run(context: &mut Context<'_>, args: &Join) -> Result<()> {
    match &args.place {
        Some(place) => join(context, place),
        None => show_current(context),
    }
}

/// Prints which board and name are in use.
fn show_current(context: &mut Context<'_>) -> Result<()> {
    let config = context.config()?;
    let (board_origin, name_origin) = (config.origin(Key::Board).name(), config.origin(Key::Name).name());
    let place = context.board_location()?.location.absolute().to_string();
    let name_origin = if context.goes_by_login() { "your login" } else { name_origin };
    let voter = context.voter()?;
    let lines = [
        format!("Board: {place} ({board_origin})"),
        format!("Name: {voter} ({name_origin})"),
        "movienight join PLACE --as NAME changes both".to_owned(),
    ];
    let document = json!({
        "outcome": "current",
        "place": place,
        "voter": voter.as_str(),
        "movies": null,
        "people": null,
        "previous": null,
        "cron": cron_line(context),
    });
    context.show(&document, |screen| sentences(&lines, screen))
}

fn join(context: &mut Context<'_>, place: &OsStr) -> Result<()> {
    let path = path(context)?;
    // A configuration file that cannot be read cannot be changed either.
    context.config()?;
    let (location, is_remembered) = context.find_location(place, "PLACE")?;
    let mut location = location.absolute();
    let typed_name = name(context)?;
    let (store, has_typed_password) = open_board(context, &mut location)?;
    let is_new = store.is_none();
    let mut store = match store {
        Some(store) => store,
        None if is_remembered => {
            return Err(no_board_at(&BoardLocation { location, origin: Origin::File, may_create: false }));
        }
        None => create(context, &location)?,
    };
    let (board, is_read_only) = (ranked_board(&mut store)?, store.is_read_only());
    drop(store);
    let name = match typed_name {
        Some(name) if context.can_ask() => Some(context.confirm_name(name, &board)?),
        name => name,
    };
    // Passwords and settings are written only from here on, after the last question.
    let location = if has_typed_password { keep_password(context, location)? } else { location };
    let remembered = location.to_variable().to_str().context("the path is not valid UTF-8")?.to_owned();
    let (short, previous) = remember(context, &path, &remembered, name.as_ref())?;
    let people = board.voters.iter().filter(|voter| voter.is_listed).count();
    let movies = board.proposals.len();
    let totals = count(movies, "movie", "movies");
    let mut sentences = vec![match is_new {
        true => format!("Created a new, empty board: {location}"),
        false => format!("Joined {short}: {totals}, {}", count(people, "person", "people")),
    }];
    sentences.extend(name.as_ref().map(|name| format!("You vote as {name}")));
    sentences.extend(previous.as_ref().map(|name| format!("To see your previous board: movienight --db {name}")));
    sentences.extend(name.as_ref().and_then(|name| context.takeover_offer(name, &board)));
    sentences.push("To keep its data fresh, add this line with crontab -e:".to_owned());
    let cron = cron_line_with(context, None);
    let document = json!({
        "outcome": if is_new { "created" } else { "joined" },
        "place": location.to_string(),
        "voter": name.as_ref().map(VoterName::as_str),
        "movies": movies,
        "people": people,
        "previous": previous,
        "cron": cron,
    });
    context.answer(&document, &sentences)?;
    let shows_board = !context.options.json && !context.options.quiet;
    if shows_board {
        // Not wrapped, so that it can be copied.
        context.print(&format!("  {cron}\n"))?;
    }
    for key in [Key::Board, Key::Name] {
        note_override(context, key.setting());
    }
    if !shows_board {
        if is_read_only {
            context.note(vote::READ_ONLY);
        }
        return Ok(());
    }
    let name_option = name.map(|name| name.as_str().to_owned());
    let options = Options { db: Some(remembered.into()), name: name_option, ..context.options.clone() };
    vote::run(&mut Context::new(context.env, &options), &vote::Vote::default())
}

/// Returns the name to remember: from `--as`, or asked for if no setting has one. `None` if the one in use stays.
fn name(context: &mut Context<'_>) -> Result<Option<VoterName>> {
    if context.options.name.is_some() {
        return context.voter().map(Some);
    }
    if !context.goes_by_login() || !context.can_ask() {
        return Ok(None);
    }
    let login = context.login_name().unwrap_or_default();
    let answer = context.ask(&format!("Your name on the board [{login}]: "))?.filter(|answer| !answer.is_empty());
    Ok(Some(VoterName::parse(&answer.unwrap_or(login)).map_err(UserError::new)?))
}

/// Opens the board, if there is one, and asks for a missing password. Also returns true if a password was typed, as an
/// answer or in the address, and has to be kept.
fn open_board(context: &mut Context<'_>, location: &mut Location) -> Result<(Option<Store>, bool)> {
    let text = location.to_variable().to_string_lossy().into_owned();
    let opened = Store::open(location, OpenMode::Read);
    let needs_password = opened.as_ref().is_err_and(|error| error.kind == ErrorKind::Password);
    if let Location::Server(address) = location
        && needs_password
        && context.can_ask()
    {
        let question = format!("Password for user {} on {}: ", address.user, address.server);
        if let Some(password) = context.ask_hidden(&question)?.filter(|password| !password.is_empty()) {
            address.set_password(&password);
            let opened = Store::open(location, OpenMode::Read).map_err(|mut error| {
                // The usual hint names places from which this password did not come.
                if error.kind == ErrorKind::Password {
                    error.hint = Some("run the command again, and type the password again".to_owned());
                }
                error
            });
            return Ok((opened?, true));
        }
    }
    Ok((opened?, without_password(&text) != text))
}

/// Moves the password of an address to the file that psql reads. Returns the location without it.
fn keep_password(context: &mut Context<'_>, location: Location) -> Result<Location> {
    let Location::Server(address) = &location else { return Ok(location) };
    let saved = address.save_password();
    let file = saved.map_err(|error| UserError::new(format!("cannot save the password: {error}")))?;
    context.note(&format!("Saved the password in {}", file.display()));
    let text = location.to_variable().to_string_lossy().into_owned();
    context.location(OsStr::new(&without_password(&text)), "PLACE")
}

/// Creates the board, after a question if questions can be asked.
fn create(context: &mut Context<'_>, location: &Location) -> Result<Store> {
    if context.can_ask() {
        let (missing, board) =
            if location.is_server() { (location.to_string(), "board=") } else { (format!("board at {location}"), "") };
        let meant = similar_board(location).map(|other| format!(" (did you mean {board}{other}?)"));
        if !context.agrees(&format!("There is no {missing}{}. Create it?", meant.unwrap_or_default()))? {
            return fail("nothing was joined", "check the place");
        }
    }
    Store::open(location, OpenMode::Create)?.context("the board was removed while it was created")
}

/// Writes the board and the name to the configuration file. Returns the short names of this board and of the previous
/// one, if there was another.
fn remember(
    context: &Context<'_>,
    path: &Path,
    place: &str,
    name: Option<&VoterName>,
) -> Result<(String, Option<String>)> {
    let unnamed =
        context.default_location().ok().filter(|default| matches!(default, Location::File(path) if path.exists()));
    let mut kept = (String::new(), None);
    change(path, |file| {
        let before = file.values.get("board").cloned().or_else(|| unnamed.map(|place| place.to_string()));
        let before = before.filter(|before| before != place);
        let mut changes: Changes = vec![("board".to_owned(), Some(place.to_owned()))];
        changes.extend(name.map(|name| ("name".to_owned(), Some(name.as_str().to_owned()))));
        let mut boards = file.boards.clone();
        let mut name_board = |place: &str| -> Result<String> {
            // The setting may hold a short name.
            if let Some((name, _)) = boards.iter().find(|(name, other)| *other == place || *name == place) {
                return Ok(name.clone());
            }
            let short = short_name(&context.location(OsStr::new(place), "board")?);
            let numbered = (2..).map(|n| format!("{short}-{n}"));
            // With a number if the short name already stands for another location.
            let is_free = |name: &String| !boards.contains_key(name);
            let name = std::iter::once(short.clone()).chain(numbered).find(is_free).unwrap_or_default();
            changes.push((format!("boards.{name}"), Some(place.to_owned())));
            boards.insert(name.clone(), place.to_owned());
            Ok(name)
        };
        kept = (name_board(place)?, before.as_deref().map(&mut name_board).transpose()?);
        Ok(changes)
    })?;
    Ok(kept)
}

/// Returns a short name for a board: that of its file or its schema.
fn short_name(location: &Location) -> String {
    let name = match location {
        Location::File(path) => path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default(),
        Location::Server(address) => address.board.clone(),
    };
    // A leading hyphen would make it an option.
    let name = name.replace(|c: char| !c.is_alphanumeric() && c != '_', "-");
    Some(name.trim_matches('-').to_owned()).filter(|name| !name.is_empty()).unwrap_or_else(|| DEFAULT_BOARD.to_owned())
}

/// Returns a crontab line that refreshes the board in use.
pub fn cron_line(context: &Context<'_>) -> String {
    let board = context.board_location().ok().filter(|board| match board.origin {
        Origin::Option(_) | Origin::Variable(_) => true,
        Origin::File => false,
        Origin::Default => context.env.var_os("XDG_DATA_HOME").is_some(),
    });
    cron_line_with(context, board.map(|board| typed_place(&board.location)).as_deref())
}

/// Returns a crontab line that refreshes a board. cron passes HOME, but no other variables of the person, so `place`
/// names the board, unless the configuration file does.
fn cron_line_with(context: &Context<'_>, place: Option<&str>) -> String {
    let exe = context.env.exe.as_ref().map_or_else(|| "movienight".into(), |exe| exe.to_string_lossy());
    let config = context.usable_config();
    let is_usual = !config.is_path_given && context.env.var_os("XDG_CONFIG_HOME").is_none();
    let path = config.path.as_ref().filter(|path| !is_usual && path.exists());
    let path = path.and_then(|path| std::path::absolute(path).ok());
    let option = path.map(|path| format!(" --config {}", shell_word(&path.to_string_lossy()))).unwrap_or_default();
    let board = place.map(|place| format!(" --db {}", shell_word(place))).unwrap_or_default();
    // cron reads a bare percent sign as the end of the line.
    format!("0 */6 * * * {}{board} cache refresh --quiet{option}", shell_word(&exe)).replace('%', "\\%")
}
