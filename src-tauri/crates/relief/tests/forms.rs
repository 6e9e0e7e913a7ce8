//! `relief forms` as a shell script meets it, on a form that the test makes and, where they are at hand, on published ones.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use libtest_mimic::{Arguments, Trial};
use serde_json::{Value, json};

/// A form of one page with a field of text and a box, as small as a form can be; readers mend its missing table of places.
const FORM: &str = "%PDF-1.7
1 0 obj << /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R 5 0 R] /DA (/Helv 9 Tf 0 g) >> >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Annots [4 0 R 5 0 R] /Contents 6 0 R
  /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >> endobj
4 0 obj << /Type /Annot /Subtype /Widget /FT /Tx /T (Name) /TU (Your name) /Rect [72 700 272 712] /F 4 >> endobj
5 0 obj << /Type /Annot /Subtype /Widget /FT /Btn /T (Waive) /Rect [72 650 84 662] /F 4 >> endobj
6 0 obj << /Length 61 >> stream
BT /F1 9 Tf 72 40 Td (ZZ-999 [Rev. January 1, 2031]) Tj ET   
endstream endobj
trailer << /Root 1 0 R >>
%%EOF
";

fn relief(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_relief"))
        .args(args)
        .output()
        .unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn words(pdf: &Path) -> String {
    let out = Command::new("pdftotext")
        .arg(pdf)
        .arg("-")
        .output()
        .unwrap();
    String::from_utf8(out.stdout).unwrap()
}

fn desk() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let form = dir.path().join("form.pdf");
    std::fs::write(&form, FORM).unwrap();
    (dir, form)
}

fn main() {
    let args = Arguments::from_args();
    let facts = std::env::var_os("RELIEF_FACTS").map(|facts| PathBuf::from(facts).join("forms"));
    let folder = facts.filter(|folder| folder.is_dir());
    let skipped = folder.is_none();
    let folder = folder.unwrap_or_default();
    let trial = |name: &str, run: fn()| {
        Trial::test(name.to_owned(), move || {
            run();
            Ok(())
        })
    };
    let tests = vec![
        trial(
            "a_form_no_pack_knows_is_refused_in_words_and_filled_by_its_names",
            unknown,
        ),
        trial(
            "a_form_is_known_where_the_office_describes_it",
            by_the_office,
        ),
        trial(
            "a_value_that_cannot_be_written_is_named_and_the_rest_is_done",
            wrong_values,
        ),
        trial("a_field_given_twice_is_refused_in_words", twice),
        trial(
            "what_does_not_fit_goes_on_the_courts_attachment_where_the_folder_has_it",
            attached,
        ),
        trial("an_older_revision_is_told_of_and_is_no_error", older),
        Trial::test("published_blanks_are_identified", move || {
            published(&folder);
            Ok(())
        })
        .with_ignored_flag(skipped),
    ];
    libtest_mimic::run(&args, tests).exit();
}

/// What an office says of [`FORM`].
const DESCRIPTION: &str = r#"
number = "ZZ-999"
title = "Made-up Form"
use = "optional"

[[edition]]
date = "2031-01-01"
checked = "2026-11-01"
check_by = "2032-01-01"

[edition.text]
"Name" = "person.name"

[edition.tick]
"Waive" = "chosen waive_appearance"
"#;

fn by_the_office() {
    let (dir, form) = desk();
    let folder = dir.path().to_str().unwrap();
    let own = dir.path().join("own.toml");
    std::fs::write(&own, DESCRIPTION).unwrap();
    let args = ["forms", "identify", "--as-of", "2031-06-01"];
    let args = [&args[..], &["--forms", folder, form.to_str().unwrap()]].concat();
    let known = relief(&args);
    assert_eq!(known.status.code(), Some(0), "{}", said(&known));
    let document = &lines(&known)[0];
    let of = |key: &str| document[key].as_str().unwrap_or_default();
    assert_eq!(
        (of("known"), of("map"), of("title")),
        ("mapped", "own/zz-999/2031-01-01", "Made-up Form")
    );
    // One that cannot be used is named with its line, and the form is unknown as before.
    std::fs::write(&own, DESCRIPTION.replace("person.name", "person.nam")).unwrap();
    let refused = relief(&args);
    assert_eq!(refused.status.code(), Some(1));
    let named = format!("{}:12: the fact `person.nam`", own.display());
    assert!(said(&refused).contains(&named), "{}", said(&refused));
    assert_eq!(lines(&refused)[0]["known"], json!("unknown_form"));
}

fn unknown() {
    let (dir, form) = desk();
    let form = form.to_str().unwrap();
    let known = relief(&["forms", "identify", form]);
    assert_eq!(known.status.code(), Some(1));
    let document = &lines(&known)[0];
    assert_eq!(
        (
            &document["form"],
            &document["revision"],
            &document["known"],
            &document["fields"]
        ),
        (
            &json!("ZZ-999"),
            &json!("2031-01-01"),
            &json!("unknown_form"),
            &json!(2)
        )
    );
    assert!(said(&known).contains("no pack knows this form (ZZ-999)"));
    // What a description, or its values, must call the fields.
    assert_eq!(document["names"], json!(null));
    let named = &lines(&relief(&["forms", "identify", form, "--fields"]))[0]["names"];
    let name = |name: &str, kind: &str, label: Value| json!({"name": name, "kind": kind, "label": label, "page": 1});
    let both = [
        name("Name", "text", json!("Your name")),
        name("Waive", "checkbox", Value::Null),
    ];
    assert_eq!(named, &json!(both));

    let values = dir.path().join("values.json");
    let long = "Wilhelmina ".repeat(30);
    std::fs::write(
        &values,
        json!({"Name": long.trim(), "Waive": true}).to_string(),
    )
    .unwrap();
    let out = dir.path().join("filled.pdf");
    let copy = dir.path().join("copy.pdf");
    let filled = relief(&[
        "forms",
        "fill",
        form,
        values.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
        "--editable",
        copy.to_str().unwrap(),
    ]);
    assert_eq!(filled.status.code(), Some(0), "{}", said(&filled));
    assert!(said(&filled).contains("continuation page as item 1"));
    assert_eq!(words(&out).matches("Wilhelmina").count(), 30);
    assert!(
        words(&out).contains("CONTINUATION PAGE OF ZZ-999") && words(&out).contains("Your name")
    );
    assert!(copy.is_file());
}

fn wrong_values() {
    let (dir, form) = desk();
    let values = dir.path().join("values.json");
    std::fs::write(
        &values,
        json!({"Name": "Ada Quill", "Nome": "x", "Waive": 3}).to_string(),
    )
    .unwrap();
    let out = dir.path().join("filled.pdf");
    let args = [
        "forms",
        "fill",
        form.to_str().unwrap(),
        values.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ];
    let filled = relief(&args);
    assert_eq!(filled.status.code(), Some(1));
    let said = said(&filled);
    assert!(
        said.contains("`Nome`: this form has no field of this name")
            && said.contains("`Waive`: give a text"),
        "{said}"
    );
    assert!(words(&out).contains("Ada Quill") && !said.contains("Ada"));

    std::fs::write(&values, "[1]").unwrap();
    std::fs::remove_file(&out).unwrap();
    assert_eq!(relief(&args).status.code(), Some(1));
    assert!(
        !out.exists(),
        "nothing is written from values that cannot be read"
    );
}

fn twice() {
    let (dir, form) = desk();
    let values = dir.path().join("values.json");
    std::fs::write(&values, "{\"Name\": \"Ada Quill\",\n \"Name\": \"Bo\"}").unwrap();
    let out = dir.path().join("filled.pdf");
    let args = [&form, &values].map(|path| path.to_str().unwrap());
    let filled = relief(&[
        "forms",
        "fill",
        args[0],
        args[1],
        "--out",
        out.to_str().unwrap(),
    ]);
    assert_eq!(filled.status.code(), Some(1));
    let said = said(&filled);
    assert!(said.contains("`Name` is given twice"), "{said}");
    assert!(!said.contains("Ada") && !said.contains("Bo\n"), "{said}");
    assert!(!out.exists(), "neither of the two is written");
}

/// A form as a pack describes it: the fields of a revision, and a low one for reasons.
fn described(number: &str, which: usize) -> String {
    let packs = packs::Packs::builtin().unwrap();
    let mut sheets = packs.iter().flat_map(|pack| &pack.forms);
    let sheet = sheets.find(|sheet| sheet.number == number).unwrap();
    let edition = &sheet.edition[which];
    let bodies: Vec<String> = edition
        .fields_for(&packs::forms::Fact::AttachmentBody)
        .collect();
    let names: Vec<String> = edition.fields().chain(["li2c[0]".to_owned()]).collect();
    let mut fields = String::new();
    for (n, name) in names.iter().enumerate() {
        let low = 760 - 8 * (n % 40);
        let left = 40 + 280 * (n / 40);
        let place = if bodies.contains(name) {
            "/Rect [40 40 570 400] /Ff 4096".to_owned()
        } else {
            format!("/Rect [{left} {low} {} {}]", left + 260, low + 8)
        };
        let box_like = edition.tick.keys().any(|tick| edition.field(tick) == *name);
        let kind = if box_like { "Btn" } else { "Tx" };
        fields += &format!(
            "{} 0 obj << /Type /Annot /Subtype /Widget /FT /{kind} /T ({name}) /TU (Label {n}) {place} /F 4 >> endobj\n",
            n + 10
        );
    }
    let all: Vec<String> = (0..names.len())
        .map(|n| format!("{} 0 R", n + 10))
        .collect();
    let all = all.join(" ");
    let day = edition.date.strftime("%B %-d, %Y");
    let drawn = format!("BT /F1 9 Tf 72 20 Td ({number} [Rev. {day}]) Tj ET\n");
    format!(
        "%PDF-1.7
1 0 obj << /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [{all}] /DA (/Helv 9 Tf 0 g) >> >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Annots [{all}] /Contents 6 0 R
  /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >> endobj
{fields}6 0 obj << /Length {} >> stream
{drawn}endstream endobj
trailer << /Root 1 0 R >>
%%EOF
",
        drawn.len()
    )
}

/// The revisions that packs know of a form.
fn revisions(number: &str) -> usize {
    let packs = packs::Packs::builtin().unwrap();
    let mut sheets = packs.iter().flat_map(|pack| &pack.forms);
    sheets
        .find(|sheet| sheet.number == number)
        .unwrap()
        .edition
        .len()
}

fn attached() {
    let (dir, strange) = desk();
    let blanks = dir.path().join("blanks");
    std::fs::create_dir(&blanks).unwrap();
    let sheet = described("MC-025", revisions("MC-025") - 1);
    std::fs::write(blanks.join("mc-025.pdf"), sheet).unwrap();
    let form = dir.path().join("cr-410.pdf");
    std::fs::write(&form, described("CR-410", 0)).unwrap();
    let (values, out) = (dir.path().join("values.json"), dir.path().join("out.pdf"));
    let copy = dir.path().join("copy.pdf");
    let fill = |form: &Path, given: &Value| {
        std::fs::write(&values, given.to_string()).unwrap();
        let paths = [form, &values, &blanks, &out, &copy].map(|path| path.to_str().unwrap());
        let [form, values, blanks, out_, copy] = paths;
        let args = [
            "forms",
            "fill",
            form,
            values,
            "--forms",
            blanks,
            "--out",
            out_,
            "--editable",
            copy,
        ];
        let filled = relief(&args);
        assert_eq!(filled.status.code(), Some(0), "{}", said(&filled));
        (said(&filled), words(&out))
    };
    let long = "Wilhelmina ".repeat(30);
    let packs = packs::Packs::builtin().unwrap();
    let mut sheets = packs.iter().flat_map(|pack| &pack.forms);
    let edition = &sheets
        .find(|sheet| sheet.number == "CR-410")
        .unwrap()
        .edition[0];
    let field = |fact| edition.fields_for(&fact).next().unwrap();
    let (name, number) = (
        field(packs::forms::Fact::PersonName),
        field(packs::forms::Fact::CaseNumber),
    );
    let (said, words) = fill(
        &form,
        &json!({"li2c[0]": long.trim(), name.as_str(): "Ada Quill", number.as_str(): "05F01234"}),
    );
    assert!(
        said.contains("on the attachment MC-025 as item 1"),
        "{said}"
    );
    assert!(!said.contains("by hand"), "{said}");
    let (page, sheet) = words.split_once('\u{c}').unwrap();
    assert!(page.contains("See attachment, item 1"), "{page}");
    assert_eq!(sheet.matches("Wilhelmina").count(), 30, "{sheet}");
    for part in ["People v. Ada Quill", "05F01234", "MC-025"] {
        assert!(sheet.contains(part), "{part} in {sheet}");
    }
    assert!(!words.contains("CONTINUATION"), "{words}");
    // The copy to edit has its own fields and no second form's.
    let copied = self::words(&copy);
    assert!(copied.contains("CONTINUATION PAGE OF CR-410"), "{copied}");

    // What the values do not hold stands on no sheet, and somebody is told to write it.
    let (told, words) = fill(&form, &json!({"li2c[0]": long.trim()}));
    assert!(
        told.contains("at the top of the attachment MC-025 are blank"),
        "{told}"
    );
    assert!(!words.contains("People v."), "{words}");

    // Nobody says that the court of a form that no pack knows takes this state's attachment.
    let (told, words) = fill(&strange, &json!({"Name": long.trim()}));
    assert!(
        told.contains("on the continuation page as item 1"),
        "{told}"
    );
    assert!(words.contains("CONTINUATION PAGE OF ZZ-999"), "{words}");
}

fn older() {
    let (dir, _) = desk();
    let older = dir.path().join("older.pdf");
    let newest = dir.path().join("newest.pdf");
    std::fs::write(&older, described("CR-400", 0)).unwrap();
    std::fs::write(&newest, described("CR-400", revisions("CR-400") - 1)).unwrap();
    let known = |form: &Path, day: &str| {
        let out = relief(&["forms", "identify", "--as-of", day, form.to_str().unwrap()]);
        assert_eq!(out.status.code(), Some(0), "{}", said(&out));
        (lines(&out)[0]["newer"].clone(), said(&out))
    };
    let (newer, words) = known(&older, "2026-11-21");
    assert_eq!(newer, json!("2024-01-01"));
    assert!(words.contains("there is one of 2024-01-01"), "{words}");
    // Before the newer one was in use there was nothing to say.
    assert_eq!(known(&older, "2023-12-31"), (json!(null), String::new()));
    assert_eq!(known(&newest, "2026-11-21"), (json!(null), String::new()));
}

fn published(folder: &Path) {
    let file = |name: &str| folder.join(name).display().to_string();
    let known = relief(&[
        "forms",
        "identify",
        "--as-of",
        "2026-11-21",
        &file("cr-180_2024-01-01_decrypted.pdf"),
        &file("cr-400_2017-07-01_damaged.pdf"),
    ]);
    assert_eq!(known.status.code(), Some(0), "{}", said(&known));
    let maps: Vec<Value> = lines(&known)
        .iter()
        .map(|line| line["map"].clone())
        .collect();
    assert_eq!(maps, ["us-ca/cr-180/2024-01-01", "us-ca/cr-400/2017-07-01"]);
    let later = relief(&[
        "forms",
        "identify",
        "--as-of",
        "2027-02-01",
        &file("cr-180_2024-01-01_decrypted.pdf"),
    ]);
    assert!(said(&later).contains("still the newest revision"));
}
