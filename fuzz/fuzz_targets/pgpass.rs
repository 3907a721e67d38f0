//! Password files: nothing panics, and a saved password is found again.
#![no_main]

use std::fs;
use std::os::unix::fs::PermissionsExt;

use libfuzzer_sys::fuzz_target;
use movienight::store::Location;

fuzz_target!(|input: (&str, &[u8])| {
    let (password, contents) = input;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pgpass");
    fs::write(&file, contents).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let variable = |name: &str| (name == "PGPASSFILE").then(|| file.clone().into_os_string());
    let place = "postgres://ana%3A%5C@db.example.net/films";
    let Ok(Location::Server(mut address)) = Location::parse(place.as_ref(), &variable) else { panic!("{place}") };
    let _ = address.password_from_file();
    // A line holds one password, and an empty password counts as none.
    if !password.is_empty() && !password.contains(['\r', '\n']) {
        address.set_password(password);
        address.save_password().unwrap();
        assert_eq!(address.password_from_file().as_deref(), Some(password));
    }
});
