//! What a submission costs in read and write units, as the tables' engine counts them. The bounds keep it so; the figures themselves
//! (`--nocapture`) are those of `infra/decisions/0013-cost-and-scale.md`.

use sluice_shared::files::FileKind;
use std::sync::{Arc, Mutex};

use aws_sdk_dynamodb::config::interceptors::{
    AfterDeserializationInterceptorContextRef, BeforeSerializationInterceptorContextMut,
};
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;
use aws_sdk_dynamodb::operation::{
    get_item::{GetItemInput, GetItemOutput},
    put_item::{PutItemInput, PutItemOutput},
    query::{QueryInput, QueryOutput},
    scan::{ScanInput, ScanOutput},
    transact_write_items::{TransactWriteItemsInput, TransactWriteItemsOutput},
};
use aws_sdk_dynamodb::types::{ConsumedCapacity, ReturnConsumedCapacity};

use super::support::{GAS, IMPORT, LARGE, World};
use super::watched::watched;

/// Units, indexes included.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Units {
    reads: f64,
    writes: f64,
    requests: u32,
}

#[derive(Debug, Clone, Default)]
struct Meter(Arc<Mutex<Units>>);

impl Meter {
    fn add<'a>(&self, writes: bool, capacities: impl IntoIterator<Item = &'a ConsumedCapacity>) {
        let units: f64 = capacities
            .into_iter()
            .filter_map(ConsumedCapacity::capacity_units)
            .sum();
        let mut sum = self.0.lock().unwrap();
        if writes {
            sum.writes += units;
        } else {
            sum.reads += units;
        }
        sum.requests += 1;
    }

    /// What was used since the last time.
    fn take(&self, what: &str) -> Units {
        let units = std::mem::take(&mut *self.0.lock().unwrap());
        println!(
            "{what}: {} read units, {} write units, {} requests",
            units.reads, units.writes, units.requests
        );
        units
    }
}

macro_rules! ask {
    ($input:expr, $($kind:ty),*) => { $(
        if let Some(input) = $input.downcast_mut::<$kind>() {
            input.return_consumed_capacity = Some(ReturnConsumedCapacity::Total);
        }
    )* };
}

impl Intercept for Meter {
    fn name(&self) -> &'static str {
        "Meter"
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let input = context.input_mut();
        ask!(
            input,
            GetItemInput,
            PutItemInput,
            QueryInput,
            ScanInput,
            TransactWriteItemsInput
        );
        Ok(())
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let Ok(output) = context.output_or_error() else {
            return Ok(());
        };
        if let Some(get) = output.downcast_ref::<GetItemOutput>() {
            self.add(false, get.consumed_capacity());
        } else if let Some(query) = output.downcast_ref::<QueryOutput>() {
            self.add(false, query.consumed_capacity());
        } else if let Some(scan) = output.downcast_ref::<ScanOutput>() {
            self.add(false, scan.consumed_capacity());
        } else if let Some(put) = output.downcast_ref::<PutItemOutput>() {
            self.add(true, put.consumed_capacity());
        } else if let Some(transaction) = output.downcast_ref::<TransactWriteItemsOutput>() {
            self.add(true, transaction.consumed_capacity());
        }
        Ok(())
    }
}

/// Sends a file; the units of `api`, and those of `intake`.
async fn cost(
    world: &World,
    meter: &Meter,
    what: &str,
    kind: FileKind,
    file: &str,
    signed: &str,
) -> [Units; 2] {
    let signature = world
        .signer("supplier-aro-1")
        .sign(signed, world.now())
        .unwrap();
    meter.0.lock().unwrap().clone_from(&Units::default());
    world
        .send("supplier-submitter", kind, file, &signature)
        .await;
    let api = meter.take(&format!("{what}, api"));
    assert_eq!(world.run_intake().await, [true]);
    let intake = meter.take(&format!("{what}, intake"));
    for units in [api, intake] {
        assert!(
            units.reads > 0.0 && units.writes > 0.0,
            "{what}: the engine counts: {units:?}"
        );
    }
    [api, intake]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_submission_costs_no_more_than_it_did() {
    let mut world = World::with_large_event().await;
    let calm = world.adt(GAS, |_, level| Some(level + 1)).await;
    let wrong = world.adt(GAS, |_, level| Some(level + 2)).await;
    let risky = world.adt(IMPORT, |_, level| Some(level * 3)).await;
    let few = world.exit(LARGE, "Delete", 3).await;
    // The header, and all but the three that are decided by then.
    let all = world.exit(LARGE, "Delete", usize::MAX).await;
    let (header, rows) = all.split_once('\n').unwrap();
    let rest = rows.splitn(4, '\n').nth(3).unwrap();
    let all = format!("{header}\n{rest}");
    let meter = Meter::default();
    world.backend = watched(&world, &meter);

    let [start, accepted] =
        cost(&world, &meter, "ADT, accepted", FileKind::Adt, &calm, &calm).await;
    assert!(start.writes <= 50.0 && accepted.writes <= 150.0);
    let [_, rejected] = cost(
        &world,
        &meter,
        "ADT, signature rejected",
        FileKind::Adt,
        &wrong,
        &calm,
    )
    .await;
    assert!(rejected.writes <= 100.0);
    let [_, held] = cost(
        &world,
        &meter,
        "ADT, held for review",
        FileKind::Adt,
        &risky,
        &risky,
    )
    .await;
    assert!(held.writes <= 150.0);
    let [_, decided] = cost(
        &world,
        &meter,
        "Exit, 3 of 100,000",
        FileKind::ExitQuarantine,
        &few,
        &few,
    )
    .await;
    assert!(decided.writes <= 200.0);
    let [_, decided] = cost(
        &world,
        &meter,
        "Exit, 99,997 of 100,000",
        FileKind::ExitQuarantine,
        &all,
        &all,
    )
    .await;
    assert!(decided.writes <= 400.0, "pages, not rows, are what counts");
    world.get_json("supplier-submitter", "/submissions").await;
    let list = meter.take("GET /submissions");
    assert!(list.reads <= 50.0);
}
