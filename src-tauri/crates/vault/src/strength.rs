//! How strong a new passphrase is, and what to say about it. Judged by zxcvbn: how many guesses a good guesser needs, who knows
//! words, names, dates and keyboards. Nothing is asked of a network.

use serde::Serialize;
use zxcvbn::Score;

use crate::recovery::RecoveryCode;
use crate::secret::Passphrase;
use crate::{Error, Result};

/// Longer texts are judged by their beginning: the judge takes long over long ones.
const JUDGED: usize = 100;

/// What is thought of a passphrase.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Strength {
    /// From 0 (falls at once) to 4; a new passphrase needs [`Strength::NEEDED`].
    pub score: u8,
    /// The power of ten of the guesses it takes.
    pub guesses_log10: f64,
    /// What to do, in words; empty where nothing needs doing.
    pub advice: Vec<String>,
}

impl Strength {
    /// A hundred million guesses at about a second each: years for a thief with many machines.
    pub const NEEDED: u8 = 3;

    /// Whether a new passphrase may be this weak.
    #[must_use]
    pub const fn is_enough(&self) -> bool {
        self.score >= Self::NEEDED
    }
}

impl Passphrase {
    /// Judges a new passphrase. `known` are words a guesser would try first: the clinic's and the person's names.
    #[must_use]
    pub fn strength(&self, known: &[&str]) -> Strength {
        // On one line with a code it could not be told from one, and old sheets lie about.
        if self.as_str().parse::<RecoveryCode>().is_ok() {
            return Strength {
                score: 0,
                guesses_log10: 0.0,
                advice: vec!["This is a recovery code. Choose words of your own.".to_owned()],
            };
        }
        let text: zeroize::Zeroizing<String> =
            zeroize::Zeroizing::new(self.as_str().chars().take(JUDGED).collect());
        // The names whole, and each of their words.
        let words = known.iter().flat_map(|name| name.split_whitespace());
        let parts: Vec<&str> = known.iter().copied().chain(words).collect();
        let judged = zxcvbn::zxcvbn(&text, &parts);
        let score = u8::from(judged.score());
        let mut advice = Vec::new();
        if judged.score() < Score::Three {
            if let Some(feedback) = judged.feedback() {
                advice.extend(feedback.warning().map(|warning| warning.to_string()));
                advice.extend(feedback.suggestions().iter().map(ToString::to_string));
            }
            advice.push(
                "Four or five words that do not belong together are strong and easy to type."
                    .to_owned(),
            );
        }
        Strength {
            score,
            guesses_log10: judged.guesses_log10(),
            advice,
        }
    }

    /// Refuses a new passphrase that is too weak.
    ///
    /// # Errors
    /// [`Error::PassphraseWeak`] with the advice.
    pub(crate) fn strong_enough(&self, known: &[&str]) -> Result<()> {
        let strength = self.strength(known);
        if strength.is_enough() {
            return Ok(());
        }
        Err(Error::PassphraseWeak {
            advice: strength.advice.join(" "),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recovery_code_is_nobodys_passphrase() {
        let code = RecoveryCode::random().unwrap().to_string();
        for typed in [code.clone(), code.to_lowercase().replace('-', " ")] {
            let judged = Passphrase::new(&*typed).unwrap().strength(&[]);
            assert!(!judged.is_enough(), "{judged:?}");
        }
    }

    #[test]
    fn words_that_do_not_belong_together_are_strong_and_habits_are_weak() {
        for (typed, enough) in [
            ("a purple bicycle at noon", true),
            ("correct horse battery staple", true),
            ("x", false),
            ("password1", false),
            ("Harbor Clinic", false),
            ("qwertyuiop", false),
            ("12/03/1985", false),
            ("aaaaaaaaaaaaaaaaaaaaaaaa", false),
        ] {
            let judged = Passphrase::new(typed)
                .unwrap()
                .strength(&["Harbor Clinic", "Ana Lee"]);
            assert_eq!(judged.is_enough(), enough, "{typed}: {judged:?}");
            assert_eq!(judged.advice.is_empty(), enough, "{typed}: {judged:?}");
        }
    }
}
