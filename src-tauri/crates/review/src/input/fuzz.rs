//! The reader of rows under changed, cut, swapped and lengthened input: it never panics, every line is a row or told of, and the quick
//! way reads what the careful one does.
//!
//! `RELIEF_FUZZ` gives the rounds (`cargo xtask fuzz ROUNDS`); a test run does a few thousand.

use std::io::Read;

use super::Open;
use crate::batch::{Batch, COLUMNS, Problem};
use crate::fields::whole_row;

/// Numbers that look random and are the same in every run (splitmix64).
struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n.max(1) as u64).unwrap()
    }

    fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

/// Gives a few bytes at a time, as a pipe may.
struct Slow(Vec<u8>, usize, usize);

impl Read for Slow {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = buffer.len().min(self.2).min(self.0.len() - self.1);
        buffer[..n].copy_from_slice(&self.0[self.1..self.1 + n]);
        self.1 += n;
        Ok(n)
    }
}

/// What is known of a row.
type One = (u64, Option<Problem>, bool, Vec<u8>, Vec<Vec<u8>>);

fn read(bytes: &[u8], quick: bool, step: usize) -> Vec<One> {
    let mut open = Open::new(Box::new(Slow(bytes.to_vec(), 0, step)));
    open.quick = quick;
    let (mut batch, mut read) = (Batch::default(), 0);
    let mut all = Vec::new();
    // Batches of a few rows and of one, as the feed and the pieces make them.
    while open.row(&mut batch, 0, &mut read).unwrap() {
        let n = batch.len() - 1;
        let (row, place) = (batch.row(n), batch.places()[n]);
        let fields = (0..row.ends.len()).map(|n| row.raw(n).to_vec()).collect();
        all.push((
            place.line,
            place.problem,
            place.keyless,
            batch.raw(n).to_vec(),
            fields,
        ));
        if all.len().is_multiple_of(3) {
            batch.clear();
        } else if all.len().is_multiple_of(4) {
            batch.pop();
        }
    }
    all
}

/// A made-up file: rows of as many columns as there are, and of others, with everything that a field can hold.
fn file(rng: &mut Rng) -> Vec<u8> {
    let mut out: Vec<u8> = rng
        .of::<[u8]>(&[b"", b"\xef\xbb\xbf", b"RECORD_ID,x\n"])
        .to_vec();
    for _ in 0..rng.below(6) {
        let columns = rng.of(&[
            &COLUMNS,
            &COLUMNS,
            &COLUMNS,
            &COLUMNS,
            &(COLUMNS + 1),
            &94,
            &1,
        ]);
        for n in 0..*columns {
            if n > 0 {
                out.push(b',');
            }
            let odd: &[&[u8]] = &[
                b"\"a,b\"",
                b"\"a\"\"b\"",
                b"a\"b",
                b"\"a\"b",
                b"\"\"",
                b"\"line\nend\"",
                b" \"x\"",
                b"\xd1\xff",
                b"\r",
                b"\"",
            ];
            let usual: &[&[u8]] = &[
                b"",
                b"  -  ",
                b"123",
                b"FELONY",
                b"\"SMITH,ANA\"",
                b"101001001000",
            ];
            out.extend_from_slice(if rng.below(300) == 0 {
                rng.of(odd)
            } else {
                rng.of(usual)
            });
        }
        out.extend_from_slice(rng.of::<[u8]>(&[b"\n", b"\n", b"\r\n", b"\n\n", b",\n"]));
    }
    for _ in 0..rng.below(4) {
        if out.is_empty() {
            break;
        }
        let at = rng.below(out.len());
        match rng.below(6) {
            0 => out[at] ^= 1 << rng.below(8),
            1 => out[at] = rng.of::<[u8]>(&[b"\"", b",", b"\n", b"\r", b"\0"])[0],
            2 => out.truncate(at),
            3 => drop(out.drain(at..(at + rng.below(40)).min(out.len()))),
            4 => out.insert(at, b'"'),
            _ => {
                let part = out[at..(at + 1 + rng.below(900)).min(out.len())].to_vec();
                out.extend(part);
            }
        }
    }
    out
}

#[test]
fn rows_are_read_alike_the_quick_way_and_the_careful_one() {
    let rounds: u64 = std::env::var("RELIEF_FUZZ")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(3_000);
    let mut rng = Rng(7);
    let (mut plain, mut broken) = (0, 0);
    for _ in 0..rounds {
        let bytes = file(&mut rng);
        let careful = read(&bytes, false, usize::MAX);
        let step = 1 + rng.below(2000);
        assert_eq!(
            read(&bytes, true, step),
            careful,
            "{:?}",
            String::from_utf8_lossy(&bytes)
        );
        let lines = bytes.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
        for (line, problem, _, raw, fields) in &careful {
            assert!(*line <= lines && !raw.is_empty());
            broken += u64::from(problem.is_some());
            if matches!(problem, None | Some(Problem::Order | Problem::NoPerson)) {
                plain += 1;
                assert_eq!(fields.len(), COLUMNS);
                // The row alone is the same row: so it travels between the pieces of a review.
                let (mut alone, place) = (Batch::default(), crate::batch::Place::new(0, *line));
                whole_row(&mut alone, raw, place).unwrap();
                let row = alone.row(0);
                let again: Vec<_> = (0..row.ends.len()).map(|n| row.raw(n).to_vec()).collect();
                assert_eq!(again, *fields);
            }
        }
    }
    assert!(
        plain > rounds && broken > rounds / 10,
        "{plain} rows, {broken} broken"
    );
}
