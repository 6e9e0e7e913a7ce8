//! The office's blanks: added once, used at once, refused politely, and back from a backup.

use crate::blank::{LOCAL, blank, revision};
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

#[test]
fn a_form_that_the_office_describes_is_known_and_comes_back_from_a_backup() {
    let folder = tempfile::tempdir().unwrap();
    let office = folder.path().join("office/vault");
    let mut desk = made(&office, "Lantern Street", NOW);
    let packs = packs::Packs::builtin().unwrap();
    let sheet = packs.form("own.toml", LOCAL.as_bytes()).unwrap();
    let form = revision("LOC-7", &sheet.edition[0]);
    let refused = desk.add_form(&form, NOW).unwrap_err().refusal();
    assert_eq!(refused.code, "form_unknown", "before it is described");

    let view = desk.add_form(LOCAL.as_bytes(), NOW).unwrap();
    assert!(of(&view, "LOC-7").own && of(&view, "LOC-7").blanks.is_empty());
    assert!(!of(&view, "CR-400").own);
    let wrong = LOCAL.replace("Sacramento", "Sacramente");
    let refused = desk.add_form(wrong.as_bytes(), NOW).unwrap_err().refusal();
    assert_eq!(refused.code, "form_description");
    assert!(refused.message.contains("`Sacramento`"), "{refused:?}");
    // One that somebody laid there by hand counts once it was added here.
    let by_hand = LOCAL.replace("LOC-7", "LOC-8");
    let lies = folder.path().join("office/forms/by hand.toml");
    std::fs::write(&lies, &by_hand).unwrap();
    let view = desk.add_form(LOCAL.as_bytes(), NOW).unwrap();
    assert!(view.forms.iter().all(|form| form.number != "LOC-8"));
    assert!(view.rejected[0].why.starts_with("nobody who may add forms"));
    let view = desk.add_form(by_hand.as_bytes(), NOW).unwrap();
    assert!(of(&view, "LOC-8").own);
    assert!(!lies.exists() && view.rejected.is_empty());
    // Corrected: the one before is gone, here and from backups, also where somebody had taken its file away.
    let corrected = LOCAL.replace("Local Application", "Local Petition");
    let mut door = desk.door();
    desk.lock(NOW);
    let who = desk_person(&office);
    let first = forms::sha256(LOCAL.as_bytes());
    std::fs::remove_file(folder.path().join(format!("office/forms/{first}.toml"))).unwrap();
    let mut desk = enter(&mut door, &who, ADA);
    desk.add_form(corrected.as_bytes(), NOW).unwrap();
    let view = desk.add_form(&form, NOW).unwrap();
    let known = of(&view, "LOC-7");
    assert_eq!(known.title, "Local Petition");
    assert!(known.blanks[0].used && known.blanks[0].fills);
    assert_eq!(known.counties, ["Sacramento"]);
    desk.lock(NOW);

    let who = PersonId(who);
    let passphrase = Passphrase::new(ADA).unwrap();
    let mut vault = Vault::open(&office)
        .unwrap()
        .unlock(&who, &passphrase, NOW.at)
        .unwrap();
    assert_eq!(vault.read().blanks().unwrap().len(), 3);
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
    let mut desk = enter(&mut Door::at(elsewhere), &who.0, ADA);
    let view = desk.forms(NOW).unwrap();
    assert!(of(&view, "LOC-7").own && of(&view, "LOC-7").blanks[0].used);
    assert!(view.rejected.is_empty(), "{:?}", view.rejected);
}

/// The one person of an office.
fn desk_person(office: &std::path::Path) -> String {
    let vault = Vault::open(office).unwrap();
    vault.people()[0].id.0.clone()
}
