//! Tables of cases: rows are worked cases of their own, and a row that changes nothing is refused where it stands.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use packs::case::WorkedCase;
use packs::{LoadError, Pack, Packs};

const TABLE: &str = r#"
[[table]]
id = "made-up"
title = "A table"
as_of = "2026-11-21"
[table.record]
schema = "relief-desk/record/1"
person = { name = { given = "A", family = "B" }, born = "1970-01-01" }
cases = [
  { court = { jurisdiction = "us-ca" }, counts = [
    { section = "PC 415", level = "misdemeanor", offense_date = "2012-01-01", sentence = { status = "completed" } },
  ] },
]
[[table.row]]
id = "as-it-is"
why = "why"
cite = "cite"
expect = [{ routes = ["pc-1203.4", "pc-851.91", "pc-4852"], status = "not_eligible" }]
[[table.row]]
id = "changed"
as_of = "2026-11-20"
set = { "cases[0].counts[0].level" = "infraction", "cases[1]" = { court = {}, counts = [] } }
drop = ["person.born", "cases[0].counts[0].sentence"]
why = "why"
cite = "cite"
expect = [{ route = "pc-1203.4", case = 1, count = 2, status = "eligible" }]
"#;

fn cases(table: &str) -> Result<Vec<WorkedCase>, LoadError> {
    let pack = Packs::builtin().unwrap().pack("us-ca").unwrap();
    let rules = pack.texts_of_files();
    let rules = rules.filter(|(name, _)| !name.starts_with("cases/"));
    Pack::from_texts("made", rules.chain([("cases/table.toml", table)]))?.worked_cases()
}

#[test]
fn a_row_is_a_case_of_its_own() {
    let cases = cases(TABLE).unwrap();
    let [same, other] = cases.as_slice() else {
        panic!("{cases:?}")
    };
    assert_eq!(same.id, "made-up/as-it-is");
    assert_eq!(same.place.to_string(), "made/cases/table.toml:14");
    let asked: Vec<_> = same
        .expect
        .iter()
        .map(|e| (&*e.route, e.case, e.count))
        .collect();
    // What one answer of a route is about: a count, a case, the person.
    let first = [
        ("pc-1203.4", Some(0), Some(0)),
        ("pc-851.91", Some(0), None),
        ("pc-4852", None, None),
    ];
    assert_eq!(asked, first);
    assert_eq!(other.as_of.to_string(), "2026-11-20");
    assert_eq!(
        (other.expect[0].case, other.expect[0].count),
        (Some(1), Some(2))
    );
    assert_eq!(other.place.line, 19);
    assert_eq!(other.record.person.born, None);
    assert_eq!(other.record.cases.len(), 2);
    let count = &other.record.cases[0].counts[0];
    assert_eq!(count.level, Some(record::Level::Infraction));
    assert!(count.sentence.is_none() && same.record.cases[0].counts[0].sentence.is_some());
}

#[test]
fn a_row_that_says_nothing_new_is_refused() {
    let row = |text: &str| {
        let answer =
            "why = \"\"\ncite = \"\"\nexpect = [{ route = \"pc-1203.4\", status = \"eligible\" }]";
        format!("{TABLE}[[table.row]]\nid = \"bad\"\n{text}\n{answer}\n")
    };
    let set = |path: &str, value: &str| row(&format!("set = {{ \"{path}\" = {value} }}"));
    let refused = [
        (
            set("cases[1].filed", "\"2012\""),
            "27: `cases[1].filed` is nowhere in the base record",
        ),
        (
            set("cases[2]", "{}"),
            "27: `cases[2]` is nowhere in the base record",
        ),
        (
            set("cases[0].counts[0].level", "\"misdemeanor\""),
            "27: `cases[0].counts[0].level` is so in the base record already",
        ),
        (
            set("cases[0].counts[x]", "1"),
            "27: `cases[0].counts[x]` is no path: write `cases[0].counts[0].level`",
        ),
        (
            set("cases[0].counts[0].lvel", "\"felony\""),
            "27: the key `lvel` is not known; the nearest is `level`",
        ),
        (
            row("drop = [\"cases[0].counts[0].conduct\"]"),
            "27: `cases[0].counts[0].conduct` is nowhere in the base record",
        ),
        (
            row(""),
            "27: `bad` asks what `as-it-is` asks; one row can expect both",
        ),
        (
            set("person.born", "\"1980-01-01\"").replace("\"bad\"", "\"changed\""),
            "28: the row `changed` stands twice",
        ),
        (
            set("person.born", "\"1980-01-01\"")
                .replace("pc-1203.4\", status", "pc-1203.5\", status"),
            "32: route `pc-1203.5` is not known; the nearest is `pc-1203.3`",
        ),
        (
            format!("{TABLE}{TABLE}"),
            "40: the case `made-up/as-it-is` stands twice",
        ),
    ];
    for (table, message) in refused {
        let error = cases(&table)
            .err()
            .unwrap_or_else(|| panic!("taken: {message}"));
        assert_eq!(
            error.to_string(),
            format!("made/cases/table.toml:{message}")
        );
    }
}
