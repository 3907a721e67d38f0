//! `movienight vote`: votes for movies, or shows the board.

use anyhow::Result;
use clap::Args;
use time::UtcDateTime;

use super::Status;
use crate::catalog::DOWNLOAD_SIZE;
use crate::context::board::{LoadedBoard, load_or_last_seen, note_as_of};
use crate::context::evening::EveningArgs;
use crate::context::{Context, movies};
use crate::failure::Failure;
use crate::model::change::{Action, OpinionsChanged};
use crate::model::opinion::MAX_NOES;
use crate::model::{Board, Freshness, Opinion, Proposal, ProposalNumber, VoterName, order};
use crate::naming;
use crate::render;
use crate::render::changes::sentences;
use crate::render::style::Tone;
use crate::state::BoardLoad;
use crate::store::OpenMode;
use crate::view::board::BoardView;
use crate::view::format::{and, count};
use crate::view::movie::Viewpoint;
use crate::view::outcome::Outcome;
use crate::view::{Timestamp, document, to_json};

/// Vote for movies, or show the vote board.
#[derive(Args, Debug, Default)]
#[command(after_long_help = "\
A movie's score is its votes minus its noes. Use a no on what might win: it counts
as much as a vote.

On the board, ● marks your votes, ♥ favourites, ✗ noes, ✎ a note (movienight show
has it), ~ data older than 24 hours, … a movie whose data has not come yet and ?
one that IMDb does not know. What does not fit into the evening comes last.

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
    #[arg(
        value_name = "MOVIE",
        conflicts_with_all = ["all", "start", "by", "max", "genre", "years", "rating"]
    )]
    pub movies: Vec<String>,
    /// Mark the movie as your one favourite, which breaks ties
    #[arg(long, visible_alias = "favourite", requires = "movies")]
    pub favorite: bool,
    /// Say no to the movies; at most three on the board
    #[arg(long, requires = "movies", conflicts_with = "favorite")]
    pub no: bool,
    /// List who has not voted yet, one name a line
    #[arg(long, conflicts_with_all = ["movies", "favorite", "no"])]
    pub missing: bool,
    /// Show the whole board, even if it does not fit the screen
    #[arg(long)]
    pub all: bool,
    /// The limits of the evening.
    #[command(flatten)]
    pub evening: EveningArgs,
}

/// More movies than this are counted, not listed.
const MAX_LISTED: usize = 20;

pub fn run(context: &mut Context<'_>, args: &Vote) -> Result<Status> {
    match args.movies.is_empty() {
        _ if args.missing => missing(context)?,
        true => show(context, args)?,
        false => give(context, args)?,
    }
    Ok(Status::Done)
}

/// Gives an opinion: a vote, a favourite or a no.
fn give(context: &mut Context<'_>, args: &Vote) -> Result<()> {
    let voter = context.voter()?;
    let mut store = context.open_existing(OpenMode::Write)?;
    let (board, chosen) = naming::on_board(context, &mut store, &args.movies)?;
    let voter = context.confirm_voter(voter, &board)?;
    let chosen = movies(&board, &chosen);
    if args.favorite && chosen.len() > 1 {
        return Err(Failure::new("a person has one favourite").hint("name one movie with --favorite").into());
    }
    let numbers: Vec<_> = chosen.iter().map(|movie| movie.number).collect();
    let (action, opinion) = match (args.favorite, args.no) {
        (true, _) => (Action::Favorite, Opinion::Favorite),
        (false, true) => (Action::No, Opinion::No),
        (false, false) => (Action::Vote, Opinion::Yes),
    };
    let change = |old| match (old, opinion) {
        // A vote for a favourite leaves it one.
        (Some(Opinion::Favorite), Opinion::Yes) => old,
        _ => Some(opinion),
    };
    let changed = store.change_opinions(&voter, context.now, action, &numbers, change)?;
    let Some((before, old_favorite)) = opinions_before(context, &voter, &board, changed)? else {
        context.note_newcomer(&voter, &board);
        return recorded(context, &voter, &chosen);
    };
    let old_favorite = board.proposals.iter().find(|movie| Some(movie.number) == old_favorite);
    let told = |(movie, before): (&&Proposal, &Option<Opinion>)| told(&voter, movie, opinion, *before, old_favorite);
    let (outcomes, mut sentences): (Vec<_>, Vec<_>) = chosen.iter().zip(&before).map(told).unzip();
    if chosen.len() > MAX_LISTED {
        let said = if args.no { "said no to" } else { "voted for" };
        sentences = vec![format!("{voter} {said} {}", count(chosen.len(), "movie", "movies"))];
    }
    context.answer(&document("votes", outcomes), &sentences)?;
    context.note_newcomer(&voter, &board);
    Ok(())
}

/// The outcome of an opinion that was given, and a sentence that says so.
fn told(
    voter: &VoterName,
    movie: &Proposal,
    opinion: Opinion,
    before: Option<Opinion>,
    old_favorite: Option<&Proposal>,
) -> (Outcome, String) {
    let name = movie.name();
    let (outcome, sentence) = match (opinion, before) {
        (Opinion::Favorite, Some(Opinion::Favorite)) => {
            ("already_favorite", format!("{name} is {voter}'s favourite already"))
        }
        (Opinion::Favorite, _) => {
            let instead = old_favorite.map(|old| format!(", instead of {}", old.name())).unwrap_or_default();
            ("favorite", format!("{name} is {voter}'s favourite now{instead}"))
        }
        (Opinion::Yes, None) => ("voted", format!("{voter} voted for {name}")),
        (Opinion::Yes, Some(Opinion::No)) => ("voted", format!("{voter} voted for {name}, instead of a no")),
        (Opinion::Yes, Some(_)) => ("already_voted", format!("{voter} had voted for {name} already")),
        (Opinion::No, None) => ("no", format!("{voter} said no to {name}")),
        (Opinion::No, Some(Opinion::No)) => ("already_no", format!("{voter} had said no to {name} already")),
        (Opinion::No, Some(_)) => ("no", format!("{voter} said no to {name}, instead of a vote")),
    };
    (Outcome { movie: movie.into(), outcome }, sentence)
}

/// Answers that opinions are stored, and nothing else: votes are hidden.
pub fn recorded(context: &mut Context<'_>, voter: &VoterName, movies: &[&Proposal]) -> Result<()> {
    let outcome = |movie: &&Proposal| Outcome { movie: (*movie).into(), outcome: "recorded" };
    let movies: Vec<Outcome> = movies.iter().map(outcome).collect();
    context.answer(&document("votes", movies), &[format!("Recorded what {voter} thinks")])
}

/// Lists the people who have not voted since a movie was watched last, or since votes are hidden.
fn missing(context: &mut Context<'_>) -> Result<()> {
    let LoadedBoard { board, as_of, .. } = load_or_last_seen(context)?.unwrap_or_default();
    if let Some(at) = as_of {
        note_as_of(context, at);
    }
    let everybody = board.everybody(context.now).into_iter();
    let missing = everybody.filter(|voter| !board.has_voted(*voter)).map(|voter| board.voters[voter].name.as_str());
    let missing: Vec<&str> = missing.collect();
    let text = match context.options.json {
        true => to_json(&document("missing", missing)),
        false => missing.iter().map(|name| format!("{name}\n")).collect(),
    };
    context.print(&text)
}

/// The opinions of movies before a change, and the favourite on the board.
type OpinionsBefore = (Vec<Option<Opinion>>, Option<ProposalNumber>);

/// The opinions before a change, and the favourite. `None` while votes are hidden.
///
/// # Errors
/// There would be too many noes.
pub fn opinions_before(
    context: &Context<'_>,
    voter: &VoterName,
    board: &Board,
    changed: OpinionsChanged,
) -> Result<Option<OpinionsBefore>> {
    match changed {
        OpinionsChanged::Done { before, old_favorite } => Ok(Some((before, old_favorite))),
        OpinionsChanged::Recorded => Ok(None),
        OpinionsChanged::TooManyNoes(noes) => Err(too_many_noes(context, voter, board, &noes).into()),
    }
}

/// The failure of one no more than a person may have, with the commands that take one back.
pub fn too_many_noes(context: &Context<'_>, voter: &VoterName, board: &Board, noes: &[ProposalNumber]) -> Failure {
    let names: Vec<String> =
        board.proposals.iter().filter(|movie| noes.contains(&movie.number)).map(Proposal::name).collect();
    let rule = format!("a person has at most {MAX_NOES} noes on the board");
    if names.is_empty() {
        return Failure::new(rule).hint(format!("say no to the {MAX_NOES} that might win"));
    }
    let names = and(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let command = |number: &ProposalNumber| context.command_as(&format!("unvote {number}"), voter.as_str());
    let commands: Vec<String> = noes.iter().map(command).collect();
    Failure::new(format!("{rule}, and {voter} says no to {names} already"))
        .hint(format!("take one back: {}", commands.join(" or ")))
}

/// Shows the board, and sees to it that the next view has fresh data.
fn show(context: &mut Context<'_>, args: &Vote) -> Result<()> {
    let mut evening = args.evening.evening(context)?;
    let loaded = load_or_last_seen(context)?;
    let is_there = loaded.is_some();
    let LoadedBoard { mut board, counts, due, is_read_only, as_of } = loaded.unwrap_or_default();
    args.evening.check_genres(&board)?;
    evening.unseen_by = args.evening.unseen_by(&board, &[], context.now);
    if args.evening.asks_for_anything() {
        order::sort(&mut board.proposals, |movie| evening.fit(movie));
    }
    let me = context.viewer(&board)?;
    let mut view = BoardView::of(&board, Viewpoint { now: context.now, me, evening: &evening });
    let lacks_data = view.count(Freshness::Stale) + view.count(Freshness::Missing) > 0;
    view.is_fetching |= lacks_data && !due.is_empty();
    view.as_of = as_of.map(Timestamp);
    view.shows_ends = args.evening.asks_for_times();
    let is_online = lacks_data && as_of.is_none() && !is_read_only && !context.is_offline()?;
    view.is_cut_off = is_online && context.is_cut_off()?;
    let text = text(context, &view, me.map(|me| board.voters[me].name.as_str()), evening.start, args.all);
    match context.options.json {
        true => context.document(&view)?,
        false => context.print(&text)?,
    }
    if is_read_only {
        context.note("the database cannot be written: this is what it holds");
    }
    if let Some(at) = as_of {
        note_as_of(context, at);
    } else if is_there {
        let micros = context.stopwatch.elapsed().as_micros().try_into().unwrap_or(u64::MAX);
        context.state()?.record_board_load(context.env.clock.now(), BoardLoad { micros, ..counts });
        context.refresh_later(&due);
    }
    Ok(())
}

fn text(context: &mut Context<'_>, view: &BoardView<'_>, me: Option<&str>, start: UtcDateTime, all: bool) -> String {
    if context.options.json {
        return String::new();
    }
    if view.proposals.is_empty() {
        return match view.voters.is_empty() {
            true => welcome(context),
            false => "The board is empty: movienight propose MOVIE puts one on it.\n".to_owned(),
        };
    }
    let screen = context.screen();
    let screen = render::Screen { height: screen.height.filter(|_| !all), ..screen };
    // Somebody who is not on the board yet sees under which name they would vote.
    let viewer = me.map(str::to_owned).or_else(|| context.voter().ok().map(|voter| voter.to_string()));
    let mut text = render::board::board(view, me, start, screen);
    if !context.options.quiet {
        text.push_str(&screen.palette.paint(Tone::Faint, &render::board::summary(view, viewer.as_deref(), screen)));
        text.push('\n');
    }
    text
}

/// The text of an empty board.
const WELCOME: &str = "\
Welcome to movienight: propose movies, vote, and see which one wins.
Nothing is on the board yet. Put a movie on it, by its IMDb id, its link or its title:
  movienight propose tt0111161
";

/// With what makes a search work offline, while there is no catalogue.
fn welcome(context: &mut Context<'_>) -> String {
    let mut lines: Vec<String> = WELCOME.lines().map(str::to_owned).collect();
    if context.catalog().is_none() {
        let offer = "To find every title by name, also without a network, keep IMDb's own data at hand";
        lines.push(format!("{offer} ({DOWNLOAD_SIZE} to download):"));
        lines.push("  movienight catalog update".to_owned());
    }
    sentences(&lines, context.screen())
}
