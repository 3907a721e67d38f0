//! The documents, the help and the completions match what the program does.

mod generated;
#[cfg(all(feature = "pictures", feature = "postgres"))]
mod json;
// README shows the default build.
#[cfg(feature = "pictures")]
mod readme;
mod shells;
// The snapshots are of the default build.
#[cfg(all(feature = "pictures", feature = "postgres"))]
mod snapshots;
