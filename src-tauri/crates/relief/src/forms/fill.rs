//! `relief forms fill`: values by the names of fields, into a form.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use forms::{Attachment, Blank, Fill, Filled, FormError, Given, Library, Values, identify};
use packs::Packs;
use packs::forms::{Edition, Fact};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::Sheets;
use crate::args::{self, day};
use crate::report::Report;
use crate::{packet, whole};

pub(super) fn run(args: &args::Fill, packs: &Packs, report: &mut Report) {
    let bytes = match std::fs::read(&args.file) {
        Ok(bytes) => bytes,
        Err(error) => return report.refuse_file(&args.file, &error),
    };
    let Some(values) = values(&args.values, report) else {
        return;
    };
    let blank = match Blank::open(&bytes) {
        Ok(blank) => blank,
        Err(error) => return report.refuse(&args.file, 1, error),
    };
    let library = (args.forms.as_ref()).map(|folder| packet::library(folder, packs, report));
    let known = Sheets::of(packs, library.as_ref());
    let form = Form::of(&bytes, &blank, &values, &known);
    let attached = library.as_ref().and_then(|library| form.attached(library));
    let made = form.fill(attached.as_ref(), args.editable.is_some());
    let (filled, editable) = match made {
        Ok(made) => made,
        Err(error) => return report.refuse(&args.file, 1, error),
    };
    for refused in &filled.refused {
        report.refuse(
            &args.values,
            1,
            format_args!("`{}`: {}", refused.field, refused.why),
        );
    }
    let sheet = match &attached {
        Some(attached) => format!("the attachment {}", attached.number),
        None => "the continuation page".to_owned(),
    };
    for moved in &filled.moved {
        report.note(
            &args.values,
            1,
            format_args!(
                "`{}` does not fit: it stands on {sheet} as item {}",
                moved.field, moved.number
            ),
        );
    }
    if let Some(attached) = attached.filter(|one| !filled.moved.is_empty() && one.open > 0) {
        report.note(
            &args.values,
            1,
            format_args!(
                "{} fields at the top of the attachment {} are blank, as the values do not hold what belongs there: write them by hand",
                attached.open, attached.number
            ),
        );
    }
    if !filled.cleared.is_empty() {
        report.note(
            &args.file,
            1,
            format_args!(
                "{} fields held an answer already that nobody gave here; they are left blank",
                filled.cleared.len()
            ),
        );
    }
    let mut outputs = vec![(&args.out, &filled.filing)];
    outputs.extend(args.editable.as_ref().zip(editable.as_ref()));
    for (path, bytes) in outputs {
        if let Err(error) = whole::write(path, bytes) {
            report.refuse(
                path,
                1,
                format_args!("the form could not be written: {error}"),
            );
        }
    }
}

/// A form that is filled, with what a pack says of it.
struct Form<'a> {
    blank: &'a Blank,
    values: &'a Values,
    packs: &'a Packs,
    number: String,
    edition: Option<&'a Edition>,
}

/// A form behind another one, for what does not fit there.
struct Attached<'a> {
    number: String,
    attachment: Attachment<'a>,
    /// How many of its fields that say whose case it is stay blank.
    open: usize,
}

impl<'a> Form<'a> {
    fn of(bytes: &[u8], blank: &'a Blank, values: &'a Values, known: &Sheets<'a>) -> Self {
        let found = identify(bytes, blank, &known.all);
        Self {
            blank,
            values,
            packs: known.packs,
            edition: known.place(&found).and_then(|(_, _, edition)| edition),
            number: found.number.unwrap_or_default(),
        }
    }

    /// What was given for a fact of the form's.
    fn given(&self, wanted: &Fact) -> Option<&'a str> {
        let mut fields = (self.edition.into_iter()).flat_map(|edition| edition.fields_for(wanted));
        fields.find_map(|field| match self.values.get(&field) {
            Some(Given::Text(text)) if !text.trim().is_empty() => Some(text.as_str()),
            _ => None,
        })
    }

    /// The pack's own form for what others have no room for, where the folder has its blank. A form that no pack knows gets none:
    /// nobody says that its court takes it.
    fn attached<'l>(&self, library: &'l Library) -> Option<Attached<'l>>
    where
        'a: 'l,
    {
        let of = |pack: &&packs::Pack| pack.forms.iter().any(|sheet| sheet.number == self.number);
        let pack = self.packs.iter().find(of)?;
        let others = pack.forms.iter().filter(|one| one.number != self.number);
        others.into_iter().find_map(|sheet| {
            let (entry, edition) = library.find(sheet, day(None))?;
            let mut values = Values::new();
            let mut open = 0;
            for (name, fact) in &edition.text {
                let text = match fact {
                    Fact::AttachmentBody
                    | Fact::AttachmentNumber
                    | Fact::AttachmentPage
                    | Fact::AttachmentPages => continue,
                    Fact::Words(words) if words.contains("{name}") => {
                        (self.given(&Fact::PersonName)).map(|name| words.replace("{name}", name))
                    }
                    Fact::Words(words) => Some(words.clone()),
                    fact => self.given(fact).map(str::to_owned),
                };
                match text {
                    Some(text) => {
                        values.insert(edition.field(name), Given::Text(text));
                    }
                    None => open += 1,
                }
            }
            Some(Attached {
                number: sheet.number.clone(),
                attachment: Attachment::described(&entry.blank, edition, values)?,
                open,
            })
        })
    }

    /// The copy for filing, and one to edit where it is wanted: that one has a page of ours, as the attachment's fields would have the
    /// names of the form's own.
    fn fill(
        &self,
        attached: Option<&Attached<'_>>,
        editable: bool,
    ) -> Result<(Filled, Option<Vec<u8>>), FormError> {
        let given = |fact, words: &str| self.given(&fact).map(|text| format!("{words}{text}"));
        let heading = [
            given(Fact::PersonName, ""),
            given(Fact::CaseNumber, "Case No. "),
        ];
        let how = Fill {
            form: self.number.clone(),
            heading: heading.into_iter().flatten().collect(),
            editable,
            ..Fill::default()
        };
        let Some(attached) = attached else {
            let mut filled = self.blank.fill(self.values, &how)?;
            let editable = filled.editable.take();
            return Ok((filled, editable));
        };
        let copy = if editable {
            self.blank.fill(self.values, &how)?.editable
        } else {
            None
        };
        let filing = Fill {
            attachment: Some(attached.attachment.clone()),
            editable: false,
            ..how
        };
        Ok((self.blank.fill(self.values, &filing)?, copy))
    }
}

/// Reads `{"field name": "text" or true}`.
fn values(file: &Path, report: &mut Report) -> Option<Values> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            report.refuse_file(file, &error);
            return None;
        }
    };
    let Pairs(pairs) = match serde_json::from_str(&text) {
        Ok(pairs) => pairs,
        Err(error) => {
            let words = "this is not a JSON object of field names with a text or true";
            report.refuse(file, error.line().max(1), words);
            return None;
        }
    };
    let mut names = BTreeSet::new();
    let twice: BTreeSet<&String> = (pairs.iter().map(|(name, _)| name))
        .filter(|name| !names.insert(*name))
        .collect();
    if !twice.is_empty() {
        for name in twice {
            let words =
                "is given twice, and only one of the two can be meant: give each field once";
            report.refuse(file, 1, format_args!("`{name}` {words}"));
        }
        return None;
    }
    let mut values = Values::new();
    for (name, value) in pairs {
        let given = match value {
            Value::String(text) => Given::Text(text),
            Value::Bool(tick) => Given::Tick(tick),
            Value::Null => continue,
            Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                report.refuse(
                    file,
                    1,
                    format_args!("`{name}`: give a text in quotes, true or false"),
                );
                continue;
            }
        };
        values.insert(name, given);
    }
    Some(values)
}

/// An object's members, also those given twice: a map would keep the last one and say nothing.
struct Pairs(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Pairs;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Members)
    }
}
