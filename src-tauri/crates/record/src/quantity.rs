//! Amounts: exact decimals that carry their unit.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How much of what, and how sure the number is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(try_from = "Written", into = "Written")]
#[schemars(with = "Written")]
#[ts(export, as = "Written")]
pub struct Amount {
    form: Form,
    value: Decimal,
    unit: Unit,
    bound: Bound,
}

/// Why an amount was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Below zero.
    #[error("an amount cannot be below zero")]
    Negative,
    /// Plants are counted, everything else is weighed.
    #[error("plants are counted in `plant`; everything else is weighed in g, oz, lb or kg")]
    Unit,
    /// Half a plant.
    #[error("plants are counted whole")]
    PartOfAPlant,
}

impl Amount {
    /// An amount.
    ///
    /// # Errors
    /// The number is below zero, or the unit does not measure the form.
    pub fn new(form: Form, value: Decimal, unit: Unit, bound: Bound) -> Result<Self, AmountError> {
        if value.is_sign_negative() && !value.is_zero() {
            return Err(AmountError::Negative);
        }
        // "other" may be counted or weighed: nobody knows what it is.
        match (form, unit) {
            (Form::Plants, Unit::Plant) if !value.fract().is_zero() => {
                Err(AmountError::PartOfAPlant)
            }
            (Form::Plants, Unit::Plant)
            | (Form::Flower | Form::Concentrate, Unit::G | Unit::Oz | Unit::Lb | Unit::Kg)
            | (Form::Other, _) => Ok(Self {
                form,
                value,
                unit,
                bound,
            }),
            (Form::Plants, _) | (Form::Flower | Form::Concentrate, Unit::Plant) => {
                Err(AmountError::Unit)
            }
        }
    }

    /// What was measured.
    #[must_use]
    pub fn form(&self) -> Form {
        self.form
    }

    /// The number in its own unit.
    #[must_use]
    pub fn value(&self) -> Decimal {
        self.value
    }

    /// The unit.
    #[must_use]
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// Whether the number is exact or a limit.
    #[must_use]
    pub fn bound(&self) -> Bound {
        self.bound
    }

    /// The weight in grams; `None` for a count of plants.
    ///
    /// Avoirdupois, exact by definition: an ounce is 28.349523125 g, a pound 453.59237 g.
    #[must_use]
    pub fn grams(&self) -> Option<Decimal> {
        let per = match self.unit {
            Unit::G => Decimal::ONE,
            Unit::Oz => Decimal::from_i128_with_scale(28_349_523_125, 9),
            Unit::Lb => Decimal::from_i128_with_scale(45_359_237, 5),
            Unit::Kg => Decimal::ONE_THOUSAND,
            Unit::Plant => return None,
        };
        self.value.checked_mul(per)
    }
}

/// What was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Form {
    /// Dried flower or leaf.
    Flower,
    /// Concentrated cannabis.
    Concentrate,
    /// Living plants, counted.
    Plants,
    /// Something else.
    Other,
}

/// A unit of weight or count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Unit {
    /// Grams.
    G,
    /// Avoirdupois ounces.
    Oz,
    /// Avoirdupois pounds.
    Lb,
    /// Kilograms.
    Kg,
    /// Living plants.
    Plant,
}

/// Whether a number is the amount itself or a limit of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Bound {
    /// Exactly this.
    Exact,
    /// This or less.
    AtMost,
    /// This or more.
    AtLeast,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Amount")]
#[ts(rename = "Amount")]
struct Written {
    form: Form,
    #[serde(with = "rust_decimal::serde::str")]
    #[schemars(with = "String")]
    #[ts(type = "string")]
    value: Decimal,
    unit: Unit,
    bound: Bound,
}

impl TryFrom<Written> for Amount {
    type Error = AmountError;

    fn try_from(w: Written) -> Result<Self, AmountError> {
        Self::new(w.form, w.value, w.unit, w.bound)
    }
}

impl From<Amount> for Written {
    fn from(a: Amount) -> Self {
        Self {
            form: a.form,
            value: a.value,
            unit: a.unit,
            bound: a.bound,
        }
    }
}
