//! What is written into official forms.

use std::collections::{BTreeMap, HashMap};

use record::Level;
use serde::Deserialize;

use crate::papers::Phrase;

/// Words written into official forms.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormWords {
    /// Where a form asks yes or no.
    pub yes: String,
    /// How the codes are called in a narrow column.
    pub codes: BTreeMap<String, String>,
    /// How levels are called in a column.
    pub levels: HashMap<Level, String>,
    /// Which item has more convictions than rows.
    pub more: String,
    /// The items of a form that has no place for the convictions themselves.
    pub list: String,
    /// One of them: `number`, `line`, `relief`.
    pub list_row: Phrase,
    /// Behind it, where something is asked for in the alternative: `alternative`.
    pub list_else: Phrase,
    /// The item for reasons, where only some convictions are asked for in the interests of justice.
    pub some_free: String,
    /// Which: `offenses`.
    pub some_free_row: Phrase,
    /// One of several days: `number`, `offense`, `day`.
    pub day_of: Phrase,
    /// Likewise where the conviction stands in the form's table: `number` is its row.
    pub day_of_row: Phrase,
    /// One of them: `number`, `offense`, `level`.
    pub more_row: Phrase,
    /// Behind it, where a reduction to a misdemeanor is asked for: `yes`.
    pub more_misdemeanor: Phrase,
    /// Behind it, where a reduction to an infraction is asked for: `yes`.
    pub more_infraction: Phrase,
}
