//! Leads: what each answer to a question would come to.

use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::findings::{Code, Relief, Status};
use crate::{Form, Unit};

/// An answer that a question can get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[ts(export)]
pub enum Reply {
    /// Any of these values, each as the record writes it: `true`, `"guilty"`, `["sell"]`, `[]` for "there is none".
    Values(#[ts(type = "unknown[]")] Vec<Value>),
    /// A day in a span.
    Days(DaySpan),
    /// An amount in a span.
    Amount(AmountSpan),
}

/// A span of days, both ends included; an end that is missing is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct DaySpan {
    /// The first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    #[ts(type = "string | null")]
    pub from: Option<Date>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    #[ts(type = "string | null")]
    pub to: Option<Date>,
}

/// A span of amounts of one form; an end that is missing is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct AmountSpan {
    /// Of what.
    pub form: Form,
    /// More than this.
    #[serde(
        default,
        with = "rust_decimal::serde::str_option",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<String>")]
    #[ts(type = "string | null")]
    pub over: Option<Decimal>,
    /// At most this.
    #[serde(
        default,
        with = "rust_decimal::serde::str_option",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<String>")]
    #[ts(type = "string | null")]
    pub at_most: Option<Decimal>,
    /// Measured in this.
    pub unit: Unit,
}

/// What one answer would come to, for the finding that asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Lead {
    /// The answer.
    pub reply: Reply,
    /// The status then; absent where the route would have nothing to say of the count any more.
    pub status: Option<Status>,
    /// The code then.
    pub code: Option<Code>,
    /// The relief then.
    pub relief: Option<Relief>,
    /// The fallback then.
    pub fallback: Option<Relief>,
    /// The earliest day then; absent also where it hangs on the very day that is answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    #[ts(type = "string | null")]
    pub earliest: Option<Date>,
}

impl Reply {
    /// This answer and the next of the same kind as one: values side by side, spans that meet.
    #[must_use]
    pub fn join(&self, next: &Self) -> Option<Self> {
        match (self, next) {
            (Self::Values(a), Self::Values(b)) => {
                // Yes, no, and "there is none" stay answers of their own.
                let alone =
                    |value: &Value| value.is_boolean() || *value == Value::Array(Vec::new());
                let joins = !a.iter().chain(b).any(alone);
                joins.then(|| Self::Values([a.as_slice(), b].concat()))
            }
            (Self::Days(a), Self::Days(b)) => {
                let meet = a.to.and_then(|day| day.tomorrow().ok()) == b.from && b.from.is_some();
                meet.then_some(Self::Days(DaySpan {
                    from: a.from,
                    to: b.to,
                }))
            }
            (Self::Amount(a), Self::Amount(b)) => {
                let meet = a.form == b.form && a.at_most.is_some() && a.at_most == b.over;
                meet.then(|| {
                    Self::Amount(AmountSpan {
                        at_most: b.at_most,
                        ..a.clone()
                    })
                })
            }
            _ => None,
        }
    }
}
