//! Boards on a PostgreSQL server.

mod access;
#[cfg(unix)]
mod away;
mod real;
mod rights;
mod together;
