//! The pages themselves: the court's rules for paper, what every viewer must find, and what no name may break.

use std::sync::LazyLock;

use crate::support::*;
use papers::{Packet, Paper, PaperKind};
use serde_json::json;

/// The ruled lines of pleading paper stand here, in points.
const LEFT_RULE: f64 = 92.5;
const RIGHT_RULE: f64 = 576.0;

fn pleadings(packet: &Packet) -> Vec<&Paper> {
    let papers = packet.cases.iter().flat_map(|case| &case.papers);
    papers
        .filter(|paper| paper.kind != PaperKind::Cover)
        .collect()
}

/// The packet of [`extreme`], made once.
static EXTREME: LazyLock<Packet> = LazyLock::new(|| extreme().packet());

/// A person whose every field is as long as it gets, with many counts.
fn extreme() -> Client {
    let long = "Wolfeschlegelsteinhausenbergerdorff".repeat(6);
    let family: String = long.chars().take(200).collect();
    let mut client = Client::new().named(
        &long,
        "王小明 김철수 Иван <script>alert(1)</script> #eval *x* $y$ \"q\"",
        &family,
    );
    let counts: Vec<_> = (0..40).map(|_| count("HS 11360(a)")).collect();
    client.record["cases"][0] = case(&"M".repeat(60), "San Luis Obispo", counts);
    client.findings = (0..40)
        .map(|c| {
            let relief = ["dismiss_and_seal", "redesignate_misdemeanor"][c % 2];
            finding(0, c, relief, "application")
        })
        .collect();
    client.clinic["name"] = json!("C".repeat(150));
    let long = "A very long line of an address that does not seem to end";
    client.clinic["address"] = json!([long, long, format!("{long}, CA 94612")]);
    client.clinic["attorneys"][0]["name"] = json!("N".repeat(120));
    client.clinic["attorneys"][0]["email"] = json!(format!("{}@example.org", "e".repeat(90)));
    client.answers["declare"] = json!([{"case": 0, "count": 3, "text": format!("{}\n{}", "w".repeat(900), "I was there. ".repeat(250))}]);
    client
}

#[test]
fn the_text_stands_on_its_line_number() {
    let mut client = Client::new();
    client.answers["declare"] = json!([{"case": 0, "count": 0, "text": "Łukasz, Ελένη, 王小明, שלום and Иван saw it. ".repeat(40)}]);
    for paper in pleadings(&client.packet()) {
        let words = words(paper);
        for page in 1..=paper.pages {
            let on_page = || words.iter().filter(move |word| word.page == page);
            let numbers: Vec<&Word> = on_page().filter(|word| word.right < LEFT_RULE).collect();
            let printed: Vec<&str> = numbers.iter().map(|word| word.text.as_str()).collect();
            let expected: Vec<String> = (1..=28).map(|n| n.to_string()).collect();
            assert_eq!(printed, expected, "28 lines, numbered from 1 on each page");
            for pair in numbers.windows(2) {
                let apart = pair[1].bottom - pair[0].bottom;
                assert!(
                    (apart - 24.0).abs() < 0.01,
                    "three lines to the inch, not {apart}"
                );
            }
            let last = numbers[27].bottom;
            for word in on_page().filter(|word| word.left > LEFT_RULE && word.bottom <= last + 1.0)
            {
                // Boxes of the main face end at the same depth below the baseline; other faces are compared by their line.
                let own = word.text.is_ascii();
                let near = numbers.iter().map(|n| (n.bottom - word.bottom).abs());
                let off = near.fold(f64::MAX, f64::min);
                assert!(!own || off < 0.6, "{word:?} is {off} points off its number");
            }
        }
    }
}

#[test]
fn the_first_page_is_laid_out_by_rule() {
    let packet = Client::shared();
    for paper in pleadings(packet) {
        let words = words(paper);
        let first = || words.iter().filter(|word| word.page == 1);
        let court = first().find(|word| word.text == "SUPERIOR").unwrap();
        let eight = first()
            .find(|w| w.text == "8" && w.right < LEFT_RULE)
            .unwrap();
        assert!(
            (court.bottom - eight.bottom).abs() < 0.6,
            "the court's title stands on line 8"
        );
        assert!(court.top >= 240.0, "at or below 3 1/3 inches");
        let filer = first().find(|word| word.text == "Ottoline").unwrap();
        assert!(filer.top >= 72.0, "line 1 begins an inch from the top");
        let clerk = first().filter(|w| w.left > 306.0 && w.bottom < 240.0);
        assert_eq!(
            clerk.count(),
            0,
            "the clerk's space right of the center is blank"
        );
    }
}

#[test]
fn nothing_leaves_the_page_or_crosses_a_rule() {
    let packet = &*EXTREME;
    assert!(packet.ready, "{:?}", packet.why_not);
    // Labels fill their sheet to its edges; their own test knows where each lies.
    let papers = packet
        .files()
        .filter(|(_, _, paper)| paper.kind != PaperKind::Labels);
    for (file, _, paper) in papers {
        for word in words(paper) {
            let inside = word.left >= 36.0
                && word.right <= 576.5
                && word.top >= 36.0
                && word.bottom <= 780.0;
            assert!(inside, "{file}: {word:?}");
        }
    }
    for paper in pleadings(packet) {
        for word in words(paper) {
            let text = word.right < LEFT_RULE || word.left > LEFT_RULE && word.right < RIGHT_RULE;
            assert!(text, "{:?}: {word:?} crosses a rule", paper.kind);
        }
    }
}

#[test]
fn no_two_lines_of_text_overlap() {
    for paper in pleadings(&EXTREME) {
        let words = words(paper);
        for (n, word) in words.iter().enumerate() {
            for other in words.iter().skip(n + 1).filter(|o| o.page == word.page) {
                let across = word.right.min(other.right) - word.left.max(other.left);
                let down = word.bottom.min(other.bottom) - word.top.max(other.top);
                // Line boxes of single-spaced lines touch; letters that collide share far more than that.
                assert!(
                    across < 1.0 || down < 4.0,
                    "{:?}: {word:?} over {other:?}",
                    paper.kind
                );
            }
        }
    }
}

/// Whole, or in two parts where a page ended inside it: the column beside it is then read between the two.
fn is_found(read: &str, value: &str) -> bool {
    let mut parts = value.char_indices().map(|(at, _)| value.split_at(at));
    read.contains(value)
        || parts.any(|(a, b)| !a.is_empty() && read.contains(a) && read.contains(b))
}

#[test]
fn every_value_is_found_again() {
    let accented = Client::new().named("María José", "Ñandú d’Açores", "O’Brien-Müller");
    let cyrillic = Client::new().named("Иван", "Петрович", "Çelik Łukasiewicz");
    let east = Client::new().named("小明", "철수", "王");
    let one = Client::new().named("X", "", "Y");
    let ordinary = [accented, cyrillic, east, one].map(|client| client.packet());
    for packet in ordinary.iter().chain([&*EXTREME]) {
        for paper in pleadings(packet) {
            let read = letters(paper);
            for mark in &paper.marks {
                assert!(
                    is_found(&read, &squeeze(&mark.value)),
                    "{mark:?} on {:?}",
                    paper.kind
                );
            }
        }
    }
}

#[test]
fn right_to_left_names_print_every_letter() {
    for family in ["שלומי", "محمد"] {
        let client = Client::new().named("Dina", "", family);
        let packet = client.packet();
        let read = letters(paper(&packet, PaperKind::Application));
        let found = family.chars().all(|letter| read.contains(letter));
        assert!(found, "{family}");
    }
}

#[test]
fn a_character_that_no_face_has_stops_its_papers_and_no_others() {
    for (family, code) in [
        ("สมชาย", "U+0E2A"),
        ("𠀀明", "U+20000"),
        ("Annก", "U+0E01"),
        ("\u{202e}nosrep", "U+202E"),
        ("Ann\u{7}", "U+0007"),
    ] {
        let packet = Client::new().named("A", "", family).packet();
        assert_eq!(kinds(&packet), ["cover", "client"], "{code}");
        assert!(!packet.ready);
        // Once, with every paper that it keeps back, where it stands, and what to do.
        let [why] = packet.why_not.as_slice() else {
            panic!("{:?}", packet.why_not);
        };
        for part in [
            "“APPLICATION TO",
            "“[PROPOSED] ORDER",
            "“PROOF OF SERVICE”",
            "The client's name has a letter",
            "in Latin letters, as the court's own file has it",
            code,
        ] {
            assert!(why.contains(part), "{part} in {why}");
        }
        let cover = squeeze(&text(paper(&packet, PaperKind::Cover)));
        assert!(
            cover.contains("Notready:") && cover.contains(code),
            "{cover}"
        );
        // Nothing turned around or missing passes for a name.
        let sheet = text(&packet.client);
        assert!(sheet.contains('?') && !sheet.contains(family), "{sheet}");
    }
    // What stands in one case does not hold another case's papers up.
    let mut client = Client::new();
    client.record["cases"] = json!([
        case("05F01234", "Sacramento", vec![count("HS 11360(a)")]),
        case("06Fก", "Alameda", vec![count("HS 11360(a)")]),
    ]);
    client
        .findings
        .push(finding(1, 0, "dismiss_and_seal", "application"));
    let packet = client.packet();
    let made: Vec<usize> = packet.cases.iter().map(|case| case.papers.len()).collect();
    assert_eq!(made, [4, 1]);
    assert_eq!(packet.lost.len(), 3);
    assert!(packet.lost.iter().all(|lost| lost.character == 'ก'));
    let why = "A name, number or text of the case has a letter";
    assert!(
        packet.why_not.iter().any(|said| said.contains(why)),
        "{:?}",
        packet.why_not
    );
    // Under its cover lies nothing that anybody could file.
    let sets: Vec<_> = packet.cases[1].sets.iter().map(|set| set.to).collect();
    assert_eq!(sets, [papers::Holder::File]);
}

#[test]
fn page_counts_are_right() {
    for packet in [Client::shared(), &*EXTREME] {
        for (file, _, paper) in packet.files() {
            let info = tool(&["pdfinfo", "-"], &paper.bytes);
            let line = info
                .lines()
                .find(|line| line.starts_with("Pages:"))
                .unwrap();
            assert_eq!(
                line.split_whitespace().last(),
                Some(paper.pages.to_string().as_str()),
                "{file}"
            );
        }
    }
}

#[test]
fn papers_are_tagged_letter_size_and_whole() {
    let packet = Client::shared();
    let folder = tempfile::tempdir().unwrap();
    for (file, _, paper) in packet.files() {
        let info = tool(&["pdfinfo", "-"], &paper.bytes);
        for fact in [
            "Tagged:          yes",
            "612 x 792 pts (letter)",
            "Encrypted:       no",
        ] {
            assert!(info.contains(fact), "{file} lacks {fact}:\n{info}");
        }
        let meta = tool(&["pdfinfo", "-meta", "-"], &paper.bytes);
        assert!(
            meta.contains("pdfuaid:part") && meta.contains("pdfaid:part"),
            "{file}"
        );
        let fonts = tool(&["pdffonts", "-"], &paper.bytes);
        for font in fonts.lines().skip(2) {
            let marks: Vec<&str> = font.split_whitespace().rev().skip(2).take(3).collect();
            assert_eq!(
                marks,
                ["yes", "yes", "yes"],
                "embedded, subset, with its text: {font}"
            );
        }
        let path = folder.path().join("paper.pdf");
        std::fs::write(&path, &paper.bytes).unwrap();
        tool(&["qpdf", "--check", path.to_str().unwrap()], &[]);
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let first = Client::new().packet();
    let between = Client::new().in_person().packet();
    assert_ne!(first, between);
    assert_eq!(first, Client::new().packet());
}

#[test]
fn practice_papers_say_so_on_every_page() {
    let mut client = Client::new();
    client.training = true;
    let packet = client.packet();
    for (file, _, paper) in packet.files() {
        let text = tool(&["pdftotext", "-raw", "-", "-"], &paper.bytes);
        let pages: Vec<&str> = text
            .split('\u{c}')
            .filter(|page| !page.trim().is_empty())
            .collect();
        assert_eq!(pages.len(), paper.pages, "{file}");
        for page in pages {
            // The word is turned, so poppler may give its letters one by one.
            assert!(squeeze(page).contains("TRAINING"), "{file}");
        }
    }
    for (file, _, paper) in Client::shared().files() {
        assert!(!letters(paper).contains("TRAINING"), "{file}");
    }
}

#[test]
fn forty_counts_still_leave_the_client_one_page() {
    let mut client = Client::new();
    let counts: Vec<_> = (0..40).map(|_| count("HS 11360(a)")).collect();
    client.record["cases"][0] = case("05F01234", "Sacramento", counts);
    client.findings = (0..40)
        .map(|c| finding(0, c, "redesignate_misdemeanor", "application"))
        .collect();
    let packet = client.packet();
    assert_eq!(packet.client.pages, 1);
    let application = paper(&packet, PaperKind::Application);
    assert!(letters(application).contains(&squeeze("as to convictions (1) through (40)")));
}

#[test]
fn no_page_parts_the_boxes_of_an_order_from_their_conviction() {
    let mut client = Client::new();
    let many = 12;
    let counts: Vec<_> = (0..many).map(|_| count("HS 11359")).collect();
    client.record["cases"] = serde_json::json!([case("05F01234", "Sacramento", counts)]);
    client.findings = (0..many)
        .map(|n| finding(0, n, "redesignate_misdemeanor", "application"))
        .collect();
    let order = client.packet();
    let order = paper(&order, PaperKind::Order);
    assert!(order.pages > 2);
    let words = tool(&["pdftotext", "-layout", "-", "-"], &order.bytes);
    for page in words
        .split('\u{c}')
        .filter(|page| page.contains("denied, because"))
    {
        // On every page each denial, the last of its boxes, has its conviction's head above it.
        let heads = page.matches("Conviction (").count();
        assert_eq!(heads, page.matches("denied, because").count(), "{page}");
    }
}
