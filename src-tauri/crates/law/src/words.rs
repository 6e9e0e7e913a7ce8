//! Words for a proof: a text of the pack filled with what the record says.

use packs::fact::Ages;
use packs::words::Words;
use record::{Bound, Conduct, Count, Form, Level, Unit};

use crate::trace::{Says, Step};

/// The words of one test.
pub(crate) fn reason(words: &Words, count: &Count, step: &Step<'_>) -> String {
    let key = match step.says {
        Says::Age(_) => "age",
        Says::Conduct => "conduct",
        Says::Amount => "amount",
        Says::Own(key) => key,
        Says::Plain | Says::Section | Says::Day(_) | Says::Levels(..) => &step.say.text,
    };
    let Some(text) = words.reason.get(key) else {
        return key.to_owned();
    };
    let text = match step.holds {
        Some(true) => &text.yes,
        Some(false) => text.no.as_ref().unwrap_or(&text.yes),
        None => text.unknown.as_ref().unwrap_or(&text.yes),
    };
    let word = |key: &str| {
        words
            .word
            .get(key)
            .cloned()
            .unwrap_or_else(|| key.to_owned())
    };
    match step.says {
        Says::Plain | Says::Own(_) => text.clone(),
        Says::Section => {
            let section = count.section.as_ref().map(|s| s.as_str().to_owned());
            text.replace(
                "{section}",
                &section.unwrap_or_else(|| word("this-offense")),
            )
        }
        Says::Age(ages) => text.replace("{age}", &age(ages)),
        Says::Conduct => {
            let acts = count.conduct.as_deref().unwrap_or_default();
            let acts: Vec<String> = acts.iter().map(|act| word(conduct(*act))).collect();
            text.replace("{list}", &acts.join(", "))
        }
        Says::Day(day) => text.replace("{date}", &day.to_string()),
        Says::Amount => text.replace("{amount}", &amounts(count, &word)),
        Says::Levels(level, class) => {
            let level = level.map_or_else(|| word("level-unknown"), |level| word(level_key(level)));
            text.replace("{level}", &level)
                .replace("{today}", &word(class.key()))
        }
    }
}

fn age(ages: Ages) -> String {
    match ages {
        Ages {
            least,
            most: u8::MAX,
        } => format!("{least}+"),
        Ages { least, most } if least == most => least.to_string(),
        Ages { least, most } => format!("{least}-{most}"),
    }
}

fn amounts(count: &Count, word: &impl Fn(&str) -> String) -> String {
    let listed = count.amounts.as_deref().unwrap_or_default();
    if listed.is_empty() {
        return word("as-convicted");
    }
    let one = |amount: &record::Amount| {
        let bound = match amount.bound() {
            Bound::Exact => String::new(),
            Bound::AtMost => format!("{} ", word("at-most")),
            Bound::AtLeast => format!("{} ", word("at-least")),
        };
        let unit = match amount.unit() {
            Unit::G => "g".to_owned(),
            Unit::Oz => "oz".to_owned(),
            Unit::Lb => "lb".to_owned(),
            Unit::Kg => "kg".to_owned(),
            Unit::Plant => String::new(),
        };
        let form = word(match amount.form() {
            Form::Flower => "flower",
            Form::Concentrate => "concentrate",
            Form::Plants => "plants",
            Form::Other => "other",
        });
        let gap = if unit.is_empty() { "" } else { " " };
        format!("{bound}{}{gap}{unit} {form}", amount.value())
    };
    listed.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn conduct(act: Conduct) -> &'static str {
    match act {
        Conduct::Possess => "possess",
        Conduct::Cultivate => "cultivate",
        Conduct::PossessForSale => "possess_for_sale",
        Conduct::Sell => "sell",
        Conduct::Furnish => "furnish",
        Conduct::Give => "give",
        Conduct::Transport => "transport",
        Conduct::TransportForSale => "transport_for_sale",
        Conduct::Import => "import",
        Conduct::Export => "export",
    }
}

fn level_key(level: Level) -> &'static str {
    match level {
        Level::Violation => "level-violation",
        Level::Infraction => "level-infraction",
        Level::Misdemeanor => "level-misdemeanor",
        Level::Felony => "level-felony",
    }
}
