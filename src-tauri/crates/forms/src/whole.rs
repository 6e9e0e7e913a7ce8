//! Whether a form is all there. A reader salvages what it can of a damaged file and passes over the rest in silence; what is missing
//! then is missing on the paper that a court gets. So everything that the pages and the form lead to is looked at once: it is in the
//! file, its packed parts unpack to their end, fonts hold the tables that they name, and each page has a size.

use std::collections::BTreeSet;

use flate2::{Decompress, FlushDecompress, Status};
use lopdf::xref::{XrefEntry, XrefRecovery};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use crate::{FormError, limits, object};

/// Sides of a page that somebody can write on, in points.
const SIDES: std::ops::Range<f32> = 36.0..15_000.0;

/// Keys that lead back up, away from the page, or to what is taken out of every form before it is filled.
const AWAY: [&[u8]; 16] = [
    b"Parent",
    b"P",
    b"Pg",
    b"A",
    b"AA",
    b"Dest",
    b"Popup",
    b"IRT",
    b"B",
    b"Metadata",
    b"PieceInfo",
    b"Thumb",
    b"StructParent",
    b"StructParents",
    b"XFA",
    b"Reference",
];

/// How much depends on a thing being there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Need {
    /// It is printed: a form without it is another form.
    Printed,
    /// It is a field or a note. Makers leave names of what they deleted; a hole is what the file lost.
    Named,
}

/// Looks at everything that the pages and the form lead to.
pub(crate) fn check(doc: &Document, pages: &[ObjectId]) -> Result<(), FormError> {
    let mut look = Look {
        doc,
        seen: BTreeSet::new(),
        budget: limits::OPENING_BYTES,
    };
    let catalog = doc.catalog().map_err(|_| FormError::Damaged)?;
    look.tree(catalog.get(b"Pages").map_err(|_| FormError::Damaged)?, 0)?;
    for page in pages {
        look.page(*page)?;
    }
    if let Ok(form) = catalog.get(b"AcroForm") {
        look.all(form, Need::Named)?;
    }
    Ok(())
}

struct Look<'a> {
    doc: &'a Document,
    seen: BTreeSet<ObjectId>,
    /// Bytes that may still be unpacked: a file that unpacks to more is not looked at to its end.
    budget: usize,
}

impl<'a> Look<'a> {
    /// The tree of the pages: every knot and every page is there.
    fn tree(&mut self, knot: &Object, depth: usize) -> Result<(), FormError> {
        let dict = object::follow(self.doc, knot).as_dict();
        let dict = dict.map_err(|_| FormError::Damaged)?;
        // A tree that bites its own tail is opened as far as it goes.
        if depth > limits::DEPTH || knot.as_reference().is_ok_and(|id| !self.seen.insert(id)) {
            return Ok(());
        }
        let kids = object::array(self.doc, dict, b"Kids");
        kids.into_iter()
            .flatten()
            .try_for_each(|kid| self.tree(kid, depth + 1))
    }

    fn page(&mut self, id: ObjectId) -> Result<(), FormError> {
        let doc = self.doc;
        let page = doc.get_dictionary(id).map_err(|_| FormError::Damaged)?;
        let sides = object::inherited(doc, page, b"MediaBox").and_then(|b| object::rect(doc, b));
        let [left, low, right, high] = sides.ok_or(FormError::Damaged)?;
        if !SIDES.contains(&(right - left)) || !SIDES.contains(&(high - low)) {
            return Err(FormError::Damaged);
        }
        // What stands above a page in the tree counts for it as its own does.
        let mut node = Some(page);
        for _ in 0..limits::DEPTH {
            let Some(dict) = node else { break };
            if let Ok(resources) = dict.get(b"Resources") {
                self.all(resources, Need::Printed)?;
            }
            node = object::dict(doc, dict, b"Parent");
        }
        if let Ok(contents) = page.get(b"Contents") {
            let parts = object::follow(doc, contents);
            let drawn = match parts {
                Object::Array(parts) => parts
                    .iter()
                    .all(|part| object::follow(doc, part).as_stream().is_ok()),
                part => part.as_stream().is_ok() || contents.is_null(),
            };
            if !drawn {
                return Err(FormError::Damaged);
            }
            self.all(contents, Need::Printed)?;
        }
        page.get(b"Annots")
            .map_or(Ok(()), |notes| self.all(notes, Need::Named))
    }

    /// A thing and all that it leads to.
    fn all(&mut self, from: &'a Object, need: Need) -> Result<(), FormError> {
        let mut open = vec![from];
        while let Some(object) = open.pop() {
            match object {
                Object::Reference(id) => match self.doc.objects.get(id) {
                    Some(found) if self.seen.insert(*id) => open.push(found),
                    Some(_) => {}
                    None if need == Need::Printed || self.lost(*id) => {
                        return Err(FormError::Damaged);
                    }
                    None => {}
                },
                Object::Array(items) => open.extend(items),
                Object::Dictionary(dict) => open.extend(onward(dict)),
                Object::Stream(stream) => {
                    self.stream(stream)?;
                    open.extend(onward(&stream.dict));
                }
                _ => {}
            }
            if let Object::Dictionary(dict) = object {
                self.font(dict)?;
            }
        }
        Ok(())
    }

    /// Whether a name that leads nowhere led somewhere once.
    fn lost(&self, id: ObjectId) -> bool {
        let listed = matches!(
            self.doc.reference_table.get(id.0),
            Some(XrefEntry::Normal { offset: 1.., .. } | XrefEntry::Compressed { .. })
        );
        listed || self.doc.xref_recovery == Some(XrefRecovery::Reconstructed)
    }

    fn stream(&mut self, stream: &Stream) -> Result<(), FormError> {
        let first = stream
            .filters()
            .ok()
            .and_then(|f| f.first().copied().map(<[u8]>::to_vec));
        if first.as_deref() != Some(b"FlateDecode") || stream.content.is_empty() {
            return Ok(());
        }
        if unpacks(&stream.content, &mut self.budget) {
            Ok(())
        } else {
            Err(FormError::Damaged)
        }
    }

    /// A font's file holds every table that it names.
    fn font(&self, descriptor: &Dictionary) -> Result<(), FormError> {
        let file = object::entry(self.doc, descriptor, b"FontFile2");
        let Some(file) = file.and_then(|file| file.as_stream().ok()) else {
            return Ok(());
        };
        let Ok(bytes) = file.decompressed_content_with_limit(limits::PAGE_BYTES) else {
            return Err(FormError::Damaged);
        };
        if tables(&bytes).is_some_and(|whole| !whole) {
            return Err(FormError::Damaged);
        }
        Ok(())
    }
}

fn onward(dict: &Dictionary) -> impl Iterator<Item = &Object> {
    let kept = dict
        .iter()
        .filter(|(key, _)| !AWAY.contains(&key.as_slice()));
    kept.map(|(_, value)| value)
}

/// Whether a packed part (RFC 1950) comes to its end with the sum it names. A sum that was cut off is let pass: makers forget it.
fn unpacks(content: &[u8], budget: &mut usize) -> bool {
    let Some(packed) = content.get(2..) else {
        return false;
    };
    let mut inflate = Decompress::new(false);
    let mut room = vec![0; 32 << 10];
    let (mut low, mut high) = (1_u32, 0_u32);
    loop {
        let (read, written) = (inflate.total_in(), inflate.total_out());
        let rest = usize::try_from(read).ok().and_then(|at| packed.get(at..));
        let Some(rest) = rest else { return false };
        let Ok(status) = inflate.decompress(rest, &mut room, FlushDecompress::None) else {
            return false;
        };
        let got = usize::try_from(inflate.total_out() - written).unwrap_or_default();
        for byte in room.iter().take(got) {
            low = (low + u32::from(*byte)) % 65_521;
            high = (high + low) % 65_521;
        }
        if status == Status::StreamEnd {
            let at = usize::try_from(inflate.total_in()).unwrap_or(usize::MAX);
            let sum = packed.get(at..at.saturating_add(4));
            return sum.is_none_or(|sum| sum == (high << 16 | low).to_be_bytes());
        }
        if got == 0 && inflate.total_in() == read {
            return false;
        }
        let Some(left) = budget.checked_sub(got) else {
            return true;
        };
        *budget = left;
    }
}

/// Whether each table that a font's directory names lies within its file; none where the file is no font of tables.
fn tables(font: &[u8]) -> Option<bool> {
    let number = |at: usize| -> Option<usize> {
        let bytes: [u8; 4] = font.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(u32::from_be_bytes(bytes)).ok()
    };
    if !matches!(font.get(..4)?, [0, 1, 0, 0] | b"true" | b"OTTO") {
        return None;
    }
    let count = usize::from(u16::from_be_bytes(font.get(4..6)?.try_into().ok()?));
    let whole = (0..count).all(|n| {
        let entry = 12 + 16 * n;
        let end = number(entry + 8).zip(number(entry + 12));
        end.and_then(|(start, long)| start.checked_add(long))
            .is_some_and(|end| end <= font.len())
    });
    Some(whole)
}
