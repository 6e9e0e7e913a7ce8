//! The words of a pack: reasons, questions, warnings, points for a lawyer, in every language with the same keys.

use std::collections::BTreeMap;

use record::clinic::Language;
use serde::Deserialize;
use toml::Spanned;

use crate::error::{LoadError, Problem};
use crate::file::TextFile;

/// The words of one language.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// What the jurisdiction is called; its id where nothing is said.
    #[serde(default)]
    pub name: String,
    /// Names of routes.
    #[serde(default)]
    pub route: BTreeMap<String, String>,
    /// What a route does once it is granted, and what it does not, by route.
    #[serde(default)]
    pub effect: BTreeMap<String, String>,
    /// What a test says when it holds, when not, and when that is unknown.
    #[serde(default)]
    pub reason: BTreeMap<String, ReasonWords>,
    /// How to ask for a fact, by the last part of its path.
    #[serde(default)]
    pub question: BTreeMap<String, QuestionWords>,
    /// What the client must be told, by code.
    #[serde(default)]
    pub warning: BTreeMap<String, String>,
    /// Points for a lawyer.
    #[serde(default)]
    pub review: BTreeMap<String, String>,
    /// Single words that reasons are filled with.
    #[serde(default)]
    pub word: BTreeMap<String, String>,
}

/// The words of one test.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReasonWords {
    /// It holds.
    pub yes: String,
    /// It does not.
    pub no: Option<String>,
    /// Nobody knows.
    pub unknown: Option<String>,
}

/// The words of one question.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionWords {
    /// The question.
    pub ask: String,
    /// Where the answer is found.
    #[serde(rename = "where")]
    pub place: String,
}

/// What may stand in braces in a reason.
const BLANKS: [&str; 8] = [
    "age", "amount", "date", "day", "level", "list", "section", "today",
];

/// Reasons that the engine gives whatever the route.
const NEEDED_REASONS: &[&str] = &["age", "conduct", "amount", "standing"];

/// Facts that the engine asks for whatever the route; circumstances have the keys of the record.
const NEEDED_QUESTIONS: &[&str] = &[
    "born",
    "registrations",
    "supervised",
    "jurisdiction",
    "filed",
    "section",
    "attempt",
    "target",
    "level",
    "offense_date",
    "disposition",
    "date",
    "conduct",
    "amounts",
    "relief_granted",
    "buyer_under_18",
    "recipient_under_21",
    "employed_under_21",
    "school_grounds",
    "left_state",
    "environmental_harm",
    "grow_rules_broken",
    "trafficking_victim",
    "within_custody_facility",
    "value_over_950",
    "fire_crew",
    "supervision",
    "serving",
    "charged",
    "citizenship",
    "juvenile",
    "arrests",
    "sentence",
    "parts",
    "completed",
    "violated",
    "plea",
];

/// The words of every language.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    en: Words,
    es: Words,
}

impl Texts {
    pub(crate) fn load(en: &TextFile, es: &TextFile) -> Result<Self, LoadError> {
        let texts = Self {
            en: en.parse()?,
            es: es.parse()?,
        };
        for (file, words) in [(en, &texts.en), (es, &texts.es)] {
            if let Some(key) = words.empty() {
                let problem = format!("the text `{key}` is empty");
                return Err(file.error(near(&file.text, &key), Problem::Value(problem)));
            }
        }
        let (english, spanish) = (texts.en.keys(), texts.es.keys());
        for (keys, file) in [(&english, en), (&spanish, es)] {
            for blank in keys.values().flatten() {
                if !BLANKS.contains(&blank.as_str()) {
                    let at = file.text.find(&format!("{{{blank}}}")).unwrap_or(0);
                    let problem = Problem::unknown("the word in braces", blank, BLANKS);
                    return Err(file.error(at..at, problem));
                }
            }
        }
        for (mine, theirs, file, language) in [
            (&english, &spanish, es, "Spanish"),
            (&spanish, &english, en, "English"),
        ] {
            for (key, blanks) in mine {
                let problem = match theirs.get(key) {
                    None => Problem::Untranslated {
                        key: key.clone(),
                        language,
                    },
                    Some(other) if other != blanks => Problem::Value(format!(
                        "the text `{key}` does not have the same words in braces in both languages"
                    )),
                    Some(_) => continue,
                };
                return Err(file.error(near(&file.text, key), problem));
            }
        }
        for (kind, keys) in [("reason", NEEDED_REASONS), ("question", NEEDED_QUESTIONS)] {
            for key in keys {
                let found = match kind {
                    "reason" => texts.en.reason.contains_key(*key),
                    _ => texts.en.question.contains_key(*key),
                };
                if !found {
                    let problem = format!("the engine says `{kind}.{key}`, which has no text");
                    return Err(en.error(0..0, Problem::Value(problem)));
                }
            }
        }
        Ok(texts)
    }

    /// The words of a language.
    #[must_use]
    pub fn of(&self, language: Language) -> &Words {
        match language {
            Language::En => &self.en,
            Language::Es => &self.es,
        }
    }

    pub(crate) fn need<'a>(
        &'a self,
        file: &TextFile,
        kind: &'static str,
        key: &Spanned<String>,
        table: impl Fn(&'a Words) -> Vec<&'a String>,
    ) -> Result<String, LoadError> {
        let known = table(&self.en);
        if known.contains(&key.get_ref()) {
            return Ok(key.get_ref().clone());
        }
        let known = known.into_iter().map(String::as_str);
        Err(file.error_at(key, Problem::unknown(kind, key.get_ref(), known)))
    }

    pub(crate) fn reason(
        &self,
        file: &TextFile,
        key: &Spanned<String>,
    ) -> Result<String, LoadError> {
        self.need(file, "the reason's text", key, |w| {
            w.reason.keys().collect()
        })
    }

    pub(crate) fn review(
        &self,
        file: &TextFile,
        key: &Spanned<String>,
    ) -> Result<String, LoadError> {
        self.need(file, "the review's text", key, |w| {
            w.review.keys().collect()
        })
    }

    pub(crate) fn warning(
        &self,
        file: &TextFile,
        key: &Spanned<String>,
    ) -> Result<String, LoadError> {
        self.need(file, "the warning's text", key, |w| {
            w.warning.keys().collect()
        })
    }

    pub(crate) fn word(&self, file: &TextFile, key: &Spanned<String>) -> Result<String, LoadError> {
        self.need(file, "the word", key, |w| w.word.keys().collect())
    }
}

impl Words {
    // Every text's key with the words in braces that it uses.
    fn keys(&self) -> BTreeMap<String, Vec<String>> {
        let texts = self.texts().into_iter();
        texts.map(|(key, text)| (key, blanks(text))).collect()
    }

    // The key of a text that says nothing.
    fn empty(&self) -> Option<String> {
        let mut texts = self.texts().into_iter();
        texts.find_map(|(key, text)| text.trim().is_empty().then_some(key))
    }

    // Every text with its key.
    fn texts<'a>(&'a self) -> Vec<(String, &'a str)> {
        let mut all = Vec::new();
        let mut add = |kind: &str, key: &str, part: &str, text: &'a str| {
            all.push((format!("{kind}.{key}{part}"), text));
        };
        for (key, words) in &self.reason {
            add("reason", key, ".yes", &words.yes);
            for (part, text) in [(".no", &words.no), (".unknown", &words.unknown)] {
                if let Some(text) = text {
                    add("reason", key, part, text);
                }
            }
        }
        for (key, words) in &self.question {
            add("question", key, ".ask", &words.ask);
            add("question", key, ".where", &words.place);
        }
        for (kind, table) in [
            ("route", &self.route),
            ("effect", &self.effect),
            ("warning", &self.warning),
            ("review", &self.review),
            ("word", &self.word),
        ] {
            for (key, text) in table {
                add(kind, key, "", text);
            }
        }
        all
    }
}

// Where a text would stand in its file: at its table, or at its kind's.
fn near(text: &str, key: &str) -> std::ops::Range<usize> {
    let (kind, rest) = key.split_once('.').unwrap_or((key, ""));
    let table = rest.split('.').next().unwrap_or_default();
    let at = text
        .find(&format!("[{kind}.{table}]"))
        .or_else(|| text.find(&format!("[{kind}]")));
    let at = at.unwrap_or(0);
    at..at
}

fn blanks(text: &str) -> Vec<String> {
    let mut found: Vec<String> = text
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}
