//! Sections of law found by what somebody types, for whoever types a record in.

use packs::Pack;
use record::Section;
use vault::Act;

use crate::view::{FindStatutes, StatuteName, StatuteView, StatutesFound};
use crate::{Desk, Result};

/// So many are shown at once; more typing makes the list shorter.
const MOST: usize = 8;

impl Desk {
    /// The sections of the packs that fit what was typed, by number or by name. Nothing of it goes into a record by itself.
    ///
    /// # Errors
    /// The person may not work on records.
    pub fn statutes(&self, ask: &FindStatutes) -> Result<StatutesFound> {
        self.needs(Act::Work)?;
        // A court that no pack answers for has other sections; where it is not known whose court it is, all are looked through.
        let asked = |pack: &&Pack| {
            let court = ask.jurisdiction.as_ref();
            court.is_none_or(|id| *id == pack.id)
        };
        let packs: Vec<&Pack> = self.packs.iter().filter(asked).collect();
        let mut view = StatutesFound {
            found: Vec::new(),
            exact: None,
            sure: None,
            known: None,
        };
        let mut whole = Vec::new();
        for pack in &packs {
            let found = pack.statutes(&ask.typed, self.language(), MOST);
            whole.extend(found.exact.map(|section| (section, found.coded)));
            let views = found.found.into_iter().map(|statute| StatuteView {
                section: statute.section,
                jurisdiction: pack.id.clone(),
                names: statute.names.into_iter().map(named).collect(),
            });
            view.found.extend(views);
        }
        view.found.truncate(MOST);
        if let [(section, coded)] = whole.as_slice() {
            view.exact = Some(section.clone());
            view.sure = coded.then(|| section.clone());
        }
        let section = ask.typed.parse::<Section>();
        view.known = section
            .ok()
            .filter(|_| !packs.is_empty())
            .map(|section| packs.iter().any(|pack| pack.knows(&section)));
        Ok(view)
    }
}

fn named(called: packs::names::Called) -> StatuteName {
    StatuteName {
        name: called.name,
        from: called.from.map(|day| day.to_string()),
        until: called.until.map(|day| day.to_string()),
    }
}
