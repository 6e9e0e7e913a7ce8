//! Limits below, at and above.

use super::*;

fn scale() -> Scale {
    let class = |id: &str, flower: &str, concentrate: &str| AmountClass {
        id: id.to_owned(),
        flower: Span::parse(flower).unwrap(),
        concentrate: Span::parse(concentrate).unwrap(),
        plants: Span::ANY,
    };
    Scale {
        id: "weight".to_owned(),
        cite: Cite(0),
        classes: vec![
            class("flower", "<= 28.5 g", "none"),
            class("both", "<= 28.5 g", "<= 8 g"),
            AmountClass {
                flower: Span::ANY,
                concentrate: Span::ANY,
                ..class("over", "none", "none")
            },
        ],
    }
}

fn exactly(grams: &str) -> Span {
    let grams = grams.parse().unwrap();
    Span {
        least: grams,
        most: Some(grams),
    }
}

#[test]
fn below_at_and_above_a_limit() {
    let possible = |flower, concentrate| {
        scale().possible(&Amounts {
            flower,
            concentrate,
            plants: Span::NONE,
        })
    };
    assert_eq!(possible(exactly("28.4"), Span::NONE), 0b001);
    assert_eq!(possible(exactly("28.5"), Span::NONE), 0b001);
    assert_eq!(possible(exactly("28.6"), Span::NONE), 0b100);
    assert_eq!(possible(Span::NONE, exactly("8")), 0b010);
    assert_eq!(possible(Span::NONE, exactly("8.0001")), 0b100);
    assert_eq!(possible(Span::ANY, Span::NONE), 0b101);
    assert_eq!(possible(Span::ANY, Span::ANY), 0b111);
    assert_eq!(possible(Span::parse("> 28.5 g").unwrap(), Span::ANY), 0b100);
}

#[test]
fn limits_are_read_or_refused() {
    assert!(
        Span::parse("<= 28.5 g")
            .unwrap()
            .holds("28.5".parse().unwrap())
    );
    assert!(!Span::parse("> 6 plants").unwrap().holds(Decimal::from(6)));
    assert!(Span::parse("> 6 plants").unwrap().holds(Decimal::from(7)));
    for wrong in ["", "28.5 g", "< 28.5 g", "<= 28.5", "<= x g"] {
        assert!(Span::parse(wrong).is_err(), "{wrong}");
    }
}
