//! Letters and lists that are no court's business, made only where somebody asks for them: to a company whose report is behind the
//! court's order, and for a copy of one's own record.

use packs::forms::SignedBy;
use packs::papers::Phrase;
use record::IdentifierKind;
use record::answers::Also;
use serde::Serialize;

use crate::ink::{Ink, Run, Value, Values};
use crate::job::Job;
use crate::motion::DATE;
use crate::pleading::{Block, court, day, with_rule};
use crate::press::{self, Layout, Printed};
use crate::signing::{List, Part, short};
use crate::{Blank, LostPaper, Paper, PaperError, PaperKind, Recipient, filer, words};

/// Data of `letter.typ`.
#[derive(Serialize)]
struct Letter {
    training: bool,
    day: [i16; 3],
    title: String,
    author: String,
    from: Vec<String>,
    to: Vec<Block>,
    body: Vec<Block>,
}

/// Those that were asked for, of a person whose cases are `all`; the first says the person's facts and the words.
pub(crate) fn write(all: &[Job<'_>], lost: &mut Vec<LostPaper>) -> Result<Vec<Paper>, PaperError> {
    let Some(first) = all.first() else {
        return Ok(Vec::new());
    };
    let elections = first.answers.and_then(|answers| answers.elections.as_ref());
    let wanted = elections
        .and_then(|made| made.also.as_deref())
        .unwrap_or_default();
    let mut papers = Vec::new();
    for (also, title) in [
        (Also::Dispute, &first.texts.sheets.dispute.title),
        (Also::LiveScan, &first.texts.sheets.live_scan.title),
        (Also::FeeWaiver, &first.texts.sheets.fee_waiver.title),
    ] {
        if !wanted.contains(&also) {
            continue;
        }
        let made = match also {
            Also::Dispute => dispute(all, first),
            Also::LiveScan => live_scan(first).map(Some),
            Also::FeeWaiver => fee_waiver(first).map(Some),
            // No letter: it stands among what is filed.
            Also::NotDone => Ok(None),
        };
        match made {
            Ok(paper) => papers.extend(paper),
            Err(PaperError::Glyph { character, .. }) => lost.push(LostPaper {
                case: filer::name(&first.record.person.name).text,
                title: text(title)?,
                character,
            }),
            Err(other) => return Err(other),
        }
    }
    Ok(papers)
}

/// None where no order stands in the record: there is nothing to point to.
fn dispute(all: &[Job<'_>], first: &Job<'_>) -> Result<Option<Paper>, PaperError> {
    let words = &first.texts.sheets.dispute;
    let mut ink = Ink::default();
    let mut orders = Vec::new();
    for job in all {
        for (c, count) in job.case.counts.iter().enumerate() {
            for (n, granted) in count.relief_granted.iter().flatten().enumerate() {
                let path = format!("{}.relief_granted[{n}]", job.path(c));
                let effect = words.effect.get(&granted.effect);
                let effect = text(effect.ok_or_else(|| job.missing("dispute.effect"))?)?;
                let optional = |ink: &mut Ink, phrase, name, value: Option<Value>| match value {
                    Some(value) => ink.text(phrase, &Values::default().with(name, value)),
                    None => Ok(String::new()),
                };
                let authority = granted.authority.as_ref();
                let authority = authority.map(|by| Value::new(by, format!("{path}.authority")));
                let on = match granted.date {
                    Some(on) => Some(Value::new(
                        words::date(&job.texts.filing.dates, on)?,
                        format!("{path}.date"),
                    )),
                    None => None,
                };
                let offense = words::offense(&job.texts.filing, count, &job.path(c))?;
                let line = |value: Option<Value>| value.unwrap_or_else(|| Value::word(LINE));
                let values = Values::default()
                    .with("court", Value::word(court(job, &mut ink)?))
                    .with("number", line(job.number()))
                    .with("offense", line(offense))
                    .with("effect", Value::new(effect, format!("{path}.effect")))
                    .with(
                        "authority",
                        Value::word(optional(
                            &mut ink,
                            &words.authority,
                            "authority",
                            authority,
                        )?),
                    )
                    .with(
                        "date",
                        Value::word(optional(&mut ink, &words.date, "date", on)?),
                    );
                orders.push(ink.runs(&words.order, &values)?);
            }
        }
    }
    if orders.is_empty() {
        return Ok(None);
    }
    let name = filer::name(&first.record.person.name);
    let named = Values::default().with("name", name.clone());
    let to = vec![
        fill(&words.to)?,
        fill_empty(),
        fill_empty(),
        fill(&words.report)?,
        para(ink.runs(&words.re, &named)?),
    ];
    let mut body = vec![para(ink.runs(&words.opening, &named)?)];
    for (n, order) in orders.into_iter().enumerate() {
        body.push(Block::item(format!("{}.", n + 1), order));
    }
    body.push(para(ink.runs(&words.ask, &named)?));
    body.push(para(ink.runs(&words.enclosed, &named)?));
    body.push(sign(&words.sign_date, &mut ink, first)?);
    let blanks = [(&words.company, &words.company_why)];
    let front = (PaperKind::Dispute, "dispute.pdf", &words.title);
    letter(first, front, (to, body), &blanks, ink).map(Some)
}

fn fee_waiver(first: &Job<'_>) -> Result<Paper, PaperError> {
    let words = &first.texts.sheets.fee_waiver;
    let mut ink = Ink::default();
    let none = Values::default();
    let to = vec![
        para(ink.runs(&words.to, &none)?),
        fill(&words.to_address)?,
        fill_empty(),
    ];
    let mut body = vec![
        para(ink.runs(&words.opening, &none)?),
        para(ink.runs(&words.why, &none)?),
    ];
    for reason in [&words.benefits, &words.income, &words.other] {
        body.push(Block::Tick {
            depth: 0,
            runs: ink.runs(reason, &none)?,
        });
        body.push(fill_empty());
    }
    body.push(para(ink.runs(&words.perjury, &none)?));
    body.push(sign(&words.sign_date, &mut ink, first)?);
    let blanks = [(&words.reason, &words.reason_why)];
    let front = (PaperKind::FeeWaiver, "fee-waiver.pdf", &words.title);
    letter(first, front, (to, body), &blanks, ink)
}

fn live_scan(first: &Job<'_>) -> Result<Paper, PaperError> {
    let words = &first.texts.sheets.live_scan;
    let person = &first.record.person;
    let mut ink = Ink::default();
    let name = filer::name(&person.name);
    let mut rows: Vec<(&Phrase, String)> = vec![(&words.name, ink.put("name", &name))];
    for (n, alias) in person.aliases.iter().flatten().enumerate() {
        let alias = Value::new(alias.full(), format!("person.aliases[{n}]"));
        rows.push((&words.alias, ink.put("name", &alias)));
    }
    let born = match person.born {
        Some(born) => {
            let born = words::date(&first.texts.filing.dates, born)?;
            ink.put("born", &Value::new(born, "person.born"))
        }
        None => String::new(),
    };
    rows.push((&words.born, born));
    let contact = first.answers.and_then(|answers| answers.contact.as_ref());
    let address = contact.and_then(|contact| contact.address.as_ref());
    let address = address.map(|lines| Value::new(lines.join(", "), "answers.contact.address"));
    rows.push((
        &words.address,
        ink.put("address", &address.unwrap_or_default()),
    ));
    let phone = contact.and_then(|contact| contact.phone.as_ref());
    let phone = phone.map(|phone| Value::new(phone, "answers.contact.phone"));
    rows.push((&words.phone, ink.put("phone", &phone.unwrap_or_default())));
    for (kind, asks) in [
        (IdentifierKind::Cdl, &words.license),
        (IdentifierKind::Cii, &words.cii),
    ] {
        let mut known = person.identifiers.iter().flatten().enumerate();
        let number = known.find(|(_, one)| one.kind == kind);
        let number =
            number.map(|(n, one)| Value::new(&one.value, format!("person.identifiers[{n}].value")));
        rows.push((asks, ink.put("identifier", &number.unwrap_or_default())));
    }
    rows.extend(words.own.iter().map(|asks| (asks, String::new())));
    let cells = rows
        .into_iter()
        .map(|(asks, value)| Ok(vec![vec![text(asks)?], vec![value]]));
    let title = text(&words.title)?;
    let plain = |phrases: &[Phrase]| phrases.iter().map(text).collect::<Result<Vec<_>, _>>();
    let data = List {
        training: first.training,
        day: day(first.as_of),
        title: title.clone(),
        author: first.clinic.name.clone(),
        not_for_filing: text(&words.not_for_filing)?,
        for_whom: name.text.clone(),
        lead: plain(&words.lead)?,
        parts: vec![
            Part {
                heading: text(&words.heading)?,
                lead: Vec::new(),
                columns: plain(&words.columns)?,
                widths: vec![4, 6],
                rows: cells.collect::<Result<_, PaperError>>()?,
            },
            Part {
                heading: text(&words.keep)?,
                lead: plain(&words.keep_items)?,
                columns: Vec::new(),
                widths: Vec::new(),
                rows: Vec::new(),
            },
        ],
        foot: short(&name.text),
    };
    let printed = press::print(Layout::List, &data, first.as_of)?;
    let front = (PaperKind::LiveScan, "live-scan.pdf");
    Ok(own(front, title, printed, Vec::new(), ink))
}

/// Where nobody knows what stands there.
const LINE: &str = "____________________";

fn letter(
    first: &Job<'_>,
    (kind, file, title): (PaperKind, &'static str, &Phrase),
    (to, body): (Vec<Block>, Vec<Block>),
    open: &[(&String, &String)],
    mut ink: Ink,
) -> Result<Paper, PaperError> {
    let title = text(title)?;
    let name = filer::name(&first.record.person.name);
    let mut from = vec![ink.put("name", &name)];
    let contact = first.answers.and_then(|answers| answers.contact.as_ref());
    if let Some(contact) = contact {
        for (n, line) in contact.address.iter().flatten().enumerate() {
            let path = format!("answers.contact.address[{n}]");
            from.push(ink.put("address", &Value::new(line, path)));
        }
        if let Some(phone) = &contact.phone {
            from.push(ink.put("phone", &Value::new(phone, "answers.contact.phone")));
        }
    }
    let data = Letter {
        training: first.training,
        day: day(first.as_of),
        title: title.clone(),
        author: name.text,
        from,
        to,
        body,
    };
    let printed = press::print(Layout::Letter, &data, first.as_of)?;
    let blank = &first.texts.cover.blank;
    let open = open.iter().copied();
    let blanks = open.chain([(&blank.signature, &blank.signature_why)]);
    let blanks = blanks.map(|(what, why)| Blank {
        what: what.clone(),
        why: why.clone(),
    });
    Ok(own((kind, file), title, printed, blanks.collect(), ink))
}

fn own(
    (kind, file): (PaperKind, &str),
    title: String,
    printed: Printed,
    blanks: Vec<Blank>,
    ink: Ink,
) -> Paper {
    Paper {
        kind,
        file: file.to_owned(),
        title,
        recipient: Recipient::Client,
        bytes: printed.bytes,
        pages: printed.pages,
        signs: printed.signs,
        blanks,
        marks: ink.marks(),
        form: None,
    }
}

fn sign(date: &Phrase, ink: &mut Ink, first: &Job<'_>) -> Result<Block, PaperError> {
    let name = filer::name(&first.record.person.name);
    Ok(Block::Sign {
        who: SignedBy::Client,
        date: with_rule(ink, date, DATE)?,
        above: None,
        below: vec![vec![Run::text(ink.put("name", &name))]],
    })
}

fn para(runs: Vec<Run>) -> Block {
    Block::Para {
        indent: false,
        sticky: false,
        runs,
    }
}

fn fill(phrase: &Phrase) -> Result<Block, PaperError> {
    Ok(Block::Fill {
        depth: 0,
        runs: vec![Run::text(text(phrase)?)],
    })
}

fn fill_empty() -> Block {
    Block::Fill {
        depth: 0,
        runs: vec![Run::text("")],
    }
}

fn text(phrase: &Phrase) -> Result<String, PaperError> {
    Ink::default().text(phrase, &Values::default())
}
