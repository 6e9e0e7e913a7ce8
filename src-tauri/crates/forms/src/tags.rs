//! The tags of a form that has some (ISO 32000-1, 14.7 and 14.8): what is put onto its pages is named among them, so that whoever has the
//! paper read aloud hears each value where its field was, and a continuation page behind them. A form without tags stays without: tags
//! for our page alone would hide all others.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use crate::field::{Field, Kind};
use crate::{limits, object};

/// The tree of a document's tags, while it is added to.
pub(crate) struct Tags {
    root: ObjectId,
    /// Whose a key is: of a page the elements of its marks, of a field its element.
    parents: BTreeMap<i64, Object>,
    /// The element for pages that are put behind.
    behind: Option<ObjectId>,
}

impl Tags {
    /// Those of a document; none where it has none.
    pub(crate) fn of(doc: &Document) -> Option<Self> {
        let root = doc.catalog().ok()?.get(b"StructTreeRoot").ok()?;
        let root = root.as_reference().ok()?;
        let tree = object::dict(doc, doc.get_dictionary(root).ok()?, b"ParentTree")?;
        let mut parents = BTreeMap::new();
        numbers(doc, tree, 0, &mut parents);
        Some(Self {
            root,
            parents,
            behind: None,
        })
    }

    /// Names what a field shows on a page, now that the field goes; the number of its mark.
    pub(crate) fn value(
        &mut self,
        doc: &mut Document,
        page: ObjectId,
        widget: ObjectId,
        field: &Field,
        ticked: bool,
    ) -> Option<i64> {
        let key = doc.get_dictionary(widget).ok()?;
        let key = object::integer(doc, key, b"StructParent");
        let own = key.and_then(|key| self.parents.get(&key)?.as_reference().ok());
        let element = match own.filter(|id| doc.get_dictionary(*id).is_ok()) {
            Some(element) => element,
            None => self.element(doc, "Form")?,
        };
        let mut about = dictionary! { "O" => "PrintField" };
        match field.kind {
            Kind::Check | Kind::Radio => {
                about.set(
                    "Role",
                    if field.kind == Kind::Radio {
                        "rb"
                    } else {
                        "cb"
                    },
                );
                about.set("checked", if ticked { "on" } else { "off" });
            }
            _ => about.set("Role", "tv"),
        }
        if let Some(label) = &field.label {
            about.set("Desc", lopdf::text_string(label));
        }
        let number = self.mark(doc, element, page)?;
        let said = doc.get_dictionary(element).ok()?.get(b"A").ok();
        let mut said = match said.map(|said| (said, object::follow(doc, said))) {
            None => Vec::new(),
            Some((_, Object::Array(said))) => said.clone(),
            Some((said, _)) => vec![said.clone()],
        };
        said.push(about.into());
        object::dict_mut(doc, element)?.set("A", said);
        Some(number)
    }

    /// An element behind all others.
    pub(crate) fn element(&mut self, doc: &mut Document, role: &'static str) -> Option<ObjectId> {
        let section = match self.behind {
            Some(section) => section,
            None => {
                let above = top(doc, self.root)?;
                let section = doc.add_object(dictionary! {
                    "Type" => "StructElem", "S" => "Sect", "P" => above,
                });
                push(doc, above, section.into())?;
                *self.behind.insert(section)
            }
        };
        let element = doc.add_object(dictionary! {
            "Type" => "StructElem", "S" => role, "P" => section,
        });
        push(doc, section, element.into())?;
        Some(element)
    }

    /// Names a part of a page's drawing as an element's; the number of the mark.
    pub(crate) fn mark(
        &mut self,
        doc: &mut Document,
        element: ObjectId,
        page: ObjectId,
    ) -> Option<i64> {
        let key = object::integer(doc, doc.get_dictionary(page).ok()?, b"StructParents");
        let key = key.unwrap_or_else(|| self.next());
        object::dict_mut(doc, page)?.set("StructParents", key);
        let marks = self.parents.remove(&key).unwrap_or(Object::Null);
        let mut marks = match object::follow(doc, &marks) {
            Object::Array(marks) => marks.clone(),
            _ => Vec::new(),
        };
        let number = i64::try_from(marks.len()).ok()?;
        marks.push(element.into());
        self.parents.insert(key, marks.into());
        let mark = dictionary! { "Type" => "MCR", "Pg" => page, "MCID" => number };
        push(doc, element, mark.into())?;
        Some(number)
    }

    /// The first key that is nobody's. A file that took the last one there is gets it again: its own tag is lost, not the value.
    fn next(&self) -> i64 {
        let last = self.parents.keys().next_back();
        last.map_or(0, |last| last.saturating_add(1))
    }

    /// Writes the tree, without what it names that is no longer there.
    pub(crate) fn close(mut self, doc: &mut Document) {
        let gone: Vec<ObjectId> = (doc.objects.iter())
            .filter(|(_, object)| {
                let kids = object.as_dict().ok().and_then(|dict| dict.get(b"K").ok());
                kids.is_some_and(|kids| lost(doc, kids) || holds_lost(doc, kids))
            })
            .map(|(id, _)| *id)
            .collect();
        for id in gone {
            let kept: Option<Vec<Object>> = doc.get_dictionary(id).ok().and_then(|dict| {
                let kids = object::follow(doc, dict.get(b"K").ok()?).as_array().ok()?;
                Some(kids.iter().filter(|kid| !lost(doc, kid)).cloned().collect())
            });
            if let Some(dict) = object::dict_mut(doc, id) {
                dict.set("K", kept.unwrap_or_default());
            }
        }
        self.parents
            .retain(|_, parent| !object::follow(doc, parent).is_null());
        let next = self.next();
        let pairs = self.parents.into_iter();
        let pairs: Vec<Object> = pairs.flat_map(|(key, whose)| [key.into(), whose]).collect();
        let tree = doc.add_object(dictionary! { "Nums" => pairs });
        if let Some(root) = object::dict_mut(doc, self.root) {
            root.set("ParentTree", tree);
            root.set("ParentTreeNextKey", next);
        }
    }
}

/// The pairs of a tree of numbers.
fn numbers(doc: &Document, knot: &Dictionary, depth: usize, into: &mut BTreeMap<i64, Object>) {
    if depth > limits::DEPTH || into.len() > limits::OBJECTS {
        return;
    }
    for pair in (object::array(doc, knot, b"Nums").into_iter()).flat_map(|nums| nums.chunks(2)) {
        if let [key, whose] = pair
            && let Ok(key) = object::follow(doc, key).as_i64()
        {
            into.insert(key, whose.clone());
        }
    }
    for kid in object::array(doc, knot, b"Kids").into_iter().flatten() {
        if let Ok(kid) = object::follow(doc, kid).as_dict() {
            numbers(doc, kid, depth + 1, into);
        }
    }
}

/// What stands above all others: the document's one element, else the root.
fn top(doc: &Document, root: ObjectId) -> Option<ObjectId> {
    let kids = doc.get_dictionary(root).ok()?.get(b"K").ok();
    let first = match kids.map(|kids| (kids, object::follow(doc, kids))) {
        Some((Object::Reference(id), Object::Dictionary(_))) => Some(*id),
        Some((_, Object::Array(kids))) => match kids.as_slice() {
            [Object::Reference(id)] => Some(*id),
            _ => None,
        },
        _ => None,
    };
    Some(
        first
            .filter(|id| doc.get_dictionary(*id).is_ok())
            .unwrap_or(root),
    )
}

/// Puts a kid behind the others of an element.
fn push(doc: &mut Document, above: ObjectId, kid: Object) -> Option<()> {
    let kids = doc.get_dictionary(above).ok()?.get(b"K").ok();
    let kids = match kids.map(|kids| (kids, object::follow(doc, kids))) {
        // An only kid stands alone.
        None | Some((_, Object::Null)) => kid,
        Some((_, Object::Array(kids))) => {
            let mut kids = kids.clone();
            kids.push(kid);
            kids.into()
        }
        Some((first, _)) => vec![first.clone(), kid].into(),
    };
    object::dict_mut(doc, above)?.set("K", kids);
    Some(())
}

/// Whether a kid is a field that is no longer there.
fn lost(doc: &Document, kid: &Object) -> bool {
    let Ok(dict) = object::follow(doc, kid).as_dict() else {
        return false;
    };
    dict.get(b"Type")
        .is_ok_and(|kind| kind.as_name().is_ok_and(|kind| kind == b"OBJR"))
        && object::entry(doc, dict, b"Obj").is_none()
}

fn holds_lost(doc: &Document, kids: &Object) -> bool {
    let kids = object::follow(doc, kids).as_array();
    kids.is_ok_and(|kids| kids.iter().any(|kid| lost(doc, kid)))
}
