//! Rows that are lines: the quick way, for rows as the export writes them.

use csv_core::{ReadRecordResult, Reader};
use reading::export::QUOTED;

use crate::batch::{Batch, COLUMNS, Place};

/// Puts the ends of the fields of a whole line, without its line end, behind `ends`. False where the line is anything but plain:
/// a quote inside a field, a doubled or an open one, a line end of the older kind. Then `ends` holds nothing that counts.
fn plain(line: &[u8], ends: &mut Vec<u32>) -> bool {
    if line.len() >= QUOTED as usize || memchr::memchr(b'\r', line).is_some() {
        return false;
    }
    // Fields are a few bytes long: to look at each is quicker than to begin a wide search anew for every one.
    let mut start = 0;
    loop {
        let quoted = line.get(start) == Some(&b'"');
        let comma = match quoted {
            true => {
                let inside = &line[start + 1..];
                let Some(length) = inside.iter().position(|byte| *byte == b'"') else {
                    return false;
                };
                let behind = start + length + 2;
                match line.get(behind) {
                    None => None,
                    Some(b',') => Some(behind),
                    Some(_) => return false,
                }
            }
            false => {
                let rest = &line[start..];
                let stop = rest.iter().position(|byte| matches!(byte, b',' | b'"'));
                match stop.map(|n| start + n) {
                    Some(at) if line[at] == b'"' => return false,
                    found => found,
                }
            }
        };
        ends.push(end(
            comma.unwrap_or(line.len()),
            if quoted { QUOTED } else { 0 },
        ));
        match comma {
            Some(at) => start = at + 1,
            None => return true,
        }
    }
}

fn end(at: usize, quoted: u32) -> u32 {
    // The line is shorter than the mark.
    u32::try_from(at).unwrap_or_default() | quoted
}

/// Puts a line at the end of the batch, without its end; false, and nothing put, where it is not the whole of a plain row.
pub(crate) fn whole_line(batch: &mut Batch, line: &[u8], place: Place) -> bool {
    let length = line.iter().rposition(|byte| *byte != b'\r');
    let line = &line[..length.map_or(0, |last| last + 1)];
    let ends = batch.ends.len();
    let mut whole = plain(line, &mut batch.ends);
    // The header of real files ends in one comma too many; so may a row.
    if batch.ends.len() - ends == COLUMNS + 1 && line.ends_with(b",") {
        batch.ends.pop();
    }
    whole &= batch.ends.len() - ends == COLUMNS;
    match whole {
        true => batch.plain(ends, line, place),
        false => batch.ends.truncate(ends),
    }
    whole
}

/// Puts a row that was read before, without its line end, at the end of the batch; nothing where it is not a whole row.
pub(crate) fn whole_row(batch: &mut Batch, raw: &[u8], place: Place) -> Option<()> {
    if whole_line(batch, raw, place) {
        return Some(());
    }
    let mut core = Reader::new();
    let (mut out, mut ends) = (vec![0; raw.len() + 2], vec![0_usize; COLUMNS + 2]);
    let (mut result, used, wrote, mut ended) = core.read_record(raw, &mut out, &mut ends);
    if result == ReadRecordResult::InputEmpty && used == raw.len() {
        let more;
        (result, _, _, more) = core.read_record(&[], &mut out[wrote..], &mut ends[ended..]);
        ended += more;
    }
    let whole = result == ReadRecordResult::Record && used == raw.len();
    let last = ends.get(COLUMNS - 1)?;
    if !whole || ended < COLUMNS || ends[COLUMNS..ended].iter().any(|end| end != last) {
        return None;
    }
    let mut start = 0;
    let fields = ends[..COLUMNS].iter().map(|end| {
        let field = &out[start..*end];
        start = *end;
        field
    });
    batch.fields(fields, raw, place);
    Some(())
}
