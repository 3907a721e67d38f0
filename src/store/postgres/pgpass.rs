//! The password file that psql reads. Each line is `host:port:database:user:password`, with `*` for any value and `\`
//! before `:` and `\` (<https://www.postgresql.org/docs/current/libpq-pgpass.html>).

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::Address;
use super::host::{SOCKET_FOLDERS, display_host};
use crate::files::{is_accessible_to_others, make_folder_of, replace};
use crate::model::text::sanitize;

/// The longest line in a message, in characters.
const MAX_SHOWN: usize = 300;

impl Address {
    /// Returns the password from the password file. `None` if it has none for this address.
    pub fn password_from_file(&self) -> Option<String> {
        find(self.route.password_file.as_ref()?, &self.fields())
    }

    /// Writes the address's password into the password file, before all other lines, and replaces an older one.
    pub fn save_password(&self) -> io::Result<&Path> {
        let no_home = || io::Error::other("there is no home folder for ~/.pgpass");
        let path = self.route.password_file.as_deref().ok_or_else(no_home)?;
        let password = String::from_utf8_lossy(self.route.config.get_password().unwrap_or_default());
        let start: String = self.fields().iter().map(|field| escaped(field) + ":").collect();
        let before = match fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            bytes => bytes?,
        };
        let others = before.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.starts_with(start.as_bytes()));
        let contents = [format!("{start}{}\n", escaped(&password)).into_bytes(), others.collect::<Vec<_>>().concat()];
        make_folder_of(path)?;
        replace(path, |file| {
            #[cfg(unix)]
            file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
            file.write_all(&contents.concat())?;
            file.sync_all()
        })?;
        Ok(path)
    }

    /// Returns the fields that identify the line in the password file.
    fn fields(&self) -> [String; 4] {
        let host = display_host(self.route.host());
        let host = if SOCKET_FOLDERS.contains(&host.as_str()) { "localhost".to_owned() } else { host };
        [host, self.route.port_of(0).to_string(), self.route.database().to_owned(), self.user.clone()]
    }

    /// Returns the hint that says where to put the password.
    pub(super) fn password_hint(&self) -> String {
        let Some(path) = &self.route.password_file else { return "set PGPASSWORD".to_owned() };
        let file = path.display();
        if is_accessible_to_others(path) {
            return format!("{file} is ignored because others may read it: chmod 600 {file}");
        }
        let escaped = self.fields().map(|field| escaped(&field));
        let line = sanitize(&format!("{}:PASSWORD", escaped.join(":")), MAX_SHOWN);
        format!("add the line {line} to {file} (mode 600), or set PGPASSWORD")
    }
}

fn escaped(field: &str) -> String {
    field.replace('\\', "\\\\").replace(':', "\\:")
}

/// Returns the password of the first matching line. Like psql, ignores a file that others may read.
fn find(path: &Path, wanted: &[String; 4]) -> Option<String> {
    let bytes = fs::read(path).ok().filter(|_| !is_accessible_to_others(path))?;
    // Another line may be in another encoding.
    let mut lines = bytes.split(|byte| *byte == b'\n').filter_map(|line| std::str::from_utf8(line).ok());
    lines.find_map(|line| password(line.trim_end_matches('\r'), wanted))
}

/// Returns the password of a line. `None` if its first four fields do not match.
fn password(line: &str, wanted: &[String; 4]) -> Option<String> {
    let mut rest = line;
    for wanted in wanted {
        let (field, after) = next_field(rest);
        if field != *wanted && !rest.starts_with("*:") {
            return None;
        }
        rest = after?;
    }
    Some(next_field(rest).0).filter(|_| !line.starts_with('#'))
}

/// Returns the first field of a line's rest, unescaped, and the text after its colon.
fn next_field(rest: &str) -> (String, Option<&str>) {
    let mut field = String::new();
    let mut chars = rest.chars();
    while let Some(c) = chars.next() {
        match c {
            ':' => return (field, Some(chars.as_str())),
            '\\' => field.extend(chars.next()),
            _ => field.push(c),
        }
    }
    (field, None)
}
