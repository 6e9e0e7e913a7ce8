//! An office to try things in.
use std::path::Path;

use desk::view::{Add, ClientId, Create, Unlock};
use desk::{Desk, Door, Moment};
use jiff::civil::date;

/// The moment at which most of it happens.
pub(crate) const NOW: Moment = Moment {
    at: jiff::Timestamp::UNIX_EPOCH,
    today: date(2026, 11, 21),
};

/// The passphrase of whoever makes an office.
pub(crate) const ADA: &str = "seven lanterns over the quiet harbor";

/// An office in this folder, with Ada, who made it, inside.
pub(crate) fn made(folder: &Path, clinic: &str, now: Moment) -> Desk {
    let ask = Create {
        clinic: clinic.into(),
        person: "Ada Lindqvist".into(),
        bar: Some("999001".into()),
        passphrase: ADA.into(),
    };
    Door::at(folder.to_owned()).create(&ask, now).unwrap().0
}

/// An office in a folder that goes with the test.
pub(crate) fn office() -> (tempfile::TempDir, Desk) {
    let folder = tempfile::tempdir().unwrap();
    let desk = made(&folder.path().join("office"), "Lantern Street", NOW);
    (folder, desk)
}

/// The office of made-up people, with a learner inside.
pub(crate) fn training() -> Desk {
    let mut door = Door::training().unwrap();
    door.begin_training(NOW).unwrap();
    let session = door.session(NOW).unwrap();
    let passphrase = session.training_passphrase.unwrap();
    enter(&mut door, &session.people[0].id, &passphrase)
}

/// Opens an office as somebody.
pub(crate) fn enter(door: &mut Door, person: &str, passphrase: &str) -> Desk {
    let (person, passphrase) = (person.to_owned(), passphrase.to_owned());
    door.unlock(&Unlock { person, passphrase }, NOW).unwrap()
}

/// Takes a client in.
pub(crate) fn add(desk: &mut Desk, given: &str, family: &str, born: Option<&str>) -> ClientId {
    let ask = Add {
        given: given.into(),
        family: family.into(),
        born: born.map(Into::into),
    };
    desk.add(&ask, NOW).unwrap()
}
