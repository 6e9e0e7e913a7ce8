//! The facts that rules may ask about, and who bears each.

use record::{Circumstances, Level};
use serde::Deserialize;

/// One of a count's circumstances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
#[expect(
    missing_docs,
    reason = "the names are the record contract's and say what they are"
)]
pub enum Circumstance {
    #[serde(rename = "buyer_under_18")]
    BuyerUnder18,
    #[serde(rename = "recipient_under_21")]
    RecipientUnder21,
    #[serde(rename = "employed_under_21")]
    EmployedUnder21,
    SchoolGrounds,
    LeftState,
    EnvironmentalHarm,
    GrowRulesBroken,
    TraffickingVictim,
    WithinCustodyFacility,
    #[serde(rename = "value_over_950")]
    ValueOver950,
    FireCrew,
}

impl Circumstance {
    /// Every circumstance.
    pub const ALL: [Self; 11] = [
        Self::BuyerUnder18,
        Self::RecipientUnder21,
        Self::EmployedUnder21,
        Self::SchoolGrounds,
        Self::LeftState,
        Self::EnvironmentalHarm,
        Self::GrowRulesBroken,
        Self::TraffickingVictim,
        Self::WithinCustodyFacility,
        Self::ValueOver950,
        Self::FireCrew,
    ];

    /// Its key in the record.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::BuyerUnder18 => "buyer_under_18",
            Self::RecipientUnder21 => "recipient_under_21",
            Self::EmployedUnder21 => "employed_under_21",
            Self::SchoolGrounds => "school_grounds",
            Self::LeftState => "left_state",
            Self::EnvironmentalHarm => "environmental_harm",
            Self::GrowRulesBroken => "grow_rules_broken",
            Self::TraffickingVictim => "trafficking_victim",
            Self::WithinCustodyFacility => "within_custody_facility",
            Self::ValueOver950 => "value_over_950",
            Self::FireCrew => "fire_crew",
        }
    }

    /// What the record says about it.
    #[must_use]
    pub fn of(self, all: &Circumstances) -> Option<bool> {
        match self {
            Self::BuyerUnder18 => all.buyer_under_18,
            Self::RecipientUnder21 => all.recipient_under_21,
            Self::EmployedUnder21 => all.employed_under_21,
            Self::SchoolGrounds => all.school_grounds,
            Self::LeftState => all.left_state,
            Self::EnvironmentalHarm => all.environmental_harm,
            Self::GrowRulesBroken => all.grow_rules_broken,
            Self::TraffickingVictim => all.trafficking_victim,
            Self::WithinCustodyFacility => all.within_custody_facility,
            Self::ValueOver950 => all.value_over_950,
            Self::FireCrew => all.fire_crew,
        }
    }

    /// Its bit.
    #[must_use]
    pub fn bit(self) -> u16 {
        1 << (self as u8)
    }
}

/// Who bears a fact that the record leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearer {
    /// Nobody: it must be known, and is never presumed.
    Record,
    /// The other side must prove it; until then the client's best case stands.
    Opponent,
}

/// What conduct would be under the law asked about, from best to worst for the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// No offense.
    Lawful,
    /// An infraction.
    Infraction,
    /// A misdemeanor.
    Misdemeanor,
    /// May be punished as a felony.
    Felony,
}

impl Class {
    /// The class as a word key of the pack's texts.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Lawful => "lawful",
            Self::Infraction => "infraction",
            Self::Misdemeanor => "misdemeanor",
            Self::Felony => "felony",
        }
    }

    /// Whether it is less than a conviction of a level.
    #[must_use]
    pub fn below(self, level: Level) -> bool {
        match self {
            Self::Lawful => true,
            Self::Infraction => level > Level::Infraction,
            Self::Misdemeanor => level > Level::Misdemeanor,
            Self::Felony => false,
        }
    }
}

/// Full years of age, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ages {
    /// The least.
    pub least: u8,
    /// The most.
    pub most: u8,
}

impl Ages {
    /// Any age.
    pub const ANY: Self = Self {
        least: 0,
        most: u8::MAX,
    };

    /// Reads `<18`, `18-20`, `21+`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let number = |text: &str| text.trim().parse::<u8>().ok();
        let ages = if let Some(under) = text.strip_prefix('<') {
            number(under)
                .and_then(|n| n.checked_sub(1))
                .map(|most| Self { least: 0, most })
        } else if let Some(least) = text.strip_suffix('+') {
            number(least).map(|least| Self {
                least,
                most: u8::MAX,
            })
        } else {
            text.split_once('-')
                .and_then(|(a, b)| number(a).zip(number(b)))
                .filter(|(least, most)| least <= most)
                .map(|(least, most)| Self { least, most })
        };
        ages.ok_or_else(|| format!("`{text}` is no age: write `<18`, `18-20` or `21+`"))
    }

    /// Whether any age of the other range lies in this one.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.least <= other.most && other.least <= self.most
    }
}
