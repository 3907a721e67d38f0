//! The progress of an update of the catalogue: a bar for each download, and one for the import.

use std::fmt::Write;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::catalog::Progress;

/// Interval at which the bar is drawn although nothing came.
const TICK: Duration = Duration::from_millis(200);
/// Writing takes about half as long as reading.
const WRITING: u64 = 2;

/// Bars on standard error, one after the other; hidden when nobody watches.
pub struct UpdateBar {
    bar: ProgressBar,
    hidden: bool,
    /// Bytes of the datasets that are imported.
    bytes: u64,
    /// Titles that will be written; none while datasets are read.
    titles: Option<u64>,
    written: u64,
}

impl UpdateBar {
    /// Bars that are shown when `watched`.
    pub fn new(watched: bool) -> Self {
        Self { bar: ProgressBar::hidden(), hidden: !watched, bytes: 0, titles: None, written: 0 }
    }

    fn show(&mut self, total: Option<u64>, already: u64, template: &str) {
        if self.hidden {
            return;
        }
        self.bar.finish_and_clear();
        self.bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr()).with_position(already);
        if let Ok(style) = ProgressStyle::with_template(template) {
            let style = style.with_key("done", done).with_key("speed", speed).with_key("left", left);
            self.bar.set_style(style.progress_chars("━━ "));
        }
        // What was there before says nothing about how fast the rest comes.
        self.bar.reset_eta();
        self.bar.enable_steady_tick(TICK);
    }
}

impl Progress for UpdateBar {
    fn download(&mut self, dataset: &'static str, total: Option<u64>, already: u64) {
        let what = dataset.trim_start_matches("title.").split('.').next().unwrap_or(dataset);
        let what = if what == "basics" { "titles" } else { what };
        let bar = if total.is_some() { "{wide_bar} " } else { "" };
        self.titles = None;
        self.show(total, already, &format!("{what:<9} {bar}{{done}} · {{speed}}{{left}}"));
    }

    fn read(&mut self, bytes: u64) {
        self.bytes = bytes;
        self.titles = None;
        self.show(Some(bytes + bytes / WRITING), 0, "importing {wide_bar} {percent} %{left}");
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

/// `120 of 214 MiB`.
fn done(state: &ProgressState, text: &mut dyn Write) {
    let of = state.len().map(|len| format!(" of {}", len.div_ceil(1 << 20))).unwrap_or_default();
    let _ = write!(text, "{}{of} MiB", state.pos() >> 20);
}

/// `12.1 MiB/s`.
fn speed(state: &ProgressState, text: &mut dyn Write) {
    let _ = write!(text, "{:.1} MiB/s", state.per_sec() / f64::from(1 << 20));
}

/// ` · 8s left`, once it is known.
fn left(state: &ProgressState, text: &mut dyn Write) {
    let seconds = state.eta().as_secs();
    let _ = match seconds {
        _ if state.pos() == 0 || state.len().is_none() => Ok(()),
        0..60 => write!(text, " · {seconds}s left"),
        60..3600 => write!(text, " · {}m {:02}s left", seconds / 60, seconds % 60),
        _ => write!(text, " · {}h {:02}m left", seconds / 3600, seconds / 60 % 60),
    };
}
