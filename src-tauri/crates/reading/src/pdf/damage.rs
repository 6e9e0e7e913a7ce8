//! What a damaged file lost: lopdf opens it all the same and leaves out what it cannot read, which must not look like a whole sheet.

use std::borrow::Cow;
use std::collections::HashSet;

use flate2::{Decompress, FlushDecompress, Status};
use lopdf::content::Operation;
use lopdf::xref::XrefRecovery;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use crate::limits;

/// An instruction that no page has: what is read of a page with it at its end was read to its end.
const END: &str = "EndOfThePage";
/// Instructions of pages (ISO 32000-1, annex A).
const KNOWN: [&str; 73] = [
    "b", "B", "b*", "B*", "BDC", "BI", "BMC", "BT", "BX", "c", "cm", "CS", "cs", "d", "d0", "d1",
    "Do", "DP", "EI", "EMC", "ET", "EX", "f", "F", "f*", "G", "g", "gs", "h", "i", "ID", "j", "J",
    "K", "k", "l", "m", "M", "MP", "n", "q", "Q", "re", "RG", "rg", "ri", "s", "S", "SC", "sc",
    "SCN", "scn", "sh", "T*", "Tc", "Td", "TD", "Tf", "Tj", "TJ", "TL", "Tm", "Tr", "Ts", "Tw",
    "Tz", "v", "w", "W", "W*", "y", "'", "\"",
];

/// The pages that the tree names, also those that cannot be opened, and whether it is whole.
pub(super) fn pages(document: &Document) -> (Vec<ObjectId>, bool) {
    let mut whole = document.xref_recovery != Some(XrefRecovery::Reconstructed);
    let root = document
        .catalog()
        .and_then(|catalog| catalog.get(b"Pages"))
        .and_then(Object::as_reference);
    let Ok(root) = root else {
        return (
            document.page_iter().take(limits::PAGES + 1).collect(),
            false,
        );
    };
    let (mut ids, mut nodes, mut left) = (Vec::new(), HashSet::new(), vec![root]);
    while let Some(id) = left.pop() {
        if ids.len() > limits::PAGES || left.len() > limits::OBJECTS {
            return (ids, whole);
        }
        let kids = document
            .get_dictionary(id)
            .and_then(|node| node.get_deref(b"Kids", document))
            .and_then(Object::as_array);
        match kids {
            Ok(kids) if nodes.insert(id) => {
                let children = kids.iter().rev().map(Object::as_reference);
                let before = left.len();
                left.extend(children.flatten());
                whole &= left.len() - before == kids.len();
            }
            Ok(_) => whole = false,
            Err(_) => ids.push(id),
        }
    }
    let counted = document
        .get_dictionary(root)
        .and_then(|node| node.get_deref(b"Count", document))
        .and_then(Object::as_i64);
    whole &= counted.is_ok_and(|counted| usize::try_from(counted) == Ok(ids.len()));
    (ids, whole)
}

/// Whether all that the page draws is there and can be unpacked.
pub(super) fn is_whole(document: &Document, page: ObjectId) -> bool {
    let is_page = document.get_dictionary(page).is_ok_and(|page| {
        page.get_type().is_ok_and(|kind| kind == b"Page") && page.has(b"Contents")
    });
    let contents = document.get_page_contents(page);
    // A page may draw nothing and say so; contents that lost their stream are not nothing.
    let blank = || {
        let named = document.get_dictionary(page).and_then(|page| {
            let contents = page.get_deref(b"Contents", document)?;
            contents.as_array().map(Vec::is_empty)
        });
        named.unwrap_or(false)
    };
    is_page
        && (!contents.is_empty() || blank())
        && contents.into_iter().all(|id| {
            let stream = document.get_object(id).and_then(Object::as_stream);
            stream.is_ok_and(|stream| decodes(stream, limits::PAGE_BYTES))
        })
}

/// Whether a stream unpacks to its end: lopdf gives what it has where the checksum says that it is wrong, and packed bytes where nothing
/// can be unpacked.
pub(super) fn decodes(stream: &Stream, most: usize) -> bool {
    let filters = stream.filters().unwrap_or_default();
    let Some(flate) = filters.iter().position(|filter| *filter == b"FlateDecode") else {
        return filters.is_empty() || stream.decompressed_content_with_limit(most).is_ok();
    };
    let packed = match filters.get(..flate) {
        None | Some([]) => Cow::Borrowed(stream.content.as_slice()),
        Some(before) => {
            let names: Vec<Object> = before
                .iter()
                .map(|name| Object::Name(name.to_vec()))
                .collect();
            let mut dictionary = Dictionary::new();
            dictionary.set("Filter", names);
            let outer = Stream::new(dictionary, stream.content.clone());
            match outer.decompressed_content_with_limit(most) {
                Ok(packed) => Cow::Owned(packed),
                Err(_) => return false,
            }
        }
    };
    inflates(packed.as_ref(), most) && stream.decompressed_content_with_limit(most).is_ok()
}

/// Whether packed bytes come to their own end, or to the limit: a reader that takes what there is does not say that it broke off.
fn inflates(packed: &[u8], most: usize) -> bool {
    match unpack(Decompress::new(true), packed, most) {
        Unpacked::Whole => true,
        Unpacked::Wrong => false,
        // Without its last four bytes, the checksum, nothing of it is lost.
        Unpacked::Short => packed
            .get(2..)
            .is_some_and(|plain| unpack(Decompress::new(false), plain, most) == Unpacked::Whole),
    }
}

#[derive(PartialEq, Eq)]
enum Unpacked {
    Whole,
    /// It breaks off.
    Short,
    Wrong,
}

fn unpack(mut inflate: Decompress, packed: &[u8], most: usize) -> Unpacked {
    let mut out = vec![0; 32 << 10];
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    loop {
        let (read, made) = (inflate.total_in(), inflate.total_out());
        let rest = usize::try_from(read)
            .ok()
            .and_then(|read| packed.get(read..))
            .unwrap_or_default();
        match inflate.decompress(rest, &mut out, FlushDecompress::None) {
            Ok(Status::StreamEnd) => return Unpacked::Whole,
            Ok(_) if inflate.total_out() > most => return Unpacked::Whole,
            Ok(_) if inflate.total_in() == read && inflate.total_out() == made => {
                return Unpacked::Short;
            }
            Ok(_) => {}
            Err(_) => return Unpacked::Wrong,
        }
    }
}

/// A page's instructions with a last one that shows whether reading came so far.
pub(super) fn ended(bytes: &[u8]) -> Vec<u8> {
    [bytes, b"\n", END.as_bytes(), b"\n"].concat()
}

/// Whether instructions broke off, are none that there are, or leave a text open.
pub(super) fn in_steps(steps: &[Operation]) -> bool {
    let (mut open, mut nested) = (false, false);
    let mut own = steps.iter().map(|step| step.operator.as_str());
    let ended = own.next_back() == Some(END);
    let strange = own.any(|operator| {
        nested |= matches!(operator, "BT" if open) || matches!(operator, "ET" if !open);
        open = match operator {
            "BT" => true,
            "ET" => false,
            _ => open,
        };
        !KNOWN.contains(&operator)
    });
    !ended || strange || open || nested
}
