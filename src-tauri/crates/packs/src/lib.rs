//! The law as data: rule packs and their typed loader.

pub mod courts;
pub mod wordings;
