//! The office as a whole, through the desk: backups, the log, exports, two laptops, keeping and destroying; and that a volunteer is
//! refused in the backend.

mod backups;
mod exports;
mod keeping;
mod laptops;
mod papers;
mod volunteer;

use std::path::{Path, PathBuf};

use desk::view::{Add, Answer, ClientId, Written};
use desk::{Desk, Error, Moment, Printer, PrinterError};
use jiff::civil::date;
use serde_json::json;

use crate::support::made;

const FIRST: &str = "given on paper by somebody else";
const OWN: &str = "eleven herons beside the old canal";

fn day(n: i64) -> Moment {
    Moment {
        at: jiff::Timestamp::from_second(1_795_000_000 + n * 86_400).unwrap(),
        today: date(2026, 11, 18)
            .checked_add(jiff::Span::new().days(n))
            .unwrap(),
    }
}

fn office(folder: &Path, clinic: &str) -> Desk {
    made(folder, clinic, day(0))
}

fn client(desk: &mut Desk, given: &str) -> ClientId {
    let ask = Add {
        given: given.into(),
        family: "Quill".into(),
        born: Some("1980".into()),
    };
    desk.add(&ask, day(0)).unwrap()
}

fn say(desk: &mut Desk, id: &ClientId, path: &str, value: serde_json::Value) {
    let ask = Answer {
        id: id.clone(),
        path: path.into(),
        value,
    };
    desk.answer(ask, day(1)).unwrap();
}

fn case(number: &str, section: &str) -> serde_json::Value {
    json!({"court": {"county": "Alpine"}, "number": number, "counts": [{"section": section, "level": "felony"}]})
}

fn code<T>(done: Result<T, Error>) -> String {
    done.err().expect("it was not refused").refusal().code
}

/// Keeps what was printed.
#[derive(Default)]
struct Tray(Vec<Vec<u8>>);

impl Printer for Tray {
    fn print(&mut self, pdf: &[u8]) -> Result<(), PrinterError> {
        self.0.push(pdf.to_vec());
        Ok(())
    }
}

fn at(folder: &Path, written: &Written) -> PathBuf {
    folder.join(&written.file)
}
