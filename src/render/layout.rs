//! Which columns of the board there is room for, and how much each gets.

use super::board::Row;
use super::cells::width;
use super::table::GAP;

/// A movie's name gets this much before any column is given up, and this much at the least.
const COMFORTABLE_MOVIE: usize = 40;
const TIGHT_MOVIE: usize = 28;
/// Below this, voters are not worth a column; and a name says nothing.
const MIN_VOTERS: usize = 8;
const MIN_MOVIE: usize = 8;

/// The cells that columns get; none: given up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    pub movie: usize,
    pub mark: bool,
    pub rating: bool,
    pub runtime: bool,
    pub ends: bool,
    pub genres: bool,
    pub voters: Option<usize>,
    pub proposer: bool,
    pub id: bool,
}

/// The widest cell of each column, header included.
pub(super) struct Widths {
    number: usize,
    movie: usize,
    mark: usize,
    rating: usize,
    runtime: usize,
    ends: usize,
    genres: usize,
    votes: usize,
    voters: usize,
    proposer: usize,
    id: usize,
    shows_ends: bool,
}

impl Widths {
    /// Of these rows. With `shows_ends`, that column is not given up.
    pub fn of(rows: &[Row<'_>], shows_ends: bool) -> Self {
        let widest = |header: &str, cell: &dyn Fn(&Row<'_>) -> usize| {
            rows.iter().map(cell).max().unwrap_or(0).max(width(header))
        };
        let voters =
            |r: &Row<'_>| r.voters.iter().map(|v| width(v) + ", ".len()).sum::<usize>().saturating_sub(", ".len());
        Self {
            number: rows.len().to_string().len(),
            movie: widest("Movie", &|r| width(&r.title) + width(&r.year)),
            mark: widest("", &|r| width(r.mark)),
            rating: widest("★", &|r| r.rating.len()),
            runtime: widest("Runtime", &|r| r.runtime.len()),
            ends: widest("Ends", &|r| width(&r.ends)),
            genres: widest("Genres", &|r| width(&r.genres)),
            votes: widest("Votes", &|r| width(&r.votes)),
            voters: widest("Voters", &voters),
            proposer: widest("Proposed by", &|r| width(r.proposer)),
            id: widest("IMDb", &|r| r.id.len()),
            shows_ends,
        }
    }

    /// The first of ever more modest layouts that fits the screen; all of it where there is none.
    pub fn fit(&self, screen: Option<usize>) -> Layout {
        let Some(screen) = screen else { return self.whole() };
        match self.candidates().into_iter().find(|layout| self.taken(layout) <= screen) {
            Some(layout) => self.spread(layout, screen - self.taken(&layout)),
            None => {
                let least = Layout { movie: 0, rating: false, voters: None, ..self.least() };
                Layout { movie: screen.saturating_sub(self.taken(&least)).max(MIN_MOVIE), ..least }
            }
        }
    }

    /// Everything, but for a column that nobody asked for.
    fn whole(&self) -> Layout {
        Layout {
            movie: self.movie,
            mark: self.mark > 0,
            rating: true,
            runtime: true,
            ends: self.shows_ends,
            genres: true,
            voters: Some(self.voters),
            proposer: true,
            id: true,
        }
    }

    fn least(&self) -> Layout {
        let movie = self.movie.min(TIGHT_MOVIE);
        Layout { movie, runtime: false, genres: false, voters: None, proposer: false, id: false, ..self.whole() }
    }

    /// Columns go in the order of their importance, the least important first.
    fn candidates(&self) -> [Layout; 10] {
        let whole = self.whole();
        let comfortable = Layout { movie: self.movie.min(COMFORTABLE_MOVIE), ..whole };
        let no_id = Layout { id: false, ..comfortable };
        let no_proposer = Layout { proposer: false, ..no_id };
        let no_genres = Layout { genres: false, ..no_proposer };
        let few_voters = Layout { voters: Some(self.voters.min(MIN_VOTERS)), ..no_genres };
        let tight = Layout { movie: self.movie.min(TIGHT_MOVIE), ..few_voters };
        let no_runtime = Layout { runtime: false, ..tight };
        let with_ends = Layout { ends: true, ..whole };
        [with_ends, whole, comfortable, no_id, no_proposer, no_genres, few_voters, tight, no_runtime, self.least()]
    }

    /// The cells that a layout takes, gaps included.
    fn taken(&self, layout: &Layout) -> usize {
        let optional = [
            (layout.mark, self.mark),
            (layout.rating, self.rating),
            (layout.runtime, self.runtime),
            (layout.ends, self.ends),
            (layout.genres, self.genres),
            (layout.voters.is_some(), layout.voters.unwrap_or(0)),
            (layout.proposer, self.proposer),
            (layout.id, self.id),
        ];
        let shown = optional.iter().filter(|(is_shown, _)| *is_shown);
        self.number + GAP + layout.movie + GAP + self.votes + shown.map(|(_, cells)| cells + GAP).sum::<usize>()
    }

    /// What is left over goes to the movie first, then to the voters.
    fn spread(&self, layout: Layout, spare: usize) -> Layout {
        let to_movie = spare.min(self.movie - layout.movie);
        let voters = layout.voters.map(|cells| (cells + spare - to_movie).min(self.voters));
        Layout { movie: layout.movie + to_movie, voters, ..layout }
    }
}
