//! Figures that name nobody: clients by status, county, step of a filing, and route open to them. Small cells are hidden.
//!
//! A cell under the chosen size is hidden. Whoever takes the cells that are shown from a total learns what the hidden ones come to, so
//! the next smallest are hidden with them until there are two at least and their sum tells of none: it is the chosen size or more for
//! each. Totals are of clients, never of hidden cells.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use crate::Result;
use crate::audit::Operation;
use crate::rights::Act;
use crate::vault::Vault;

/// What the program hides under unless another size is asked.
pub const SMALLEST_CELL: u64 = 5;

/// A figure, or that it is too small to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// So many clients.
    Shown(u64),
    /// Some, but few.
    Hidden,
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        match self {
            Self::Shown(n) => to.serialize_u64(*n),
            Self::Hidden => to.serialize_str("hidden"),
        }
    }
}

/// The figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All clients.
    pub clients: Cell,
    /// Cells smaller than this are hidden.
    pub smallest: u64,
    /// By where they are in the day.
    pub by_status: Vec<(String, Cell)>,
    /// By county; a client with cases in two counts in both.
    pub by_county: Vec<(String, Cell)>,
    /// By step of a filing; a client counts once in each step.
    pub by_step: Vec<(String, Cell)>,
    /// By route that was open to them when they were last screened.
    pub by_route: Vec<(String, Cell)>,
}

impl Vault {
    /// Counts clients. Cells under `smallest` are hidden; at least 2, since a cell of one is a person.
    ///
    /// # Errors
    /// [`crate::Error::NotForThisRole`], or the database's.
    pub fn count_clients(&mut self, smallest: u64, at: Timestamp) -> Result<Counts> {
        self.needs(Act::Count)?;
        self.transact(Operation::Count, at, |_| Ok(()))?;
        let smallest = smallest.max(2);
        let group = |sql: &str| -> Result<Vec<(String, Cell)>> {
            let rows = self.read().look(|conn| {
                let mut statement = conn.prepare(sql)?;
                let rows = statement
                    .query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as u64)))?;
                Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?)
            });
            Ok(hidden(rows?, smallest))
        };
        let all = self.read().count()?;
        Ok(Counts {
            clients: if (1..smallest).contains(&all) { Cell::Hidden } else { Cell::Shown(all) },
            smallest,
            by_status: group("SELECT status, count(*) FROM client GROUP BY 1 ORDER BY 1")?,
            by_county: group(
                "SELECT county.value, count(DISTINCT client.seq) FROM client, json_each(counties) AS county GROUP BY 1 ORDER BY 1",
            )?,
            by_step: group("SELECT step, count(DISTINCT client) FROM filing GROUP BY 1 ORDER BY 1")?,
            by_route: group(
                "SELECT finding.value ->> 'route', count(DISTINCT client)
                 FROM shown, json_each(findings, '$.findings') AS finding
                 WHERE shown.id IN (SELECT max(id) FROM shown GROUP BY client) AND finding.value ->> 'status' = 'eligible'
                 GROUP BY 1 ORDER BY 1",
            )?,
        })
    }
}

fn hidden(rows: Vec<(String, u64)>, smallest: u64) -> Vec<(String, Cell)> {
    let mut by_size: Vec<(usize, u64)> = rows.iter().map(|(_, n)| *n).enumerate().collect();
    by_size.sort_by_key(|(_, n)| *n);
    let (mut hidden, mut sum) = (BTreeSet::new(), 0);
    for (place, n) in by_size {
        let told = !hidden.is_empty() && (hidden.len() < 2 || sum < smallest * hidden.len() as u64);
        if n < smallest || told {
            hidden.insert(place);
            sum += n;
        }
    }
    let cell = |(place, (label, n))| {
        let hide = hidden.contains(&place);
        (label, if hide { Cell::Hidden } else { Cell::Shown(n) })
    };
    rows.into_iter().enumerate().map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_cells_are_hidden_and_cannot_be_reckoned() {
        let rows = |list: &[u64]| list.iter().map(|n| (n.to_string(), *n)).collect::<Vec<_>>();
        for (list, shown) in [
            (vec![10, 20, 30], vec![10, 20, 30]),
            (vec![10, 4, 30], vec![30]),
            (vec![10, 4, 3, 40], vec![40]),
            // Nine clients less seven would be one each in the other two.
            (vec![7, 1, 1], vec![]),
            (vec![10, 4, 3], vec![]),
            (vec![20, 1, 4, 7, 30], vec![30]),
            (vec![4], vec![]),
            (vec![7, 7, 1], vec![]),
            (vec![], vec![]),
        ] {
            let found = hidden(rows(&list), 5);
            let figures: Vec<_> = found
                .iter()
                .filter_map(|(_, cell)| match cell {
                    Cell::Shown(n) => Some(*n),
                    Cell::Hidden => None,
                })
                .collect();
            assert_eq!(figures, shown, "{list:?}");
            assert_eq!(found.len(), list.len());
        }
    }
}
