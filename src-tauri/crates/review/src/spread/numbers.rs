//! Numbers of the state under two person keys, in pieces: who carries which, and who must be told of another.

use std::io::{BufRead, Write};

use jiff::civil::Date;

use super::line::{Lines, escaped, fields, number, unescaped};
use super::split::OUT;
use crate::ReviewError;
use crate::batch::{Batch, Place};
use crate::fields::whole_row;
use crate::numbers::{Carrier, Group};

/// The second field of a line that tells of another key; it sorts before every row of the person.
pub(super) const MARK: &[u8] = b"!";

/// Reads rows, as [`super::split`] says them, and writes who carries which number of the state: the number, the person's key, the name,
/// the birth. A line may come more than once.
///
/// # Errors
/// A line is no row of ours, or `out` cannot be written to.
pub fn numbers(rows: impl BufRead, out: &mut (impl Write + ?Sized)) -> Result<(), ReviewError> {
    let mut lines = Lines::new(rows, "<standard input>".to_owned());
    let (mut batch, mut line, mut last) = (Batch::default(), Vec::new(), Vec::new());
    while lines.next()? {
        let refuse = || lines.refuse("not a row, as `spread split` says them");
        let [key, _, _, problem, _, row] = fields::<6>(lines.line()).ok_or_else(refuse)?;
        if problem != b"0" || key == b"-" {
            continue;
        }
        let row = unescaped(row).ok_or_else(refuse)?;
        batch.clear();
        whole_row(&mut batch, &row, Place::new(0, 0)).ok_or_else(refuse)?;
        if let Some(carrier) = Carrier::of(&batch.row(0)) {
            line.clear();
            said(&mut line, key, &carrier);
            line.push(b'\n');
            if line != last {
                out.write_all(&line).map_err(ReviewError::io(OUT))?;
                last.clone_from(&line);
            }
        }
    }
    Ok(())
}

/// Reads what [`numbers`] said, sorted by its bytes, all of a number among it, and writes a line for each person whose number stands
/// under another key too. The lines go to [`super::decide`] among the rows.
///
/// # Errors
/// A line is none of ours or not in order, or `out` cannot be written to.
pub fn same(said: impl BufRead, out: &mut (impl Write + ?Sized)) -> Result<(), ReviewError> {
    let mut lines = Lines::new(said, "<standard input>".to_owned());
    let mut groups = Groups::default();
    let mut line = Vec::new();
    loop {
        let more = lines.next()?;
        let group = match more {
            true => groups.take(&lines, lines.line())?,
            false => groups.last(),
        };
        for key in group.iter().flat_map(Group::shared) {
            line.clear();
            line.extend_from_slice(&key);
            line.push(b'\t');
            line.extend_from_slice(MARK);
            line.push(b'\n');
            out.write_all(&line).map_err(ReviewError::io(OUT))?;
        }
        if !more {
            return Ok(());
        }
    }
}

/// Number, key, name, birth, as one line.
pub(super) fn said(line: &mut Vec<u8>, key: &[u8], carrier: &Carrier) {
    escaped(line, carrier.number.as_bytes());
    line.push(b'\t');
    line.extend_from_slice(key);
    line.push(b'\t');
    escaped(line, carrier.name.as_deref().unwrap_or_default().as_bytes());
    line.push(b'\t');
    if let Some(born) = carrier.born {
        line.extend_from_slice(born.to_string().as_bytes());
    }
}

/// What such lines say, number by number.
#[derive(Default)]
pub(super) struct Groups {
    number: Vec<u8>,
    before: Vec<u8>,
    group: Group<Vec<u8>>,
}

impl Groups {
    /// Takes a line; gives the group of the number before it, where that is complete with it.
    pub(super) fn take<R: BufRead>(
        &mut self,
        lines: &Lines<R>,
        line: &[u8],
    ) -> Result<Option<Group<Vec<u8>>>, ReviewError> {
        let none = || lines.refuse("not who carries a number, as `spread numbers` says it");
        if line < self.before.as_slice() {
            return Err(lines.refuse("not sorted: lines come by their bytes"));
        }
        let [of, key, name, born] = fields(line).ok_or_else(none)?;
        let name = unescaped(name).and_then(|name| String::from_utf8(name).ok());
        let name = name.ok_or_else(none)?;
        let born: Option<Date> = match born {
            b"" => None,
            day => Some(number(day).ok_or_else(none)?),
        };
        let done = match self.number == of {
            true => None,
            false => self.last(),
        };
        self.group
            .take(key.to_vec(), (!name.is_empty()).then_some(name), born);
        self.number.clear();
        self.number.extend_from_slice(of);
        self.before.clear();
        self.before.extend_from_slice(line);
        Ok(done)
    }

    /// The group of the last number.
    pub(super) fn last(&mut self) -> Option<Group<Vec<u8>>> {
        Some(std::mem::take(&mut self.group))
    }
}
