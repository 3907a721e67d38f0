//! Posters: fetched, kept, drawn.

mod address;
mod detect;
#[cfg(feature = "pictures")]
mod drawn;
#[cfg(feature = "pictures")]
pub mod hostile;
mod layout;
mod raster;
#[cfg(feature = "pictures")]
mod shown;
#[cfg(feature = "pictures")]
mod store;
#[cfg(all(unix, not(feature = "pictures")))]
mod without_pictures;
