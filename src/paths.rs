//! The platform's folders for a program's files, from the environment that is handed in.

use std::path::PathBuf;

use crate::env::Env;

/// The folder of a program's files within the platform's own.
const NAME: &str = "movienight";

/// The default database: `$XDG_DATA_HOME/movienight/movienight.db`, or the platform's own place. `None` if no home folder
/// is known.
pub fn database(env: &Env) -> Option<PathBuf> {
    let folder = match () {
        () if cfg!(windows) => var(env, "APPDATA"),
        () if cfg!(target_os = "macos") => in_home(env, "Library/Application Support"),
        () => xdg(env, "XDG_DATA_HOME", ".local/share"),
    };
    Some(folder?.join(NAME).join("movienight.db"))
}

/// The configuration file: `$XDG_CONFIG_HOME/movienight/config.toml`, or the platform's own place. `None` if no home folder
/// is known.
pub fn config(env: &Env) -> Option<PathBuf> {
    let folder = match () {
        () if cfg!(windows) => var(env, "APPDATA"),
        () if cfg!(target_os = "macos") => in_home(env, "Library/Application Support"),
        () => xdg(env, "XDG_CONFIG_HOME", ".config"),
    };
    Some(folder?.join(NAME).join("config.toml"))
}

/// The folder of what this machine remembers: `$XDG_STATE_HOME/movienight`, or the platform's own place.
pub fn state(env: &Env) -> Option<PathBuf> {
    let folder = match () {
        () if cfg!(windows) => var(env, "LOCALAPPDATA").map(|folder| folder.join(NAME).join("state")),
        () if cfg!(target_os = "macos") => {
            in_home(env, "Library/Application Support").map(|folder| folder.join(NAME).join("state"))
        }
        () => xdg(env, "XDG_STATE_HOME", ".local/state").map(|folder| folder.join(NAME)),
    };
    folder.filter(|path| path.is_absolute())
}

/// The folder of what can be fetched again: `$XDG_CACHE_HOME/movienight`, or the platform's own place.
pub fn cache(env: &Env) -> Option<PathBuf> {
    let folder = match () {
        () if cfg!(windows) => var(env, "LOCALAPPDATA").map(|folder| folder.join(NAME).join("cache")),
        () if cfg!(target_os = "macos") => in_home(env, "Library/Caches").map(|folder| folder.join(NAME)),
        () => xdg(env, "XDG_CACHE_HOME", ".cache").map(|folder| folder.join(NAME)),
    };
    folder.filter(|path| path.is_absolute())
}

/// The local catalogue of IMDb's titles, in the folder of what can be fetched again.
pub fn catalog(env: &Env) -> Option<PathBuf> {
    Some(cache(env)?.join("catalog.db"))
}

fn xdg(env: &Env, variable: &str, in_home_folder: &str) -> Option<PathBuf> {
    // The specification says to pass over a relative path (https://specifications.freedesktop.org/basedir/).
    var(env, variable).filter(|path| path.is_absolute()).or_else(|| in_home(env, in_home_folder))
}

fn in_home(env: &Env, folder: &str) -> Option<PathBuf> {
    var(env, "HOME").map(|home| home.join(folder))
}

fn var(env: &Env, name: &str) -> Option<PathBuf> {
    env.var_os(name).map(PathBuf::from)
}
