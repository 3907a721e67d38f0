//! The progress of long work, for whoever shows it.

/// Receives the progress of work, one step of it after the other.
pub trait Progress {
    /// Begins a step: its label, and how much of the total is done, if the total is known.
    fn begin(&mut self, label: &str, unit: Unit, total: Option<u64>, done: u64);
    /// Adds to what is done.
    fn advance(&mut self, by: u64);
    /// Waits for another process that is working on this many titles.
    fn waits(&mut self, titles: usize);
}

/// The unit of the numbers of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Titles.
    Titles,
    /// Bytes that come from a server.
    Bytes,
    /// Something that is only of interest as a share of the total.
    Share,
}

/// Discards progress.
impl Progress for () {
    fn begin(&mut self, _: &str, _: Unit, _: Option<u64>, _: u64) {}

    fn advance(&mut self, _: u64) {}

    fn waits(&mut self, _: usize) {}
}
