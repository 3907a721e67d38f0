//! The catalogue of IMDb's datasets.

mod refused;
mod search;
mod source;
mod update;
