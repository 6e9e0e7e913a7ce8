//! Every trap of real forms, in small forms that the test builds itself.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use std::collections::BTreeMap;
use std::sync::Arc;

use forms::{Blank, Fill, Filled, FormError, Given, Kind, Values};
use lopdf::encryption::crypt_filters::{Aes128CryptFilter, Aes256CryptFilter, CryptFilter};
use lopdf::{Dictionary, EncryptionState, EncryptionVersion, Object, Permissions, dictionary};

use support::maker::{Maker, rect, saved};
use support::{NAMES, holds, ink, read, same, sound};

fn texts<const N: usize>(pairs: [(&str, &str); N]) -> Values {
    pairs
        .map(|(name, text)| (name.to_owned(), Given::Text(text.to_owned())))
        .into()
}

fn fill(blank: &Blank, values: &Values) -> Filled {
    let filled = blank
        .fill(
            values,
            &Fill {
                editable: true,
                ..Fill::default()
            },
        )
        .unwrap();
    sound(&filled.filing);
    sound(filled.editable.as_ref().unwrap());
    filled
}

fn plain() -> Maker {
    let mut maker = Maker::new();
    maker.text("Name", rect(72.0, 700.0, 300.0, 12.0), 0, Dictionary::new());
    maker
}

const MULTILINE: i64 = 1 << 12;
const COMB: i64 = 1 << 24;
const BUTTON: i64 = 1 << 16;
const RADIO: i64 = 1 << 15;

#[test]
fn encrypted_with_an_empty_password_in_four_ways() {
    let aes = |filter: Arc<dyn CryptFilter>| BTreeMap::from([(b"StdCF".to_vec(), filter)]);
    let std = || b"StdCF".to_vec();
    let all = Permissions::all();
    for (name, user) in [
        ("rc4-40", ""),
        ("rc4-128", ""),
        ("aes-128", ""),
        ("aes-256", ""),
        ("aes-128", "real"),
        ("aes-256", "real"),
    ] {
        let mut doc = plain().document();
        let key = [7_u8; 32];
        let version = match name {
            "rc4-40" => EncryptionVersion::V1 {
                document: &doc,
                owner_password: "o",
                user_password: user,
                permissions: all,
            },
            "rc4-128" => EncryptionVersion::V2 {
                document: &doc,
                owner_password: "o",
                user_password: user,
                key_length: 128,
                permissions: all,
            },
            "aes-128" => EncryptionVersion::V4 {
                document: &doc,
                encrypt_metadata: true,
                crypt_filters: aes(Arc::new(Aes128CryptFilter)),
                stream_filter: std(),
                string_filter: std(),
                owner_password: "o",
                user_password: user,
                permissions: all,
            },
            _ => EncryptionVersion::V5 {
                encrypt_metadata: true,
                crypt_filters: aes(Arc::new(Aes256CryptFilter)),
                file_encryption_key: &key,
                stream_filter: std(),
                string_filter: std(),
                owner_password: "o",
                user_password: user,
                permissions: all,
            },
        };
        let state = EncryptionState::try_from(version).unwrap();
        doc.encrypt(&state).unwrap();
        let bytes = saved(doc);
        if user == "real" {
            assert_eq!(
                Blank::open(&bytes).unwrap_err(),
                FormError::Locked,
                "{name}"
            );
            continue;
        }
        let blank = Blank::open(&bytes).unwrap();
        assert!(blank.was_encrypted(), "{name}");
        let filled = fill(&blank, &texts([("Name", "Leia Organa")]));
        assert!(
            read(&filled.filing).contains("Leia Organa") && !holds(&filled.filing, b"/Encrypt"),
            "{name}"
        );
    }
}

#[test]
fn the_hidden_form_scripts_rights_and_buttons_are_gone_from_both_copies() {
    let mut maker = plain();
    let script = || dictionary! { "Type" => "Action", "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") };
    maker.form.set("XFA", Object::string_literal("<xdp/>"));
    maker.form.set("NeedAppearances", true);
    maker.field(0, "Print", rect(72.0, 20.0, 90.0, 20.0), dictionary! {
        "FT" => "Btn", "Ff" => BUTTON, "A" => script(), "MK" => dictionary! { "CA" => Object::string_literal("Print this form") },
    }, true);
    maker.text(
        "Scripted",
        rect(72.0, 600.0, 90.0, 12.0),
        0,
        dictionary! { "AA" => dictionary! { "K" => script() } },
    );
    let mut doc = maker.document();
    let catalog = doc.catalog_mut().unwrap();
    catalog.set("OpenAction", script());
    catalog.set(
        "Perms",
        dictionary! { "UR3" => dictionary! { "Type" => "Sig" } },
    );
    catalog.set("Names", dictionary! { "JavaScript" => dictionary! { "Names" => vec![Object::string_literal("x"), script().into()] } });
    let blank = Blank::open(&saved(doc)).unwrap();
    assert!(blank.had_xfa());
    let filled = fill(&blank, &texts([("Name", "Han Solo"), ("Scripted", "kept")]));
    for bytes in [&filled.filing, filled.editable.as_ref().unwrap()] {
        for word in [
            &b"/XFA"[..],
            b"JavaScript",
            b"/Perms",
            b"/OpenAction",
            b"/AA",
            b"NeedAppearances",
            b"Print this form",
        ] {
            assert!(!holds(bytes, word), "{}", String::from_utf8_lossy(word));
        }
        assert!(read(bytes).contains("Han Solo") && read(bytes).contains("kept"));
    }
    let editable = Blank::open(filled.editable.as_ref().unwrap()).unwrap();
    let values: Vec<_> = editable
        .fields()
        .iter()
        .map(|field| (field.name.as_str(), field.value.as_deref()))
        .collect();
    assert_eq!(
        values,
        [("Name", Some("Han Solo")), ("Scripted", Some("kept"))]
    );
}

#[test]
fn boxes_are_ticked_by_their_own_state_whatever_the_file_lacks() {
    let mut maker = Maker::new();
    for (n, state) in ["Yes", "1", "2", "On", ""].into_iter().enumerate() {
        maker.check(&format!("box{n}"), 600.0 - 20.0 * n as f32, state);
    }
    maker.field(
        0,
        "bare",
        rect(72.0, 400.0, 10.0, 10.0),
        dictionary! { "FT" => "Btn" },
        true,
    );
    let blank = maker.blank();
    let before = ink(&fill(&blank, &Values::new()).filing);
    for (name, state) in [
        ("box0", "Yes"),
        ("box1", "1"),
        ("box2", "2"),
        ("box3", "On"),
        ("box4", "Yes"),
        ("bare", "Yes"),
    ] {
        let filled = fill(
            &blank,
            &Values::from([(name.to_owned(), Given::Tick(true))]),
        );
        assert!(ink(&filled.filing) > before + 4, "{name} shows no ink");
        let editable = Blank::open(filled.editable.as_ref().unwrap()).unwrap();
        for field in editable.fields() {
            let wanted = (field.name == name).then_some(state);
            assert_eq!(field.value.as_deref(), wanted, "{name}: {}", field.name);
        }
        let by_state = fill(&blank, &texts([(name, state)]));
        assert_eq!(by_state.filing, filled.filing);
    }
    let wrong = fill(&blank, &texts([("box1", "Yes")]));
    assert!(
        wrong.refused[0].why.contains("one of: 1"),
        "{:?}",
        wrong.refused
    );
    let off = fill(
        &blank,
        &Values::from([("box0".to_owned(), Given::Tick(false))]),
    );
    assert_eq!(ink(&off.filing), before);
}

#[test]
fn several_boxes_of_one_field_are_alternatives() {
    let mut maker = Maker::new();
    let parent = maker.doc.new_object_id();
    let mut kids = Vec::new();
    for (n, state) in ["has", "hasnot"].into_iter().enumerate() {
        let look = maker.look(state);
        let kid = maker.doc.add_object(dictionary! {
            "Type" => "Annot", "Subtype" => "Widget", "Parent" => parent, "F" => 4, "AP" => look,
            "Rect" => rect(72.0, 500.0 - 30.0 * n as f32, 12.0, 12.0),
        });
        maker.annots[0].push(kid.into());
        kids.push(Object::Reference(kid));
    }
    maker.doc.set_object(parent, dictionary! {
        "FT" => "Btn", "Ff" => RADIO, "T" => Object::string_literal("Sheet"), "Kids" => kids, "V" => "has",
    });
    maker.fields.push(parent.into());
    let blank = maker.blank();
    assert_eq!(blank.fields()[0].states, ["has", "hasnot"]);
    let filled = fill(
        &blank,
        &Values::from([("Sheet".to_owned(), Given::Tick(true))]),
    );
    assert!(filled.refused[0].why.contains("has, hasnot"));
    assert_eq!(
        filled.cleared,
        ["Sheet"],
        "an answer that came with the file is nobody's"
    );
    let filled = fill(&blank, &texts([("Sheet", "hasnot")]));
    let editable = Blank::open(filled.editable.as_ref().unwrap()).unwrap();
    assert_eq!(editable.fields()[0].value.as_deref(), Some("hasnot"));
}

#[test]
fn fields_that_the_tree_forgot_are_found_on_their_page() {
    let mut maker = plain();
    maker.field(
        1,
        "Lost[0].Firm",
        rect(72.0, 500.0, 200.0, 12.0),
        dictionary! { "FT" => "Tx" },
        false,
    );
    let blank = maker.blank();
    assert!(
        blank
            .fields()
            .iter()
            .any(|field| field.name == "Lost[0].Firm" && field.orphan)
    );
    let filled = fill(&blank, &texts([("Lost[0].Firm", "Rebel Alliance")]));
    assert!(read(&filled.filing).contains("Rebel Alliance"));
    let editable = Blank::open(filled.editable.as_ref().unwrap()).unwrap();
    assert!(
        editable.fields().iter().all(|field| !field.orphan),
        "the copy to edit has them in its tree"
    );
}

#[test]
fn captions_of_later_pages_repeat_a_given_value_only_when_it_is_plain_which() {
    let mut maker = Maker::new();
    maker.text(
        "P1[0].Defendant[0]",
        rect(72.0, 700.0, 300.0, 12.0),
        0,
        Dictionary::new(),
    );
    for (name, flags) in [
        ("P2[0].Defendant[0]", 1),
        ("P2[0].Other[0]", 1),
        ("P2[0].Free[0].Defendant[0]", 0),
    ] {
        maker.field(
            1,
            name,
            rect(72.0, 720.0 - flags as f32, 200.0, 12.0),
            dictionary! { "FT" => "Tx", "Ff" => flags },
            true,
        );
    }
    let blank = maker.blank();
    let filled = fill(&blank, &texts([("P1[0].Defendant[0]", "Lando")]));
    assert_eq!(
        filled.repeated,
        [(
            "P2[0].Defendant[0]".to_owned(),
            "P1[0].Defendant[0]".to_owned()
        )]
    );
    assert_eq!(read(&filled.filing).matches("Lando").count(), 2);
    let two = fill(
        &blank,
        &texts([
            ("P1[0].Defendant[0]", "Lando"),
            ("P2[0].Free[0].Defendant[0]", "Boba"),
        ]),
    );
    assert_eq!(two.repeated, []);
}

#[test]
fn cells_and_longest_lengths_hold_or_the_text_goes_to_a_page_that_names_its_item() {
    let mut maker = Maker::new();
    let tip = |words: &str| dictionary! { "TU" => Object::string_literal(words) };
    let mut comb = tip("Licence number");
    comb.set("MaxLen", 8);
    maker.text("Comb", rect(72.0, 700.0, 120.0, 14.0), COMB, comb);
    let mut state = tip("STATE:");
    state.set("MaxLen", 2);
    maker.text("State", rect(263.0, 650.0, 30.0, 9.0), 0, state);
    maker.text(
        "li2c[0].Why[0]",
        rect(72.0, 500.0, 400.0, 30.0),
        MULTILINE,
        tip("Explain why"),
    );
    let blank = maker.blank();
    let short = fill(
        &blank,
        &texts([
            ("Comb", "A1234567"),
            ("State", "CA"),
            ("li2c[0].Why[0]", "Two lines\nof words"),
        ]),
    );
    assert_eq!((short.moved.as_slice(), short.pages), (&[][..], 2));
    same(&read(&short.filing), "A1234567");
    let long = "It was a long time ago, and I have lived by the law since. ".repeat(120);
    let filled = fill(
        &blank,
        &texts([
            ("Comb", "A12345678"),
            ("State", "California"),
            ("li2c[0].Why[0]", &long),
        ]),
    );
    let items: Vec<&str> = filled
        .moved
        .iter()
        .map(|moved| moved.item.as_str())
        .collect();
    assert_eq!(items, ["Licence number", "STATE", "Item 2c: Explain why"]);
    assert!(filled.pages > 3);
    let text = read(&filled.filing);
    for wanted in [
        "A12345678",
        "California",
        "See continuation page, item 3",
        "Item 2c: Explain why (page 1 of the form)",
    ] {
        assert!(text.contains(wanted), "{wanted} in {text}");
    }
    assert_eq!(text.matches("since.").count(), 120, "nothing is lost");
}

#[test]
fn a_long_name_is_begun_in_its_place_where_a_paper_is_looked_for_by_it() {
    let blank = plain().blank();
    let name = "Wilhelmina Testperson ".repeat(12);
    let how = Fill {
        begun: std::iter::once("Name".to_owned()).collect(),
        ..Fill::default()
    };
    let filled = blank.fill(&texts([("Name", name.trim())]), &how).unwrap();
    let text = read(&filled.filing);
    assert_eq!(filled.moved.len(), 1);
    let begun = text.lines().find(|line| line.contains('…')).unwrap();
    assert!(begun.contains("Wilhelmina Testperson Wil"), "{begun}");
    assert!(
        begun.contains("item 1)") || begun.contains("cont. 1)"),
        "{begun}"
    );
}

#[test]
fn names_of_one_to_two_hundred_letters_are_read_back_in_every_script() {
    let blank = plain().blank();
    for name in NAMES {
        for count in [1, 2, 7, 25, 60, 200] {
            let long: String = name.chars().cycle().take(count).collect();
            let filled = fill(&blank, &texts([("Name", long.trim())]));
            assert_eq!(filled.refused, []);
            same(&read(&filled.filing), long.trim());
        }
    }
}

#[test]
fn turned_pages_and_places_are_written_the_way_they_are_read() {
    for turn in [90, 180, 270] {
        let mut maker = Maker::new();
        maker.text(
            "Turned",
            rect(200.0, 300.0, 60.0, 60.0),
            0,
            dictionary! { "MK" => dictionary! { "R" => turn } },
        );
        let filled = fill(&maker.blank(), &texts([("Turned", "Yoda")]));
        assert!(read(&filled.filing).contains("Yoda"), "{turn}");
    }
}

#[test]
fn fields_of_one_name_get_the_same_value_and_read_only_text_of_the_file_stays() {
    let mut maker = plain();
    maker.text("Name", rect(72.0, 400.0, 300.0, 12.0), 0, Dictionary::new());
    maker.text(
        "Fixed",
        rect(72.0, 300.0, 300.0, 12.0),
        1,
        dictionary! { "V" => Object::string_literal("Always here") },
    );
    maker.text(
        "Left",
        rect(72.0, 200.0, 300.0, 12.0),
        0,
        dictionary! { "V" => Object::string_literal("Somebody's") },
    );
    let filled = fill(&maker.blank(), &texts([("Name", "Chewbacca")]));
    let text = read(&filled.filing);
    assert_eq!(text.matches("Chewbacca").count(), 2);
    assert!(text.contains("Always here") && !text.contains("Somebody's"));
    assert_eq!(filled.cleared, ["Left"]);
}

#[test]
fn what_cannot_be_written_is_said_and_the_rest_is_done() {
    let mut maker = plain();
    maker.check("Box", 500.0, "Yes");
    maker.field(
        0,
        "Hidden",
        rect(72.0, 450.0, 90.0, 12.0),
        dictionary! { "FT" => "Tx", "F" => 2 },
        true,
    );
    maker.field(
        0,
        "Sign",
        rect(72.0, 420.0, 90.0, 12.0),
        dictionary! { "FT" => "Sig" },
        true,
    );
    maker.field(0, "List", rect(72.0, 390.0, 90.0, 12.0), dictionary! {
        "FT" => "Ch", "Opt" => vec![Object::string_literal("Alameda"), Object::string_literal("Yolo")],
    }, true);
    let blank = maker.blank();
    let mut values = texts([
        ("Name", "Padmé"),
        ("Box", "maybe"),
        ("Hidden", "x"),
        ("Sign", "x"),
        ("List", "Mordor"),
        ("a.Name[0]", "x"),
    ]);
    values.insert("Nowhere".to_owned(), Given::Tick(true));
    let filled = fill(&blank, &values);
    let why: BTreeMap<&str, &str> = filled
        .refused
        .iter()
        .map(|r| (r.field.as_str(), r.why.as_str()))
        .collect();
    assert_eq!(why.len(), 6, "{why:?}");
    assert!(why["List"].contains("Alameda, Yolo") && why["a.Name[0]"].contains("it has Name"));
    assert!(read(&filled.filing).contains("Padmé"));
    let turned = fill(&blank, &texts([("Name", "a\u{202e}b")]));
    assert!(turned.refused[0].why.contains("U+202E"));
    // Letters that no face has are refused whole, and somebody is told what to do.
    for (name, code) in [("สมชาย ใจดี", "U+0E2A"), ("王𠀀", "U+20000")] {
        let strange = fill(&blank, &texts([("Name", name)]));
        let [refused] = strange.refused.as_slice() else {
            panic!("{name}: {:?}", strange.refused);
        };
        for part in [code, "in Latin letters, as the court's own file has it"] {
            assert!(refused.why.contains(part), "{part} in {}", refused.why);
        }
        assert!(!read(&strange.filing).contains('王'));
    }
    assert_eq!(fill(&blank, &texts([("List", "Yolo")])).refused, []);
}

#[test]
fn what_is_no_form_is_refused_in_words() {
    assert_eq!(Blank::open(b"").unwrap_err(), FormError::Damaged);
    assert_eq!(
        Blank::open(b"%PDF-1.7\nnothing").unwrap_err(),
        FormError::Damaged
    );
    let scan = Maker::new().blank();
    assert_eq!(
        scan.fill(&Values::new(), &Fill::default()).unwrap_err(),
        FormError::NoFields
    );
    assert!(scan.fields().iter().all(|field| field.kind != Kind::Text));
}

#[test]
fn damaged_bytes_never_panic_and_end_in_time() {
    let mut maker = plain();
    maker.check("Box", 500.0, "Yes");
    maker.form.set("XFA", Object::string_literal("<xdp/>"));
    let bytes = maker.bytes();
    let started = std::time::Instant::now();
    let values = Values::from([
        ("Name".to_owned(), Given::Text("Rey".to_owned())),
        ("Box".to_owned(), Given::Tick(true)),
    ]);
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % (below.max(1) as u64)).unwrap()
    };
    let (mut opened, mut written) = (0, 0);
    for round in 0..1500 {
        let mut damaged = bytes.clone();
        match round % 4 {
            0 => damaged.truncate(random(bytes.len())),
            1 => {
                let at = random(bytes.len());
                damaged.drain(at..(at + random(40)).min(bytes.len()));
            }
            2 => {
                let at = random(bytes.len());
                let part = bytes[at..(at + random(60)).min(bytes.len())].to_vec();
                let to = random(bytes.len());
                damaged.splice(to..to, part);
            }
            _ => {
                for _ in 0..=random(8) {
                    damaged[random(bytes.len())] = u8::try_from(random(256)).unwrap();
                }
            }
        }
        if let Ok(blank) = Blank::open(&damaged) {
            opened += 1;
            let _ = blank.text();
            written += usize::from(
                blank
                    .fill(
                        &values,
                        &Fill {
                            editable: true,
                            ..Fill::default()
                        },
                    )
                    .is_ok(),
            );
        }
    }
    assert!(
        opened > 100 && written > 50,
        "the damage must leave some to fill: {opened}, {written}"
    );
    assert!(started.elapsed().as_secs() < 120);
}
