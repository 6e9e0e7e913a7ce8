//! A sheet held against its original: what is to be compared, what a person's word does, and what a second reading may not.

use crate::support::{NOW, add};
use desk::Desk;
use desk::view::{
    Answer, CheckPlace, Client, ClientId, Id, Imported, Original, PageOf, PlaceSaid, ReadStep,
    Sheet, SheetPlace,
};
use record::SourceBy;
use serde_json::{Value, json};

/// Made up: Roland Invented, on a badly copied sheet.
const SHEET: &[u8] = include_bytes!("../../../../../tests/cases/sheets/training-noise.txt");

struct Office {
    _folder: tempfile::TempDir,
    desk: Desk,
    id: ClientId,
}

impl Office {
    fn open() -> Self {
        let (folder, mut desk) = crate::support::office();
        let id = add(&mut desk, "Roland", "Invented", None);
        Self {
            _folder: folder,
            desk,
            id,
        }
    }

    fn with_sheet() -> Self {
        let mut office = Self::open();
        office.read_sheet();
        office
    }

    fn read_sheet(&mut self) -> Client {
        let id = self.id.clone();
        self.desk.import(id, "noise.txt", SHEET, NOW).unwrap()
    }

    fn client(&mut self) -> Client {
        self.desk.open(self.id.clone(), NOW).unwrap()
    }

    fn sheet(&mut self) -> Sheet {
        self.client().sheets.remove(0)
    }

    fn say(&mut self, place: &str, said: PlaceSaid) -> desk::Result<Client> {
        let sheet = self.sheet().id;
        let id = self.id.clone();
        let place = place.to_owned();
        self.desk.check(
            CheckPlace {
                id,
                sheet,
                place,
                said,
            },
            NOW,
        )
    }

    fn correct(&mut self, place: &SheetPlace, value: Value) -> Client {
        self.say(&place.key, PlaceSaid::Corrected { value })
            .unwrap()
    }
}

/// The one doubt about a section, with what it may mean.
fn section(sheet: &Sheet) -> SheetPlace {
    let is = |place: &&SheetPlace| place.doubt.as_deref() == Some("doubtful_section");
    sheet.places.iter().find(is).unwrap().clone()
}

fn fact(client: &Client, path: &str) -> Value {
    client.record.fact(&path.into()).unwrap_or_default()
}

#[test]
fn nothing_is_compared_until_a_person_said_so_and_unread_lines_come_first() {
    let mut office = Office::with_sheet();
    let sheet = office.sheet();
    assert!(sheet.places.iter().all(|place| place.checked.is_none()));
    assert!(sheet.verified.is_none());
    assert!(sheet.places[0].text.contains("SMUDGED REMARK"));
    let first_doubt = sheet.places.iter().position(|p| p.doubt.is_some()).unwrap();
    let unread = sheet.places.iter().filter(|p| p.doubt.is_none()).count();
    assert_eq!(first_doubt, unread);
    let refused = office.say("whole", PlaceSaid::Confirmed).unwrap_err();
    assert_eq!(refused.refusal().code, "places_open");

    for place in &sheet.places {
        office.say(&place.key, PlaceSaid::Confirmed).unwrap();
    }
    let sheet = office.sheet();
    assert!(sheet.places.iter().all(|place| place.checked.is_some()));
    // Every place is not yet the whole: somebody says so too.
    assert!(sheet.verified.is_none());
    let client = office.say("whole", PlaceSaid::Confirmed).unwrap();
    let verified = client.sheets[0].verified.clone().unwrap();
    assert_eq!(
        (verified.by.as_str(), verified.corrected),
        ("Ada Lindqvist", false)
    );
    let client = office.say(&sheet.places[0].key, PlaceSaid::Open).unwrap();
    assert!(client.sheets[0].verified.is_none());
    assert!(office.say("line/9/9", PlaceSaid::Confirmed).is_err());
}

#[test]
fn a_correction_is_the_sheets_word_and_a_second_reading_leaves_it() {
    let mut office = Office::with_sheet();
    let place = section(&office.sheet());
    let path = place.facts[0].clone();
    assert_eq!(fact(&office.client(), &path), Value::Null);
    assert_eq!(place.proposal.as_deref(), Some("HS 11357(b)"));

    office.correct(&place, json!("HS 11357(b)"));
    for _ in 0..2 {
        let client = office.client();
        assert_eq!(fact(&client, &path), json!("HS 11357(b)"));
        let sources = &client.record.provenance.as_ref().unwrap()[path.as_str()];
        let last = sources.last().unwrap();
        assert_eq!((last.by, last.on), (SourceBy::Sheet, Some(NOW.today)));
        assert_eq!((last.page, last.line), (Some(place.page), Some(place.line)));
        let checked = section(&client.sheets[0]).checked.unwrap();
        assert_eq!(
            (checked.by.as_str(), checked.corrected),
            ("Ada Lindqvist", true)
        );
        assert!(client.conflicts.iter().all(|c| c.path != path));
        office.read_sheet();
    }
}

#[test]
fn what_cannot_be_read_on_the_original_either_stays_unknown() {
    let mut office = Office::with_sheet();
    let is = |place: &&SheetPlace| {
        place.doubt.as_deref() == Some("doubtful_level") && !place.facts.is_empty()
    };
    let place = office.sheet().places.iter().find(is).unwrap().clone();
    let path = place.facts[0].clone();
    assert_ne!(fact(&office.client(), &path), Value::Null);
    office.correct(&place, Value::Null);
    let client = office.read_sheet();
    assert_eq!(fact(&client, &path), Value::Null);
}

#[test]
fn a_correction_that_is_taken_back_leaves_the_place_open() {
    let mut office = Office::with_sheet();
    let place = section(&office.sheet());
    office.correct(&place, json!("HS 11357(b)"));
    let client = office.desk.undo(office.id.clone(), NOW).unwrap();
    assert_eq!(fact(&client, &place.facts[0]), Value::Null);
    assert!(section(&client.sheets[0]).checked.is_none());
}

#[test]
fn the_clients_own_answer_beats_the_sheet_and_the_difference_stays() {
    let mut office = Office::with_sheet();
    let born = Answer {
        id: office.id.clone(),
        path: "person.born".into(),
        value: json!("1982-08-15"),
    };
    let client = office.desk.answer(born, NOW).unwrap();
    let conflict = |client: &Client| {
        let found = client.conflicts.iter().find(|c| c.path == "person.born");
        found.map(|c| (c.ours.clone(), c.theirs.clone()))
    };
    assert_eq!(
        conflict(&client),
        Some((json!("1982-08-15"), json!("1981-08-15")))
    );
    // What the sheet says is put right; the client's word stands.
    let is = |p: &&SheetPlace| p.facts.iter().any(|fact| fact == "person.born");
    if let Some(place) = client.sheets[0].places.iter().find(is).cloned() {
        let client = office.correct(&place, json!("1983-08-15"));
        assert_eq!(
            conflict(&client),
            Some((json!("1982-08-15"), json!("1983-08-15")))
        );
    }
}

#[test]
fn the_original_comes_back_as_it_was_given() {
    let mut office = Office::with_sheet();
    let sheet = office.sheet().id;
    let original = Original {
        id: office.id.clone(),
        sheet,
    };
    assert_eq!(office.desk.original(&original).unwrap(), SHEET);
    let page = PageOf {
        id: office.id.clone(),
        sheet,
        page: 1,
    };
    assert!(office.desk.page(&page).is_err(), "a text has no picture");
}

/// Bars where letters would be: what is read here comes from the table of words.
fn picture() -> Vec<u8> {
    let pixels = (0..600 * 400_u32)
        .map(|n| {
            let (x, y) = (n % 600, n / 600);
            if x % 14 < 5 && y % 40 < 26 { 0 } else { 255 }
        })
        .collect();
    reading::Picture::new(600, 400, pixels)
        .unwrap()
        .png()
        .unwrap()
}

fn table() -> String {
    let lines = [
        "NAM/01 INVENTED,ROLAND",
        "COURT: NAM:01",
        "20060711 CASC FRESNO",
        "CNT:01 #F0001",
        "11357(B) HS-POSSESS",
        "*DISPO:CONVICTED",
        "CONV STATUS:MISDEMEANOR",
    ];
    let mut table =
        String::from("level\tpage\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext\n");
    for (row, line) in (0..).zip(lines) {
        let mut left = 20;
        for (n, word) in (1..).zip(line.split(' ')) {
            let wide = 18 * word.len();
            // One word that the engine is not sure of.
            let sure = if word == "20060711" { 40 } else { 95 };
            table += &format!(
                "5\t1\t1\t1\t{row}\t{n}\t{left}\t{}\t{wide}\t26\t{sure}\t{word}\n",
                20 + row * 40
            );
            left += wide + 18;
        }
    }
    table
}

#[test]
fn a_picture_is_read_through_the_window_kept_and_shown_with_its_frames() {
    let mut office = Office::open();
    let bytes = picture();
    let scan = office
        .desk
        .begin_reading(office.id.clone(), "scan.png", &bytes)
        .unwrap();
    assert!(office.desk.keep_read(false, NOW).is_err(), "not read yet");
    assert_eq!(
        scan.next().unwrap(),
        ReadStep::Picture { page: 1, pages: 1 }
    );
    assert!(scan.picture().unwrap().starts_with(b"P5\n"));
    scan.words(&table()).unwrap();
    // Rows with ink that no word covers are shown to the engine again, alone.
    while scan.next().unwrap() != ReadStep::Read {
        assert!(scan.picture().unwrap().starts_with(b"P5\n"));
        scan.words("").unwrap();
    }
    let Imported::Kept { client } = office.desk.keep_read(false, NOW).unwrap() else {
        panic!("asked whose it is");
    };
    let sheet = &client.sheets[0];
    assert_eq!(sheet.pictures, [1]);
    assert!(sheet.lines.iter().any(|line| line.frame.is_some()));
    let unsure = |place: &&SheetPlace| place.doubt.as_deref() == Some("doubtful_letters");
    let place = sheet.places.iter().find(unsure).unwrap();
    assert!(
        place
            .facts
            .iter()
            .any(|fact| fact.ends_with("disposition.date")),
        "{place:?}"
    );
    let page = PageOf {
        id: office.id.clone(),
        sheet: sheet.id,
        page: 1,
    };
    assert!(office.desk.page(&page).unwrap().starts_with(b"\x89PNG"));
    assert!(office.desk.reading().is_err(), "the reading is over");
}

#[test]
fn a_reading_that_is_stopped_keeps_nothing() {
    let mut office = Office::open();
    let bytes = picture();
    let scan = office
        .desk
        .begin_reading(office.id.clone(), "scan.png", &bytes)
        .unwrap();
    scan.next().unwrap();
    office.desk.stop_reading();
    assert!(scan.words(&table()).is_err());
    assert!(scan.next().is_err());
    assert!(office.desk.keep_read(true, NOW).is_err());
    assert!(office.client().sheets.is_empty());
    let id = Id {
        id: office.id.clone(),
    };
    assert_eq!(office.desk.open(id.id, NOW).unwrap().undo, None);
}
