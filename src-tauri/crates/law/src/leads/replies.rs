//! The answers that a question can get, by the fact that it asks for.

use packs::limit::{JUST_OVER, Span};
use packs::offense::OffenseId;
use packs::section::Fit;
use packs::test::Leaf;
use packs::{Pack, Packs};
use record::findings::RouteId;
use record::lead::{AmountSpan, Reply};
use record::{Conduct, FactPath, Form, Record, Unit};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::Ask;
use crate::docket::Docket;

/// A question and what it is about.
pub(super) struct About<'a> {
    pub(super) record: &'a Record,
    pub(super) fact: &'a FactPath,
    /// The routes that ask.
    pub(super) routes: &'a [RouteId],
    /// The short form of what is asked, of those routes.
    pub(super) ask: &'a Ask,
    pub(super) packs: &'a Packs,
}

/// An answer, and the record with it.
pub(super) struct Try {
    pub(super) reply: Reply,
    pub(super) record: Record,
    /// The record with the answer's other end, where it is a span.
    pub(super) far: Option<Record>,
}

/// A fact's place by the parts of its path.
pub(super) enum Place<'a> {
    Person(&'a str),
    Now(&'a str),
    Case(usize, &'a str),
    Count(usize, usize, &'a str),
}

impl<'a> Place<'a> {
    pub(super) fn of(fact: &'a FactPath) -> Option<Self> {
        let path = fact.as_str();
        if let Some(part) = path.strip_prefix("person.") {
            return Some(Self::Person(part));
        }
        if let Some(part) = path.strip_prefix("now.") {
            return Some(Self::Now(part));
        }
        let (k, part) = path.strip_prefix("cases[")?.split_once("].")?;
        let k = k.parse().ok()?;
        match part
            .strip_prefix("counts[")
            .and_then(|rest| rest.split_once("]."))
        {
            Some((c, part)) => Some(Self::Count(k, c.parse().ok()?, part)),
            None => Some(Self::Case(k, part)),
        }
    }
}

impl About<'_> {
    /// Every answer, in the order in which a person would go through them.
    pub(super) fn tries(&self) -> Vec<Try> {
        let packs: Vec<&Pack> = self
            .packs
            .iter()
            .filter(|pack| self.asked_by(pack))
            .collect();
        let values = match Place::of(self.fact) {
            Some(Place::Person("born") | Place::Case(_, "filed"))
            | Some(Place::Count(.., "offense_date" | "disposition.date" | "sentence.completed")) => {
                return self.day_tries(&packs);
            }
            Some(Place::Count(k, c, "amounts")) => {
                let packs = packs.iter();
                return packs
                    .flat_map(|pack| self.amount_tries(pack, k, c))
                    .collect();
            }
            Some(Place::Count(k, c, "section")) => {
                let all = packs.iter().flat_map(|pack| self.sections(pack, k, c));
                all.map(Value::String).collect()
            }
            Some(Place::Person("registrations")) => {
                let mut all = vec![json!([])];
                let duties = packs.iter().flat_map(|pack| duties(pack));
                all.extend(duties.map(|section| json!([{ "section": section }])));
                all.dedup();
                all
            }
            Some(Place::Case(_, "court.jurisdiction")) => {
                let ours = packs.iter().map(|pack| json!(pack.id));
                ours.chain([json!("us")]).collect()
            }
            Some(Place::Count(k, c, "conduct")) => {
                let mut all = words(&Place::Count(k, c, "conduct"));
                all.retain(|act| packs.iter().any(|pack| self.can_be(pack, k, c, act)));
                all
            }
            Some(place) => words(&place),
            None => Vec::new(),
        };
        let tries = values.into_iter().filter_map(|value| {
            Some(Try {
                record: self.record.with_fact(self.fact, value.clone()).ok()?,
                reply: Reply::Values(vec![value]),
                far: None,
            })
        });
        tries.collect()
    }

    fn asked_by(&self, pack: &Pack) -> bool {
        let of = |route: &RouteId| route.0.split('/').next() == Some(pack.id.as_str());
        self.routes.iter().any(of)
    }

    // Whether a conviction of this section can rest on an act.
    fn can_be(&self, pack: &Pack, k: usize, c: usize, act: &Value) -> bool {
        let docket = Docket::new(self.record, pack, self.ask.as_of);
        let Some(charge) = &docket.entry(k, c).charge else {
            return true;
        };
        let acts: Vec<Conduct> = serde_json::from_value(act.clone()).unwrap_or_default();
        let class = acts
            .iter()
            .fold(0, |all, act| all | pack.limits.conduct(*act));
        let mut offenses = pack
            .offenses
            .matching(charge)
            .map(|(id, ..)| pack.offenses.get(id))
            .peekable();
        offenses.peek().is_none() || offenses.any(|offense| offense.conduct & class != 0)
    }

    // The subdivisions that the sheet's section can stand for.
    fn sections(&self, pack: &Pack, k: usize, c: usize) -> Vec<String> {
        let docket = Docket::new(self.record, pack, self.ask.as_of);
        let entry = docket.entry(k, c);
        let Some(charge) = &entry.charge else {
            return Vec::new();
        };
        let forms = pack.offenses.matching(charge);
        let forms = forms.filter(|(_, form, fit)| {
            *fit == Fit::Perhaps && entry.days.within(form.from, form.until).is_some()
        });
        let listed = pack.offenses.listing(charge);
        let listed = listed.filter(|(_, one, fit)| {
            *fit == Fit::Perhaps && entry.days.within(one.from, one.until).is_some()
        });
        let mut all: Vec<String> = forms.map(|(_, form, _)| form.charge.to_string()).collect();
        all.extend(listed.map(|(_, one, _)| one.charge.to_string()));
        all.sort();
        all.dedup();
        all
    }

    // Amounts at and over every limit, of each form that the limits for this offense measure.
    fn amount_tries(&self, pack: &Pack, k: usize, c: usize) -> Vec<Try> {
        let docket = Docket::new(self.record, pack, self.ask.as_of);
        let Some(charge) = &docket.entry(k, c).charge else {
            return Vec::new();
        };
        let offenses: Vec<OffenseId> = pack.offenses.matching(charge).map(|(id, ..)| id).collect();
        let rules = pack.routes.iter().filter_map(|route| route.rules());
        let scales = rules.flat_map(|rules| {
            let rows = offenses
                .iter()
                .filter_map(|id| rules.rows_of.get(id))
                .flatten();
            rows.filter_map(|n| rules.rows[*n].amount.map(|(scale, _)| scale))
        });
        let mut limits: Vec<(Form, Decimal)> = Vec::new();
        for class in scales.flat_map(|id| &pack.limits.scale(id).classes) {
            for (form, span) in [
                (Form::Flower, class.flower),
                (Form::Concentrate, class.concentrate),
                (Form::Plants, class.plants),
            ] {
                limits.extend(
                    span.most
                        .filter(|most| !most.is_zero())
                        .map(|most| (form, most)),
                );
            }
        }
        limits.sort_unstable_by_key(|(form, most)| (*form as u8, *most));
        limits.dedup();
        let possible = |form: Form, span: Span| {
            offenses.is_empty()
                || offenses.iter().any(|id| {
                    let proves = &pack.offenses.get(*id).proves;
                    let proves = match form {
                        Form::Flower => proves.flower,
                        Form::Concentrate => proves.concentrate,
                        _ => proves.plants,
                    };
                    proves.is_none_or(|proves| proves.both(&span).is_some())
                })
        };
        let mut tries = Vec::new();
        for form in [Form::Flower, Form::Concentrate, Form::Plants] {
            let edges: Vec<Decimal> = limits
                .iter()
                .filter(|(f, _)| *f == form)
                .map(|(_, m)| *m)
                .collect();
            let (unit, step) = match form {
                Form::Plants => (Unit::Plant, Decimal::ONE),
                _ => (Unit::G, JUST_OVER),
            };
            for n in 0..=edges.len() {
                let (over, at_most) = (n.checked_sub(1).map(|n| edges[n]), edges.get(n).copied());
                let span = Span {
                    least: over.map_or(step, |over| over + step),
                    most: at_most,
                };
                if edges.is_empty() || !possible(form, span) {
                    continue;
                }
                let one = at_most.unwrap_or(span.least);
                let value = json!([{ "form": form, "value": one.to_string(), "unit": unit, "bound": "exact" }]);
                tries.extend(
                    self.record
                        .with_fact(self.fact, value)
                        .ok()
                        .map(|record| Try {
                            reply: Reply::Amount(AmountSpan {
                                form,
                                over,
                                at_most,
                                unit,
                            }),
                            record,
                            far: None,
                        }),
                );
            }
        }
        tries
    }
}

// The words of the contract, each an answer.
fn words(place: &Place<'_>) -> Vec<Value> {
    let one = |words: &[&str]| words.iter().map(|word| json!(word)).collect();
    let listed = |words: &[&str]| words.iter().map(|word| json!([word])).collect();
    match place {
        Place::Now("supervision") => {
            listed(&["probation", "parole", "prcs", "mandatory_supervision"])
        }
        Place::Now("serving" | "supervised" | "charged")
        | Place::Case(_, "juvenile")
        | Place::Count(_, _, "attempt" | "sentence.violated") => vec![json!(true), json!(false)],
        Place::Person("citizenship") => one(&["citizen", "noncitizen"]),
        Place::Count(.., part) => match *part {
            "level" => one(&["felony", "misdemeanor", "infraction"]),
            "sentence.status" => one(&["completed", "serving"]),
            "disposition.plea" => one(&["guilty", "no_contest", "trial"]),
            "disposition" => ["convicted", "dismissed", "acquitted", "diverted", "pending"]
                .iter()
                .map(|kind| json!({ "kind": kind }))
                .collect(),
            "sentence.parts" => [
                &["probation"][..],
                &["jail"],
                &["jail", "mandatory_supervision"],
                &["prison"],
                &["fine"],
            ]
            .iter()
            .map(|kinds| kinds.iter().map(|kind| json!({ "kind": kind })).collect())
            .collect(),
            "conduct" => listed(&[
                "possess",
                "transport",
                "give",
                "cultivate",
                "possess_for_sale",
                "transport_for_sale",
                "sell",
                "furnish",
                "import",
                "export",
            ]),
            "relief_granted" => {
                let mut all = vec![json!([])];
                all.extend(
                    [
                        "dismissed",
                        "reduced_to_misdemeanor",
                        "sealed",
                        "vacated",
                        "pardoned",
                    ]
                    .iter()
                    .map(|effect| json!([{ "effect": effect }])),
                );
                all
            }
            part if part.starts_with("circumstances.") => vec![json!(true), json!(false)],
            _ => Vec::new(),
        },
        Place::Person(_) | Place::Now(_) | Place::Case(..) => Vec::new(),
    }
}

// Every section that a pack asks a duty to register under.
fn duties(pack: &Pack) -> Vec<String> {
    let mut all = Vec::new();
    for asked in pack.routes.iter().flat_map(packs::route::Route::tests) {
        let found = asked.test.leaves().into_iter();
        all.extend(found.filter_map(|leaf| match leaf {
            Leaf::Registered { section, .. } | Leaf::Duty(section) => Some(section.to_string()),
            _ => None,
        }));
    }
    all.sort();
    all.dedup();
    all
}
