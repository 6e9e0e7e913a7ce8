//! Courts and places as sheets print them.

use super::*;

fn courts() -> Courts {
    Courts::parse(include_str!("../../us-ca/courts.toml")).unwrap()
}

fn county(printed: &str) -> Option<String> {
    courts().agency(printed).county.map(|c| c.name.clone())
}

#[test]
fn every_county_is_found_by_its_name_and_has_a_caption_and_an_address() {
    let courts = courts();
    assert_eq!(courts.counties().len(), 58);
    for c in courts.counties() {
        for printed in [
            format!("CASC {}", c.name),
            format!("CASC {} CO", c.name.to_uppercase()),
            format!("CAJV {} COUNTY", c.name),
            format!("CASO {}", c.name),
        ] {
            let found = courts.agency(&printed).county.map(|c| c.name.as_str());
            assert_eq!(found, Some(c.name.as_str()), "{printed}");
        }
        assert!(courts.caption(c).ends_with(&c.name.to_uppercase()));
        assert!(c.address.len() >= 2 && c.address.iter().all(|line| !line.is_empty()));
    }
}

#[test]
fn printed_courthouses_lead_to_their_county() {
    for (printed, expected) in [
        ("CASC LOS ANGELES LONG BCH", "Los Angeles"),
        ("CASC LOS ANGELES S MONICA", "Los Angeles"),
        ("CASC LOS ANGELES SN FERNDO", "Los Angeles"),
        ("CAMC LOS ANGELES METRO", "Los Angeles"),
        ("CASC WEST LA AIRPORT", "Los Angeles"),
        ("CASCLOS ANGELES", "Los Angeles"),
        ("CAMC OAKLAN D", "Alameda"),
        ("CASC MCHAYWAR D", "Alameda"),
        ("CASC MC EUREKA", "Humboldt"),
        ("CASC SNTA MARIA", "Santa Barbara"),
        ("CAMC SAN BERDO CENTRAL", "San Bernardino"),
        ("CASC SN.JOSE", "Santa Clara"),
        ("CASC SANTA CRUZ CRIM TRAFF", "Santa Cruz"),
        ("CAJV WEST CONTRA COSTA CO", "Contra Costa"),
        ("CAMC SO SAN FRANCISCO", "San Mateo"),
        ("CAMC CALEXICO DEPT", "Imperial"),
        ("CAJC CLEARLAKE HIGHLANDS", "Lake"),
        ("CAPD WEST SACRAMENTO", "Yolo"),
        ("CASC ORANGE COVE", "Fresno"),
        ("CAJV SF JUV DELINQUENCY", "San Francisco"),
        ("CASC SAN DIEGO EL CAJON", "San Diego"),
        ("casc yuba city", "Sutter"),
    ] {
        assert_eq!(county(printed).as_deref(), Some(expected), "{printed}");
    }
}

#[test]
fn an_unknown_place_stays_unknown() {
    for printed in [
        "CASC ATLANTIS",
        "CASC SAN DIEGO ATLANTIS",
        "CASC CENTRAL",
        "CASC",
        "",
        "CASC LOS ANGELES FRESNO",
        "CASC SAN",
        "CASD CORRECTIONS SACRAMENTO",
        "USFD SAN FRANCISCO",
        "S S S S S S S S S S S S",
    ] {
        assert_eq!(county(printed), None, "{printed}");
    }
}

#[test]
fn a_place_in_two_counties_is_refused() {
    let text = include_str!("../../us-ca/courts.toml").replacen("\"OAKLAND\"", "\"FRESNO\"", 1);
    assert!(matches!(
        Courts::parse(&text),
        Err(CourtsError::Ambiguous { .. })
    ));
}
