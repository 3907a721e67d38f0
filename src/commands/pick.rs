//! `movienight pick`: the winner, and why.

use std::ops::Range;

use anyhow::Result;
use clap::{Args, ValueEnum};
use time::UtcDateTime;

use super::Status;
use crate::cache::lookup::Policy;
use crate::context::Context;
use crate::context::board::{LoadedBoard, load, load_or_last_seen, note_as_of};
use crate::context::evening::{self, EveningArgs};
use crate::failure::{Code, Failure};
use crate::model::evening::{EveningFit, date_of};
use crate::model::pick::{Ranked, draw, ranking, tied_for_first};
use crate::model::{Board, Proposal};
use crate::render;
use crate::store::{OpenMode, Store};
use crate::view::Timestamp;
use crate::view::movie::{MovieView, Viewpoint};
use crate::view::pick::{Drawn, PickView, RankedView, Reasoning, Waiting, unknown_words};
use crate::view::to_json;

/// Decide: the winner, and why.
#[derive(Args, Debug)]
#[command(after_long_help = "\
It changes nothing, unless --watched is given.

Examples:
  movienight pick
  movienight pick --here Ana,Ben --by 23:00
  movienight pick --genre comedy --years 1990-1999 --rating 7
  movienight pick --random
  movienight pick --random all --seed 7
  movienight pick --here Ana,Ben --watched")]
pub struct Pick {
    /// Count only votes of these people [default: everybody]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub here: Vec<String>,
    /// Draw among tied movies, or among all, weighted by votes
    #[arg(
        long,
        value_name = "tied|all",
        num_args = 0..=1,
        default_missing_value = "tied",
        hide_possible_values = true
    )]
    pub random: Option<Scope>,
    /// Repeat the draw that printed this seed
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Mark the winner as watched
    #[arg(long)]
    pub watched: bool,
    /// Reveal hidden votes first
    #[arg(long)]
    pub reveal: bool,
    /// Show the whole ranking, not only the contenders
    #[arg(long)]
    pub all: bool,
    /// The limits of the evening.
    #[command(flatten)]
    pub evening: EveningArgs,
}

/// Among which movies to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Scope {
    /// Those that are tied for the first place.
    Tied,
    /// All that fit, by their votes.
    All,
}

pub fn run(context: &mut Context<'_>, args: &Pick) -> Result<Status> {
    let mut evening = args.evening.evening(context)?;
    // Before it is decided: a decision that cannot be kept is none.
    let mut store = args.watched.then(|| context.open_existing(OpenMode::Write)).transpose()?;
    let loaded = load_with_votes(context, args, &mut store)?;
    let Some(LoadedBoard { board, as_of, due, .. }) = loaded else { return Err(context.nothing_there()?) };
    if let Some(at) = as_of {
        note_as_of(context, at);
    }
    args.evening.check_genres(&board)?;
    if board.proposals.is_empty() {
        return Err(Failure::new("the board is empty").hint("movienight propose MOVIE puts one on it").into());
    }
    let names = evening::names(&args.here)?;
    let here = evening::here(&names, &board)?;
    evening.unseen_by = args.evening.unseen_by(&board, &here, context.now);
    let counts = |voter: usize| here.is_empty() || here.contains(&voter);
    let ranking = ranking(&board.proposals, counts, |movie| evening.fit(movie));
    let candidates = candidates(&ranking);
    if candidates.is_empty() {
        return Err(nothing_to_pick(&ranking, !here.is_empty()).into());
    }
    let drawn = drawn(args, &ranking[candidates.clone()]);
    let winner = candidates.start + drawn.map_or(0, |drawn| drawn.at);
    let place = ranking[winner].place;
    let number = board.proposals[place.index].number;
    if let (true, EveningFit::Unknown(what)) = (args.watched, place.fit) {
        let name = board.proposals[place.index].name();
        let failure = Failure::new(format!("nothing is known to fit; {name} might, but {}", unknown_words(what)));
        return Err(failure.hint(format!("if you watched it: movienight watched {number}")).into());
    }
    if let Some(store) = &mut store {
        let on = date_of(context.now, &context.env.zone);
        store.watch(&context.voter()?, context.now, context.now, on, &[number], &names)?;
    }
    drop(store);
    let me = context.viewer(&board)?;
    let from = Viewpoint { now: context.now, me, evening: &evening };
    let reason = Reasoning {
        proposals: &board.proposals,
        ranking: &ranking,
        winner,
        drawn,
        is_limited_to_here: !here.is_empty(),
    };
    let reason = reason.to_sentence();
    let view = view(&board, &ranking, winner, &here, from, reason, drawn, args.watched, as_of);
    let text = text(context, &view, args.all);
    context.print(&text)?;
    if args.watched {
        let name = board.proposals[place.index].name();
        context.note(&format!("Marked {name} as watched; {} reverts this", context.undo_command()));
    }
    context.refresh_later(&due);
    Ok(Status::Done)
}

/// The board with its votes. Hidden votes are revealed first, if the person wants that.
fn load_with_votes(context: &mut Context<'_>, args: &Pick, store: &mut Option<Store>) -> Result<Option<LoadedBoard>> {
    let mut load = |context: &mut Context<'_>| match store {
        Some(store) => load(context, store, &Policy::VIEW).map(Some),
        None => load_or_last_seen(context),
    };
    let loaded = load(context)?;
    if !loaded.as_ref().is_some_and(|loaded| loaded.board.is_hidden()) {
        return Ok(loaded);
    }
    let mut wants_to_reveal = args.reveal;
    if !wants_to_reveal && context.can_ask() {
        let answer = context.ask("Votes are hidden. Reveal them? [y/N] ")?.unwrap_or_default();
        wants_to_reveal = ["y", "yes"].contains(&answer.to_lowercase().as_str());
    }
    if !wants_to_reveal {
        return Err(Failure::new("votes are hidden")
            .code(Code::Hidden)
            .hint("movienight pick --reveal reveals them and picks")
            .into());
    }
    let voter = context.voter()?;
    context.open_existing(OpenMode::Write)?.reveal(&voter)?;
    load(context)
}

fn text(context: &Context<'_>, view: &PickView<'_>, all: bool) -> String {
    match (context.options.json, context.options.quiet) {
        (true, _) => to_json(view),
        (false, true) => format!("{}\n", view.winner.title.name()),
        (false, false) => {
            let screen = context.screen();
            render::pick::pick(view, all, render::Screen { height: screen.height.filter(|_| !all), ..screen })
        }
    }
}

/// The movies among which the winner is: those with more votes than noes that are known to fit, or else that may fit.
fn candidates(ranking: &[Ranked]) -> Range<usize> {
    let of_group = |group: u8| {
        let start = ranking.iter().take_while(|r| r.place.fit.group() < group).count();
        let is_wanted = |r: &&Ranked| r.place.fit.group() == group && r.place.tally.score() > 0;
        start..start + ranking[start..].iter().take_while(is_wanted).count()
    };
    let known = of_group(0);
    if known.is_empty() { of_group(1) } else { known }
}

fn nothing_to_pick(ranking: &[Ranked], is_limited_to_here: bool) -> Failure {
    if ranking.iter().all(|r| matches!(r.place.fit, EveningFit::Misfit(_))) {
        let hint = "movienight vote with the same options shows why";
        return Failure::new("nothing on the board fits into the evening").hint(hint);
    }
    let has_noes = ranking.iter().any(|ranked| ranked.place.tally.noes > 0);
    let error = match is_limited_to_here {
        _ if has_noes => "nothing has more votes than noes",
        true => "nobody who is here has voted for a movie that fits",
        false => "nobody has voted for a movie that fits",
    };
    Failure::new(error).hint("movienight vote shows the board")
}

/// The draw, if one is wanted. Candidates come before all others in the ranking.
fn drawn(args: &Pick, candidates: &[Ranked]) -> Option<Drawn> {
    let scope = args.random.or(args.seed.map(|_| Scope::Tied))?;
    let tied = tied_for_first(candidates).min(candidates.len());
    let weights: Vec<usize> = match scope {
        Scope::Tied => vec![1; tied],
        Scope::All => candidates.iter().map(|c| usize::try_from(c.place.tally.score()).unwrap_or(0)).collect(),
    };
    // Six digits can be read out across a room.
    let seed = args.seed.unwrap_or_else(|| fastrand::u64(0..1_000_000));
    draw(&weights, seed).map(|at| Drawn { at, among: weights.len(), seed, by_votes: scope == Scope::All })
}

#[expect(clippy::too_many_arguments, reason = "all of it is shown, and stands in no type of its own")]
fn view<'a>(
    board: &'a Board,
    ranking: &[Ranked],
    winner: usize,
    here: &[usize],
    from: Viewpoint<'_>,
    reason: String,
    drawn: Option<Drawn>,
    watched: bool,
    as_of: Option<UtcDateTime>,
) -> PickView<'a> {
    let name = |voter: usize| board.voters[voter].name.as_str();
    let fit = ranking[winner].place.fit;
    let ranked = |(at, ranked): (usize, &Ranked)| RankedView {
        movie: MovieView::of(&board.proposals[ranked.place.index], Some(at + 1), board, from),
        counted_votes: ranked.place.tally.votes,
        counted_favorites: ranked.place.tally.favorites,
        counted_noes: ranked.place.tally.noes,
        counted_score: ranked.place.tally.score(),
        ahead_of_next_by: ranked.tie_break.map(crate::model::pick::TieBreak::as_str),
        tie_break: ranked.tie_break,
    };
    let ranking: Vec<RankedView<'a>> = ranking.iter().enumerate().map(ranked).collect();
    let is_absent = |voter: &usize| !here.is_empty() && !here.contains(voter);
    let voted = |voter: &usize| board.proposals.iter().any(|movie| movie.opinions.of(*voter).is_some());
    let favors = |movie: &'a Proposal| {
        let absent = movie.opinions.favorite().filter(|voter| is_absent(voter));
        absent.map(|voter| Waiting { voter: name(voter), title: movie.name(), number: movie.number })
    };
    PickView {
        winner: ranking[winner].movie.clone(),
        reason,
        random: drawn,
        here: here.iter().map(|&voter| name(voter)).collect(),
        waits_for: board.proposals.iter().flat_map(favors).collect(),
        absent: (0..board.voters.len()).filter(is_absent).filter(voted).map(name).collect(),
        unknown: match fit {
            EveningFit::Unknown(what) => Some(what),
            _ => None,
        },
        ranking,
        watched,
        as_of: as_of.map(Timestamp),
    }
}
