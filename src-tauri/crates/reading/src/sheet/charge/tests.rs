//! Charge lines and what they mean.

use super::*;

#[test]
fn charges_are_normalised() {
    for (line, section, attempt, description) in [
        (
            "11357(B) HS-POSSESS MARIJUANA",
            "HS 11357(b)",
            false,
            Some("POSSESS MARIJUANA"),
        ),
        (
            "11360 (A) HS-SELL/TRANSPORT",
            "HS 11360(a)",
            false,
            Some("SELL/TRANSPORT"),
        ),
        (".496. PC-RECEIVE", "PC 496", false, Some("RECEIVE")),
        (
            "490,2 PC-PETTY THEFT",
            "PC 490.2",
            false,
            Some("PETTY THEFT"),
        ),
        ("11358HS-CULTIVATE", "HS 11358", false, Some("CULTIVATE")),
        ("537E(A) PC-BUY", "PC 537e(a)", false, Some("BUY")),
        ("1203.4A PC", "PC 1203.4a", false, None),
        ("11359 HS", "HS 11359", false, None),
        (
            "245(A)(1) PC-FORCE/ADW NOT FIREARM:GBI LIKELY",
            "PC 245(a)(1)",
            false,
            Some("FORCE/ADW NOT FIREARM:GBI LIKELY"),
        ),
        ("664/11359 HS-ATTEMPT", "HS 11359", true, Some("ATTEMPT")),
        ("664-187(A) PC-MURDER", "PC 187(a)", true, Some("MURDER")),
        ("664187(A) PC-MURDER", "PC 187(a)", true, Some("MURDER")),
        ("664.487(A) PC-THEFT", "PC 487(a)", true, Some("THEFT")),
        ("459-664 PC-BURGLARY", "PC 459", true, Some("BURGLARY")),
        ("664 PC/11360(A) HS-SELL", "HS 11360(a)", true, Some("SELL")),
        ("484G PC-THEFT", "PC 484g", false, Some("THEFT")),
        ("653O PC-SELL", "PC 653o", false, Some("SELL")),
        ("664 PC-ATTEMPT", "PC 664", false, Some("ATTEMPT")),
        ("484-487(A) PC-THEFT", "PC 484-487(a)", false, Some("THEFT")),
        (
            "23145/23152(B) VC-DUI",
            "VC 23145/23152(b)",
            false,
            Some("DUI"),
        ),
        (
            "18 2113(A) US-BANK ROBBERY",
            "18 USC 2113(a)",
            false,
            Some("BANK ROBBERY"),
        ),
        (
            "12020(A)(1) PC-MFG/SALE",
            "PC 12020(a)(1)",
            false,
            Some("MFG/SALE"),
        ),
    ] {
        let charge = parse(line).unwrap_or_else(|| panic!("{line}"));
        assert_eq!(
            charge.section.as_ref().map(Section::as_str),
            Some(section),
            "{line}"
        );
        assert_eq!(
            (charge.attempt, charge.description.as_deref()),
            (attempt, description),
            "{line}"
        );
    }
}

#[test]
fn swapped_codes_are_taken_and_told() {
    let charge = parse("487(D) CP-GRAND THEFT").unwrap();
    assert_eq!(charge.section.unwrap().as_str(), "PC 487(d)");
    assert_eq!(charge.repaired.as_deref(), Some("487(D) CP"));
}

#[test]
fn digits_with_a_blank_between_are_joined_and_told() {
    let charge = parse("11 357(B) HS-POSSESS").unwrap();
    assert_eq!(charge.section.unwrap().as_str(), "HS 11357(b)");
    assert_eq!(charge.repaired.as_deref(), Some("11 357(B) HS"));
    assert_eq!(parse("496 (A) (2) PC-RECEIVE").unwrap().repaired, None);
    assert_eq!(parse("18 2113(A) US-BANK").unwrap().repaired, None);
}

#[test]
fn a_code_before_its_number_is_taken_and_told() {
    for (line, section, words) in [
        ("PC 484(A)-THEFT", "PC 484(a)", Some("THEFT")),
        (
            "HS 11360 (A) SELL MARIJUANA",
            "HS 11360(a)",
            Some("SELL MARIJUANA"),
        ),
        ("PC 664/459-BURGLARY", "PC 459", Some("BURGLARY")),
        ("VC 23152", "VC 23152", None),
    ] {
        let charge = parse(line).unwrap();
        assert_eq!(charge.section.unwrap().as_str(), section, "{line}");
        assert_eq!(charge.description.as_deref(), words, "{line}");
        assert!(charge.repaired.is_some(), "{line}");
    }
    assert_eq!(parse("PC DEPARTMENT 12"), None);
}

#[test]
fn letters_among_digits_are_only_a_proposal() {
    let charge = parse("1I357(A) HS-POSSESS").unwrap();
    assert_eq!(
        (charge.section, charge.likely.unwrap().as_str()),
        (None, "HS 11357(a)")
    );
    for (line, likely) in [
        ("1136O(A) HS-SELL", "HS 11360(a)"),
        ("1135B HS-CULTIVATE", "HS 11358"),
        ("24S(A)(1) PC-FORCE", "PC 245(a)(1)"),
        ("14B(A) PC-OBSTRUCT", "PC 148(a)"),
    ] {
        let charge = parse(line).unwrap();
        assert_eq!(
            (charge.section, charge.likely.unwrap().as_str()),
            (None, likely)
        );
    }
}

#[test]
fn free_text_is_no_charge() {
    for line in [
        "TRAFFIC VIOLATION",
        "BUY/SELL ARTICLES W/IDENT REMOVED",
        "3 ADD CNTS OF 496.1 PC",
        "SEE COMMENT FOR CHARGE",
        "211 MAIN ST, LOS ANGELES",
        "16 MONTHS PRISON",
        "LOS ANGELES PC",
        "",
    ] {
        assert_eq!(parse(line), None, "{line}");
    }
}

#[test]
fn a_conspiracy_keeps_its_aim() {
    let charge = parse("182(A)(1)/11360(A) HS-CONSPIRACY").unwrap();
    assert_eq!(charge.section.unwrap().as_str(), "PC 182(a)(1)");
    assert_eq!(charge.target.unwrap().as_str(), "HS 11360(a)");
}
