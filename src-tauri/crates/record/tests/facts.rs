//! The worked cases of the contract, where `RELIEF_FACTS` names their folder: every record reads and writes without a change.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::path::PathBuf;

use record::Record;
use serde_json::Value;

/// The worked cases, or nothing where they are not at hand: the conformance run of `law` counts that as skipped.
fn cases() -> Vec<Value> {
    let Some(facts) = std::env::var_os("RELIEF_FACTS").map(PathBuf::from) else {
        return Vec::new();
    };
    ["cases.jsonl", "cases-states.jsonl"]
        .iter()
        .flat_map(|name| {
            let text = std::fs::read_to_string(facts.join("contract").join(name)).unwrap();
            text.lines()
                .map(|line| serde_json::from_str(line).unwrap())
                .collect::<Vec<Value>>()
        })
        .collect()
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

#[test]
fn every_worked_record_reads_and_writes_unchanged() {
    for case in cases() {
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
