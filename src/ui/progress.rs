//! The progress bar of a refresh, a search or a catalogue update.

use std::fmt::Write;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::env::{Progress, Unit};

/// A bar on standard error with count, rate and remaining time.
pub struct Bar {
    bar: ProgressBar,
    is_visible: bool,
}

impl Bar {
    /// Makes a bar that is drawn only if `is_visible`.
    pub fn new(is_visible: bool) -> Self {
        Self { bar: ProgressBar::hidden(), is_visible }
    }

    /// Replaces the previous bar. It is redrawn even while there is no progress.
    fn show(&mut self, total: Option<u64>, done: u64, template: &str) {
        self.bar.finish_and_clear();
        if !self.is_visible {
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
        // What was done earlier says nothing about the current speed.
        self.bar.reset_eta();
    }
}

impl Progress for Bar {
    fn begin(&mut self, label: &str, unit: Unit, total: Option<u64>, done: u64) {
        let progress = match (unit, total) {
            (_, Some(0)) => return,
            (Unit::Titles, _) => "{wide_bar} {pos}/{len} · {rate} · {eta} left",
            (Unit::Bytes, Some(_)) => {
                "{wide_bar} {binary_bytes} of {binary_total_bytes} · {binary_bytes_per_sec} · {eta} left"
            }
            (Unit::Bytes, None) => "{binary_bytes} · {binary_bytes_per_sec}",
            (Unit::Share, _) => "{wide_bar} {percent} % · {eta} left",
        };
        self.show(total, done, &format!("{label:<9} {progress}"));
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
