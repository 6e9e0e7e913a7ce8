//! `relief rules`: rule packs proved, printed, and put to the test.

use std::io::Write;
use std::path::Path;

use law::prove;
use packs::{LoadError, Packs};

use crate::args::{RulePacks, Rules};
use crate::report::Report;

pub(crate) fn run(what: &Rules, report: &mut Report) {
    match what {
        Rules::Check(packs) => with(packs, report, check),
        Rules::Book(packs) => with(packs, report, book),
        Rules::Mutate(packs) => with(packs, report, mutate),
    }
}

// The packs of a folder, or those inside the program.
fn with(args: &RulePacks, report: &mut Report, what: impl FnOnce(&Packs, &mut Report)) {
    let loaded;
    let packs = match args.packs.as_ref().or(args.dir.as_ref()) {
        None => Packs::builtin(),
        Some(dir) => match Packs::load(dir) {
            Ok(packs) => {
                loaded = packs;
                Ok(&loaded)
            }
            Err(error) => return refuse(&error, report),
        },
    };
    match packs {
        Ok(packs) => what(packs, report),
        Err(error) => refuse(&error, report),
    }
}

// A load error names its own file and line.
fn refuse(error: &LoadError, report: &mut Report) {
    let line = error.line().unwrap_or(1);
    report.refuse(Path::new(error.file()), line, error.problem());
}

fn check(packs: &Packs, report: &mut Report) {
    let (covered, faults) = match prove::check(packs) {
        Ok(proof) => proof,
        Err(error) => return refuse(&error, report),
    };
    for fault in &faults {
        report.refuse(Path::new(&fault.place.file), fault.place.line, &fault.text);
    }
    let names: Vec<String> = packs
        .iter()
        .map(|pack| format!("{} {}", pack.id, pack.version))
        .collect();
    report.output(writeln!(
        std::io::stdout(),
        "{}: {} worked cases, {} questions, {} rows, {} limits, {} facts hidden or changed: {}",
        names.join(", "),
        covered.cases,
        covered.questions,
        covered.rows,
        covered.limits,
        covered.changes,
        if faults.is_empty() {
            "all hold".to_owned()
        } else {
            format!("{} faults", faults.len())
        }
    ));
}

fn book(packs: &Packs, report: &mut Report) {
    let written = std::io::stdout().write_all(packs::book::print(packs).as_bytes());
    report.output(written);
}

/// Below this share of noticed changes, in hundredths, the worked cases do not prove the rules.
const ENOUGH: usize = 95;

fn mutate(packs: &Packs, report: &mut Report) {
    for pack in packs.iter() {
        let mutations = prove::mutate(pack, 1);
        let noticed = mutations.made - mutations.unnoticed.len();
        for fault in &mutations.unnoticed {
            report.note(Path::new(&fault.place.file), fault.place.line, &fault.text);
        }
        let share = (noticed * 1000).checked_div(mutations.made).unwrap_or(1000);
        report.output(writeln!(
            std::io::stdout(),
            "{} {}: {noticed} of {} changes noticed, {}.{} in 100",
            pack.id,
            pack.version,
            mutations.made,
            share / 10,
            share % 10
        ));
        if share < ENOUGH * 10 {
            let message =
                format_args!("fewer than {ENOUGH} in 100 changes are noticed").to_string();
            report.refuse(Path::new(pack.root()), 1, message);
        }
    }
}
