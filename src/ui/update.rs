//! The progress of an update of the catalogue: a bar for each download, and one for the import.

use indicatif::ProgressBar;

use super::progress::start;
use crate::catalog::UpdateProgress;

/// Writing takes about half as long as reading.
const WRITING: u64 = 2;

/// Bars on standard error, one after the other; hidden when nobody watches.
pub struct UpdateBar {
    bar: ProgressBar,
    watched: bool,
    /// Bytes of the datasets that are imported.
    bytes: u64,
    /// Titles that will be written. `None` while datasets are read.
    titles: Option<u64>,
    written: u64,
}

impl UpdateBar {
    /// Bars that are shown when `watched`.
    pub fn new(watched: bool) -> Self {
        Self { bar: ProgressBar::hidden(), watched, bytes: 0, titles: None, written: 0 }
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
        self.titles = None;
        self.show(total, already, &format!("{what:<9} {progress}"));
    }

    fn read(&mut self, bytes: u64) {
        self.bytes = bytes;
        self.titles = None;
        self.show(Some(bytes + bytes / WRITING), 0, "importing {wide_bar} {percent} % · {eta} left");
    }

    fn write(&mut self, titles: u64) {
        self.titles = Some(titles.max(1));
        self.written = 0;
    }

    fn advance(&mut self, by: u64) {
        match self.titles {
            None => self.bar.inc(by),
            Some(titles) => {
                self.written += by;
                self.bar.set_position(self.bytes + self.bytes / WRITING * self.written / titles);
            }
        }
    }
}

impl Drop for UpdateBar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
