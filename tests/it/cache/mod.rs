//! The cache, its sources and its health.

mod background;
mod freshness;
mod health;
mod hostile;
mod lookup;
mod network;
mod omdb;
mod problems;
mod recorded;
mod refresh;
mod richer;
mod sources;
mod state;
mod values;
