//! Finds the location of the board, and opens the board there.

use std::ffi::OsStr;

use anyhow::Result;

use super::{Context, once, ranked};
use crate::config::{Key, Origin, without_password};
use crate::paths;
use crate::store::{Location, OpenMode, Store};
use crate::user_error::{Code, UserError};

/// The location of the board, and where it comes from.
pub struct BoardLocation {
    /// The file, or the schema on a server.
    pub location: Location,
    /// The origin of the setting that names the location.
    pub origin: Origin,
    /// True if proposing or importing may create the board. False for a location from the configuration file: if
    /// nothing is there, the board was lost or its disk is not mounted.
    pub may_create: bool,
}

impl BoardLocation {
    /// Returns true if a setting names the location, so that it is not the default.
    pub fn is_named(&self) -> bool {
        self.origin != Origin::Default
    }
}

impl Context<'_> {
    /// Returns the location that the settings name, or else the default location.
    pub fn board_location(&self) -> Result<&BoardLocation> {
        once(&self.board_location, || {
            let config = self.config()?;
            let Some(value) = config.value(Key::Board) else {
                let location = self.default_location()?;
                return Ok(BoardLocation { location, origin: Origin::Default, may_create: true });
            };
            let (location, is_remembered) = self.find_location(&value.text, &config.name_of(Key::Board))?;
            let may_create = value.origin != Origin::File && !is_remembered;
            Ok(BoardLocation { location, origin: value.origin, may_create })
        })
    }

    /// Returns the default location: a file where this platform keeps a program's data.
    pub fn default_location(&self) -> Result<Location> {
        let path = paths::database(self.env).ok_or_else(|| {
            UserError::new("there is no home folder to keep the database in").hint("name a file with --db PATH")
        })?;
        Ok(Location::File(path))
    }

    /// Parses a location, or the short name of one. Errors name `origin`, where the text comes from.
    pub fn location(&self, text: &OsStr, origin: &str) -> Result<Location> {
        self.find_location(text, origin).map(|(location, _)| location)
    }

    /// Parses a location, or the short name of one. Also returns true if it was a short name of the configuration file.
    pub fn find_location(&self, text: &OsStr, origin: &str) -> Result<(Location, bool)> {
        let remembered = self.config()?.board(text)?;
        let var = |name: &str| self.env.var_os(name).map(ToOwned::to_owned);
        let location = Location::parse(remembered.map_or(text, OsStr::new), &var);
        let location = location.map_err(|why| UserError::new(format!("{origin}: {why}")))?;
        Ok((location.with_time_limit(self.env.limits.database), remembered.is_some()))
    }

    /// Opens the database. `None` if there is none and that is allowed: for reading, at the default location; for
    /// writing, where [`open_or_create`](Self::open_or_create) may create it.
    ///
    /// # Errors
    /// Fails if there is no database elsewhere, or it cannot be used.
    pub fn open(&self, open_mode: OpenMode) -> Result<Option<Store>> {
        let board = self.board_location()?;
        let may_be_absent = if open_mode == OpenMode::Read { !board.is_named() } else { board.may_create };
        match self.open_at(board, open_mode)? {
            None if !may_be_absent => Err(no_board_at(board)),
            store => Ok(store),
        }
    }

    /// Opens the database. After each change to a board on a server, a copy is kept for when the server is away.
    fn open_at(&self, board: &BoardLocation, open_mode: OpenMode) -> Result<Option<Store>> {
        let store = Store::open(&board.location, open_mode)?;
        if open_mode == OpenMode::Read || !board.location.is_server() {
            return Ok(store);
        }
        let (state, clock) = (self.state()?.clone(), self.env.clock.clone());
        let keep = move |board| state.save_board_copy(&ranked(board), clock.now());
        Ok(store.map(|store| store.after_change(keep)))
    }

    /// Reads from the database with `read`. Returns `T::default()` if there is none at the default location.
    pub fn read<T: Default, E>(&self, read: impl FnOnce(&mut Store) -> Result<T, E>) -> Result<T>
    where
        anyhow::Error: From<E>,
    {
        Ok(self.open(OpenMode::Read)?.map(|mut store| read(&mut store)).transpose()?.unwrap_or_default())
    }

    /// Opens the database for a command that needs one.
    ///
    /// # Errors
    /// Fails if there is no database, or it cannot be used.
    pub fn open_existing(&self, open_mode: OpenMode) -> Result<Store> {
        let board = self.board_location()?;
        self.open_at(board, open_mode)?.ok_or_else(|| no_board_at(board))
    }

    /// Opens the database, and creates it if there is none and that is allowed. Only proposing and importing call this.
    pub fn open_or_create(&self) -> Result<Store> {
        let board = self.board_location()?;
        let open_mode = if board.may_create { OpenMode::Create } else { OpenMode::Write };
        self.open_at(board, open_mode)?.ok_or_else(|| no_board_at(board))
    }
}

/// Returns a location as a person types it anywhere, without a password.
pub fn typed_place(location: &Location) -> String {
    without_password(&location.absolute().to_variable().to_string_lossy())
}

/// Returns the error for a location without a board.
pub fn no_board_at(board: &BoardLocation) -> anyhow::Error {
    let location = &board.location;
    let makes = "movienight propose MOVIE creates it";
    match board.origin {
        _ if !board.may_create && location.is_server() => {
            UserError::new(format!("the {location} is not there")).hint("movienight join PLACE joins another")
        }
        _ if !board.may_create => {
            UserError::new(format!("the board {location} is not there")).hint("is its disk mounted?")
        }
        Origin::Default => UserError::new(format!("there is no board yet at {location}"))
            .hint(format!("{makes}; movienight join PLACE joins another")),
        _ if location.is_server() => UserError::new(format!("there is no {location}"))
            .hint(format!("{makes}; movienight board list shows the others")),
        _ => UserError::new(format!("there is no database at {location}")).hint(makes),
    }
    .code(Code::NoBoard)
    .into()
}
