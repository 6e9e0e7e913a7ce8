//! One record a line, one findings document a line, in order: read, screened and written by several threads.
//!
//! Lines travel in batches, each worker gets every n-th, and the writer asks the workers in turn: the order is that of the input without
//! any sorting. Channels hold a few batches and no more, so that memory stays flat however long the input is.

use std::io::{self, BufRead, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use law::Ask;
use packs::Packs;
use record::Record;
use review::spread::{escaped, unescaped};

use crate::args::Screen;
use crate::report::Report;

/// Lines that travel together.
const BATCH: usize = 64;
/// Batches that may wait before and behind each worker.
const WAITING: usize = 2;

/// A line with its number, or why it could not be read.
type Read = (usize, Result<String, String>);

/// What a batch came to.
#[derive(Default)]
struct Said {
    /// The documents, one a line.
    documents: Vec<u8>,
    /// Lines with something to say of them: notes, or why they were refused.
    remarks: Vec<(usize, Result<Vec<String>, String>)>,
}

pub(super) fn run(
    input: impl BufRead + Send,
    out: &mut impl Write,
    args: &Screen,
    ask: &Ask,
    packs: &Packs,
    report: &mut Report,
) -> io::Result<()> {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let (mut to, mut from) = (Vec::new(), Vec::new());
        for _ in 0..workers {
            let (give, take) = sync_channel(WAITING);
            let (say, hear) = sync_channel(WAITING);
            scope.spawn(move || work(&take, &say, args, ask, packs));
            to.push(give);
            from.push(hear);
        }
        scope.spawn(move || read(input, &to));
        write(out, &from, args, report)
    })
}

fn read(input: impl BufRead, to: &[SyncSender<Vec<Read>>]) {
    let mut turns = to.iter().cycle();
    let mut batch = Vec::with_capacity(BATCH);
    for (n, line) in input.lines().enumerate() {
        let mut last = false;
        match line {
            Ok(line) if line.trim().is_empty() => continue,
            Ok(line) => batch.push((n + 1, Ok(line))),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                batch.push((n + 1, Err("the line is not UTF-8 text".to_owned())));
            }
            Err(error) => {
                last = true;
                batch.push((n + 1, Err(error.to_string())));
            }
        }
        if batch.len() == BATCH || last {
            let full = std::mem::replace(&mut batch, Vec::with_capacity(BATCH));
            // Nobody listens any more when the writer has given up.
            if turns.next().is_none_or(|to| to.send(full).is_err()) || last {
                return;
            }
        }
    }
    if let Some(to) = turns.next().filter(|_| !batch.is_empty()) {
        let _ = to.send(batch);
    }
}

fn work(
    take: &Receiver<Vec<Read>>,
    say: &SyncSender<Said>,
    args: &Screen,
    ask: &Ask,
    packs: &Packs,
) {
    // The next batch comes to about as much as the largest so far.
    let mut most = 0;
    while let Ok(batch) = take.recv() {
        let mut said = Said {
            documents: Vec::with_capacity(most),
            ..Said::default()
        };
        for (n, line) in batch {
            let line = match (args.placed, line) {
                (true, Ok(line)) => match placed(&line, args, ask, packs, &mut said.documents) {
                    Ok(()) => continue,
                    Err(problem) => Err(problem.to_owned()),
                },
                (_, line) => line,
            };
            let record = line.and_then(|line| {
                Record::from_json(&line)
                    .map_err(|error| format!("at `{}`: {}", error.path, error.problem))
            });
            let told = record.map(|record| super::told(&record, args, ask, packs));
            match told {
                Ok(told) => {
                    told.findings.write_json_line(&mut said.documents);
                    if !told.notes.is_empty() {
                        said.remarks.push((n, Ok(told.notes)));
                    }
                }
                Err(problem) => said.remarks.push((n, Err(problem))),
            }
        }
        most = most.max(said.documents.len());
        if say.send(said).is_err() {
            return;
        }
    }
}

/// One record with its place before it. Whatever is said goes to `out`, behind the place: an engine of many machines has
/// no other way to bring a refusal back.
fn placed(
    line: &str,
    args: &Screen,
    ask: &Ask,
    packs: &Packs,
    out: &mut Vec<u8>,
) -> Result<(), &'static str> {
    let (place, text) = line
        .split_once('\t')
        .ok_or("not a place, a tab and a record")?;
    let text = unescaped(text.as_bytes()).ok_or("a record that is not escaped as it should be")?;
    let mut say = |kind: &str, words: &[u8]| {
        out.extend_from_slice(place.as_bytes());
        out.push(b'\t');
        out.extend_from_slice(kind.as_bytes());
        out.push(b'\t');
        escaped(out, words);
        out.push(b'\n');
    };
    let Ok(text) = String::from_utf8(text) else {
        say("refused", b"the line is not UTF-8 text");
        return Ok(());
    };
    if text.trim().is_empty() {
        return Ok(());
    }
    match Record::from_json(&text) {
        Ok(record) => {
            let told = super::told(&record, args, ask, packs);
            let mut document = Vec::new();
            told.findings.write_json_line(&mut document);
            say("findings", document.trim_ascii_end());
            for note in told.notes {
                say("note", note.as_bytes());
            }
        }
        Err(error) => {
            let problem = format!("at `{}`: {}", error.path, error.problem);
            say("refused", problem.as_bytes());
        }
    }
    Ok(())
}

fn write(
    out: &mut impl Write,
    from: &[Receiver<Said>],
    args: &Screen,
    report: &mut Report,
) -> io::Result<()> {
    // Batches went round in turn; the first worker that has none left was the last one's next.
    for worker in from.iter().cycle() {
        let Ok(said) = worker.recv() else {
            break;
        };
        out.write_all(&said.documents)?;
        for (n, remark) in said.remarks {
            match remark {
                Ok(notes) => notes
                    .into_iter()
                    .for_each(|note| report.note(&args.file, n, note)),
                Err(problem) => report.refuse(&args.file, n, problem),
            }
        }
    }
    Ok(())
}
