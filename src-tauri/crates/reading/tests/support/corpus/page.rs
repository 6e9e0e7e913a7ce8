//! A page that is being written, with the courts and offenses that its sheets draw from.

use serde_json::{Value, json};

/// Courts as printed, and the county whose court they are now.
pub(super) const COURTS: [(&str, &str); 14] = [
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
pub(super) const OFFENSES: [(&str, &str, &str, &str); 12] = [
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
pub(super) struct Page {
    pub(super) lines: Vec<String>,
    pub(super) cases: Vec<Value>,
    pub(super) registrations: Vec<Value>,
    pub(super) flags: Vec<&'static str>,
    pub(super) other: Vec<&'static str>,
    pub(super) noise: usize,
    pub(super) seed: usize,
    pub(super) year: i32,
}

impl Page {
    pub(super) fn line(&mut self, text: impl Into<String>) {
        self.lines.push(text.into());
    }

    pub(super) fn next(&mut self) -> usize {
        self.seed += 1;
        self.seed
    }

    /// A day as printed and as meant; each is later than the one before.
    pub(super) fn day(&mut self) -> (String, String) {
        let n = self.next();
        self.year += 1;
        let (month, day) = (n % 12 + 1, n % 28 + 1);
        (
            format!("{}{month:02}{day:02}", self.year),
            format!("{}-{month:02}-{day:02}", self.year),
        )
    }

    pub(super) fn offense(&mut self) -> (&'static str, &'static str, &'static str, &'static str) {
        let n = self.next();
        OFFENSES[n * 5 % OFFENSES.len()]
    }

    pub(super) fn number(&mut self) -> String {
        let n = self.next();
        let letters = ["F", "SCR", "BA", "KA", "M"][n % 5];
        format!("{letters}{:06}", n * 7919 % 1_000_000)
    }

    pub(super) fn cycle(&mut self) {
        let ruler = match self.noise {
            1 => ".   * *, * *.",
            2 => "*    *    *    *",
            3 => ".,* * \u{b7}* * .",
            4 => "XK KKK KOK",
            _ => "* * * *",
        };
        self.line(ruler);
    }

    pub(super) fn dashes(&mut self) {
        self.line(if self.noise == 3 {
            "-- ' - -"
        } else {
            "- - - -"
        });
    }

    pub(super) fn head(&mut self, words: &str) {
        let words = match (self.noise, words) {
            (1, "COURT:") => "COURT :",
            (2, "ARR/DET/CITE:") => "ARR/DET/CITE;",
            (3, "ARR/DET/CITE:") => "ARR /DET./ CITE:",
            (_, words) => words,
        };
        let gap = " ".repeat(22_usize.saturating_sub(words.len()).max(1));
        self.line(format!("{words}{gap}NAM:01"));
    }

    pub(super) fn dated(&mut self, printed: &str, place: &str) {
        let printed = if self.noise == 2 {
            format!("{}.{}", &printed[..6], &printed[6..])
        } else {
            printed.to_owned()
        };
        self.line(format!("{printed}  {place}"));
        self.line("");
    }

    pub(super) fn count(&mut self, n: usize, number: Option<&str>) {
        let count = match number {
            Some(number) => format!("CNT:{n:02}     #{number}"),
            None => format!("CNT:{n:02}"),
        };
        self.line(count);
        if self.noise == 5 && n == 1 {
            self.line("PAGE 2 OF 9");
        }
    }

    pub(super) fn charge(&mut self, offense: (&str, &str, &str, &str)) {
        self.line(format!("  {}-{}", offense.0, offense.2));
    }

    pub(super) fn toc(&mut self, level: &str) {
        self.line(format!("   TOC:{}", level[..1].to_uppercase()));
    }

    pub(super) fn dispo(&mut self, words: &str) {
        self.line(match self.noise {
            1 => format!(" DISPO;{words}"),
            3 => format!(" DI SP O:{words}"),
            _ => format!(" DISPO:{words}"),
        });
    }

    pub(super) fn convicted(&mut self, level: &str) {
        self.dispo("CONVICTED");
        self.line(format!("   CONV STATUS:{}", level.to_uppercase()));
    }

    pub(super) fn court(&mut self) -> (&'static str, Value) {
        let n = self.next();
        let (printed, county) = COURTS[n % COURTS.len()];
        (
            printed,
            json!({"jurisdiction": "us-ca", "county": county, "name": printed}),
        )
    }

    /// An arrest entry that begins a cycle; gives what the case keeps of it.
    pub(super) fn arrested(&mut self, charges: &[(&str, &str, &str, &str)]) -> Value {
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

    pub(super) fn case(
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
    pub(super) fn brought_to_court(
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

pub(super) fn charged(offense: (&str, &str, &str, &str)) -> Value {
    json!({"section": offense.1, "description": offense.2, "attempt": false, "relief_granted": []})
}

pub(super) fn outcome(offense: (&str, &str, &str, &str), kind: &str, date: &str) -> Value {
    let mut count = charged(offense);
    count["disposition"] = json!({"kind": kind, "date": date});
    count
}

pub(super) fn convicted(offense: (&str, &str, &str, &str), date: &str, parts: Value) -> Value {
    let mut count = outcome(offense, "convicted", date);
    count["level"] = json!(offense.3);
    count["sentence"] = json!({"parts": parts});
    count
}
