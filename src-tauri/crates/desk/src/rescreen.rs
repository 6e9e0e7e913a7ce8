//! The whole office under today's rules: each client's saved answers beside what the same record is answered now. Nothing that was saved
//! is changed by it; a client's answers are made anew when somebody opens them.

use std::collections::BTreeMap;

use law::rescreen::{Change, Way, compare};
use record::Record;
use record::clinic::Language;
use record::findings::PackVersion;
use vault::{Act, ClientId, Operation};

use crate::clients::row_of;
use crate::results::card_status;
use crate::view::{
    AnswerChange, ChangeCause, ChangeWay, ChangedClient, Rescreen, Rescreened, RowStatus,
    RulesNews, Text,
};
use crate::{Desk, Moment, Result};

/// As many as take a moment and no more: the window goes on asking, says how far it is, and may stop.
const PART: u32 = 100;

/// Where it is kept under which rules somebody last went through everybody.
const GONE_THROUGH: &str = "gone-through-under";

impl Desk {
    /// Whether clients were last screened under other rules than these.
    ///
    /// # Errors
    /// The vault's.
    pub fn rules_news(&self) -> Result<RulesNews> {
        self.needs(Act::Work)?;
        let under = self.vault.read().shown_under()?;
        let count = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        let others: Vec<_> = under
            .iter()
            .filter(|(packs, _)| !self.are_ours(packs))
            .collect();
        let gone: Option<Vec<String>> = self.vault.read().setting(GONE_THROUGH)?;
        let mut named: Vec<_> = others
            .iter()
            .flat_map(|(packs, _)| packs.iter().filter(|pack| !self.is_ours(pack)))
            .map(named)
            .collect();
        named.dedup();
        Ok(RulesNews {
            others: named,
            clients: count(others.iter().map(|(_, clients)| clients).sum()),
            screened: count(under.iter().map(|(_, clients)| clients).sum()),
            gone_through: gone.as_ref() == Some(&self.our_packs()),
            packs: self.our_packs(),
        })
    }

    /// The next part of the clients who have saved answers: whose differ, how, and why.
    ///
    /// # Errors
    /// The vault's.
    pub fn rescreen(&mut self, ask: &Rescreen, now: Moment) -> Result<Rescreened> {
        self.needs(Act::Work)?;
        let clients = self.vault.read().shown_after(ask.after.as_ref(), PART)?;
        let mut changed = Vec::new();
        for id in &clients {
            changed.extend(self.changed(id, now)?);
        }
        let done = u32::try_from(clients.len()).unwrap_or(u32::MAX);
        let next = clients.into_iter().next_back().filter(|_| done == PART);
        if next.is_none() {
            let ours = self.our_packs();
            self.vault.transact(Operation::Screen, now.at, |tx| {
                tx.set_setting(GONE_THROUGH, &ours)
            })?;
        }
        Ok(Rescreened {
            changed,
            done,
            next,
        })
    }

    fn changed(&self, id: &ClientId, now: Moment) -> Result<Option<ChangedClient>> {
        let view = self.vault.read();
        let Some(saved) = view.shown(id)? else {
            return Ok(None);
        };
        let record = view.record(id)?;
        // First the same day under these rules, then these rules today: so each difference has one cause.
        let then = self.ask_the_law(&record, saved.findings.as_of, Language::En);
        let today = self.ask_the_law(&record, now.today, Language::En);
        let names = self.route_words(|words| &words.route);
        let mut changes: Vec<_> = [
            (ChangeCause::Rules, compare(&saved.findings, &then.findings)),
            (ChangeCause::Time, compare(&then.findings, &today.findings)),
        ]
        .into_iter()
        .flat_map(|(cause, found)| found.into_iter().map(move |change| (cause, change)))
        .map(|(cause, change)| view_of(&record, cause, &change, &names))
        .collect();
        if changes.is_empty() {
            return Ok(None);
        }
        changes.sort_by_key(|change| (change.cause, change.way));
        let row = row_of(view.client(id)?);
        Ok(Some(ChangedClient {
            id: row.id,
            initials: row.initials,
            name: row.name,
            saved: saved.findings.as_of,
            packs: saved.findings.packs.iter().map(named).collect(),
            edited: row.status == RowStatus::NotScreened,
            changes,
        }))
    }

    /// The packs and their versions: answers and papers rest on them.
    pub(crate) fn our_packs(&self) -> Vec<String> {
        let packs = self.packs.iter();
        packs
            .map(|pack| format!("{} {}", pack.id, pack.version))
            .collect()
    }

    fn are_ours(&self, packs: &[PackVersion]) -> bool {
        packs.iter().all(|pack| self.is_ours(pack))
    }

    fn is_ours(&self, saved: &PackVersion) -> bool {
        let known = self.packs.pack(&saved.id);
        known.is_some_and(|pack| pack.version == saved.version)
    }
}

fn named(pack: &PackVersion) -> String {
    format!("{} {}", pack.id, pack.version)
}

fn view_of(
    record: &Record,
    cause: ChangeCause,
    change: &Change,
    names: &BTreeMap<String, String>,
) -> AnswerChange {
    let id = change.route.0.as_str();
    let case = change.case.and_then(|case| record.cases.get(case));
    let count = case
        .zip(change.count)
        .and_then(|(case, count)| case.counts.get(count));
    AnswerChange {
        way: match change.way {
            Way::Gains => ChangeWay::Gains,
            Way::Loses => ChangeWay::Loses,
            Way::Differs => ChangeWay::Differs,
        },
        cause,
        route: Text {
            key: format!("route.{id}"),
            text: names.get(id).cloned().unwrap_or_else(|| id.to_owned()),
        },
        case: case.and_then(|case| case.number.clone()),
        section: count
            .and_then(|count| count.section.as_ref())
            .map(ToString::to_string),
        was: change.was.map(|(status, _)| card_status(status)),
        is: change.is.map(|(status, _)| card_status(status)),
    }
}
