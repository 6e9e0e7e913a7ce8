//! Who files: an attorney of the clinic for the client, or the client in person.

use packs::papers::{Filing, Motion};
use record::answers::{Answers, Contact};
use record::clinic::{Attorney, Clinic};
use record::{Name, Record};

use crate::PaperError;
use crate::ink::{Ink, Run, Value, Values};

/// The person who files and signs.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Filer<'a> {
    /// The clinic's first attorney.
    Attorney {
        attorney: &'a Attorney,
        clinic: &'a Clinic,
    },
    /// The client.
    InPerson { contact: Option<&'a Contact> },
}

/// What a clerk needs on the first page and nobody has said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Missing {
    /// Address or telephone.
    pub(crate) reach: bool,
    /// The attorney's State Bar number.
    pub(crate) bar: bool,
}

impl<'a> Filer<'a> {
    pub(crate) fn of(clinic: &'a Clinic, answers: Option<&'a Answers>) -> Self {
        match clinic.attorneys.first() {
            Some(attorney) => Self::Attorney { attorney, clinic },
            None => Self::InPerson {
                contact: answers.and_then(|answers| answers.contact.as_ref()),
            },
        }
    }

    pub(crate) fn represents(self) -> bool {
        matches!(self, Self::Attorney { .. })
    }

    /// What is missing for a first page.
    pub(crate) fn missing(self) -> Missing {
        match self {
            Self::Attorney { attorney, clinic } => Missing {
                reach: said(&clinic.address).is_empty()
                    || attorney.phone.is_none() && clinic.phone.is_none(),
                bar: attorney.bar.as_deref().is_none_or(blank),
            },
            Self::InPerson { contact } => Missing {
                reach: contact.is_none_or(|contact| {
                    said(contact.address.as_deref().unwrap_or_default()).is_empty()
                        || contact.phone.is_none()
                }),
                bar: false,
            },
        }
    }

    /// The block at the left of lines 1 to 7.
    pub(crate) fn block(
        self,
        ink: &mut Ink,
        words: &Filing,
        motion: &Motion,
        record: &Record,
    ) -> Result<Vec<String>, PaperError> {
        let party = &words.party;
        let values = Values::default()
            .with("name", name(&record.person.name))
            .with("capacity", Value::word(motion.capacity.clone()));
        let mut lines = Vec::new();
        match self {
            Self::Attorney { attorney, clinic } => {
                let who = Value::new(&attorney.name, "clinic.attorneys[0].name");
                let values = values.with("attorney", who);
                lines.push(match &attorney.bar {
                    Some(bar) if !blank(bar) => {
                        let bar = Value::new(bar, "clinic.attorneys[0].bar");
                        ink.text(&party.attorney, &values.clone().with("bar", bar))?
                    }
                    _ => ink.text(&party.attorney_no_bar, &values)?,
                });
                if !blank(&clinic.name) {
                    lines.push(ink.put("clinic", &Value::new(&clinic.name, "clinic.name")));
                }
                address(ink, &mut lines, "clinic.address", &clinic.address);
                if said(&clinic.address).is_empty() {
                    lines.push(ink.text(&party.no_address, &values)?);
                }
                let phone = attorney
                    .phone
                    .as_ref()
                    .map(|phone| Value::new(phone, "clinic.attorneys[0].phone"))
                    .or_else(|| Some(Value::new(clinic.phone.as_ref()?, "clinic.phone")));
                reach(ink, &mut lines, words, phone)?;
                if let Some(email) = &attorney.email {
                    let email = Value::new(email, "clinic.attorneys[0].email");
                    lines.push(ink.text(&party.email, &Values::default().with("email", email))?);
                }
                lines.push(ink.text(&party.attorney_for, &values)?);
            }
            Self::InPerson { contact } => {
                let who = name(&record.person.name);
                lines.push(if who.text.is_empty() {
                    ink.text(&party.no_name, &values)?
                } else {
                    ink.put("name", &who)
                });
                let home = contact
                    .and_then(|c| c.address.as_deref())
                    .unwrap_or_default();
                address(ink, &mut lines, "answers.contact.address", home);
                if said(home).is_empty() {
                    lines.push(ink.text(&party.no_address, &values)?);
                }
                let phone = contact.and_then(|c| c.phone.as_ref());
                let phone = phone.map(|phone| Value::new(phone, "answers.contact.phone"));
                reach(ink, &mut lines, words, phone)?;
                if let Some(email) = contact.and_then(|c| c.email.as_ref()) {
                    let email = Value::new(email, "answers.contact.email");
                    lines.push(ink.text(&party.email, &Values::default().with("email", email))?);
                }
                lines.push(ink.text(&party.in_person, &values)?);
            }
        }
        Ok(lines)
    }

    /// What stands below the signature line of a motion.
    pub(crate) fn signature(
        self,
        ink: &mut Ink,
        words: &Filing,
        motion: &Motion,
        record: &Record,
    ) -> Result<Vec<Vec<Run>>, PaperError> {
        let values = Values::default().with("capacity", Value::word(motion.capacity.clone()));
        Ok(match self {
            Self::Attorney { attorney, .. } => {
                let who = Value::new(&attorney.name, "clinic.attorneys[0].name");
                vec![
                    vec![Run::text(ink.put("attorney", &who))],
                    ink.runs(&words.signature.attorney, &values)?,
                ]
            }
            Self::InPerson { .. } => vec![
                vec![Run::text(ink.put("name", &name(&record.person.name)))],
                ink.runs(&words.signature.in_person, &values)?,
            ],
        })
    }
}

/// The person's name as it is spoken.
pub(crate) fn name(name: &Name) -> Value {
    Value::new(name.full(), "person.name")
}

fn address(ink: &mut Ink, lines: &mut Vec<String>, path: &str, address: &[String]) {
    for (n, line) in address.iter().enumerate().filter(|(_, line)| !blank(line)) {
        lines.push(ink.put("address", &Value::new(line, format!("{path}[{n}]"))));
    }
}

fn reach(
    ink: &mut Ink,
    lines: &mut Vec<String>,
    words: &Filing,
    phone: Option<Value>,
) -> Result<(), PaperError> {
    lines.push(match phone {
        Some(phone) => ink.text(&words.party.phone, &Values::default().with("phone", phone))?,
        None => ink.text(&words.party.no_phone, &Values::default())?,
    });
    Ok(())
}

fn said(lines: &[String]) -> Vec<&String> {
    lines.iter().filter(|line| !blank(line)).collect()
}

fn blank(text: impl AsRef<str>) -> bool {
    text.as_ref().trim().is_empty()
}
