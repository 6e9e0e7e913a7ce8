//! Every name that is put into a form is found again by reading the result's text: any letters, any length up to two hundred.
//!
//! A letter that no face has is refused in words and printed nowhere. Names that run from right to left are looked for in the order in
//! which they are said: that is how poppler gives them, whatever their order on the page.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use std::path::PathBuf;

use forms::{Blank, Fill, Filled, Given, Values};
use lopdf::{Dictionary, dictionary};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use support::maker::{Maker, rect};
use support::read;

/// So many forms, each with a name in every field.
const CASES: u32 = 14;

/// The letters of names, script by script.
fn letters() -> impl Strategy<Value = Script> {
    prop_oneof![
        Just(Script::Latin),
        Just(Script::Accented),
        Just(Script::Apart),
        Just(Script::Vietnamese),
        Just(Script::Cyrillic),
        Just(Script::Han),
        Just(Script::Kana),
        Just(Script::Hangul),
        Just(Script::Hebrew),
        Just(Script::Arabic),
    ]
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Accented,
    /// A letter and its accent as two characters.
    Apart,
    Vietnamese,
    Cyrillic,
    Han,
    Kana,
    Hangul,
    Hebrew,
    Arabic,
}

impl Script {
    fn letter(self) -> BoxedStrategy<String> {
        let one = |from: char, to: char| proptest::char::range(from, to).prop_map(String::from);
        match self {
            Self::Latin => "[A-Za-z'’-]".boxed(),
            Self::Accented => one('\u{c0}', '\u{24f}').boxed(),
            Self::Apart => {
                "[A-Za-z][\u{300}-\u{304}\u{306}-\u{308}\u{30a}\u{30c}\u{327}\u{328}]?".boxed()
            }
            Self::Vietnamese => one('\u{1ea0}', '\u{1ef9}').boxed(),
            Self::Cyrillic => one('\u{400}', '\u{45f}').boxed(),
            Self::Han => one('\u{4e00}', '\u{9fa5}').boxed(),
            Self::Kana => {
                prop_oneof![one('\u{3041}', '\u{3093}'), one('\u{30a1}', '\u{30fa}')].boxed()
            }
            Self::Hangul => one('\u{ac00}', '\u{d7a3}').boxed(),
            Self::Hebrew => one('\u{5d0}', '\u{5ea}').boxed(),
            // Without lam: it makes one sign with alef, whose two letters poppler turns around.
            Self::Arabic => prop_oneof![
                one('\u{621}', '\u{63a}'),
                one('\u{641}', '\u{643}'),
                one('\u{645}', '\u{64a}')
            ]
            .boxed(),
        }
    }
}

/// Names of one to two hundred characters in one script, as many as a form has fields: words of letters, a blank between two.
fn names(count: usize) -> impl Strategy<Value = Vec<String>> {
    letters().prop_flat_map(move |script| proptest::collection::vec(name(script), count))
}

fn name(script: Script) -> impl Strategy<Value = String> {
    let length = prop_oneof![1..=3_usize, 4..=30_usize, 31..=199_usize, Just(200_usize)];
    length.prop_flat_map(move |length| {
        let word = proptest::collection::vec(script.letter(), 1..12).prop_map(|l| l.concat());
        let words = proptest::collection::vec(word, length.div_ceil(6)..=length.div_ceil(2));
        words.prop_map(move |words| {
            let name: String = words.join(" ").chars().take(length).collect();
            name.trim().to_owned()
        })
    })
}

/// One field of each sort that a name may meet: room enough, too narrow, several lines, a few letters at most. Cells are not among them:
/// poppler takes letters that stand far apart for columns.
const FIELDS: [&str; 4] = ["Wide", "Narrow", "Lines", "Short"];

fn trap() -> Blank {
    let mut maker = Maker::new();
    let none = Dictionary::new;
    maker.text("Wide", rect(40.0, 740.0, 530.0, 14.0), 0, none());
    maker.text("Narrow", rect(40.0, 700.0, 60.0, 12.0), 0, none());
    maker.text("Lines", rect(40.0, 500.0, 300.0, 150.0), 1 << 12, none());
    let short = dictionary! { "MaxLen" => 2 };
    maker.text("Short", rect(40.0, 420.0, 40.0, 12.0), 0, short);
    maker.blank()
}

/// What is read, without what reading adds or loses: line ends, blanks, marks of direction, and hyphens, since one that stands at a line's
/// end is a word's own or the line's: poppler takes it for the line's.
fn plain(text: &str) -> String {
    let kept = |c: &char| {
        !c.is_whitespace()
            && *c != '-'
            && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{c}')
    };
    text.chars().filter(kept).collect()
}

/// Whether a text has all of a name, in order. A long one stands in up to three lines, and where its field has two beside a caption of the
/// form's, poppler reads the caption between them.
fn has_lines(text: &str, name: &str) -> bool {
    const LINES: usize = 3;
    const SHORTEST: usize = 12;
    let (mut text, mut name) = (text, name);
    for _ in 0..LINES {
        let ends = name.char_indices().map(|(at, c)| at + c.len_utf8());
        let line = ends
            .rev()
            .find_map(|end| Some((end, text.find(name.get(..end)?)?)));
        let Some((end, at)) = line.filter(|(end, _)| *end == name.len() || *end >= SHORTEST) else {
            return name.is_empty();
        };
        text = text.get(at + end..).unwrap_or_default();
        name = name.get(end..).unwrap_or_default();
    }
    name.is_empty()
}

fn found(filled: &Filled, values: &Values) -> Result<(), TestCaseError> {
    let text = plain(&read(&filled.filing));
    for (field, given) in values {
        let Given::Text(name) = given else { continue };
        match filled.refused.iter().find(|no| no.field == *field) {
            // Nothing that cannot be printed stands on the paper, not even as an empty box.
            Some(no) => prop_assert!(no.why.contains("cannot be printed"), "{}", no.why),
            None => prop_assert!(
                has_lines(&text, &plain(name)),
                "{field}: {name:?} is not in {text:?}"
            ),
        }
    }
    Ok(())
}

fn run(blank: &Blank, fields: &[String], cases: u32) {
    let mut runner = TestRunner::new(Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 60,
        ..Config::default()
    });
    runner
        .run(&names(fields.len()), |names| {
            let given = names.into_iter().map(Given::Text);
            let values: Values = fields.iter().cloned().zip(given).collect();
            let filled = blank.fill(&values, &Fill::default()).unwrap();
            found(&filled, &values)
        })
        .unwrap();
}

#[test]
fn a_name_in_two_lines_is_found_around_a_caption_and_a_letter_is_missed() {
    let name = "ROSALINDAMATESTPERSONOFHARBORSTREET";
    let lines = |second: &str| format!("NAME:ROSALINDAMATESTPERSONDEFENDANT:{second}CASE");
    assert!(has_lines(&lines("OFHARBORSTREET"), name));
    for wrong in ["OFHARBORSTREE", "OHARBORSTREET", "STREETOFHARBOR", ""] {
        assert!(!has_lines(&lines(wrong), name), "{wrong}");
    }
}

#[test]
fn every_name_is_found_again_on_a_form_with_traps() {
    run(&trap(), &FIELDS.map(str::to_owned), CASES);
}

#[test]
fn names_of_two_directions_on_one_line_are_found_again_word_for_word() {
    let blank = trap();
    for (name, words) in [
        ("Moshe (משה) Cohen", &["Moshe", "משה", "Cohen"][..]),
        ("משה Cohen 05F01234", &["משה", "Cohen", "05F01234"]),
        ("Ali محمد بن سلمان", &["Ali", "محمد", "بن", "سلمان"]),
    ] {
        let values = Values::from([("Wide".to_owned(), Given::Text(name.to_owned()))]);
        let filled = blank.fill(&values, &Fill::default()).unwrap();
        assert_eq!(filled.refused, []);
        let text = read(&filled.filing);
        for word in words {
            assert!(plain(&text).contains(word), "{word} of {name} in {text:?}");
        }
    }
}

#[test]
fn a_script_without_a_face_is_refused_in_words_and_leaves_no_box() {
    let blank = trap();
    for name in ["ᜋᜇᜒ", "ꦗꦮ", "𐌰𐌱", "a\u{e000}b"] {
        let values = Values::from([("Wide".to_owned(), Given::Text(name.to_owned()))]);
        let filled = blank.fill(&values, &Fill::default()).unwrap();
        let [no] = filled.refused.as_slice() else {
            panic!("{name} was written");
        };
        assert!(no.why.contains("cannot be printed"), "{}", no.why);
        let empty = blank.fill(&Values::new(), &Fill::default()).unwrap();
        assert_eq!(filled.filing, empty.filing, "{name} left a mark");
    }
}

/// The published blanks, where the folder of facts is at hand.
#[test]
fn every_name_is_found_again_on_the_published_blanks() {
    let Some(facts) = std::env::var_os("RELIEF_FACTS") else {
        return;
    };
    let folder = PathBuf::from(facts).join("forms");
    for (file, fields) in [
        (
            "cr-180_2024-01-01_decrypted.pdf",
            &[
                "CR-180[0].Page1[0].P1Caption[0].TitlePartyName[0].Defendant[0]",
                "CR-180[0].Page1[0].P1Caption[0].AttyPartyInfo[0].Name[0]",
            ][..],
        ),
        ("mc-031_2005-07-01.pdf", &[]),
    ] {
        let blank = Blank::open(&std::fs::read(folder.join(file)).unwrap()).unwrap();
        let known = |name: &String| blank.fields().iter().any(|field| field.name == *name);
        let mut named: Vec<String> = fields.iter().map(|&name| name.to_owned()).collect();
        named.retain(known);
        if named.is_empty() {
            let texts = blank.fields().iter();
            let texts = texts.filter(|field| field.kind == forms::Kind::Text && !field.read_only);
            named = texts.take(2).map(|field| field.name.clone()).collect();
        }
        assert!(!named.is_empty(), "{file}");
        run(&blank, &named, 4);
    }
}
