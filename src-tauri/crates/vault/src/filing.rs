//! How far each count's filing is, one day a step.

use std::fmt;

use jiff::civil::Date;
use record::{CaseId, CountId};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::client::ClientId;
use crate::door::{Tx, View};
use crate::time::{day, stamp};
use crate::{Error, Result};

/// A step of a filing, in the order they happen. A court grants or denies; a filing can be answered or heard without the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// Filed with the court.
    Filed,
    /// Served on the prosecutor.
    Served,
    /// Answered by the prosecutor.
    Answered,
    /// Heard by the court.
    Heard,
    /// Granted.
    Granted,
    /// Denied.
    Denied,
}

impl Step {
    const ALL: [Self; 6] = [
        Self::Filed,
        Self::Served,
        Self::Answered,
        Self::Heard,
        Self::Granted,
        Self::Denied,
    ];

    /// The step's name in the database and the window.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::Served => "served",
            Self::Answered => "answered",
            Self::Heard => "heard",
            Self::Granted => "granted",
            Self::Denied => "denied",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One step of one count's filing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Filing {
    /// The case.
    pub case: CaseId,
    /// The count.
    pub count: CountId,
    /// The step.
    pub step: Step,
    /// The day it happened.
    pub day: Date,
}

impl View<'_> {
    /// Every step of a client's filings, by case and count, in the order of the steps.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], [`Error::Stored`], or the database's.
    pub fn filings(&self, client: &ClientId) -> Result<Vec<Filing>> {
        let sql = "SELECT case_id, count_id, step, day FROM filing WHERE client = ?1";
        let mut found = self.of_client(client, sql, |row| {
            let name: String = row.get(2)?;
            Ok(Filing {
                case: CaseId(row.get(0)?),
                count: CountId(row.get(1)?),
                step: Step::ALL
                    .into_iter()
                    .find(|step| step.name() == name)
                    .ok_or(Error::Stored { what: "filing" })?,
                day: day(&row.get::<_, String>(3)?)?,
            })
        })?;
        found.sort_by(|a, b| (&a.case, &a.count, a.step).cmp(&(&b.case, &b.count, b.step)));
        Ok(found)
    }
}

impl Tx<'_> {
    /// Writes down a step of a filing, or takes it back with no day. Granted takes denied back, and the other way round.
    ///
    /// # Errors
    /// [`Error::StepsOutOfOrder`] if an answer, hearing or decision lies before the filing, or a decision before the
    /// hearing; [`Error::NoSuchClient`], or the database's.
    pub fn set_filing(
        &mut self,
        client: &ClientId,
        case: &CaseId,
        count: &CountId,
        step: Step,
        day: Option<Date>,
    ) -> Result<()> {
        let seq = self.concerns(client)?;
        let mut drop = vec![step];
        match step {
            Step::Granted => drop.push(Step::Denied),
            Step::Denied => drop.push(Step::Granted),
            Step::Filed | Step::Served | Step::Answered | Step::Heard => {}
        }
        for gone in drop {
            self.conn
                .prepare_cached("DELETE FROM filing WHERE client = ?1 AND case_id = ?2 AND count_id = ?3 AND step = ?4")?
                .execute(params![seq, case.0, count.0, gone.name()])?;
        }
        if let Some(day) = day {
            self.conn
                .prepare_cached(
                    "INSERT INTO filing (client, case_id, count_id, step, day, at, person) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![
                    seq,
                    case.0,
                    count.0,
                    step.name(),
                    day.to_string(),
                    stamp(self.at),
                    self.person.0
                ])?;
        }
        let mine: Vec<_> = self
            .read()
            .filings(client)?
            .into_iter()
            .filter(|filing| filing.case == *case && filing.count == *count)
            .collect();
        in_order(&mine)?;
        self.touch(seq)
    }
}

/// Papers may be served the day before they are filed, so service is not held against the filing; everything else comes after it.
fn in_order(filings: &[Filing]) -> Result<()> {
    let on = |step| filings.iter().find(|f| f.step == step).map(|f| f.day);
    let pairs = [
        (Step::Filed, Step::Answered),
        (Step::Filed, Step::Heard),
        (Step::Filed, Step::Granted),
        (Step::Filed, Step::Denied),
        (Step::Heard, Step::Granted),
        (Step::Heard, Step::Denied),
    ];
    for (earlier, later) in pairs {
        if let (Some(first), Some(then)) = (on(earlier), on(later))
            && then < first
        {
            return Err(Error::StepsOutOfOrder { earlier, later });
        }
    }
    Ok(())
}
