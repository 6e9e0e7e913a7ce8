//! `relief packet --efile`: a folder for e-filing beside the packet's own.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

struct Desk(tempfile::TempDir);

impl Desk {
    fn new(sign_off: bool, megabytes: Value) -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        let clinic = json!({
            "schema": "relief-desk/clinic/1", "name": "Harbor Street Legal Clinic",
            "address": ["12 Harbor Street", "Goleta, CA 93117"], "phone": "(805) 555-0142", "language": "en",
            "attorneys": [{"name": "Ada Lindqvist", "bar": "999999", "phone": "(805) 555-0142"}],
            "counties": [{"county": "Santa Barbara", "upload": {"megabytes": megabytes}}],
            "require_sign_off": sign_off
        });
        let answers = json!({
            "schema": "relief-desk/answers/1",
            "elections": {"signer": {"as": "attorney", "name": "Ada Lindqvist"}}
        });
        desk.put("clinic.json", &clinic);
        desk.put("answers.json", &answers);
        desk.put("record.json", &record("Marisol"));
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, value: &Value) {
        std::fs::write(self.path(name), value.to_string()).unwrap();
    }

    fn packet(&self, efile: &str) -> Output {
        Command::new(env!("CARGO_BIN_EXE_relief"))
            .current_dir(self.0.path())
            .args(["packet", "record.json", "--clinic", "clinic.json"])
            .args(["--answers", "answers.json", "--as-of", "2026-11-21"])
            .args(["--out", "out", "--efile", efile])
            .output()
            .unwrap()
    }
}

fn record(given: &str) -> Value {
    json!({
        "schema": "relief-desk/record/1",
        "person": {
            "name": {"given": given, "family": "Quillfeather"},
            "born": "1979-05-11", "citizenship": "citizen", "registrations": []
        },
        "now": {"serving": false, "supervised": false, "charged": false},
        "cases": [{
            "court": {"jurisdiction": "us-ca", "county": "Santa Barbara"},
            "number": "06F05539", "juvenile": false, "filed": "2006-09-24",
            "counts": [{
                "section": "HS 11357(b)", "attempt": false, "level": "misdemeanor",
                "offense_date": "2006-09-12",
                "disposition": {"kind": "convicted", "date": "2006-10-24"},
                "sentence": {"parts": [{"kind": "fine"}], "status": "completed"},
                "amounts": [{"form": "flower", "value": "9", "unit": "g", "bound": "exact"}],
                "relief_granted": []
            }]
        }]
    })
}

fn manifest(folder: &Path) -> Value {
    let text = std::fs::read_to_string(folder.join("manifest.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn error(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_folder_holds_the_packets_own_papers_and_the_checklist() {
    let desk = Desk::new(false, json!(12));
    let output = desk.packet("efile");
    assert_eq!(output.status.code(), Some(0), "{}", error(&output));
    let (whole, efile) = (manifest(&desk.path("out")), manifest(&desk.path("efile")));
    assert_eq!(efile["schema"], "relief-desk/efiling/1");
    let mut held = 0;
    for paper in efile["papers"].as_array().unwrap() {
        let file = desk.path("efile").join(paper["file"].as_str().unwrap());
        assert!(file.is_file(), "{file:?}");
        if paper["kind"] == "checklist" {
            continue;
        }
        assert_eq!(paper["limit"], json!(12_000_000));
        assert_eq!(paper["problems"], json!([]));
        let mut papers = whole["papers"].as_array().unwrap().iter();
        let same = papers.find(|one| one["sha256"] == paper["sha256"]).unwrap();
        assert_eq!(same["recipient"], "court");
        held += 1;
    }
    assert_eq!(held, 3);
    // Made again it takes the place of the first; a file of somebody's stays.
    std::fs::write(desk.path("efile/notes.txt"), "call the clerk").unwrap();
    assert_eq!(desk.packet("efile").status.code(), Some(0));
    assert!(desk.path("efile/notes.txt").is_file());
}

#[test]
fn nothing_is_made_for_efiling_where_it_must_not_be() {
    let desk = Desk::new(true, json!(12));
    let output = desk.packet("efile");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        error(&output).contains("not made for e-filing"),
        "{}",
        error(&output)
    );
    assert!(!desk.path("efile").exists());

    let desk = Desk::new(false, json!(12));
    let output = desk.packet("./out");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        error(&output).contains("a folder of its own"),
        "{}",
        error(&output)
    );
    assert!(!desk.path("out").exists());

    // Another client's files never take the place of the first's.
    assert_eq!(desk.packet("efile").status.code(), Some(0));
    let before = manifest(&desk.path("efile"));
    desk.put("record.json", &record("Somebody"));
    std::fs::remove_dir_all(desk.path("out")).unwrap();
    let output = desk.packet("efile");
    assert_eq!(output.status.code(), Some(1));
    assert!(error(&output).contains("another person's packet"));
    assert_eq!(manifest(&desk.path("efile")), before);
}

#[test]
fn a_limit_of_nothing_is_refused_where_it_stands() {
    let desk = Desk::new(false, json!(0));
    let output = desk.packet("efile");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        error(&output).contains("counties[0].upload.megabytes"),
        "{}",
        error(&output)
    );
    let desk = Desk::new(false, json!(5));
    let mut clinic: Value =
        serde_json::from_slice(&std::fs::read(desk.path("clinic.json")).unwrap()).unwrap();
    clinic["counties"][0]["upload"]["name"] = json!("../{paper}");
    desk.put("clinic.json", &clinic);
    let output = desk.packet("efile");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        error(&output).contains("a rule for file names"),
        "{}",
        error(&output)
    );
}
