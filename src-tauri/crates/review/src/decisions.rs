//! Decisions of people, brought back from the review queue.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

use reading::export::text;

use crate::ReviewError;
use crate::batch::Key;
use crate::decided::plain;
use crate::determination::Determination;
use crate::table::QUEUE;

/// Decisions by person and count.
#[derive(Debug, Default, Clone)]
pub struct Decisions(HashMap<(String, String), Filled>);

/// A line that somebody filled in.
#[derive(Debug, Clone)]
struct Filled {
    hand: Hand,
    line: u64,
    // What the line shows, by which it is known that the numbers still mean the same.
    name: String,
    section: String,
}

impl Filled {
    // Another delivery may number its persons and counts anew, and a spreadsheet cuts zeros.
    fn is_about(&self, name: &str, section: &str) -> bool {
        let same = plain(&self.name) == plain(name) || self.name.is_empty();
        let (shown, now) = (plain(&self.section), plain(section));
        let open = shown.is_empty() || now.is_empty() || shown == "UNKNOWN";
        same && (open || shown.starts_with(&now) || now.starts_with(&shown))
    }
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hand {
    pub(crate) determination: Determination,
    pub(crate) by: String,
    pub(crate) note: String,
}

impl Hand {
    /// Why, in words.
    pub(crate) fn reason(&self) -> String {
        match self.note.is_empty() {
            true => format!("Decided by {}", self.by),
            false => format!("Decided by {}: {}", self.by, self.note),
        }
    }
}

impl Decisions {
    /// Reads a review queue that people have filled in. Rows without a decision are left as they are.
    ///
    /// # Errors
    /// A decision is none of the known ones, names nobody who made it, or contradicts another.
    pub fn read(path: &Path) -> Result<Self, ReviewError> {
        let bytes = std::fs::read(path).map_err(ReviewError::io(path))?;
        Self::of_bytes(&bytes, &path.display().to_string())
    }

    /// Whether somebody filled in a line of a queue, read line by line: a queue may be as long as a county's export. What cannot be
    /// read may hold something.
    pub(crate) fn filled_in(queue: &Path) -> bool {
        let look = || -> Result<bool, csv::Error> {
            let mut table = csv::ReaderBuilder::new().flexible(true).from_path(queue)?;
            let heads = table.byte_headers()?;
            let Some(at) = heads.iter().position(|head| head == b"decision") else {
                return Ok(true);
            };
            let mut row = csv::ByteRecord::new();
            while table.read_byte_record(&mut row)? {
                if row
                    .get(at)
                    .is_some_and(|said| !said.trim_ascii().is_empty())
                {
                    return Ok(true);
                }
            }
            Ok(false)
        };
        look().unwrap_or(true)
    }

    /// The lines of those that are about no conviction of a table of decisions.
    pub(crate) fn unused(&self, table: impl Read) -> Result<Vec<u64>, csv::Error> {
        let mut table = csv::Reader::from_reader(table);
        let heads = table.byte_headers()?;
        let place = |name: &[u8]| heads.iter().position(|head| head == name);
        let places = [b"subject_id".as_slice(), b"count", b"name", b"section"].map(place);
        let all = self.0.iter();
        let mut left: HashMap<_, u64> = all.map(|(key, one)| (key.clone(), one.line)).collect();
        let mut row = csv::ByteRecord::new();
        while table.read_byte_record(&mut row)? {
            let [subject, count, name, section] = places.map(|n| {
                let field = n.and_then(|n| row.get(n)).unwrap_or_default();
                text(shown(field)).into_owned()
            });
            let key = (subject, count);
            let used = |one: &Filled| one.is_about(&name, &section);
            if self.0.get(&key).is_some_and(used) {
                left.remove(&key);
            }
        }
        let mut lines: Vec<u64> = left.into_values().collect();
        lines.sort_unstable();
        Ok(lines)
    }

    fn of_bytes(bytes: &[u8], file: &str) -> Result<Self, ReviewError> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut all = HashMap::new();
        let mut columns: Option<Vec<usize>> = None;
        for (line, record) in records(bytes) {
            let refuse = |problem: String| ReviewError::Decisions {
                file: file.to_owned(),
                line,
                problem,
            };
            let Some(columns) = &columns else {
                let place = |name: &str| {
                    let mut fields = record.iter();
                    fields.position(|field| field.trim().eq_ignore_ascii_case(name))
                };
                let wanted = ["subject_id", "count", "decision", "decided_by", "note"];
                let places: Option<Vec<usize>> = wanted.into_iter().map(place).collect();
                let mut places = places.ok_or_else(|| refuse(not_a_queue(&record)))?;
                // Without these nobody can tell whether a line still means the same; its numbers are believed then.
                let more = ["name", "section"].map(|name| place(name).unwrap_or(usize::MAX));
                places.extend(more);
                columns = Some(places);
                continue;
            };
            let of = |n: usize| {
                let value = record.get(columns[n]).map_or("", |v| v.trim());
                value.strip_prefix('\'').unwrap_or(value).to_owned()
            };
            let decision = of(2).to_lowercase();
            if decision.is_empty() {
                continue;
            }
            let determination = Determination::of(&decision).ok_or_else(|| {
                let all = Determination::ALL.map(Determination::key).join(", ");
                refuse(format!("the decision is none of {all}"))
            })?;
            let by = of(3);
            if by.is_empty() {
                return Err(refuse(
                    "a decision needs the name of who made it in `decided_by`".to_owned(),
                ));
            }
            let hand = Hand {
                determination,
                by,
                note: of(4),
            };
            let filled = Filled {
                hand: hand.clone(),
                line,
                name: of(5),
                section: of(6),
            };
            let before = all.insert((of(0), pad(&of(1))), filled);
            if before.is_some_and(|before| before.hand != hand) {
                return Err(refuse(
                    "another line decides this count differently".to_owned(),
                ));
            }
        }
        Ok(Self(all))
    }

    /// The same for the same decisions.
    pub(crate) fn identity(&self) -> String {
        format!("{:?}", self.sorted())
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, by person and count.
    pub(crate) fn sorted(&self) -> Vec<(&(String, String), &Hand)> {
        let mut all: Vec<_> = self.0.iter().map(|(key, one)| (key, &one.hand)).collect();
        all.sort_unstable_by_key(|(key, _)| *key);
        all
    }

    pub(crate) fn by_name(&self, subject: &str, count: &str) -> Option<&Hand> {
        if self.0.is_empty() {
            return None;
        }
        let found = self.0.get(&(subject.to_owned(), count.to_owned()));
        found.map(|one| &one.hand)
    }

    pub(crate) fn forget(&mut self, subject: &str, count: &str) {
        self.0.remove(&(subject.to_owned(), count.to_owned()));
    }

    /// The decision on a count, if it is about what stands there: a person of this name, an offense of this section.
    pub(crate) fn of(
        &self,
        key: Key<'_>,
        order: &[u8],
        name: &str,
        section: &str,
    ) -> Option<&Hand> {
        if self.0.is_empty() {
            return None;
        }
        let subject = match key {
            Key::Subject(key) | Key::Number(key) => text(key).into_owned(),
            Key::Nobody => return None,
        };
        let found = self.0.get(&(subject, text(order).into_owned()))?;
        found.is_about(name, section).then_some(&found.hand)
    }
}

// Why a file's first line is no queue's, as far as one can see.
fn not_a_queue(first: &[String]) -> String {
    let line = first.join(",");
    let other = ["\u{fffd}", "\0"].iter().any(|sign| line.contains(sign));
    match first {
        _ if other => "it is not text as UTF-8: save it as CSV UTF-8".to_owned(),
        [one] if one.contains(';') || one.contains('\t') => {
            "its columns are not separated by commas: save it as CSV with commas".to_owned()
        }
        _ => format!("not a review queue: its columns are {}", QUEUE.join(", ")),
    }
}

// A field without the sign that keeps a spreadsheet from reading a formula.
fn shown(field: &[u8]) -> &[u8] {
    let field = field.trim_ascii();
    field.strip_prefix(b"'").unwrap_or(field)
}

// A spreadsheet cuts leading zeros; a count has twelve digits.
fn pad(order: &str) -> String {
    format!("{order:0>12}")
}

// Rows with the line each begins at.
fn records(bytes: &[u8]) -> Vec<(u64, Vec<String>)> {
    let mut core = csv_core::Reader::new();
    let (mut out, mut ends) = (vec![0; bytes.len() + 1], vec![0; 4096]);
    let (mut rest, mut all) = (bytes, Vec::new());
    loop {
        // The end of the line before may not be read yet, and lines without a field are passed over.
        let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let line = core.line() + blank.filter(|byte| **byte == b'\n').count() as u64;
        let (mut used, mut fields) = (0, 0);
        let result = loop {
            let (result, taken, wrote, ended) =
                core.read_record(rest, &mut out[used..], &mut ends[fields..]);
            rest = &rest[taken..];
            used += wrote;
            fields += ended;
            match result {
                csv_core::ReadRecordResult::InputEmpty => continue,
                other => break other,
            }
        };
        if result != csv_core::ReadRecordResult::Record {
            return all;
        }
        let mut start = 0;
        let mut record = Vec::with_capacity(fields);
        for end in &ends[..fields] {
            record.push(text(out.get(start..*end).unwrap_or_default()).into_owned());
            start = *end;
        }
        all.push((line, record));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_counted_whatever_ends_it() {
        for end in ["\n", "\r\n", "\n\n\n", "\r\n\r\n"] {
            let head = "subject_id,count,decision,decided_by,note";
            let file = [head, "1,2,,,", "1,3,perhaps,A,"].join(end);
            let line = 1 + 2 * end.matches('\n').count();
            let error = Decisions::of_bytes(file.as_bytes(), "q.csv").unwrap_err();
            let error = error.to_string();
            assert!(error.starts_with(&format!("q.csv:{line}: ")), "{error}");
        }
    }

    #[test]
    fn a_filled_queue_comes_back() {
        let queue = b"subject_id,count,decision,decided_by,note\n1,1001001000,Dismiss,\"A, Lee\",seen\n1,101001002000,,,\n";
        let read = Decisions::of_bytes(queue, "q.csv").unwrap();
        let hand = read
            .of(Key::Subject(b"1"), b"001001001000", "", "")
            .unwrap();
        assert_eq!(
            (hand.determination, hand.by.as_str()),
            (Determination::Dismiss, "A, Lee")
        );
        assert!(
            read.of(Key::Subject(b"1"), b"101001002000", "", "")
                .is_none()
        );
        let table = b"count,subject_id\n001001001000,2\n";
        assert_eq!(read.unused(&table[..]).unwrap(), [2]);
        let table = b"count,subject_id\n001001001000,'1\n";
        assert!(read.unused(&table[..]).unwrap().is_empty());
        for (wrong, words) in [
            (&b"a,b\n1,2\n"[..], "not a review queue"),
            (
                b"subject_id,count,decision,decided_by,note\n1,2,perhaps,A,\n",
                "none of",
            ),
            (
                b"subject_id,count,decision,decided_by,note\n1,2,dismiss,,\n",
                "needs the name",
            ),
        ] {
            let error = Decisions::of_bytes(wrong, "q.csv").unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}
