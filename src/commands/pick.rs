//! `movienight pick`: picks the winner, and says why.

use std::ops::Range;

use anyhow::Result;
use clap::Args;

use crate::cache::lookup::Policy;
use crate::context::board::{LoadedBoard, load, load_or_last_seen};
use crate::context::{Context, EveningArgs, evening, no_board_at};
use crate::model::evening::{EveningFit, date_of};
use crate::model::order::{RankedPlace, draw, rank};
use crate::model::{Board, Proposal, VoterName};
use crate::render;
use crate::store::{OpenMode, Store};
use crate::user_error::{Code, UserError, fail};
use crate::view::Timestamp;
use crate::view::format::{and, votes_and_noes};
use crate::view::movie::{MovieView, Viewpoint, unknown_words};
use crate::view::pick::{Drawn, PickView, RankedView, Reasoning, Waiting};

/// Pick the winner, and say why
///
/// The winner has the highest score: votes minus noes. A tie is broken by fewer noes, then by the number
/// of favourites, then by wins head to head against the other tied movies, where people prefer their
/// favourite to a vote, a vote to nothing and nothing to a no, then by which was proposed first. A movie
/// that does not fit into the evening is never picked, nor is one without more votes than noes. Nothing is left to
/// chance unless you use --random.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Without --watched or --reveal, it changes nothing.

Examples:
  movienight pick
  movienight pick --here Ana,Ben --by 23:00
  movienight pick --genre comedy --years 1990-1999 --rating 7
  movienight pick --random
  movienight pick --here Ana,Ben --watched")]
pub struct Pick {
    /// Count only the votes of these people [default: everybody]
    #[arg(long, value_name = "NAMES", value_delimiter = ',', num_args = 1..)]
    pub here: Vec<String>,
    /// Draw among the movies that fit, weighted by their scores
    #[arg(long)]
    pub random: bool,
    /// Mark the winner as watched
    #[arg(long)]
    pub watched: bool,
    /// Reveal hidden votes first
    #[arg(long)]
    pub reveal: bool,
    /// Show the whole ranking, even if it does not fit the screen
    #[arg(long)]
    pub all: bool,
    #[command(flatten)]
    pub evening: EveningArgs,
}

pub fn run(context: &mut Context<'_>, args: &Pick) -> Result<()> {
    let mut evening = args.evening.evening(context)?;
    let names = evening::names(&args.here)?;
    let author = args.watched.then(|| context.voter()).transpose()?;
    // Opened for writing first, so that a pick that cannot be stored fails early.
    let mut store = args.watched.then(|| context.open_existing(OpenMode::Write)).transpose()?;
    let loaded = load_with_votes(context, args, &names, &mut store)?;
    let Some(LoadedBoard { board, as_of, due, .. }) = loaded else {
        return Err(no_board_at(context.board_location()?));
    };
    if board.proposals.is_empty() {
        return fail("the board is empty", "movienight propose MOVIE puts one on it");
    }
    let here = evening::here(&names, &board)?;
    evening.unseen_by = args.evening.unseen_by(&board, &here, context.now);
    let counts = |voter: usize| here.is_empty() || here.contains(&voter);
    let ranking = rank(&board.proposals, counts, |movie| evening.fit(movie));
    let candidates = candidates(&ranking);
    evening::note_unknown_genres(context, &board, &evening);
    let from = Viewpoint { now: context.now, me: context.viewer(&board)?, evening: &evening };
    let ranked: Vec<RankedView<'_>> =
        ranking.iter().enumerate().map(|(at, ranked)| ranked_view(at, ranked, &board, from)).collect();
    let from_here = if here.is_empty() { "" } else { " from those here" };
    // Movies that do not fit come last, the best of them first.
    let misfit = ranked.iter().find(|ranked| ranked.movie.misfit.is_some() && ranked.place.tally.score() > 0);
    let clause = |ranked: &RankedView<'_>| {
        let (name, tally) = (ranked.movie.title.name(), ranked.place.tally);
        let (votes, why) = (votes_and_noes(tally.votes, tally.noes), ranked.movie.misfit_words(&context.env.zone)?);
        Some(format!("{name} has {votes}{from_here}, but does not fit ({why})"))
    };
    if candidates.is_empty() {
        return Err(nothing_to_pick(&ranking, misfit.and_then(clause), from_here).into());
    }
    let winner = match args.random {
        true => candidates.start + draw(&ranking[candidates.clone()], fastrand::u64(..)),
        false => candidates.start,
    };
    let random = args.random.then(|| Drawn { among: candidates.len() });
    let would_win = |misfit: &&RankedView<'_>| misfit.place.tally.standing() <= ranking[winner].tally.standing();
    let misfit = misfit.filter(|_| !args.random).filter(would_win).and_then(clause);
    let fit = ranking[winner].fit;
    let movie = &board.proposals[ranking[winner].index];
    let (name, number) = (movie.name(), movie.number);
    if let (true, EveningFit::Unknown(what)) = (args.watched, fit) {
        let error =
            format!("nothing with more votes than noes is known to fit; {name} might, but {}", unknown_words(what));
        return fail(error, format!("if you watched it: movienight watched {number}"));
    }
    if let (Some(store), Some(author)) = (&mut store, author) {
        let zone = &context.env.zone;
        store.watch(&author, context.now, |now| (now, date_of(now, zone)), &[number], &names)?;
    }
    drop(store);
    let reasoning =
        Reasoning { proposals: &board.proposals, ranking: &ranking, winner, drawn: random, from_here, misfit };
    let (waits_for, absent) = absent(&board, &here);
    let view = PickView {
        winner: ranked[winner].movie.clone(),
        reason: reasoning.to_sentences(),
        random,
        here: here.iter().map(|&voter| board.voters[voter].name.as_str()).collect(),
        waits_for,
        absent,
        ranking: ranked,
        watched: args.watched,
        as_of: as_of.map(Timestamp),
    };
    let quiet = context.options.quiet;
    context.show(&view, |screen| match quiet {
        true => format!("{}\n", view.winner.title.name()),
        false => render::pick::pick(&view, screen.unless_all(args.all)),
    })?;
    if args.watched {
        context.note(&format!("Marked {name} as watched; {} reverts this", context.undo_command()));
    }
    context.refresh_later(&due);
    Ok(())
}

/// Loads the board with its votes. Reveals hidden votes first, if the person wants that and `here` names known people.
fn load_with_votes(
    context: &mut Context<'_>,
    args: &Pick,
    here: &[VoterName],
    store: &mut Option<Store>,
) -> Result<Option<LoadedBoard>> {
    let mut load = |context: &mut Context<'_>| match store {
        Some(store) => load(context, store, &Policy::VIEW).map(Some),
        None => load_or_last_seen(context),
    };
    let loaded = load(context)?;
    let Some(LoadedBoard { board, .. }) = loaded.as_ref().filter(|loaded| loaded.board.is_hidden()) else {
        return Ok(loaded);
    };
    let here = evening::here(here, board)?;
    let missing = board.missing_of(evening::present(board, &here, context.now));
    let question = match missing[..] {
        [] => "Votes are hidden. Reveal them?".to_owned(),
        [one] => format!("{one} has not voted since votes were hidden. Reveal them anyway?"),
        ref several => format!("{} have not voted since votes were hidden. Reveal them anyway?", and(several)),
    };
    let reveals = args.reveal || context.can_ask() && context.agrees(&question)?;
    if !reveals {
        let failure = UserError::new("votes are hidden").code(Code::Hidden);
        return Err(failure.hint("movienight pick --reveal reveals them and picks").into());
    }
    let voter = context.voter().ok();
    context.open_existing(OpenMode::Write)?.set_hidden(voter.as_ref(), context.now, false)?;
    load(context)
}

/// Returns the range of the candidates: movies with more votes than noes that are known to fit, or else that may fit.
fn candidates(ranking: &[RankedPlace]) -> Range<usize> {
    let of_group = |group: u8| {
        let start = ranking.iter().take_while(|r| r.fit.group() < group).count();
        let is_wanted = |r: &&RankedPlace| r.fit.group() == group && r.tally.score() > 0;
        start..start + ranking[start..].iter().take_while(is_wanted).count()
    };
    let known = of_group(0);
    if known.is_empty() { of_group(1) } else { known }
}

fn nothing_to_pick(ranking: &[RankedPlace], misfit: Option<String>, from_here: &str) -> UserError {
    if ranking.iter().all(|r| matches!(r.fit, EveningFit::Misfit(_))) {
        let hint = "movienight vote with the same limits shows why";
        return UserError::new("nothing on the board is within the limits").hint(hint);
    }
    let fitting = if ranking.iter().any(|r| r.fit != EveningFit::Fits) { " within the limits" } else { "" };
    let misfit = misfit.map(|misfit| format!("; {misfit}")).unwrap_or_default();
    UserError::new(format!("nothing{fitting} has more votes than noes{from_here}{misfit}"))
        .hint("movienight vote shows the board")
}

fn ranked_view<'a>(at: usize, ranked: &RankedPlace, board: &'a Board, from: Viewpoint<'_>) -> RankedView<'a> {
    let tally = ranked.tally;
    RankedView {
        movie: MovieView::of(&board.proposals[ranked.index], Some(at + 1), board, from),
        counted_votes: tally.votes,
        counted_favorites: tally.favorites,
        counted_noes: tally.noes,
        ahead_of_next_by: ranked.tie_break,
        place: *ranked,
    }
}

/// Returns the favourites of people who are not here, and the names of the absent people who have voted.
fn absent<'a>(board: &'a Board, here: &[usize]) -> (Vec<Waiting<'a>>, Vec<&'a str>) {
    let name = |voter: usize| board.voters[voter].name.as_str();
    let is_absent = |voter: &usize| !here.is_empty() && !here.contains(voter);
    let voted = |voter: &usize| board.proposals.iter().any(|movie| movie.opinions.of(*voter).is_some());
    let favors = |movie: &'a Proposal| {
        let absent = movie.opinions.favorite().filter(|voter| is_absent(voter));
        absent.map(|voter| Waiting { voter: name(voter), title: movie.name(), number: movie.number })
    };
    let absent = (0..board.voters.len()).filter(is_absent).filter(voted).map(name);
    (board.proposals.iter().flat_map(favors).collect(), absent.collect())
}
