//! One client's way through the house: from an empty folder to printed papers, a step in court, and a locked door.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::office::Office;

const PASSPHRASE: &str = "seven lanterns over the quiet harbor";
/// Words that may stand in no file but those that were saved or printed.
const PLANTED: &[&str] = &["Tarragon", "Hester", "TARRAGON", "03F06812", PASSPHRASE];

/// Names the folder of the child that runs the journey.
const CHILD: &str = "RELIEF_TEST_JOURNEY";

/// The journey runs in a process of its own: only so can a recording `lp` stand first in its path, and its home be searched.
#[test]
fn from_an_empty_folder_to_printed_papers() {
    if let Some(home) = std::env::var_os(CHILD) {
        return journey(Path::new(&home));
    }
    let home = tempfile::tempdir().unwrap();
    let bin = home.path().join("bin");
    fs::create_dir_all(&bin).unwrap();
    fs::create_dir_all(home.path().join("jobs")).unwrap();
    record_print_jobs(&bin.join("lp"));
    let path = std::env::var("PATH").unwrap();
    let child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "journey::from_an_empty_folder_to_printed_papers",
            "--nocapture",
        ])
        .env(CHILD, home.path())
        .env("PATH", format!("{}:{path}", bin.display()))
        .env("HOME", home.path())
        .env("TMPDIR", home.path().join("tmp"))
        .env("XDG_DATA_HOME", home.path().join("data"))
        .env("XDG_CACHE_HOME", home.path().join("cache"))
        .env("XDG_CONFIG_HOME", home.path().join("config"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&child.stdout).into_owned()
        + &String::from_utf8_lossy(&child.stderr);
    assert!(child.status.success(), "{said}");
    assert!(said.contains("1 passed"), "the journey did not run: {said}");

    // Nothing the program keeps or leaves holds the client in clear.
    let mut searched = 0;
    for file in files(home.path()) {
        if file.starts_with(home.path().join("jobs")) || file.starts_with(home.path().join("saved"))
        {
            continue;
        }
        searched += 1;
        let bytes = fs::read(&file).unwrap();
        for word in PLANTED {
            let found = bytes
                .windows(word.len())
                .any(|part| part == word.as_bytes());
            assert!(!found, "{word} stands in clear in {}", file.display());
        }
    }
    assert!(searched >= 3, "the vault was not where it was searched");
}

fn journey(home: &Path) {
    fs::create_dir_all(home.join("tmp")).unwrap();
    let office = Office::start(&home.join("office"), &home.join("saved"));
    let state: Value = office.ask("session.state", json!({}));
    assert_eq!(
        (&state["phase"], &state["training"]),
        (&json!("new"), &json!(false))
    );
    let code = office.create(PASSPHRASE);
    assert!(code.len() > 30);

    let id: String = office.ask(
        "clients.add",
        json!({"given": "Hester", "family": "Tarragon", "born": "1976-03-12"}),
    );
    import(&office, &id);
    screen(&office, &id);
    notes_undo_and_refusals(&office, &id);
    let papers = prepare(&office, &id);
    print(&office, &id, &papers, home);
    save(&office, &id);
    in_court(&office, &id);
    lock_and_come_back(&office, &id, &code);
}

fn import(office: &Office, id: &str) {
    let refused = office
        .import(id, "letter.txt", b"Dear client,\nhello.\n")
        .unwrap_err();
    assert_eq!(refused["code"], "sheet");
    assert!(!refused["hint"].as_str().unwrap().is_empty());

    let sheet = fs::read(cases().join("sheet.txt")).unwrap();
    let client = office.import(id, "hoja%20de%20H.txt", &sheet).unwrap();
    let numbers: Vec<_> = client["record"]["cases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|case| case["number"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert!(
        numbers.contains(&"03F06812".into()) && numbers.contains(&"BA330917".into()),
        "{numbers:?}"
    );
    let read = &client["sheets"][0];
    assert_eq!(read["name"], "hoja de H.txt");
    let lines = read["lines"].as_array().unwrap();
    assert_eq!(lines.len(), String::from_utf8_lossy(&sheet).lines().count());
    assert!(
        lines
            .iter()
            .any(|line| !line["facts"].as_array().unwrap().is_empty())
    );

    // Once more: nothing is doubled, nothing is lost.
    let again = office.import(id, "hoja%20de%20H.txt", &sheet).unwrap();
    assert_eq!(again["record"]["cases"], client["record"]["cases"]);
    assert_eq!(again["sheets"].as_array().unwrap().len(), 1);
}

fn card<'a>(results: &'a Value, section: &str) -> &'a Value {
    let cases = results["cases"].as_array().unwrap();
    cases
        .iter()
        .flat_map(|case| case["cards"].as_array().unwrap())
        .find(|card| card["section"] == section)
        .unwrap_or_else(|| panic!("no card for {section} in {results}"))
}

fn screen(office: &Office, id: &str) {
    let results: Value = office.ask("results.screen", json!({"id": id, "as_of": "2026-11-21"}));
    let first = &results["first_question"];
    // The third conviction waits for the client's standing; what was done could only change an answer that stands.
    assert!(
        first["fact"].as_str().unwrap().starts_with("now."),
        "{first}"
    );
    for fact in ["now.serving", "now.supervised", "now.charged"] {
        office.ask::<Value>(
            "clients.answer",
            json!({"id": id, "path": fact, "value": false}),
        );
    }
    let results: Value = office.ask("results.screen", json!({"id": id, "as_of": "2026-11-21"}));
    for section in ["HS 11360(a)", "HS 11359"] {
        let card = card(&results, section);
        assert_eq!(card["status"], "eligible", "{card}");
        let headline = card["headline"]["text"].as_str().unwrap();
        // Where the answer rests on what nobody has shown otherwise, it promises nothing.
        let presumes = !card["finding"]["presumes"].as_array().unwrap().is_empty();
        assert_eq!(presumes, card["ask_for"].as_bool().unwrap());
        assert!(
            !presumes || headline.starts_with("Ask the court to"),
            "{headline}"
        );
        let reasons = card["reasons"].as_array().unwrap();
        assert!(
            reasons
                .iter()
                .any(|reason| !reason["lines"].as_array().unwrap().is_empty()),
            "no reason opens at its line"
        );
    }
    // Another offense has its own ways; this one is not among them.
    let driving = &card(&results, "VC 23152(a)")["finding"];
    assert_ne!(driving["route"], "us-ca/prop-64", "{driving}");
    let rows: Vec<Value> = office.ask("clients.list", json!({"query": "tarr"}));
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["initials"], "H. T.");

    office.ask::<Value>("session.language", json!({"lang": "es"}));
    let spanish: Value = office.ask("results.screen", json!({"id": id}));
    let headline = &card(&spanish, "HS 11359")["headline"]["text"];
    assert!(
        headline.as_str().unwrap().contains("tribunal"),
        "{headline}"
    );
    office.ask::<Value>("session.language", json!({"lang": "en"}));
}

fn notes_undo_and_refusals(office: &Office, id: &str) {
    let before: Value = office.ask("clients.open", json!({"id": id}));
    for (path, value, code) in [
        ("person.born", json!("19820002"), "fact"),
        ("cases[0].counts[0].section", json!("<script>"), "fact"),
        ("cases[9].number", json!("1"), "fact"),
        ("provenance", json!({}), "not_answerable"),
    ] {
        let refused = office.refused(
            "clients.answer",
            json!({"id": id, "path": path, "value": value}),
        );
        assert_eq!(refused, code, "{path}");
    }
    let after: Value = office.ask("clients.open", json!({"id": id}));
    assert_eq!(
        before["record"], after["record"],
        "a refused answer changed something"
    );

    let answered: Value = office.ask(
        "clients.answer",
        json!({"id": id, "path": "person.born", "value": "1976-03-13"}),
    );
    assert_eq!(answered["conflicts"][0]["path"], "person.born");
    let undone: Value = office.ask("clients.undo", json!({"id": id}));
    assert_eq!(undone["record"], before["record"]);
    let noted: Value = office.ask(
        "clients.note",
        json!({"id": id, "text": "<script>alert(1)</script> שלום"}),
    );
    assert_eq!(noted["notes"][0]["by"], "Ada Lindqvist");
    let contact: Value = office.ask(
        "clients.contact",
        json!({"id": id, "contact": {"address": ["22 Nettle Court", "Sacramento, CA 95818"], "language": "es"}}),
    );
    assert_eq!(contact["contact"]["language"], "es");
}

/// Nobody said that she is a citizen: nothing to be filed is made before an attorney clears it, by name and reason.
fn prepare(office: &Office, id: &str) -> Vec<Value> {
    let gated: Value = office.ask("papers.prepare", json!({"id": id}));
    assert_eq!(gated["needs_clearance"], true);
    let kinds: Vec<_> = gated["papers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|paper| &paper["kind"])
        .collect();
    assert_eq!(kinds, ["client"]);
    assert_eq!(
        office.refused("papers.clear", json!({"id": id, "reason": " "})),
        "name_empty"
    );
    let cleared: Value = office.ask(
        "papers.clear",
        json!({"id": id, "reason": "saw a passport"}),
    );
    assert_eq!(cleared["clearance"]["by"], "Ada Lindqvist, SBN 999001");

    let packet: Value = office.ask("papers.prepare", json!({"id": id}));
    assert_eq!(packet["needs_clearance"], false);
    let papers = packet["papers"].as_array().unwrap().clone();
    let filed = papers
        .iter()
        .filter(|paper| paper["recipient"] == "court")
        .count();
    assert!(
        filed >= 4,
        "two cases, each with a paper that asks and an order: {papers:?}"
    );
    for paper in &papers {
        let bytes = office.bytes("papers.bytes", json!({"id": id, "key": paper["key"]}));
        assert!(bytes.starts_with(b"%PDF-"));
        let pages = lopdf::Document::load_mem(&bytes).unwrap().get_pages().len();
        assert_eq!(json!(pages), paper["pages"]);
    }
    papers
}

fn print(office: &Office, id: &str, papers: &[Value], home: &Path) {
    let print = json!({"id": id, "two_sided": false});
    let printed: Value = office.ask("papers.print", print.clone());
    let jobs: Vec<_> = files(&home.join("jobs"))
        .iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "pdf"))
        .map(|file| lopdf::Document::load(file).unwrap().get_pages().len())
        .collect();
    assert_eq!(json!(jobs), json!([printed["pages"]]), "one job, all of it");
    let own: u64 = papers
        .iter()
        .map(|paper| paper["pages"].as_u64().unwrap())
        .sum();
    let more = own + printed["sets"].as_u64().unwrap();
    assert!(
        printed["pages"].as_u64().unwrap() > more,
        "no copy for anybody: {printed}"
    );
    for file in files(&home.join("jobs")) {
        if file
            .extension()
            .is_some_and(|extension| extension == "args")
        {
            let arguments = fs::read_to_string(file).unwrap();
            assert!(
                PLANTED.iter().all(|word| !arguments.contains(word)),
                "{arguments}"
            );
        }
    }

    // A change after looking: the old papers can no longer leave.
    office.ask::<Value>("clients.note", json!({"id": id, "text": "called"}));
    assert_eq!(office.refused("papers.print", print.clone()), "stale");
    assert_eq!(office.refused("papers.save", json!({"id": id})), "stale");
    let again: Value = office.ask("papers.prepare", json!({"id": id}));
    let same: Vec<_> = again["papers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|paper| paper["key"].clone())
        .collect();
    let keys: Vec<_> = papers.iter().map(|paper| paper["key"].clone()).collect();
    assert_eq!(same, keys, "the same facts make the same bytes");
    let signed: Value = office.ask("papers.sign_off", json!({"id": id, "keys": keys}));
    assert_eq!(signed["sign_off"]["said"], "signed");
    assert_eq!(
        office.refused("papers.sign_off", json!({"id": id, "keys": keys})),
        "stale",
        "the covers name the attorney now"
    );
}

/// What is saved is what is looked at now: the covers name the attorney since the sign-off.
fn save(office: &Office, id: &str) {
    let packet: Value = office.ask("papers.prepare", json!({"id": id}));
    let papers = packet["papers"].as_array().unwrap();
    let saved: Value = office.ask("papers.save", json!({"id": id}));
    let folder = PathBuf::from(saved["folder"].as_str().unwrap());
    for paper in papers {
        let bytes = office.bytes("papers.bytes", json!({"id": id, "key": paper["key"]}));
        assert_eq!(
            fs::read(folder.join(paper["file"].as_str().unwrap())).unwrap(),
            bytes
        );
    }
    assert!(folder.join("manifest.json").is_file());

    // For e-filing: what is filed, as it is looked at now, and the checklist; the covers and the client's sheet stay.
    let saved: Value = office.ask("papers.save_for_efiling", json!({"id": id}));
    let folder = PathBuf::from(saved["folder"].as_str().unwrap());
    let filed = papers.iter().filter(|paper| paper["recipient"] == "court");
    let files = saved["files"].as_array().unwrap();
    assert_eq!(files.len(), filed.clone().count());
    for (file, paper) in files.iter().zip(filed) {
        let bytes = office.bytes("papers.bytes", json!({"id": id, "key": paper["key"]}));
        assert_eq!(
            fs::read(folder.join(file["file"].as_str().unwrap())).unwrap(),
            bytes
        );
    }
    let checklist = saved["checklist"].as_str().unwrap();
    assert!(folder.join(checklist).is_file());
}

fn in_court(office: &Office, id: &str) {
    let step = |step: &str, date: Value| json!({"id": id, "case": 0, "count": 0, "step": step, "date": date});
    assert_eq!(
        office.refused("filings.set", step("filed", json!("2026-13-45"))),
        "not_a_day"
    );
    office.ask::<Value>("filings.set", step("filed", json!("2026-11-20")));
    assert_eq!(
        office.refused("filings.set", step("granted", json!("2026-11-19"))),
        "steps_out_of_order"
    );
    let client: Value = office.ask("filings.set", step("served", json!("2026-11-20")));
    assert_eq!(client["filings"].as_array().unwrap().len(), 2);
    let client: Value = office.ask("filings.set", step("served", Value::Null));
    assert_eq!(client["filings"].as_array().unwrap().len(), 1);
    let rows: Vec<Value> = office.ask("clients.list", json!({"query": ""}));
    assert_eq!(rows[0]["status"], "filed");
}

fn lock_and_come_back(office: &Office, id: &str, code: &str) {
    office.ask::<Value>("session.lock", json!({}));
    assert_eq!(office.refused("clients.open", json!({"id": id})), "locked");
    let state: Value = office.ask("session.state", json!({}));
    assert_eq!(state["phase"], "locked");
    let person = &state["people"][0]["id"];
    assert_eq!(
        office.refused(
            "session.unlock",
            json!({"person": person, "passphrase": "wrong"})
        ),
        "wrong_passphrase"
    );
    let state: Value = office.ask("session.state", json!({}));
    assert_eq!(state["wrong_tries"], 1);
    assert_eq!(
        office.refused(
            "session.recover",
            json!({"code": "ABC", "new_passphrase": "x"})
        ),
        "code_mistyped"
    );
    let open: Value = office.ask(
        "session.recover",
        json!({"code": code.to_lowercase(), "new_passphrase": "three green otters sing"}),
    );
    assert_eq!(open["phase"], "open");
    office.ask::<Value>("session.lock", json!({}));
    let open: Value = office.ask(
        "session.unlock",
        json!({"person": person, "passphrase": "three green otters sing"}),
    );
    assert_eq!(open["who"]["name"], "Ada Lindqvist");
    let client: Value = office.ask("clients.open", json!({"id": id}));
    assert_eq!(client["record"]["person"]["name"]["family"], "Tarragon");
    office.ask::<Value>("session.lock", json!({}));
}

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/first")
}

/// An `lp` that keeps what it is given: its arguments, and the bytes on its standard input.
fn record_print_jobs(lp: &Path) {
    fs::write(
        lp,
        "#!/bin/sh\nout=\"$RELIEF_TEST_JOURNEY/jobs/$$\"\nprintf '%s\\n' \"$@\" > \"$out.args\"\ncat > \"$out.pdf\"\n",
    )
    .unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(lp, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return found;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}
