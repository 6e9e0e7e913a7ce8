//! Files that are no sheets, and PDFs of every troublesome kind.

#![allow(
    clippy::unwrap_used,
    reason = "a test program: clippy knows only its test functions as tests"
)]

use std::time::{Duration, Instant};

use lopdf::encryption::{EncryptionState, EncryptionVersion, Permissions};
use lopdf::{Document, Object, Stream, dictionary};
use packs::Packs;
use reading::{Draft, Fate, ReadError};

#[path = "support/pdf.rs"]
mod pdf;

const SHEET: &str = include_str!("../../../../tests/cases/sheets/training-sales.txt");

fn read(bytes: &[u8]) -> Result<Draft, ReadError> {
    reading::read(bytes, Packs::builtin().unwrap())
}

fn refused(bytes: &[u8]) -> ReadError {
    let error = read(bytes).expect_err("this is no sheet");
    let words = error.to_string();
    // Every refusal says what is wrong and, behind a colon or full stop, what to do.
    assert!(words.contains(": ") || words.contains(". "), "{words}");
    error
}

fn sections(draft: &Draft) -> Vec<String> {
    draft
        .record
        .counts()
        .map(|(_, _, _, count)| {
            count
                .section
                .as_ref()
                .map_or("?".into(), ToString::to_string)
        })
        .collect()
}

#[test]
fn what_is_no_sheet_is_refused_in_words() {
    assert_eq!(refused(b""), ReadError::Empty);
    assert_eq!(refused(b"  \n\t\n"), ReadError::Empty);
    assert_eq!(
        refused(b"Dear clinic,\nplease find my letter.\n"),
        ReadError::NotASheet
    );
    assert_eq!(
        refused(b"COURT:\nof public opinion\n"),
        ReadError::NotASheet
    );
    for broken in [
        &b"\xff\xd8\xff\xe0 photo"[..],
        b"\x89PNG\r\n\x1a\n",
        b"II*\0 tiff",
    ] {
        assert_eq!(refused(broken), ReadError::DamagedPicture);
    }
    for kind in [
        &b"\0\0\0\x18ftypheic\0\0\0\0"[..],
        b"GIF89a",
        b"\0\0\0\x0cjP  \r\n",
    ] {
        assert_eq!(refused(kind), ReadError::PictureKind);
    }
    assert_eq!(refused(b"PK\x03\x04 word processor"), ReadError::NotText);
    assert_eq!(refused(b"{\\rtf1 text}"), ReadError::NotText);
    assert_eq!(refused(&[0; 4096]), ReadError::NotText);
    assert_eq!(
        refused(b"CII/A90000001\nDOB/19800101\nNAM/01 TESTPERSON,NOBODY\n"),
        ReadError::NoEntries
    );
    assert_eq!(
        refused(
            b"  * * *     * * *\nRECORD ERROR - REFER TO BUREAU FILE 1234\n  * * *     * * *\n"
        ),
        ReadError::RecordError
    );
    assert!(matches!(
        refused(&vec![b'A'; 97 << 20]),
        ReadError::TooLarge { limit: 96, .. }
    ));
    assert!(matches!(
        refused(&vec![b'A'; 9 << 20]),
        ReadError::TooLarge { limit: 8, .. }
    ));
    assert_eq!(refused("A\n".repeat(300_000).as_bytes()), ReadError::Bomb);
}

#[test]
fn damaged_pdfs_are_refused_or_read_as_far_as_they_go() {
    assert_eq!(refused(b"%PDF-1.7\nnothing more"), ReadError::Damaged);
    let whole = pdf::of_text(SHEET);
    for keep in [9, whole.len() / 10, whole.len() / 2, whole.len() - 40] {
        match read(&whole[..keep]) {
            Ok(draft) => assert_eq!(sections(&draft), sections(&read(&whole).unwrap())),
            Err(error) => assert!(
                matches!(error, ReadError::Damaged | ReadError::NoText),
                "{keep}: {error}"
            ),
        }
    }
}

/// Three pages, and the end of the message on a fourth.
fn ended_sheet() -> String {
    format!(
        "{}     *    *    *    END OF MESSAGE    *    *    *\n",
        long_sheet(3)
    )
}

/// A page whose text is packed, with this byte of the packed text changed.
fn packed(change: impl Fn(&mut Vec<u8>)) -> Draft {
    let mut document = pdf::document(&ended_sheet());
    document.compress();
    let page = document.get_pages()[&2];
    let content = document.get_page_contents(page)[0];
    let stream = document
        .get_object_mut(content)
        .unwrap()
        .as_stream_mut()
        .unwrap();
    assert!(stream.filters().is_ok());
    let mut bytes = stream.content.clone();
    change(&mut bytes);
    stream.set_content(bytes);
    read(&pdf::bytes(&mut document)).unwrap()
}

/// What is lost is listed, nothing is known to be without relief, and what is left of the page is not sure.
fn is_told(draft: &Draft, what: &str) {
    let unread = &draft.record.reading.as_ref().unwrap().unread;
    assert!(
        unread.iter().any(|line| line.text.contains("damaged")),
        "{what}: {unread:?}"
    );
    assert!(
        draft
            .record
            .counts()
            .all(|(_, _, _, count)| count.relief_granted.is_none()),
        "{what}"
    );
}

/// Takes something out of a document.
type Change = fn(&mut Document);

#[test]
fn a_part_of_a_pdf_that_is_lost_is_told() {
    let whole = packed(|_| {});
    assert_eq!(sections(&whole).len(), 3);
    assert!(whole.record.reading.as_ref().unwrap().unread.is_empty());
    assert!(
        whole
            .record
            .counts()
            .all(|(_, _, _, count)| count.relief_granted.is_some())
    );
    is_told(&packed(|bytes| bytes.truncate(bytes.len() / 2)), "cut");
    is_told(
        &packed(|bytes| {
            let at = bytes.len() / 2;
            bytes[at] ^= 0x55;
        }),
        "changed",
    );

    let change: [(&str, Change); 6] = [
        ("contents gone", |document| {
            let content = document.get_page_contents(document.get_pages()[&2])[0];
            document.objects.remove(&content);
        }),
        ("page gone", |document| {
            let page = document.get_pages()[&2];
            document.objects.remove(&page);
        }),
        ("no contents", |document| {
            let page = document.get_pages()[&2];
            document
                .get_object_mut(page)
                .unwrap()
                .as_dict_mut()
                .unwrap()
                .remove(b"Contents");
        }),
        ("no font", |document| {
            let page = document.get_pages()[&2];
            document
                .get_object_mut(page)
                .unwrap()
                .as_dict_mut()
                .unwrap()
                .remove(b"Resources");
        }),
        ("kid gone", |document| {
            let root = document
                .catalog()
                .unwrap()
                .get(b"Pages")
                .unwrap()
                .as_reference()
                .unwrap();
            let node = document
                .get_object_mut(root)
                .unwrap()
                .as_dict_mut()
                .unwrap();
            node.get_mut(b"Kids")
                .unwrap()
                .as_array_mut()
                .unwrap()
                .remove(1);
        }),
        ("strange instruction", |document| {
            let content = document.get_page_contents(document.get_pages()[&2])[0];
            let stream = document
                .get_object_mut(content)
                .unwrap()
                .as_stream_mut()
                .unwrap();
            let text = String::from_utf8(stream.content.clone()).unwrap();
            stream.set_content(text.replacen("Tj", "Qj", 1).into_bytes());
        }),
    ];
    for (what, change) in change {
        let mut document = pdf::document(&ended_sheet());
        change(&mut document);
        is_told(&read(&pdf::bytes(&mut document)).unwrap(), what);
    }
    let whole = pdf::of_text(&ended_sheet());
    is_told(&read(&whole[..whole.len() - 40]).unwrap(), "file cut");
}

fn locked(user: &str) -> Vec<u8> {
    let mut document = pdf::document(SHEET);
    let id = Object::string_literal("0123456789abcdef");
    document.trailer.set("ID", vec![id.clone(), id]);
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password: user,
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    pdf::bytes(&mut document)
}

#[test]
fn a_pdf_locked_with_an_empty_password_opens_and_one_with_a_real_one_does_not() {
    assert_eq!(
        sections(&read(&locked("")).unwrap()),
        sections(&read(SHEET.as_bytes()).unwrap())
    );
    assert_eq!(refused(&locked("secret")), ReadError::Encrypted);
}

/// A picture as large as the page instead of the text of these pages.
fn scanned(document: &mut Document, pages: &[u32]) {
    let image = document.add_object(Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1, "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8 },
        vec![255],
    ));
    let content = document.add_object(Stream::new(
        dictionary! {},
        b"q 612 0 0 792 0 0 cm /Im Do Q".to_vec(),
    ));
    let resources = document.add_object(dictionary! { "XObject" => dictionary! { "Im" => image } });
    let ids = document.get_pages();
    for page in pages {
        let page = document
            .get_object_mut(ids[page])
            .unwrap()
            .as_dict_mut()
            .unwrap();
        page.set("Contents", content);
        page.set("Resources", resources);
    }
}

#[test]
fn a_scan_is_refused_and_a_scanned_page_among_others_stays_visible() {
    let mut document = pdf::document(SHEET);
    let all: Vec<u32> = document.get_pages().into_keys().collect();
    assert!(all.len() >= 2);
    scanned(&mut document, &all);
    assert_eq!(refused(&pdf::bytes(&mut document)), ReadError::Picture);

    let mut document = pdf::document(SHEET);
    scanned(&mut document, &[2]);
    let draft = read(&pdf::bytes(&mut document)).unwrap();
    let unread: Vec<_> = draft
        .lines
        .iter()
        .filter(|line| line.fate == Fate::Unread)
        .collect();
    assert_eq!(unread.len(), 1);
    assert_eq!(unread[0].page, 2);
}

fn timed<T>(limit: Duration, work: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let result = work();
    assert!(started.elapsed() < limit, "took {:?}", started.elapsed());
    result
}

/// A sheet of `pages` pages with one case on each.
fn long_sheet(pages: usize) -> String {
    let mut text =
        String::from("CII/A90000400\nDOB/19750505 SEX/M RAC/WHITE\nNAM/01 TESTPERSON,LONGA\n");
    for page in 0..pages {
        text.push_str(&format!(
            "* * * *\nCOURT:                NAM:01\n20050601  CASC FRESNO\n\nCNT:01     #F{page}\n  11360(A) HS-SELL MARIJUANA\n*DISPO:CONVICTED\n   CONV STATUS:FELONY\n   SEN: 3 YEARS PROBATION\n\u{c}\n"
        ));
    }
    text
}

#[test]
fn three_hundred_pages_are_read_and_five_hundred_refused() {
    // Unoptimised builds are some ten times slower; what matters is that nothing grows faster than the file.
    let limit = Duration::from_secs(20);
    let bytes = pdf::of_text(&long_sheet(300));
    let draft = timed(limit, || read(&bytes)).unwrap();
    assert_eq!(draft.record.cases.len(), 300);
    assert_eq!(draft.lines.last().unwrap().page, 300);
    let draft = timed(limit, || read(long_sheet(300).as_bytes())).unwrap();
    assert_eq!(draft.record.cases.len(), 300);
    assert!(matches!(
        timed(limit, || refused(&pdf::of_text(&long_sheet(500)))),
        ReadError::TooManyPages { limit: 400, .. }
    ));
}

#[test]
fn bombs_are_refused_in_time() {
    // One page whose few bytes unpack to 16 MB.
    let mut document = pdf::document(SHEET);
    let mut stream = Stream::new(dictionary! {}, vec![b' '; 16 << 20]);
    stream.compress().unwrap();
    let bomb = document.add_object(stream);
    let page = document.get_pages()[&1];
    document
        .get_object_mut(page)
        .unwrap()
        .as_dict_mut()
        .unwrap()
        .set("Contents", bomb);
    let bytes = pdf::bytes(&mut document);
    assert_eq!(
        timed(Duration::from_secs(20), || refused(&bytes)),
        ReadError::Bomb
    );

    // A form that draws itself many times over.
    let mut document = pdf::document(SHEET);
    let id = document.new_object_id();
    let calls = "/Fm Do ".repeat(2_000);
    let form = Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Form", "Resources" => dictionary! { "XObject" => dictionary! { "Fm" => id } } },
        calls.into_bytes(),
    );
    document.objects.insert(id, Object::Stream(form));
    let content = document.add_object(Stream::new(dictionary! {}, b"/Fm Do".to_vec()));
    let resources = document.add_object(dictionary! { "XObject" => dictionary! { "Fm" => id } });
    let page = document.get_pages()[&1];
    let page = document
        .get_object_mut(page)
        .unwrap()
        .as_dict_mut()
        .unwrap();
    page.set("Contents", content);
    page.set("Resources", resources);
    let bytes = pdf::bytes(&mut document);
    timed(Duration::from_secs(20), || drop(read(&bytes)));

    // A range that would be ten thousand counts, many times.
    let mut text =
        String::from("NAM/01 TESTPERSON,WIDE\n* * * *\nCOURT: NAM:01\n20050601  CASC FRESNO\n");
    for _ in 0..20_000 {
        text.push_str("CNT:001-999 #1\n  459 PC-BURGLARY\n");
    }
    let draft = timed(Duration::from_secs(20), || read(text.as_bytes())).unwrap();
    assert!(draft.record.counts().count() <= 5_000);
    assert!(
        draft.share() < rust_decimal::Decimal::ONE,
        "counts beyond the limit stay unread"
    );
}

#[test]
fn text_shown_in_pieces_and_out_of_order_is_put_together() {
    use lopdf::content::{Content, Operation};
    let mut document = pdf::document("CII/A90000401\nX");
    let mut operations = Vec::new();
    // Each word by its own place, flipped as browsers do, the last line first.
    let lines = [
        (40, 100, "CII/A90000401"),
        (40, 112, "NAM/01 TESTPERSON,PIECE"),
        (40, 124, "* * * *"),
        (40, 136, "COURT:"),
        (160, 136, "NAM:01"),
        (40, 148, "20050601"),
        (100, 148, "CASC FRESNO"),
        (40, 160, "CNT:01"),
        (112, 160, "#F1"),
        (52, 172, "11360(A)"),
        (106, 172, "HS-SELL"),
        (40, 184, "*DISPO:CONVICTED"),
    ];
    operations.push(Operation::new(
        "cm",
        vec![
            1.into(),
            0.into(),
            0.into(),
            (-1).into(),
            0.into(),
            792.into(),
        ],
    ));
    for (x, y, word) in lines.iter().rev() {
        operations.push(Operation::new("BT", vec![]));
        operations.push(Operation::new("Tf", vec!["F1".into(), 10.into()]));
        operations.push(Operation::new(
            "Tm",
            vec![
                1.into(),
                0.into(),
                0.into(),
                (-1).into(),
                (*x).into(),
                (*y).into(),
            ],
        ));
        operations.push(Operation::new(
            "TJ",
            vec![Object::Array(vec![Object::string_literal(*word)])],
        ));
        operations.push(Operation::new("ET", vec![]));
    }
    let content = document.add_object(Stream::new(
        dictionary! {},
        Content { operations }.encode().unwrap(),
    ));
    let page = document.get_pages()[&1];
    document
        .get_object_mut(page)
        .unwrap()
        .as_dict_mut()
        .unwrap()
        .set("Contents", content);
    let draft = read(&pdf::bytes(&mut document)).unwrap();
    assert_eq!(sections(&draft), ["HS 11360(a)"]);
    assert_eq!(draft.record.cases[0].number.as_deref(), Some("F1"));
    assert_eq!(
        draft.record.cases[0].court.county.as_deref(),
        Some("Fresno")
    );
    assert_eq!(draft.lines[4].text, "20050601  CASC FRESNO");
}
