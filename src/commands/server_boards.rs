//! `movienight board`: creates and lists boards on a PostgreSQL server, and copies boards between files and servers.

use std::ffi::OsString;
use std::path::Path;

use anyhow::{Context as _, Result};
use clap::{Args, Subcommand, ValueHint};
use serde_json::{Value, json};

use crate::context::{Context, typed_place};
use crate::files::NewFile;
use crate::model::text::shell_word;
use crate::render::changes::sentences;
use crate::store::{Address, Contents, Copied, Location, OpenMode, Store, create_board, list_boards};
use crate::user_error::{Code, UserError, fail};
use crate::view::format::count;

const EXAMPLES: &str = "\
Examples:
  movienight board list --db postgres://anna@db.example.net/films
  movienight board copy movies.db 'postgres://anna@db.example.net/films'";

/// Create, list and copy boards
#[derive(Debug, Subcommand)]
#[command(after_long_help = EXAMPLES)]
pub enum Boards {
    Create(Create),
    /// List the boards of a database
    List,
    Copy(Copy),
}

/// Create a board on a server
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight board create friends --db postgres://anna@db.example.net/films
  movienight board create friends --group movienight_friends")]
pub struct Create {
    /// Name of the board (a-z, 0-9 and _)
    pub name: String,
    /// Let the members of this role use the board
    #[arg(long, value_name = "ROLE")]
    pub group: Option<String>,
}

/// Copy a board and its history to a new place
#[derive(Args, Debug)]
#[command(after_long_help = "\
A place is a file or postgres://user@host/database?board=name. Votes, people, \
history, the cache and the undo log are copied: everything, or nothing.

Examples:
  movienight board copy movies.db 'postgres://anna@db.example.net/films?board=friends'
  movienight board copy 'postgres://anna@db.example.net/films?board=friends' copy.db")]
pub struct Copy {
    /// Board to copy
    #[arg(value_name = "FROM", value_hint = ValueHint::AnyPath)]
    pub source: OsString,
    /// Place where nothing exists yet
    #[arg(value_name = "TO", value_hint = ValueHint::AnyPath)]
    pub target: OsString,
}

pub fn run(context: &mut Context<'_>, command: &Boards) -> Result<()> {
    match command {
        Boards::Create(args) => create(context, args),
        Boards::List => list(context),
        Boards::Copy(args) => copy(context, args),
    }
}

fn server(context: &Context<'_>) -> Result<Box<Address>> {
    match &context.board_location()?.location {
        Location::Server(address) => Ok(address.clone()),
        Location::File(path) => {
            fail(format!("{} is a file, which holds one board", path.display()), "name a server with --db postgres://…")
        }
    }
}

fn create(context: &mut Context<'_>, args: &Create) -> Result<()> {
    let address = server(context)?.with_board(&args.name).map(Box::new).map_err(UserError::new)?;
    let is_new = create_board(&address, args.group.as_deref())?;
    let mut sentences = vec![match is_new {
        true => format!("Created the {address}"),
        false => format!("The {address} exists already"),
    }];
    sentences.extend(args.group.as_ref().map(|group| format!("Members of {group} may use it")));
    context.answer(&json!({ "name": args.name, "is_new": is_new, "group": args.group }), &sentences)
}

fn list(context: &mut Context<'_>) -> Result<()> {
    let address = server(context)?;
    let boards = list_boards(&address)?;
    let document = |(name, version): &_| json!({ "name": name, "version": version });
    let documents: Vec<Value> = boards.iter().map(document).collect();
    context.show(&json!({ "boards": documents }), |screen| match boards.is_empty() {
        true => sentences(&[format!("There is no board in {}", address.server)], screen),
        false => boards.iter().map(|(name, _)| format!("{name}\n")).collect(),
    })
}

fn copy(context: &mut Context<'_>, args: &Copy) -> Result<()> {
    let (from, to) = (context.location(&args.source, "FROM")?, context.location(&args.target, "TO")?);
    if from.identity() == to.identity() {
        return fail("both places are the same", "copy to a new place");
    }
    let mut source = Store::open(&from, OpenMode::Read)?
        .ok_or_else(|| UserError::new(format!("{from} does not exist, so nothing was copied")).code(Code::NoBoard))?;
    // Read before anything is created at the target.
    let contents = source.contents()?;
    drop(source);
    let copied = match &to {
        Location::File(path) if !path.exists() => copy_to_new_file(&contents, path)?,
        _ => fill(&contents, &to)?,
    };
    let votes = copied.votes.map(|votes| format!(" with {}", count(votes, "vote", "votes")));
    let sentence = format!(
        "Copied {}{} by {} to {to}",
        count(copied.proposals, "movie", "movies"),
        votes.unwrap_or_default(),
        count(copied.voters, "person", "people")
    );
    let Copied { proposals, votes, voters, cached, changes } = copied;
    let document = json!({
        "to": to.to_string(), "proposals": proposals, "votes": votes, "voters": voters, "cached": cached, "changes": changes,
    });
    context.answer(&document, &[sentence])?;
    let place = shell_word(&typed_place(&to));
    context.note(&format!("To use the copy, run this on every machine:\n  movienight join {place}"));
    Ok(())
}

fn fill(contents: &Contents, to: &Location) -> Result<Copied> {
    let mut target =
        Store::open(to, OpenMode::Create)?.with_context(|| format!("{to} was removed while it was being created"))?;
    Ok(target.fill(contents, to)?)
}

/// Copies into a file that appears only when it is complete: an interrupted copy must not look like an empty board.
fn copy_to_new_file(contents: &Contents, path: &Path) -> Result<Copied> {
    let new = NewFile::beside(path);
    let copied = fill(contents, &Location::File(new.path.clone()))?;
    new.publish().with_context(|| format!("cannot create {}", path.display()))?;
    Ok(copied)
}
