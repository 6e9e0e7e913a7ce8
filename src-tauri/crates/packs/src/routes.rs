//! Reads routes from their files and resolves what they refer to.

use jiff::civil::Date;
use record::Level;
use record::findings::{Code, Mode, Path, Relief, Status};
use serde::Deserialize;
use toml::Spanned;

use crate::error::{LoadError, Problem};
use crate::fact::{Ages, Circumstance, Class};
use crate::file::TextFile;
use crate::offense::{charge, twice};
use crate::proof::{self, age_mask};
use crate::route::{
    Automatic, Except, Gate, Kind, Notice, Procedure, ReachRow, Results, Route, Row, Rules, Say,
    Stop, Target, Warning,
};
use crate::source::Sources;
use crate::test::{RawTest, Terms};
use crate::words::Texts;

type Word = Spanned<String>;

/// Bands of age are bits of a word.
const MAX_BANDS: usize = 16;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRoute {
    route: RawHead,
    automatic: Option<RawAutomatic>,
    #[serde(default)]
    bears: RawBears,
    #[serde(default)]
    gate: Vec<RawGate>,
    #[serde(default)]
    reach: Vec<RawReach>,
    not_reached: Option<RawSay>,
    #[serde(default)]
    bar: Vec<RawGate>,
    #[serde(default)]
    row: Vec<RawRow>,
    #[serde(default)]
    except: Vec<RawExcept>,
    presumption: Option<RawSay>,
    lesser: Option<RawSay>,
    completed: Option<RawResults>,
    serving: Option<RawResults>,
    #[serde(default)]
    notice: Vec<RawNotice>,
    procedure: Option<RawProcedure>,
    #[serde(default)]
    warning: Vec<RawWarning>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHead {
    id: Word,
    from: Date,
    until: Option<Date>,
    #[serde(default)]
    every_count: bool,
    order: u32,
    juvenile_age: Option<Word>,
    #[serde(default)]
    forms: Vec<String>,
    #[serde(default)]
    juvenile_forms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAutomatic {
    like: Word,
    due: Date,
    only: Vec<Word>,
    #[serde(default)]
    juvenile: bool,
    say: Word,
    cite: Word,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawBears {
    #[serde(default)]
    opponent: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSay {
    say: Word,
    cite: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReview {
    review: Word,
    cite: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStop {
    status: Status,
    code: Option<Code>,
    is: Option<Class>,
    review: Option<Word>,
    cite: Option<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGate {
    id: Word,
    test: RawTest,
    then: Option<RawStop>,
    otherwise: Option<RawStop>,
    say: Word,
    cite: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReach {
    of: Vec<Word>,
    target: Option<Target>,
    serving: Option<bool>,
    #[serde(default)]
    levels: Vec<Level>,
    then: Option<RawStop>,
    say: Word,
    cite: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRow {
    of: Vec<Word>,
    age: Option<Word>,
    conduct: Option<Vec<Word>>,
    amount: Option<Vec<Word>>,
    #[serde(default)]
    with: Vec<Circumstance>,
    #[serde(default)]
    without: Vec<Circumstance>,
    from: Option<Date>,
    until: Option<Date>,
    is: Class,
    or: Option<Class>,
    #[serde(default)]
    unless: Vec<Word>,
    say: Word,
    cite: Word,
    review: Option<RawReview>,
    same_review: Option<RawReview>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExcept {
    id: Word,
    test: RawTest,
    then: RawStop,
    say: Word,
    cite: Word,
    open: Option<RawReview>,
    arguable: Option<RawReview>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawResults {
    path: Path,
    mode: Mode,
    lawful: Relief,
    infraction: Relief,
    misdemeanor: Relief,
    say: Word,
    cite: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNotice {
    test: RawTest,
    review: Word,
    cite: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProcedure {
    fee: Word,
    serve: Vec<String>,
    juvenile_serve: Vec<String>,
    notice_days: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWarning {
    code: Word,
    cite: Word,
    #[serde(default)]
    status: Vec<Status>,
    because: Option<Code>,
    #[serde(default)]
    noncitizen: bool,
    #[serde(default)]
    serving: bool,
    #[serde(default)]
    classes: Vec<Class>,
    #[serde(default)]
    levels: Vec<Level>,
    registered: Option<Word>,
    automatic: Option<Word>,
}

/// What routes refer to.
pub(crate) struct Around<'a> {
    pub(crate) terms: Terms<'a>,
    pub(crate) sources: &'a Sources,
    pub(crate) texts: &'a Texts,
    /// The ids of all routes, in their order.
    pub(crate) ids: &'a [String],
}

impl RawRoute {
    pub(crate) fn id(&self) -> &Word {
        &self.route.id
    }

    pub(crate) fn resolve(self, around: &Around<'_>) -> Result<Route, LoadError> {
        let file = around.terms.file;
        around
            .texts
            .need(file, "the route's name", &self.route.id, |w| {
                w.route.keys().collect()
            })?;
        let kind = match self.automatic {
            Some(raw) => Kind::Automatic(raw.resolve(around)?),
            None => Kind::Rules(Box::new(rules(
                around,
                self.route.juvenile_age.as_ref(),
                self.bears,
                Steps {
                    gates: self.gate,
                    reach: self.reach,
                    bars: self.bar,
                    rows: self.row,
                    excepts: self.except,
                },
                Ends {
                    not_reached: self.not_reached,
                    presumption: self.presumption,
                    lesser: self.lesser,
                    completed: self.completed,
                    serving: self.serving,
                    notices: self.notice,
                },
            )?)),
        };
        let procedure = self.procedure.map(|raw| {
            Ok(Procedure {
                fee: around.texts.word(file, &raw.fee)?,
                serve: raw.serve,
                juvenile_serve: raw.juvenile_serve,
                notice_days: raw.notice_days,
            })
        });
        Ok(Route {
            id: self.route.id.into_inner(),
            from: self.route.from,
            until: self.route.until,
            every_count: self.route.every_count,
            order: self.route.order,
            kind,
            forms: self.route.forms,
            juvenile_forms: self.route.juvenile_forms,
            procedure: procedure.transpose()?,
            warnings: self
                .warning
                .into_iter()
                .map(|w| w.resolve(around))
                .collect::<Result<_, _>>()?,
        })
    }
}

impl Around<'_> {
    fn say(&self, text: &Word, cite: &Word) -> Result<Say, LoadError> {
        let file = self.terms.file;
        Ok(Say {
            text: self.texts.reason(file, text)?,
            cite: self.sources.resolve(file, cite)?,
        })
    }

    fn review(&self, text: &Word, cite: &Word) -> Result<Say, LoadError> {
        let file = self.terms.file;
        Ok(Say {
            text: self.texts.review(file, text)?,
            cite: self.sources.resolve(file, cite)?,
        })
    }

    fn maybe_review(&self, raw: Option<&RawReview>) -> Result<Option<Say>, LoadError> {
        raw.map(|raw| self.review(&raw.review, &raw.cite))
            .transpose()
    }

    fn stop(&self, raw: &RawStop, cite: &Word) -> Result<Stop, LoadError> {
        let cite = raw.cite.as_ref().unwrap_or(cite);
        let review = raw
            .review
            .as_ref()
            .map(|text| self.review(text, cite))
            .transpose()?;
        if (raw.status == Status::NotEligible) != raw.code.is_some() {
            let problem = "a `code` says why not: with `not_eligible`, and only there".to_owned();
            return Err(self.terms.file.error_at(cite, Problem::Value(problem)));
        }
        Ok(Stop {
            status: raw.status,
            code: raw.code,
            class: raw.is,
            review,
        })
    }

    fn gate(&self, raw: RawGate) -> Result<Gate, LoadError> {
        Ok(Gate {
            then: raw
                .then
                .as_ref()
                .map(|stop| self.stop(stop, &raw.cite))
                .transpose()?,
            otherwise: raw
                .otherwise
                .as_ref()
                .map(|stop| self.stop(stop, &raw.cite))
                .transpose()?,
            say: self.say(&raw.say, &raw.cite)?,
            test: raw.test.resolve(&self.terms)?,
            id: raw.id.into_inner(),
        })
    }

    fn route(&self, id: &Word) -> Result<usize, LoadError> {
        self.ids
            .iter()
            .position(|known| known == id.get_ref())
            .ok_or_else(|| {
                let known = self.ids.iter().map(String::as_str);
                self.terms
                    .file
                    .error_at(id, Problem::unknown("route", id.get_ref(), known))
            })
    }

    fn need<T>(&self, value: Option<T>, what: &str) -> Result<T, LoadError> {
        value.ok_or_else(|| {
            let problem = format!("a route with rules needs `[{what}]`");
            self.terms.file.error(0..0, Problem::Value(problem))
        })
    }

    fn results(&self, raw: &RawResults) -> Result<Results, LoadError> {
        Ok(Results {
            path: raw.path,
            mode: raw.mode,
            lawful: raw.lawful,
            infraction: raw.infraction,
            misdemeanor: raw.misdemeanor,
            say: self.say(&raw.say, &raw.cite)?,
        })
    }

    fn row(&self, raw: &RawRow, excepts: &[Except]) -> Result<Row, LoadError> {
        let Terms {
            file,
            limits,
            offenses,
            ..
        } = &self.terms;
        let age = raw
            .age
            .as_ref()
            .map_or(Ok(Ages::ANY), |age| ages(file, age))?;
        let unless = raw.unless.iter().map(|id| {
            excepts
                .iter()
                .position(|e| &e.id == id.get_ref())
                .ok_or_else(|| {
                    let known = excepts.iter().map(|e| e.id.as_str());
                    file.error_at(id, Problem::unknown("exception", id.get_ref(), known))
                })
        });
        let bits = |all: &[Circumstance]| all.iter().fold(0, |mask, c| mask | c.bit());
        Ok(Row {
            of: raw
                .of
                .iter()
                .map(|id| offenses.resolve(file, id))
                .collect::<Result<_, _>>()?,
            age,
            bands: 0,
            by_age: raw.age.is_some(),
            conduct: match &raw.conduct {
                None => u16::MAX,
                Some(classes) => limits.conduct_classes(file, classes)?,
            },
            amount: match &raw.amount {
                None => None,
                Some(classes) => limits.amount_classes(file, classes)?,
            },
            with: bits(&raw.with),
            without: bits(&raw.without),
            from: raw.from,
            until: raw.until,
            is: raw.is,
            or: raw.or,
            unless: unless.collect::<Result<_, _>>()?,
            say: self.say(&raw.say, &raw.cite)?,
            review: self.maybe_review(raw.review.as_ref())?,
            same_review: self.maybe_review(raw.same_review.as_ref())?,
        })
    }
}

struct Steps {
    gates: Vec<RawGate>,
    reach: Vec<RawReach>,
    bars: Vec<RawGate>,
    rows: Vec<RawRow>,
    excepts: Vec<RawExcept>,
}

struct Ends {
    not_reached: Option<RawSay>,
    presumption: Option<RawSay>,
    lesser: Option<RawSay>,
    completed: Option<RawResults>,
    serving: Option<RawResults>,
    notices: Vec<RawNotice>,
}

fn rules(
    around: &Around<'_>,
    juvenile_age: Option<&Word>,
    bears: RawBears,
    steps: Steps,
    ends: Ends,
) -> Result<Rules, LoadError> {
    let Terms { file, offenses, .. } = &around.terms;
    let mut excepts: Vec<Except> = Vec::new();
    for raw in steps.excepts {
        if excepts.iter().any(|e| &e.id == raw.id.get_ref()) {
            return Err(twice(file, "the exception", &raw.id));
        }
        let then = around.stop(&raw.then, &raw.cite)?;
        let say = around.say(&raw.say, &raw.cite)?;
        let arguable = around.maybe_review(raw.arguable.as_ref())?;
        excepts.push(Except {
            open_review: around.maybe_review(raw.open.as_ref())?,
            arguable_review: arguable
                .or_else(|| then.review.clone())
                .unwrap_or_else(|| say.clone()),
            test: raw.test.resolve(&around.terms)?,
            id: raw.id.into_inner(),
            then,
            say,
        });
    }
    let mut rows = Vec::new();
    let mut rows_of: std::collections::HashMap<_, Vec<usize>> = std::collections::HashMap::new();
    for raw in &steps.rows {
        let row = around.row(raw, &excepts)?;
        for offense in &row.of {
            rows_of.entry(*offense).or_default().push(rows.len());
        }
        rows.push(row);
    }
    let mut reached = Vec::new();
    for raw in &steps.reach {
        reached.push(ReachRow {
            of: raw
                .of
                .iter()
                .map(|id| offenses.resolve(file, id))
                .collect::<Result<_, _>>()?,
            target: raw.target,
            serving: raw.serving,
            levels: raw.levels.clone(),
            then: raw
                .then
                .as_ref()
                .map(|stop| around.stop(stop, &raw.cite))
                .transpose()?,
            say: around.say(&raw.say, &raw.cite)?,
        });
    }
    let mut reached_by: std::collections::HashMap<_, Vec<usize>> = std::collections::HashMap::new();
    for (n, row) in reached.iter().enumerate() {
        for offense in &row.of {
            reached_by.entry(*offense).or_default().push(n);
        }
    }
    let mut age_bands = vec![0];
    for row in rows.iter().filter(|row| row.by_age) {
        age_bands.push(row.age.least);
        age_bands.extend(row.age.most.checked_add(1));
    }
    age_bands.sort_unstable();
    age_bands.dedup();
    if age_bands.len() > MAX_BANDS {
        let problem = format!("the rows tell apart more than {MAX_BANDS} bands of age");
        return Err(file.error(0..0, Problem::Value(problem)));
    }
    for row in &mut rows {
        row.bands = age_mask(&age_bands, &row.age);
    }
    let not_reached = around.need(ends.not_reached, "not_reached")?;
    let lesser = around.need(ends.lesser, "lesser")?;
    let (opponent_conduct, opponent_amount, opponent) = bearers(file, &bears.opponent)?;
    let rules = Rules {
        gates: steps
            .gates
            .into_iter()
            .map(|g| around.gate(g))
            .collect::<Result<_, _>>()?,
        reached,
        reached_by,
        not_reached: around.say(&not_reached.say, &not_reached.cite)?,
        bars: steps
            .bars
            .into_iter()
            .map(|g| around.gate(g))
            .collect::<Result<_, _>>()?,
        rows,
        rows_of,
        excepts,
        age_bands,
        juvenile_age: juvenile_age.map(|age| ages(file, age)).transpose()?,
        opponent_conduct,
        opponent_amount,
        opponent,
        presumption: ends
            .presumption
            .map(|raw| around.say(&raw.say, &raw.cite))
            .transpose()?,
        lesser: around.say(&lesser.say, &lesser.cite)?,
        completed: around.results(&around.need(ends.completed, "completed")?)?,
        serving: around.results(&around.need(ends.serving, "serving")?)?,
        notices: ends
            .notices
            .into_iter()
            .map(|raw| {
                Ok(Notice {
                    review: around.review(&raw.review, &raw.cite)?,
                    test: raw.test.resolve(&around.terms)?,
                })
            })
            .collect::<Result<_, LoadError>>()?,
    };
    let lines: Vec<_> = steps.rows.iter().filter_map(|row| row.of.first()).collect();
    proof::rows(&around.terms, &rules).map_err(|(row, problem)| match lines.get(row) {
        Some(word) => file.error_at(word, problem),
        None => file.error(0..0, problem),
    })?;
    proof::reach(&around.terms, &rules).map_err(|problem| file.error(0..0, problem))?;
    Ok(rules)
}

fn ages(file: &TextFile, age: &Word) -> Result<Ages, LoadError> {
    Ages::parse(age.get_ref()).map_err(|problem| file.error_at(age, Problem::Value(problem)))
}

fn bearers(file: &TextFile, facts: &[Word]) -> Result<(bool, bool, u16), LoadError> {
    let (mut conduct, mut amount, mut mask) = (false, false, 0);
    for fact in facts {
        match fact.get_ref().as_str() {
            "conduct" => conduct = true,
            "amount" => amount = true,
            key => match Circumstance::ALL.iter().find(|c| c.key() == key) {
                Some(circumstance) => mask |= circumstance.bit(),
                None => {
                    let known = Circumstance::ALL.iter().map(|c| c.key());
                    let known = known.chain(["conduct", "amount"]);
                    return Err(file.error_at(fact, Problem::unknown("fact", key, known)));
                }
            },
        }
    }
    Ok((conduct, amount, mask))
}

impl RawAutomatic {
    fn resolve(self, around: &Around<'_>) -> Result<Automatic, LoadError> {
        let Terms { file, offenses, .. } = &around.terms;
        Ok(Automatic {
            like: around.route(&self.like)?,
            due: self.due,
            only: self
                .only
                .iter()
                .map(|id| offenses.resolve(file, id))
                .collect::<Result<_, _>>()?,
            juvenile: self.juvenile,
            say: around.say(&self.say, &self.cite)?,
        })
    }
}

impl RawWarning {
    fn resolve(self, around: &Around<'_>) -> Result<Warning, LoadError> {
        let Terms { file, codes, .. } = &around.terms;
        Ok(Warning {
            code: around.texts.warning(file, &self.code)?,
            cite: around.sources.resolve(file, &self.cite)?,
            status: self.status,
            because: self.because,
            noncitizen: self.noncitizen,
            serving: self.serving,
            classes: self.classes,
            levels: self.levels,
            registered: self
                .registered
                .map(|s| charge(file, codes, &s))
                .transpose()?,
            automatic: self.automatic.map(|id| around.route(&id)).transpose()?,
        })
    }
}
