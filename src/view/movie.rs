//! A movie: its data, and the group's opinions of it.

use std::borrow::Cow;

use serde::ser::Error;
use serde::{Serialize, Serializer};
use serde_json::Value;
use time::UtcDateTime;

use super::Timestamp;
use super::format::{and, clock, runtime};
use crate::cache::freshness::{self, CLAIM_LASTS, freshness_of};
use crate::env::Zone;
use crate::model::evening::{EveningFit, Misfit};
use crate::model::title::{with_year, year_suffix};
use crate::model::{Board, CacheEntry, Evening, Freshness, ImdbId, Opinion, OwnTitle, Proposal, ProposalNumber, Title};
use crate::user_error::ShortMovie;

/// A movie's data.
#[derive(Clone, Debug, Serialize)]
pub struct TitleView<'a> {
    pub imdb_id: Option<ImdbId>,
    #[serde(flatten, serialize_with = "serialize_known")]
    pub data: Cow<'a, Title>,
    pub cache: Freshness,
    pub cached_at: Option<Timestamp>,
    pub source: Option<&'a str>,
}

/// Writes null for an unknown title, and for the genres, too, if there is no cached data: then `title` is owned.
#[expect(clippy::ptr_arg, reason = "serde hands over the field")]
fn serialize_known<S: Serializer>(title: &Cow<'_, Title>, out: S) -> Result<S::Ok, S::Error> {
    let mut fields = serde_json::to_value(title).map_err(S::Error::custom)?;
    if title.title.is_empty() {
        fields["title"] = Value::Null;
    }
    if matches!(title, Cow::Owned(_)) {
        fields["genres"] = Value::Null;
    }
    fields.serialize(out)
}

impl<'a> TitleView<'a> {
    /// Makes the view of a proposal, with its cached data as of `now`.
    pub fn of(proposal: &'a Proposal, now: UtcDateTime) -> Self {
        let mut view = Self::of_entry(proposal.imdb_id, &proposal.cache, now);
        view.cache = freshness::freshness(proposal, now);
        if let Some(OwnTitle { title, year, runtime_minutes }) = proposal.own.clone() {
            view.data = Cow::Owned(Title { title, year, runtime_minutes, ..Title::default() });
        }
        view
    }

    /// Makes the view of a title, proposed or not, with its cached data as of `now`.
    pub fn of_entry(imdb_id: Option<ImdbId>, entry: &'a CacheEntry, now: UtcDateTime) -> Self {
        Self {
            imdb_id,
            data: entry.title.as_ref().map_or_else(|| Cow::Owned(Title::default()), Cow::Borrowed),
            cache: freshness_of(entry, now),
            cached_at: entry.cached_at.map(Timestamp),
            source: entry.source.as_deref(),
        }
    }

    /// Returns the title without a year, or the IMDb id if the title is unknown.
    pub fn shown_title(&self) -> String {
        match (self.data.title.as_str(), self.imdb_id) {
            ("", Some(id)) => id.to_string(),
            ("", None) => "?".to_owned(),
            (title, _) => title.to_owned(),
        }
    }

    /// Returns the year in the form that follows a title, ` (1995)`, or nothing if it is unknown.
    pub fn shown_year(&self) -> String {
        year_suffix(self.data.year)
    }

    /// Returns the title with its year.
    pub fn name(&self) -> String {
        self.shown_title() + &self.shown_year()
    }

    /// Returns the URL of its page on IMDb. `None` if it has no IMDb id.
    pub fn link(&self) -> Option<String> {
        self.imdb_id.map(ImdbId::url)
    }
}

/// A movie that somebody proposed.
#[derive(Clone, Debug, Serialize)]
pub struct MovieView<'a> {
    pub number: i64,
    /// The rank on the board, from 1. `None` if it is not on the board, or votes are hidden.
    pub rank: Option<usize>,
    #[serde(flatten)]
    pub title: TitleView<'a>,
    pub on_board: bool,
    /// Number of votes. Null while votes are hidden, as are the other numbers.
    pub votes: Option<usize>,
    pub voters: Vec<&'a str>,
    pub favorites: Option<usize>,
    pub score: Option<i64>,
    pub noes: Option<usize>,
    /// The people who said no to it, in the order of their noes.
    pub no_of: Vec<&'a str>,
    pub proposed_by: &'a str,
    pub proposed_at: Timestamp,
    pub note: Option<&'a str>,
    pub notes: Vec<NoteView<'a>>,
    pub favorite_of: Vec<&'a str>,
    pub seen_by: Vec<&'a str>,
    pub ends_at: Option<Timestamp>,
    /// Whether it fits the evening. `None` if the data for that is missing.
    pub fits: Option<bool>,
    pub misfit: Option<Misfit>,
    /// The limit that cannot be checked because data is missing.
    #[serde(skip)]
    pub unknown: Option<Misfit>,
    pub listed_by: Vec<&'a str>,
    pub withdrawn_at: Option<Timestamp>,
    pub watched_at: Option<Timestamp>,
    pub watched_on: Option<String>,
    /// The people who watched it together. Absent if it was not watched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub present: Option<Vec<&'a str>>,
    /// The people here who have seen it, if the evening is limited to unseen movies.
    #[serde(skip)]
    pub seen_here: Vec<&'a str>,
    /// The opinion of the person who views the board.
    #[serde(skip)]
    pub own_opinion: Option<Opinion>,
    /// Whether another process is fetching its data.
    #[serde(skip)]
    pub is_being_fetched: bool,
}

/// A note and the person who wrote it.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct NoteView<'a> {
    pub voter: &'a str,
    pub text: &'a str,
}

/// The person and the evening for which movies are shown.
#[derive(Clone, Copy, Debug)]
pub struct Viewpoint<'a> {
    /// The time of the view.
    pub now: UtcDateTime,
    /// The person who views it, as an index into the board's voters. `None` if the board does not know them.
    pub me: Option<usize>,
    /// The evening that movies should fit.
    pub evening: &'a Evening,
}

impl<'a> MovieView<'a> {
    /// Makes the view of a proposal on this board.
    pub fn of(proposal: &'a Proposal, rank: Option<usize>, board: &'a Board, from: Viewpoint<'_>) -> Self {
        let name = |voter: usize| board.voters[voter].name.as_str();
        let fit = from.evening.fit(proposal);
        let (opinions, is_revealed) = (&proposal.opinions, !board.hides(proposal));
        let seen_here = proposal.seen_by.iter().filter(|voter| from.evening.unseen_by.contains(voter));
        let voters: Vec<&str> = opinions.yes().map(name).collect();
        let no_of: Vec<&str> = opinions.noes().map(name).collect();
        Self {
            number: proposal.number.0,
            rank: rank.filter(|_| is_revealed),
            title: TitleView::of(proposal, from.now),
            on_board: proposal.withdrawn_at.is_none() && proposal.watched_at.is_none(),
            votes: is_revealed.then_some(voters.len()),
            favorites: is_revealed.then(|| opinions.favorite().count()),
            score: is_revealed.then(|| voters.len() as i64 - no_of.len() as i64),
            noes: is_revealed.then_some(no_of.len()),
            voters,
            no_of,
            proposed_by: name(proposal.proposed_by),
            proposed_at: Timestamp(proposal.proposed_at),
            note: proposal.note(),
            notes: proposal.notes.iter().map(|(writer, text)| NoteView { voter: name(*writer), text }).collect(),
            seen_by: proposal.seen_by.iter().map(|&voter| name(voter)).collect(),
            favorite_of: opinions.favorite().map(name).collect(),
            ends_at: from.evening.ends_at(proposal.runtime_minutes()).map(Timestamp),
            fits: fit.known(),
            misfit: if let EveningFit::Misfit(why) = fit { Some(why) } else { None },
            unknown: if let EveningFit::Unknown(what) = fit { Some(what) } else { None },
            listed_by: proposal.listed_by.iter().copied().map(name).collect(),
            withdrawn_at: proposal.withdrawn_at.map(Timestamp),
            watched_at: proposal.watched_at.map(Timestamp),
            watched_on: proposal.watched_on.map(|day| day.to_string()),
            present: proposal.watched_at.map(|_| proposal.present.iter().copied().map(name).collect()),
            seen_here: seen_here.map(|&voter| name(voter)).collect(),
            own_opinion: from.me.and_then(|me| opinions.of(me)),
            is_being_fetched: proposal.cache.is_claimed(from.now, CLAIM_LASTS),
        }
    }

    /// Returns why it does not fit the evening, such as `runs 2h 50m`. `None` if it fits or may fit.
    pub fn misfit_words(&self, zone: &Zone) -> Option<String> {
        let title = &self.title.data;
        Some(match self.misfit? {
            Misfit::TooLong => format!("runs {}", title.runtime_minutes.map(runtime).unwrap_or_default()),
            Misfit::EndsTooLate => {
                format!("ends at {}", self.ends_at.map(|at| clock(at.0, zone)).unwrap_or_default())
            }
            Misfit::Seen => format!("seen by {}", and(&self.seen_here)),
            Misfit::Genre => format!("genre: {}", title.genres.join(", ")),
            Misfit::Years => format!("year: {}", title.year.map(|year| year.to_string()).unwrap_or_default()),
            Misfit::Age => format!("age rating: {}", title.age_rating.as_deref().unwrap_or_default()),
            Misfit::Rating => format!("rating: {}", title.rating.map(|rating| rating.to_string()).unwrap_or_default()),
        })
    }
}

/// Returns a clause about missing data: `its running time is not known`.
pub fn unknown_words(what: Misfit) -> &'static str {
    match what {
        Misfit::TooLong | Misfit::EndsTooLate => "its running time is not known",
        Misfit::Seen => "who has seen it is not known",
        Misfit::Genre => "its genres are not known",
        Misfit::Years => "its year is not known",
        Misfit::Rating => "its rating is not known",
        Misfit::Age => "its age rating is not known",
    }
}

impl ShortMovie {
    /// Returns a movie that is named by its title and year, or else by its id.
    pub fn new(number: Option<ProposalNumber>, id: Option<ImdbId>, title: Option<&str>, year: Option<u16>) -> Self {
        let imdb_id = id.map(|id| id.to_string());
        let name = title.map(|title| with_year(title, year)).or(imdb_id.clone()).unwrap_or_else(|| "?".to_owned());
        Self { number: number.map(|number| number.0), imdb_id, title: title.map(str::to_owned), year, name }
    }
}

impl From<&Proposal> for ShortMovie {
    fn from(proposal: &Proposal) -> Self {
        Self::new(Some(proposal.number), proposal.imdb_id, proposal.known_title(), proposal.year())
    }
}
