//! `relief screen`: records to findings.

mod lines;

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

use law::{Ask, Screening, screen};
use packs::Packs;
use record::Record;
use record::findings::RouteId;

use crate::args::{Detail, Screen, day};
use crate::report::Report;

pub(crate) fn run(args: &Screen, report: &mut Report) {
    let packs = match Packs::builtin() {
        Ok(packs) => packs,
        Err(error) => return report.refuse(Path::new("<built-in packs>"), 1, error),
    };
    for route in args.routes.iter().flatten() {
        let (pack, id) = route.split_once('/').unwrap_or((route, ""));
        if packs.pack(pack).and_then(|pack| pack.route(id)).is_none() {
            report.refuse(
                &args.file,
                1,
                format_args!("no rule pack here has a route `{route}`"),
            );
        }
    }
    let ask = Ask {
        as_of: day(args.as_of),
        routes: args
            .routes
            .as_ref()
            .map(|routes| routes.iter().cloned().map(RouteId).collect()),
        detail: match args.detail {
            Detail::Answer => law::Detail::Answer,
            Detail::Full => law::Detail::Full,
        },
        lang: args.lang.into(),
    };
    let input: Box<dyn Read + Send> = if args.file == Path::new("-") {
        Box::new(io::stdin())
    } else {
        match File::open(&args.file) {
            Ok(file) => Box::new(file),
            Err(error) => return report.refuse_file(&args.file, &error),
        }
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let written = if args.jsonl {
        lines::run(BufReader::new(input), &mut out, args, &ask, packs, report)
    } else {
        whole(input, &mut out, args, &ask, packs, report)
    };
    report.output(written.and_then(|()| out.flush()));
}

fn told(record: &Record, args: &Screen, ask: &Ask, packs: &Packs) -> Screening {
    let mut screening = screen(record, ask, packs);
    if args.leads {
        law::leads::fill(record, &mut screening.findings, ask, packs);
    }
    screening
}

fn whole(
    mut input: Box<dyn Read + Send>,
    out: &mut impl Write,
    args: &Screen,
    ask: &Ask,
    packs: &Packs,
    report: &mut Report,
) -> io::Result<()> {
    let mut text = String::new();
    if let Err(error) = input.read_to_string(&mut text) {
        report.refuse_file(&args.file, &error);
        return Ok(());
    }
    match Record::from_json(&text) {
        Ok(record) => {
            let screening = told(&record, args, ask, packs);
            for note in &screening.notes {
                report.note(&args.file, 1, note);
            }
            writeln!(out, "{}", screening.findings.to_json())
        }
        Err(error) => {
            report.refuse(&args.file, error.line, &error);
            Ok(())
        }
    }
}
