//! One run of the program: its options and environment, made easy to ask, and what commands share.

pub mod catalog;
pub mod evening;
pub mod new_board;
pub mod options;
pub mod people;
pub mod picture;
pub mod report;

use std::ffi::{OsStr, OsString};
use std::rc::Rc;

use anyhow::{Context as _, Result};
use serde::Serialize;
use time::UtcDateTime;

pub use options::{ColorWhen, Options};

use crate::cache::foreground;
use crate::env::{Env, Output, Stopwatch};
use crate::failure::Failure;
use crate::model::evening::EveningFit;
use crate::model::text::{quoted, shell_word};
use crate::model::{Board, Fetched, ImdbId, Proposal, ProposalStatus, VoterName, order};
use crate::paths;
use crate::posters::Posters;
use crate::render::Screen;
use crate::render::changes;
use crate::sources::{AskedBy, PersonBudget, Settings, Sources};
use crate::state::State;
use crate::store::{Location, OpenMode, Store};
use crate::ui::picture::detect::Choice;
use crate::ui::progress::Bar;
use crate::view::to_json;

/// One run of the program.
pub struct Context<'a> {
    pub env: &'a mut Env,
    pub options: &'a Options,
    pub now: UtcDateTime,
    pub stopwatch: Stopwatch,
    /// The time that is left for what a person waits for.
    pub budget: PersonBudget,
    /// The catalogue, once it was needed.
    opened_catalog: catalog::Opened,
    /// The sources for what a person asks for, once they were needed.
    person_sources: Option<Rc<Sources>>,
}

/// Where the board is kept.
pub struct Place {
    pub location: Location,
    /// It was named, by `--db` or MOVIENIGHT_DB, and is not the default place.
    pub is_named: bool,
}

impl<'a> Context<'a> {
    pub fn new(env: &'a mut Env, options: &'a Options) -> Self {
        let now = env.clock.now();
        let budget = PersonBudget::new(env.limits.person);
        Self {
            env,
            options,
            now,
            stopwatch: Stopwatch::start(),
            budget,
            opened_catalog: catalog::Opened::default(),
            person_sources: None,
        }
    }

    /// `--db`, MOVIENIGHT_DB, or the place where this platform keeps a program's data.
    pub fn place(&self) -> Result<Place> {
        let option = self.options.db.as_deref().map(|place| ("--db", place));
        let named = option.or_else(|| Some(("MOVIENIGHT_DB", self.env.var_os("MOVIENIGHT_DB")?)));
        if let Some((origin, text)) = named {
            return Ok(Place { location: self.location(text, origin)?, is_named: true });
        }
        let path = paths::database(self.env).ok_or_else(|| {
            Failure::new("there is no home folder to keep the database in").hint("say where with --db PATH")
        })?;
        Ok(Place { location: Location::File(path), is_named: false })
    }

    /// The place that a text from `origin` means.
    pub fn location(&self, text: &OsStr, origin: &str) -> Result<Location> {
        let var = |name: &str| match (self.env.var_os(name), name) {
            // As psql does, also where the environment names nobody.
            (None, "USERNAME") => (self.env.system_login)().map(OsString::from),
            (value, _) => value.map(ToOwned::to_owned),
        };
        let location = Location::parse(text, &var).map_err(|why| Failure::new(format!("{origin}: {why}")))?;
        Ok(location.with_time_limit(self.env.limits.database))
    }

    /// This machine's state for the board.
    pub fn state(&self) -> Result<State> {
        Ok(State::new(paths::state(self.env), &self.place()?.location.identity()))
    }

    /// The database for reading; none: there is none at the default place.
    ///
    /// # Errors
    /// There is none at the place that was named, or it cannot be read.
    pub fn open_for_reading(&self) -> Result<Option<Store>> {
        let place = self.place()?;
        match Store::open(&place.location, OpenMode::Read)? {
            None if place.is_named => Err(Self::nothing_at(&place)),
            store => Ok(store),
        }
    }

    /// The database for reading, where nothing can be said without one.
    ///
    /// # Errors
    /// There is none, or it cannot be read.
    pub fn open_existing_for_reading(&self) -> Result<Store> {
        self.open_existing(OpenMode::Read)
    }

    /// The database for a change of what is there.
    ///
    /// # Errors
    /// There is none, or it cannot be read.
    pub fn open_for_writing(&self) -> Result<Store> {
        self.open_existing(OpenMode::Write)
    }

    fn open_existing(&self, open_mode: OpenMode) -> Result<Store> {
        let place = self.place()?;
        Store::open(&place.location, open_mode)?.ok_or_else(|| Self::nothing_at(&place))
    }

    /// The database for a change that makes one if there is none: nothing is made yet.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn open_if_there(&self) -> Result<Option<Store>> {
        Ok(Store::open(&self.place()?.location, OpenMode::Write)?)
    }

    /// The database, made if need be. Only proposing makes one.
    pub fn open_or_create(&self) -> Result<Store> {
        let location = self.place()?.location;
        Store::open(&location, OpenMode::Create)?
            .with_context(|| format!("the database {location} was removed while it was made"))
    }

    /// The error that there is no board.
    pub fn nothing_there(&self) -> Result<anyhow::Error> {
        Ok(Self::nothing_at(&self.place()?))
    }

    fn nothing_at(place: &Place) -> anyhow::Error {
        let makes = "movienight propose makes one, with its first movie";
        match place.is_named {
            true if place.location.is_server() => {
                let others = new_board::others_beside(&place.location);
                let others = others.map(|others| format!("{others}; ?board=NAME takes one; ")).unwrap_or_default();
                Failure::new(format!("there is no {}", place.location)).hint(format!("{others}{makes}"))
            }
            true => Failure::new(format!("there is no database at {}", place.location)).hint(makes),
            false => Failure::new(format!("there is no board yet at {}", place.location))
                .hint(format!("{makes}; MOVIENIGHT_DB names one that is elsewhere")),
        }
        .into()
    }

    /// Who acts.
    pub fn voter(&self) -> Result<VoterName> {
        let (name, origin) = match &self.options.name {
            Some(name) => (Some(name.clone()), "--as"),
            None => match self.env.var("MOVIENIGHT_USER")? {
                Some(name) => (Some(name.to_owned()), "MOVIENIGHT_USER"),
                None => (self.login_name(), "the login name"),
            },
        };
        let name = name.ok_or_else(|| Failure::new("who are you?").hint("say --as NAME, or set MOVIENIGHT_USER"))?;
        Ok(VoterName::parse(&name).map_err(|why| Failure::new(format!("{origin}: {why}")))?)
    }

    /// The command that takes back what this person has just done. It says who they are, unless their login does: a
    /// variable may have been set for one command only.
    pub fn undo_command(&self) -> String {
        match self.given_name() {
            Some(name) => format!("movienight undo --as {}", shell_word(name)),
            None => "movienight undo".to_owned(),
        }
    }

    /// A command that somebody types here to act as that person.
    pub fn command_as(&self, words: &str, name: &str) -> String {
        let is_default = self.given_name().is_none() && self.voter().is_ok_and(|voter| voter.as_str() == name);
        match is_default {
            true => format!("movienight {words}"),
            false => format!("movienight {words} --as {}", shell_word(name)),
        }
    }

    /// The name that was given for who acts; none: they go by their login.
    fn given_name(&self) -> Option<&str> {
        self.options.name.as_deref().or_else(|| self.env.var("MOVIENIGHT_USER").ok().flatten())
    }

    /// Says so when somebody who acted was not known on the board before.
    pub fn note_newcomer(&mut self, name: &VoterName, board: &Board) {
        let is_login = self.given_name().is_none() && self.voter().is_ok_and(|voter| voter.key() == name.key());
        if let Some(note) = people::newcomer(name, is_login, board, &self.undo_command()) {
            self.note(&note);
        }
    }

    fn login_name(&self) -> Option<String> {
        let mut names = ["LOGNAME", "USER", "USERNAME"].into_iter();
        let named = names.find_map(|n| self.env.var(n).ok().flatten());
        named.map(str::to_owned).or_else(self.env.system_login)
    }

    /// Who looks, as far as that is known: looking needs no name.
    pub fn viewer(&self, board: &Board) -> Result<Option<usize>> {
        // A name that was given is checked all the same.
        let name = match self.options.name {
            Some(_) => Some(self.voter()?),
            None => self.voter().ok(),
        };
        Ok(name.and_then(|n| board.voter(n.key())))
    }

    /// No request may be made.
    pub fn is_offline(&self) -> Result<bool> {
        Ok(self.options.offline || matches!(self.env.var("MOVIENIGHT_OFFLINE")?, Some(v) if v != "0"))
    }

    /// The metadata sources; none when offline.
    pub fn sources(&self) -> Result<Option<Settings>> {
        if self.is_offline()? { Ok(None) } else { Settings::from_env(self.env).map(Some) }
    }

    /// The sources for what a person asks for, the same for the whole run; none when offline. Those that could not be
    /// reached a moment ago are tried all the same, and if they still cannot be, not again in this run.
    pub fn sources_for_person(&mut self) -> Result<Option<Rc<Sources>>> {
        if self.person_sources.is_none()
            && let Some(settings) = self.sources()?
        {
            let remembered = self.state()?.source_states();
            self.person_sources = Some(Rc::new(Sources::new(&settings, &remembered, AskedBy::Person)));
        }
        Ok(self.person_sources.clone())
    }

    /// The posters that are kept on this machine. `None` if there is no folder for them, the person wants none, or this build
    /// has no pictures.
    pub fn posters(&self, choice: Choice) -> Option<Posters> {
        if choice == Choice::Never || !cfg!(feature = "pictures") {
            return None;
        }
        // Addresses of sources that make no sense open no host.
        let settings = Settings::from_env(self.env).ok();
        paths::cache(self.env).map(|folder| Posters::new(&folder, settings.as_ref()))
    }

    /// The way of showing posters: an option of the command's, or MOVIENIGHT_POSTER.
    pub fn poster_choice(&self, option: Option<Choice>) -> Result<Choice> {
        if option.is_some_and(|choice| choice != Choice::Never) && !cfg!(feature = "pictures") {
            let hint = "build it with cargo install --features pictures";
            return Err(Failure::new("this build of movienight shows no pictures").hint(hint).into());
        }
        let variable = self.env.var("MOVIENIGHT_POSTER")?.map(|text| {
            Choice::parse(text).ok_or_else(|| {
                let error = format!("MOVIENIGHT_POSTER is {}, which is none of auto, blocks, never", quoted(text));
                Failure::new(error).hint("set it to one of these, or unset it")
            })
        });
        Ok(option.or(variable.transpose()?).unwrap_or_default())
    }

    /// Fetches titles that the person has asked for, within the time that is left for that.
    pub fn fetch(&mut self, ids: &[ImdbId]) -> Result<Vec<Fetched>> {
        let state = self.state()?;
        match self.sources_for_person()? {
            Some(sources) => {
                let mut bar = self.bar("fetching");
                Ok(foreground::fetch(ids, &sources, &state, &mut self.budget, &mut bar))
            }
            None => Ok(Vec::new()),
        }
    }

    /// A progress bar on standard error, if a person watches that.
    pub fn bar(&self, label: &'static str) -> Bar {
        Bar::new(self.env.stderr.is_terminal && !self.options.quiet, label)
    }

    /// The properties of standard output.
    pub fn screen(&self) -> Screen<'_> {
        self.screen_of(&self.env.stdout)
    }

    /// The properties of standard error.
    pub fn error_screen(&self) -> Screen<'_> {
        self.screen_of(&self.env.stderr)
    }

    fn screen_of(&self, output: &Output) -> Screen<'_> {
        let columns = || self.env.var("COLUMNS").ok().flatten()?.parse().ok();
        let width = columns().filter(|w| *w > 0).or(output.size.map(|(width, _)| width));
        let is_terminal = output.is_terminal;
        Screen {
            width: width.filter(|_| is_terminal),
            height: output.size.map(|(_, height)| height).filter(|height| is_terminal && *height > 0),
            palette: report::palette(self.env, self.options.color, is_terminal),
            zone: &self.env.zone,
        }
    }

    /// Results.
    pub fn print(&mut self, text: &str) -> Result<()> {
        self.env.stdout.write(text).context("cannot write the output")
    }

    /// Prints the outcome: a document for scripts, or sentences for a person who has not asked for quiet.
    pub fn answer(&mut self, document: &impl Serialize, sentences: &[String]) -> Result<()> {
        if self.options.json {
            self.print(&to_json(document))
        } else if self.options.quiet {
            Ok(())
        } else {
            let text = changes::sentences(sentences, self.screen());
            self.print(&text)
        }
    }

    /// Prints a failure although the command goes on.
    pub fn warn(&mut self, failure: &Failure) {
        report::warning(self.env, self.options, failure);
    }

    /// Prints a note on standard error, unless `--quiet` was given.
    pub fn note(&mut self, text: &str) {
        if !self.options.quiet {
            self.note_always(text);
        }
    }

    /// Prints a note without which the output would mislead.
    pub fn note_always(&mut self, text: &str) {
        let lines = changes::sentences(&[text.to_owned()], self.error_screen());
        // That a note is lost must not fail what has been done.
        let _ = self.env.stderr.write(&lines);
    }

    /// Somebody can be asked: they read standard error and type on standard input.
    pub fn can_ask(&self) -> bool {
        self.env.stdin.is_terminal && self.env.stderr.is_terminal && !self.options.json
    }
}

/// The board in its order.
pub fn ranked_board(store: &mut Store) -> Result<Board> {
    let mut board = store.board(ProposalStatus::OnBoard)?;
    order::sort(&mut board.proposals, |_| EveningFit::Fits);
    Ok(board)
}

/// Movies of a board by their places in it.
pub fn movies<'b>(board: &'b Board, places: &[usize]) -> Vec<&'b Proposal> {
    places.iter().map(|&place| &board.proposals[place]).collect()
}
