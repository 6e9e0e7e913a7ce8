//! A changed pack: exactly those who gain or lose are named.

use jiff::civil::date;
use law::rescreen::{Way, compare};
use law::{Ask, Detail, screen};
use packs::{Pack, Packs};
use record::clinic::Language;
use record::findings::Findings;

fn screened(packs: &Packs, case: &packs::case::WorkedCase) -> Findings {
    let ask = Ask {
        as_of: date(2026, 11, 21),
        routes: None,
        detail: Detail::Answer,
        lang: Language::En,
    };
    screen(&case.record, &ask, packs).findings
}

#[test]
fn a_limit_that_moves_changes_those_between_and_nobody_else() {
    let old = Packs::builtin().unwrap_or_else(|error| panic!("{error}"));
    let pack = old.iter().next().unwrap_or_else(|| panic!("a pack"));
    let moved: Vec<(String, String)> = pack
        .texts_of_files()
        .map(|(name, text)| {
            let text = match name {
                "limits.toml" => text.replace("<= 6 plants", "<= 4 plants"),
                _ => text.to_owned(),
            };
            (name.to_owned(), text)
        })
        .collect();
    let texts = moved
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    let new = Pack::from_texts("moved", texts).unwrap_or_else(|error| panic!("{error}"));
    let new = Packs::only(vec![new]);
    let cases = pack
        .worked_cases()
        .unwrap_or_else(|error| panic!("{error}"));
    let (mut gains, mut loses) = (0, 0);
    for case in &cases {
        let saved = screened(old, case);
        assert!(compare(&saved, &saved).is_empty(), "{}", case.id);
        for change in compare(&saved, &screened(&new, case)) {
            match change.way {
                Way::Gains => gains += 1,
                Way::Loses => loses += 1,
                Way::Differs => {}
            }
            // Only growing is measured in plants.
            let k = change.case.unwrap_or_else(|| panic!("{change:?}"));
            let grown = case.record.cases[k].counts.iter().any(|count| {
                let section = count.section.as_ref().map_or("", |s| s.as_str());
                let amounts = count.amounts.as_deref().unwrap_or_default();
                section.contains("11358")
                    || amounts.iter().any(|a| a.form() == record::Form::Plants)
            });
            assert!(grown, "{}: {change:?}", case.id);
        }
    }
    // A lower limit helps nobody.
    assert!(loses > 0 && gains == 0, "{loses} lose, {gains} gain");
}
