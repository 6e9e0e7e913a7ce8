//! `relief schema`: the JSON Schemas, derived from the types that read and write the documents.

use std::io::Write;

use record::Record;
use record::answers::Answers;
use record::clinic::Clinic;
use record::findings::Findings;
use schemars::schema_for;

use crate::args::Document;
use crate::report::Report;

pub(crate) fn run(document: Document, report: &mut Report) {
    let schema = match document {
        Document::Record => schema_for!(Record),
        Document::Findings => schema_for!(Findings),
        Document::Clinic => schema_for!(Clinic),
        Document::Answers => schema_for!(Answers),
    };
    report.output(writeln!(std::io::stdout(), "{:#}", schema.as_value()));
}
