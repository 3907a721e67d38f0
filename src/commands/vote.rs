//! `movienight vote` and `movienight unvote`: vote for movies or show the board, and take votes and noes back.

use anyhow::Result;
use clap::Args;
use serde_json::json;

use crate::context::board::{LoadedBoard, load_or_last_seen};
use crate::context::evening::note_unknown_genres;
use crate::context::{Context, EveningArgs};
use crate::model::change::{Action, Ballot, OpinionsStored};
use crate::model::opinion::MAX_NOES;
use crate::model::{Board, Freshness, Opinion, Proposal, ProposalNumber, VoterName};
use crate::naming::{self, Scope};
use crate::render::changes::sentences;
use crate::render::{self, Tone};
use crate::state::BoardLoad;
use crate::store::OpenMode;
use crate::user_error::{ShortMovie, UserError, fail};
use crate::view::Timestamp;
use crate::view::board::BoardView;
use crate::view::format::and;
use crate::view::movie::Viewpoint;

/// Vote for movies, or show the board
#[derive(Args, Debug, Default)]
#[command(after_long_help = "\
A movie's score is its votes minus its noes. Use a no on a movie that might win: it \
counts as much as a vote.

On the board, ● marks your votes, ♥ favourites, ✗ noes, ✎ a note (movienight show \
has it), ~ data older than 24 hours, … a movie whose data has not come yet and ? \
one that IMDb does not know. Movies that do not fit into the evening come last.

Examples:
  movienight vote
  movienight vote tt0111161 2 --as Ben
  movienight vote godf
  movienight vote --favorite heat
  movienight vote --no 3 5
  movienight vote --start 20:30 --by 23:00 --genre drama
  movienight vote - < ids.txt
  movienight vote --json | jq -r '.proposals[0].title'")]
pub struct Vote {
    /// Movies to vote for; - reads a list from standard input
    #[arg(value_name = "MOVIE", conflicts_with_all = ["all", "EveningArgs"])]
    pub movies: Vec<String>,
    /// Mark the movie as your one favourite, which breaks ties
    #[arg(long, visible_alias = "favourite", requires = "movies")]
    pub favorite: bool,
    /// Say no to the movies; at most three on the board
    #[arg(long, requires = "movies", conflicts_with = "favorite")]
    pub no: bool,
    /// List who has not voted yet, one name per line
    #[arg(long, conflicts_with_all = ["movies", "favorite", "no"])]
    pub missing: bool,
    /// Show the whole board, even if it does not fit the screen
    #[arg(long)]
    pub all: bool,
    #[command(flatten)]
    pub evening: EveningArgs,
}

/// Take your votes and noes back
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight unvote 2
  movienight unvote tt0111161 --as Ben
  movienight unvote --favorite heat")]
pub struct Unvote {
    /// Movies to unvote; - reads a list from standard input
    #[arg(value_name = "MOVIE", required = true)]
    pub movies: Vec<String>,
    /// Only unmark your favourite, and keep the vote
    #[arg(long, visible_alias = "favourite")]
    pub favorite: bool,
}

pub fn run(context: &mut Context<'_>, args: &Vote) -> Result<()> {
    let action = match (args.favorite, args.no) {
        _ if args.missing => return missing(context),
        _ if args.movies.is_empty() => return show(context, args),
        (true, _) => Action::Favorite,
        (_, true) => Action::No,
        _ => Action::Vote,
    };
    change_opinions(context, &args.movies, action)
}

pub fn unvote(context: &mut Context<'_>, args: &Unvote) -> Result<()> {
    change_opinions(context, &args.movies, if args.favorite { Action::Unfavorite } else { Action::Unvote })
}

/// Stores or takes back a person's opinions. Prints how each changed or, if votes are hidden, that it was recorded.
///
/// # Errors
/// Fails if there would be too many noes, or several favourites.
fn change_opinions(context: &mut Context<'_>, named: &[String], action: Action) -> Result<()> {
    let voter = context.voter()?;
    let mut store = context.open_existing(OpenMode::Write)?;
    let (board, found) = naming::resolve(context, Some(&mut store), named, Scope::Board)?;
    let is_vote = !matches!(action, Action::Unvote | Action::Unfavorite);
    let voter = if is_vote { context.confirm_voter(voter, &board)? } else { voter };
    if action == Action::Favorite && found.len() > 1 {
        return fail("a person has one favourite", "name one movie with --favorite");
    }
    let opinion = match action {
        Action::Favorite => Some(Opinion::Favorite),
        Action::No => Some(Opinion::No),
        Action::Unvote => None,
        _ => Some(Opinion::Yes),
    };
    let movies: Vec<&Proposal> = found.iter().filter_map(|found| found.proposal(&board)).collect();
    let opinions = movies.iter().map(|movie| (movie.number, opinion)).collect();
    let (taken_back, seen) = (Vec::new(), Vec::new());
    let ballot = Ballot { voter: voter.clone(), opinions, taken_back, replaces: false, seen };
    let (before, old_favorite) = match store.set_opinions(&voter, context.now, action, &[ballot])? {
        OpinionsStored::TooManyNoes(voter, noes) => return Err(too_many_noes(context, &voter, &board, &noes).into()),
        OpinionsStored::Done { before, old_favorite, .. } => (before, old_favorite),
    };
    let old_favorite = board.proposals.iter().find(|movie| Some(movie.number) == old_favorite);
    let instead = old_favorite.map(|old| format!(", instead of {}", old.name())).unwrap_or_default();
    let describe = |at: usize, name: &str| {
        // Does not name the movies, because somebody may be watching the screen.
        let Some(before) = &before else { return ("recorded", format!("Recorded {voter}'s answer")) };
        match (action, before[at]) {
            (Action::Favorite, Some(Opinion::Favorite)) => {
                ("already_favorite", format!("{name} is {voter}'s favourite already"))
            }
            (Action::Favorite, _) => ("favorite", format!("{name} is {voter}'s favourite now{instead}")),
            (Action::No, None) => ("no", format!("{voter} said no to {name}")),
            (Action::No, Some(Opinion::No)) => ("already_no", format!("{voter} had said no to {name} already")),
            (Action::No, Some(_)) => ("no", format!("{voter} said no to {name}, instead of a vote")),
            (Action::Unfavorite, Some(Opinion::Favorite)) => {
                ("no_favorite", format!("{name} is no longer {voter}'s favourite; the vote stays"))
            }
            (Action::Unfavorite, _) => ("was_no_favorite", format!("{name} was not {voter}'s favourite")),
            (Action::Unvote, Some(Opinion::No)) => ("removed", format!("{voter} took back the no to {name}")),
            (Action::Unvote, Some(_)) => ("removed", format!("{voter} took back the vote for {name}")),
            (Action::Unvote, None) => ("had_none", format!("{voter} had no vote for {name}")),
            (_, None) => ("voted", format!("{voter} voted for {name}")),
            (_, Some(Opinion::No)) => ("voted", format!("{voter} voted for {name}, instead of a no")),
            (_, Some(_)) => ("already_voted", format!("{voter} has already voted for {name}")),
        }
    };
    let outcomes = movies.iter().enumerate().map(|(at, movie)| {
        let (outcome, sentence) = describe(at, &movie.name());
        (ShortMovie::from(*movie), outcome, sentence)
    });
    context.answer_each("votes", outcomes)?;
    if is_vote {
        context.note_newcomer(&voter, &voter, &board);
    }
    Ok(())
}

/// Lists the people who have not voted since votes were hidden, or else since a movie was last watched.
fn missing(context: &mut Context<'_>) -> Result<()> {
    let board = load_or_last_seen(context)?.unwrap_or_default().board;
    let missing = board.missing(context.now);
    let text: String = missing.iter().map(|name| format!("{name}\n")).collect();
    if missing.is_empty() && !context.options.json && !board.everybody(context.now).is_empty() {
        context.note("Everybody has voted");
    }
    context.show(&json!({ "missing": missing }), |_| text)
}

/// Returns the error for a fourth no, with the commands that take one back.
pub fn too_many_noes(context: &Context<'_>, voter: &VoterName, board: &Board, noes: &[ProposalNumber]) -> UserError {
    // In the order of the commands.
    let movie = |number: &ProposalNumber| board.proposals.iter().find(|movie| movie.number == *number);
    let names: Vec<String> = noes.iter().filter_map(movie).map(Proposal::name).collect();
    let rule = format!("a person has at most {MAX_NOES} noes on the board");
    if names.is_empty() {
        return UserError::new(rule).hint(format!("use them on the {MAX_NOES} movies that might win"));
    }
    let command = |number: &ProposalNumber| context.command_as(&format!("unvote {number}"), voter.as_str());
    let commands: Vec<String> = noes.iter().map(command).collect();
    UserError::new(format!("{rule}, and {voter} says no to {} already", and(&names)))
        .hint(format!("take one back: {}", commands.join(" or ")))
}

/// The text for a board without movies and people.
const WELCOME: &str = "\
Welcome to movienight: propose movies, vote, and see which one wins.
Nothing is on the board yet. Put a movie on it by its title, its link or its IMDb id:
  movienight propose the godfather";

/// The text for a board without movies.
const EMPTY: &str = "The board is empty: movienight propose MOVIE puts one on it";

/// The note about a board that cannot be written.
pub const READ_ONLY: &str = "This board is read-only for you";

/// Shows the board, then starts a background refresh so that the next view has fresh data.
fn show(context: &mut Context<'_>, args: &Vote) -> Result<()> {
    let mut evening = args.evening.evening(context)?;
    let loaded = load_or_last_seen(context)?;
    let is_there = loaded.is_some();
    let LoadedBoard { mut board, counts, due, is_read_only, as_of } = loaded.unwrap_or_default();
    args.evening.arrange(&mut board, &mut evening, context.now);
    note_unknown_genres(context, &board, &evening);
    let me = context.viewer(&board)?;
    let mut view = BoardView::of(&board, Viewpoint { now: context.now, me, evening: &evening });
    let lacks_data = view.count(Freshness::Stale) + view.count(Freshness::Missing) > 0;
    view.is_fetching |= lacks_data && !due.is_empty();
    view.as_of = as_of.map(Timestamp);
    view.shows_ends = args.evening.asks_for_times();
    let could_fetch = lacks_data && as_of.is_none() && !is_read_only && !context.is_offline()?;
    view.is_cut_off = could_fetch && context.is_cut_off()?;
    // People who are not on the board yet see under which name they would vote.
    let known_name = me.map(|me| board.voters[me].name.as_str());
    let viewer = known_name.map(str::to_owned).or_else(|| context.voter().ok().map(|voter| voter.to_string()));
    let options = context.options;
    context.show(&view, |screen| match (view.proposals.is_empty(), view.voters.is_empty() && as_of.is_none()) {
        (true, true) => sentences(&[options.commands_as_typed(WELCOME, false)], screen),
        (true, false) => sentences(&[options.commands_as_typed(EMPTY, false)], screen),
        (false, _) => {
            let screen = screen.unless_all(args.all);
            let table = render::board::board(&view, known_name, evening.start, screen);
            let summary = render::board::summary(&view, viewer.as_deref(), screen);
            if options.quiet { table } else { table + &screen.palette.paint(Tone::Faint, &summary) + "\n" }
        }
    })?;
    if is_read_only {
        context.note(READ_ONLY);
    }
    if is_there && as_of.is_none() {
        let micros = context.stopwatch.elapsed().as_micros().try_into().unwrap_or(u64::MAX);
        context.state()?.record_board_load(context.env.clock.now(), BoardLoad { micros, ..counts });
        context.refresh_later(&due);
    }
    Ok(())
}
