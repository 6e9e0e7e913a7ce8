//! The shape of a route's file.

use jiff::civil::Date;
use record::Level;
use record::findings::{Code, Mode, Path, Relief, Status};
use serde::Deserialize;
use toml::Spanned;

use super::deadline::{RawDeadline, RawDoorPresumption};
use crate::door::{Anchor, Scope};
use crate::fact::{Circumstance, Class};
use crate::route::{Due, Target};
use crate::test::RawTest;

pub(super) type Word = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRoute {
    pub(super) route: RawHead,
    pub(super) automatic: Option<RawAutomatic>,
    #[serde(default)]
    pub(super) bears: RawBears,
    #[serde(default)]
    pub(super) gate: Vec<RawGate>,
    #[serde(default)]
    pub(super) reach: Vec<RawReach>,
    pub(super) not_reached: Option<RawSay>,
    #[serde(default)]
    pub(super) bar: Vec<RawGate>,
    #[serde(default)]
    pub(super) row: Vec<RawRow>,
    #[serde(default)]
    pub(super) except: Vec<RawExcept>,
    pub(super) presumption: Option<RawSay>,
    pub(super) lesser: Option<RawSay>,
    pub(super) completed: Option<RawResults>,
    pub(super) serving: Option<RawResults>,
    #[serde(default)]
    pub(super) notice: Vec<RawNotice>,
    #[serde(default)]
    pub(super) wait: Vec<RawWait>,
    #[serde(default)]
    pub(super) grant: Vec<RawGrant>,
    pub(super) presumed: Option<RawDoorPresumption>,
    #[serde(default)]
    pub(super) deadline: Vec<RawDeadline>,
    pub(super) procedure: Option<RawProcedure>,
    #[serde(default)]
    pub(super) warning: Vec<RawWarning>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawHead {
    pub(super) id: Word,
    pub(super) from: Date,
    pub(super) until: Option<Date>,
    #[serde(default)]
    pub(super) every_count: bool,
    #[serde(default)]
    pub(super) scope: Scope,
    pub(super) order: u32,
    pub(super) juvenile_age: Option<Word>,
    #[serde(default)]
    pub(super) forms: Vec<Word>,
    #[serde(default)]
    pub(super) juvenile_forms: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAutomatic {
    pub(super) like: Word,
    pub(super) due: Spanned<Vec<Due>>,
    pub(super) judged_before: Option<Date>,
    pub(super) only: Vec<Word>,
    #[serde(default)]
    pub(super) juvenile: bool,
    pub(super) say: Word,
    pub(super) cite: Word,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBears {
    #[serde(default)]
    pub(super) opponent: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSay {
    pub(super) say: Word,
    pub(super) cite: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawReview {
    pub(super) review: Word,
    pub(super) cite: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStop {
    pub(super) status: Status,
    pub(super) code: Option<Code>,
    pub(super) is: Option<Class>,
    pub(super) review: Option<Word>,
    pub(super) cite: Option<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGate {
    pub(super) id: Word,
    pub(super) test: RawTest,
    pub(super) then: Option<RawStop>,
    pub(super) otherwise: Option<RawStop>,
    pub(super) arguable: Option<Word>,
    pub(super) say: Word,
    pub(super) cite: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawReach {
    pub(super) of: Vec<Word>,
    pub(super) target: Option<Target>,
    pub(super) serving: Option<bool>,
    #[serde(default)]
    pub(super) levels: Vec<Level>,
    pub(super) then: Option<RawStop>,
    pub(super) say: Word,
    pub(super) cite: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRow {
    pub(super) of: Vec<Word>,
    pub(super) age: Option<Word>,
    pub(super) conduct: Option<Vec<Word>>,
    pub(super) amount: Option<Vec<Word>>,
    #[serde(default)]
    pub(super) with: Vec<Circumstance>,
    #[serde(default)]
    pub(super) without: Vec<Circumstance>,
    pub(super) from: Option<Date>,
    pub(super) until: Option<Date>,
    pub(super) is: Class,
    pub(super) or: Option<Class>,
    #[serde(default)]
    pub(super) unless: Vec<Word>,
    pub(super) say: Word,
    pub(super) cite: Word,
    pub(super) review: Option<RawReview>,
    pub(super) same_review: Option<RawReview>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawExcept {
    pub(super) id: Word,
    pub(super) test: RawTest,
    pub(super) then: RawStop,
    pub(super) say: Word,
    pub(super) cite: Word,
    pub(super) open: Option<RawReview>,
    pub(super) arguable: Option<RawReview>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawResults {
    pub(super) path: Path,
    pub(super) mode: Mode,
    pub(super) lawful: Relief,
    pub(super) infraction: Relief,
    pub(super) misdemeanor: Relief,
    pub(super) say: Word,
    pub(super) cite: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawNotice {
    pub(super) test: RawTest,
    #[serde(default)]
    pub(super) no_lesser: bool,
    pub(super) review: Word,
    pub(super) cite: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWait {
    pub(super) id: Word,
    pub(super) test: Option<RawTest>,
    pub(super) from: Option<Anchor>,
    pub(super) day: Option<Date>,
    pub(super) plus: Option<Word>,
    pub(super) or: Option<RawTerm>,
    pub(super) arguable: Option<Word>,
    #[serde(default)]
    pub(super) lawyer: bool,
    pub(super) say: Word,
    pub(super) cite: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTerm {
    pub(super) from: Anchor,
    pub(super) plus: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGrant {
    pub(super) test: Option<RawTest>,
    pub(super) status: Status,
    pub(super) relief: Option<Relief>,
    pub(super) mode: Option<Mode>,
    pub(super) path: Option<Path>,
    pub(super) review: Option<Word>,
    pub(super) say: Word,
    pub(super) cite: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawProcedure {
    pub(super) fee: Word,
    pub(super) fee_form: Option<Word>,
    pub(super) serve: Vec<Word>,
    pub(super) notice_days: Option<u32>,
    #[serde(default)]
    pub(super) notice_levels: Vec<Level>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWarning {
    pub(super) code: Word,
    pub(super) cite: Word,
    #[serde(default)]
    pub(super) status: Vec<Status>,
    pub(super) because: Option<Code>,
    #[serde(default)]
    pub(super) noncitizen: bool,
    #[serde(default)]
    pub(super) serving: bool,
    #[serde(default)]
    pub(super) classes: Vec<Class>,
    #[serde(default)]
    pub(super) levels: Vec<Level>,
    pub(super) registered: Option<Word>,
    pub(super) automatic: Option<Word>,
    pub(super) full_year_before: Option<Date>,
}
