//! `movienight seen`: records which movies a person has seen.

use anyhow::Result;
use clap::Args;

use crate::context::Context;
use crate::model::MovieKey;
use crate::model::change::{Action, Ballot, OpinionsStored};
use crate::naming::{self, FoundMovie, Scope};
use crate::store::OpenMode;
use crate::user_error::ShortMovie;

/// Mark movies as seen
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight seen heat
  movienight seen tt0111161 3 --as Ben
  movienight seen --not heat
  movienight pick --unseen --here Ana,Ben")]
pub struct Seen {
    /// Movies to mark; - reads a list from standard input
    #[arg(value_name = "MOVIE", required = true)]
    pub movies: Vec<String>,
    /// Unmark movies that you have not seen
    #[arg(long)]
    pub not: bool,
}

pub fn run(context: &mut Context<'_>, args: &Seen) -> Result<()> {
    let voter = context.voter()?;
    let mut store = context.open_existing(OpenMode::Write)?;
    let (board, found) = naming::resolve(context, Some(&mut store), &args.movies, Scope::Everything)?;
    let voter = context.confirm_voter(voter, &board)?;
    let movie = |found: &FoundMovie| match found {
        FoundMovie::Title(id) => Some((MovieKey::Imdb(*id), found.short(&board))),
        found => found.proposal(&board).map(|proposal| (proposal.key(), ShortMovie::from(proposal))),
    };
    let (keys, movies): (Vec<MovieKey>, Vec<ShortMovie>) = found.iter().filter_map(movie).unzip();
    let (action, seen) = if args.not { (Action::NotSeen, false) } else { (Action::Seen, true) };
    let seen = keys.into_iter().map(|key| (key, seen)).collect();
    let (opinions, taken_back) = (Vec::new(), Vec::new());
    let ballot = Ballot { voter: voter.clone(), opinions, taken_back, replaces: false, seen };
    let OpinionsStored::Done { is_seen_new, .. } = store.set_opinions(&voter, context.now, action, &[ballot])? else {
        unreachable!("a ballot without opinions has no noes");
    };
    let describe = |(movie, is_new): (ShortMovie, bool)| {
        let name = &movie.name;
        let (outcome, sentence) = match (args.not, is_new) {
            (false, true) => ("seen", format!("{voter} has seen {name}")),
            (false, false) => ("already_seen", format!("{name} was already marked as seen by {voter}")),
            (true, true) => ("not_seen", format!("{name} is no longer marked as seen by {voter}")),
            (true, false) => ("was_not_seen", format!("{name} was not marked as seen by {voter}")),
        };
        (movie, outcome, sentence)
    };
    let is_changed = is_seen_new.contains(&true);
    context.answer_each("seen", movies.into_iter().zip(is_seen_new).map(describe))?;
    if is_changed {
        context.note_newcomer(&voter, &voter, &board);
    }
    Ok(())
}
