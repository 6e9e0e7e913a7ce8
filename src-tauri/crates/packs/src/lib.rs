//! The law as data: rule packs and their typed loader.
