//! The headless command as a shell script meets it: standard output, standard error, exit status, files.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

const SHEET: &str = "\
CII/A99000777
DOB/19790511 SEX/F RAC/WHITE
NAM/01 QUILLFEATHER,MARISOL
* * * *
ARR/DET/CITE:         NAM:01  DOB:19790511
20060912  CASO SANTA BARBARA

CNT:01     #8539
  11357(B) HS-POSSESS MARIJUANA 28.5- GRAMS
- - - -
COURT:                NAM:01
20061024  CASC SANTA BARBARA

CNT:01     #06F05539
  11357(B) HS-POSSESS MARIJUANA 28.5- GRAMS
*DISPO:CONVICTED
   CONV STATUS:MISDEMEANOR
   SEN: FINE
* * * END OF MESSAGE * * *
";

fn relief(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_relief"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that refuses its arguments never reads.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn document(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

/// One conviction, decided for: at most 28.5 g at 27, misdemeanor, completed.
fn record(citizenship: Value) -> Value {
    json!({
        "schema": "relief-desk/record/1",
        "person": {
            "name": {"given": "Marisol", "family": "Quillfeather"},
            "born": "1979-05-11", "citizenship": citizenship, "registrations": []
        },
        "now": {"serving": false, "supervised": false, "charged": false},
        "cases": [{
            "id": "k1",
            "court": {"jurisdiction": "us-ca", "county": "Santa Barbara"},
            "number": "06F05539", "juvenile": false, "filed": "2006-09-24",
            "counts": [{
                "id": "k1c1", "section": "HS 11357(b)", "attempt": false, "level": "misdemeanor",
                "offense_date": "2006-09-12",
                "disposition": {"kind": "convicted", "date": "2006-10-24"},
                "sentence": {"parts": [{"kind": "fine"}], "status": "completed"},
                "amounts": [{"form": "flower", "value": "9", "unit": "g", "bound": "exact"}],
                "relief_granted": []
            }]
        }]
    })
}

fn clinic() -> Value {
    json!({
        "schema": "relief-desk/clinic/1", "name": "Harbor Street Legal Clinic",
        "address": ["12 Harbor Street", "Goleta, CA 93117"], "phone": "(805) 555-0142", "language": "en",
        "attorneys": [{"name": "Ada Lindqvist", "bar": "999999", "phone": "(805) 555-0142", "email": "ada@example.org"}],
        "counties": [], "require_sign_off": false
    })
}

#[test]
fn schemas_are_printed_for_every_document() {
    for name in ["record", "findings", "clinic", "answers"] {
        let output = relief(&["schema", name], "");
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(
            document(&output)["additionalProperties"],
            json!(false),
            "{name}"
        );
    }
}

#[test]
fn wrong_usage_leaves_with_two_and_says_how_it_goes() {
    for args in [
        &["scren"][..],
        &["schema", "cat"],
        &["read"],
        &["screen", "--as-of", "soon"],
        &[],
    ] {
        let output = relief(args, "");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(
            text(&output.stderr).contains("Usage") || text(&output.stderr).contains("--help"),
            "{args:?}"
        );
    }
}

#[test]
fn a_record_is_screened_from_standard_input() {
    let output = relief(
        &[
            "screen",
            "--as-of",
            "2026-11-21",
            "--routes",
            "us-ca/prop-64",
        ],
        &record(json!("citizen")).to_string(),
    );
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
    let findings = document(&output);
    assert_eq!(findings["schema"], "relief-desk/findings/1");
    assert_eq!(findings["findings"].as_array().unwrap().len(), 1);
    let finding = &findings["findings"][0];
    assert_eq!(
        (finding["status"].as_str(), finding["relief"].as_str()),
        (Some("eligible"), Some("dismiss_and_seal"))
    );
    assert_eq!(
        (finding["case_id"].as_str(), finding["count_id"].as_str()),
        (Some("k1"), Some("k1c1"))
    );
    assert!(!finding["reasons"].as_array().unwrap().is_empty());
}

#[test]
fn the_short_form_leaves_out_the_words() {
    let output = relief(
        &["screen", "--as-of", "2026-11-21", "--detail", "answer"],
        &record(json!("citizen")).to_string(),
    );
    for finding in document(&output)["findings"].as_array().unwrap() {
        assert!(finding.get("reasons").is_none() && finding.get("procedure").is_none());
    }
}

#[test]
fn the_words_come_in_spanish() {
    let english = relief(
        &["screen", "--as-of", "2026-11-21"],
        &record(json!("citizen")).to_string(),
    );
    let spanish = relief(
        &["screen", "--as-of", "2026-11-21", "--lang", "es"],
        &record(json!("citizen")).to_string(),
    );
    let words = |o: &Output| {
        document(o)["findings"][0]["reasons"][0]["text"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_ne!(words(&english), words(&spanish));
}

#[test]
fn an_unknown_key_is_named_with_its_line_and_nothing_is_written() {
    let output = relief(
        &["screen"],
        "{\"schema\": \"relief-desk/record/1\",\n \"persn\": {}}",
    );
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout), "");
    let said = text(&output.stderr);
    assert!(
        said.starts_with("-:2: ") && said.contains("persn"),
        "{said}"
    );
}

#[test]
fn lines_are_a_filter_in_order_and_a_bad_line_stops_nothing() {
    let (a, b) = (
        record(json!("citizen")).to_string(),
        record(json!("noncitizen")).to_string(),
    );
    let output = relief(
        &["screen", "--jsonl", "--as-of", "2026-11-21"],
        &format!("{a}\nnot a record\n\n{b}\n"),
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).starts_with("-:2: "),
        "{}",
        text(&output.stderr)
    );
    let lines: Vec<Value> = text(&output.stdout)
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    let warned = |findings: &Value| findings.to_string().contains("immigration");
    assert!(warned(&lines[1]), "the second record is a noncitizen's");
}

// More lines than the workers take at once: the order is that of the input, and each refusal names its own line.
#[test]
fn many_lines_stay_in_order() {
    let mut input = String::new();
    for n in 0..2000 {
        let mut one = record(json!("citizen"));
        one["cases"][0]["id"] = json!(format!("line-{n}"));
        input.push_str(&one.to_string());
        input.push('\n');
        if n == 700 {
            input.push_str("not a record\n");
        }
    }
    // From a file: whoever fills a pipe has to empty the other one meanwhile.
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("records.jsonl");
    std::fs::write(&file, input).unwrap();
    let file = file.to_str().unwrap();
    let output = relief(
        &[
            "screen",
            "--jsonl",
            "--as-of",
            "2026-11-21",
            "--routes",
            "us-ca/prop-64",
            "--detail",
            "answer",
            file,
        ],
        "",
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("records.jsonl:702: "),
        "{}",
        text(&output.stderr)
    );
    let stdout = text(&output.stdout);
    let ids: Vec<String> = stdout
        .lines()
        .map(|line| {
            let findings: Value = serde_json::from_str(line).unwrap();
            findings["findings"][0]["case_id"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    let wanted: Vec<String> = (0..2000).map(|n| format!("line-{n}")).collect();
    assert_eq!(ids, wanted);
}

#[test]
fn a_day_before_the_act_gets_no_finding_and_a_line_that_says_so() {
    let output = relief(
        &[
            "screen",
            "--as-of",
            "2016-11-08",
            "--routes",
            "us-ca/prop-64",
        ],
        &record(json!("citizen")).to_string(),
    );
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(document(&output)["findings"], json!([]));
    assert!(
        text(&output.stderr).contains("us-ca/prop-64"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn a_sheet_becomes_a_record_and_what_is_no_sheet_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let (sheet, letter) = (
        folder.path().join("sheet.txt"),
        folder.path().join("letter.txt"),
    );
    std::fs::write(&sheet, SHEET).unwrap();
    std::fs::write(&letter, "Dear clinic, thank you for your help.").unwrap();
    let output = relief(
        &["read", letter.to_str().unwrap(), sheet.to_str().unwrap()],
        "",
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("letter.txt:1: "));
    let record = document(&output);
    assert_eq!(
        record["person"]["name"],
        json!({"given": "MARISOL", "family": "QUILLFEATHER"})
    );
    assert_eq!(record["cases"][0]["court"]["county"], "Santa Barbara");
    assert_eq!(record["cases"][0]["counts"][0]["section"], "HS 11357(b)");
}

#[test]
fn a_folder_or_a_missing_file_is_refused_in_words() {
    let folder = env!("CARGO_MANIFEST_DIR");
    let missing = format!("{folder}/no-such-file");
    for command in [&["read"][..], &["screen"], &["forms", "identify"]] {
        for (file, words) in [(folder, "this is a folder"), (&missing, "no such file")] {
            let output = relief(&[command, &[file]].concat(), "");
            assert_eq!(output.status.code(), Some(1), "{command:?}");
            assert!(
                text(&output.stderr).contains(words),
                "{command:?}: {}",
                text(&output.stderr)
            );
        }
    }
}

/// Some files of the system have no end.
#[cfg(unix)]
#[test]
fn a_file_without_an_end_is_refused_for_its_size() {
    let output = relief(&["read", "/dev/zero"], "");
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(
        said.contains("/dev/zero:1: the file has at least 97 MB"),
        "{said}"
    );
}

fn packet(folder: &Path, record: &Value, answers: Option<&Value>) -> Output {
    let file = |name: &str, value: &Value| {
        let path = folder.join(name);
        std::fs::write(&path, value.to_string()).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let record = file("record.json", record);
    let clinic = file("clinic.json", &clinic());
    let answers = answers.map(|a| file("answers.json", a));
    let out = folder.join("out");
    let mut args = vec![
        "packet",
        &record,
        "--clinic",
        &clinic,
        "--as-of",
        "2026-11-21",
        "--out",
        out.to_str().unwrap(),
    ];
    if let Some(answers) = &answers {
        args.extend(["--answers", answers]);
    }
    relief(&args, "")
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_packet_appears_whole_and_its_manifest_names_every_paper() {
    let folder = tempfile::tempdir().unwrap();
    let output = packet(folder.path(), &record(json!("citizen")), None);
    let out = folder.path().join("out");
    let manifest: Value =
        serde_json::from_slice(&std::fs::read(out.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(
        names(&out),
        [
            "Santa-Barbara-06F05539",
            "client-en.pdf",
            "labels.pdf",
            "manifest.json",
            "signing.pdf"
        ],
        "{}",
        text(&output.stderr)
    );
    for name in ["cover.pdf", "petition.pdf", "order.pdf", "service.pdf"] {
        let bytes = std::fs::read(out.join("Santa-Barbara-06F05539").join(name)).unwrap();
        assert!(bytes.starts_with(b"%PDF-"), "{name}");
        assert!(manifest.to_string().contains(name), "{name}");
    }
    assert_eq!(
        (output.status.code(), &manifest["ready"]),
        (Some(0), &json!(true)),
        "{}",
        text(&output.stderr)
    );

    // A second run takes the papers of the first away with it, leaves other people's files alone and nothing of its own.
    std::fs::write(out.join("notes.txt"), "mine").unwrap();
    packet(folder.path(), &record(json!(null)), None);
    assert_eq!(names(&out), ["client-en.pdf", "manifest.json", "notes.txt"]);
    assert_eq!(names(folder.path()), ["clinic.json", "out", "record.json"]);
}

#[test]
fn a_print_job_has_a_set_for_everybody_who_gets_one() {
    let folder = tempfile::tempdir().unwrap();
    packet(folder.path(), &record(json!("citizen")), None);
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (record, clinic, out) = (file("record.json"), file("clinic.json"), file("out"));
    let args = ["packet", &record, "--clinic", &clinic, "--as-of"];
    let (one, two) = (file("one.pdf"), file("two.pdf"));
    for more in [
        &["2026-11-21", "--out", &out, "--print", &one][..],
        &["2026-11-21", "--out", &out, "--print", &two, "--two-sided"],
    ] {
        let output = relief(&[&args, more].concat(), "");
        assert!(output.status.success(), "{}", text(&output.stderr));
    }
    let manifest: Value =
        serde_json::from_slice(&std::fs::read(folder.path().join("out/manifest.json")).unwrap())
            .unwrap();
    let to: Vec<_> = manifest["sets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|set| set["to"].as_str().unwrap())
        .collect();
    assert_eq!(to, ["court", "prosecutor", "client", "file"]);
    let length = |path: &str| std::fs::read(path).unwrap().len();
    assert!(length(&two) > length(&one), "it has empty backs");
}

#[test]
fn nothing_is_printed_for_a_clinic_that_wants_a_sign_off_first() {
    let folder = tempfile::tempdir().unwrap();
    packet(folder.path(), &record(json!("citizen")), None);
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let mut strict = clinic();
    strict["require_sign_off"] = json!(true);
    std::fs::write(file("clinic.json"), strict.to_string()).unwrap();
    let (record, clinic, out, job) = (
        file("record.json"),
        file("clinic.json"),
        file("out"),
        file("job.pdf"),
    );
    let args = [
        "packet",
        &record,
        "--clinic",
        &clinic,
        "--as-of",
        "2026-11-21",
    ];
    let output = relief(&[&args[..], &["--out", &out, "--print", &job]].concat(), "");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("signed it off"));
    assert!(!Path::new(&job).exists());
}

#[test]
fn a_second_persons_papers_never_replace_the_firsts() {
    let folder = tempfile::tempdir().unwrap();
    packet(folder.path(), &record(json!("citizen")), None);
    let before = names(&folder.path().join("out"));
    let mut other = record(json!("citizen"));
    other["person"]["name"]["given"] = json!("Somebody");
    other["cases"][0]["number"] = json!("99X0001");
    let output = packet(folder.path(), &other, None);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("another person's packet"));
    assert_eq!(names(&folder.path().join("out")), before);

    // A manifest that does not say whose the papers are may be anybody's.
    let manifest = folder.path().join("out/manifest.json");
    for unsigned in ["{}", "no JSON", r#"{"papers": [{"file": "notes.txt"}]}"#] {
        std::fs::write(&manifest, unsigned).unwrap();
        let output = packet(folder.path(), &record(json!("citizen")), None);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(std::fs::read_to_string(&manifest).unwrap(), unsigned);
    }
}

#[test]
fn who_is_not_known_to_be_a_citizen_gets_the_client_sheet_alone() {
    for citizenship in [json!(null), json!("noncitizen")] {
        let folder = tempfile::tempdir().unwrap();
        let output = packet(folder.path(), &record(citizenship), None);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(
            names(&folder.path().join("out")),
            ["client-en.pdf", "manifest.json"]
        );
    }
    let folder = tempfile::tempdir().unwrap();
    let cleared = json!({
        "schema": "relief-desk/answers/1",
        "immigration": {"by": "Ada Lindqvist, SBN 999999", "on": "2026-11-20", "reason": "Advised in person"}
    });
    packet(folder.path(), &record(json!("noncitizen")), Some(&cleared));
    assert!(names(&folder.path().join("out")).contains(&"Santa-Barbara-06F05539".to_owned()));
}
