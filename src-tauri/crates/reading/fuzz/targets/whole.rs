//! What must hold for any bytes: no panic, and a draft whose record comes back from its own JSON. Time and memory are the fuzzer's to watch.

use packs::Packs;
use record::Record;

#[path = "../../tests/support/parrot.rs"]
mod parrot;

use parrot::Parrot;

/// Reads a file as the program does.
pub(crate) fn read(bytes: &[u8]) {
    let packs = Packs::builtin().expect("the program's own packs");
    if let Ok(draft) = reading::read_pages(bytes, packs, Some(&mut Parrot), &mut |_| true) {
        let back = Record::from_json(&draft.record.to_json());
        assert!(
            back.as_ref() == Ok(&draft.record),
            "the record does not come back"
        );
    }
}
