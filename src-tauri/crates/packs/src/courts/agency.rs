//! Agencies as sheets print them.

use serde::Deserialize;

use super::County;

/// What the four letters before a place mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgencyKind {
    /// Superior court.
    Superior,
    /// Former municipal court, now part of the superior court.
    Municipal,
    /// Former justice court, now part of the superior court.
    Justice,
    /// Juvenile court.
    Juvenile,
    /// Federal district court.
    Federal,
    /// Police.
    Police,
    /// Sheriff.
    Sheriff,
    /// Probation department.
    Probation,
    /// Parole agency.
    Parole,
    /// A department of the state: no county.
    StateDepartment,
    /// Hospital.
    Hospital,
    /// Youth authority.
    YouthAuthority,
    /// Coroner.
    Coroner,
    /// The state's justice department.
    JusticeDepartment,
    /// School district.
    SchoolDistrict,
    /// District attorney.
    DistrictAttorney,
    /// Federal prison.
    FederalPrison,
}

impl AgencyKind {
    /// Whether it is a court.
    #[must_use]
    pub fn is_court(self) -> bool {
        matches!(
            self,
            Self::Superior | Self::Municipal | Self::Justice | Self::Juvenile | Self::Federal
        )
    }

    /// Whether its place lies in the county that its name says: not so for a department of the whole state.
    pub(super) fn is_local(self) -> bool {
        !matches!(
            self,
            Self::StateDepartment
                | Self::JusticeDepartment
                | Self::YouthAuthority
                | Self::Federal
                | Self::FederalPrison
        )
    }
}

/// What the table knows about a printed agency or courthouse.
#[derive(Debug, Clone, Copy)]
pub struct Agency<'a> {
    /// What the four letters say; none when they are missing or not in the table.
    pub kind: Option<AgencyKind>,
    /// The county; none when the place is not in the table or the agency belongs to no county.
    pub county: Option<&'a County>,
}
