//! The cache, its sources and its health.

mod background;
mod health;
mod lookup;
mod network;
mod omdb;
mod recorded;
mod refresh;
mod richer;
mod sources;
mod values;
