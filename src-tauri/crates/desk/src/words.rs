//! The words of the results screen, by key, in both languages. What is law's own to say stands in the packs.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use record::clinic::Language;

use crate::view::Text;

type Words = BTreeMap<String, String>;

static EN: LazyLock<Words> = LazyLock::new(|| flat(include_str!("../words/en.toml")));
static ES: LazyLock<Words> = LazyLock::new(|| flat(include_str!("../words/es.toml")));

fn words(language: Language) -> &'static Words {
    match language {
        Language::En => &EN,
        Language::Es => &ES,
    }
}

/// The text under a key, with its `{names}` filled in. A key that is missing shows itself; a test sees to it that none is.
pub(crate) fn say(language: Language, key: &str, filled: &[(&str, &str)]) -> Text {
    let mut text = words(language)
        .get(key)
        .cloned()
        .unwrap_or_else(|| key.to_owned());
    for (name, value) in filled {
        text = text.replace(&format!("{{{name}}}"), value);
    }
    Text {
        key: key.to_owned(),
        text,
    }
}

fn flat(list: &str) -> Words {
    fn walk(table: &toml::Table, before: &str, into: &mut Words) {
        for (name, value) in table {
            let key = format!("{before}{name}");
            match value {
                toml::Value::Table(inner) => walk(inner, &format!("{key}."), into),
                other => {
                    into.insert(key, other.as_str().unwrap_or_default().to_owned());
                }
            }
        }
    }
    let mut into = Words::new();
    // The lists are part of the program, and a test reads them: nothing is lost here unseen.
    walk(&list.parse().unwrap_or_default(), "", &mut into);
    into
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        let mut names: Vec<_> = text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'))
            .map(|(name, _)| name)
            .collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn both_languages_say_the_same_things() {
        assert!(EN.len() > 50, "the list was not read");
        for key in EN.keys().chain(ES.keys()) {
            let en = EN
                .get(key)
                .unwrap_or_else(|| panic!("{key} is not in English"));
            let es = ES
                .get(key)
                .unwrap_or_else(|| panic!("{key} is not in Spanish"));
            assert_eq!(names(en), names(es), "{key}");
            assert!(
                !en.is_empty() && !es.is_empty() && !en.contains('!'),
                "{key}"
            );
        }
    }

    #[test]
    fn names_are_filled_in() {
        let text = say(Language::Es, "change.wait", &[("date", "2027-01-01")]);
        assert_eq!(text.text, "Esperar hasta el 2027-01-01.");
        assert_eq!(text.key, "change.wait");
    }
}
