//! File permissions, and commands run as a user who may write nothing.

use std::path::Path;

use super::{Friends, binary};

#[cfg(unix)]
pub const NOBODY: u32 = 65534;

#[cfg(unix)]
pub fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|meta| std::os::unix::fs::MetadataExt::uid(&meta) == 0)
}

/// Lets everybody read a file and nobody write it.
pub fn make_readable(path: &Path) {
    set_mode(path, 0o444);
}

/// Lets the owner write a file.
pub fn make_writable(path: &Path) {
    set_mode(path, 0o644);
}

fn set_mode(path: &Path, mode: u32) {
    #[cfg(unix)]
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
    #[cfg(not(unix))]
    let _ = (path, mode);
}

/// Runs a command in a folder that it may not write. `None` if this platform cannot do that. No permission stops root,
/// so under root the command runs as another user.
pub fn as_nobody(friends: &Friends, command: &mut std::process::Command) -> Option<std::process::Output> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        use std::os::unix::process::CommandExt;
        let folder = friends.folder.path();
        let set = |mode| std::fs::set_permissions(folder, std::fs::Permissions::from_mode(mode)).unwrap();
        let output = if is_root() {
            // A copy, because other users may not be allowed to read the build folder.
            let copy = folder.join("movienight-copy");
            // Copied by another process: a program that is open for writing cannot be started, and processes that other
            // threads start meanwhile would inherit the open file from this one.
            assert!(std::process::Command::new("cp").args([binary(), &copy]).status().unwrap().success());
            std::fs::set_permissions(&copy, std::fs::Permissions::from_mode(0o755)).unwrap();
            let mut other = std::process::Command::new(&copy);
            other.args(command.get_args()).env_clear();
            other.envs(command.get_envs().filter_map(|(k, v)| Some((k, v?))));
            other.current_dir(folder).stdin(std::process::Stdio::null()).uid(NOBODY).gid(NOBODY);
            set(0o755);
            other.output()
        } else {
            set(0o555);
            command.output()
        };
        set(0o700);
        Some(output.unwrap())
    }
    #[cfg(not(unix))]
    {
        let _ = (friends, command);
        None
    }
}
