//! The file of passwords that psql reads: `host:port:database:user:password` a line, `*` for any, `\` before `:` and `\`.
//! (<https://www.postgresql.org/docs/current/libpq-pgpass.html>)

use std::fs;
use std::path::Path;

use super::Address;
use super::host::{Host, SOCKET_FOLDERS, Secret};
use crate::model::text::clean;

/// Longest line that is shown, in characters.
const MAX_SHOWN: usize = 300;

impl Address {
    /// The password, from the address, the environment, or the file of passwords.
    pub fn password(&self) -> Option<Secret> {
        let from_file = || {
            let fields = self.fields();
            find(self.password_file.as_ref()?, fields.each_ref().map(String::as_str)).map(Secret)
        };
        self.password.clone().or_else(from_file)
    }

    /// What a line of the file of passwords has to name.
    fn fields(&self) -> [String; 4] {
        let host = match &self.host {
            Host::Tcp(name) => name.clone(),
            Host::Socket(folder) if SOCKET_FOLDERS.iter().any(|usual| Path::new(usual) == folder) => {
                "localhost".to_owned()
            }
            Host::Socket(folder) => folder.to_string_lossy().into_owned(),
        };
        [host, self.port.to_string(), self.database.clone(), self.user.clone()]
    }

    /// Where to put the password, as the next step.
    pub(super) fn password_hint(&self) -> String {
        let path = self.password_file.as_deref();
        if let Some(path) = path.filter(|path| is_exposed(path)) {
            let path = path.display();
            return format!("{path} does not count, because others may read it: chmod 600 {path}");
        }
        let escaped = self.fields().map(|field| field.replace('\\', "\\\\").replace(':', "\\:"));
        let line = clean(&format!("{}:PASSWORD", escaped.join(":")), MAX_SHOWN);
        match path {
            Some(path) => format!("put the line {line} into {} (mode 600), or set PGPASSWORD", path.display()),
            None => "set PGPASSWORD".to_owned(),
        }
    }
}

/// The password of the first line that fits. As with psql, a file that others may read does not count.
fn find(path: &Path, fields: [&str; 4]) -> Option<String> {
    // A pipe would be waited for.
    fs::metadata(path).ok().filter(|meta| meta.is_file() && !may_be_read_by_others(meta))?;
    let bytes = fs::read(path).ok()?;
    // Another line may be in another encoding.
    let mut lines = bytes.split(|byte| *byte == b'\n').filter_map(|line| std::str::from_utf8(line).ok());
    lines.find_map(|line| password(line.trim_end_matches('\r'), fields))
}

/// There is such a file, and others may read it.
fn is_exposed(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|meta| meta.is_file() && may_be_read_by_others(&meta))
}

#[cfg(unix)]
fn may_be_read_by_others(meta: &fs::Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&meta.permissions()) & 0o077 != 0
}

#[cfg(not(unix))]
fn may_be_read_by_others(_: &fs::Metadata) -> bool {
    false
}

fn password(line: &str, wanted: [&str; 4]) -> Option<String> {
    if line.starts_with('#') {
        return None;
    }
    let mut fields = vec![Field::default()];
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            ':' => fields.push(Field::default()),
            _ => fields.last_mut()?.push(c, &mut chars),
        }
    }
    let [host, port, database, user, password, ..] = fields.as_slice() else { return None };
    let fits = |(field, wanted): (&Field, &str)| field.is_any() || field.text == wanted;
    [host, port, database, user].into_iter().zip(wanted).all(fits).then(|| password.text.clone())
}

/// A field of a line.
#[derive(Default)]
struct Field {
    text: String,
    /// A character in it was escaped.
    has_escape: bool,
}

impl Field {
    /// Adds a character, or the one that it escapes.
    fn push(&mut self, c: char, rest: &mut std::str::Chars<'_>) {
        self.has_escape |= c == '\\';
        self.text.extend(if c == '\\' { rest.next() } else { Some(c) });
    }

    fn is_any(&self) -> bool {
        self.text == "*" && !self.has_escape
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_fits_is_taken() {
        let wanted = ["db.example.net", "5432", "films", "anna"];
        for (line, expected) in [
            ("db.example.net:5432:films:anna:secret", Some("secret")),
            ("*:*:*:anna:a\\:b\\\\c:d", Some("a:b\\c")),
            ("\\*:*:*:anna:secret", None),
            ("*:*:*:ben:secret", None),
            ("#*:*:*:anna:secret", None),
            ("db.example.net:5432:films", None),
        ] {
            assert_eq!(password(line, wanted).as_deref(), expected, "{line}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_may_read_does_not_count() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pgpass");
        fs::write(&path, "*:*:*:anna:secret\n").unwrap();
        for (mode, expected) in [(0o600, Some("secret")), (0o640, None)] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(find(&path, ["h", "1", "d", "anna"]).as_deref(), expected);
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(&path, b"# f\xfcr uns\n*:*:*:anna:secret\r\n").unwrap();
        assert_eq!(find(&path, ["h", "1", "d", "anna"]).as_deref(), Some("secret"));
    }
}
