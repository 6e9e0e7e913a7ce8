//! `relief read`: record sheets to records.

use std::fs::File;
use std::io::{Read as _, Write};
use std::path::Path;

use packs::Packs;
use reading::{Draft, Recognizer, Tesseract};

use crate::args::Read;
use crate::report::Report;

pub(crate) fn run(args: &Read, report: &mut Report) {
    let packs = match Packs::builtin() {
        Ok(packs) => packs,
        Err(error) => return report.refuse(Path::new("<built-in packs>"), 1, error),
    };
    // Looked for once, and only used for pictures of pages.
    let mut engine = Tesseract::find();
    let mut out = std::io::stdout().lock();
    for file in &args.files {
        let bytes = match within_limits(file) {
            Ok(bytes) => bytes,
            Err(error) => {
                report.refuse_file(file, &error);
                continue;
            }
        };
        let engine = engine.as_mut().map(|engine| engine as &mut dyn Recognizer);
        match reading::read_pages(&bytes, packs, engine, &mut |_| true) {
            Ok(mut draft) => {
                if let Some(name) = file.file_name() {
                    draft.set_file(&name.to_string_lossy());
                }
                doubts(&draft, file, report);
                report.output(writeln!(out, "{}", draft.record.to_json()));
            }
            Err(error) => report.refuse(file, 1, error),
        }
    }
}

/// A file's bytes, or as many as show that it is too large: some files, as those that stand for devices, have no end.
fn within_limits(file: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = reading::LARGEST as u64 + 1;
    File::open(file)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What a person must look at before the record is trusted. Names places, never what stands there.
fn doubts(draft: &Draft, file: &Path, report: &Report) {
    for flag in &draft.flags {
        let (line, page, kind) = (flag.line as usize, flag.page, flag.kind);
        match &flag.path {
            Some(path) => report.note(file, line, format_args!("page {page}: `{path}`: {kind}")),
            None => report.note(file, line, format_args!("page {page}: {kind}")),
        }
    }
    for unread in draft
        .record
        .reading
        .iter()
        .flat_map(|reading| &reading.unread)
    {
        let (line, page) = (unread.line as usize, unread.page);
        report.note(
            file,
            line,
            format_args!("page {page}: this line was not understood"),
        );
    }
}
