//! Settings: where they come from, what is wrong with them, and changing them.

use std::fs;
use std::path::PathBuf;

use serde_json::json;

use crate::support::users::{as_nobody, is_root};
use crate::support::{Friends, wait_until};

fn file(friends: &Friends) -> PathBuf {
    friends.folder.path().join("config/movienight/config.toml")
}

fn write(friends: &Friends, text: &str) {
    fs::create_dir_all(file(friends).parent().unwrap()).unwrap();
    fs::write(file(friends), text).unwrap();
}

/// Returns the rows of `config` as setting, value and origin, without the path of the friends' folder.
fn listed(friends: &Friends, line: &str) -> String {
    let out = friends.run(line).ok().out;
    let rows = out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ") + "\n");
    rows.collect::<String>().replace(friends.folder.path().to_str().unwrap(), "")
}

#[test]
fn a_setting_comes_from_an_option_a_variable_the_file_or_its_default() {
    let mut friends = Friends::offline().in_file();
    for name in ["MOVIENIGHT_IMDBAPI_URL", "MOVIENIGHT_CINEMETA_URL", "MOVIENIGHT_DATASETS_URL"] {
        friends.vars.remove(name);
    }
    write(
        &friends,
        "name = \"Cleo\"\nboard = \"films.db\" # beside this file\nsources = [\"cinemeta\", \"omdb\"]\nomdb-key = \"s3cret\"\n\
         [boards]\nwork = \"postgres://ana:geheim@db.example.net/films\"\n",
    );
    friends.set("MOVIENIGHT_USER", "Ben");
    assert_eq!(
        listed(&friends, "config --color never"),
        "\
Setting From Value
board config.toml /config/movienight/films.db
name MOVIENIGHT_USER Ben
sources config.toml cinemeta,omdb
omdb-key config.toml ***
poster default auto
color --color never
plain default false
offline MOVIENIGHT_OFFLINE 1
boards.work config.toml postgres://ana@db.example.net/films
config.toml: /config/movienight/config.toml
"
    );
    assert_eq!(friends.run("config get name -a Emil").ok().out, "Emil\n");
    friends.vars.remove("MOVIENIGHT_USER");
    assert_eq!(friends.run("config get name").ok().out, "Cleo\n");
    assert_eq!(friends.run("config get color").ok().out, "auto\n");
    let color = json!({"key": "color", "value": "never", "origin": "--color", "warnings": []});
    assert_eq!(friends.run("config get color --color never --json").json(), color);
    let path = file(&friends).display().to_string();
    assert_eq!(friends.run("config path --json").json(), json!({"path": path, "warnings": []}));
    let mut on_server = Friends::offline();
    on_server.set("MOVIENIGHT_DB", "postgres://anna:s3cret@db.example.net/films");
    assert_eq!(on_server.run("config get board").ok().out, "postgres://anna@db.example.net/films\n");
    let json = friends.run("config --json").json();
    assert_eq!(json["settings"][3]["value"], "***");
    assert!(!json.to_string().contains("s3cret") && !json.to_string().contains("geheim"));
}

#[test]
fn errors_in_the_settings_file_are_named_with_their_line() {
    let friends = Friends::offline().in_file();
    for (text, expected) in [
        (
            "# mine\nnmae = \"Ana\"\n",
            "config.toml line 2: there is no setting \"nmae\": did you mean name? movienight config edit",
        ),
        (
            "color = \"never\"\n\nfrobnicate = 1\n",
            "line 3: there is no setting \"frobnicate\": a newer movienight may know it",
        ),
        ("offline = \"yes\"\n", "line 1: offline must be true or false"),
        ("name = Ana\n", "line 1: "),
        ("name = 5\n", "line 1: name must be a string in quotes"),
        ("color = \"blue\"\n", "line 1: color must be one of auto, always, never"),
        ("board = \"~/films.db\"\n", "line 1: board needs the full path"),
        ("[boards]\nfilms = '~/x.db'\n", "line 2: \"films\" in [boards] needs the full path: ~ is not expanded"),
        ("[boards]\nfilms = 5\n", "line 2: \"films\" in [boards] must be a path or a postgres:// address"),
        ("omdb-key = \"s3cret\n", "line 1: "),
    ] {
        write(&friends, text);
        let error = friends.run("propose --title A").fails();
        assert!(error.contains(expected) && !error.contains("s3cret"), "{text}: {error}");
        assert_eq!(error.lines().count(), 1, "{error}");
        let ran = friends.run("config").ok();
        assert!(ran.err.contains("warning: ") && ran.err.contains(" line "), "{ran:?}");
        for line in ["help", "completions bash", "man", "config path", "complete movies"] {
            assert_eq!(friends.run(line).ok().err, "", "{line}");
        }
    }
    assert!(!friends.db().exists());
    // An unknown setting can be removed, and a file that is not TOML is not overwritten.
    write(&friends, "nmae = \"Ana\"\n");
    assert!(friends.run("config unset nmae").ok().out.starts_with("Removed nmae from "));
    friends.run("propose --title A").ok();
    write(&friends, "name = Ana\n");
    assert!(friends.run("config set name Ben").fails().contains("line 1: "));
    // The file cannot be read, and may set another value than the default.
    assert!(friends.run("config get color").fails().contains("line 1: "));
    assert_eq!(friends.run("config get color --color never").ok().out, "never\n");
    assert_eq!(fs::read_to_string(file(&friends)).unwrap(), "name = Ana\n");
    let error = friends.run("vote --config nowhere.toml").fails();
    assert!(error.contains("cannot read the settings in nowhere.toml"), "{error}");
}

#[cfg(feature = "postgres")]
#[test]
fn changing_a_setting_keeps_comments_and_validates_the_value() {
    let friends = Friends::offline().in_file();
    write(&friends, "# Ours.\nname = \"Ana\" # me\n\n# dark room\ncolor = \"never\"\n");
    friends.run("config set name Ben").ok();
    friends.run("config unset color").ok();
    let out = friends.run("config set board films.db").ok().out;
    let place = std::path::absolute("films.db").unwrap();
    assert!(out.starts_with(&format!("Set board to {}", place.display())), "{out}");
    friends.run("config set offline true").ok();
    friends.run("config set boards.work postgres://ana@db.example.net/films").ok();
    let text = fs::read_to_string(file(&friends)).unwrap();
    let expected = format!(
        "# Ours.\nname = \"Ben\" # me\nboard = \"{}\"\noffline = true\n\n[boards]\nwork = \"postgres://ana@db.example.net/films\"\n",
        place.display()
    );
    assert_eq!(text, expected);
    for (line, expected) in [
        ("config set sources ,", "unknown source \"\" in sources (known: imdbapi, cinemeta, omdb)"),
        ("config set nmae Ana", "there is no setting \"nmae\": did you mean name? movienight config lists them"),
        ("config set color blue", "color must be one of auto, always, never"),
        ("config set offline maybe", "offline must be true or false"),
        ("config set sources imdb", "unknown source \"imdb\" in sources (known: imdbapi, cinemeta, omdb)"),
        ("config set board postgres://a:geheim@h/d", "movienight join PLACE saves it in ~/.pgpass"),
        ("config set boards.a.b x.db", "\"a.b\" is not a valid short name for a board"),
        ("config get nmae", "did you mean name?"),
        ("config set user Ana", "there is no setting \"user\": did you mean name? movienight config lists them"),
        ("config set MOVIENIGHT_USER Ana", "there is no setting \"MOVIENIGHT_USER\": did you mean name?"),
        ("config get db", "did you mean board?"),
    ] {
        let error = friends.run(line).fails();
        assert!(error.contains(expected) && !error.contains("geheim"), "{line}: {error}");
    }
    assert_eq!(fs::read_to_string(file(&friends)).unwrap(), text);
    for key in ["omdb-key", "boards.away"] {
        let ran = friends.run(&format!("config get {key}"));
        assert_eq!((ran.code, &*ran.out, &*ran.err), (1, "", ""));
        let ran = friends.run(&format!("config get {key} --json"));
        let expected = json!({"key": key, "value": null, "origin": "default", "warnings": []});
        assert_eq!((ran.code, serde_json::from_str(&ran.out).ok()), (1, Some(expected)), "{key}");
    }
    assert!(friends.run("config unset board").ok().out.starts_with("Removed board from "));
    assert!(friends.run("config unset board").ok().out.starts_with("board is not set in "));
    // A comment at the top with an empty line below it is about the whole file, and stays.
    write(&friends, "# Ours.\n\n# me\nname = \"Ana\"\noffline = true\n");
    friends.run("config unset name").ok();
    assert_eq!(fs::read_to_string(file(&friends)).unwrap(), "# Ours.\n\noffline = true\n");
    friends.run("config unset offline").ok();
    assert_eq!(fs::read_to_string(file(&friends)).unwrap(), "# Ours.\n\n");
    write(&friends, "# Ours.\r\n\r\n# me\r\nname = \"Ana\"\r\n");
    friends.run("config unset name").ok();
    assert!(fs::read_to_string(file(&friends)).unwrap().starts_with("# Ours."));
    for key in ["name", "boards.films"] {
        write(&friends, "offline = true\r\n");
        assert!(friends.run(&format!("config unset {key}")).ok().out.contains("is not set in"));
        assert_eq!(fs::read_to_string(file(&friends)).unwrap(), "offline = true\r\n");
    }
}

#[test]
fn concurrent_config_writers_lose_nothing() {
    let friends = Friends::offline();
    std::thread::scope(|scope| {
        for writer in 0..8 {
            let friends = &friends;
            scope.spawn(move || {
                for n in 0..5 {
                    friends.run(&format!("config set boards.b{writer}_{n} /films-{n}.db")).ok();
                }
            });
        }
    });
    assert_eq!(friends.run("config --json").json()["boards"].as_object().unwrap().len(), 40);
}

#[cfg(unix)]
#[test]
fn a_file_with_a_key_becomes_private_and_a_link_is_kept() {
    use std::os::unix::fs::PermissionsExt;
    let friends = Friends::offline();
    let dotfiles = friends.folder.path().join("dotfiles.toml");
    fs::write(&dotfiles, "name = \"Ana\"\n").unwrap();
    fs::set_permissions(&dotfiles, fs::Permissions::from_mode(0o644)).unwrap();
    fs::create_dir_all(file(&friends).parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(&dotfiles, file(&friends)).unwrap();
    let mode = || fs::metadata(&dotfiles).unwrap().permissions().mode() & 0o777;
    friends.run("config set color never").ok();
    assert_eq!(mode(), 0o644);
    let out = friends.run("config set omdb-key s3cret").ok().out;
    assert!(!out.contains("s3cret"), "{out}");
    assert_eq!(mode(), 0o600);
    assert!(fs::symlink_metadata(file(&friends)).unwrap().is_symlink());
    // Also beside a setting that this version does not know.
    fs::write(&dotfiles, "newer = 1\n").unwrap();
    fs::set_permissions(&dotfiles, fs::Permissions::from_mode(0o644)).unwrap();
    friends.run("config set omdb-key s3cret").ok();
    assert_eq!(mode(), 0o600);
}

#[test]
fn unwritable_settings_are_reported() {
    let mut friends = Friends::offline().in_file();
    let folder = friends.folder.path().join("config");
    fs::create_dir_all(folder.join("movienight")).unwrap();
    let mut command = friends.command();
    command.args(["config", "set", "name", "Ana"]);
    if let Some(output) = as_nobody(&friends, &mut command).filter(|_| is_root()) {
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains("cannot write the settings to ") && error.contains("--config PATH"), "{error}");
    }
    friends.vars.remove("XDG_CONFIG_HOME");
    friends.vars.remove("HOME");
    friends.run("vote -a Ana").ok();
    let error = friends.run("config set name Ana").fails();
    assert!(error.contains("no home folder to keep the settings in: name a file with --config PATH"), "{error}");
    let path = friends.folder.path().join("own.toml");
    friends.args(&["config", "set", "name", "Ana", "--config", path.to_str().unwrap()]).ok();
    assert_eq!(fs::read_to_string(path).unwrap(), "name = \"Ana\"\n");
}

#[test]
fn no_board_is_created_by_accident() {
    let mut friends = Friends::offline().in_file();
    let disk = friends.folder.path().join("disk/films.db");
    write(&friends, &format!("board = '{0}'\n[boards]\nfilms = '{0}'\n", disk.display()));
    let away = format!("the board {} is not there: is its disk mounted?", disk.display());
    friends.stdin = "tt0113277\n".to_owned();
    for line in ["vote", "propose --title A", "import -", "vote --db films", "propose --title A --db films"] {
        let error = friends.run(line).fails();
        assert!(error.contains(&away), "{line}: {error}");
    }
    assert!(!disk.exists());
    let error = friends.run("propose --title A --db film").fails();
    assert!(error.contains("no board is called \"film\": did you mean films?"), "{error}");
    assert!(error.contains("for a file, write ./film"), "{error}");
    let typed = friends.folder.path().join("typed.db");
    friends.args(&["propose", "--title", "A", "--db", typed.to_str().unwrap()]).ok();
    fs::create_dir(disk.parent().unwrap()).unwrap();
    fs::rename(typed, &disk).unwrap();
    friends.set("MOVIENIGHT_DB", "films");
    assert!(friends.run("vote").ok().out.contains("1  A"));
}

#[test]
fn offline_accepts_common_words_for_true_and_false() {
    let mut friends = Friends::offline();
    for word in ["no", "false", "off", "0", "No", ""] {
        friends.set("MOVIENIGHT_OFFLINE", word);
        assert_eq!(friends.run("config get offline").code, 0);
        // Online, the update fails for another reason.
        assert!(!friends.run("catalog update").fails().contains("offline"), "{word}");
    }
    for word in ["1", "yes", "true", "on"] {
        friends.set("MOVIENIGHT_OFFLINE", word);
        assert!(friends.run("catalog update").fails().contains("offline"), "{word}");
    }
    friends.set("MOVIENIGHT_OFFLINE", "maybe");
    assert!(friends.run("propose tt0000012").fails().contains("MOVIENIGHT_OFFLINE is \"maybe\": give true or false"));
}

#[cfg(unix)]
#[test]
fn the_background_refresh_gets_the_settings_of_its_parent() {
    let mut friends = Friends::offline().in_file();
    friends.run("propose tt0000012").ok();
    friends.execute(
        r#"INSERT INTO imdb_cache (imdb_id, cached_imdb_data, cached_at) VALUES ('tt0000012', '{"title":"Old"}', 0)"#,
    );
    let (script, seen) = (friends.folder.path().join("child"), friends.folder.path().join("seen"));
    let text = format!("#!/bin/sh\necho \"$*\" > {0}.tmp\nenv >> {0}.tmp\nmv {0}.tmp {0}\n", seen.display());
    // Another process writes it: a child of another thread could hold it open for writing, and then it cannot run.
    let mut writer = std::process::Command::new("sh");
    writer.args(["-c", "printf %s \"$1\" > \"$2\" && chmod 755 \"$2\"", "sh", &text]).arg(&script);
    assert!(writer.status().unwrap().success());
    let path = friends.folder.path().join("own.toml");
    fs::write(&path, format!("board = '{}'\nomdb-key = 's3cret'\nname = 'Ana'\n", friends.db().display())).unwrap();
    friends.vars.remove("MOVIENIGHT_OFFLINE");
    friends.exe = Some(script);
    friends.args(&["vote", "--config", path.to_str().unwrap()]).ok();
    wait_until(|| seen.exists());
    let seen = fs::read_to_string(seen).unwrap();
    let arguments = format!("cache refresh --background --config {} tt0000012\n", path.display());
    assert!(seen.starts_with(&arguments), "{seen}");
    assert!(seen.contains("\nMOVIENIGHT_OMDB_KEY=s3cret\n"), "{seen}");
    assert!(seen.contains(&format!("\nMOVIENIGHT_DB={}\n", friends.db().display())), "{seen}");
}

/// Containers and services often have no variable for the name.
#[cfg(unix)]
#[test]
fn without_a_name_the_system_login_votes() {
    let mut friends = Friends::offline().in_file();
    for name in ["MOVIENIGHT_USER", "USER", "LOGNAME"] {
        friends.vars.remove(name);
    }
    let login = std::process::Command::new("id").arg("-un").output().unwrap().stdout;
    let login = String::from_utf8(login).unwrap();
    assert!(friends.command().args(["propose", "--title", "Heat"]).output().unwrap().status.success());
    assert_eq!(friends.run("voters --json --as Ana").json()["voters"][0]["name"], login.trim());
}

#[test]
fn a_new_name_is_offered_the_votes_of_the_login() {
    let friends = Friends::offline().in_file();
    assert!(!friends.run("config set name Anna").ok().err.contains("your login"), "there is no board yet");
    friends.run("config unset name").ok();
    friends.run("propose tt0000012").ok();
    let ran = friends.run("config set name Anna").ok();
    assert!(ran.err.contains("If that is you: movienight voters rename ana Anna"), "{}", ran.err);
    friends.run("vote 1 --as Anna").ok();
    let ran = friends.run("config set name Anna").ok();
    assert!(ran.err.contains("If that is you: movienight voters merge ana Anna"), "{}", ran.err);
    friends.run("voters merge ana Anna").ok();
    assert!(!friends.run("config set name Anna").ok().err.contains("your login"));
}

/// Returns friends whose editor is a script that gets the file as `$1`.
#[cfg(unix)]
fn with_editor(script: &str) -> Friends {
    let mut friends = Friends::offline().in_file();
    let path = friends.folder.path().join("edit");
    // Another process writes it: a child of another thread could hold it open for writing, and then it cannot run.
    let mut writer = std::process::Command::new("sh");
    writer.args(["-c", "printf '%s\\n' \"$1\" > \"$2\" && chmod 755 \"$2\"", "sh", &format!("#!/bin/sh\n{script}")]);
    assert!(writer.arg(&path).status().unwrap().success());
    friends.set("EDITOR", path);
    friends
}

#[cfg(unix)]
#[test]
fn without_a_terminal_config_edit_needs_a_named_editor() {
    let error = Friends::offline().run("config edit").fails();
    assert!(
        error.contains("no editor is set and this is not a terminal: set EDITOR, or use movienight config set"),
        "{error}"
    );
}

#[cfg(unix)]
#[test]
fn an_edited_file_is_checked() {
    let friends = with_editor("echo 'name = \"Zoe\"' >> \"$1\"");
    friends.run("config edit").ok();
    assert_eq!(friends.run("config get name").ok().out, "Zoe\n");
    let friends = with_editor("echo 'nmae = \"Zoe\"' >> \"$1\"");
    write(&friends, "# mine\nname = \"Ana\"\n");
    let error = friends.run("config edit").fails();
    assert!(error.contains("config.toml line 3: there is no setting \"nmae\": did you mean name?"), "{error}");
    assert_eq!(fs::read_to_string(file(&friends)).unwrap(), "# mine\nname = \"Ana\"\nnmae = \"Zoe\"\n");
    let error = with_editor("printf '\\377' >> \"$1\"").run("config edit").fails();
    assert!(error.contains("saved, but ") && error.contains("is not UTF-8 text"), "{error}");
}

#[test]
fn renaming_oneself_warns_about_the_old_name_in_the_settings() {
    let friends = Friends::offline();
    write(&friends, "name = 'Ana'\n");
    friends.run_all("Ana: propose tt0000012\nBen: vote 1");
    let ran = friends.args(&["voters", "rename", "Ana", "Xe Nia"]).ok();
    assert_eq!(ran.err, "Your settings still have the name Ana; to change it: movienight config set name 'Xe Nia'\n");
    assert_eq!(friends.run("voters rename Ben Bert").ok().err, "");
    friends.args(&["voters", "rename", "Xe Nia", "Ana"]).ok();
    assert_eq!(friends.run("voters rename Ana ANA").ok().err, "");
    let merged = friends.run("voters merge Ana Bert --json").json();
    assert_eq!(
        merged["warnings"][0],
        "Your settings still have the name Ana; to change it: movienight config set name Bert"
    );
}
