//! Ranges of amounts.

use rust_decimal::Decimal;

/// Less than any scale that weighs drugs shows, in grams: stands for "just over" a limit.
pub const JUST_OVER: Decimal = Decimal::from_parts(1, 0, 0, false, 6);

/// A range of amounts, in grams or plants, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The least.
    pub least: Decimal,
    /// The most; none is without limit.
    pub most: Option<Decimal>,
}

impl Span {
    /// Any amount.
    pub const ANY: Self = Self {
        least: Decimal::ZERO,
        most: None,
    };
    /// None at all.
    pub const NONE: Self = Self {
        least: Decimal::ZERO,
        most: Some(Decimal::ZERO),
    };

    /// Reads `none`, `some`, `<= 28.5 g`, `> 1 oz`, `<= 6 plants`, `> 6 plants`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "`{text}` is no limit: write `none`, `some`, `<= 28.5 g`, `> 28.5 g`, `<= 6 plants` or `> 6 plants`"
            )
        };
        let step = |unit: &str| match unit {
            "g" | "oz" => Some(JUST_OVER),
            "plants" => Some(Decimal::ONE),
            _ => None,
        };
        // An ounce is 28.349523125 g, by definition.
        let grams = |number: Decimal, unit: &str| match unit {
            "oz" => number * Decimal::from_i128_with_scale(28_349_523_125, 9),
            _ => number,
        };
        let words: Vec<&str> = text.split_whitespace().collect();
        match words.as_slice() {
            ["none"] => Ok(Self::NONE),
            ["some"] => Ok(Self {
                least: JUST_OVER,
                most: None,
            }),
            ["<=", number, unit] => {
                step(unit).ok_or_else(wrong)?;
                let most = grams(number.parse().map_err(|_| wrong())?, unit);
                Ok(Self {
                    least: Decimal::ZERO,
                    most: Some(most),
                })
            }
            [">", number, unit] => {
                let step = step(unit).ok_or_else(wrong)?;
                let least: Decimal = grams(number.parse().map_err(|_| wrong())?, unit);
                Ok(Self {
                    least: least + step,
                    most: None,
                })
            }
            _ => Err(wrong()),
        }
    }

    /// Whether an amount lies in the range.
    #[must_use]
    pub fn holds(&self, amount: Decimal) -> bool {
        amount >= self.least && self.most.is_none_or(|most| amount <= most)
    }

    /// What both ranges have in common; none when they do not meet.
    #[must_use]
    pub fn both(&self, other: &Self) -> Option<Self> {
        let least = self.least.max(other.least);
        let most = match (self.most, other.most) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        most.is_none_or(|most| least <= most)
            .then_some(Self { least, most })
    }

    /// The range of a sum.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            least: self.least.saturating_add(other.least),
            most: self.most.zip(other.most).map(|(a, b)| a.saturating_add(b)),
        }
    }
}
