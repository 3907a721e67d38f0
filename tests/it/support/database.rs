//! Reads and changes the database of a test's friends behind the program's back.

use std::any::Any;
use std::sync::mpsc::channel;
use std::time::Duration;

use super::{Friends, postgres};

impl Friends {
    /// Returns one value from the database.
    #[track_caller]
    pub fn sql<T: rusqlite::types::FromSql>(&self, query: &str) -> T {
        if let Some(schema) = self.schema()
            && let Some(server) = postgres::server()
        {
            let text = server.sql(&format!("SET search_path = {schema}; {}", for_server(query)));
            let value = text.parse().map_or(rusqlite::types::Value::Text(text), rusqlite::types::Value::Integer);
            return T::column_result((&value).into()).unwrap();
        }
        let conn = rusqlite::Connection::open(self.db()).unwrap();
        conn.busy_timeout(Duration::from_secs(5)).unwrap();
        conn.query_row(query, [], |row| row.get(0)).unwrap()
    }

    /// Runs `work` while another connection holds the write lock, until `work` ends or `at_most` has passed.
    pub fn while_locked<T>(&self, at_most: Duration, work: impl FnOnce() -> T) -> T {
        std::thread::scope(|scope| {
            let (has_begun, begun) = channel();
            let (has_ended, ended) = channel::<()>();
            scope.spawn(move || {
                let _lock = self.lock();
                has_begun.send(()).unwrap();
                // Returns early when the sender is dropped.
                let _ = ended.recv_timeout(at_most);
            });
            begun.recv().unwrap();
            let done = work();
            drop(has_ended);
            done
        })
    }

    /// Locks the board as a change does, until the returned value is dropped.
    fn lock(&self) -> Box<dyn Any> {
        if let Some(schema) = self.schema()
            && let Some(server) = postgres::server()
        {
            return Box::new(server.lock(&schema));
        }
        let conn = rusqlite::Connection::open(self.db()).unwrap();
        conn.execute_batch("BEGIN IMMEDIATE").unwrap();
        Box::new(conn)
    }

    /// Executes statements on the database.
    #[track_caller]
    pub fn execute(&self, sql: &str) {
        if let Some(schema) = self.schema()
            && let Some(server) = postgres::server()
        {
            server.sql(&format!("SET search_path = {schema}; {}", for_server(sql)));
            return;
        }
        let conn = rusqlite::Connection::open(self.db()).unwrap();
        conn.busy_timeout(Duration::from_secs(5)).unwrap();
        conn.execute_batch(sql).unwrap();
    }
}

/// Translates a test's SQL for PostgreSQL, where checks of integrity and foreign keys always pass.
fn for_server(sql: &str) -> String {
    sql.replace("unixepoch()", "floor(extract(epoch FROM now()))::bigint")
        .replace("PRAGMA integrity_check", "SELECT 'ok'")
        .replace("SELECT count(*) FROM pragma_foreign_key_check", "SELECT 0")
}
