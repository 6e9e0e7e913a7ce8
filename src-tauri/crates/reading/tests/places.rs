//! Odd dates, names, headers and pages: what stands beside them is not lost, and what cannot be is told.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test: a panic is its failure"
)]

#[path = "support/brief.rs"]
mod brief;
#[path = "support/pdf.rs"]
mod pdf;

use brief::{bare, entry, flags, read, said};
use lopdf::Document;
use packs::Packs;
use reading::{Draft, OtherKind};

const COUNT: &str = "CNT:01 #FR1\n  459 PC-BURGLARY\n*DISPO:CONVICTED\n   CONV STATUS:FELONY\n";
const END: &str = "     *    *    *    END OF MESSAGE    *    *    *\n";

fn names(draft: &Draft) -> Vec<String> {
    let person = &draft.record.person;
    std::iter::once(&person.name)
        .chain(person.aliases.iter().flatten())
        .map(|name| {
            let part = |part: &Option<String>| part.clone().unwrap_or_default();
            format!("{},{}", part(&name.family), part(&name.given))
        })
        .collect()
}

#[test]
fn a_place_is_kept_beside_an_odd_date() {
    for line in [
        "1982-01-02  CASC FRESNO",
        "820102  CASC FRESNO",
        "01/02/82  CASC FRESNO",
        "2 0040102  CASC FRESNO",
        "20020405-  CASC FRESNO",
        "CASC FRESNO",
    ] {
        let draft = read(&format!(
            "* * * *\nCOURT:          NAM:01\n{line}\n\n{COUNT}"
        ));
        let case = draft.record.cases.first().unwrap();
        assert_eq!(case.court.county.as_deref(), Some("Fresno"), "{line}");
        let ended = case.counts.first().unwrap().disposition.as_ref().unwrap();
        assert_eq!(ended.date, None, "{line}");
        let told = flags(&draft);
        assert!(
            told.contains(&"doubtful_date".to_owned())
                || told.contains(&"impossible_date".to_owned()),
            "{line}: {told:?}"
        );
    }
    let draft = read(&entry(&format!("{COUNT}   COM: CASC FRESNO\n")));
    assert_eq!(flags(&draft), [""; 0]);
}

#[test]
fn an_arrest_without_its_colon_or_strokes_is_one() {
    for header in [
        "ARR/DET/CITE   DOB:19700304",
        "ARR•DET•CITE:  DOB:19700304",
        "ARRIDETICITE:  DOB:19700304",
    ] {
        let draft = read(&format!(
            "* * * *\n{header}\n20010101  CAPD FRESNO\n\nCNT:01 #A9\n  459 PC-BURGLARY\n"
        ));
        assert_eq!(said(&draft), ["?: PC 459 - -"], "{header}");
    }
}

#[test]
fn several_names_on_a_line_are_several() {
    for (block, all) in [
        (
            "NAM/01 DOE,JANE 02 ROE,JANE 03 POE,J\n    04 NOE,JANE\n",
            vec!["DOE,JANE", "ROE,JANE", "POE,J", "NOE,JANE"],
        ),
        (
            "NAM:01 DOE,JANE\n    02 ROE,JANE\n",
            vec!["DOE,JANE", "ROE,JANE"],
        ),
        ("NAM/01 DOE,JANE 2ND\n", vec!["DOE,JANE"]),
    ] {
        let draft = bare(&format!(
            "CII/A12345678\nDOB:19700304 SEX/F\n{block}{}{END}",
            entry(COUNT)
        ));
        assert_eq!(names(&draft), all, "{block}");
        assert_eq!(draft.record.person.born.unwrap().to_string(), "1970-03-04");
    }
}

#[test]
fn days_that_cannot_be_are_doubted() {
    for (date, update) in [
        ("18820102", ""),
        ("20310405", ""),
        (
            "20020202",
            "19990101\n DISPO:CONV SET ASIDE & DISM PER 1203.4 PC\n",
        ),
        (
            "20020202",
            "20310101\n DISPO:CONV SET ASIDE & DISM PER 1203.4 PC\n",
        ),
    ] {
        let sheet = format!("{}{update}", entry(COUNT)).replace("20020202", date);
        let draft = bare(&format!(
            "RE: QHY.CA0190043.12345678.X        DATE:20200508 TIME:06:32:53\nCII/A12345678\nDOB/19700304 SEX/F\nNAM/01 DOE,JANE\n{sheet}{END}"
        ));
        assert_eq!(flags(&draft), ["doubtful_date"], "{date} {update}");
        let doubted = draft
            .record
            .provenance
            .unwrap()
            .into_iter()
            .any(|(path, sources)| {
                let dated =
                    path.as_str().contains("date") || path.as_str().contains("relief_granted[");
                dated
                    && sources
                        .iter()
                        .any(|source| source.confidence.unwrap() < 1.into())
            });
        assert!(doubted, "{date} {update}");
    }
    let draft = read(&format!(
        "* * * *\nARR/DET/CITE: NAM:01\n20030101  CAPD FRESNO\nCNT:01 #A1\n  459 PC-BURGLARY\n{}",
        entry(COUNT).replace("* * * *", "- - - -")
    ));
    assert_eq!(flags(&draft), ["doubtful_date"]);
}

#[test]
fn lines_that_contradict_each_other_are_doubted() {
    for (text, flag) in [
        (
            " DISPO:DISMISSED/FURTHERANCE OF JUSTICE\n   CONV STATUS:FELONY\n",
            "doubtful_level",
        ),
        (
            "*DISPO:CONVICTED\n   SEN: 180 DAYS JAIL OR $500 FINE\n",
            "doubtful_sentence",
        ),
        (
            "*DISPO:CONVICTED\n20230701\n DISPO:CONV SET ASIDE & DISM PER 1203.4 PC\n   COM: DENIED\n",
            "relief_mentioned",
        ),
    ] {
        let draft = read(&entry(&format!("CNT:01 #FR1\n  459 PC-BURGLARY\n{text}")));
        assert_eq!(flags(&draft), [flag], "{text}");
    }
}

#[test]
fn a_page_mark_with_a_date_breaks_no_sentence() {
    let draft = read(&entry(&format!(
        "{COUNT}   SEN: 3 YEARS PROBATION, 30 DAYS JAIL,\n\u{c}Page 2 of 5   5/8/2020\n\n        FINE, RESTN\n"
    )));
    assert_eq!(
        said(&draft),
        ["FR1: PC 459 felony convicted probation jail fine restitution"]
    );
}

#[test]
fn a_misread_mark_of_a_strike_is_one() {
    let draft = read(&format!(
        "{}* * * * * * * * * * *\n** P0TENTIAL FELONY STRIKE ENTRY **\n* * * * * * * * * * *\n",
        entry(COUNT)
    ));
    assert_eq!(flags(&draft), ["strike"]);
}

#[test]
fn a_conviction_in_another_state_is_told_and_not_taken() {
    let parole = "* * * *\nINTERST COMP PAROLEE NAM:01\n20110713  CASD CORR PAR COMM SRV SAC\n\nCNT:01     #I115\n  OUT OF STATE PAROLEE\n CONV OF:\n  ROBBERY\n   PAROLED FROM:TEXAS\n   STATE INN#:R59878\n";
    let draft = read(&format!("{}{parole}", entry(COUNT)));
    assert_eq!(said(&draft).len(), 1);
    let told = draft.flags.first().unwrap();
    assert_eq!(flags(&draft), ["out_of_state"]);
    assert_eq!(told.text, "CONV OF: ROBBERY");
    let event = draft.other_events.first().unwrap();
    assert_eq!(event.kind, OtherKind::CompactParolee);
    assert!(
        event
            .text
            .iter()
            .any(|line| line.contains("PAROLED FROM:TEXAS"))
    );
    let unread = draft.record.reading.unwrap().unread;
    assert_eq!(unread.len(), 2);
    // Also where the words are not there.
    let draft = read(&format!(
        "{}{}",
        entry(COUNT),
        parole.replace(" CONV OF:\n  ROBBERY\n", "")
    ));
    assert_eq!(flags(&draft), ["out_of_state"]);
}

/// A sheet as a PDF whose every page begins with these drawing steps and ends with those.
fn drawn(text: &str, before: &str, after: &str) -> Draft {
    let mut document: Document = pdf::document(text);
    let pages: Vec<_> = document.page_iter().collect();
    for page in pages {
        let own = document.get_page_content(page);
        let all = [before.as_bytes(), b"\n", &own, b"\n", after.as_bytes()].concat();
        document.change_page_content(page, all).unwrap();
    }
    reading::read(&pdf::bytes(&mut document), Packs::builtin().unwrap()).expect("a sheet")
}

#[test]
fn turned_pages_and_columns_are_read_right_or_doubted() {
    let sheet = format!(
        "CII/A12345678\nDOB/19700304 SEX/F\nNAM/01 DOE,JANE\n{}{END}",
        entry(COUNT)
    );
    let plain = reading::read(&pdf::of_text(&sheet), Packs::builtin().unwrap()).expect("a sheet");
    for turn in [
        "0 1 -1 0 612 0",
        "-1 0 0 -1 612 792",
        "0 -1 1 0 0 792",
        "0.99985 0.01745 -0.01745 0.99985 0 0",
    ] {
        let draft = drawn(&sheet, &format!("q {turn} cm"), "Q");
        assert_eq!(said(&draft), said(&plain), "{turn}");
        assert_eq!(flags(&draft), [""; 0], "{turn}");
        assert_eq!(draft.record.reading, plain.record.reading, "{turn}");
    }
    // Letters across the page are left out, and it is told.
    let mark = "BT /F1 60 Tf 0.7 0.7 -0.7 0.7 60 560 Tm (CONFIDENTIAL) Tj ET";
    let draft = drawn(&sheet, "q", &format!("{mark} Q"));
    assert_eq!(said(&draft), said(&plain));
    let unread = draft.record.reading.unwrap().unread;
    assert_eq!(unread.len(), 1);
    assert!(unread.first().unwrap().text.contains("across this page"));
    // Two columns, and a line over both: nothing of it is certain.
    let second = "BT /F1 10 Tf 12 TL 400 730 Td (CNT:02) Tj T* (*DISPO:DISMISSED) Tj T* (CNT:03) Tj T* (*DISPO:DISMISSED) Tj ET";
    let wide = "BT /F1 10 Tf 40 300 Td (XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX) Tj ET";
    let draft = drawn(&sheet, "q", &format!("{second} {wide} Q"));
    let certain: Vec<_> = draft
        .record
        .provenance
        .unwrap()
        .into_iter()
        .filter(|(_, sources)| {
            sources
                .iter()
                .any(|source| source.confidence.unwrap() >= 1.into())
        })
        .collect();
    assert_eq!(certain, []);
    let unread = draft.record.reading.unwrap().unread;
    assert!(
        unread
            .iter()
            .any(|line| line.text.contains("cannot be told apart"))
    );
    let draft = drawn(&sheet, "q", &format!("{second} Q"));
    assert_eq!(
        said(&draft).len(),
        1,
        "the second column stands behind the sheet's end"
    );
}

/// One wrong letter in the word that begins a stream makes of it something else, and of its page an empty one.
#[test]
fn a_page_whose_contents_are_no_stream_is_told() {
    let counts = COUNT.replace("FR1", "FR2");
    let sheet = format!(
        "CII/A12345678\nDOB/19700304 SEX/F\nNAM/01 DOE,JANE\n{}\u{c}{}{END}",
        entry(COUNT),
        entry(&counts)
    );
    let mut document = pdf::document(&sheet);
    let last = document.page_iter().last().unwrap();
    let contents = *document.get_page_contents(last).first().unwrap();
    let lost = document.get_object(contents).unwrap().as_stream().unwrap();
    let left = lost.dict.clone();
    document.set_object(contents, left);
    let draft =
        reading::read(&pdf::bytes(&mut document), Packs::builtin().unwrap()).expect("a sheet");
    let reading = draft.record.reading.unwrap();
    assert!(
        reading
            .unread
            .iter()
            .any(|line| line.text.contains("damaged"))
    );
    assert!(reading.share < 1.into());
}
