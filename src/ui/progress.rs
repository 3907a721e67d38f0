//! The progress of a refresh: a bar.

use std::fmt::Write;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::cache::lookup::FetchProgress;
use crate::view::format::count;

/// A bar on standard error with count, rate and time left; hidden when nobody watches.
pub struct Bar {
    bar: ProgressBar,
    hidden: bool,
    /// Shown before the bar, such as `refreshing`.
    label: &'static str,
}

impl Bar {
    /// A bar that is shown when `watched`, after `label`.
    pub fn new(watched: bool, label: &'static str) -> Self {
        Self { bar: ProgressBar::hidden(), hidden: !watched, label }
    }
}

impl FetchProgress for Bar {
    fn begin(&mut self, titles: usize) {
        if self.hidden || titles == 0 {
            return;
        }
        self.bar = ProgressBar::with_draw_target(Some(titles as u64), ProgressDrawTarget::stderr());
        let template = "{prefix} {wide_bar} {pos}/{len} · {rate} · {eta} left";
        let rate = |state: &ProgressState, text: &mut dyn Write| {
            let _ = write!(text, "{:.0}/s", state.per_sec());
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style.with_key("rate", rate).progress_chars("━━ "));
        }
        self.bar.set_prefix(self.label);
        self.bar.enable_steady_tick(std::time::Duration::from_millis(200));
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
