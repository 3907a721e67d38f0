//! In place of the PostgreSQL driver, in a program built without it: an address cannot be made, so nothing here is called
//! but `parse`.

use std::ffi::OsStr;
use std::fmt;
use std::path::Path;
use std::time::Duration;

use super::OpenMode;
use super::db::{Driver, Result};
use crate::env::Variables;

/// There are no tables on a server.
pub const VERSION: Option<i64> = None;

/// The address of a board on a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {}

#[expect(missing_docs, reason = "there is no address, and no method of one is called")]
impl Address {
    pub fn parse(_text: &str, _var: Variables<'_>) -> std::result::Result<Self, String> {
        let command = "cargo install --locked --path . --features postgres";
        Err(format!("this movienight was built without PostgreSQL: `{command}` builds one with it"))
    }

    pub fn set_limit(&mut self, _limit: Duration) {
        match *self {}
    }

    pub fn identity(&self) -> String {
        match *self {}
    }

    pub fn secret_text(&self) -> &OsStr {
        match *self {}
    }

    pub fn board(&self) -> &str {
        match *self {}
    }

    pub fn is_default_board(&self) -> bool {
        match *self {}
    }

    pub fn with_board(&self, _board: &str) -> std::result::Result<Self, String> {
        match *self {}
    }

    pub fn server(&self) -> String {
        match *self {}
    }

    pub fn user(&self) -> &str {
        match *self {}
    }

    pub fn with_password(&self, _password: &str) -> Self {
        match *self {}
    }

    pub fn save_password(&self) -> std::io::Result<&Path> {
        match *self {}
    }
}

impl fmt::Display for Address {
    fn fmt(&self, _f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

pub fn open(address: &Address, _open_mode: OpenMode) -> Result<Option<Box<dyn Driver>>> {
    match *address {}
}

#[expect(missing_docs, reason = "there is no address to call it with")]
pub fn list(address: &Address) -> Result<Vec<(String, i64)>> {
    match *address {}
}

#[expect(missing_docs, reason = "there is no address to call it with")]
pub fn create(address: &Address, _group: Option<&str>) -> Result<bool> {
    match *address {}
}
