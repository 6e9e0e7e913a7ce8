//! The shape of a file of limits.

use record::Conduct;
use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Raw {
    #[serde(default)]
    pub(super) amount: Vec<RawScale>,
    #[serde(default)]
    pub(super) conduct: Vec<RawConduct>,
    pub(super) limitation: Option<RawLimitation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLimitation {
    pub(super) years: u8,
    pub(super) cite: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawScale {
    pub(super) id: Spanned<String>,
    pub(super) cite: Spanned<String>,
    pub(super) classes: Vec<RawClass>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawClass {
    pub(super) id: Spanned<String>,
    pub(super) flower: Option<Spanned<String>>,
    pub(super) concentrate: Option<Spanned<String>>,
    pub(super) plants: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawConduct {
    pub(super) id: Spanned<String>,
    pub(super) acts: Vec<Spanned<Conduct>>,
}
