//! One run of the program: its options and environment, made easy to ask.

pub mod choose;
pub mod evening;
pub mod naming;
pub mod search;

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail};
use serde_json::Value;
use time::UtcDateTime;

use crate::cli::{ColorWhen, Options};
use crate::env::{Env, Stopwatch};
use crate::model::{Board, VoterName, order};
use crate::render::style::Palette;
use crate::render::{Screen, json};
use crate::sources::Settings;
use crate::store::{ProposalStatus, Store};

/// One run of the program.
pub struct Session<'a> {
    pub env: &'a mut Env,
    pub options: &'a Options,
    pub now: UtcDateTime,
    pub watch: Stopwatch,
}

impl<'a> Session<'a> {
    pub fn new(env: &'a mut Env, options: &'a Options) -> Self {
        let now = env.clock.now();
        Self { env, options, now, watch: Stopwatch::start() }
    }

    /// The open database.
    pub fn store(&self) -> Result<Store> {
        Ok(Store::open(&self.db_path()?)?)
    }

    /// `--db`, MOVIENIGHT_DB, or the place where this platform keeps a program's data.
    pub fn db_path(&self) -> Result<PathBuf> {
        let var = |name| self.env.var_os(name).map(PathBuf::from);
        let chosen = self.options.db.clone().filter(|p| !p.as_os_str().is_empty());
        if let Some(path) = chosen.or_else(|| var("MOVIENIGHT_DB")) {
            return Ok(path);
        }
        let home = || var("HOME");
        let folder = if cfg!(windows) {
            var("APPDATA")
        } else if cfg!(target_os = "macos") {
            home().map(|h| h.join("Library/Application Support"))
        } else {
            // The specification of the XDG folders says to pass over a relative path.
            let data_home = var("XDG_DATA_HOME").filter(|p| p.is_absolute());
            data_home.or_else(|| home().map(|h| h.join(".local/share")))
        };
        let folder = folder.context("no home folder to keep the database in: say where with --db PATH")?;
        Ok(folder.join("movienight").join("movienight.db"))
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
        let name = name.ok_or_else(|| anyhow!("who are you? say --as NAME, or set MOVIENIGHT_USER"))?;
        VoterName::parse(&name).map_err(|why| anyhow!("{origin}: {why}"))
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

    /// Whether the network must not be touched.
    pub fn is_offline(&self) -> Result<bool> {
        Ok(self.options.offline || matches!(self.env.var("MOVIENIGHT_OFFLINE")?, Some(v) if v != "0"))
    }

    /// The metadata sources; none when offline.
    pub fn sources(&self) -> Result<Option<Settings>> {
        let settings = self.settings()?;
        Ok((!self.is_offline()?).then_some(settings))
    }

    /// The metadata sources as the environment names them, to be asked or not.
    pub fn settings(&self) -> Result<Settings> {
        Settings::from_env(self.env)
    }

    /// What standard output looks like.
    pub fn screen(&self) -> Screen {
        let terminal = self.env.stdout.is_terminal;
        let columns = || self.env.var("COLUMNS").ok().flatten()?.parse().ok();
        let width = columns().filter(|w| *w > 0).or(self.env.stdout.width);
        Screen { width: width.filter(|_| terminal), palette: self.palette(terminal) }
    }

    /// The colours of a stream that is a terminal, or is not.
    pub fn palette(&self, terminal: bool) -> Palette {
        Palette { colors: self.colors(terminal) }
    }

    fn colors(&self, terminal: bool) -> bool {
        let is_set = |name| self.env.var_os(name).is_some();
        match self.options.color {
            ColorWhen::Always => true,
            ColorWhen::Never => false,
            ColorWhen::Auto if is_set("NO_COLOR") => false,
            ColorWhen::Auto if self.env.var_os("CLICOLOR_FORCE").is_some_and(|v| v != "0") => true,
            ColorWhen::Auto => terminal && self.env.var_os("TERM").is_none_or(|t| t != "dumb"),
        }
    }

    /// Results.
    pub fn print(&mut self, text: &str) -> Result<()> {
        self.env.stdout.write(text).context("cannot write the output")
    }

    /// What was done: a document for scripts, or sentences for a person who has not asked for quiet.
    pub fn answer(&mut self, document: impl FnOnce() -> Value, sentences: impl FnOnce() -> String) -> Result<()> {
        if self.options.json {
            self.print(&json::line(&document()))
        } else if self.options.quiet {
            Ok(())
        } else {
            self.print(&sentences())
        }
    }

    /// What is wrong, although the command goes on.
    pub fn warn(&mut self, text: &str) {
        let _ = self.env.stderr.write(&format!("movienight: {text}\n"));
    }

    /// What is good to know; nobody is told who asked for quiet.
    pub fn note(&mut self, text: &str) {
        if !self.options.quiet {
            // That a note is lost must not fail what has been done.
            let _ = self.env.stderr.write(&format!("{text}\n"));
        }
    }
}

/// The board in its order.
pub fn ranked_board(store: &mut Store) -> Result<Board> {
    let mut board = store.board(ProposalStatus::Board)?;
    order::sort(&mut board.proposals, |_| true);
    Ok(board)
}

/// All problems at once, a line each; none: nothing.
pub fn fail_on(problems: &[String]) -> Result<()> {
    if problems.is_empty() {
        return Ok(());
    }
    bail!("{}", problems.join("\n"))
}
