//! The office's blanks: added once, used at once, refused politely, and back from a backup.

use crate::blank::blank;
use crate::support::{ADA, NOW, enter, made};
use desk::view::{AddPerson, ChangePassphrase, FormView, FormsView, Role};
use desk::{Door, Moment};
use jiff::civil::date;
use vault::{Backup, Opener, Passphrase, PersonId, Vault};

const FIRST: &str = "given on paper by somebody else";
const OWN: &str = "eleven herons beside the old canal";

fn of<'a>(view: &'a FormsView, number: &str) -> &'a FormView {
    view.forms
        .iter()
        .find(|form| form.number == number)
        .unwrap()
}

#[test]
fn a_blank_is_added_once_and_is_in_every_backup() {
    let folder = tempfile::tempdir().unwrap();
    let office = folder.path().join("office/vault");
    let mut desk = made(&office, "Lantern Street", NOW);
    assert!(
        desk.forms(NOW)
            .unwrap()
            .forms
            .iter()
            .all(|form| form.blanks.is_empty())
    );

    let view = desk.add_form(&blank("CR-400"), NOW).unwrap();
    let form = of(&view, "CR-400");
    assert_eq!(form.blanks.len(), 1);
    assert!(form.blanks[0].used && form.blanks[0].fills && !form.blanks[0].overdue);
    assert_eq!(
        desk.add_form(&blank("CR-400"), NOW).unwrap().forms.len(),
        view.forms.len()
    );
    let file = folder
        .path()
        .join(format!("office/forms/{}.pdf", form.blanks[0].sha256));
    assert_eq!(std::fs::read(&file).unwrap(), blank("CR-400"));
    // Past its check date it warns, and is used all the same: an older revision may be filed.
    let later = Moment {
        today: date(2030, 1, 1),
        ..NOW
    };
    assert!(of(&desk.forms(later).unwrap(), "CR-400").blanks[0].overdue);

    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    for (bytes, code) in [
        (b"no PDF at all".to_vec(), "form"),
        (
            text(&blank("CR-400"))
                .replace("(CR-400 [", "(ZZ-999 [")
                .replace("CR-400", "ZZ-999")
                .into_bytes(),
            "form_unknown",
        ),
    ] {
        let refused = desk.add_form(&bytes, NOW).unwrap_err().refusal();
        assert_eq!(refused.code, code, "{refused:?}");
        assert!(refused.hint.starts_with("Nothing was added"));
    }

    // A volunteer sees them and adds none.
    let vera = AddPerson {
        name: "Vera Moss".into(),
        roles: vec![Role::Volunteer],
        passphrase: FIRST.into(),
    };
    let people = desk.add_person(&vera, NOW).unwrap().people;
    let (ada, vera) = (people[0].id.clone(), people[1].id.clone());
    let mut door = desk.door();
    desk.lock(NOW);
    let mut desk = enter(&mut door, &vera, FIRST);
    let change = ChangePassphrase {
        old: FIRST.into(),
        new: OWN.into(),
    };
    desk.change_passphrase(&change, NOW).unwrap();
    assert_eq!(of(&desk.forms(NOW).unwrap(), "CR-400").blanks.len(), 1);
    assert!(desk.add_form(&blank("CR-401"), NOW).is_err());
    desk.lock(NOW);

    // Out of a backup, into another folder: the blank lies beside the vault again.
    let who = PersonId(ada.clone());
    let passphrase = Passphrase::new(ADA).unwrap();
    let mut vault = Vault::open(&office)
        .unwrap()
        .unlock(&who, &passphrase, NOW.at)
        .unwrap();
    let kept = folder.path().join("day.backup");
    vault.backup(&kept, NOW.at).unwrap();
    drop(vault);
    let elsewhere = folder.path().join("elsewhere/vault");
    let opener = Opener::Passphrase(&who, &passphrase);
    drop(
        Backup::open(&kept)
            .unwrap()
            .restore(&elsewhere, opener, NOW.at)
            .unwrap(),
    );
    let mut desk = enter(&mut Door::at(elsewhere), &ada, ADA);
    assert_eq!(of(&desk.forms(NOW).unwrap(), "CR-400").blanks.len(), 1);
    let forms = std::fs::read_dir(folder.path().join("elsewhere/forms")).unwrap();
    assert_eq!(forms.count(), 1);
}
