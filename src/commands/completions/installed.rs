//! Where the completions of the shell in use are installed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::env::Env;

/// The shell in use, and its completions.
pub struct Installed {
    /// Its name.
    pub name: &'static str,
    /// The file that holds or loads the completions. `None` if there is none in the usual places.
    pub path: Option<PathBuf>,
    /// The command that installs them.
    pub install: &'static str,
}

/// A shell: its name, the file of completions in a folder of shared data, other such files, files that may load them, the
/// command that installs them. `~` is the home folder.
type Shell = (&'static str, &'static str, &'static [&'static str], &'static [&'static str], &'static str);

const SHELLS: [Shell; 3] = [
    (
        "bash",
        "bash-completion/completions/movienight",
        &["/etc/bash_completion.d/movienight"],
        &["~/.bashrc", "~/.bash_profile", "~/.bash_completion"],
        "echo 'source <(movienight completions bash)' >> ~/.bashrc",
    ),
    (
        "zsh",
        "zsh/site-functions/_movienight",
        &["~/.zfunc/_movienight", "/usr/share/zsh/vendor-completions/_movienight"],
        &["~/.zshrc"],
        "movienight completions zsh > ~/.zfunc/_movienight, where ~/.zfunc is a folder in your fpath",
    ),
    (
        "fish",
        "fish/vendor_completions.d/movienight.fish",
        &["~/.config/fish/completions/movienight.fish"],
        &["~/.config/fish/config.fish"],
        "movienight completions fish > ~/.config/fish/completions/movienight.fish",
    ),
];

/// Folders of shared data.
const SHARED: [&str; 3] = ["~/.local/share", "/usr/local/share", "/usr/share"];

impl Installed {
    /// Looks into the usual places. `None` if SHELL is none of bash, zsh and fish.
    pub fn find(env: &Env) -> Option<Self> {
        let shell = Path::new(env.var_os("SHELL")?).file_name()?;
        let (name, shared, others, loading, install) = SHELLS.into_iter().find(|(name, ..)| shell == *name)?;
        let home = Path::new(env.var_os("HOME").unwrap_or_default());
        let path =
            |path: &&'static str| path.strip_prefix("~/").map_or_else(|| PathBuf::from(path), |rest| home.join(rest));
        let loads = |path: &PathBuf| fs::read_to_string(path).is_ok_and(|text| text.contains("movienight completions"));
        let places = others.iter().map(path).chain(SHARED.iter().map(|folder| path(folder).join(shared)));
        let held = places.into_iter().find(|path| path.exists());
        Some(Self { name, path: held.or_else(|| loading.iter().map(path).find(loads)), install })
    }
}
