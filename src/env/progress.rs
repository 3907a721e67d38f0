//! Progress of long work, apart from how it is shown.

/// A receiver of progress, for work that is done in steps, one after the other.
pub trait Progress {
    /// Begins a step with its label, its total if known, and how much of it is done already.
    fn begin(&mut self, label: &str, unit: Unit, total: Option<u64>, done: u64);
    /// Adds `by` to what is done.
    fn advance(&mut self, by: u64);
}

/// The unit in which a step is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Titles.
    Titles,
    /// Bytes from a server.
    Bytes,
    /// A unit of which only the share of the total is of interest.
    Share,
}

/// Discards progress.
impl Progress for () {
    fn begin(&mut self, _: &str, _: Unit, _: Option<u64>, _: u64) {}

    fn advance(&mut self, _: u64) {}
}
