//! Changes to the board: what can be asked for, what becomes of it, and the edits of which a change
//! consists, so that it can be taken back and done again.

use serde::{Deserialize, Serialize};
use time::UtcDateTime;

use super::{ImdbId, ProposalNumber, VoterId};

/// A movie to put on the board.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum NewProposal {
    /// By its id at IMDb.
    Imdb(ImdbId),
    /// By a title of the proposer's own.
    Titled(String),
}

/// The outcome of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Proposed {
    /// It is new on the board, with its proposer's vote.
    #[serde(rename = "proposed")]
    New,
    /// It had been withdrawn and is back with its votes, and with this one.
    Returned,
    /// It stood there already and has one more vote.
    Voted,
    /// It stood there already, with this person's vote.
    AlreadyVoted,
}

/// The outcome of a vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Voted {
    /// It counts from now on.
    #[serde(rename = "voted")]
    New,
    /// It counted before.
    #[serde(rename = "already_voted")]
    Already,
}

/// The outcome of marking a favourite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Favored {
    /// It is this person's favourite from now on.
    New,
    /// The same, instead of another.
    Instead(ProposalNumber),
    /// It was so already.
    Already,
}

/// The outcome of taking a vote back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unvoted {
    /// It no longer counts.
    Removed,
    /// There was none.
    HadNone,
}

/// The kind of a change, as the database names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Movies were proposed.
    Propose,
    /// Votes were given.
    Vote,
    /// A favourite was marked.
    Favorite,
    /// Votes were taken back.
    Unvote,
    /// A favourite is one no longer; its vote stays.
    Unfavorite,
    /// Movies were taken off the board.
    Withdraw,
    /// Movies were watched.
    Watched,
    /// A person got another name.
    Rename,
    /// Two people became one.
    Merge,
    /// A person was removed.
    Remove,
}

impl Action {
    const ALL: [(Self, &'static str); 10] = [
        (Self::Propose, "propose"),
        (Self::Vote, "vote"),
        (Self::Favorite, "favorite"),
        (Self::Unvote, "unvote"),
        (Self::Unfavorite, "unfavorite"),
        (Self::Withdraw, "withdraw"),
        (Self::Watched, "watched"),
        (Self::Rename, "rename"),
        (Self::Merge, "merge"),
        (Self::Remove, "remove"),
    ];

    /// Its name in the database and in JSON.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(action, _)| *action == self).map_or("", |(_, name)| name)
    }

    /// The action of that name; none: a later version's.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(action, _)| *action)
    }
}

/// A change to the board, in the order in which changes were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeId(pub i64);

/// A change to the board, as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its key.
    pub id: ChangeId,
    /// The time at which it was made.
    pub at: UtcDateTime,
    /// The name of the person who made it; none for changes made before that was recorded.
    pub who: Option<String>,
    /// Its kind; none: a later version's.
    pub action: Option<Action>,
    /// Names of the movies that it touched, the first one first.
    pub movies: Vec<String>,
    /// Names of the people that it touched other than by their votes: renamed, merged, removed.
    pub people: Vec<String>,
    /// It was taken back and can be done again.
    pub is_undone: bool,
}

/// The outcome of taking a change back, or of doing it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reverted {
    /// All of it was reverted.
    Whole(Change),
    /// Its votes were; these movies stay on the board because others voted for them.
    VotesOnly(Change, Vec<String>),
    /// Nothing was: there is no such change of this person's. The last change of somebody else's, if
    /// there is one.
    NoneOfTheirs(Option<Change>),
    /// Nothing was, because something stands in its way.
    Conflict(Change, Conflict),
}

/// Why a change cannot be taken back, or done again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// This later change touched the same.
    Later(Change),
    /// Votes for a proposal that was taken back.
    ProposalGone(ProposalNumber),
    /// The rows differ, and no recorded change says why.
    Unknown,
}

/// A row of a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalRow {
    /// Its id at IMDb; none when it was proposed by title only.
    #[serde(with = "imdb_id")]
    pub imdb_id: Option<ImdbId>,
    /// The title it was proposed by, when it has no id.
    pub title: Option<String>,
    /// A remark of its proposer's.
    pub note: Option<String>,
    /// Its proposer.
    pub proposed_by: VoterId,
    /// The time at which it was proposed, in seconds since the epoch, as all times of rows.
    pub proposed_at: i64,
    /// The time at which it was taken off the board; none: it was not.
    pub withdrawn_at: Option<i64>,
    /// The time at which it was watched; none: not yet.
    pub watched_at: Option<i64>,
}

impl ProposalRow {
    /// It can be voted for.
    pub fn is_on_board(&self) -> bool {
        self.withdrawn_at.is_none() && self.watched_at.is_none()
    }
}

/// A row of a vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteRow {
    /// The time at which it was given.
    pub voted_at: i64,
    /// It is the person's one favourite.
    #[serde(with = "zero_or_one")]
    pub favorite: bool,
}

/// A row of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoterRow {
    /// The name as it was first written.
    pub name: String,
    /// The form of the name that is compared, see [`super::VoterName::key`].
    pub name_key: String,
    /// The time at which the person was removed or merged into another; none: they take part.
    pub removed_at: Option<i64>,
}

/// One row before and after a change; none: there was, or is, no such row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit<K, R> {
    /// Its key.
    pub key: K,
    /// The row before.
    pub before: Option<R>,
    /// The row after.
    pub after: Option<R>,
}

/// All edits of a change. Attendance has no columns of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    /// Of people.
    pub voters: Vec<Edit<VoterId, VoterRow>>,
    /// Of proposals.
    pub proposals: Vec<Edit<ProposalNumber, ProposalRow>>,
    /// Of votes.
    pub votes: Vec<Edit<(ProposalNumber, VoterId), VoteRow>>,
    /// Of who was there.
    pub attendance: Vec<Edit<(ProposalNumber, VoterId), Present>>,
}

/// Somebody was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Present {}

impl Edits {
    /// Nothing was edited.
    pub fn is_empty(&self) -> bool {
        self.voters.is_empty() && self.proposals.is_empty() && self.votes.is_empty() && self.attendance.is_empty()
    }

    /// The edits that take these back.
    pub fn inverse(self) -> Self {
        Self {
            voters: inverse(self.voters),
            proposals: inverse(self.proposals),
            votes: inverse(self.votes),
            attendance: inverse(self.attendance),
        }
    }
}

fn inverse<K, R>(edits: Vec<Edit<K, R>>) -> Vec<Edit<K, R>> {
    edits.into_iter().map(|Edit { key, before, after }| Edit { key, before: after, after: before }).collect()
}

mod imdb_id {
    use super::ImdbId;
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(clippy::ref_option, reason = "serde hands the field in by reference")]
    pub fn serialize<S: Serializer>(id: &Option<ImdbId>, out: S) -> Result<S::Ok, S::Error> {
        match id {
            Some(id) => out.collect_str(id),
            None => out.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Option<ImdbId>, D::Error> {
        Ok(Option::<String>::deserialize(input)?.and_then(|text| ImdbId::parse(&text)))
    }
}

/// The database has no booleans.
mod zero_or_one {
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands the field in by reference")]
    pub fn serialize<S: Serializer>(value: &bool, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_u8(u8::from(*value))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<bool, D::Error> {
        Ok(u8::deserialize(input)? != 0)
    }
}
