//! Who files: an attorney of the clinic for the client, or the client in person.

use packs::papers::{Filing, Motion};
use record::answers::{Answers, Contact, Signer};
use record::clinic::{Attorney, Clinic};
use record::{Name, Record};

use crate::PaperError;
use crate::ink::{Ink, Run, Value, Values};

/// The person who files and signs.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Filer<'a> {
    /// An attorney of the clinic.
    Attorney {
        attorney: &'a Attorney,
        /// The attorney's place in the clinic's list.
        index: usize,
        clinic: &'a Clinic,
    },
    /// The client.
    InPerson { contact: Option<&'a Contact> },
    /// Nobody said who: no name is put on a paper, and the lines for it stay blank.
    Open,
}

/// What a clerk needs on the first page and nobody has said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Missing {
    /// Address or telephone.
    pub(crate) reach: bool,
    /// The attorney's State Bar number.
    pub(crate) bar: bool,
    /// Who signs.
    pub(crate) signer: bool,
}

/// Whether it is known who signs: somebody chose, or the clinic leaves no choice.
#[must_use]
pub fn signer_is_known(clinic: &Clinic, answers: &Answers) -> bool {
    !matches!(Filer::of(clinic, Some(answers)), Filer::Open)
}

/// The name that the answers give for the one who signs, where no attorney of the clinic has it.
pub(crate) fn stranger<'a>(clinic: &Clinic, answers: Option<&'a Answers>) -> Option<&'a str> {
    let signer = answers?.elections.as_ref()?.signer.as_ref()?;
    let Signer::Attorney { name } = signer else {
        return None;
    };
    let known = clinic.attorneys.iter().any(|one| one.name == *name);
    (!known && !clinic.attorneys.is_empty()).then_some(name)
}

impl<'a> Filer<'a> {
    pub(crate) fn of(clinic: &'a Clinic, answers: Option<&'a Answers>) -> Self {
        let chosen = answers.and_then(|answers| answers.elections.as_ref()?.signer.as_ref());
        let attorney = match (chosen, clinic.attorneys.as_slice()) {
            (Some(Signer::Client), _) | (None, []) => {
                return Self::InPerson {
                    contact: answers.and_then(|answers| answers.contact.as_ref()),
                };
            }
            // An attorney who is no longer one of the clinic's signs nothing.
            (Some(Signer::Attorney { name }), all) => {
                all.iter().position(|attorney| attorney.name == *name)
            }
            (None, [_]) => Some(0),
            (None | Some(Signer::Open), _) => None,
        };
        attorney.map_or(Self::Open, |index| Self::Attorney {
            attorney: &clinic.attorneys[index],
            index,
            clinic,
        })
    }

    /// Whether the client may be represented: only where that is ruled out does the court serve for the client.
    pub(crate) fn represents(self) -> bool {
        !matches!(self, Self::InPerson { .. })
    }

    /// The path of one of the attorney's facts.
    fn path(index: usize, key: &str) -> String {
        format!("clinic.attorneys[{index}].{key}")
    }

    /// A fact of the attorney who signs.
    pub(crate) fn attorneys(
        self,
        key: &str,
        of: impl Fn(&Attorney) -> Option<&String>,
    ) -> Option<Value> {
        match self {
            Self::Attorney {
                attorney, index, ..
            } => Some(Value::new(of(attorney)?, Self::path(index, key))),
            Self::InPerson { .. } | Self::Open => None,
        }
    }

    /// What is missing for a first page.
    pub(crate) fn missing(self) -> Missing {
        match self {
            Self::Attorney {
                attorney, clinic, ..
            } => Missing {
                reach: !complete(&clinic.address)
                    || attorney.phone.is_none() && clinic.phone.is_none(),
                bar: attorney.bar.as_deref().is_none_or(blank),
                signer: false,
            },
            Self::InPerson { contact } => Missing {
                reach: contact.is_none_or(|contact| {
                    !complete(contact.address.as_deref().unwrap_or_default())
                        || contact.phone.is_none()
                }),
                ..Missing::default()
            },
            Self::Open => Missing {
                signer: true,
                ..Missing::default()
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
            Self::Attorney {
                attorney,
                index,
                clinic,
            } => {
                let who = Value::new(&attorney.name, Self::path(index, "name"));
                let values = values.with("attorney", who);
                lines.push(match &attorney.bar {
                    Some(bar) if !blank(bar) => {
                        let bar = Value::new(bar, Self::path(index, "bar"));
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
                let phone = self
                    .attorneys("phone", |attorney| attorney.phone.as_ref())
                    .or_else(|| Some(Value::new(clinic.phone.as_ref()?, "clinic.phone")));
                reach(ink, &mut lines, words, phone)?;
                if let Some(email) = &attorney.email {
                    let email = Value::new(email, Self::path(index, "email"));
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
            Self::Open => {
                for line in [
                    &party.no_name,
                    &party.no_address,
                    &party.no_phone,
                    &party.open,
                ] {
                    lines.push(ink.text(line, &values)?);
                }
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
            Self::Attorney {
                attorney, index, ..
            } => {
                let who = Value::new(&attorney.name, Self::path(index, "name"));
                vec![
                    vec![Run::text(ink.put("attorney", &who))],
                    ink.runs(&words.signature.attorney, &values)?,
                ]
            }
            Self::InPerson { .. } => vec![
                vec![Run::text(ink.put("name", &name(&record.person.name)))],
                ink.runs(&words.signature.in_person, &values)?,
            ],
            Self::Open => vec![ink.runs(&words.signature.open, &values)?],
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

/// A street, and under it a city with its state and ZIP code: what line 1 of a first page must say (Cal. Rules of Court, rule 2.111).
pub(crate) fn complete(address: &[String]) -> bool {
    let lines = said(address);
    let plain = |line: &&&String| crate::official::city_line(line.trim()).is_some();
    lines.len() > 1 && lines.last().filter(plain).is_some()
}

fn blank(text: impl AsRef<str>) -> bool {
    text.as_ref().trim().is_empty()
}
