//! How long one record takes: ten counts, one route and all of them, with full proof and with the answer alone.

#![expect(
    clippy::unwrap_used,
    reason = "a test or a measurement stops at the first surprise"
)]

use divan::{Bencher, black_box};
use law::{Ask, Detail, screen};
use packs::Packs;
use record::Record;
use record::clinic::Language;
use record::findings::RouteId;

fn main() {
    divan::main();
}

// Ten counts as a sheet gives them: some facts known, some not, two of them no business of the route.
fn record() -> Record {
    let count = |n: usize, section: &str, extra: &str| {
        format!(
            r#"{{"court":{{"jurisdiction":"us-ca","county":"Fresno"}},"number":"0{n}F0100{n}","filed":"200{n}-03-20","counts":[
            {{"section":"{section}","level":"felony","offense_date":"200{n}-03-14","attempt":false,
              "disposition":{{"kind":"convicted","date":"200{n}-05-01","plea":"guilty"}},
              "sentence":{{"parts":[{{"kind":"probation","years":3}}],"status":"completed","completed":"201{n}-05-01"}},
              "relief_granted":[]{extra}}}]}}"#
        )
    };
    let cases = [
        count(
            0,
            "HS 11357(a)",
            r#","amounts":[{"form":"concentrate","value":"3","unit":"g","bound":"exact"}]"#,
        ),
        count(
            1,
            "HS 11358",
            r#","amounts":[{"form":"plants","value":"9","unit":"plant","bound":"exact"}]"#,
        ),
        count(2, "HS 11359", ""),
        count(3, "HS 11360(a)", r#","conduct":["transport"]"#),
        count(4, "HS 11360(a)", ""),
        count(5, "PC 459", ""),
        count(
            6,
            "HS 11359",
            r#","circumstances":{"buyer_under_18":false,"employed_under_21":false}"#,
        ),
        count(7, "HS 11357(a)", ""),
        count(8, "VC 23152(a)", ""),
        count(9, "HS 11358", ""),
    ];
    let text = format!(
        r#"{{"schema":"relief-desk/record/1","person":{{"name":{{"given":"Ada","family":"Bench"}},"born":"1975-05-05",
        "citizenship":"citizen","registrations":[]}},"now":{{"serving":false,"supervised":false,"charged":false}},
        "cases":[{}]}}"#,
        cases.join(",")
    );
    Record::from_json(&text).unwrap()
}

fn ask(detail: Detail, route: Option<&str>) -> Ask {
    Ask {
        as_of: jiff::civil::date(2026, 11, 21),
        routes: route.map(|route| vec![RouteId(route.to_owned())]),
        detail,
        lang: Language::En,
    }
}

#[divan::bench]
fn ten_counts_one_route_full(bencher: Bencher<'_, '_>) {
    let (packs, record, ask) = (
        Packs::builtin().unwrap(),
        record(),
        ask(Detail::Full, Some("us-ca/prop-64")),
    );
    bencher.bench(|| screen(black_box(&record), &ask, packs));
}

#[divan::bench]
fn ten_counts_one_route_answer(bencher: Bencher<'_, '_>) {
    let (packs, record, ask) = (
        Packs::builtin().unwrap(),
        record(),
        ask(Detail::Answer, Some("us-ca/prop-64")),
    );
    bencher.bench(|| screen(black_box(&record), &ask, packs));
}

#[divan::bench]
fn ten_counts_all_routes_full(bencher: Bencher<'_, '_>) {
    let (packs, record, ask) = (Packs::builtin().unwrap(), record(), ask(Detail::Full, None));
    bencher.bench(|| screen(black_box(&record), &ask, packs));
}

#[divan::bench]
fn load_the_pack(bencher: Bencher<'_, '_>) {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs/us-ca");
    bencher.bench(|| Packs::load(black_box(&dir)).unwrap());
}
