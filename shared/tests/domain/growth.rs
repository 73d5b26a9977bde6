//! Growth is exact, and where it cannot be, not understated.

use proptest::prelude::*;
use sluice_shared::risk::Growth;

#[test]
fn steps_multiply_exactly() {
    let steps = [(100, 150), (150, 175), (175, 200)];
    let steps = steps.map(|(old, new)| Growth::between(old, new));
    let product = steps.into_iter().fold(Growth::ONE, Growth::times);
    assert_eq!(product.to_string(), "2/1");
    assert!(!product.exceeds(2));
    assert!(
        product
            .times(Growth::between(1_000_000, 1_000_001))
            .exceeds(2)
    );
}

#[test]
fn only_a_raise_is_growth() {
    assert_eq!(Growth::between(5, 5), Growth::ONE);
    assert_eq!(Growth::between(5, 4), Growth::ONE);
    assert_eq!(Growth::between(0, 0), Growth::ONE);
    assert_eq!(Growth::between(0, 1), Growth::UNBOUNDED);
    assert_eq!(
        Growth::UNBOUNDED.times(Growth::UNBOUNDED),
        Growth::UNBOUNDED
    );
}

#[test]
fn what_does_not_fit_is_rounded_up() {
    let a_little_more_than_twice = Growth::between(1 << 65, (1 << 66) + 1);
    assert!(a_little_more_than_twice.exceeds(2));
    assert_eq!(
        a_little_more_than_twice.to_string(),
        format!("{}/{}", (1_u64 << 63) + 1, 1_u64 << 62)
    );
}

#[test]
fn only_a_fraction_of_at_least_one_is_read() {
    for text in ["", "1", "1/0", "0/0", "1/2", "-3/2", "3/2/1", "1e9/1"] {
        assert!(Growth::parse(text).is_err(), "{text}");
    }
    assert_eq!(Growth::parse("6/4").unwrap().to_string(), "3/2");
}

proptest! {
    /// 2^64 is far beyond what 40 steps of these make, so a product in logarithms tells which way it was rounded.
    #[test]
    fn many_steps_are_never_understated(
        steps in prop::collection::vec((1..1_000_000_000_000_000_u64, 0..1_000_u64), 1..40)
    ) {
        let mut growth = Growth::ONE;
        let mut logarithm = 0.0;
        for (old, more) in steps {
            growth = growth.times(Growth::between(old.into(), u128::from(old) + u128::from(more)));
            #[expect(clippy::cast_precision_loss, reason = "compared with a tolerance")]
            let step = (more as f64 / old as f64).ln_1p();
            logarithm += step;
        }
        let (num, den) = growth.to_string().split_once('/').map(|(num, den)| {
            (num.parse::<f64>().unwrap(), den.parse::<f64>().unwrap())
        }).unwrap();
        let kept = num.ln() - den.ln();
        prop_assert!(kept >= logarithm - 1e-9, "{kept} {logarithm}");
        prop_assert!(growth == Growth::UNBOUNDED || kept <= logarithm + 1e-9, "{kept} {logarithm}");
    }
}
