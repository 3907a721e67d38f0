//! The platform's folders for a program's files, derived from an [`Env`].

use std::path::PathBuf;

use crate::env::Env;

/// The folder in the home folder where macOS programs keep their files.
const SUPPORT: &str = "Library/Application Support";

/// Returns the path of the default database: `$XDG_DATA_HOME/movienight/movienight.db`, or the platform's own place.
/// `None` if no home folder is known.
pub fn database(env: &Env) -> Option<PathBuf> {
    Some(folder(env, "APPDATA", SUPPORT, ["XDG_DATA_HOME", ".local/share"])?.join("movienight.db"))
}

/// Returns the path of the configuration file: `$XDG_CONFIG_HOME/movienight/config.toml`, or the platform's own place.
/// `None` if no home folder is known.
pub fn config(env: &Env) -> Option<PathBuf> {
    Some(folder(env, "APPDATA", SUPPORT, ["XDG_CONFIG_HOME", ".config"])?.join("config.toml"))
}

/// Returns the folder of this machine's state: `$XDG_STATE_HOME/movienight`, or the platform's own place.
pub fn state(env: &Env) -> Option<PathBuf> {
    let folder = folder(env, "LOCALAPPDATA", SUPPORT, ["XDG_STATE_HOME", ".local/state"])?;
    // Windows and macOS have no folder for state alone: it is kept beside the program's other files.
    let folder = if cfg!(any(windows, target_os = "macos")) { folder.join("state") } else { folder };
    folder.is_absolute().then_some(folder)
}

/// Returns the folder of what can be fetched again: `$XDG_CACHE_HOME/movienight`, or the platform's own place.
pub fn cache(env: &Env) -> Option<PathBuf> {
    let folder = folder(env, "LOCALAPPDATA", "Library/Caches", ["XDG_CACHE_HOME", ".cache"])?;
    let folder = if cfg!(windows) { folder.join("cache") } else { folder };
    folder.is_absolute().then_some(folder)
}

/// Returns the path of the local catalogue of IMDb's titles, in the folder of what can be fetched again.
pub fn catalog(env: &Env) -> Option<PathBuf> {
    Some(cache(env)?.join("catalog.db"))
}

/// Returns the program's folder. It is in the folder that the variable names on Windows, in a folder of the home on
/// macOS, and elsewhere in the folder that the XDG variable names, which has a default in the home.
fn folder(env: &Env, windows: &str, macos: &str, [xdg, default]: [&str; 2]) -> Option<PathBuf> {
    let folder = match () {
        () if cfg!(windows) => var(env, windows),
        () if cfg!(target_os = "macos") => in_home(env, macos),
        // The specification says to ignore relative paths (https://specifications.freedesktop.org/basedir/).
        () => var(env, xdg).filter(|path| path.is_absolute()).or_else(|| in_home(env, default)),
    };
    Some(folder?.join("movienight"))
}

fn in_home(env: &Env, folder: &str) -> Option<PathBuf> {
    var(env, "HOME").map(|home| home.join(folder))
}

fn var(env: &Env, name: &str) -> Option<PathBuf> {
    env.var_os(name).map(PathBuf::from)
}
