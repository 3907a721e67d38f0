//! The platform's folders for a program's files, from the environment that is handed in.

use std::path::PathBuf;

use crate::env::Env;

/// The folder in a home where macOS keeps the files of programs.
const SUPPORT: &str = "Library/Application Support";

/// The default database: `$XDG_DATA_HOME/movienight/movienight.db`, or the platform's own place. `None` if no home folder
/// is known.
pub fn database(env: &Env) -> Option<PathBuf> {
    Some(folder(env, "APPDATA", SUPPORT, ["XDG_DATA_HOME", ".local/share"])?.join("movienight.db"))
}

/// The configuration file: `$XDG_CONFIG_HOME/movienight/config.toml`, or the platform's own place. `None` if no home folder
/// is known.
pub fn config(env: &Env) -> Option<PathBuf> {
    Some(folder(env, "APPDATA", SUPPORT, ["XDG_CONFIG_HOME", ".config"])?.join("config.toml"))
}

/// The folder of what this machine remembers: `$XDG_STATE_HOME/movienight`, or the platform's own place.
pub fn state(env: &Env) -> Option<PathBuf> {
    let folder = folder(env, "LOCALAPPDATA", SUPPORT, ["XDG_STATE_HOME", ".local/state"])?;
    // Beside other files of the program, where the platform has no folder of its own for it.
    let folder = if cfg!(any(windows, target_os = "macos")) { folder.join("state") } else { folder };
    folder.is_absolute().then_some(folder)
}

/// The folder of what can be fetched again: `$XDG_CACHE_HOME/movienight`, or the platform's own place.
pub fn cache(env: &Env) -> Option<PathBuf> {
    let folder = folder(env, "LOCALAPPDATA", "Library/Caches", ["XDG_CACHE_HOME", ".cache"])?;
    let folder = if cfg!(windows) { folder.join("cache") } else { folder };
    folder.is_absolute().then_some(folder)
}

/// The local catalogue of IMDb's titles, in the folder of what can be fetched again.
pub fn catalog(env: &Env) -> Option<PathBuf> {
    Some(cache(env)?.join("catalog.db"))
}

/// The program's folder in the one that the variable names on Windows, in a folder of the home on macOS, or elsewhere in
/// the one that the XDG variable names, with its default in the home.
fn folder(env: &Env, windows: &str, macos: &str, [xdg, default]: [&str; 2]) -> Option<PathBuf> {
    let folder = match () {
        () if cfg!(windows) => var(env, windows),
        () if cfg!(target_os = "macos") => in_home(env, macos),
        // The specification says to pass over a relative path (https://specifications.freedesktop.org/basedir/).
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
