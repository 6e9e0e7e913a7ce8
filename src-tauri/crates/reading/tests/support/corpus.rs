//! Made-up sheets, each written together with what it must give: the builder that prints a line also says what the line means, so nothing
//! here asks the reader. Every construct comes back in several sheets, with other neighbours, courts and noise each time.
#![allow(dead_code, reason = "each test program uses its own part")]
#![allow(clippy::string_slice, reason = "made-up sheets are plain ASCII")]
#![allow(
    clippy::unwrap_used,
    reason = "clippy knows only test functions as tests"
)]

use serde_json::{Value, json};

/// How many sheets there are.
pub(crate) const SHEETS: usize = 72;

/// A sheet and what it must give.
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) text: String,
    /// The record without provenance and reading.
    pub(crate) record: Value,
    /// The kinds of flags, sorted.
    pub(crate) flags: Vec<&'static str>,
    /// The kinds of entries kept as text, in order.
    pub(crate) other: Vec<&'static str>,
}

/// All sheets.
pub(crate) fn sheets() -> Vec<Sheet> {
    (0..SHEETS).map(sheet).collect()
}

type Construct = fn(&mut Page);

/// Every construct with its name.
const CONSTRUCTS: [(&str, Construct); 32] = [
    ("plain", plain),
    ("probation", probation),
    ("range", range),
    ("released", released),
    ("rejected", rejected),
    ("attempts", attempts),
    ("charge in a remark", remark),
    ("realigned", realigned),
    ("set aside", set_aside),
    ("set aside on one line", set_aside_on_one_line),
    ("reduced", reduced),
    ("redesignated", redesignated),
    ("automatic relief", automatic),
    ("arrest relief", arrest_relief),
    ("revoked", revoked),
    ("modified", modified),
    ("suspended", suspended),
    ("diverted", diverted),
    ("registered", registered),
    ("applicant", applicant),
    ("custody", custody),
    ("custody alone", custody_alone),
    ("supplemental arrest", supplemental),
    ("strike", strike),
    ("juvenile", juvenile),
    ("federal", federal),
    ("undone", undone),
    ("back in court", back_in_court),
    ("two numbers", two_numbers),
    ("combined sections", combined),
    ("acquitted", acquitted),
    ("unknown header", unknown_header),
];

/// Courts as printed, and the county whose court they are now.
const COURTS: [(&str, &str); 14] = [
    ("CASC FRESNO", "Fresno"),
    ("CAMC LONG BEACH", "Los Angeles"),
    ("CASC MCOAKLAND", "Alameda"),
    ("CASC SACRAMENTO", "Sacramento"),
    ("CAMC SN JOSE", "Santa Clara"),
    ("CASC SAN BERDO", "San Bernardino"),
    ("CASC RIVERSIDE", "Riverside"),
    ("CAMC FAIRFIEL D", "Solano"),
    ("CASC DEL NORT E", "Del Norte"),
    ("CASC SNTA BARBARA", "Santa Barbara"),
    ("CASC KERN", "Kern"),
    ("CASC SAN FRANCISCO", "San Francisco"),
    ("CASC LOS ANGELES VAN NUYS", "Los Angeles"),
    ("CASC TULARE", "Tulare"),
];

/// As printed before the hyphen, normal, the words, the level's word.
const OFFENSES: [(&str, &str, &str, &str); 12] = [
    (
        "11357(A) HS",
        "HS 11357(a)",
        "POSSESS CONCENTRATED CANNABIS",
        "felony",
    ),
    (
        "11357 (B) HS",
        "HS 11357(b)",
        "POSSESS MARIJUANA 28.5 GRAMS OR LESS",
        "misdemeanor",
    ),
    (
        "11358 HS",
        "HS 11358",
        "PLANT/CULTIVATE/ETC MARIJUANA",
        "felony",
    ),
    (
        "11359 HS",
        "HS 11359",
        "POSSESS MARIJUANA FOR SALE",
        "felony",
    ),
    (
        "11360(A) HS",
        "HS 11360(a)",
        "SELL/TRANSPORT/ETC MARIJUANA",
        "felony",
    ),
    (".484(A) PC", "PC 484(a)", "THEFT", "misdemeanor"),
    (
        "490,2 PC",
        "PC 490.2",
        "PETTY THEFT UNDER 950 DOLLARS",
        "misdemeanor",
    ),
    (
        "23152(A) VC",
        "VC 23152(a)",
        "DUI ALCOHOL/DRUGS",
        "misdemeanor",
    ),
    ("459 PC", "PC 459", "BURGLARY", "felony"),
    (
        "4149 BP",
        "BP 4149",
        "POSSESS HYPO NEEDLE/SYRINGE",
        "misdemeanor",
    ),
    (
        "148(A)(1) PC",
        "PC 148(a)(1)",
        "OBSTRUCT/RESIST PUBLIC OFFICER",
        "misdemeanor",
    ),
    (
        "12500(A) VC",
        "VC 12500(a)",
        "DRIVE W/O LICENSE",
        "infraction",
    ),
];

/// A page that is being written, and what it means so far.
struct Page {
    lines: Vec<String>,
    cases: Vec<Value>,
    registrations: Vec<Value>,
    flags: Vec<&'static str>,
    other: Vec<&'static str>,
    noise: usize,
    seed: usize,
    year: i32,
}

impl Page {
    fn line(&mut self, text: impl Into<String>) {
        self.lines.push(text.into());
    }

    fn next(&mut self) -> usize {
        self.seed += 1;
        self.seed
    }

    /// A day as printed and as meant; each is later than the one before.
    fn day(&mut self) -> (String, String) {
        let n = self.next();
        self.year += 1;
        let (month, day) = (n % 12 + 1, n % 28 + 1);
        (
            format!("{}{month:02}{day:02}", self.year),
            format!("{}-{month:02}-{day:02}", self.year),
        )
    }

    fn offense(&mut self) -> (&'static str, &'static str, &'static str, &'static str) {
        let n = self.next();
        OFFENSES[n * 5 % OFFENSES.len()]
    }

    fn number(&mut self) -> String {
        let n = self.next();
        let letters = ["F", "SCR", "BA", "KA", "M"][n % 5];
        format!("{letters}{:06}", n * 7919 % 1_000_000)
    }

    fn cycle(&mut self) {
        let ruler = match self.noise {
            1 => ".   * *, * *.",
            2 => "*    *    *    *",
            3 => ".,* * \u{b7}* * .",
            4 => "XK KKK KOK",
            _ => "* * * *",
        };
        self.line(ruler);
    }

    fn dashes(&mut self) {
        self.line(if self.noise == 3 {
            "-- ' - -"
        } else {
            "- - - -"
        });
    }

    fn head(&mut self, words: &str) {
        let words = match (self.noise, words) {
            (1, "COURT:") => "COURT :",
            (2, "ARR/DET/CITE:") => "ARR/DET/CITE;",
            (3, "ARR/DET/CITE:") => "ARR /DET./ CITE:",
            (_, words) => words,
        };
        let gap = " ".repeat(22_usize.saturating_sub(words.len()).max(1));
        self.line(format!("{words}{gap}NAM:01"));
    }

    fn dated(&mut self, printed: &str, place: &str) {
        let printed = if self.noise == 2 {
            format!("{}.{}", &printed[..6], &printed[6..])
        } else {
            printed.to_owned()
        };
        self.line(format!("{printed}  {place}"));
        self.line("");
    }

    fn count(&mut self, n: usize, number: Option<&str>) {
        let count = match number {
            Some(number) => format!("CNT:{n:02}     #{number}"),
            None => format!("CNT:{n:02}"),
        };
        self.line(count);
        if self.noise == 5 && n == 1 {
            self.line("PAGE 2 OF 9");
        }
    }

    fn charge(&mut self, offense: (&str, &str, &str, &str)) {
        self.line(format!("  {}-{}", offense.0, offense.2));
    }

    fn toc(&mut self, level: &str) {
        self.line(format!("   TOC:{}", level[..1].to_uppercase()));
    }

    fn dispo(&mut self, words: &str) {
        self.line(match self.noise {
            1 => format!(" DISPO;{words}"),
            3 => format!(" DI SP O:{words}"),
            _ => format!(" DISPO:{words}"),
        });
    }

    fn convicted(&mut self, level: &str) {
        self.dispo("CONVICTED");
        self.line(format!("   CONV STATUS:{}", level.to_uppercase()));
    }

    fn court(&mut self) -> (&'static str, Value) {
        let n = self.next();
        let (printed, county) = COURTS[n % COURTS.len()];
        (
            printed,
            json!({"jurisdiction": "us-ca", "county": county, "name": printed}),
        )
    }

    /// An arrest entry that begins a cycle; gives what the case keeps of it.
    fn arrested(&mut self, charges: &[(&str, &str, &str, &str)]) -> Value {
        let (printed, meant) = self.day();
        let number = self.next().to_string();
        self.cycle();
        self.head("ARR/DET/CITE:");
        self.dated(&printed, "CAPD TESTVILLE");
        for (n, charge) in (1..).zip(charges) {
            self.count(n, (n == 1).then_some(number.as_str()));
            self.charge(*charge);
        }
        json!({"agency": "CAPD TESTVILLE", "number": number, "date": meant})
    }

    fn case(
        &mut self,
        court: Value,
        number: Option<&str>,
        arrests: Vec<Value>,
        juvenile: Option<bool>,
        counts: Vec<Value>,
    ) {
        let k = self.cases.len() + 1;
        let counts: Vec<Value> = (1..)
            .zip(counts)
            .map(|(c, mut count)| {
                count["id"] = json!(format!("k{k}c{c}"));
                count
            })
            .collect();
        let mut case = json!({"id": format!("k{k}"), "court": court, "counts": counts});
        if let Some(number) = number {
            case["number"] = json!(number);
        }
        if !arrests.is_empty() {
            case["arrests"] = json!(arrests);
        }
        if let Some(juvenile) = juvenile {
            case["juvenile"] = json!(juvenile);
        }
        self.cases.push(case);
    }

    /// The usual beginning: an arrest, then a court's entry up to its charge.
    fn brought_to_court(
        &mut self,
        offense: (&str, &str, &str, &str),
    ) -> (Value, Value, String, String) {
        let arrest = self.arrested(&[offense]);
        self.dashes();
        let (printed, meant) = self.day();
        let (place, court) = self.court();
        let number = self.number();
        self.head("COURT:");
        self.dated(&printed, place);
        self.count(1, Some(&number));
        self.charge(offense);
        (arrest, court, number, meant)
    }
}

fn charged(offense: (&str, &str, &str, &str)) -> Value {
    json!({"section": offense.1, "description": offense.2, "attempt": false, "relief_granted": []})
}

fn outcome(offense: (&str, &str, &str, &str), kind: &str, date: &str) -> Value {
    let mut count = charged(offense);
    count["disposition"] = json!({"kind": kind, "date": date});
    count
}

fn convicted(offense: (&str, &str, &str, &str), date: &str, parts: Value) -> Value {
    let mut count = outcome(offense, "convicted", date);
    count["level"] = json!(offense.3);
    count["sentence"] = json!({"parts": parts});
    count
}

fn plain(p: &mut Page) {
    let offense = p.offense();
    let (arrest, court, number, date) = p.brought_to_court(offense);
    p.convicted(offense.3);
    p.line("   SEN: 12 MONTHS PROBATION, FINE");
    let parts = json!([{"kind": "probation", "months": 12}, {"kind": "fine"}]);
    p.case(
        court,
        Some(&number),
        vec![arrest],
        Some(false),
        vec![convicted(offense, &date, parts)],
    );
}

fn probation(p: &mut Page) {
    let offense = p.offense();
    let (arrest, court, number, date) = p.brought_to_court(offense);
    p.toc(offense.3);
    p.convicted(offense.3);
    p.line("   SEN: 3 YEARS PROBATION, 90 DAYS JAIL,");
    p.line("        FINE SS, RESTN");
    p.line("   COM: SCN-1234567890");
    let parts = json!([{"kind": "probation", "years": 3}, {"kind": "jail", "days": 90}, {"kind": "fine", "suspended": true}, {"kind": "restitution"}]);
    p.case(
        court,
        Some(&number),
        vec![arrest],
        Some(false),
        vec![convicted(offense, &date, parts)],
    );
}

fn range(p: &mut Page) {
    let offense = p.offense();
    let arrest = p.arrested(&[offense]);
    p.dashes();
    let (printed, date) = p.day();
    let (place, court) = p.court();
    let number = p.number();
    p.head("COURT:");
    p.dated(&printed, place);
    p.line(format!("CNT:001-003     #{number}"));
    p.charge(offense);
    p.dispo("DISMISSED/FURTHERANCE OF JUSTICE");
    let counts = vec![outcome(offense, "dismissed", &date); 3];
    p.case(court, Some(&number), vec![arrest], None, counts);
}

/// An arrest that is a case of its own: the court is only likely to be the county's.
fn arrest_only(p: &mut Page, words: &str, kind: &str, level: bool) {
    let offense = p.offense();
    let (printed, date) = p.day();
    let number = p.next().to_string();
    p.cycle();
    p.head("ARR/DET/CITE:");
    p.dated(&printed, "CASO KERN");
    p.count(1, Some(&number));
    p.charge(offense);
    let mut count = outcome(offense, kind, &date);
    if level {
        p.toc(offense.3);
        count["level"] = json!(offense.3);
    }
    p.dispo(words);
    let arrest = json!({"agency": "CASO KERN", "number": number, "date": date});
    p.case(
        json!({"jurisdiction": "us-ca", "county": "Kern"}),
        None,
        vec![arrest],
        None,
        vec![count],
    );
}

fn released(p: &mut Page) {
    arrest_only(p, "RELEASED/DETENTION ONLY", "not_filed", true);
}

fn rejected(p: &mut Page) {
    arrest_only(p, "PROS REJ-LACK OF CORPUS", "not_filed", false);
}

fn attempts(p: &mut Page) {
    let offense = OFFENSES[4];
    let (printed, date) = p.day();
    let (place, court) = p.court();
    let number = p.number();
    p.cycle();
    p.head("COURT:");
    p.dated(&printed, place);
    let mut counts = Vec::new();
    for (n, charge) in (1..).zip([
        "664/11360(A) HS",
        "664-11360(A) HS",
        "11360(A)-664 HS",
        "664 PC/11360(A) HS",
        "11360(A) HS",
    ]) {
        p.count(n, (n == 1).then_some(number.as_str()));
        if n == 5 {
            p.line("   -WARRANT -ATTEMPTED");
        }
        p.line(format!("  {charge}-{}", offense.2));
        p.dispo("DISMISSED/FURTHERANCE OF JUSTICE");
        let mut count = outcome(offense, "dismissed", &date);
        count["attempt"] = json!(true);
        count["target"] = json!(offense.1);
        counts.push(count);
    }
    p.case(court, Some(&number), vec![], None, counts);
}

fn remark(p: &mut Page) {
    let offense = p.offense();
    let (printed, date) = p.day();
    let (place, court) = p.court();
    let number = p.number();
    p.cycle();
    p.head("COURT:");
    p.dated(&printed, place);
    p.count(1, Some(&number));
    p.line(if p.noise == 1 {
        "  SEE. COMMENT FOR CHARGE"
    } else {
        "  SEE COMMENT FOR CHARGE"
    });
    p.convicted(offense.3);
    p.line("   SEN: 1 YEARS PROBATION");
    p.line(format!(
        "   COM: CHRG-{} {}",
        offense.0.trim_start_matches('.'),
        offense.2
    ));
    let parts = json!([{"kind": "probation", "years": 1}]);
    p.case(
        court,
        Some(&number),
        vec![],
        Some(false),
        vec![convicted(offense, &date, parts)],
    );
}

fn realigned(p: &mut Page) {
    let offense = OFFENSES[3];
    let (printed, date) = p.day();
    let (place, court) = p.court();
    let number = p.number();
    p.cycle();
    p.head("COURT:");
    p.dated(&printed, place);
    p.count(1, Some(&number));
    p.line("  1170 (H) PC-SENTENCING");
    p.charge(offense);
    p.convicted(offense.3);
    p.line("   SEN: 16 MONTHS JAIL, 1 YEARS MANDATORY SUPERVISION");
    p.flags.push("realignment");
    let parts =
        json!([{"kind": "jail", "months": 16}, {"kind": "mandatory_supervision", "years": 1}]);
    p.case(
        court,
        Some(&number),
        vec![],
        Some(false),
        vec![convicted(offense, &date, parts)],
    );
}

/// A conviction with 12 months of probation, and what a later line granted.
fn with_relief(
    p: &mut Page,
    offense: (&str, &str, &str, &str),
    later: impl Fn(&mut Page) -> Vec<Value>,
) {
    let (arrest, court, number, date) = p.brought_to_court(offense);
    p.convicted(offense.3);
    p.line("   SEN: 12 MONTHS PROBATION");
    p.line("");
    let mut count = convicted(offense, &date, json!([{"kind": "probation", "months": 12}]));
    count["relief_granted"] = json!(later(p));
    p.case(court, Some(&number), vec![arrest], Some(false), vec![count]);
}

fn granted(authority: Option<&str>, effect: &str, date: &str) -> Value {
    let mut relief = json!({"effect": effect, "date": date});
    if let Some(authority) = authority {
        relief["authority"] = json!(authority);
    }
    relief
}

fn set_aside(p: &mut Page) {
    let offense = p.offense();
    let n = p.next() % 4;
    with_relief(p, offense, |p| {
        let (printed, date) = p.day();
        p.line(printed);
        let (words, authority) = [
            ("CONV SET ASIDE & DISM PER 1203.4 PC", "PC 1203.4"),
            ("CONV SET ASIDE & DISM PER 1203.4A PC", "PC 1203.4a"),
            ("CONV SET ASIDE & DISM PER 1203.41 PC", "PC 1203.41"),
            ("CONV SET ASIDE&DISM PER 1203.42 PC", "PC 1203.42"),
        ][n];
        p.dispo(words);
        vec![granted(Some(authority), "dismissed", &date)]
    });
}

fn set_aside_on_one_line(p: &mut Page) {
    let offense = p.offense();
    with_relief(p, offense, |p| {
        let (printed, date) = p.day();
        p.line(format!(
            "{printed} DISPO:CONV SET ASIDE & DISM PER 1203.4 PC"
        ));
        vec![granted(Some("PC 1203.4"), "dismissed", &date)]
    });
}

fn reduced(p: &mut Page) {
    with_relief(p, OFFENSES[8], |p| {
        let (printed, date) = p.day();
        p.line(printed);
        p.dispo("REDUCED TO MISDEMEANOR PER 17(B)(3) PC");
        vec![granted(Some("PC 17(b)"), "reduced_to_misdemeanor", &date)]
    });
}

fn redesignated(p: &mut Page) {
    with_relief(p, OFFENSES[3], |p| {
        let (printed, date) = p.day();
        p.line(printed);
        p.dispo("REDESIGNATED AS MISDEMEANOR PER 11361.8 HS");
        vec![granted(Some("HS 11361.8"), "reduced_to_misdemeanor", &date)]
    });
}

fn automatic(p: &mut Page) {
    let offense = p.offense();
    let n = p.next() % 2;
    with_relief(p, offense, |p| {
        let (printed, date) = p.day();
        p.line(printed);
        let (words, authority, effect) = [
            ("RELIEF GRANTED 1203.425 PC", "PC 1203.425", "dismissed"),
            ("DISMISSED PER 11361.9 HS", "HS 11361.9", "dismissed"),
        ][n];
        p.dispo(words);
        vec![granted(Some(authority), effect, &date)]
    });
}

fn arrest_relief(p: &mut Page) {
    arrest_only(p, "RELEASED", "not_filed", false);
    let (printed, date) = p.day();
    p.line("");
    p.line(printed);
    p.dispo("ARREST RELIEF GRANTED 851.93 PC");
    let case = p.cases.last_mut().unwrap();
    case["counts"][0]["relief_granted"] = json!([granted(Some("PC 851.93"), "sealed", &date)]);
}

fn revoked(p: &mut Page) {
    let offense = p.offense();
    let (arrest, court, number, date) = p.brought_to_court(offense);
    p.convicted(offense.3);
    p.line("   SEN: 2 YEARS PROBATION");
    p.line("");
    let (printed, _) = p.day();
    p.line(printed);
    p.dispo("PROBATION REVOKED");
    p.line("   SEN: 60 DAYS JAIL");
    let parts = json!([{"kind": "probation", "years": 2}, {"kind": "jail", "days": 60}]);
    let mut count = convicted(offense, &date, parts);
    count["sentence"]["violated"] = json!(true);
    p.case(court, Some(&number), vec![arrest], Some(false), vec![count]);
}

fn modified(p: &mut Page) {
    let offense = p.offense();
    let (arrest, court, number, date) = p.brought_to_court(offense);
    p.convicted(offense.3);
    p.line("   SEN: 3 YEARS PROBATION, 90 DAYS JAIL");
    p.line("");
    let (printed, _) = p.day();
    p.line(printed);
    p.dispo("SENTENCE MODIFIED");
    p.line("   SEN: 30 DAYS JAIL");
    let parts = json!([{"kind": "probation", "years": 3}, {"kind": "jail", "days": 30}]);
    p.case(
        court,
        Some(&number),
        vec![arrest],
        Some(false),
        vec![convicted(offense, &date, parts)],
    );
}

fn suspended(p: &mut Page) {
    let offense = OFFENSES[2];
    let (arrest, court, number, date) = p.brought_to_court(offense);
    p.convicted(offense.3);
    p.line("   SEN: 16 MONTHS PRISON SS, 3 YEARS PROBATION,");
    p.line("        1 YEARS JAIL CC");
    let parts = json!([{"kind": "prison", "months": 16, "suspended": true}, {"kind": "probation", "years": 3}, {"kind": "jail", "years": 1}]);
    p.case(
        court,
        Some(&number),
        vec![arrest],
        Some(false),
        vec![convicted(offense, &date, parts)],
    );
}

fn diverted(p: &mut Page) {
    let offense = OFFENSES[1];
    let (arrest, court, number, date) = p.brought_to_court(offense);
    p.dispo("DIVERSION PC 1000");
    p.line("");
    let (printed, ended) = p.day();
    p.line(printed);
    p.dispo("DISMISSED");
    let mut count = outcome(offense, "diverted", &date);
    count["relief_granted"] = json!([granted(None, "dismissed", &ended)]);
    p.case(court, Some(&number), vec![arrest], None, vec![count]);
}

fn registered(p: &mut Page) {
    let (printed, date) = p.day();
    p.cycle();
    p.head("REGISTRATION:");
    p.dated(&printed, "CASO KERN");
    p.count(1, Some("R1"));
    p.line("  11590 HS-REGISTRATION OF CONTROLLED SUBSTANCE OFFENDER");
    p.registrations
        .push(json!({"section": "HS 11590", "date": date}));
    p.other.push("registration");
}

fn applicant(p: &mut Page) {
    let (printed, _) = p.day();
    p.cycle();
    p.head("APPLICANT:");
    p.dated(&printed, "CASD SOCIAL SERVICES, SACRAMENTO");
    p.count(1, Some("A1"));
    p.line("  APPLICANT LICENSE CERT OR PERMIT");
    p.other.push("applicant");
}

fn custody(p: &mut Page) {
    let offense = OFFENSES[4];
    let (arrest, court, number, date) = p.brought_to_court(offense);
    p.convicted(offense.3);
    p.line("   SEN: 2 YEARS PRISON");
    let case = convicted(offense, &date, json!([{"kind": "prison", "years": 2}]));
    p.case(court, Some(&number), vec![arrest], Some(false), vec![case]);
    p.dashes();
    p.head("CUSTODY:CDC");
    let (printed, _) = p.day();
    p.dated(&printed, "CASD CORRECTIONS");
    p.count(1, Some("V12345"));
    p.charge(offense);
    p.line(format!("   SEN FROM: FRESNO CO  CRT #{number}"));
    p.line("   SEN: 2 YEARS PRISON");
    p.other.push("custody");
}

/// Goes at the end of the cases: such convictions stand behind those of courts.
fn custody_alone(p: &mut Page) {
    let offense = (
        "11351 HS",
        "HS 11351",
        "POSSESS/PURCHASE FOR SALE NARCOTIC",
        "",
    );
    p.cycle();
    p.head("CUSTODY:CDC");
    let (printed, _) = p.day();
    let number = p.number();
    p.dated(&printed, "CASD CORRECTIONS");
    p.count(1, Some("W54321"));
    p.charge(offense);
    p.line(format!("   SEN FROM: FRESNO CO  CRT #{number}"));
    p.line("   SEN: 3 YEARS PRISON");
    p.other.push("custody");
    p.flags.push("conviction_without_court");
    let mut count = charged(offense);
    count["disposition"] = json!({"kind": "convicted"});
    count["sentence"] = json!({"parts": [{"kind": "prison", "years": 3}]});
    let court = json!({"jurisdiction": "us-ca", "county": "Fresno"});
    p.case(court, Some(&number), vec![], None, vec![count]);
}

fn supplemental(p: &mut Page) {
    let offense = p.offense();
    let first = p.arrested(&[offense]);
    p.dashes();
    p.head("SUPPLEMENTAL ARR:");
    let (printed, meant) = p.day();
    p.dated(&printed, "CASO KERN");
    p.count(1, Some("77"));
    p.charge(offense);
    let second = json!({"agency": "CASO KERN", "number": "77", "date": meant});
    p.dashes();
    let (printed, date) = p.day();
    let (place, court) = p.court();
    let number = p.number();
    p.head("COURT:");
    p.dated(&printed, place);
    p.count(1, Some(&number));
    p.charge(offense);
    p.dispo("PENDING");
    p.case(
        court,
        Some(&number),
        vec![first, second],
        None,
        vec![outcome(offense, "pending", &date)],
    );
}

fn strike(p: &mut Page) {
    let offense = ("211 PC", "PC 211", "ROBBERY", "felony");
    let (arrest, court, number, date) = p.brought_to_court(offense);
    p.convicted(offense.3);
    p.line("   SEN: 3 YEARS PRISON");
    p.line("* * * * * * * * * * *");
    p.line("**   POTENTIAL FELONY STRIKE ENTRY   **");
    p.line("* * * * * * * * * * *");
    p.flags.push("strike");
    let case = convicted(offense, &date, json!([{"kind": "prison", "years": 3}]));
    p.case(court, Some(&number), vec![arrest], Some(false), vec![case]);
}

fn juvenile(p: &mut Page) {
    let offense = OFFENSES[1];
    let (printed, date) = p.day();
    p.cycle();
    p.head("COURT:");
    p.dated(&printed, "CAJV FRESNO");
    p.count(1, Some("J4433"));
    p.charge(offense);
    p.dispo("PETITION SUSTAINED");
    let court = json!({"jurisdiction": "us-ca", "county": "Fresno", "name": "CAJV FRESNO"});
    p.case(
        court,
        Some("J4433"),
        vec![],
        Some(true),
        vec![outcome(offense, "adjudicated", &date)],
    );
}

fn federal(p: &mut Page) {
    let (printed, date) = p.day();
    let number = p.number();
    p.cycle();
    p.head("COURT:");
    p.dated(&printed, "USFD SAN FRANCISCO");
    p.count(1, Some(&number));
    p.line("  21 841(A)(1) US-POSSESS W/INTENT TO DISTRIBUTE");
    p.convicted("felony");
    p.line("   SEN: 5 YEARS PRISON");
    let offense = (
        "",
        "21 USC 841(a)(1)",
        "POSSESS W/INTENT TO DISTRIBUTE",
        "felony",
    );
    let court = json!({"jurisdiction": "us", "name": "USFD SAN FRANCISCO"});
    let count = convicted(offense, &date, json!([{"kind": "prison", "years": 5}]));
    p.case(court, Some(&number), vec![], Some(false), vec![count]);
}

fn undone(p: &mut Page) {
    let offense = p.offense();
    let (arrest, court, number, date) = p.brought_to_court(offense);
    p.convicted(offense.3);
    p.line("   SEN: 12 MONTHS PROBATION");
    p.line("");
    let (printed, _) = p.day();
    p.line(&printed);
    p.dispo("CONV SET ASIDE & DISM PER 1203.4 PC");
    let (later, _) = p.day();
    p.line(later);
    p.dispo(&format!("ORDER OF {printed} VACATED"));
    let mut count = convicted(offense, &date, json!([{"kind": "probation", "months": 12}]));
    // What is left is not known: no list at all.
    count.as_object_mut().unwrap().remove("relief_granted");
    p.flags.push("relief_undone");
    p.case(court, Some(&number), vec![arrest], Some(false), vec![count]);
}

/// The same court and number in a later cycle: one case.
fn back_in_court(p: &mut Page) {
    let offense = OFFENSES[3];
    let (arrest, court, number, date) = p.brought_to_court(offense);
    p.convicted(offense.3);
    p.line("   SEN: 3 YEARS PROBATION");
    let again = p.arrested(&[(
        "1203.2 PC",
        "PC 1203.2",
        "PROBATION VIOL:REARREST/REVOKE",
        "felony",
    )]);
    p.dashes();
    let (printed, _) = p.day();
    p.head("COURT:");
    let place = court["name"].as_str().unwrap().to_owned();
    p.dated(&printed, &place);
    p.count(1, Some(&number));
    p.charge(offense);
    p.dispo("PROBATION REVOKED");
    p.line("   SEN: 2 YEARS PRISON");
    let parts = json!([{"kind": "probation", "years": 3}, {"kind": "prison", "years": 2}]);
    let mut count = convicted(offense, &date, parts);
    count["sentence"]["violated"] = json!(true);
    p.case(
        court,
        Some(&number),
        vec![arrest, again],
        Some(false),
        vec![count],
    );
}

fn two_numbers(p: &mut Page) {
    let (one, two) = (OFFENSES[4], OFFENSES[10]);
    let arrest = p.arrested(&[one, two]);
    p.dashes();
    let (printed, date) = p.day();
    let (place, court) = p.court();
    let (first, second) = (p.number(), p.number());
    p.head("COURT:");
    p.dated(&printed, place);
    p.count(1, Some(&first));
    p.charge(one);
    p.dispo("DISMISSED/FURTHERANCE OF JUSTICE");
    p.count(2, Some(&second));
    p.charge(two);
    p.convicted(two.3);
    p.line("   SEN: 10 DAYS JAIL");
    p.case(
        court.clone(),
        Some(&first),
        vec![arrest.clone()],
        None,
        vec![outcome(one, "dismissed", &date)],
    );
    let count = convicted(two, &date, json!([{"kind": "jail", "days": 10}]));
    p.case(court, Some(&second), vec![arrest], Some(false), vec![count]);
}

fn combined(p: &mut Page) {
    let (printed, date) = p.day();
    let (place, court) = p.court();
    let number = p.number();
    p.cycle();
    p.head("COURT:");
    p.dated(&printed, place);
    let one = ("484-487(A) PC", "PC 484-487(a)", "THEFT", "felony");
    let two = (
        "23145/23152(B) VC",
        "VC 23145/23152(b)",
        "DUI",
        "misdemeanor",
    );
    p.count(1, Some(&number));
    p.charge(one);
    p.dispo("1385 PC-DISMISSED/FURTHERANCE OF JUSTICE");
    p.count(2, None);
    p.charge(two);
    p.convicted(two.3);
    p.line("   SEN: 3 YEARS PROBATION, FINE");
    let second = convicted(
        two,
        &date,
        json!([{"kind": "probation", "years": 3}, {"kind": "fine"}]),
    );
    p.case(
        court,
        Some(&number),
        vec![],
        Some(false),
        vec![outcome(one, "dismissed", &date), second],
    );
}

fn acquitted(p: &mut Page) {
    let offense = p.offense();
    let (arrest, court, number, date) = p.brought_to_court(offense);
    p.dispo("ACQUITTED");
    p.case(
        court,
        Some(&number),
        vec![arrest],
        None,
        vec![outcome(offense, "acquitted", &date)],
    );
}

fn unknown_header(p: &mut Page) {
    let (printed, _) = p.day();
    p.cycle();
    p.head("SOMETHING ELSE:");
    p.dated(&printed, "CASD MADE UP BUREAU");
    p.count(1, Some("7"));
    p.line("  WORDS OF NO KNOWN KIND");
    p.other.push("unknown");
}

fn sheet(index: usize) -> Sheet {
    let mut page = Page {
        lines: Vec::new(),
        cases: Vec::new(),
        registrations: Vec::new(),
        flags: Vec::new(),
        other: Vec::new(),
        noise: index % 6,
        seed: index * 131 + 7,
        year: 1979 + i32::try_from(index % 9).unwrap(),
    };
    let given = [
        "ADA", "BORIS", "CLEO", "DUNCAN", "ESME", "FLINT", "GRETA", "HUGO",
    ][index % 8];
    let family = ["IMAGINARY", "MADEUP", "NOBODY", "FICTUS"][index % 4];
    let cii = format!("A9{:07}", index * 9001 % 10_000_000);
    let born = format!(
        "19{:02}{:02}{:02}",
        50 + index % 20,
        index % 12 + 1,
        index % 28 + 1
    );
    page.line(format!(
        "RE: QHY.CA0349435.{}.CLINIC-        DATE:20260302 TIME:09:20:00",
        &cii[1..]
    ));
    page.line("RESTRICTED-DO NOT USE FOR EMPLOYMENT, LICENSING OR CERTIFICATION PURPOSES");
    page.line("III CALIFORNIA ONLY SOURCE RECORD");
    page.line(format!("CII/{cii}"));
    page.line(format!("DOB/{born} SEX/M RAC/WHITE"));
    page.line("HGT/510 WGT/170 EYE/BRO HAIR/BLK POB/CA");
    page.line(format!("NAM/01 {family},{given}"));
    page.line(format!("    002 {family},{given} QUENTIN"));
    page.line("");
    // Walking through all constructs by steps that share nothing with their number brings each as often as the other.
    let names: Vec<&str> = (0..4)
        .map(|k| {
            let (name, construct) = CONSTRUCTS[(index * 4 + k) * 9 % 31];
            construct(&mut page);
            name
        })
        .collect();
    if index % 9 == 3 {
        custody_alone(&mut page);
    }
    if index % 8 == 5 {
        unknown_header(&mut page);
    }
    page.line("     *    *    *    END OF MESSAGE    *    *    *");
    let born = format!("{}-{}-{}", &born[..4], &born[4..6], &born[6..]);
    // Convictions that custody alone shows stand behind those of courts; their ids follow.
    let (alone, mut cases): (Vec<Value>, Vec<Value>) = page
        .cases
        .drain(..)
        .partition(|case| case["counts"][0]["disposition"] == json!({"kind": "convicted"}));
    cases.extend(alone);
    for (k, case) in (1..).zip(&mut cases) {
        case["id"] = json!(format!("k{k}"));
        for (c, count) in (1..).zip(case["counts"].as_array_mut().unwrap()) {
            count["id"] = json!(format!("k{k}c{c}"));
        }
    }
    page.flags.sort_unstable();
    Sheet {
        name: format!("{index:02} {}", names.join(", ")),
        text: page.lines.join("\n") + "\n",
        record: json!({
            "schema": "relief-desk/record/1",
            "person": {
                "name": {"family": family, "given": given},
                "aliases": [{"family": family, "given": given, "middle": "QUENTIN"}],
                "born": born,
                "identifiers": [{"kind": "cii", "value": cii}],
                "registrations": page.registrations,
            },
            "cases": cases,
        }),
        flags: page.flags,
        other: page.other,
    }
}
