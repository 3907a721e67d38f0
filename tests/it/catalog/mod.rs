//! The catalogue of IMDb's datasets.

mod found;
mod refused;
mod search;
mod source;
mod update;
