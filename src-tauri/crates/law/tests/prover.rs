//! The packs inside the program prove themselves, and a pack that is wrong does not.

use law::prove;
use packs::{Pack, Packs};

#[test]
fn the_packs_inside_the_program_hold() {
    let packs = Packs::builtin().unwrap_or_else(|error| panic!("{error}"));
    let (covered, faults) = prove::check(packs).unwrap_or_else(|error| panic!("{error}"));
    let words: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        words.join("\n")
    );
    assert!(covered.cases > 100 && covered.changes > 1000, "{covered:?}");
}

// Every twenty-fifth change, in seconds: most are noticed. All of them take minutes without optimization, and at least 95 in 100 are:
// `cargo test --release -p law --test prover -- --ignored --nocapture`, or `relief rules mutate`.
#[test]
fn changes_are_noticed() {
    changed(25, 8);
}

#[test]
#[ignore = "takes minutes without optimization"]
fn every_change_is_noticed() {
    changed(1, 20);
}

// Every so many changes; at most one in so many goes unnoticed.
#[expect(
    clippy::print_stdout,
    reason = "the share is for whoever runs it by hand"
)]
fn changed(each: usize, one_in: usize) {
    let packs = Packs::builtin().unwrap_or_else(|error| panic!("{error}"));
    let (mut made, mut unnoticed) = (0, Vec::new());
    for pack in packs.iter() {
        let mutations = prove::mutate(pack, each);
        made += mutations.made;
        unnoticed.extend(mutations.unnoticed.iter().map(ToString::to_string));
    }
    let (missed, unnoticed) = (unnoticed.len(), unnoticed.join("\n"));
    println!("{missed} of {made} changes unnoticed\n{unnoticed}");
    assert!(made * each > 1000, "{made} changes");
    assert!(missed * one_in <= made, "{missed} of {made}\n{unnoticed}");
}

// --- a pack that is wrong ---------------------------------------------------------------------------------------------------------

// What the prover says of the pack inside the program, or why it is not even read, with texts of its files changed. The cases that do
// not bear on it are left out: they are proved above, and take their time.
fn faults(cases: &str, changes: &[(&str, &str, &str)]) -> String {
    let pack = Packs::builtin().unwrap_or_else(|error| panic!("{error}"));
    let pack = pack.iter().next().unwrap_or_else(|| panic!("no pack"));
    let mut texts: Vec<(String, String)> = pack
        .texts_of_files()
        .filter(|(name, _)| !name.starts_with("cases/") || *name == cases)
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .collect();
    for (file, from, to) in changes {
        let (_, text) = texts
            .iter_mut()
            .find(|(name, _)| name == file)
            .unwrap_or_else(|| panic!("no {file}"));
        assert!(text.contains(from), "`{from}` does not stand in {file}");
        *text = text.replacen(from, to, 1);
    }
    let texts = texts.iter().map(|(name, text)| (&**name, &**text));
    let pack = match Pack::from_texts("wrong", texts) {
        Ok(pack) => pack,
        Err(error) => return error.to_string(),
    };
    match prove::check(&Packs::only(vec![pack])) {
        Ok((_, faults)) => faults.iter().map(|fault| format!("{fault}\n")).collect(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_wrong_pack_is_faulted() {
    let cases = "cases/answers-misdemeanor.toml";
    let door = "routes/pc-1203.4a.toml";
    let said = faults(
        cases,
        &[
            (
                cases,
                "relief = \"dismiss\", mode = \"entitled\", review = false",
                "relief = \"dismiss\", mode = \"discretionary\", review = false",
            ),
            (
                door,
                "test = { level = [\"felony\"] }",
                "test = { any = [{ level = [\"felony\"] }, { plea = [\"trial\"] }] }",
            ),
            (door, "plus = \"1 year\"", "plus = \"3 years\""),
            (
                "offenses/registration.toml",
                "from = \"1944-07-01\"",
                "from = \"2024-01-01\"",
            ),
        ],
    );
    for message in [
        // An answer that is not the law's; a question that no case answers; a wait without a case on the day it ends; a list that is
        // law later than the route that asks about it.
        "case `jail/as-it-is`: mode of us-ca/pc-1203.4a is `entitled`",
        "`not-felony` of `pc-1203.4a` asks whether the plea was trial, and no worked case answers yes",
        "the wait `year-from-judgment` of `pc-1203.4a` has no worked case below, at, above it",
        "asks about the list `registrable`, which is not law on every day of the route",
    ] {
        assert!(said.contains(message), "{message}\nis not in\n{said}");
    }
}

#[test]
fn a_pack_that_contradicts_itself_is_not_read() {
    let wrong = [
        // Two lists that exclude each other meet.
        (
            "offenses/levels.toml",
            "\"PC 69\", \"PC 71\"",
            "\"PC 69\", \"PC 187\", \"PC 71\"",
            "`wobbler` and `straight-felony`",
        ),
        // One spelling, two offenses on one day.
        (
            "offenses.toml",
            "{ section = \"HS 11361\" }",
            "{ section = \"HS 11361\" }, { section = \"HS 11357.5\" }",
            "HS 11357.5",
        ),
        // A table that has a gap for some days.
        (
            "routes/prop-64.toml",
            "until = \"2017-06-27\", is = \"misdemeanor\"",
            "until = \"2017-06-26\", is = \"misdemeanor\"",
            "0 rows decide",
        ),
    ];
    for (file, from, to, message) in wrong {
        let said = faults("", &[(file, from, to)]);
        assert!(said.contains(message), "{message}\nis not in\n{said}");
    }
}
