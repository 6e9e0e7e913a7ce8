//! `relief packet`: a record, a clinic and answers to a folder of papers.

use std::path::Path;

use forms::{Library, Unusable};
use law::{Ask, Detail, screen};
use packs::Packs;
use papers::Sides;
use record::answers::Answers;
use record::clinic::Clinic;
use record::{JsonError, Record};

use crate::args::{Packet, day};
use crate::report::Report;
use crate::whole::{self, Staged};

pub(crate) fn run(args: &Packet, report: &mut Report) {
    let packs = match Packs::builtin() {
        Ok(packs) => packs,
        Err(error) => return report.refuse(Path::new("<built-in packs>"), 1, error),
    };
    let record = document(&args.record, Record::from_json, report);
    let clinic = document(&args.clinic, Clinic::from_json, report);
    let answers = args
        .answers
        .as_ref()
        .map(|path| document(path, Answers::from_json, report));
    let (Some(record), Some(clinic)) = (record, clinic) else {
        return;
    };
    let answers = match answers {
        None => None,
        Some(Some(answers)) => Some(answers),
        Some(None) => return,
    };

    if !declarations(&record, answers.as_ref(), args, report) {
        return;
    }

    let as_of = day(args.as_of);
    let ask = Ask {
        as_of,
        routes: None,
        detail: Detail::Full,
        lang: clinic.language,
    };
    let screening = screen(&record, &ask, packs);
    for note in &screening.notes {
        report.note(&args.record, 1, note);
    }
    let library = (args.forms.as_ref()).map(|folder| library(folder, packs, report));
    let request = papers::Request {
        record: &record,
        findings: &screening.findings,
        alternatives: &screening.alternatives,
        clinic: &clinic,
        answers: answers.as_ref(),
        as_of,
        packs,
        training: false,
        library: library.as_ref(),
        signed: None,
    };
    let packet = match papers::prepare(&request) {
        Ok(packet) => packet,
        Err(error) => return report.refuse(&args.record, 1, error),
    };
    if let Some(folder) = (args.efile.as_ref()).filter(|folder| same(folder, &args.out)) {
        return report.refuse(
            folder,
            1,
            "what is made for e-filing needs a folder of its own, beside the packet's",
        );
    }
    for folder in std::iter::once(&args.out).chain(&args.efile) {
        if another(&packet, folder) {
            return report.refuse(
                folder,
                1,
                "the folder holds another person's packet, this person's under another name or birth date, or a manifest.json that does not say whose it is: give a folder of its own",
            );
        }
    }
    if let Err(error) = write(&packet, &args.out) {
        return report.refuse(
            &args.out,
            1,
            format_args!("the papers could not be written: {error}"),
        );
    }
    // Only the window knows a sign-off, and a paper that is uploaded or printed leaves the clinic.
    if let Some(folder) = args.efile.as_ref().filter(|_| clinic.require_sign_off) {
        report.refuse(
            folder,
            1,
            "not made for e-filing: this clinic lets nothing leave before an attorney has signed it off; do that in the app, and save it for e-filing there",
        );
    } else if let Some(folder) = &args.efile
        && !efile(&packet, packs, folder, report)
    {
        return;
    }
    if let Some(file) = args.print.as_ref().filter(|_| clinic.require_sign_off) {
        report.refuse(
            file,
            1,
            "not printed: this clinic prints nothing before an attorney has signed it off; do that in the app, and print there",
        );
    } else if let Some(file) = &args.print
        && !print(&packet, packs, args.two_sided, file, report)
    {
        return;
    }
    if !packet.ready {
        for reason in &packet.why_not {
            report.refuse(&args.record, 1, format_args!("not ready: {reason}"));
        }
    }
}

/// Writes a packet's files for e-filing, and says what keeps one from being taken.
fn efile(packet: &papers::Packet, packs: &Packs, folder: &Path, report: &mut Report) -> bool {
    let made = match papers::efile(packet, packs) {
        Ok(made) => made,
        Err(error) => {
            report.refuse(folder, 1, error);
            return false;
        }
    };
    let files = made.all().map(|(name, paper)| (name, &*paper.bytes));
    let written = serde_json::to_vec_pretty(&made.manifest())
        .map_err(std::io::Error::from)
        .and_then(|manifest| stage(folder, files, manifest));
    if let Err(error) = written {
        report.refuse(
            folder,
            1,
            format_args!("the files for e-filing could not be written: {error}"),
        );
        return false;
    }
    for file in made.files.iter().filter(|file| !file.problems.is_empty()) {
        let problems = file.problems.iter().map(papers::Problem::as_str);
        let problems: Vec<&str> = problems.collect();
        report.refuse(
            &folder.join(&file.file),
            1,
            format_args!(
                "not as e-filing wants it ({}): the checklist says what to do",
                problems.join(", ")
            ),
        );
    }
    true
}

/// Writes the print job of a packet.
fn print(
    packet: &papers::Packet,
    packs: &Packs,
    two_sided: bool,
    file: &Path,
    report: &mut Report,
) -> bool {
    let sides = if two_sided { Sides::Two } else { Sides::One };
    let written = papers::print(&[packet], packs, sides)
        .map_err(|error| error.to_string())
        .and_then(|job| {
            whole::write(file, &job.bytes)
                .map_err(|error| format!("the print job could not be written: {error}"))
        });
    match written {
        Ok(()) => true,
        Err(problem) => {
            report.refuse(file, 1, problem);
            false
        }
    }
}

/// Whether every declaration says something about a count that the record has; one that does not would be left out of the papers.
fn declarations(
    record: &Record,
    answers: Option<&Answers>,
    args: &Packet,
    report: &mut Report,
) -> bool {
    let mut sound = true;
    let file = args.answers.as_deref().unwrap_or(&args.record);
    let declared = answers.and_then(|answers| answers.declare.as_deref());
    for (n, declare) in declared.unwrap_or_default().iter().enumerate() {
        let case = record.cases.get(declare.case);
        let problem = if declare.text.trim().is_empty() {
            "the declaration has no text"
        } else if case.is_none() {
            "the record has no such case"
        } else if case
            .is_some_and(|case| declare.count.is_some_and(|c| case.counts.get(c).is_none()))
        {
            "the case has no such count"
        } else {
            continue;
        };
        sound = false;
        report.refuse(file, 1, format_args!("at `declare[{n}]`: {problem}"));
    }
    sound
}

/// Opens the folder of blanks; says which files in it are of no use.
pub(crate) fn library(folder: &Path, packs: &Packs, report: &mut Report) -> Library {
    match Library::open(folder, packs) {
        Ok(library) => {
            for file in library.rejected() {
                match &file.why {
                    Unusable::Description(error) => {
                        report.refuse(&file.file, error.line().unwrap_or(1), error.problem());
                    }
                    why => report.refuse(&file.file, 1, why),
                }
            }
            library
        }
        Err(error) => {
            let lost = Library::lost(error.kind());
            report.refuse(folder, 1, error);
            lost
        }
    }
}

/// Reads and checks one JSON document; says why if it is refused.
pub(crate) fn document<T>(
    path: &Path,
    parse: fn(&str) -> Result<T, JsonError>,
    report: &mut Report,
) -> Option<T> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            report.refuse_file(path, &error);
            return None;
        }
    };
    parse(&text)
        .map_err(|error| {
            report.refuse(
                path,
                error.line,
                format_args!("at `{}`: {}", error.path, error.problem),
            )
        })
        .ok()
}

/// The file that names the papers of a folder.
const MANIFEST: &str = "manifest.json";

/// Writes the papers, then the manifest that names them: a folder without its manifest is not finished.
fn write(packet: &papers::Packet, out: &Path) -> std::io::Result<()> {
    let files: Vec<_> = packet.files().collect();
    let files = files
        .iter()
        .map(|(name, _, paper)| (name.as_str(), &*paper.bytes));
    stage(out, files, serde_json::to_vec_pretty(&packet.manifest())?)
}

fn stage<'f>(
    out: &Path,
    files: impl Iterator<Item = (&'f str, &'f [u8])>,
    mut manifest: Vec<u8>,
) -> std::io::Result<()> {
    let older = papers_of(&out.join(MANIFEST));
    let mut folder = Staged::new(out)?;
    for (name, bytes) in files {
        folder.write(name, bytes)?;
    }
    manifest.push(b'\n');
    folder.write(MANIFEST, &manifest)?;
    folder.publish(&older)
}

/// Whether two paths name one folder, there or not yet.
fn same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| {
        path.canonicalize()
            .or_else(|_| std::path::absolute(path))
            .unwrap_or_else(|_| path.to_owned())
    };
    whole(one) == whole(other)
}

/// Whether the folder holds what was made for somebody else, or what nobody can say whose it is.
fn another(packet: &papers::Packet, out: &Path) -> bool {
    let manifest = match std::fs::read(out.join(MANIFEST)) {
        Ok(manifest) => manifest,
        Err(error) => return error.kind() != std::io::ErrorKind::NotFound && out.is_dir(),
    };
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap_or_default();
    manifest["whose"].as_str() != Some(packet.whose.as_str())
}

/// The papers an earlier manifest names; none where there is no manifest that can be read.
fn papers_of(manifest: &Path) -> Vec<String> {
    let manifest: serde_json::Value = std::fs::read(manifest)
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default();
    let papers = manifest["papers"].as_array().into_iter().flatten();
    papers
        .filter_map(|paper| Some(paper["file"].as_str()?.to_owned()))
        .collect()
}
