//! Why a movie does not fit into the evening, in words.

use crate::env::Zone;
use crate::model::evening::Misfit;
use crate::view::format::{clock, runtime};
use crate::view::movie::MovieView;

/// The reason, marked: `✗ runs 2h 50m`; empty for what fits.
pub fn misfit(movie: &MovieView<'_>, zone: &Zone) -> String {
    let title = &movie.title;
    let words = match movie.misfit {
        None => return String::new(),
        Some(Misfit::TooLong) => format!("runs {}", title.runtime_minutes.map(runtime).unwrap_or_default()),
        Some(Misfit::EndsTooLate) => {
            format!("ends at {}", movie.ends_at.map(|at| clock(at.0, zone)).unwrap_or_default())
        }
        Some(Misfit::Genre) => format!("is {}", title.genres.unwrap_or_default().join(", ")),
        Some(Misfit::Years) => format!("is of {}", title.year.map(|y| y.to_string()).unwrap_or_default()),
        Some(Misfit::Rating) => format!("is rated {}", title.rating.map(|r| r.to_string()).unwrap_or_default()),
    };
    format!("✗ {words}")
}
