//! A pack that is wrong is refused whole, with file, line and the nearest word: every mistake here is made in a copy of a real pack.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use packs::{Pack, Packs};

// The refusal of a pack with one text of one file changed, and where the change stands.
fn refusal(pack: &str, file: &str, from: &str, to: &str) -> (String, String) {
    let packs = Packs::builtin().unwrap_or_else(|error| panic!("{error}"));
    let real = packs.pack(pack).unwrap();
    let mut place = String::new();
    let changed: Vec<(String, String)> = real
        .texts_of_files()
        .map(|(name, text)| {
            let mut text = text.to_owned();
            if name == file {
                let before = text.split_once(from).map(|(before, _)| before);
                let before = before.unwrap_or_else(|| panic!("`{from}` does not stand in {file}"));
                let line = 1 + before.matches('\n').count();
                place = format!("changed/{file}:{line}:");
                text = text.replacen(from, to, 1);
            }
            (name.to_owned(), text)
        })
        .collect();
    let texts = changed
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    let refused = Pack::from_texts("changed", texts);
    let refused = refused.and_then(|pack| pack.worked_cases());
    let error = refused.err().unwrap_or_else(|| panic!("{to} was taken"));
    (error.to_string(), place)
}

const DOOR: &str = "routes/marihuana-misdemeanor.toml";

#[test]
fn each_mistake_is_named_where_it_stands() {
    for (pack, file, from, to, expected) in [
        // A typo in a key, in an operator, in a value, in a citation, in a text.
        (
            "us-mi",
            DOOR,
            "met_by = \"answered\"",
            "metby = \"answered\"",
            "the key `metby` is not known; the nearest is `met_by`",
        ),
        (
            "us-mi",
            DOOR,
            "test = { attempt = true }",
            "test = { atempt = true }",
            "the key `atempt` is not known; the nearest is `attempt`",
        ),
        (
            "us-mi",
            DOOR,
            "who = \"court\"",
            "who = \"cuort\"",
            "the word `cuort` is not known; the nearest is `court`",
        ),
        (
            "us-mi",
            DOOR,
            "cite = \"mcl-780.621e-order\"",
            "cite = \"mcl-780.621e-ordre\"",
            "citation `mcl-780.621e-ordre` is not known; the nearest is `mcl-780.621e-order`",
        ),
        (
            "us-mi",
            DOOR,
            "say = \"deadline-order\"",
            "say = \"deadline-oder\"",
            "the reason's text `deadline-oder` is not known; the nearest is `deadline-order`",
        ),
        (
            "us-mi",
            DOOR,
            "code = [\"ORD\"]",
            "code = [\"ODR\"]",
            "the code `ODR` is not known; the nearest is `ORD`",
        ),
        (
            "us-mi",
            DOOR,
            "amount = [\"to-2.5-oz\"]",
            "amount = [\"to-2-oz\"]",
            "class of amount `to-2-oz` is not known; the nearest is `to-2.5-oz`",
        ),
        (
            "us-mi",
            DOOR,
            "standard = \"preponderance\"",
            "standard = \"preponderence\"",
            "the nearest is `preponderance`",
        ),
        // A code that nobody prints, and a question that stands twice.
        (
            "us-ca",
            "offenses/doors.toml",
            "\"PC 193.8\"",
            "\"PX 193.8\"",
            "the code `PX` is not known; the nearest is `P",
        ),
        (
            "us-ca",
            "routes/pc-1203.4.toml",
            "id = \"now-probation\"",
            "id = \"now-serving\"",
            "the gate, bar or wait `now-serving` stands twice",
        ),
        // A list that may be arguable, and no word for the lawyer.
        (
            "us-ca",
            "routes/pc-1203.4.toml",
            "id = \"excluded\"\ntest = { listed = \"excluded-1203.4\" }\nthen = { status = \"not_eligible\", code = \"excluded_offense\" }\narguable = \"arguable-closes\"",
            "id = \"excluded\"\ntest = { listed = \"excluded-1203.4\" }\nthen = { status = \"not_eligible\", code = \"excluded_offense\" }",
            "give `excluded` an `arguable` text for the lawyer",
        ),
        // Days of a law that overlap.
        (
            "us-ca",
            "routes/hsc-11361.9.toml",
            "day = \"2020-07-01\", until = \"2022-09-18\"",
            "day = \"2020-07-01\"",
            "each day of `due` but the last ends",
        ),
        // Times and events.
        (
            "us-mi",
            DOOR,
            "plus = \"60 days\"",
            "plus = \"60 dyas\"",
            "`60 dyas` is no time",
        ),
        (
            "us-mi",
            DOOR,
            "plus = \"60 days\"",
            "plus = \"0 days\"",
            "`0 days` is no time",
        ),
        (
            "us-mi",
            DOOR,
            "from = \"served\"",
            "from = \"serve\"",
            "the event or deadline `serve` is not known; the nearest is `served`",
        ),
        (
            "us-mi",
            DOOR,
            "plus = \"21 days\"",
            "plus = \"21 days\"\nminus = \"1 day\"",
            "`plus` or `minus`",
        ),
        // Definitions that wait for each other.
        (
            "us-mi",
            DOOR,
            "from = \"served\"",
            "from = \"order\"",
            "these deadlines run in a circle: answer, order",
        ),
        (
            "us-mi",
            DOOR,
            "from = \"answer\"",
            "from = \"order\"",
            "these deadlines run in a circle: order",
        ),
        (
            "us-ca",
            "routes/hsc-11361.9.toml",
            "like = \"prop-64\"",
            "like = \"hsc-11361.9\"",
            "these routes run in a circle",
        ),
        (
            "us-ca",
            "routes/hsc-11361.9.toml",
            "like = \"prop-64\"",
            "like = \"pc-1203.4\"",
            "has no table that another route could follow",
        ),
        // Versions.
        (
            "us-mi",
            DOOR,
            "id = \"order\"",
            "id = \"answer\"",
            "`answer` stands twice",
        ),
        (
            "us-ca",
            "routes/pc-1203.41.toml",
            "id = \"pc-1203.41\"",
            "id = \"pc-1203.4\"",
            "`pc-1203.4` stands twice",
        ),
        (
            "us-mi",
            DOOR,
            "id = \"marihuana-misdemeanor\"",
            "until = \"2021-04-11\"\nid = \"marihuana-misdemeanor\"",
            "cannot end on 2021-04-11",
        ),
        // A later program's pack says first that it needs one, whatever else stands in it.
        (
            "us-mi",
            "pack.toml",
            "engine = 1",
            "engine = 2",
            "this pack needs engine 2; this program has engine 1: update the program",
        ),
        // Files that other modules read.
        (
            "us-mi",
            "limits.toml",
            "<= 2.5 oz",
            "<= 2.5 ounces",
            "`<= 2.5 ounces` is no limit",
        ),
        (
            "us-mi",
            "text/es.toml",
            "certified_record = ",
            "certified_recrd = ",
            "`warning.certified_record` is missing in Spanish",
        ),
        (
            "us-mi",
            "cases/misdemeanor.toml",
            "status = \"needs_attorney\"",
            "status = \"needs_atorney\"",
            "the nearest is `needs_attorney`",
        ),
        // A form that no file names, somebody who is not served, a version that says nothing, a text that says nothing.
        (
            "us-mi",
            DOOR,
            "forms = [\"MC 227a\"]",
            "forms = [\"MC 227\"]",
            "the form `MC 227` is not known; the nearest is `MC 227a`",
        ),
        (
            "us-mi",
            DOOR,
            "serve = [\"prosecutor\"]",
            "serve = [\"prosecuter\"]",
            "the word `prosecuter` is not known; the nearest is `prosecutor`",
        ),
        (
            "us-mi",
            "pack.toml",
            "version = \"2026.11\"",
            "version = \" \"",
            "the pack needs its `version`",
        ),
        (
            "us-mi",
            "text/es.toml",
            "lawful = \"legal\"",
            "lawful = \"\"",
            "the text `word.lawful` is empty",
        ),
    ] {
        let (refused, place) = refusal(pack, file, from, to);
        assert!(
            refused.contains(expected),
            "{refused}\nshould say: {expected}"
        );
        let file = format!("changed/{file}:");
        assert!(refused.starts_with(&file), "{refused}\nshould name {file}");
        // A text that is missing in a language, and an id that stands twice, are found where the other one stands.
        let elsewhere = ["missing", "twice", "circle", "cannot end"]
            .iter()
            .any(|word| expected.contains(word));
        let near = |place: &str| {
            let line = |text: &str| {
                text.split(':')
                    .nth(1)
                    .and_then(|line| line.parse::<usize>().ok())
            };
            line(&refused)
                .zip(line(place))
                .is_some_and(|(a, b)| a.abs_diff(b) <= 3)
        };
        assert!(
            elsewhere || near(&place),
            "{refused}\nshould be near {place}"
        );
    }
}

#[test]
fn a_later_format_is_not_mistaken_for_a_typo() {
    let (refused, _) = refusal(
        "us-mi",
        "pack.toml",
        "engine = 1",
        "engine = 2\nsigned_by = \"somebody\"",
    );
    assert!(refused.contains("needs engine 2"), "{refused}");
}

// A folder whose name is misspelt would drop every rule in it, and nobody would be told.
#[test]
fn a_file_that_no_part_of_a_pack_reads_is_refused() {
    let real = Packs::builtin().unwrap().pack("us-mi").unwrap();
    for (name, nearest) in [
        ("route/extra.toml", "`routes`"),
        ("limit.toml", "`limits.toml`"),
        ("text/fr.toml", "`text`"),
        ("routes/old/extra.toml", "`routes`"),
    ] {
        let extra = [(name, "")];
        let error = Pack::from_texts("changed", real.texts_of_files().chain(extra)).err();
        let refused = error
            .unwrap_or_else(|| panic!("{name} was taken"))
            .to_string();
        assert!(
            refused.starts_with(&format!("changed/{name}:")) && refused.contains(nearest),
            "{refused}"
        );
    }
}

#[test]
fn two_packs_of_one_jurisdiction_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let real = Packs::builtin().unwrap().pack("us-mi").unwrap();
    for folder in ["one", "two"] {
        for (name, text) in real.texts_of_files() {
            let path = dir.path().join(folder).join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }
    let refused = Packs::load(dir.path()).err().unwrap().to_string();
    assert!(
        refused.contains("two/pack.toml") && refused.contains("`us-mi` stands twice"),
        "{refused}"
    );
}

#[test]
fn every_pack_inside_the_program_stands_beside_the_others() {
    let packs = Packs::builtin().unwrap();
    let ids: Vec<&str> = packs.iter().map(|pack| pack.id.as_str()).collect();
    assert!(ids.len() >= 2, "{ids:?}");
    for pack in packs.iter() {
        assert_eq!(pack.root(), pack.id);
    }
}
