//! In place of the PostgreSQL driver, in a program that is built without it: there are no addresses, only an error.

use std::ffi::OsStr;
use std::fmt;
use std::time::Duration;

use super::OpenMode;
use super::db::{Driver, Result};
use crate::env::Variables;

/// The address of a board on a server: none can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {}

impl Address {
    /// Says how to get a program that can use an address.
    ///
    /// # Errors
    /// Always.
    pub fn parse(_text: &str, _var: Variables<'_>) -> std::result::Result<Self, String> {
        Err("this movienight was built without PostgreSQL: `cargo install --locked --path . --features postgres` builds \
             one with it"
            .to_owned())
    }

    /// Never called, as all methods of a value that cannot be made.
    pub fn set_limit(&mut self, _limit: Duration) {
        match *self {}
    }

    /// Never called.
    pub fn identity(&self) -> String {
        match *self {}
    }

    /// Never called.
    pub fn secret_text(&self) -> &OsStr {
        match *self {}
    }

    /// Never called.
    pub fn board(&self) -> &str {
        match *self {}
    }

    /// Never called.
    pub fn is_default_board(&self) -> bool {
        match *self {}
    }

    /// Never called.
    ///
    /// # Errors
    /// None.
    pub fn with_board(&self, _board: &str) -> std::result::Result<Self, String> {
        match *self {}
    }

    /// Never called.
    pub fn server(&self) -> String {
        match *self {}
    }
}

impl fmt::Display for Address {
    fn fmt(&self, _f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

/// Never called.
pub fn open(address: &Address, _open_mode: OpenMode) -> Result<Option<Box<dyn Driver>>> {
    match *address {}
}

/// Never called.
///
/// # Errors
/// None.
pub fn list(address: &Address) -> Result<Vec<(String, i64)>> {
    match *address {}
}

/// Never called.
///
/// # Errors
/// None.
pub fn create(address: &Address, _group: Option<&str>) -> Result<bool> {
    match *address {}
}
