//! Sections found by what a volunteer types.

use super::*;
use crate::Packs;

fn found(typed: &str) -> Vec<String> {
    let pack = Packs::builtin().unwrap().pack("us-ca").unwrap();
    let all = pack.statutes(typed, Language::En, 10).found;
    all.into_iter().map(|statute| statute.section).collect()
}

fn exact(typed: &str) -> Option<String> {
    let pack = Packs::builtin().unwrap().pack("us-ca").unwrap();
    pack.statutes(typed, Language::En, 10).exact
}

#[test]
fn every_spelling_of_volunteers_finds_the_one_section() {
    for typed in [
        "11357a",
        "11357(a)",
        "11357 a",
        "hs 11357(a)",
        "11357(a) HS",
        "11357a hs",
        "HSC 11357 (A)",
        "H&S 11357a",
        "h & s 11357(a)",
        "hs11357a",
        "11357ahs",
        "11357 (a) h&s",
        "§ 11357(a)",
        "hlth & saf 11357(a)",
    ] {
        assert_eq!(exact(typed).as_deref(), Some("HS 11357(a)"), "{typed}");
        assert_eq!(found(typed)[0], "HS 11357(a)", "{typed}");
    }
    assert_eq!(exact("11357 HS").as_deref(), Some("HS 11357"));
    assert_eq!(exact("459 pc").as_deref(), Some("PC 459"));
}

#[test]
fn a_number_goes_on_to_its_subdivisions_before_longer_numbers() {
    let all = found("11357");
    assert_eq!(all[..3], ["HS 11357", "HS 11357(a)", "HS 11357(b)"]);
    assert!(all.contains(&"HS 11357.5".to_owned()), "{all:?}");
    assert_eq!(found("459")[..2], ["PC 459", "PC 459.5"]);
}

#[test]
fn what_may_be_two_sections_is_left_to_the_person() {
    assert_eq!(found("288a")[..2], ["PC 288(a)", "PC 288a"]);
    assert_eq!(exact("288a"), None);
    assert_eq!(exact("11357"), Some("HS 11357".to_owned()));
    assert!(found("vc 11357").is_empty());
    for nothing in ["", " ", "x", "zz 12", "(a)", "99999", "é", "&"] {
        assert!(found(nothing).is_empty(), "{nothing}");
    }
}

#[test]
fn a_name_finds_it_too_in_both_languages() {
    assert!(found("burglary").contains(&"PC 459".to_owned()));
    assert_eq!(found("conc cannabis"), ["HS 11357(a)"]);
    let pack = Packs::builtin().unwrap().pack("us-ca").unwrap();
    let spanish = pack.statutes("prostitucion", Language::Es, 10).found;
    assert!(spanish.iter().any(|known| known.section == "PC 647(b)"));
}

#[test]
fn a_number_that_changed_its_meaning_says_when() {
    let pack = Packs::builtin().unwrap().pack("us-ca").unwrap();
    let all = pack.statutes("hs 11357(a)", Language::En, 1).found;
    let names: Vec<_> = all[0]
        .names
        .iter()
        .map(|called| (called.name.as_str(), called.from, called.until))
        .collect();
    let act = jiff::civil::date(2016, 11, 9);
    let first = jiff::civil::date(1976, 1, 1);
    assert_eq!(
        names,
        [
            ("Possession of marijuana", None, Some(first)),
            (
                "Possession of concentrated cannabis",
                Some(first),
                Some(act)
            ),
            ("Cannabis offense under today's law", Some(act), None)
        ]
    );
}

#[test]
fn what_the_pack_does_not_know_is_told_from_what_it_knows() {
    let pack = Packs::builtin().unwrap().pack("us-ca").unwrap();
    let knows = |section: &str| pack.knows(&section.parse().unwrap());
    assert!(knows("PC 459") && knows("HS 11357(a)") && knows("PC 647(f)"));
    assert!(knows("PC 273.5(a)") && knows("PC 664/459"));
    assert!(!knows("PC 99999") && !knows("XY 459") && !knows("VC 99999"));
}

#[test]
fn a_name_for_nothing_is_refused() {
    let pack = Packs::builtin().unwrap().pack("us-mi").unwrap();
    for wrong in [
        "[offense]\nused = { en = \"A\", es = \"B\" }",
        "[section]\n\"XY 1\" = { en = \"A\", es = \"B\" }",
        "[section]\n\"MCL 1\" = { en = \"A\", es = \"\" }",
        "[section]\n\"MCL 1\" = { en = \"A\" }",
        "[section]\n\"MCL 1\" = { en = \"A\", es = \"B\" }\n\"1 MCL\" = { en = \"A\", es = \"B\" }",
    ] {
        let files = pack
            .texts_of_files()
            .filter(|(name, _)| *name != "names.toml");
        let made = Pack::from_texts("made", files.chain([("names.toml", wrong)]));
        assert!(made.is_err(), "{wrong}");
    }
}
