//! What the commands of one run share: options, environment, settings, and what is opened on first use.

pub mod board;
mod board_location;
mod catalog;
pub mod evening;
pub mod new_board;
pub mod options;
mod output;
pub mod people;
pub mod report;

use std::cell::OnceCell;
use std::rc::Rc;

use anyhow::Result;
use time::UtcDateTime;

pub use board_location::{BoardLocation, no_board_at, typed_place};
pub use catalog::offer;
pub use evening::EveningArgs;
pub use options::Options;
pub use output::write_output;
pub use people::parse_names;
pub use report::failures;

use crate::cache::lookup::{Entry, Lookup, Policy};
use crate::cache::{Cache, PersonBudget, background};
use crate::catalog::Catalog;
use crate::config::{Config, Key};
use crate::env::{Env, Output, Stopwatch};
use crate::model::evening::EveningFit;
use crate::model::{Board, CacheEntry, ImdbId, ProposalStatus, from_word, order};
use crate::paths;
use crate::posters::Posters;
use crate::render::{Marks, Screen};
use crate::sources::{AskedBy, Settings, Sources};
use crate::state::State;
use crate::store::Store;
use crate::ui::picture::detect::{Choice, Protocol, from_environment};
use crate::ui::progress::Bar;
use crate::user_error::{QuietEnd, fail};

/// One run of the program.
pub struct Context<'a> {
    pub env: &'a mut Env,
    pub options: &'a Options,
    pub now: UtcDateTime,
    pub stopwatch: Stopwatch,
    /// The time left for fetching while a person waits.
    pub budget: PersonBudget,
    /// Documents and notes to print when the command is done.
    pub notes: report::Notes,
    /// The keys of new names that the person has confirmed although they resemble existing ones.
    confirmed_names: Vec<String>,
    config: OnceCell<Config>,
    board_location: OnceCell<BoardLocation>,
    state: OnceCell<State>,
    settings: OnceCell<Settings>,
    /// The sources for titles that a person named, kept for the whole run.
    person_sources: OnceCell<Rc<Sources>>,
    /// The catalogue. The outer `None` means not opened yet, the inner one absent or unusable.
    opened_catalog: Option<Option<Rc<Catalog>>>,
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
            notes: report::Notes::default(),
            confirmed_names: Vec::new(),
            config: OnceCell::new(),
            board_location: OnceCell::new(),
            state: OnceCell::new(),
            settings: OnceCell::new(),
            person_sources: OnceCell::new(),
            opened_catalog: None,
        }
    }

    /// Returns all settings.
    ///
    /// # Errors
    /// Fails if the configuration file cannot be used.
    pub fn config(&self) -> Result<&Config> {
        let config = self.usable_config();
        config.problem.clone().map_or(Ok(config), |problem| Err(problem.into()))
    }

    /// Returns all settings, without those of a configuration file that cannot be used.
    pub fn usable_config(&self) -> &Config {
        self.config.get_or_init(|| self.options.read_config(self.env))
    }

    /// Returns what this machine remembers about the board.
    pub fn state(&self) -> Result<&State> {
        once(&self.state, || Ok(State::new(paths::state(self.env), &self.board_location()?.location.identity())))
    }

    /// Returns the settings of the metadata sources, also when offline.
    pub fn settings(&self) -> Result<&Settings> {
        once(&self.settings, || Settings::new(self.env, self.config()?))
    }

    /// Returns the settings of the metadata sources. `None` when offline.
    ///
    /// # Errors
    /// Fails if a setting is invalid. Commands call this early, to report that even if no source has to be asked.
    pub fn online(&self) -> Result<Option<&Settings>> {
        if self.is_offline()? { Ok(None) } else { self.settings().map(Some) }
    }

    /// Returns true if no request may be made.
    pub fn is_offline(&self) -> Result<bool> {
        self.config()?.is_on(Key::Offline)
    }

    /// Returns true if words replace marks such as `♥`.
    pub fn is_plain(&self) -> bool {
        self.usable_config().is_on(Key::Plain).unwrap_or(false)
    }

    /// Checks that requests may be made. `action` is a verb for the error, such as `refresh`.
    ///
    /// # Errors
    /// Fails when offline.
    pub fn needs_network(&self, action: &str) -> Result<()> {
        match self.is_offline()? {
            true => fail(format!("cannot {action} anything offline"), "movienight config shows where offline is set"),
            false => Ok(()),
        }
    }

    /// Returns the metadata sources. `None` when offline. A person's request also tries suspended sources; those for a
    /// person are shared by the whole run, so that each of these is tried only once.
    fn sources(&self, asked_by: AskedBy) -> Result<Option<Rc<Sources>>> {
        let Some(settings) = self.online()? else { return Ok(None) };
        let open = || Ok(Rc::new(Sources::new(settings, &self.state()?.source_states(), asked_by)));
        match asked_by {
            AskedBy::Person => once(&self.person_sources, open).cloned().map(Some),
            AskedBy::Machine => open().map(Some),
        }
    }

    /// Returns everything besides the database that data may come from.
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
    /// Fails if a setting is invalid, or the person interrupts.
    pub fn lookup<'e>(
        &mut self,
        store: Option<&mut Store>,
        entries: impl Iterator<Item = Entry<'e>>,
        policy: &Policy,
    ) -> Result<Lookup> {
        let now = self.env.clock.now();
        let may_learn = |(_, entry): &Entry<'e>| entry.title.is_none() || (policy.wants)(entry, now);
        let mut entries: Vec<Entry<'e>> = entries.filter(may_learn).collect();
        if entries.is_empty() {
            return Ok(Lookup::default());
        }
        let mut bar = self.bar();
        let lookup = self.cache(policy.asked_by)?.lookup(store, &mut entries, policy, &mut bar);
        if lookup.is_stopped { Err(QuietEnd::Interrupted.into()) } else { Ok(lookup) }
    }

    /// Returns the titles that a background refresh would take now. Empty if it could not fetch anything.
    pub fn due<'e>(&self, entries: impl Iterator<Item = (ImdbId, &'e CacheEntry)>) -> Result<Vec<ImdbId>> {
        let due = background::due(entries, self.env.clock.now());
        if due.is_empty() || self.can_refresh_later()? { Ok(due) } else { Ok(Vec::new()) }
    }

    /// Returns true if a background refresh can be started and has a source to ask.
    pub fn can_refresh_later(&self) -> Result<bool> {
        Ok(self.env.exe.is_some() && !self.is_offline()? && !self.is_cut_off()?)
    }

    /// Returns true if every source is suspended at the moment.
    pub fn is_cut_off(&self) -> Result<bool> {
        let (states, now) = (self.state()?.source_states(), self.env.clock.now());
        let is_down = |name| states.iter().any(|state| state.name == name && state.is_down(now));
        Ok(self.settings()?.names().all(is_down))
    }

    /// Starts a background refresh of these titles. Failures are ignored, because the output is already complete.
    pub fn refresh_later(&self, titles: &[ImdbId]) {
        if let (Ok(place), Ok(state)) = (self.board_location(), self.state())
            && !titles.is_empty()
        {
            let (config, now) = (self.usable_config(), self.env.clock.now());
            background::start_if_free(self.env, config, &place.location, state, titles, now);
        }
    }

    /// Returns the posters on this machine. `None` without a folder, with `Choice::Never`, or if the build shows none.
    pub fn posters(&self, choice: Choice) -> Option<Posters> {
        if choice == Choice::Never || !cfg!(feature = "pictures") {
            return None;
        }
        // Invalid settings only mean that no source on this machine may serve posters.
        let loopback = self.settings().map(Settings::on_loopback).unwrap_or_default();
        paths::cache(self.env).map(|folder| Posters::new(&folder, loopback))
    }

    /// Returns how to show posters: by the command's option, or else the setting.
    ///
    /// # Errors
    /// Fails if the option asks for posters in a build without pictures, or if the setting is invalid.
    pub fn poster_choice(&self, option: Option<Choice>) -> Result<Choice> {
        if option.is_some_and(|choice| choice != Choice::Never) && !cfg!(feature = "pictures") {
            let hint = "build it with cargo install --features pictures";
            return fail("this build of movienight shows no pictures", hint);
        }
        let set = || Ok(self.config()?.text(Key::Poster)?.and_then(from_word).unwrap_or_default());
        option.map_or_else(set, Ok)
    }

    /// Returns how standard output shows pictures. `None` if it cannot, or the person wants no pictures or no colours.
    pub fn picture_protocol(&self, choice: Choice) -> Option<Protocol> {
        let screen = self.screen();
        let may_draw = screen.palette.colors && screen.width.is_some() && !self.options.json;
        may_draw.then(|| from_environment(choice, self.env.stdout.is_terminal, |name| self.env.var(name))).flatten()
    }

    /// Returns a progress bar on standard error, which is hidden if that is no terminal or `--quiet` is given.
    pub fn bar(&self) -> Bar {
        Bar::new(self.env.stderr.is_terminal && !self.options.quiet)
    }

    /// Returns the properties of standard output.
    pub fn screen(&self) -> Screen<'_> {
        self.screen_of(&self.env.stdout)
    }

    /// Returns the properties of standard error.
    pub fn error_screen(&self) -> Screen<'_> {
        self.screen_of(&self.env.stderr)
    }

    fn screen_of(&self, output: &Output) -> Screen<'_> {
        let columns = self.env.var("COLUMNS").and_then(|columns| columns.parse().ok());
        let width = columns.filter(|w| *w > 0).or(output.size.map(|(width, _)| width));
        let is_terminal = output.is_terminal;
        Screen {
            width: width.filter(|_| is_terminal),
            height: output.size.map(|(_, height)| height).filter(|height| is_terminal && *height > 0),
            palette: report::palette(self.env, self.usable_config(), is_terminal),
            marks: if self.is_plain() { Marks::WORDS } else { Marks::SIGNS },
            zone: &self.env.zone,
        }
    }
}

/// Returns the value of a cell, computed on first use. An error is not kept.
fn once<T>(cell: &OnceCell<T>, compute: impl FnOnce() -> Result<T>) -> Result<&T> {
    match cell.get() {
        Some(value) => Ok(value),
        None => compute().map(|value| cell.get_or_init(|| value)),
    }
}

/// Reads the board and ranks it.
pub fn ranked_board(store: &mut Store) -> Result<Board> {
    Ok(ranked(store.board(ProposalStatus::OnBoard)?))
}

fn ranked(mut board: Board) -> Board {
    order::sort(&mut board.proposals, |_| EveningFit::Fits);
    board
}
