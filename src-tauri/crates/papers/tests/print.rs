//! The print job: who gets which papers, in which order, and that nothing of one client lies among another's papers.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use packs::Packs;
use papers::{Holder, Packet, Paper, PrintJob, Sides, print};
use serde_json::json;
use support::*;

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
    let mut expected = Vec::new();
    for set in &case.sets {
        for _ in 0..set.copies {
            expected.push(set.papers.iter().map(|n| &case.papers[*n]).collect());
        }
    }
    expected.push(vec![&packet.client]);
    let mut next = 1;
    for (bound, papers) in job.sets.iter().zip::<Vec<Vec<&Paper>>>(expected) {
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
    assert!(pages[0].contains("Original, to be signed and filed"));
    assert!(pages[job.sets[2].first - 1].contains("Copy 2 of 2"));
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
fn a_long_name_stays_on_its_sheet() {
    let packet = Client::new()
        .named(&"Wilhelmina ".repeat(9), "", &"X".repeat(100))
        .packet();
    let job = job(&[&packet], Sides::One);
    assert_eq!(pages(&job.bytes).len(), job.pages);
}
