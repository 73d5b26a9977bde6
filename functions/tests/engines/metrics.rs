//! What is counted: outcomes, rejected signatures, rules that fired, how long intake took. Nothing about whom.

use std::time::Duration;

use serde_json::json;
use sluice_functions::metrics::Metric;
use sluice_shared::files::FileKind;
use sluice_shared::instant::UtcTime;
use sluice_shared::risk::RiskRule;
use sluice_shared::submission::StateName;

use super::support::{GAS, IMPORT, World};

const fn outcome(outcome: StateName) -> Metric {
    Metric::Submission {
        kind: FileKind::Adt,
        outcome,
    }
}

/// What was counted since the last time, without the timing and the hours that the revocation lists last, each of which is
/// there once for each message.
fn counted(world: &World) -> Vec<Metric> {
    let (measured, others) = world
        .metered
        .lock()
        .unwrap()
        .drain(..)
        .partition::<Vec<_>, _>(|metric| {
            matches!(
                metric,
                Metric::IntakeDuration(_) | Metric::RevocationListHoursLeft(_)
            )
        });
    assert!(
        matches!(
            measured[..],
            [Metric::RevocationListHoursLeft(left), Metric::IntakeDuration(_)] if left > 24 * 80
        ),
        "one message, timed once, and lists of 90 days: {measured:?}"
    );
    others
}

#[tokio::test(flavor = "multi_thread")]
async fn each_outcome_is_counted_once() {
    let world = World::new().await;
    counted(&world);
    let send = async |file: &str| {
        let signer = world.signer("supplier-aro-1");
        world
            .settle("supplier-submitter", FileKind::Adt, file, &signer)
            .await
    };

    let good = world.adt(GAS, |_, level| Some(level + 1)).await;
    send(&good).await;
    assert_eq!(counted(&world), [outcome(StateName::Accepted)]);

    let risky = world.adt(IMPORT, |_, level| Some(level * 3)).await;
    send(&risky).await;
    assert_eq!(
        counted(&world),
        [
            outcome(StateName::AwaitingReview),
            Metric::RuleFired(RiskRule::RaiseOverFactor)
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_that_does_not_hold_is_counted_beside_its_outcome() {
    let world = World::new().await;
    counted(&world);
    let file = world.adt(GAS, |_, level| Some(level + 1)).await;
    let signature = world
        .signer("supplier-aro-1")
        .sign("another file", world.now())
        .unwrap();
    world
        .send("supplier-submitter", FileKind::Adt, &file, &signature)
        .await;
    assert_eq!(world.run_intake().await, [true]);
    assert_eq!(
        counted(&world),
        [outcome(StateName::Rejected), Metric::SignatureRejected]
    );
}

#[test]
fn a_line_is_in_the_embedded_metric_format() {
    let at = UtcTime::parse("2026-11-22T09:30:00.123Z").unwrap();
    let line = Metric::RuleFired(RiskRule::RaiseOverFactor).line(at);
    let expected = json!({
        "_aws": { "Timestamp": 1_795_339_800_123_u64, "CloudWatchMetrics": [{
            "Namespace": "Sluice", "Dimensions": [[], ["Rule"]], "Metrics": [{ "Name": "RulesFired", "Unit": "Count" }],
        }]},
        "Rule": "raise-over-factor", "RulesFired": 1,
    });
    assert_eq!(line, expected);
    let line = Metric::IntakeDuration(Duration::from_millis(17)).line(at);
    assert_eq!(line["IntakeDuration"], 17);
}
