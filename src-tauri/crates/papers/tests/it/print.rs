//! The print job: who gets which papers, in which order, and that nothing of one client lies among another's papers.

use crate::support::*;
use packs::Packs;
use papers::{Holder, Packet, Paper, PaperKind, PrintJob, Sides, print};
use serde_json::json;

fn job(packets: &[&Packet], sides: Sides) -> PrintJob {
    print(packets, Packs::builtin().unwrap(), sides).unwrap()
}

/// The text of each page.
fn pages(bytes: &[u8]) -> Vec<String> {
    let text = tool(&["pdftotext", "-layout", "-", "-"], bytes);
    let mut pages: Vec<String> = text.split('\u{c}').map(str::to_owned).collect();
    pages.pop();
    pages
}

fn sets(packet: &Packet) -> Vec<(Holder, u32, Vec<&str>)> {
    let case = &packet.cases[0];
    let files = |papers: &[usize]| -> Vec<&str> {
        papers
            .iter()
            .map(|n| case.papers[*n].file.as_str())
            .collect()
    };
    case.sets
        .iter()
        .map(|set| (set.to, set.copies, files(&set.papers)))
        .collect()
}

const FILED: [&str; 3] = ["petition.pdf", "order.pdf", "service.pdf"];
const SERVED: [&str; 2] = ["petition.pdf", "order.pdf"];

#[test]
fn everybody_gets_their_set() {
    // The clinic says: two copies besides the original, and probation is served.
    assert_eq!(
        sets(Client::shared()),
        [
            (Holder::Court, 3, FILED.to_vec()),
            (Holder::Prosecutor, 1, SERVED.to_vec()),
            (Holder::Probation, 1, SERVED.to_vec()),
            (Holder::Client, 1, FILED.to_vec()),
            (
                Holder::File,
                1,
                vec!["cover.pdf", "petition.pdf", "order.pdf", "service.pdf"]
            ),
        ]
    );
}

#[test]
fn where_the_court_serves_nobody_else_gets_a_set() {
    let mut client = Client::new().in_person();
    client.record["cases"][0]["juvenile"] = json!(true);
    client.record["cases"][0]["counts"][0]["disposition"]["kind"] = json!("adjudicated");
    client.record["cases"][0]["counts"][0]["offense_date"] = json!("1991-02-11");
    client.findings = vec![finding(0, 0, "redesignate_infraction", "application")];
    let packet = client.packet();
    let to: Vec<Holder> = sets(&packet).into_iter().map(|(to, ..)| to).collect();
    assert_eq!(to, [Holder::Court, Holder::Client, Holder::File]);
}

#[test]
fn what_nobody_knows_about_copies_is_said_and_one_is_printed() {
    let mut client = Client::new();
    client.clinic["counties"] = json!([]);
    client.record["cases"][0]["court"]["county"] = json!("Nowhere");
    let packet = client.packet();
    let set = &packet.cases[0].sets[0];
    assert_eq!((set.to, set.copies), (Holder::Court, 2));
    assert!(set.notes[0].contains("Ask the clerk"), "{:?}", set.notes);
}

#[test]
fn each_set_lies_behind_a_sheet_that_names_it_and_its_papers_are_as_they_were() {
    let packet = Client::shared();
    let job = job(&[packet], Sides::One);
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("job.pdf");
    std::fs::write(&path, &job.bytes).unwrap();
    tool(&["qpdf", "--check", path.to_str().unwrap()], &[]);
    let pages = pages(&job.bytes);
    assert_eq!(pages.len(), job.pages);
    let names: Vec<(Holder, u32)> = job.sets.iter().map(|set| (set.to, set.copy)).collect();
    assert_eq!(
        names,
        [
            // The desk's list comes first, then the sets of the case.
            (Holder::File, 1),
            (Holder::Court, 1),
            (Holder::Court, 2),
            (Holder::Court, 3),
            (Holder::Prosecutor, 1),
            (Holder::Probation, 1),
            (Holder::Client, 1),
            (Holder::File, 1),
            (Holder::Client, 1),
        ]
    );
    let case = &packet.cases[0];
    let mut expected: Vec<Vec<&Paper>> = vec![vec![paper(packet, PaperKind::Signing)]];
    for set in &case.sets {
        for _ in 0..set.copies {
            expected.push(set.papers.iter().map(|n| &case.papers[*n]).collect());
        }
    }
    expected.push(vec![&packet.client]);
    let mut next = 1;
    for (bound, papers) in job.sets.iter().zip(expected) {
        assert_eq!(bound.first, next);
        let sheet = &pages[bound.first - 1];
        assert!(sheet.contains("Rosalind Ama Testperson"), "{sheet}");
        let place = format!("Pages {} to {} of {}", bound.first, bound.last, job.pages);
        assert!(sheet.contains(&place), "{place}: {sheet}");
        let mut at = bound.first;
        for paper in papers {
            let named = paper.title.split(' ').all(|word| sheet.contains(word));
            assert!(named, "{}: {sheet}", paper.title);
            for page in self::pages(&paper.bytes) {
                assert_eq!(pages[at], page, "page {at} of the job");
                at += 1;
            }
        }
        assert_eq!(at, bound.last);
        next = bound.last + 1;
    }
    assert_eq!(next, job.pages + 1);
    assert!(pages[job.sets[1].first - 1].contains("Original, to be signed and filed"));
    assert!(pages[job.sets[3].first - 1].contains("Copy 2 of 2"));
}

#[test]
fn no_sheet_of_paper_carries_two_papers() {
    let packet = Client::shared();
    let job = job(&[packet], Sides::Two);
    let pages = pages(&job.bytes);
    assert_eq!(pages.len(), job.pages);
    assert!(
        job.sets
            .iter()
            .all(|set| set.first % 2 == 1 && set.last % 2 == 0)
    );
    // The first page of a paper never lies on the back of another.
    let first = self::pages(&packet.cases[0].papers[1].bytes).swap_remove(0);
    let starts: Vec<usize> = (0..pages.len()).filter(|n| pages[*n] == first).collect();
    assert_eq!(starts.len(), 7);
    assert!(starts.iter().all(|n| n % 2 == 0), "{starts:?}");
}

#[test]
fn nothing_of_one_client_lies_among_anothers_papers() {
    let one = Client::new().named("Ambrose", "", "Underhill").packet();
    let two = Client::new().named("Philippa", "", "Overstreet").packet();
    let job = job(&[&one, &two], Sides::One);
    let pages = pages(&job.bytes);
    for set in &job.sets {
        let other = ["Overstreet", "Underhill"][set.packet];
        for page in &pages[set.first - 1..set.last] {
            assert!(
                !page.to_lowercase().contains(&other.to_lowercase()),
                "{page}"
            );
        }
    }
    // In the order of the packets, each whole before the next.
    assert!(job.sets.is_sorted_by_key(|set| set.packet));
}

#[test]
fn what_is_not_ready_says_so_before_it_can_be_filed() {
    let mut client = Client::new();
    client.clinic["attorneys"][0]["bar"] = json!(null);
    let packet = client.packet();
    assert!(!packet.ready);
    let job = job(&[&packet], Sides::One);
    let pages = pages(&job.bytes);
    for set in &job.sets {
        let warned = pages[set.first - 1].contains("Not ready: do not file");
        let filed = matches!(
            set.to,
            Holder::Court | Holder::Prosecutor | Holder::Probation
        );
        assert_eq!(warned, filed, "{:?}", set.to);
    }
}

#[test]
fn the_same_packets_give_the_same_bytes() {
    let packet = Client::shared();
    let (one, again) = (job(&[packet], Sides::One), job(&[packet], Sides::One));
    assert!(one == again);
    // A paper in many copies is in the file once.
    let all: usize = packet.files().map(|(_, _, paper)| paper.bytes.len()).sum();
    assert!(one.bytes.len() < 2 * all, "{} of {all}", one.bytes.len());
}

#[test]
fn packets_made_side_by_side_are_those_made_alone_in_their_order() {
    let clients: Vec<Client> = (1..=5)
        .map(|n| Client::new().named(&format!("Number{n}"), "", "Testperson"))
        .collect();
    let asks: Vec<_> = clients.iter().map(Client::asks).collect();
    let requests: Vec<_> = asks.iter().map(Asks::request).collect();
    let together = papers::prepare_all(&requests);
    let filed = papers::filed_all(&requests);
    assert_eq!((together.len(), filed.len()), (5, 5));
    for ((client, made), filed) in clients.iter().zip(together).zip(filed) {
        let made = made.unwrap();
        assert!(made == client.packet());
        // The cover lies on top and is not filed.
        assert!(made.cases[0].papers[1..] == filed.unwrap());
    }
}

#[test]
fn a_long_name_stays_on_its_sheet() {
    let packet = Client::new()
        .named(&"Wilhelmina ".repeat(9), "", &"X".repeat(100))
        .packet();
    let job = job(&[&packet], Sides::One);
    assert_eq!(pages(&job.bytes).len(), job.pages);
}

#[test]
fn a_list_says_who_signs_which_page_and_where_the_envelopes_go() {
    let mut client = Client::new();
    client.record["cases"][0]["court"]["county"] = json!("Alameda");
    client.clinic["counties"] = json!([{"county": "Alameda", "serve_probation": true, "addresses": [
        {"to": "prosecutor", "lines": ["Office of the Prosecutor", "12 Quay Street", "Oakland, CA 94607"], "confirmed": "2026-10-01"},
        {"to": "probation", "lines": ["Probation, Records", "40 Quay Street", "Oakland, CA 94607"], "confirmed": "2024-01-05"},
    ]}]);
    client.answers["declare"] = json!([{"case": 0, "count": 0, "text": "I was alone."}]);
    let packet = client.packet();
    let list = text(paper(&packet, PaperKind::Signing));
    let said = letters(paper(&packet, PaperKind::Signing));
    // The application by the attorney, the declaration by the client, the proof by whoever serves; the judge signs on no list.
    for kind in [
        PaperKind::Application,
        PaperKind::Declaration,
        PaperKind::Service,
    ] {
        let signed = paper(&packet, kind);
        let [sign] = signed.signs.as_slice() else {
            panic!("{kind:?} {:?}", signed.signs)
        };
        let on: Vec<String> =
            crate::support::tool(&["pdftotext", "-layout", "-", "-"], &signed.bytes)
                .split('\u{c}')
                .map(str::to_owned)
                .collect();
        // The line stands beside the word that asks for its date.
        assert!(
            on[sign.page - 1].lines().any(|line| line.contains("Dat")),
            "{kind:?}"
        );
        let page = format!("{} of {}", sign.page, signed.pages);
        assert!(list.contains(&page), "{page} in {list}");
    }
    for words in [
        "Ottoline Example, attorney",
        "Rosalind Ama Testperson, under penalty of perjury",
        "Whoever serves: over 18 and not the client",
        "12 Quay Street",
        "October 1, 2026",
        "January 5, 2024: more than a year ago, confirm it first",
        "it stands in the program's list of courts",
        "661 Washington St",
    ] {
        assert!(said.contains(&squeeze(words)), "{words} in {list}");
    }
    assert!(!said.contains("judge"), "{list}");

    let labels = paper(&packet, PaperKind::Labels);
    let words = letters(labels);
    for line in [
        "Office of the Prosecutor",
        "40 Quay Street",
        "Superior Court of California, County of Alameda",
        "12 Elm Street",
    ] {
        assert!(words.contains(&squeeze(line)), "{line} in {words}");
    }
    // A label carries no case, no day and nothing of what is inside.
    for secret in ["05F01234", "2026", "11360"] {
        assert!(!words.contains(secret), "{secret} in {words}");
    }
    // Two columns of labels, each inside its own four by two inches.
    for word in crate::support::words(labels) {
        let column = if word.left < 306.0 { 0.0 } else { 301.5 };
        let (left, right) = (11.25 + column, 11.25 + column + 288.0);
        assert!(left < word.left && word.right < right, "{word:?}");
        let row = ((word.top - 36.0) / 144.0).floor() * 144.0 + 36.0;
        assert!(row < word.top && word.bottom < row + 144.0, "{word:?}");
    }
}

#[test]
fn no_label_is_made_of_an_address_that_nobody_knows() {
    let mut client = Client::new();
    client.answers["contact"] = json!({"phone": "555"});
    client.clinic["address"] = json!(["by the harbor"]);
    // A change of building is suspected there.
    let packet = client.packet();
    assert!(
        packet
            .besides
            .iter()
            .all(|paper| paper.kind != PaperKind::Labels)
    );
    let list = letters(paper(&packet, PaperKind::Signing));
    assert!(list.contains("achangeofbuildingissuspected"), "{list}");
    assert!(list.contains("Noaddressisknownhere."), "{list}");
}

#[test]
fn what_goes_to_a_court_by_post_takes_a_labelled_envelope_for_the_way_back() {
    let by_post = Client::new().packet();
    let list = letters(paper(&by_post, PaperKind::Signing));
    for words in [
        "Backtothisclinic;Sacramento05F01234",
        "emptyandstamped,intheenvelopetotheclerk",
        "HarborStreetRecordClinic",
    ] {
        assert!(list.contains(words), "{words} in {list}");
    }
    let labels = letters(paper(&by_post, PaperKind::Labels));
    assert!(labels.contains("100HarborStreet,Suite7"), "{labels}");
    // A court that takes papers through e-filing sends nothing back by post.
    let mut client = Client::new();
    client.record["cases"][0]["court"]["county"] = json!("Alameda");
    let efiled = client.packet();
    let list = letters(paper(&efiled, PaperKind::Signing));
    assert!(!list.contains("Backtothisclinic"), "{list}");
    let labels = letters(paper(&efiled, PaperKind::Labels));
    assert!(!labels.contains("HarborStreetRecordClinic"), "{labels}");
}

#[test]
fn the_sheet_to_take_home_comes_in_large_print_where_the_client_reads_that() {
    let mut client = Client::new();
    client.answers["contact"]["large_print"] = json!(true);
    client.answers["contact"]["language"] = json!("es");
    let packet = client.packet();
    let large = paper(&packet, PaperKind::ClientLarge);
    assert_eq!(large.file, "client-es-large.pdf");
    assert_eq!(
        squeeze(&letters_of(large)),
        squeeze(&letters_of(&packet.client))
    );
    // Words of one line are as high as their letters: 18 points, 14 at the foot.
    let small = crate::support::words(large)
        .into_iter()
        .find(|word| word.bottom - word.top < 12.0);
    assert!(small.is_none(), "{small:?}");
    let job = job(&[&packet], Sides::One);
    let last = job.sets.last().unwrap();
    assert_eq!(last.to, Holder::Client);
    assert_eq!(last.last - last.first, packet.client.pages + large.pages);
}

/// What a sheet says, without the foot of its pages.
fn letters_of(sheet: &Paper) -> String {
    let said = text(sheet);
    let lines = said
        .lines()
        .filter(|line| !line.contains("consejo legal") && !line.contains("(next page)"));
    lines
        .map(|line| line.trim_end_matches("1 / 3"))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn letters_are_made_where_somebody_asks_and_say_what_the_record_holds() {
    let mut client = Client::new();
    client.answers["elections"] = json!({"also": ["dispute", "live_scan", "fee_waiver"]});
    client.record["person"]["aliases"] = json!([{"given": "Rosie", "family": "Testperson"}]);
    // No order: there is nothing to hold against a report.
    let packet = client.packet();
    let kinds: Vec<PaperKind> = packet.besides.iter().map(|paper| paper.kind).collect();
    assert_eq!(
        kinds,
        [
            PaperKind::Signing,
            PaperKind::Labels,
            PaperKind::LiveScan,
            PaperKind::FeeWaiver
        ]
    );
    let mut done = count("HS 11357(b)");
    done["relief_granted"] =
        json!([{"authority": "PC 1203.4", "effect": "dismissed", "date": "2012-01-05"}]);
    client.record["cases"][0]["counts"] = json!([count("HS 11360(a)"), done]);
    let packet = client.packet();
    let said = letters(paper(&packet, PaperKind::Dispute));
    for words in [
        "COUNTY OF SACRAMENTO, case number 05F01234: Health and Safety Code section 11357, subdivision (b). The conviction was \
         dismissed under PC 1203.4 on January 5, 2012.",
        "12 Elm Street",
        "Request to correct a background report",
    ] {
        assert!(said.contains(&squeeze(words)), "{words} in {said}");
    }
    // What is only asked for is no order, and no day of signing is written.
    assert!(!said.contains("11360") && !said.contains("2026"), "{said}");
    let scan = letters(paper(&packet, PaperKind::LiveScan));
    for words in [
        "Rosie Testperson",
        "May 5, 1975",
        "A99000015",
        "Record Review",
    ] {
        assert!(scan.contains(&squeeze(words)), "{words} in {scan}");
    }
    // The number of a social security card is nobody's to print.
    assert!(!scan.contains("4417"), "{scan}");
    let waiver = paper(&packet, PaperKind::FeeWaiver);
    let said = letters(waiver);
    assert_eq!(said.matches('☐').count(), 3, "{said}");
    assert!(!said.contains('☒') && !said.contains("2026"), "{said}");
    // Who signs them is on the list.
    let list = letters(paper(&packet, PaperKind::Signing));
    assert!(list.contains("Requesttowaivethefee"), "{list}");
    // Nobody asked: none is made. And none for somebody whose papers wait for an attorney.
    assert!(Client::shared().besides.len() == 2);
    client.record["person"]["citizenship"] = json!(null);
    assert!(client.packet().besides.is_empty());
}
