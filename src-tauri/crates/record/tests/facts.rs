//! The worked cases of the contract, where `RELIEF_FACTS` names their folder: every record reads and writes without a change.
//! Counted as skipped where they are not at hand.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Trial};
use record::Record;
use serde_json::Value;

fn main() {
    let facts = std::env::var_os("RELIEF_FACTS").map(PathBuf::from);
    let absent = facts.is_none();
    let trials = ["cases.jsonl", "cases-states.jsonl"].map(|name| {
        let file = facts
            .clone()
            .unwrap_or_default()
            .join("contract")
            .join(name);
        Trial::test(
            format!("every_record_of_{name}_reads_and_writes_unchanged"),
            move || {
                reads_and_writes_unchanged(&file);
                Ok(())
            },
        )
        .with_ignored_flag(absent)
    });
    libtest_mimic::run(&Arguments::from_args(), trials.into()).exit();
}

fn reads_and_writes_unchanged(file: &Path) {
    for line in std::fs::read_to_string(file).unwrap().lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let record = Record::from_json(&case["record"].to_string())
            .unwrap_or_else(|error| panic!("{}: {error}", case["id"]));
        let written: Value = serde_json::from_str(&record.to_json()).unwrap();
        assert_eq!(
            written,
            without_nulls(case["record"].clone()),
            "{}",
            case["id"]
        );
    }
}

/// Drops what says "unknown": null and a missing key are the same.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(
            map.into_iter()
                .filter(|(_, v)| !v.is_null())
                .map(|(k, v)| (k, without_nulls(v)))
                .collect(),
        ),
        Value::Array(list) => Value::Array(list.into_iter().map(without_nulls).collect()),
        other => other,
    }
}
