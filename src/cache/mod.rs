//! The 24-hour cache: what is fresh, what is worth a fetch, and fetching it.

pub mod background;
pub mod freshness;
pub mod health;
pub mod refresh;
pub mod search;
pub mod wait;

pub use freshness::{freshness, is_worth_a_try};
