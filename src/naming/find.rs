//! Finds the movies that texts name: on the board, off it, or by a search.

use std::collections::HashSet;
use std::ops::RangeInclusive;
use std::rc::Rc;

use anyhow::Result;

use super::search::MAX_OFFERED;
use super::{FoundMovie, Scope, gather, search};
use crate::context::Context;
use crate::model::movie_ref::MAX_RANGE;
use crate::model::resolve::Resolver;
use crate::model::search::Query;
use crate::model::text::{fold, quoted, shell_word};
use crate::model::{Board, ImdbId, MovieRef, ProposalNumber};
use crate::store::Store;
use crate::user_error::{Code, UserError, UserErrors, fail};

/// Finds movies, one name after another.
pub struct Finder<'f, 'c> {
    pub context: &'f mut Context<'c>,
    /// The database, if there is one.
    pub store: Option<&'f mut Store>,
    /// The watched and the withdrawn movies, read on first use.
    pub off_board: Option<Rc<Board>>,
    pub board: &'f Board,
    pub resolver: &'f Resolver<'f>,
    pub scope: Scope,
    /// True if the person can be asked what is meant.
    pub can_ask: bool,
}

impl<'f, 'c: 'f> Finder<'f, 'c> {
    /// Finds the movies that arguments name: one each, or one by all of them as a phrase.
    ///
    /// # Errors
    /// Fails with every argument that names no movie, or with the readings of an ambiguous one.
    pub fn arguments(&mut self, args: &[String]) -> Result<Vec<FoundMovie>> {
        let (texts, failures) = gather(args.iter().map(|arg| Ok(MovieRef::parse_all(arg)?)))?;
        UserErrors::check(failures)?;
        let all = texts.concat();
        if args.len() == 1 {
            return self.each(&all);
        }
        let phrase = args.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        let is_words = |text: &[MovieRef]| matches!(text, [MovieRef::Words(_)]);
        let is_id_or_link = |text: &[MovieRef], arg: &str| match text {
            // Words that differ from the argument are those of a link.
            [MovieRef::Words(words)] => arg.contains('/') && words != arg,
            [MovieRef::Number(..) | MovieRef::Numbers(..)] => false,
            _ => true,
        };
        let (ids, others): (Vec<_>, Vec<_>) = texts.iter().zip(args).partition(|(text, arg)| is_id_or_link(text, arg));
        let all_stand_alone = others.iter().all(|(text, arg)| !is_words(text) || arg.contains(char::is_whitespace));
        if ids.is_empty() && !all_stand_alone {
            return self.phrase(&phrase, &all);
        }
        if !all_stand_alone {
            let ids: Vec<MovieRef> = ids.into_iter().flat_map(|(text, _)| text.clone()).collect();
            let rest = others.iter().map(|(_, arg)| arg.as_str()).collect::<Vec<_>>().join(" ");
            let has_number = others.iter().any(|(text, _)| !is_words(text));
            let is_message = !has_number && args.iter().any(|arg| arg.contains('/'));
            return self.message(&phrase, &ids, &rest, is_message);
        }
        // Without an id, a title equal to all of them together is another reading.
        let title = if ids.is_empty() { self.resolver.whole(&phrase).first().copied() } else { None };
        let Some(title) = title else { return self.each(&all) };
        let is_absent =
            |movie: &MovieRef| matches!(movie, MovieRef::Number(n, _) if self.resolver.with_number(*n).is_none());
        if all.iter().any(is_absent) {
            return Ok(on_board(title));
        }
        let each = self.each(&all)?;
        self.choose(&phrase, &[on_board(title), each])
    }

    /// Finds the movies that references name.
    ///
    /// # Errors
    /// Fails with every reference that names no movie, or with the readings of an ambiguous one.
    pub fn each(&mut self, movies: &[MovieRef]) -> Result<Vec<FoundMovie>> {
        let (all, failures) = gather(movies.iter().map(|movie| match movie {
            MovieRef::Id(id) => self.id(*id),
            MovieRef::Number(number, text) => self.number(*number, text),
            MovieRef::Numbers(ranges, text) => self.numbers(ranges, text),
            MovieRef::Words(words) => self.words(words),
        }))?;
        UserErrors::check(failures).map(|()| all.concat())
    }

    /// Finds the movies of ids and links among words. The words must name one of these movies, or be a message around a
    /// link.
    fn message(&mut self, phrase: &str, ids: &[MovieRef], rest: &str, is_message: bool) -> Result<Vec<FoundMovie>> {
        let found = self.each(ids)?;
        let is_named =
            |place: &usize| found.iter().any(|found| matches!(found, FoundMovie::OnBoard(at) if at == place));
        let meant = self.resolver.phrase(rest);
        if meant.iter().any(is_named) || meant.is_empty() && is_message {
            return Ok(found);
        }
        let rest = rest.split_whitespace().map(shell_word).collect::<Vec<_>>().join(" ");
        let commands = [self.command(&found), format!("movienight {} {rest}", self.context.options.command)];
        fail(format!("{} mixes an id and words", quoted(phrase)), commands.join(" or "))
    }

    /// Reads all arguments as one title or, if none matches, each of them as a movie.
    fn phrase(&mut self, phrase: &str, movies: &[MovieRef]) -> Result<Vec<FoundMovie>> {
        let found = self.words(phrase);
        if self.scope == Scope::Proposable || found.is_ok() || !self.resolver.phrase(phrase).is_empty() {
            return found;
        }
        // Numbers with blanks between them: `1, 3` or `1 and 3`.
        if let Ok([numbers @ MovieRef::Numbers(..)]) = MovieRef::parse_all(phrase).as_deref() {
            return self.each(std::slice::from_ref(numbers));
        }
        let place = |movie: &MovieRef| if let [place] = self.resolver.movie(movie)[..] { Some(place) } else { None };
        let movies = movies.iter().filter(|movie| !matches!(movie, MovieRef::Words(word) if fold(word) == "and"));
        let Some(mut places) = movies.map(place).collect::<Option<Vec<usize>>>() else { return found };
        let mut seen = HashSet::new();
        places.retain(|place| seen.insert(*place));
        let all: Vec<FoundMovie> = places.into_iter().map(FoundMovie::OnBoard).collect();
        if all.len() < 2 {
            return if all.is_empty() { found } else { Ok(all) };
        }
        let readings: Vec<_> = all.iter().map(|one| vec![one.clone()]).chain([all.clone()]).collect();
        self.choose(phrase, &readings)
    }

    fn id(&mut self, id: ImdbId) -> Result<Vec<FoundMovie>> {
        if let Some(place) = self.resolver.with_id(id) {
            return Ok(on_board(place));
        }
        let movie = MovieRef::Id(id);
        if matches!(self.scope, Scope::Everything | Scope::Proposable) {
            return Ok(vec![self.beside_board(&movie)?.unwrap_or(FoundMovie::Title(id))]);
        }
        self.find_gone(&movie, |_| {
            UserError::new(format!("{id} is not on the board"))
                .code(Code::NotFound)
                .hint(format!("movienight propose {id} puts it on the board"))
        })
    }

    /// Finds the movie with a number. A title equal to the number is another reading, but not of `#3`.
    fn number(&mut self, number: ProposalNumber, text: &str) -> Result<Vec<FoundMovie>> {
        let place = self.resolver.with_number(number);
        let titles = if text.contains('#') { Vec::new() } else { self.resolver.whole(text) };
        let titles = titles.into_iter().filter(|title| Some(*title) != place);
        let mut readings: Vec<Vec<FoundMovie>> = titles.map(on_board).collect();
        let movie = MovieRef::Number(number, text.to_owned());
        if self.scope == Scope::Proposable {
            let gone = if place.is_none() { self.find_off_board(&movie, |_| true)? } else { None };
            return self.number_to_propose(number, text, place, gone, readings);
        }
        let numbered = match place {
            Some(place) => Some(FoundMovie::OnBoard(place)),
            None => self.beside_board(&movie)?,
        };
        // Movies off the board are read only if one of them may be meant.
        if numbered.is_none()
            && let Some(gone) = self.gone(&movie)?
        {
            return Err(match &readings[..] {
                [] => gone,
                [title, ..] => gone.hint(format!("{} means {}", self.command(title), self.name(title))),
            }
            .into());
        }
        readings.splice(0..0, numbered.map(|numbered| vec![numbered]));
        match readings.len() {
            0 if text.contains('#') => Err(self.no_number(number).into()),
            // A title that is a number may be off the board.
            0 => self.find_gone(&MovieRef::Words(text.to_owned()), |finder| finder.no_number(number)),
            1 => Ok(readings.remove(0)),
            _ => self.choose(text, &readings),
        }
    }

    /// Finds what a number means in a proposal: a withdrawn or watched movie, or a title that is called that.
    ///
    /// # Errors
    /// Fails for a movie on the board, which can only be voted for.
    fn number_to_propose(
        &mut self,
        number: ProposalNumber,
        text: &str,
        place: Option<usize>,
        gone: Option<FoundMovie>,
        mut readings: Vec<Vec<FoundMovie>>,
    ) -> Result<Vec<FoundMovie>> {
        if place.is_none() && gone.is_none() {
            return match text.contains('#') {
                true => Err(self.no_number(number).into()),
                false => self.words(text),
            };
        }
        if readings.is_empty() && !text.contains('#') {
            let id = place.and_then(|place| self.board.proposals[place].imdb_id);
            let called = search::called(self.context, self.store.as_deref_mut(), text);
            readings.extend(called.filter(|called| Some(*called) != id).map(|called| vec![FoundMovie::Title(called)]));
        }
        if let Some(place) = place {
            let mut hint = format!("movienight vote {} votes for it", self.argument(&FoundMovie::OnBoard(place)));
            for title in &readings {
                let command = match title[..] {
                    [FoundMovie::Title(id)] => format!("movienight propose {id} proposes the title \"{number}\""),
                    _ => format!("movienight vote {} votes for {}", self.arguments_of(title), self.name(title)),
                };
                hint += &format!(", {command}");
            }
            let name = self.board.proposals[place].name();
            return fail(format!("number {number}, {name}, is on the board already"), hint);
        }
        readings.splice(0..0, gone.map(|gone| vec![gone]));
        if readings.len() == 1 { Ok(readings.remove(0)) } else { self.choose(text, &readings) }
    }

    /// Finds the movies of numbers and ranges, such as `1,3-5`, or a title that only looks like them.
    fn numbers(&mut self, ranges: &[RangeInclusive<i64>], text: &str) -> Result<Vec<FoundMovie>> {
        let has_range = ranges.iter().any(|range| range.start() < range.end());
        let last = match has_range {
            true => {
                let off_board = self.off_board()?;
                let proposals = off_board.proposals.iter().chain(&self.board.proposals);
                proposals.map(|movie| movie.number.0).max().unwrap_or(0)
            }
            false => i64::MAX,
        };
        let is_valid = |range: &RangeInclusive<i64>| *range.end() <= last && range.end() - range.start() < MAX_RANGE;
        // "10 and 11" may be a title.
        let may_be_title = self.scope == Scope::Proposable && (has_range || text.to_lowercase().contains(" and "));
        if !ranges.iter().all(is_valid) || may_be_title {
            return self.words(text);
        }
        let titles = self.resolver.whole(text);
        let (all, failures) = gather(ranges.iter().map(|range| {
            let (start, end) = (*range.start(), *range.end());
            if start == end {
                return self.number(ProposalNumber(start), &format!("#{start}"));
            }
            let places = range.clone().filter_map(|number| self.resolver.with_number(ProposalNumber(number)));
            let on_board: Vec<FoundMovie> = places.map(FoundMovie::OnBoard).collect();
            if on_board.is_empty() {
                let error = format!("no movie on the board has a number from {start} to {end}");
                return fail(error, "movienight vote shows the board");
            }
            Ok(on_board)
        }))?;
        let all = all.concat();
        match titles.first() {
            Some(title) if !failures.is_empty() => Ok(on_board(*title)),
            Some(title) => self.choose(text, &[all, on_board(*title)]),
            None => UserErrors::check(failures).map(|()| all),
        }
    }

    /// Finds the movie with these words in its title. For a proposal, they are its whole title, or a search finds it.
    fn words(&mut self, words: &str) -> Result<Vec<FoundMovie>> {
        let movie = MovieRef::Words(words.to_owned());
        if self.scope == Scope::Proposable {
            if let [place] = self.resolver.whole(words)[..] {
                let is_alike = self.resolver.is_alike(place, words);
                if is_alike && let Some(gone) = self.called_off_board(words)? {
                    return Ok(vec![gone]);
                }
                if !is_alike || !self.is_name_of_another(place, words) {
                    return Ok(on_board(place));
                }
            }
            // No search finds a title without an IMDb id.
            if let Some(own) = self.own_title(words)? {
                return Ok(vec![own]);
            }
            let chosen = search::choose(self.context, self.store.as_deref_mut(), words, self.can_ask)?;
            return Ok(chosen.map(FoundMovie::Title).into_iter().collect());
        }
        let places = self.resolver.phrase(words);
        if places.len() > 1 {
            return self.choose(words, &places.into_iter().map(on_board).collect::<Vec<_>>());
        }
        if let [place] = places[..] {
            let may_be_gone = self.scope == Scope::Board && self.resolver.is_alike(place, words);
            if !may_be_gone || self.called_off_board(words)?.is_none() {
                return Ok(on_board(place));
            }
        }
        self.find_gone(&movie, |finder| finder.not_found(words))
    }

    /// Returns true if the catalogue has another title with exactly this name, which the movie on the board only
    /// resembles. Asks no source, because the movie on the board is usually meant.
    fn is_name_of_another(&mut self, place: usize, words: &str) -> bool {
        let hits = self.context.in_catalog(|catalog| catalog.search(words, MAX_OFFERED)).unwrap_or_default();
        let (query, id) = (Query::parse(words), self.board.proposals[place].imdb_id);
        hits.iter().any(|hit| Some(hit.title.id) != id && query.is_name_of(&hit.title.title, fold))
    }

    /// Finds a movie off the board, as far as the scope allows.
    fn beside_board(&mut self, movie: &MovieRef) -> Result<Option<FoundMovie>> {
        match self.scope {
            Scope::Board | Scope::Proposable => Ok(None),
            Scope::Withdrawn => self.find_off_board(movie, |movie| movie.watched_at.is_none()),
            Scope::Everything => self.find_off_board(movie, |_| true),
        }
    }

    /// Finds a movie off the board, as far as the scope allows, or fails: with `failure` if it is not there either.
    fn find_gone(&mut self, movie: &MovieRef, failure: impl FnOnce(&mut Self) -> UserError) -> Result<Vec<FoundMovie>> {
        match self.beside_board(movie)? {
            Some(found) => Ok(vec![found]),
            None => Err(self.gone(movie)?.unwrap_or_else(|| failure(self)).into()),
        }
    }

    /// Returns the error for a number that no movie has.
    fn no_number(&self, number: ProposalNumber) -> UserError {
        UserError::new(format!("no movie on the board has the number {number}"))
            .code(Code::NotFound)
            .hint("movienight vote shows the board")
    }

    /// Returns the error for words that match no movie, with the next step.
    fn not_found(&mut self, words: &str) -> UserError {
        if self.board.proposals.is_empty() {
            return UserError::new("the board is empty")
                .code(Code::NotFound)
                .hint("movienight propose MOVIE puts one on it");
        }
        let failure = UserError::new(format!("no movie on the board matches {}", quoted(words))).code(Code::NotFound);
        if let Some(near) = self.resolver.nearest(words) {
            return failure.hint(format!("did you mean {}?", self.board.proposals[near].name()));
        }
        let hits = self.context.in_catalog(|catalog| catalog.search(words, 1)).unwrap_or_default();
        let Some(hit) = hits.first().filter(|hit| hit.is_good).map(|hit| &hit.title) else {
            return failure.hint(match self.scope {
                Scope::Everything => format!("movienight search {} looks beyond the board", shell_word(words)),
                _ => "movienight vote shows the board".to_owned(),
            });
        };
        let watched = self.find_off_board(&MovieRef::Id(hit.id), |movie| movie.watched_at.is_some());
        let again = if let Ok(Some(_)) = watched { "--again " } else { "" };
        let command = format!("movienight propose {again}{}", hit.id);
        failure.hint(format!("did you mean {}? {command} puts it on the board", hit.title.with_year()))
    }
}

/// Returns the reading that means the movie at this index on the board.
fn on_board(place: usize) -> Vec<FoundMovie> {
    vec![FoundMovie::OnBoard(place)]
}
