//! Lists of movies to see: which movies are on several people's lists and seen by none of them.

use std::collections::{HashMap, HashSet};

use time::UtcDateTime;

use super::ImdbId;
use super::matching::name_key;

/// A movie on a person's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The IMDb id. `None` if it is not known yet which title is meant.
    pub id: Option<ImdbId>,
    /// The title as the list has it.
    pub title: Option<String>,
    /// The year as the list has it.
    pub year: Option<u16>,
    /// The time at which it was added to the list.
    pub listed_at: UtcDateTime,
}

impl Wish {
    /// Returns a key that is equal for two wishes for the same movie.
    pub fn key(&self) -> String {
        self.id.map_or_else(|| self.named_key(), |id| id.to_string())
    }

    /// Returns the key of a wish without an id: its title and year.
    pub fn named_key(&self) -> String {
        let year = self.year.map(|year| year.to_string()).unwrap_or_default();
        format!("{} ({year})", name_key(self.title.as_deref().unwrap_or_default()))
    }
}

/// A person's list of movies to see, and the movies that they have seen.
#[derive(Clone, Debug)]
pub struct PersonList {
    /// Their name.
    pub name: String,
    /// The key by which names are compared.
    pub key: String,
    /// The movies that they want to see.
    pub wishes: Vec<Wish>,
    /// The movies that they have seen.
    pub seen: HashSet<ImdbId>,
}

/// A movie on the lists of all people, or of all but one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// The movie, as on the list of the first of them.
    pub wish: Wish,
    /// The people on whose lists it is, as indices.
    pub wanted_by: Vec<usize>,
}

/// Returns the movies that all of these people want and none has seen. With three or more people, one may not want it.
/// A movie that one of all `lists` has by its id may be on another by its title alone. The order is arbitrary.
pub fn shared(people: &[PersonList], lists: &[PersonList]) -> Vec<Shared> {
    let least = if people.len() > 2 { people.len() - 1 } else { people.len() };
    // The lists of these people come last, because a later id replaces an earlier one.
    let wishes = lists.iter().chain(people).flat_map(|person| &person.wishes);
    let named = wishes.filter(|wish| wish.title.is_some()).filter_map(|wish| Some((wish.named_key(), wish.id?)));
    let ids: HashMap<String, ImdbId> = named.collect();
    let mut by_key: HashMap<String, Shared> = HashMap::new();
    for (at, person) in people.iter().enumerate() {
        for wish in &person.wishes {
            let wish = Wish { id: wish.id.or_else(|| ids.get(&wish.named_key()).copied()), ..wish.clone() };
            let shared = by_key.entry(wish.key()).or_insert(Shared { wish, wanted_by: Vec::new() });
            if shared.wanted_by.last() != Some(&at) {
                shared.wanted_by.push(at);
            }
        }
    }
    let is_seen = |wish: &Wish| wish.id.is_some_and(|id| people.iter().any(|person| person.seen.contains(&id)));
    by_key.into_values().filter(|shared| shared.wanted_by.len() >= least && !is_seen(&shared.wish)).collect()
}
