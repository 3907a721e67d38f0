//! The progress of a refresh, a search or an update of the catalogue: a bar.

use std::fmt::Write;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::cache::lookup::FetchProgress;
use crate::catalog::UpdateProgress;
use crate::view::format::count;

/// A bar on standard error with count, rate and time left; hidden when nobody watches.
pub struct Bar {
    bar: ProgressBar,
    watched: bool,
    /// Shown before the bar, such as `refreshing`.
    label: &'static str,
}

impl Bar {
    /// A bar that is shown when `watched`, after `label`.
    pub fn new(watched: bool, label: &'static str) -> Self {
        Self { bar: ProgressBar::hidden(), watched, label }
    }

    /// Draws a bar in place of the last one, also while nothing comes.
    fn show(&mut self, total: Option<u64>, done: u64, template: &str) {
        self.bar.finish_and_clear();
        if !self.watched {
            return;
        }
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr());
        let rate = |state: &ProgressState, text: &mut dyn Write| {
            let _ = write!(text, "{:.0}/s", state.per_sec());
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.with_key("rate", rate).progress_chars("━━ "));
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        self.bar = bar.with_position(done);
        // What was there before says nothing about how fast the rest comes.
        self.bar.reset_eta();
    }
}

impl FetchProgress for Bar {
    fn begin(&mut self, titles: usize) {
        if titles > 0 {
            let template = format!("{} {{wide_bar}} {{pos}}/{{len}} · {{rate}} · {{eta}} left", self.label);
            self.show(Some(titles as u64), 0, &template);
        }
    }

    fn advance(&mut self, titles: usize) {
        self.bar.inc(titles as u64);
    }

    fn waits(&mut self, titles: usize) {
        // One that was killed keeps its claims for a minute.
        self.bar
            .println(format!("waiting for another refresh, which is fetching {}", count(titles, "title", "titles")));
    }
}

impl UpdateProgress for Bar {
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

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
