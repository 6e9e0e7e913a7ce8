//! `relief review spread`: the same review in pieces, as a filter in an engine of many machines.

use std::io::{self, BufReader, BufWriter, Write};
use std::path::Path;

use ::review::ReviewError;
use ::review::spread::{Decide, Join, decide, files, join, numbers, same, split};
use packs::Packs;

use crate::args::{Question, Spread};
use crate::report::Report;
use crate::review::{decisions, lock, not_used, policy};

/// Bytes read and written at a time.
const BLOCK: usize = 1 << 18;

pub(crate) fn run(spread: &Spread, packs: &Packs, report: &mut Report) {
    let done = match spread {
        Spread::Files { files: paths } => {
            let listed = filter(|out| files(paths, out));
            listed.map(|twice| {
                for (path, other) in twice {
                    let other = other.display();
                    report.note(
                        &path,
                        1,
                        format_args!("left out: the same bytes as {other}"),
                    );
                }
            })
        }
        Spread::Split => filter(|out| split(BufReader::new(io::stdin()), out)),
        Spread::Numbers => filter(|out| numbers(BufReader::with_capacity(BLOCK, io::stdin()), out)),
        Spread::Same => filter(|out| same(BufReader::with_capacity(BLOCK, io::stdin()), out)),
        Spread::Decide(question) => {
            let Some(ask) = asked(question, packs, report) else {
                return;
            };
            let input = BufReader::with_capacity(BLOCK, io::stdin());
            filter(|out| decide(ask, packs, input, out))
        }
        Spread::Join(args) => {
            let Some(ask) = asked(&args.question, packs, report) else {
                return;
            };
            let Some(lock) = lock(&args.locked, report) else {
                return;
            };
            let pieces = Join {
                ask,
                files: &args.files,
                said: &args.from,
                format: args.format.into(),
                lock,
            };
            join(pieces, packs, &args.out).map(|tally| not_used(&tally, &args.out, report))
        }
    };
    match done {
        // A reader that went away is no failure worth words, but it is one.
        Err(ReviewError::Io { source, .. }) if source.kind() == io::ErrorKind::BrokenPipe => {
            report.output(Err(source));
        }
        Err(error) => report.refuse(Path::new("<spread>"), 1, error),
        Ok(()) => {}
    }
}

fn filter<T>(
    work: impl FnOnce(&mut dyn Write) -> Result<T, ReviewError>,
) -> Result<T, ReviewError> {
    let mut out = BufWriter::with_capacity(BLOCK, io::stdout().lock());
    let done = work(&mut out)?;
    out.flush().map_err(|source| ReviewError::Io {
        path: "<standard output>".into(),
        source,
    })?;
    Ok(done)
}

fn asked<'q>(question: &'q Question, packs: &Packs, report: &mut Report) -> Option<Decide<'q>> {
    Some(Decide {
        county: &question.county,
        as_of: question.as_of,
        policy: policy(question.policy.as_deref(), packs, report)?,
        decisions: decisions(question.decisions.as_deref(), report)?,
    })
}
