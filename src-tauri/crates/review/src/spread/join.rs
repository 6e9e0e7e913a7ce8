//! What was said in many places put together: the folder of a review.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use packs::Packs;

use super::Decide;
use super::decide::{KINDS, NUMBER, NUMBERS, PERSON, PERSONS, TAGS, TALLY};
use super::line::{Lines, fields, number, unescaped};
use super::numbers::Groups;
use crate::asked::asked;
use crate::files::Files;
use crate::hands::{DECISIONS, Hands};
use crate::job::{Beside, pieces};
use crate::numbers::Group;
use crate::stage::{Stage, Tables};
use crate::table::Written;
use crate::tally::Tally;
use crate::{Format, Lock, ReviewError};

/// Bytes of a table that are written at a time.
const PIECE: usize = 1 << 20;

/// What is put together.
pub struct Join<'j> {
    /// What was asked of every piece.
    pub ask: Decide<'j>,
    /// The files of the export, as they were listed.
    pub files: &'j [PathBuf],
    /// Files with the lines that [`super::decide`] said, sorted by their bytes from the first file to the last; or folders of such
    /// files, taken by name; `-` is standard input.
    pub said: &'j [PathBuf],
    /// How the large tables are written.
    pub format: Format,
    /// What opens the results.
    pub lock: Option<Lock>,
}

/// Writes the folder that a review on one machine writes. Gives back the numbers.
///
/// Rows stand in the order of the export; those of a person whose rows lie apart stand with the person's first.
///
/// # Errors
/// The county is none or has no row; a line is none of ours, not in order, or there twice; rows are missing; a person was decided
/// on in two places; a file cannot be read or written.
pub fn join(join: Join<'_>, packs: &Packs, out: &Path) -> Result<Tally, ReviewError> {
    let ask = join.ask;
    let asked = asked(ask.county, ask.as_of, ask.policy, packs)?;
    let files = Files::new(join.files)?;
    let names: Vec<String> = files
        .paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    let (stage, _) = Stage::new(out, "pieces from several machines", join.lock.as_ref())?;
    let mut all = Joined {
        tables: stage.tables(None)?,
        written: Written::default(),
        tally: Tally::default(),
        seen: Default::default(),
        said: Default::default(),
        before: Default::default(),
        person: Vec::new(),
        carriers: Groups::default(),
        untold: BTreeSet::new(),
    };
    for path in parts(join.said)? {
        let input: Box<dyn Read> = match path.as_os_str() == "-" {
            true => Box::new(std::io::stdin()),
            false => Box::new(File::open(&path).map_err(ReviewError::io(&path))?),
        };
        let name = path.display().to_string();
        let mut lines = Lines::new(BufReader::with_capacity(1 << 18, input), name);
        while lines.next()? {
            all.line(&lines)?;
        }
    }
    let tally = all.finish()?;
    crate::run::numbers(&stage, &asked, &tally, &names, &files, true)?;
    let beside = Beside {
        figures: true,
        decisions: !ask.decisions.is_empty(),
        ..Beside::default()
    };
    if beside.decisions {
        let decisions = Hands::new(ask.decisions);
        stage.whole(DECISIONS, &decisions.csv())?;
    }
    let pieces = pieces(join.format, beside);
    stage.publish(out, &pieces, join.lock.as_ref(), &|| Ok(()))?;
    Ok(tally)
}

// The files, folders opened: those of an engine are named by number, and beside them lie marks of its own.
fn parts(said: &[PathBuf]) -> Result<Vec<PathBuf>, ReviewError> {
    let mut all = Vec::new();
    for path in said {
        if !path.is_dir() {
            all.push(path.clone());
            continue;
        }
        let io = || ReviewError::io(path);
        let mut inside = Vec::new();
        for entry in std::fs::read_dir(path).map_err(io())? {
            let entry = entry.map_err(io())?;
            if entry.file_name().as_encoded_bytes().starts_with(b"part-") {
                inside.push(entry.path());
            }
        }
        inside.sort_unstable();
        all.extend(inside);
    }
    Ok(all)
}

struct Joined {
    tables: Tables,
    written: Written,
    tally: Tally,
    // Lines seen of each kind, and how many were said.
    seen: [u64; KINDS],
    said: [u64; KINDS],
    // For each table, where its last record stood.
    before: [Vec<u8>; TAGS.len()],
    person: Vec<u8>,
    // Who carries the number that is being read, and those of them who were decided on without knowing of the others.
    carriers: Groups,
    untold: BTreeSet<Vec<u8>>,
}

impl Joined {
    fn line<R: BufRead>(&mut self, lines: &Lines<R>) -> Result<(), ReviewError> {
        let none = "not what `spread decide` says";
        let line = lines.line();
        let tag = line.split(|byte| *byte == b'\t').next().unwrap_or_default();
        if tag == PERSON.as_bytes() {
            let [_, key] = fields(line).ok_or_else(|| lines.refuse(none))?;
            if key <= self.person.as_slice() {
                return Err(lines.refuse(
                    "a person decided on in two places, or lines not sorted: all rows of a person belong together",
                ));
            }
            self.seen[PERSONS] += 1;
            self.person.clear();
            self.person.extend_from_slice(key);
            return Ok(());
        }
        if tag == NUMBER.as_bytes() {
            return self.number(lines, none);
        }
        if tag == TALLY.as_bytes() {
            return self.tally(line).ok_or_else(|| lines.refuse(none));
        }
        let table = TAGS.iter().position(|known| known.as_bytes() == tag);
        let read = table.zip(fields(line)).and_then(|(table, fields)| {
            let [_, file, line, n, text] = fields;
            Some((table, [file, line, n].concat(), unescaped(text)?))
        });
        let (table, at, text) = read.ok_or_else(|| lines.refuse(none))?;
        if at <= self.before[table] {
            return Err(lines.refuse("not sorted: lines come by their bytes, and each once"));
        }
        self.before[table] = at;
        self.seen[table] += 1;
        let place = self.written.tables_mut().into_iter().nth(table);
        if let Some(bytes) = place {
            bytes.extend_from_slice(&text);
            bytes.push(b'\n');
            if bytes.len() > PIECE {
                self.flush()?;
            }
        }
        Ok(())
    }

    // A number that stands under two keys was told to both, or one step was left out.
    fn number<R: BufRead>(
        &mut self,
        lines: &Lines<R>,
        none: &'static str,
    ) -> Result<(), ReviewError> {
        let said = &lines.line()[NUMBER.len() + 1..];
        let (said, told) = match said.strip_suffix(b"\t1") {
            Some(said) => (said, true),
            None => (
                said.strip_suffix(b"\t0")
                    .ok_or_else(|| lines.refuse(none))?,
                false,
            ),
        };
        let done = self.carriers.take(lines, said)?;
        self.complete(done)?;
        self.seen[NUMBERS] += 1;
        if !told && let Some([_, key, ..]) = fields::<4>(said) {
            self.untold.insert(key.to_vec());
        }
        Ok(())
    }

    fn complete(&mut self, group: Option<Group<Vec<u8>>>) -> Result<(), ReviewError> {
        let Some(group) = group else { return Ok(()) };
        let untold = std::mem::take(&mut self.untold);
        match group.shared().is_disjoint(&untold) {
            true => Ok(()),
            false => Err(ReviewError::Untold),
        }
    }

    fn tally(&mut self, line: &[u8]) -> Option<()> {
        let [_, said @ .., text] = fields::<{ KINDS + 2 }>(line)?;
        for (sum, said) in self.said.iter_mut().zip(said) {
            *sum += number::<u64>(said)?;
        }
        let tally = serde_json::from_slice(&unescaped(text)?).ok()?;
        self.tally.merge(tally);
        Some(())
    }

    fn flush(&mut self) -> Result<(), ReviewError> {
        self.tables.write(&self.written)?;
        for table in self.written.tables_mut() {
            table.clear();
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Tally, ReviewError> {
        let last = self.carriers.last();
        self.complete(last)?;
        if self.seen != self.said {
            return Err(ReviewError::Missing);
        }
        self.flush()?;
        self.tables.finish().map(drop)?;
        Ok(self.tally)
    }
}
