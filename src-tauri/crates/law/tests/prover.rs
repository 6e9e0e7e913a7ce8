//! The packs inside the program prove themselves, and a pack that is wrong does not.

use law::prove;
use packs::Packs;

// Routes whose worked cases cover every question and every limit. The answers of all routes are proved whether they stand here or not;
// `relief rules check` names what is still to be written for the others.
const COVERED: [&str; 2] = ["prop-64", "hsc-11361.9"];

#[test]
fn the_packs_inside_the_program_hold() {
    let packs = Packs::builtin().unwrap_or_else(|error| panic!("{error}"));
    let (covered, mut faults) = prove::check(packs).unwrap_or_else(|error| panic!("{error}"));
    faults.retain(|fault| {
        let route = fault.place.file.contains("/routes/");
        let named = |id: &&str| fault.place.file.ends_with(&format!("/{id}.toml"));
        !route || COVERED.iter().any(named)
    });
    let words: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        words.join("\n")
    );
    assert!(covered.cases > 100 && covered.changes > 1000, "{covered:?}");
}
