//! The file of passwords that psql reads: `host:port:database:user:password` a line, `*` for any, `\` before `:` and `\`.
//! (<https://www.postgresql.org/docs/current/libpq-pgpass.html>)

use std::fs;
use std::path::Path;

/// The password of the first line that fits. As with psql, a file that others may read does not count.
pub fn find(path: &Path, fields: [&str; 4]) -> Option<String> {
    // A pipe would be waited for.
    fs::metadata(path).ok().filter(|meta| meta.is_file() && !may_be_read_by_others(meta))?;
    fs::read_to_string(path).ok()?.lines().find_map(|line| password(line, fields))
}

/// There is such a file, and others may read it.
pub fn is_exposed(path: &Path) -> bool {
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
    let mut fields = vec![String::new()];
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => fields.last_mut()?.extend(chars.next()),
            ':' if fields.len() < 5 => fields.push(String::new()),
            _ => fields.last_mut()?.push(c),
        }
    }
    let [host, port, database, user, password] = <[String; 5]>::try_from(fields).ok()?;
    let fits = |(field, wanted): (&String, &str)| field == "*" || field == wanted;
    [&host, &port, &database, &user].into_iter().zip(wanted).all(fits).then_some(password)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_fits_is_taken() {
        let wanted = ["db.example.net", "5432", "films", "anna"];
        for (line, expected) in [
            ("db.example.net:5432:films:anna:secret", Some("secret")),
            ("*:*:*:anna:a\\:b\\\\c:d", Some("a:b\\c:d")),
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
    }
}
