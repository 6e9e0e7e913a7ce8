//! What a form shows on a screen and does not print: drawings of optional content whose print state is off, and the ground that a page
//! draws under a button. A filing copy is paper, and other viewers print such drawings all the same, so they are taken off it.

use std::collections::BTreeSet;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use crate::{limits, object};

/// Takes what is not printed off the pages.
pub(crate) fn strip(doc: &mut Document, pages: &[ObjectId]) {
    for page in pages {
        let names = names(doc, *page);
        if names.is_empty() {
            continue;
        }
        if let Some(kept) = drawing(doc, *page).and_then(|all| outside(all, &names)) {
            redraw(doc, *page, kept);
        }
    }
}

/// Takes off a page the grounds that it draws under places that are gone: plain boxes filled where a button stood.
pub(crate) fn grounds(doc: &mut Document, page: ObjectId, places: &[[f32; 4]]) {
    if places.is_empty() {
        return;
    }
    let Some(all) = drawing(doc, page) else {
        return;
    };
    let count = all.len();
    let kept = ungrounded(all, places);
    if kept.len() < count {
        redraw(doc, page, kept);
    }
}

/// A page's drawing in its operations; none where it cannot be read apart, or pictures stand inside it: the page then stays as it is.
fn drawing(doc: &Document, page: ObjectId) -> Option<Vec<Operation>> {
    let bytes = doc
        .get_page_content_with_limit(page, limits::PAGE_BYTES)
        .ok()?;
    let content = Content::decode(&bytes).ok()?;
    let pictures = content.operations.iter().any(|one| one.operator == "BI");
    (!pictures).then_some(content.operations)
}

fn redraw(doc: &mut Document, page: ObjectId, operations: Vec<Operation>) {
    let Ok(bytes) = (Content { operations }).encode() else {
        return;
    };
    let id = doc.add_object(Stream::new(Dictionary::new(), bytes));
    if let Some(dict) = object::dict_mut(doc, page) {
        dict.set("Contents", id);
    }
}

/// How far a button and the ground drawn under it may differ, in points.
const NEAR: f32 = 1.5;

/// The operations without boxes filled where a button stood. Only where nothing moved the drawing's origin can a box be compared.
fn ungrounded(all: Vec<Operation>, places: &[[f32; 4]]) -> Vec<Operation> {
    let mut kept: Vec<Operation> = Vec::with_capacity(all.len());
    // Whether the drawing is moved, for each save.
    let mut moved = vec![false];
    for one in all {
        match one.operator.as_str() {
            "q" => moved.push(moved.last().copied().unwrap_or_default()),
            "Q" => {
                moved.pop();
            }
            "cm" => {
                let plain = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
                if numbers(&one) != plain {
                    moved.pop();
                    moved.push(true);
                }
            }
            "f" | "F" | "f*" if moved.last() == Some(&false) => {
                // The whole path is this one box: what stands before it draws or sets something else.
                let mut before = kept.iter().rev();
                let path = before.next();
                let alone = before.next().is_none_or(|one| !builds(&one.operator));
                if alone && path.is_some_and(|one| ground(one, places)) {
                    kept.pop();
                    continue;
                }
            }
            _ => {}
        }
        kept.push(one);
    }
    kept
}

fn builds(operator: &str) -> bool {
    matches!(
        operator,
        "m" | "l" | "c" | "v" | "y" | "h" | "re" | "W" | "W*"
    )
}

fn ground(path: &Operation, places: &[[f32; 4]]) -> bool {
    let numbers = numbers(path);
    let ("re", [x, y, wide, tall]) = (path.operator.as_str(), numbers.as_slice()) else {
        return false;
    };
    let drawn = [
        x.min(x + wide),
        y.min(y + tall),
        x.max(x + wide),
        y.max(y + tall),
    ];
    let same = |place: &[f32; 4]| place.iter().zip(drawn).all(|(a, b)| (a - b).abs() <= NEAR);
    places.iter().any(same)
}

fn numbers(one: &Operation) -> Vec<f32> {
    let all = one.operands.iter();
    all.filter_map(|number| number.as_float().ok()).collect()
}

/// The names by which a page's drawing calls groups that say of themselves that they are not printed. Whoever saved the file again may
/// have lost the document's list of its groups, so it is not asked.
fn names(doc: &Document, page: ObjectId) -> BTreeSet<Vec<u8>> {
    let off = |group: &Object| {
        let state = || {
            let group = object::follow(doc, group).as_dict().ok()?;
            let usage = object::dict(doc, group, b"Usage")?;
            let print = object::dict(doc, usage, b"Print")?;
            object::name(doc, print, b"PrintState")
        };
        state() == Some(b"OFF")
    };
    let found = || {
        let dict = doc.get_dictionary(page).ok()?;
        let resources = object::inherited(doc, dict, b"Resources")?.as_dict().ok()?;
        let named = object::dict(doc, resources, b"Properties")?;
        let names = named.iter().filter(|(_, group)| off(group));
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
    fn only_a_box_filled_where_a_button_stood_goes() {
        let bytes = b"0.7 g 30 10 80 20 re f 30 40 80 20 re f q 1 0 0 1 5 5 cm 30 10 80 20 re f Q 0 0 m 30 10 80 20 re f \
                      30 10 80 20 re S 110 30 -80 -20 re f*";
        let kept = ungrounded(
            Content::decode(bytes).unwrap().operations,
            &[[30.5, 9.5, 110.0, 30.0]],
        );
        let kept: Vec<&str> = kept.iter().map(|one| one.operator.as_str()).collect();
        assert_eq!(
            kept,
            [
                "g", "re", "f", "q", "cm", "re", "f", "Q", "m", "re", "f", "re", "S"
            ]
        );
    }

    #[test]
    fn marks_that_do_not_pair_leave_the_page_as_it_is() {
        let bytes = b"EMC 1 2 3 4 re f";
        assert!(outside(Content::decode(bytes).unwrap().operations, &BTreeSet::new()).is_none());
    }
}
