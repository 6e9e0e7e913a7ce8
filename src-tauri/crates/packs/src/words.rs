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
    /// Names of routes.
    #[serde(default)]
    pub route: BTreeMap<String, String>,
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
        let (english, spanish) = (texts.en.keys(), texts.es.keys());
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
                return Err(file.error(0..0, problem));
            }
        }
        for (key, blanks) in &english {
            if let Some(blank) = blanks.iter().find(|b| !BLANKS.contains(&b.as_str())) {
                let problem = Problem::unknown("the word in braces", blank, BLANKS);
                let at = en.text.find(&format!("{{{blank}}}")).unwrap_or(0);
                let _ = key;
                return Err(en.error(at..at, problem));
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
        let mut all = BTreeMap::new();
        let mut add = |kind: &str, key: &str, part: &str, text: &str| {
            all.insert(format!("{kind}.{key}{part}"), blanks(text));
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
