//! The progress of an update of the catalogue: a bar for each download, and one for the import.

use indicatif::ProgressBar;

use super::progress::start;
use crate::catalog::UpdateProgress;

/// Bars on standard error, one after the other; hidden when nobody watches.
pub struct UpdateBar {
    bar: ProgressBar,
    watched: bool,
}

impl UpdateBar {
    /// Bars that are shown when `watched`.
    pub fn new(watched: bool) -> Self {
        Self { bar: ProgressBar::hidden(), watched }
    }

    fn show(&mut self, total: Option<u64>, already: u64, template: &str) {
        self.bar.finish_and_clear();
        if self.watched {
            self.bar = start(total, template).with_position(already);
            // What was there before says nothing about how fast the rest comes.
            self.bar.reset_eta();
        }
    }
}

impl UpdateProgress for UpdateBar {
    fn download(&mut self, dataset: &'static str, total: Option<u64>, already: u64) {
        let what = dataset.trim_start_matches("title.").split('.').next().unwrap_or(dataset);
        let what = if what == "basics" { "titles" } else { what };
        let progress = match total {
            Some(_) => "{wide_bar} {binary_bytes} of {binary_total_bytes} · {binary_bytes_per_sec} · {eta} left",
            None => "{binary_bytes} · {binary_bytes_per_sec}",
        };
        self.show(total, already, &format!("{what:<9} {progress}"));
    }

    fn read(&mut self, bytes: u64) {
        self.show(Some(bytes), 0, "importing {wide_bar} {percent} % · {eta} left");
    }

    fn write(&mut self, titles: u64) {
        self.show(Some(titles), 0, "storing   {wide_bar} {percent} % · {eta} left");
    }

    fn advance(&mut self, by: u64) {
        self.bar.inc(by);
    }
}

impl Drop for UpdateBar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
