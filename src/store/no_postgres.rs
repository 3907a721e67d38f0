//! A stand-in for the PostgreSQL driver in a build without it. No [`Address`] can exist, so only `parse` is called.

use std::path::Path;

use super::OpenMode;
use super::db::{Driver, Result};
use super::location::Address;
use crate::env::Variables;

/// There is no schema on a server.
pub const SCHEMA_VERSION: Option<i64> = None;

pub mod host {
    /// The route to a server. There is none.
    #[derive(Clone, PartialEq, Eq)]
    pub enum Route {}
}

#[expect(missing_docs, reason = "there is no address to call them with")]
impl Address {
    pub fn parse(_text: &str, _var: Variables<'_>) -> std::result::Result<Self, String> {
        let command = "cargo install --locked --path . --features postgres";
        Err(format!("this movienight was built without PostgreSQL: build one with `{command}`"))
    }

    pub fn set_password(&mut self, _password: &str) {
        match self.route {}
    }

    pub fn save_password(&self) -> std::io::Result<&Path> {
        match self.route {}
    }
}

pub fn open(address: &Address, _open_mode: OpenMode) -> Result<Option<Box<dyn Driver>>> {
    match address.route {}
}

#[expect(missing_docs, reason = "there is no address to call it with")]
pub fn list(address: &Address) -> Result<Vec<(String, i64)>> {
    match address.route {}
}

#[expect(missing_docs, reason = "there is no address to call it with")]
pub fn create(address: &Address, _group: Option<&str>) -> Result<bool> {
    match address.route {}
}
