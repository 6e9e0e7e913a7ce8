//! `relief read`: record sheets to records.

use std::io::Write;
use std::path::Path;

use packs::Packs;
use record::Record;

use crate::args::Read;
use crate::report::Report;

pub(crate) fn run(args: &Read, report: &mut Report) {
    let packs = match Packs::builtin() {
        Ok(packs) => packs,
        Err(error) => return report.refuse(Path::new("<built-in packs>"), 1, error),
    };
    let mut out = std::io::stdout().lock();
    for file in &args.files {
        let bytes = match std::fs::read(file) {
            Ok(bytes) => bytes,
            Err(error) => {
                report.refuse(file, 1, error);
                continue;
            }
        };
        match reading::read(&bytes, packs) {
            Ok(draft) => {
                let mut record = draft.record;
                name_the_file(&mut record, file);
                report.output(writeln!(out, "{}", record.to_json()));
            }
            Err(error) => report.refuse(file, 1, error),
        }
    }
}

/// The reader sees bytes, not names: what it read is noted under the name of the file they came from.
fn name_the_file(record: &mut Record, file: &Path) {
    let Some(name) = file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
    else {
        return;
    };
    for source in record
        .provenance
        .iter_mut()
        .flat_map(|map| map.values_mut())
        .flatten()
    {
        source.file.get_or_insert_with(|| name.clone());
    }
}
