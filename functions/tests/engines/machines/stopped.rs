//! A system that is stopped does nothing from its next request on, whatever tokens it has, and never comes back.

use std::time::{Duration, Instant};

use http::{Method, StatusCode};
use serde_json::{Value, json};
use sluice_shared::directory::{Entrance, MachineScope, Permission, ROUTES};
use sluice_shared::files::FileKind;
use sluice_testing::Client;

use super::registered::register;
use crate::permissions::{address, method};
use crate::support::{GATEWAY, IMPORT, MONITOR, World, answered, put};

const LARGE: &str = "large-supplier";

fn stop(id: &str) -> Value {
    json!({ "kind": "stop-machine", "machine": id })
}

#[tokio::test(flavor = "multi_thread")]
async fn its_organisations_administrator_stops_a_system_and_the_token_that_it_has_opens_nothing() {
    let world = World::new().await;
    let gateway = world.machine(GATEWAY);
    let (status, _) = answered(&gateway, Method::GET, "/submissions", None).await;
    assert_eq!(status, StatusCode::OK);
    // Nobody has to have signed in just now for that.
    world.pass(Duration::from_mins(6));
    let (status, answer) = world.ask("supplier-admin", LARGE, &stop(GATEWAY)).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    let asked = Instant::now();
    assert_eq!(world.run_intake().await, [true]);
    let mut refused = 0;
    for entrance in Entrance::ALL {
        let token = world.machine_token(GATEWAY, &MachineScope::ALL);
        let client = Client::in_process(world.router(), token).at(entrance);
        for route in ROUTES.iter().filter(|route| entrance.has(route)) {
            if route.permission == Permission::Anyone {
                continue;
            }
            let (status, problem) =
                answered(&client, method(route.method), &address(route.path), None).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{route:?}: {problem}");
            assert_eq!(problem["code"], "system-stopped", "{route:?}: {problem}");
            refused += 1;
        }
    }
    println!("a stopped system: {refused} routes refused");
    let (_, problem) = answered(&gateway, Method::GET, "/submissions", None).await;
    assert_eq!(
        problem["code"], "system-stopped",
        "with its older token: {problem}"
    );
    assert!(asked.elapsed() < Duration::from_mins(1));

    let machine = world.registered_machine(GATEWAY).await.unwrap();
    assert_eq!(machine.stopped.unwrap().by.id.as_str(), "supplier-admin");
    let acts = world
        .get_json("supplier-admin", "/activity?act=system-stopped")
        .await;
    assert_eq!(
        acts["items"][0]["about"][1],
        json!({ "kind": "system", "id": GATEWAY }),
        "{acts:#}"
    );
    let tried = format!("/activity?person={GATEWAY}&outcome=refused");
    let tried = world.get_json("supplier-admin", &tried).await;
    assert_eq!(
        tried["items"][0]["outcome"]["code"], "system-stopped",
        "{tried:#}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn it_takes_one_dcc_administrator_and_no_place_of_the_day_and_is_for_good() {
    let world = World::new().await;
    for (organisation, id) in [(LARGE, GATEWAY), ("dcc", MONITOR)] {
        let (status, answer) = world
            .ask_signed("dcc-admin-1", organisation, &stop(id))
            .await;
        assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
        assert_eq!(world.run_intake().await, [true]);
        let (_, problem) = answered(&world.machine(id), Method::GET, "/me", None).await;
        assert_eq!(problem["code"], "system-stopped", "{problem}");
        let (status, problem) = world
            .ask_signed("dcc-admin-1", organisation, &stop(id))
            .await;
        assert_eq!(status, StatusCode::CONFLICT, "{problem}");
        let (status, problem) = world
            .ask_signed("dcc-admin-2", organisation, &register(id))
            .await;
        assert_eq!(status, StatusCode::CONFLICT, "{problem}");
        assert!(
            problem["detail"]
                .as_str()
                .unwrap()
                .starts_with("This client id"),
            "{problem}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_stops_a_system() {
    let world = World::new().await;
    for who in ["supplier-aro-1", "supplier-submitter", "network-aro-1"] {
        let (status, problem) = world.ask(who, LARGE, &stop(GATEWAY)).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{who}: {problem}");
    }
    // A system of another organisation is none of this one's, and a system stops none.
    let (status, _) = world.ask("supplier-admin", "dcc", &stop(MONITOR)).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, problem) = world.ask("supplier-admin", LARGE, &stop(MONITOR)).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    let body = json!({ "change": stop(GATEWAY), "reason": "As agreed." });
    let path = format!("/organisations/{LARGE}/changes");
    let (status, problem) =
        answered(&world.machine(GATEWAY), Method::POST, &path, Some(&body)).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "{problem}");
    assert!(
        world
            .registered_machine(GATEWAY)
            .await
            .unwrap()
            .stopped
            .is_none()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_stopped_system_began_is_not_taken() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level + 1)).await;
    let request = world.signed_request("supplier-aro-1", FileKind::Adt, &file);
    let (_, started) = world
        .machine(GATEWAY)
        .start("begun-by-it", &request)
        .await
        .unwrap();
    world.ask("supplier-admin", LARGE, &stop(GATEWAY)).await;
    assert_eq!(world.run_intake().await, [true]);
    assert_eq!(put(&started.upload.unwrap(), file).await, 200);
    let level = world.level("7.2").await;
    // Nothing for a person to look at: as many may be under way as a system sends.
    assert_eq!(world.run_intake().await, [true]);
    let path = format!("/submissions/{}", started.submission.reference);
    let submission = world.get_json("supplier-submitter", &path).await;
    assert_eq!(submission["state"], "awaiting-upload");
    assert_eq!(world.level("7.2").await, level);
}
