//! The progress of an update, for whoever shows it.

/// Is told how far an update is.
pub trait UpdateProgress {
    /// A dataset is downloaded: of so many bytes, if that is known, so many are there already.
    fn download(&mut self, dataset: &'static str, total: Option<u64>, already: u64);
    /// So many bytes of datasets will be read.
    fn read(&mut self, bytes: u64);
    /// So many titles will be written.
    fn write(&mut self, titles: u64);
    /// So many more of what was said last are done.
    fn advance(&mut self, by: u64);
}
