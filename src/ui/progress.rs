//! The progress of a refresh: a bar.

use std::fmt::Write;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::cache::lookup::FetchProgress;
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
}

/// A bar on standard error that is drawn from now on, also while nothing comes.
pub(super) fn start(total: Option<u64>, template: &str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr());
    let rate = |state: &ProgressState, text: &mut dyn Write| {
        let _ = write!(text, "{:.0}/s", state.per_sec());
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.with_key("rate", rate).progress_chars("━━ "));
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

impl FetchProgress for Bar {
    fn begin(&mut self, titles: usize) {
        if self.watched && titles > 0 {
            let template = format!("{} {{wide_bar}} {{pos}}/{{len}} · {{rate}} · {{eta}} left", self.label);
            self.bar = start(Some(titles as u64), &template);
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

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
