//! Posters: where they are asked for, what is accepted as one, where they are kept.
//!
//! Bytes from the network pass these stages, in this order; what fails one goes no further:
//!
//! 1. [`address`]: only known hosts, only small sizes;
//! 2. [`fetch`]: bounded in bytes and time, every redirect checked like the first address;
//! 3. [`jpeg`]: JPEG by its bytes, bounded in pixels and scans, metadata removed;
//! 4. [`decode`]: decoded on trial, in a process of its own;
//! 5. [`store`]: written under a temporary name and renamed.

pub mod address;
pub mod decode;
mod failures;
pub mod fetch;
pub mod jpeg;
pub mod raster;
pub mod refresh;
pub mod store;
