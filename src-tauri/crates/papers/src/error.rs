//! What can stop a paper from being made.

/// Why no paper could be made. No variant holds client data; a single character is named where it must be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// No face has this character, or it is invisible and changes how its neighbours read.
    #[error(
        "the papers cannot print the character {character:?} (U+{code:04X}): write the name or text without it, in the letters the court's own papers use"
    )]
    Glyph {
        /// The character.
        character: char,
        /// Its Unicode code point.
        code: u32,
    },
    /// A template did not typeset. This is a defect of the program or of a changed pack, not of the record.
    #[error("the template {template} could not be typeset at line {line}: please report this")]
    Typeset {
        /// File name of the template.
        template: String,
        /// Its line, from 1; 0 when not known.
        line: usize,
    },
    /// A text of the pack names a value that does not exist there.
    #[error("the pack's text `{text}` names `{slot}`, which has no value there: mend the pack")]
    Slot {
        /// Which text.
        text: String,
        /// The unknown name.
        slot: String,
    },
    /// The pack has no words for something that a paper must say.
    #[error("the pack {pack} has no words for `{text}`: add them to its papers folder")]
    Missing {
        /// The pack's id.
        pack: String,
        /// Which text.
        text: String,
    },
    /// A court's form could not be filled.
    #[error(
        "the form {form} of the forms folder could not be filled: take it out of the folder and get the published file again"
    )]
    Form {
        /// The form's number.
        form: String,
    },
    /// A paper could not be put into a print job. This is a defect of the program or of a form, not of the record.
    #[error(
        "a paper could not be put into the print job: print the papers one by one, and please report this"
    )]
    Unbound,
    /// The findings name a case or count that the record does not have.
    #[error("the findings do not belong to this record: screen it again")]
    Mismatch,
}
