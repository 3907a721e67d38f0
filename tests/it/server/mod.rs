//! Boards on a PostgreSQL server.

#[cfg(unix)]
mod away;
mod real;
mod rights;
mod together;
