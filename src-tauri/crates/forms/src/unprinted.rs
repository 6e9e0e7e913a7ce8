//! What a form shows on a screen and does not print: drawings of optional content whose print state is off, such as the bar behind a
//! button. A filing copy is paper, and other viewers print such drawings all the same, so they are taken off it.

use std::collections::BTreeSet;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use crate::{limits, object};

/// Takes what is not printed off the pages.
pub(crate) fn strip(doc: &mut Document, pages: &[ObjectId]) {
    let hidden = groups(doc);
    if hidden.is_empty() {
        return;
    }
    for page in pages {
        let names = names(doc, *page, &hidden);
        if names.is_empty() {
            continue;
        }
        // A page that cannot be read apart, or whose pictures stand inside its drawing, stays as it is.
        let Ok(bytes) = doc.get_page_content_with_limit(*page, limits::PAGE_BYTES) else {
            continue;
        };
        let Ok(mut content) = Content::decode(&bytes) else {
            continue;
        };
        if content.operations.iter().any(|one| one.operator == "BI") {
            continue;
        }
        let Some(kept) = outside(std::mem::take(&mut content.operations), &names) else {
            continue;
        };
        content.operations = kept;
        let Ok(bytes) = content.encode() else {
            continue;
        };
        let id = doc.add_object(Stream::new(Dictionary::new(), bytes));
        if let Some(dict) = object::dict_mut(doc, *page) {
            dict.set("Contents", id);
        }
    }
}

/// The groups that say of themselves that they are not printed.
fn groups(doc: &Document) -> BTreeSet<ObjectId> {
    let all = doc
        .catalog()
        .ok()
        .and_then(|root| object::dict(doc, root, b"OCProperties"))
        .and_then(|all| object::array(doc, all, b"OCGs"));
    let ids = all
        .into_iter()
        .flatten()
        .filter_map(|id| id.as_reference().ok());
    ids.filter(|id| {
        let off = || {
            let group = doc.get_dictionary(*id).ok()?;
            let usage = object::dict(doc, group, b"Usage")?;
            let print = object::dict(doc, usage, b"Print")?;
            object::name(doc, print, b"PrintState")
        };
        off() == Some(b"OFF")
    })
    .collect()
}

/// The names by which a page's drawing calls them.
fn names(doc: &Document, page: ObjectId, hidden: &BTreeSet<ObjectId>) -> BTreeSet<Vec<u8>> {
    let found = || {
        let dict = doc.get_dictionary(page).ok()?;
        let resources = object::inherited(doc, dict, b"Resources")?.as_dict().ok()?;
        let named = object::dict(doc, resources, b"Properties")?;
        let of = |value: &Object| value.as_reference().is_ok_and(|id| hidden.contains(&id));
        let names = named.iter().filter(|(_, value)| of(value));
        Some(names.map(|(name, _)| name.clone()).collect())
    };
    found().unwrap_or_default()
}

/// The operations outside those groups; none where marks do not pair, or a group would take a change of the drawing's state with it.
fn outside(all: Vec<Operation>, hidden: &BTreeSet<Vec<u8>>) -> Option<Vec<Operation>> {
    let mut kept = Vec::with_capacity(all.len());
    // How deep the marks are, and how deep the hidden one began.
    let (mut depth, mut gone) = (0_usize, None);
    for one in all {
        match one.operator.as_str() {
            "BMC" | "BDC" => {
                let optional =
                    matches!(one.operands.first(), Some(Object::Name(tag)) if tag == b"OC");
                let named = matches!(one.operands.get(1), Some(Object::Name(name)) if hidden.contains(name));
                if optional && named && gone.is_none() {
                    gone = Some(depth);
                }
                depth += 1;
            }
            "EMC" => {
                depth = depth.checked_sub(1)?;
                if gone == Some(depth) {
                    gone = None;
                    continue;
                }
            }
            // The color that a group sets stays set behind it.
            "g" | "G" | "rg" | "RG" | "k" | "K" | "cs" | "CS" | "sc" | "SC" | "scn" | "SCN"
            | "w" | "J" | "j" | "M" | "d" | "i" | "ri" | "gs" | "Tf" | "Tc" | "Tw" | "Tz"
            | "TL" | "Tr" | "Ts" | "q" | "Q" | "cm" | "BT" | "ET" | "Tm" | "Td" | "TD" | "T*" => {
                kept.push(one);
                continue;
            }
            _ => {}
        }
        if gone.is_none() {
            kept.push(one);
        }
    }
    (depth == 0).then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_hidden_group_draws_goes() {
        let bytes = b"/OC /MC0 BDC 0.75 g 1 2 3 4 re f EMC /OC /MC1 BDC 5 6 7 8 re S EMC /P <</MCID 1>> BDC 9 9 m EMC";
        let hidden = BTreeSet::from([b"MC0".to_vec()]);
        let kept = outside(Content::decode(bytes).unwrap().operations, &hidden).unwrap();
        let kept: Vec<&str> = kept.iter().map(|one| one.operator.as_str()).collect();
        assert_eq!(kept, ["g", "BDC", "re", "S", "EMC", "BDC", "m", "EMC"]);
    }

    #[test]
    fn marks_that_do_not_pair_leave_the_page_as_it_is() {
        let bytes = b"EMC 1 2 3 4 re f";
        assert!(outside(Content::decode(bytes).unwrap().operations, &BTreeSet::new()).is_none());
    }
}
