//! Posters: the addresses to request, the checks on what arrives, and the folder that keeps them.

pub mod address;
pub mod decode;
pub mod fetch;
pub mod jpeg;
pub mod raster;
pub mod store;

pub use store::Posters;
