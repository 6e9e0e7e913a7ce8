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
            "a_value_that_cannot_be_written_is_named_and_the_rest_is_done",
            wrong_values,
        ),
        Trial::test("published_blanks_are_identified", move || {
            published(&folder);
            Ok(())
        })
        .with_ignored_flag(skipped),
    ];
    libtest_mimic::run(&args, tests).exit();
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
