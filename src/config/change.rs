//! Changing `config.toml`: one process at a time, whole or not at all. Comments are kept.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use anyhow::Result;
use toml_edit::{DocumentMut, Item, RawString, Table, Value};

use super::file::{ConfigFile, parse, read_text};
use super::table::{Kind, SETTINGS};
use crate::files::{make_folder_of, replace, with_suffix};
use crate::user_error::{Code, UserError};

/// New values by key; `None` removes a key. A key is that of a setting, or `boards.` and a short name.
pub type Changes = Vec<(String, Option<String>)>;

/// Applies the changes that `changes` returns for the contents of a file. Other writers wait meanwhile, so that nothing
/// is lost. Creates the file if need be. Returns true if something changed.
///
/// # Errors
/// The file is not TOML, or cannot be read or written. Its old contents stay.
pub fn change(path: &Path, changes: impl FnOnce(&ConfigFile) -> Result<Changes>) -> Result<bool> {
    let failed = |error: io::Error| {
        let failure = UserError::cannot_write(&format!("the settings to {}", path.display()), &error);
        let advice = "check the permissions of the file and its folder, or choose another file with --config PATH";
        if failure.hint.is_none() { failure.hint(advice) } else { failure }
    };
    // A symbolic link stays one: dotfiles are often kept elsewhere.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    make_folder_of(&path).map_err(failed)?;
    // The lock file stays: removing it would let two processes lock two files.
    let lock =
        File::options().write(true).create(true).truncate(false).open(with_suffix(&path, ".lock")).map_err(failed)?;
    lock.lock().map_err(failed)?;
    let unusable = |failure: UserError| failure.code(Code::Settings);
    let text = read_text(&path).map_err(unusable)?.unwrap_or_default();
    let before = parse(&text, &path);
    let mut document: DocumentMut = match (text.parse(), &before) {
        (Ok(document), _) => document,
        (Err(_), Err(failure)) => return Err(unusable(failure.clone()).into()),
        (Err(error), Ok(_)) => return Err(error.into()),
    };
    // Compared instead of `text`, whose line ends may differ.
    let unchanged = document.to_string();
    for (key, value) in changes(&before.unwrap_or_default())? {
        match value {
            Some(text) => set(&mut document, &key, &text),
            None => unset(&mut document, &key),
        }
    }
    let after = document.to_string();
    if after == unchanged {
        return Ok(false);
    }
    // A file with an invalid setting may hold a key all the same.
    let is_secret = parse(&after, &path).map_or(true, |file| file.is_secret());
    let written = replace(&path, |file| {
        keep_mode(file, &path, is_secret)?;
        file.write_all(after.as_bytes())?;
        file.sync_all()
    });
    written.map_err(failed)?;
    Ok(true)
}

/// Keeps the mode of the file. A file that may hold a key or a password is made accessible to its owner only.
fn keep_mode(file: &File, path: &Path, is_secret: bool) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if is_secret {
            file.set_permissions(fs::Permissions::from_mode(0o600))?;
        } else if let Ok(meta) = fs::metadata(path) {
            file.set_permissions(meta.permissions())?;
        }
    }
    #[cfg(not(unix))]
    let _ = (file, path, is_secret);
    Ok(())
}

/// Sets a value. A comment after the old value stays.
fn set(document: &mut DocumentMut, key: &str, text: &str) {
    let Some((table, key)) = table_of(document, key) else { return };
    let is_switch = SETTINGS.iter().any(|setting| setting.key == key && setting.kind == Kind::Switch);
    let mut new = if is_switch { Value::from(text == "true") } else { Value::from(text) };
    if let Some(old) = table.get(key).and_then(Item::as_value) {
        *new.decor_mut() = old.decor().clone();
    }
    table[key] = Item::Value(new);
}

/// Removes a value with the comment directly above it, but no earlier paragraph.
fn unset(document: &mut DocumentMut, key: &str) {
    let is_set = match key.strip_prefix("boards.") {
        Some(name) => document.get("boards").and_then(|boards| boards.get(name)).is_some(),
        None => document.contains_key(key),
    };
    // Looked up only for a set key, because `table_of` would create a table of boards.
    let found = if is_set { table_of(document, key) } else { None };
    let Some((table, key)) = found else { return };
    let above = |table: &Table, key: &str| {
        let prefix = table.key(key).and_then(|key| key.leaf_decor().prefix()).and_then(RawString::as_str);
        prefix.unwrap_or_default().to_owned()
    };
    let mut kept = above(table, key);
    let ends = ["\n\n", "\n\r\n"].iter().filter_map(|blank| Some(kept.rfind(blank)? + blank.len()));
    kept.truncate(ends.max().unwrap_or(0));
    let next = table.iter().skip_while(|(other, _)| *other != key).nth(1).map(|(next, _)| next.to_owned());
    table.remove(key);
    match next {
        Some(next) => {
            let both = kept + &above(table, &next);
            if let Some(mut next) = table.key_mut(&next) {
                next.leaf_decor_mut().set_prefix(both);
            }
        }
        None => {
            let both = kept + document.trailing().as_str().unwrap_or_default();
            document.set_trailing(both);
        }
    }
}

/// Returns the table that holds a key, and the key's name in it. Creates the table of boards if there is none.
fn table_of<'d, 'k>(document: &'d mut DocumentMut, key: &'k str) -> Option<(&'d mut Table, &'k str)> {
    let Some(name) = key.strip_prefix("boards.") else { return Some((document.as_table_mut(), key)) };
    let boards = document.entry("boards").or_insert(Item::Table(Table::new()));
    if let Some(inline) = boards.as_inline_table().cloned() {
        *boards = Item::Table(inline.into_table());
    }
    Some((boards.as_table_mut()?, name))
}
