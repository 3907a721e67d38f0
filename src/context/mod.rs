//! One run of the program: its options and environment, made easy to ask, and what commands share.

pub mod board;
pub mod catalog;
pub mod evening;
pub mod new_board;
pub mod options;
pub mod people;
pub mod picture;
pub mod report;

use std::cell::OnceCell;
use std::ffi::{OsStr, OsString};
use std::rc::Rc;

use anyhow::{Context as _, Result};
use serde::Serialize;
use time::UtcDateTime;

pub use options::{ColorWhen, Options};

use crate::cache::lookup::{Entry, Lookup, Policy};
use crate::cache::{Cache, PersonBudget, background};
use crate::catalog::Catalog;
use crate::env::{Env, Output, Stopwatch};
use crate::failure::{Failure, Interrupted};
use crate::model::evening::EveningFit;
use crate::model::text::quoted;
use crate::model::{Board, CacheEntry, ImdbId, Proposal, ProposalStatus, order};
use crate::paths;
use crate::posters::Posters;
use crate::render::Screen;
use crate::render::changes;
use crate::sources::{AskedBy, Settings, Sources};
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
    place: OnceCell<Place>,
    state: OnceCell<State>,
    settings: OnceCell<Settings>,
    /// The sources for what a person asks for.
    person_sources: OnceCell<Rc<Sources>>,
    /// The catalogue, if it can be used.
    opened_catalog: OnceCell<Option<Rc<Catalog>>>,
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
            place: OnceCell::new(),
            state: OnceCell::new(),
            settings: OnceCell::new(),
            person_sources: OnceCell::new(),
            opened_catalog: OnceCell::new(),
        }
    }

    /// `--db`, MOVIENIGHT_DB, or the place where this platform keeps a program's data.
    pub fn place(&self) -> Result<&Place> {
        once(&self.place, || self.find_place())
    }

    fn find_place(&self) -> Result<Place> {
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
    pub fn state(&self) -> Result<&State> {
        once(&self.state, || Ok(State::new(paths::state(self.env), &self.place()?.location.identity())))
    }

    /// The settings of the metadata sources, which are not asked when offline.
    pub fn settings(&self) -> Result<&Settings> {
        once(&self.settings, || Settings::from_env(self.env))
    }

    /// The settings of the metadata sources. `None` when offline.
    ///
    /// # Errors
    /// They make no sense, which is said also where no source need be asked.
    pub fn online(&self) -> Result<Option<&Settings>> {
        if self.is_offline()? { Ok(None) } else { self.settings().map(Some) }
    }

    /// The database for reading; none: there is none at the default place.
    ///
    /// # Errors
    /// There is none at the place that was named, or it cannot be read.
    pub fn open_for_reading(&self) -> Result<Option<Store>> {
        let place = self.place()?;
        match Store::open(&place.location, OpenMode::Read)? {
            None if place.is_named => Err(Self::nothing_at(place)),
            store => Ok(store),
        }
    }

    /// The database, where nothing can be done without one.
    ///
    /// # Errors
    /// There is none, or it cannot be read.
    pub fn open_existing(&self, open_mode: OpenMode) -> Result<Store> {
        let place = self.place()?;
        Store::open(&place.location, open_mode)?.ok_or_else(|| Self::nothing_at(place))
    }

    /// The database, made if need be. Only proposing makes one.
    pub fn open_or_create(&self) -> Result<Store> {
        let location = &self.place()?.location;
        Store::open(location, OpenMode::Create)?
            .with_context(|| format!("the database {location} was removed while it was made"))
    }

    /// The error that there is no board.
    pub fn nothing_there(&self) -> Result<anyhow::Error> {
        Ok(Self::nothing_at(self.place()?))
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

    /// No request may be made.
    pub fn is_offline(&self) -> Result<bool> {
        Ok(self.options.offline || matches!(self.env.var("MOVIENIGHT_OFFLINE")?, Some(v) if v != "0"))
    }

    /// The metadata sources; those for a person are the same for the whole run. `None` when offline. A person's request
    /// tries also sources that could not be reached a moment ago, once in a run.
    fn sources(&self, asked_by: AskedBy) -> Result<Option<Rc<Sources>>> {
        let Some(settings) = self.online()? else { return Ok(None) };
        let open = || Ok(Rc::new(Sources::new(settings, &self.state()?.source_states(), asked_by)));
        match asked_by {
            AskedBy::Person => once(&self.person_sources, open).cloned().map(Some),
            AskedBy::Machine => open().map(Some),
        }
    }

    /// Everything beside the database that data may come from.
    pub fn cache(&mut self, asked_by: AskedBy) -> Result<Cache<'_>> {
        let catalog = self.catalog();
        Ok(Cache {
            catalog,
            sources: self.sources(asked_by)?,
            state: self.state()?,
            clock: &self.env.clock,
            limits: self.env.limits,
            budget: &self.budget,
            interrupt: &self.env.interrupt,
        })
    }

    /// Looks titles up, see [`Cache::lookup`].
    ///
    /// # Errors
    /// The settings make no sense, or the person wants to stop.
    pub fn lookup<'e>(
        &mut self,
        store: Option<&mut Store>,
        entries: impl Iterator<Item = Entry<'e>>,
        policy: &Policy,
    ) -> Result<Lookup> {
        let now = self.env.clock.now();
        let mut entries: Vec<Entry<'e>> = entries.filter(|(_, entry)| policy.looks_up(entry, now)).collect();
        if entries.is_empty() {
            return Ok(Lookup::default());
        }
        let mut bar = self.bar("fetching");
        let lookup = self.cache(policy.asked_by)?.lookup(store, &mut entries, policy, &mut bar);
        if lookup.is_stopped { Err(Interrupted.into()) } else { Ok(lookup) }
    }

    /// The titles that a refresh in the background would take now; none where it would bring nothing.
    pub fn due<'e>(&self, entries: impl Iterator<Item = (ImdbId, &'e CacheEntry)>) -> Result<Vec<ImdbId>> {
        let due = background::due(entries, self.env.clock.now());
        if due.is_empty() || self.can_refresh_later()? { Ok(due) } else { Ok(Vec::new()) }
    }

    /// Returns true if a refresh in the background can be started and has a source to ask.
    pub fn can_refresh_later(&self) -> Result<bool> {
        Ok(self.env.exe.is_some() && !self.is_offline()? && !self.is_cut_off()?)
    }

    /// Returns true if no source may be asked by itself at the moment.
    pub fn is_cut_off(&self) -> Result<bool> {
        Ok(background::is_cut_off(self.settings()?, self.state()?, self.env.clock.now()))
    }

    /// Starts the refresh of these titles in the background. By now all is shown: nothing is worth an error.
    pub fn refresh_later(&self, titles: &[ImdbId]) {
        if let (Ok(place), Ok(state)) = (self.place(), self.state())
            && !titles.is_empty()
        {
            background::start_if_free(self.env, &place.location, state, titles, self.env.clock.now());
        }
    }

    /// The posters that are kept on this machine. `None` if there is no folder for them, the person wants none, or this build
    /// has no pictures.
    pub fn posters(&self, choice: Choice) -> Option<Posters> {
        if choice == Choice::Never || !cfg!(feature = "pictures") {
            return None;
        }
        // Addresses of sources that make no sense open no host.
        let settings = self.settings().ok();
        paths::cache(self.env).map(|folder| Posters::new(&folder, settings))
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

/// The value of a cell, computed when it is asked for the first time.
fn once<T>(cell: &OnceCell<T>, compute: impl FnOnce() -> Result<T>) -> Result<&T> {
    match cell.get() {
        Some(value) => Ok(value),
        None => compute().map(|value| cell.get_or_init(|| value)),
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
