//! Where facts came from and how well they were read.

use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One source of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Source {
    /// Who says so.
    pub by: SourceBy,
    /// Name of the file it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Page, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Line of the page, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Place on the page's picture in pixels: left, top, right, bottom.
    #[serde(default, rename = "box", skip_serializing_if = "Option::is_none")]
    pub frame: Option<[u32; 4]>,
    /// How sure the reading is, 0 to 1.
    #[serde(
        default,
        with = "rust_decimal::serde::str_option",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<String>")]
    #[ts(type = "string | null", optional)]
    pub confidence: Option<Decimal>,
    /// The text before a repair, or the value before a correction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "unknown", optional)]
    pub was: Option<serde_json::Value>,
    /// The day it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    #[ts(type = "string | null", optional)]
    pub on: Option<Date>,
}

/// Who a fact comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum SourceBy {
    /// A record sheet.
    Sheet,
    /// The client.
    Client,
    /// An attorney of the clinic.
    Attorney,
    /// A court's own file.
    Court,
}

/// How well a sheet was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Reading {
    /// Share of the lines that were used or ignored for a reason, 0 to 1.
    #[serde(with = "rust_decimal::serde::str")]
    #[schemars(with = "String")]
    #[ts(type = "string")]
    pub share: Decimal,
    /// The lines that were not understood.
    pub unread: Vec<UnreadLine>,
    /// What turned the page into text.
    pub engine: ReadingEngine,
}

/// A line that was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct UnreadLine {
    /// Page, from 1.
    pub page: u32,
    /// Line of the page, from 1.
    pub line: u32,
    /// The line as it stands.
    pub text: String,
}

/// What turned a page into text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ReadingEngine {
    /// The text was there.
    Text,
    /// Letters were recognised in a picture.
    Ocr,
}
