//! The recovery code on paper: one sheet, or three of which any two give it back.

use papers::figures::{Figures, Part, figures_of, printable};
use record::clinic::Language;
use vault::RecoveryCode;

use crate::{Moment, Result};

/// The sheets as PDF bytes. They go to the printer and nowhere else: whoever has the paper has the office.
///
/// # Errors
/// The code is mistyped, or the system gives no random numbers.
pub(crate) fn papers(
    code: &str,
    shares: bool,
    clinic: &str,
    language: Language,
    now: Moment,
    training: bool,
) -> Result<Vec<Vec<u8>>> {
    let code: RecoveryCode = code.parse()?;
    let es = language == Language::Es;
    let say = |en: &str, es_: &str| (if es { es_ } else { en }).to_owned();
    let sheet = |title: String, what: String, parts: Vec<Part>| {
        let figures = Figures {
            title,
            about: vec![
                (say("Clinic", "Clínica"), printable(clinic)),
                (say("Made on", "Hecho el"), now.today.to_string()),
                (say("What this is", "Qué es esto"), what),
            ],
            parts,
            foot: say(
                "Keep it where the clinic keeps its seal, never with the laptop.",
                "Guárdelo donde la clínica guarda su sello, nunca con la computadora.",
            ),
            ..Figures::default()
        };
        figures_of(&figures, now.today, training).map(|printed| printed.bytes)
    };
    let words = |text: &str| {
        let numbered = text.split(' ').enumerate();
        let lines: Vec<String> = numbered
            .map(|(n, word)| format!("{}. {word}", n + 1))
            .collect();
        lines
            .chunks(5)
            .map(|five| five.join("    "))
            .collect::<Vec<_>>()
    };
    if !shares {
        let parts = vec![
            Part::Words {
                heading: say("The code", "El código"),
                paragraphs: vec![code.to_string()],
            },
            Part::Words {
                heading: say("The same code in words", "El mismo código en palabras"),
                paragraphs: words(&code.words()),
            },
        ];
        return Ok(vec![sheet(
            say("Recovery code", "Código de recuperación"),
            say(
                "Whoever has this paper has the office: it opens it without any passphrase. On the unlock screen, type the code or the words.",
                "Quien tiene este papel tiene la oficina: la abre sin ninguna frase. En la pantalla de acceso, escriba el código o las palabras.",
            ),
            parts,
        )?]);
    }
    let mut sheets = Vec::new();
    for (n, share) in code.shares()?.iter().enumerate() {
        let parts = vec![Part::Words {
            heading: say("The words of this sheet", "Las palabras de esta hoja"),
            paragraphs: words(share),
        }];
        let number = n + 1;
        sheets.push(sheet(
            say(
                &format!("Recovery code, sheet {number} of 3"),
                &format!("Código de recuperación, hoja {number} de 3"),
            ),
            say(
                "Any two of the three sheets give the recovery code back; one alone tells nothing. Keep them with three different people.",
                "Dos de las tres hojas cualesquiera devuelven el código; una sola no dice nada. Guárdelas con tres personas distintas.",
            ),
            parts,
        )?);
    }
    Ok(sheets)
}
