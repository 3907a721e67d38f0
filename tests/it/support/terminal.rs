//! Runs a program in a pseudo-terminal, types keys and reads its screen.

use std::io::{Read, Write};
use std::process::{Child, ExitStatus};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use pty_process::Size;
use pty_process::blocking::{Command, Pty, open};

use super::{Friends, binary};

/// The longest wait for the screen to show what is expected. Only a failing test waits this long.
const LIMIT: Duration = Duration::from_secs(30);

pub struct Terminal {
    pty: Arc<Pty>,
    child: Child,
    screen: Arc<Mutex<vt100::Parser>>,
    /// The raw output, with escape sequences.
    printed: Arc<Mutex<Vec<u8>>>,
    reader: JoinHandle<()>,
}

impl Terminal {
    /// Starts a program in a terminal of this size.
    pub fn start(program: &str, args: &[&str], friends: &Friends, columns: u16, lines: u16) -> Self {
        let (pty, pts) = open().unwrap();
        pty.resize(Size::new(lines, columns)).unwrap();
        let mut command =
            Command::new(program).args(args).env_clear().env("TERM", "xterm-256color").env("LC_ALL", "C.UTF-8");
        for (name, value) in friends.environment() {
            command = command.env(name, value);
        }
        let child = command.current_dir(friends.folder.path()).spawn(pts).unwrap();
        let pty = Arc::new(pty);
        let screen =
            Arc::new(Mutex::new(vt100::Parser::new(lines.try_into().unwrap(), columns.try_into().unwrap(), 1_000)));
        let printed = Arc::new(Mutex::new(Vec::new()));
        let reader = {
            let (pty, screen, printed) = (Arc::clone(&pty), Arc::clone(&screen), Arc::clone(&printed));
            std::thread::spawn(move || {
                let mut buffer = [0; 4096];
                // Reading fails when the last program in the terminal has ended.
                while let Ok(count @ 1..) = (&*pty).read(&mut buffer) {
                    screen.lock().unwrap().process(&buffer[..count]);
                    printed.lock().unwrap().extend_from_slice(&buffer[..count]);
                }
            })
        };
        Self { pty, child, screen, printed, reader }
    }

    /// Starts movienight in a terminal.
    pub fn movienight(args: &str, friends: &Friends, columns: u16, lines: u16) -> Self {
        let args: Vec<&str> = args.split_whitespace().collect();
        Self::start(binary().to_str().unwrap(), &args, friends, columns, lines)
    }

    /// Returns the text on the screen.
    pub fn contents(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    /// Returns the line of the cursor.
    pub fn cursor_line(&self) -> String {
        let screen = self.screen.lock().unwrap();
        let (row, _) = screen.screen().cursor_position();
        let (_, columns) = screen.screen().size();
        screen.screen().rows(0, columns.get()).nth(row.into()).unwrap_or_default()
    }

    /// Waits until the screen shows this text. Returns the whole screen.
    #[track_caller]
    pub fn wait_for(&self, text: &str) -> String {
        let start = Instant::now();
        loop {
            let contents = self.contents();
            if contents.contains(text) {
                return contents;
            }
            assert!(start.elapsed() < LIMIT, "no {text:?} on the screen:\n{contents}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Types keys.
    pub fn types(&self, keys: &str) {
        (&*self.pty).write_all(keys.as_bytes()).unwrap();
    }

    /// Resizes the terminal.
    pub fn resize(&self, columns: u16, lines: u16) {
        self.screen.lock().unwrap().screen_mut().set_size(lines.try_into().unwrap(), columns.try_into().unwrap());
        self.pty.resize(Size::new(lines, columns)).unwrap();
    }

    /// Returns the id of the process in the terminal.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits for the program to exit. Returns the screen, the raw output and the exit status.
    pub fn end(mut self) -> (String, String, ExitStatus) {
        let status = self.child.wait().unwrap();
        self.reader.join().unwrap();
        let contents = self.screen.lock().unwrap().screen().contents();
        let printed = String::from_utf8_lossy(&self.printed.lock().unwrap()).into_owned();
        (contents, printed, status)
    }
}
