//! Why a movie does not fit into the evening, marked.

use crate::env::Zone;
use crate::view::movie::MovieView;

/// The reason, marked: `✗ runs 2h 50m`; empty for what fits.
pub fn misfit(movie: &MovieView<'_>, zone: &Zone) -> String {
    movie.misfit_words(zone).map(|words| format!("✗ {words}")).unwrap_or_default()
}
