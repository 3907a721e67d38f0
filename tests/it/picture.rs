//! Pictures in a terminal: the question to it, by a pseudo-terminal of the tests' own, and what is
//! drawn, by an emulator.

use movienight::posters::jpeg::Jpeg;
use movienight::posters::raster::Raster;
use movienight::ui::picture::detect::Depth;
use movienight::ui::picture::layout::{CellSize, Place};
use movienight::ui::picture::{Picture, beside};

use crate::support::pictures;

/// A screen of 80 × 24 on which so many lines were printed before.
fn screen(before: usize, printed: &str) -> vt100::Parser {
    let mut parser = vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 100);
    parser.process("before\r\n".repeat(before).as_bytes());
    // As the terminal driver does.
    parser.process(printed.replace('\n', "\r\n").as_bytes());
    parser
}

fn text() -> Vec<String> {
    ["The Lighthouse Reel", "", "A lighthouse keeper finds a reel of film.", "Genres  Drama"]
        .map(str::to_owned)
        .to_vec()
}

#[test]
fn half_blocks_stand_beside_the_text() {
    let place = Place::find((80, Some(24)), (300, 450), CellSize::default()).unwrap();
    let (width, height) = place.half_block_pixels();
    let raster = Raster::new(width, height, pictures::pixels(1, width, height)).unwrap();
    for before in [0, 3, 23, 60] {
        let out = beside(Picture::HalfBlocks(&raster, Depth::True), place, &text());
        let parser = screen(before, &out);
        let rows: Vec<String> = parser.screen().rows(0, 80).collect();
        let first = rows.iter().position(|row| row.contains("The Lighthouse Reel")).unwrap();
        assert_eq!(parser.screen().cursor_position(), ((first + place.rows) as u16, 0));
        for x in 0..width {
            let cell = parser.screen().cell(first as u16, x as u16).unwrap();
            let [r, g, b] = raster.pixel(x, 1);
            assert_eq!(cell.bgcolor(), vt100::Color::Rgb(r, g, b));
            let [r, g, b] = raster.pixel(x, 0);
            assert_eq!((cell.contents(), cell.fgcolor()), ("▀", vt100::Color::Rgb(r, g, b)));
        }
        // Colours end with the picture.
        let beside = parser.screen().cell(first as u16, width as u16 + 2).unwrap();
        assert_eq!((beside.contents(), beside.bgcolor()), ("T", vt100::Color::Default));
    }
}

#[test]
fn text_stands_beside_pictures_also_at_the_bottom() {
    let place = Place::find((80, Some(24)), (300, 450), CellSize::default()).unwrap();
    let raster = Raster::new(30, 45, pictures::pixels(1, 30, 45)).unwrap();
    let jpeg = Jpeg::parse(&pictures::poster(1, 300, 450)).unwrap();
    let long: Vec<String> = (0..22).map(|n| format!("line {n}")).collect();
    for picture in [Picture::Kitty(&raster), Picture::ITerm2(&jpeg)] {
        for before in [0, 3, 10, 23, 60] {
            let parser = screen(before, &beside(picture, place, &text()));
            let rows: Vec<String> = parser.screen().rows(0, 80).collect();
            let first = rows.iter().position(|row| row.contains("The Lighthouse Reel")).unwrap();
            let indent = " ".repeat(place.columns + 2);
            for (at, line) in text().iter().enumerate() {
                let expected = if line.is_empty() { String::new() } else { format!("{indent}{line}") };
                assert_eq!(rows[first + at], expected, "{before} lines before");
            }
            // All of the picture is on the screen, and the prompt below it.
            assert_eq!(parser.screen().cursor_position(), ((first + place.rows) as u16, 0));
            if before < 5 {
                assert_eq!(rows.iter().filter(|row| *row == "before").count(), before);
            }
            let parser = screen(before, &beside(picture, place, &long));
            let last = parser.screen().rows(0, 80).position(|row| row == format!("{indent}line 21")).unwrap();
            assert_eq!(parser.screen().cursor_position(), (last as u16 + 1, 0));
        }
    }
}

#[cfg(unix)]
mod question {
    use std::fs::File;
    use std::io::{Read, Write};
    use std::os::fd::AsFd;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    use movienight::ui::picture::layout::CellSize;
    use movienight::ui::picture::query::{Outcome, Pressed, ask};
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::fs::{Mode, OFlags, open};
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    use rustix::termios::{LocalModes, OptionalActions, Termios, Winsize, tcgetattr, tcsetattr, tcsetwinsize};

    const LONG: Duration = Duration::from_millis(150);

    /// Both ends of a terminal: what the person sees and types on, and what the program has.
    struct Terminal {
        master: File,
        slave: File,
    }

    impl Terminal {
        fn open() -> Self {
            let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
            grantpt(&master).unwrap();
            unlockpt(&master).unwrap();
            let name = ptsname(&master, Vec::new()).unwrap();
            let slave = open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
            Self { master: master.into(), slave: slave.into() }
        }

        fn settings(&self) -> Termios {
            tcgetattr(&self.slave).unwrap()
        }

        fn types(&self, bytes: &[u8]) {
            (&self.master).write_all(bytes).unwrap();
        }

        /// Asks while `behave` plays the terminal: it is given the question. Checks that the settings
        /// are what they were.
        fn ask(&self, behave: impl FnOnce(&File, Vec<u8>) + Send) -> Outcome {
            let before = format!("{:?}", self.settings());
            let outcome = std::thread::scope(|scope| {
                let master = &self.master;
                let behaviour = scope.spawn(move || {
                    let mut question = Vec::new();
                    while !question.ends_with(b"\x1b[c") && is_readable(master, 400) {
                        let mut byte = [0];
                        (&mut &*master).read_exact(&mut byte).unwrap();
                        question.push(byte[0]);
                    }
                    behave(master, question);
                });
                let outcome = ask(&self.slave, LONG, &|| false);
                behaviour.join().unwrap();
                outcome
            });
            assert_eq!(format!("{:?}", self.settings()), before);
            outcome
        }

        /// What a program would read next, without waiting for the end of a line.
        fn waiting(&self) -> Vec<u8> {
            let mut raw = self.settings();
            raw.local_modes -= LocalModes::ICANON | LocalModes::ECHO;
            tcsetattr(&self.slave, OptionalActions::Now, &raw).unwrap();
            let mut all = Vec::new();
            while is_readable(&self.slave, 50) {
                let mut byte = [0];
                (&self.slave).read_exact(&mut byte).unwrap();
                all.push(byte[0]);
            }
            all
        }
    }

    fn is_readable(file: &File, millis: u64) -> bool {
        let wait = Timespec::try_from(Duration::from_millis(millis)).unwrap();
        poll(&mut [PollFd::from_borrowed_fd(file.as_fd(), PollFlags::IN)], Some(&wait)).unwrap() > 0
    }

    #[test]
    fn an_answer_is_understood_and_taken_away() {
        let terminal = Terminal::open();
        let outcome = terminal.ask(|mut master, question| {
            assert!(question.starts_with(b"\x1b_Gi=31,") && question.ends_with(b"\x1b[c"));
            master.write_all(b"\x1b_Gi=31;OK\x1b\\\x1b[6;19;9t\x1b[?62;4c").unwrap();
        });
        assert!(outcome.answers.kitty && outcome.answers.sixel);
        assert_eq!((outcome.cell, outcome.pressed), (CellSize::new(9, 19), None));
        assert_eq!(terminal.waiting(), b"");
    }

    #[test]
    fn an_answer_may_come_in_pieces() {
        let terminal = Terminal::open();
        let outcome = terminal.ask(|mut master, _| {
            for byte in b"\x1b_Gi=31;OK\x1b\\\x1b[?62c" {
                master.write_all(&[*byte]).unwrap();
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        assert!(outcome.answers.kitty);
    }

    #[test]
    fn a_terminal_without_graphics_says_so() {
        let terminal = Terminal::open();
        let outcome = terminal.ask(|mut master, _| master.write_all(b"\x1b[?1;2c").unwrap());
        assert_eq!(outcome, Outcome::default());
    }

    #[test]
    fn silence_is_no_answer() {
        let terminal = Terminal::open();
        assert_eq!(terminal.ask(|_, question| assert!(!question.is_empty())), Outcome::default());
    }

    #[test]
    fn an_answer_that_comes_late_is_no_answer() {
        let terminal = Terminal::open();
        let outcome = terminal.ask(|mut master, _| {
            std::thread::sleep(Duration::from_millis(400));
            master.write_all(b"\x1b_Gi=31;OK\x1b\\\x1b[?62c").unwrap();
        });
        assert_eq!(outcome, Outcome::default());
    }

    #[test]
    fn garbage_is_no_answer() {
        for garbage in [&b"\xff\xfe\x1b\x1b\x1b[\x1b]\x1bP\x00\x07"[..], b"\x1b[999999999999;1t\x1b_G", &[b'['; 900]] {
            let terminal = Terminal::open();
            assert_eq!(terminal.ask(|mut master, _| master.write_all(garbage).unwrap()), Outcome::default());
        }
    }

    #[test]
    fn garbage_without_end_ends_the_wait() {
        let terminal = Terminal::open();
        let outcome = terminal.ask(|mut master, _| {
            for _ in 0..40 {
                master.write_all(&[b'x'; 64]).unwrap();
            }
        });
        assert_eq!(outcome, Outcome::default());
    }

    #[test]
    fn what_was_typed_ahead_stays() {
        // A part of a line, a line, and more than a line.
        for typed in [&b"ls"[..], b"ls\n", b"ls\npwd"] {
            let terminal = Terminal::open();
            terminal.types(typed);
            // The echo is not the question.
            let outcome = terminal.ask(|_, seen| assert!(!seen.contains(&0x1b), "{seen:?}"));
            assert_eq!(outcome, Outcome::default());
            assert_eq!(terminal.waiting(), typed);
        }
    }

    #[test]
    fn what_is_typed_behind_the_answer_stays() {
        let terminal = Terminal::open();
        let outcome = terminal.ask(|mut master, _| master.write_all(b"\x1b_Gi=31;OK\x1b\\\x1b[?62cls\n").unwrap());
        assert!(outcome.answers.kitty);
        assert_eq!(terminal.waiting(), b"ls\n");
    }

    #[test]
    fn keys_that_raise_signals_are_told() {
        for (key, pressed) in [(3, Pressed::Interrupt), (0x1c, Pressed::Quit), (0x1a, Pressed::Suspend)] {
            let terminal = Terminal::open();
            let outcome = terminal.ask(|mut master, _| master.write_all(&[b'x', key]).unwrap());
            assert_eq!(outcome.pressed, Some(pressed));
        }
    }

    #[test]
    fn who_wants_to_stop_need_not_wait() {
        let terminal = Terminal::open();
        let before = format!("{:?}", terminal.settings());
        let asked = AtomicBool::new(false);
        let stop = || {
            asked.store(true, Ordering::SeqCst);
            true
        };
        let outcome = ask(&terminal.slave, LONG, &stop);
        assert!(asked.load(Ordering::SeqCst));
        assert_eq!(outcome, Outcome::default());
        assert_eq!(format!("{:?}", terminal.settings()), before);
    }

    #[test]
    fn the_size_of_the_window_tells_the_size_of_a_cell() {
        let terminal = Terminal::open();
        let size = Winsize { ws_col: 80, ws_row: 24, ws_xpixel: 720, ws_ypixel: 456 };
        tcsetwinsize(&terminal.slave, size).unwrap();
        assert_eq!(terminal.ask(|mut m, _| m.write_all(b"\x1b[?62c").unwrap()).cell, CellSize::new(9, 19));
    }

    #[test]
    fn what_is_no_terminal_is_not_asked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let file = File::options().read(true).write(true).create_new(true).open(&path).unwrap();
        assert_eq!(ask(&file, LONG, &|| false), Outcome::default());
        assert_eq!(std::fs::read(path).unwrap(), b"");
        let terminal = Terminal::open();
        drop(terminal.master);
        assert_eq!(ask(&terminal.slave, LONG, &|| false), Outcome::default());
    }
}
