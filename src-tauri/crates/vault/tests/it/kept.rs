//! What goes in comes out, after a restart, with an audit row for it.

use jiff::civil::date;
use proptest::prelude::*;
use record::answers::{Contact, Elections, ImmigrationClearance};
use record::findings::{Findings, FindingsSchema, PackVersion};
use record::{CaseId, CountId};
use serde_json::json;
use vault::{Declaration, Error, NewPaper, NewSheet, Operation, Role, Step, Way};

use crate::made_up::{at, clinic, record, reopen, vault};

#[test]
fn everything_kept_is_there_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = vault(dir.path());
    let one = record("Rosa", "Quill", "05F01234");
    let contact = Contact {
        phone: Some("555 0100".into()),
        ..Contact::default()
    };
    let elections = Elections {
        waive_appearance: Some(false),
        ..Elections::default()
    };
    let clearance = ImmigrationClearance {
        by: "Ana Lee, SBN 000000".into(),
        on: date(2026, 11, 21),
        reason: "Naturalized 2010, certificate seen".into(),
    };
    let declaration = Declaration {
        case: CaseId("k1".into()),
        count: Some(CountId("k1c1".into())),
        text: "Terminé todas las clases.\nTrabajo.".into(),
        language: Some("Spanish".into()),
        english: Some("I finished every class.\nI work.".into()),
        interpreter: Some("Ines Paz".into()),
        told: Some(r#"[{"prompt":"since"}]"#.into()),
        day: Some(date(2026, 11, 21)),
        on_paper: true,
    };
    let waiting = Declaration {
        count: None,
        on_paper: false,
        ..declaration.clone()
    };
    let findings = Findings {
        schema: FindingsSchema::V1,
        as_of: date(2026, 11, 21),
        packs: vec![PackVersion {
            id: "xx".into(),
            version: "1".into(),
        }],
        findings: vec![],
    };
    let bytes = b"%PDF-1.7 not really";
    let (lines, other) = (json!([{"line": 1, "fate": "used"}]), json!([]));
    let sheet = NewSheet {
        name: "sheet.pdf",
        bytes,
        lines: &lines,
        other_events: &other,
    };
    let paper = NewPaper {
        way: Way::Printed,
        kind: "petition",
        file: "petition.pdf",
        sha256: [7; 32],
        pages: 3,
    };
    let (case, count) = (declaration.case.clone(), CountId("k1c1".into()));
    let filed = date(2026, 12, 1);
    let id = vault
        .transact(Operation::AddClient, at(2), |tx| {
            let id = tx.add_client(&one)?;
            tx.set_contact(&id, &contact)?;
            tx.set_elections(&id, &elections)?;
            tx.clear(&id, &clearance)?;
            tx.set_declaration(&id, &declaration)?;
            tx.set_declaration(&id, &waiting)?;
            tx.show(&id, &findings)?;
            tx.add_sheet(&id, &sheet)?;
            tx.add_note(&id, "Was afraid of her landlord.")?;
            tx.add_paper(&id, &paper)?;
            tx.set_filing(&id, &case, &count, Step::Filed, Some(filed))?;
            tx.set_draft(Some(&id), "intake", Some("half a na"))?;
            tx.set_draft(None, "new-client", Some("Mar"))?;
            tx.set_status(&id, "ready")?;
            tx.set_setting("idle_minutes", &5)?;
            Ok(id)
        })
        .unwrap();
    drop(vault);

    let vault = reopen(dir.path()).unwrap();
    let read = vault.read();
    assert_eq!(read.record(&id).unwrap(), one);
    assert_eq!(read.contact(&id).unwrap().unwrap(), contact);
    assert_eq!(read.elections(&id).unwrap().unwrap(), elections);
    assert_eq!(read.clearance(&id).unwrap().unwrap().clearance, clearance);
    let declared = read.declarations(&id).unwrap();
    assert!(
        declared
            .iter()
            .all(|kept| kept.at == at(2) && kept.person == vault.me().id)
    );
    let said: Vec<_> = declared.into_iter().map(|kept| kept.said).collect();
    assert_eq!(said, [declaration, waiting]);
    assert_eq!(read.shown(&id).unwrap().unwrap().findings, findings);
    let kept = read.sheets(&id).unwrap().remove(0);
    assert_eq!(
        (kept.name.as_str(), &kept.lines, &kept.other_events),
        ("sheet.pdf", &lines, &other)
    );
    assert_eq!(read.sheet_bytes(&id, kept.id).unwrap().as_slice(), bytes);
    assert_eq!(
        read.notes(&id).unwrap()[0].text,
        "Was afraid of her landlord."
    );
    assert_eq!(read.papers(&id).unwrap()[0].sha256, [7; 32]);
    assert_eq!(read.filings(&id).unwrap()[0].day, filed);
    assert_eq!(read.drafts(Some(&id)).unwrap()[0].value, "half a na");
    assert_eq!(read.drafts(None).unwrap()[0].value, "Mar");
    assert_eq!(read.setting::<u32>("idle_minutes").unwrap(), Some(5));
    assert_eq!(read.clinic().unwrap(), clinic());
    let row = read.client(&id).unwrap();
    assert_eq!(
        (row.name.as_str(), row.cases, row.status.as_str()),
        ("Rosa Quill", 1, "ready")
    );
    assert_eq!(
        (row.counties, row.added, row.changed),
        (vec!["Alpine".to_owned()], at(2), at(2))
    );
    let answers = read.answers(&id, &one).unwrap();
    assert_eq!(answers.immigration, Some(clearance));
    let on_paper = answers.declare.unwrap();
    assert_eq!(on_paper.len(), 1, "what waits for an attorney is no answer");
    assert_eq!(
        (on_paper[0].case, on_paper[0].count, &on_paper[0].english),
        (0, Some(0), &Some("I finished every class.\nI work.".into()))
    );
    assert!(vault.me().is(Role::Administrator) && vault.me().is(Role::Attorney));
}

#[test]
fn a_declaration_never_moves_to_another_count() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = vault(dir.path());
    let mut changed = record("Rosa", "Quill", "05F01234");
    let id = vault
        .transact(Operation::AddClient, at(2), |tx| {
            let id = tx.add_client(&changed)?;
            tx.set_declaration(&id, &words("I finished every class."))?;
            Ok(id)
        })
        .unwrap();
    let mut other = changed.cases[0].clone();
    other.id = Some(CaseId("k0".into()));
    changed.cases.insert(0, other.clone());
    let declared = vault
        .read()
        .answers(&id, &changed)
        .unwrap()
        .declare
        .unwrap();
    assert_eq!(declared[0].case, 1, "follows its case");
    changed.cases[1].counts[0].id = None;
    assert_eq!(
        vault.read().answers(&id, &changed).unwrap().declare,
        None,
        "its count is gone"
    );
    other.id = Some(CaseId("k1".into()));
    changed.cases.push(other);
    assert_eq!(
        vault.read().answers(&id, &changed).unwrap().declare,
        None,
        "its case is there twice"
    );
}

fn words(text: &str) -> Declaration {
    Declaration {
        case: CaseId("k1".into()),
        count: Some(CountId("k1c1".into())),
        text: text.into(),
        language: None,
        english: None,
        interpreter: None,
        told: None,
        day: None,
        on_paper: true,
    }
}

#[test]
fn words_are_replaced_and_forgotten_at_their_own_place_only() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = vault(dir.path());
    let case = Declaration {
        count: None,
        ..words("About all of it.")
    };
    let id = vault
        .transact(Operation::AddClient, at(2), |tx| {
            let id = tx.add_client(&record("Rosa", "Quill", "05F01234"))?;
            tx.set_declaration(&id, &words("First."))?;
            tx.set_declaration(&id, &case)?;
            Ok(id)
        })
        .unwrap();
    let mut say = |second, said: &Declaration| {
        let done = vault.transact(Operation::Declare, at(second), |tx| {
            tx.set_declaration(&id, said)
        });
        done.unwrap();
        let kept = vault.read().declarations(&id).unwrap().into_iter();
        kept.map(|kept| (kept.said.text, kept.at))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        say(3, &words("Second.")),
        [
            ("Second.".to_owned(), at(3)),
            ("About all of it.".to_owned(), at(2))
        ]
    );
    let only_the_language = Declaration {
        language: Some("Spanish".into()),
        ..words("")
    };
    assert_eq!(say(4, &only_the_language)[0], (String::new(), at(4)));
    assert_eq!(
        say(5, &words(" ")),
        [("About all of it.".to_owned(), at(2))]
    );
}

#[test]
fn a_failed_operation_leaves_nothing_and_a_kept_one_leaves_its_row() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = vault(dir.path());
    let before = vault.read().audit_head().unwrap();
    let failed = vault.transact(Operation::AddClient, at(2), |tx| {
        tx.add_client(&record("Rosa", "Quill", "1"))?;
        Err::<(), _>(Error::NothingToUndo)
    });
    assert!(matches!(failed, Err(Error::NothingToUndo)));
    assert_eq!(vault.read().count().unwrap(), 0);
    assert_eq!(vault.read().audit_head().unwrap(), before);

    let id = vault
        .transact(Operation::AddClient, at(3), |tx| {
            tx.add_client(&record("Rosa", "Quill", "1"))
        })
        .unwrap();
    vault
        .transact(Operation::Print, at(4), |tx| tx.about(&id))
        .unwrap();
    let rows = vault.read().audit(0, 100).unwrap();
    let told: Vec<_> = rows
        .iter()
        .map(|r| (r.seq, r.operation.as_str(), r.client.as_ref()))
        .collect();
    assert_eq!(
        told,
        [
            (1, "create", None),
            (2, "add_client", Some(&id)),
            (3, "print", Some(&id))
        ]
    );
    assert!(rows.iter().all(|row| row.person == vault.me().id));
}

#[test]
fn changes_of_a_record_are_taken_back_one_by_one() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = vault(dir.path());
    let first = record("Rosa", "Quill", "1");
    let id = vault
        .transact(Operation::AddClient, at(2), |tx| tx.add_client(&first))
        .unwrap();
    let (second, third) = (record("Rosa", "Quill", "2"), record("Rose", "Quill", "2"));
    for (record, second) in [(&second, 3), (&third, 4), (&third, 5)] {
        vault
            .transact(Operation::ChangeRecord, at(second), |tx| {
                tx.set_record(&id, record)
            })
            .unwrap();
    }
    assert_eq!(
        vault.read().undoable(&id).unwrap().unwrap().at,
        at(4),
        "an equal record is no change"
    );
    let mut undo = |s| vault.transact(Operation::Undo, at(s), |tx| tx.undo(&id));
    assert_eq!(undo(6).unwrap(), second);
    assert_eq!(undo(7).unwrap(), first);
    assert!(matches!(undo(8), Err(Error::NothingToUndo)));
    assert_eq!(vault.read().record(&id).unwrap(), first);
    assert_eq!(vault.read().clients("rosa", 9).unwrap().len(), 1);
    assert_eq!(
        vault.read().clients("rose", 9).unwrap().len(),
        0,
        "search follows the record back"
    );
}

#[test]
fn a_clearance_is_withdrawn_but_never_forgotten() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = vault(dir.path());
    let clearance = ImmigrationClearance {
        by: "Ana Lee".into(),
        on: date(2026, 11, 21),
        reason: "Seen".into(),
    };
    let id = vault
        .transact(Operation::AddClient, at(2), |tx| {
            tx.add_client(&record("Rosa", "Quill", "1"))
        })
        .unwrap();
    let without = ImmigrationClearance {
        reason: "  ".into(),
        ..clearance.clone()
    };
    let refused = vault.transact(Operation::Clear, at(3), |tx| tx.clear(&id, &without));
    assert!(matches!(refused, Err(Error::NameEmpty { .. })));
    vault
        .transact(Operation::Clear, at(3), |tx| tx.clear(&id, &clearance))
        .unwrap();
    assert!(vault.read().clearance(&id).unwrap().is_some());
    vault
        .transact(Operation::Clear, at(4), |tx| tx.withdraw_clearance(&id))
        .unwrap();
    assert_eq!(vault.read().clearance(&id).unwrap(), None);
    assert_eq!(
        vault.read().clearances(&id).unwrap()[0].withdrawn,
        Some(at(4))
    );
}

#[test]
fn a_filing_goes_forward_in_time() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = vault(dir.path());
    let id = vault
        .transact(Operation::AddClient, at(2), |tx| {
            tx.add_client(&record("Rosa", "Quill", "1"))
        })
        .unwrap();
    let (case, count) = (CaseId("k1".into()), CountId("k1c1".into()));
    let mut step = |step, day| {
        vault.transact(Operation::File, at(3), |tx| {
            tx.set_filing(&id, &case, &count, step, day)
        })?;
        vault
            .read()
            .filings(&id)
            .map(|all| all.iter().map(|f| f.step).collect::<Vec<_>>())
    };
    let day = |d| Some(date(2026, 12, d));
    step(Step::Filed, day(10)).unwrap();
    step(Step::Served, day(9)).unwrap();
    assert!(matches!(
        step(Step::Granted, day(9)),
        Err(Error::StepsOutOfOrder { .. })
    ));
    step(Step::Denied, day(20)).unwrap();
    assert_eq!(
        step(Step::Granted, day(21)).unwrap(),
        [Step::Filed, Step::Served, Step::Granted]
    );
    assert_eq!(
        step(Step::Granted, None).unwrap(),
        [Step::Filed, Step::Served]
    );
}

#[test]
fn the_same_sheet_is_kept_once_and_the_same_findings_too() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = vault(dir.path());
    let (old, new) = (json!([1]), json!([2]));
    let findings = Findings {
        schema: FindingsSchema::V1,
        as_of: date(2026, 11, 21),
        packs: vec![],
        findings: vec![],
    };
    vault
        .transact(Operation::AddClient, at(2), |tx| {
            let id = tx.add_client(&record("Rosa", "Quill", "1"))?;
            let sheet = |lines| NewSheet {
                name: "a.txt",
                bytes: b"REPORT TO",
                lines,
                other_events: &old,
            };
            assert_eq!(
                tx.add_sheet(&id, &sheet(&old))?,
                tx.add_sheet(&id, &sheet(&new))?
            );
            assert_eq!(tx.read().sheets(&id)?.len(), 1);
            assert_eq!(tx.read().sheets(&id)?[0].lines, new);
            assert!(tx.show(&id, &findings)?);
            assert!(!tx.show(&id, &findings)?);
            Ok(())
        })
        .unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whatever a name on a sheet holds (quotes, `<script>`, right to left, 200 letters), it comes back the same and finds its client.
    #[test]
    fn any_name_comes_back_and_is_found(given in "\\PC{0,40}", family in "[\\PC]{0,200}") {
        let dir = tempfile::tempdir().unwrap();
        let (mut vault, _) = vault(dir.path());
        let one = record(&given, &family, "05F01234");
        let id = vault.transact(Operation::Import, at(2), |tx| tx.add_client(&one)).unwrap();
        prop_assert_eq!(vault.read().record(&id).unwrap(), one);
        for typed in [&given, &family] {
            let found = vault.read().clients(typed, 5).unwrap();
            prop_assert!(found.iter().any(|row| row.id == id), "typed {:?}", typed);
        }
    }
}
