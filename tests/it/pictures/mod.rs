//! Posters: fetched, kept, drawn.

#[cfg(feature = "pictures")]
mod drawn;
#[cfg(feature = "pictures")]
pub mod hostile;
#[cfg(feature = "pictures")]
mod shown;
#[cfg(feature = "pictures")]
mod store;
#[cfg(all(unix, not(feature = "pictures")))]
mod without_pictures;
