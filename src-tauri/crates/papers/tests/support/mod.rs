//! Made-up people, and the poppler tools that read a paper back as a clerk's viewer would.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test binary and the benchmark use their own part of it, and stop where it fails"
)]

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use forms::Library;
use jiff::civil::{Date, date};
use packs::Packs;
use papers::{Packet, Paper, PaperError, PaperKind, Request, prepare};
use record::answers::Answers;
use record::clinic::Clinic;
use record::findings::{Findings, Relief};
use record::{Alternatives, Record};
use serde_json::{Value, json};

pub(crate) const DAY: Date = date(2026, 11, 21);

/// A client read from JSON.
pub(crate) struct Asks {
    record: Record,
    findings: Findings,
    alternatives: Alternatives,
    clinic: Clinic,
    answers: Answers,
    training: bool,
}

impl Asks {
    pub(crate) fn request(&self) -> Request<'_> {
        Request {
            record: &self.record,
            findings: &self.findings,
            alternatives: &self.alternatives,
            clinic: &self.clinic,
            answers: Some(&self.answers),
            as_of: DAY,
            packs: Packs::builtin().unwrap(),
            training: self.training,
            library: None,
            signed: None,
        }
    }
}

/// Everything a packet is made from; each test changes what it is about.
#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) record: Value,
    pub(crate) findings: Vec<Value>,
    pub(crate) clinic: Value,
    pub(crate) answers: Value,
    pub(crate) training: bool,
    pub(crate) besides: Vec<(usize, Relief)>,
}

impl Client {
    /// One completed felony sale or transport, asked to be dismissed, else redesignated.
    pub(crate) fn new() -> Self {
        let mut ask = finding(0, 0, "dismiss_and_seal", "application");
        ask["fallback"] = json!("redesignate_misdemeanor");
        ask["presumes"] = json!(["cases[0].counts[0].amounts", "cases[0].counts[0].conduct"]);
        Self {
            record: json!({
                "schema": "relief-desk/record/1",
                "person": {
                    "name": {"given": "Rosalind", "middle": "Ama", "family": "Testperson"},
                    "born": "1975-05-05",
                    "citizenship": "citizen",
                    "identifiers": [{"kind": "ssn_last4", "value": "4417"}, {"kind": "cii", "value": "A99000015"}],
                },
                "now": {"serving": false, "supervised": false, "charged": false},
                "cases": [case("05F01234", "Sacramento", vec![count("HS 11360(a)")])],
            }),
            findings: vec![ask],
            clinic: json!({
                "schema": "relief-desk/clinic/1",
                "name": "Harbor Street Record Clinic",
                "address": ["100 Harbor Street, Suite 7", "Oakland, California 94612"],
                "phone": "(510) 555-0142",
                "language": "en",
                "attorneys": [{"name": "Ottoline Example", "bar": "999001", "phone": "(510) 555-0143",
                               "email": "ottoline@example.org"}],
                "counties": [{"county": "Sacramento", "copies": 2, "serve_probation": true, "confirmed": "2026-10-01"}],
                "require_sign_off": true,
            }),
            answers: json!({
                "schema": "relief-desk/answers/1",
                "contact": {"address": ["12 Elm Street", "Oakland, California 94601"], "phone": "(510) 555-0111"},
            }),
            training: false,
            besides: Vec::new(),
        }
    }

    pub(crate) fn named(mut self, given: &str, middle: &str, family: &str) -> Self {
        self.record["person"]["name"] = json!({"given": given, "middle": middle, "family": family});
        self
    }

    /// The client files without an attorney.
    pub(crate) fn in_person(mut self) -> Self {
        self.clinic["attorneys"] = json!([]);
        self
    }

    pub(crate) fn findings(&self) -> Findings {
        let all = json!({
            "schema": "relief-desk/findings/1",
            "as_of": DAY.to_string(),
            "packs": [{"id": "us-ca", "version": "2026.11"}],
            "findings": self.findings,
        });
        Findings::from_json(&all.to_string()).unwrap()
    }

    /// What its papers ask for besides, by the place of the finding.
    pub(crate) fn alternatives(&self) -> Alternatives {
        self.besides.iter().copied().collect()
    }

    pub(crate) fn prepare(&self) -> Result<Packet, PaperError> {
        prepare(&self.asks().request())
    }

    /// Its packet where the office has blanks of official forms.
    pub(crate) fn packet_with(&self, library: &Library) -> Packet {
        let asks = self.asks();
        let request = Request {
            library: Some(library),
            ..asks.request()
        };
        prepare(&request).unwrap()
    }

    /// What its packet is made from.
    pub(crate) fn asks(&self) -> Asks {
        Asks {
            record: Record::from_json(&self.record.to_string()).unwrap(),
            findings: self.findings(),
            alternatives: self.alternatives(),
            clinic: Clinic::from_json(&self.clinic.to_string()).unwrap(),
            answers: Answers::from_json(&self.answers.to_string()).unwrap(),
            training: self.training,
        }
    }

    pub(crate) fn packet(&self) -> Packet {
        self.prepare().unwrap()
    }

    /// The packet of an unchanged client. Typesetting is slow without optimisation, so most tests share it.
    pub(crate) fn shared() -> &'static Packet {
        static PACKET: LazyLock<Packet> = LazyLock::new(|| Client::new().packet());
        &PACKET
    }
}

pub(crate) fn case(number: &str, county: &str, counts: Vec<Value>) -> Value {
    json!({
        "court": {"jurisdiction": "us-ca", "county": county},
        "number": number,
        "juvenile": false,
        "counts": counts,
    })
}

pub(crate) fn count(section: &str) -> Value {
    json!({
        "section": section,
        "description": "SELL/TRANSPORT MARIJUANA",
        "attempt": false,
        "level": "felony",
        "offense_date": "2005-02-11",
        "disposition": {"kind": "convicted", "date": "2005-06-01", "plea": "guilty"},
    })
}

/// An eligible finding of the Prop 64 route.
pub(crate) fn finding(case: usize, count: usize, relief: &str, path: &str) -> Value {
    json!({
        "route": "us-ca/prop-64", "case": case, "count": count,
        "status": "eligible", "code": null,
        "relief": relief, "fallback": null, "presumes": [],
        "mode": "entitled", "path": path, "earliest": null,
        "questions": [], "reasons": [], "review": [],
        "warnings": [
            {"code": "immigration", "text": "Relief may not help with immigration.", "cite": "Prado v. Barr"},
            {"code": "firearms", "text": "Never assume that gun rights return.", "cite": "18 USC 922(g)"},
        ],
        "procedure": {"court": "trial court", "serve": ["prosecutor"], "notice_days": null, "fee": "none", "copies": null},
        "forms": ["CR-400"], "rank": 1, "verification": "unverified",
    })
}

/// The one paper of a kind.
pub(crate) fn paper(packet: &Packet, kind: PaperKind) -> &Paper {
    let mut found = packet
        .files()
        .map(|(_, _, paper)| paper)
        .filter(|paper| paper.kind == kind);
    let paper = found.next().unwrap();
    assert!(found.next().is_none(), "more than one {kind:?}");
    paper
}

/// The labels of the boxes ticked on the paper of a kind.
pub(crate) fn ticked(packet: &Packet, kind: PaperKind) -> Vec<String> {
    let marks = paper(packet, kind).marks.iter();
    marks
        .filter(|mark| mark.value == "X")
        .map(|mark| mark.what.clone())
        .collect()
}

/// Without the desk's own lists, which stand beside everything that is filed.
pub(crate) fn kinds(packet: &Packet) -> Vec<&'static str> {
    packet
        .files()
        .filter(|(_, _, paper)| !matches!(paper.kind, PaperKind::Signing | PaperKind::Labels))
        .map(|(_, _, paper)| paper.kind.as_str())
        .collect()
}

/// Text as it lies on the page: one line a line, wide gaps as two blanks, so that no version of poppler decides a test.
pub(crate) fn text(paper: &Paper) -> String {
    let text = tool(&["pdftotext", "-layout", "-", "-"], &paper.bytes);
    let mut lines = Vec::new();
    for line in text.replace('\u{c}', "\n(next page)\n").lines() {
        let parts = line
            .split("  ")
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let line = parts.collect::<Vec<_>>().join("  ");
        if !line.is_empty() {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// Text in the order of reading, without blanks, line numbers and feet of pages: what a search finds.
pub(crate) fn letters(paper: &Paper) -> String {
    let text = tool(&["pdftotext", "-raw", "-", "-"], &paper.bytes);
    let pages = text.split('\u{c}').map(|page| {
        let mut lines: Vec<&str> = page.lines().collect();
        let numbered = (1..=28).all(|n| lines.get(n - 1) == Some(&n.to_string().as_str()));
        if numbered {
            lines.drain(..28);
            // The page's number and the short title below the printed line.
            lines.truncate(lines.len() - 2);
        }
        lines.concat()
    });
    squeeze(&pages.collect::<String>())
}

pub(crate) fn squeeze(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !is_direction(*c))
        .collect()
}

/// Marks that poppler adds around text that runs from right to left.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A word and its box on the page, in points from the top left.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) page: usize,
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
    pub(crate) text: String,
}

pub(crate) fn words(paper: &Paper) -> Vec<Word> {
    let html = tool(&["pdftotext", "-bbox", "-", "-"], &paper.bytes);
    let mut page = 0;
    let mut words = Vec::new();
    for line in html.lines() {
        let line = line.trim();
        if line.starts_with("<page ") {
            page += 1;
        }
        if let Some(rest) = line.strip_prefix("<word ") {
            let at = |key: &str| -> f64 {
                let (_, after) = rest.split_once(&format!("{key}=\"")).unwrap();
                after.split_once('"').unwrap().0.parse().unwrap()
            };
            let (_, text) = rest.split_once('>').unwrap();
            words.push(Word {
                page,
                left: at("xMin"),
                top: at("yMin"),
                right: at("xMax"),
                bottom: at("yMax"),
                text: text.trim_end_matches("</word>").to_owned(),
            });
        }
    }
    assert!(!words.is_empty(), "no text at all");
    words
}

/// Runs a tool with bytes on its standard input and gives its standard output.
pub(crate) fn tool(command: &[&str], input: &[u8]) -> String {
    let mut child = Command::new(command[0])
        .args(&command[1..])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|_| panic!("{} is not installed (poppler-utils, qpdf)", command[0]));
    let mut pipe = child.stdin.take().unwrap();
    let input = input.to_owned();
    let feeder = std::thread::spawn(move || pipe.write_all(&input));
    let out = child.wait_with_output().unwrap();
    feeder.join().unwrap().ok();
    assert!(out.status.success(), "{command:?} failed");
    String::from_utf8(out.stdout).unwrap()
}
