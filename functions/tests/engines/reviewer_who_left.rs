//! A reviewer decides and may decide no more when that is to take effect: the decision is void, and another one counts.

use sluice_shared::directory::PersonRole;
use sluice_shared::files::FileKind;
use sluice_shared::submission::Decision;

use http::StatusCode;

use super::support::{IMPORT, World, decision};
use sluice_functions::Step;

#[tokio::test(flavor = "multi_thread")]
async fn between_a_decision_and_its_effect_makes_it_void_and_another_one_counts() {
    // While its message waits, and after it became part of the submission.
    for (is_taken_up, made, next, outcome) in [
        (false, Decision::Accept, Decision::Refuse, "refused"),
        (false, Decision::Refuse, Decision::Accept, "accepted"),
        (true, Decision::Accept, Decision::Refuse, "refused"),
        (true, Decision::Refuse, Decision::Accept, "accepted"),
    ] {
        let world = World::new().await;
        let signer = world.signer("supplier-aro-1");
        let file = world.adt(IMPORT, |_, level| Some(level * 3)).await;
        let held = world
            .settle("supplier-submitter", FileKind::Adt, &file, &signer)
            .await;
        let reference = held["reference"].as_str().unwrap();
        let (review, submission) = (
            format!("/reviews/{reference}/decision"),
            format!("/submissions/{reference}"),
        );
        let (status, answer) = world
            .post_decision("reviewer-1", &review, &decision(made, &held))
            .await;
        assert_eq!(status, 200, "{answer}");

        if is_taken_up {
            *world.stop.at.lock().unwrap() = Some(Step::DecisionTakenUp);
            assert_eq!(world.run_intake().await, [false]);
            *world.stop.at.lock().unwrap() = None;
        }
        let directory = &world.backend.directory;
        let reviewer = directory.person(&"reviewer-1".parse().unwrap()).await;
        let mut reviewer = reviewer.unwrap().unwrap();
        reviewer.roles = vec![PersonRole::Operator];
        directory.put_person(&reviewer).await.unwrap();
        if !is_taken_up {
            // What is there is nobody's decision, and another one is told to look again until it is set aside.
            let asked = decision(next, &held);
            let (status, problem) = world.post_decision("reviewer-2", &review, &asked).await;
            assert_eq!(
                (status, &problem["code"]),
                (StatusCode::CONFLICT, &"changed".into())
            );
        }
        for handled in world.run_intake().await {
            assert!(handled);
        }

        let waiting = world.get_json("supplier-submitter", &submission).await;
        assert_eq!(waiting["state"], "awaiting-review", "{waiting:#}");
        assert!(waiting["progress"]["review"].is_null(), "{waiting:#}");
        assert_eq!(waiting["receipt"], false);
        let void = waiting["progress"]["void"].as_array().unwrap();
        assert_eq!(void.len(), 1, "{waiting:#}");
        let why = void[0]["changed"][0].as_str().unwrap();
        assert!(
            why.ends_with("is not registered as a DCC reviewer."),
            "{why}"
        );
        let (status, _) = world
            .get("supplier-submitter", &format!("{submission}/decision"))
            .await;
        assert_eq!(status, 404, "a decision that is void is nobody's last word");

        world.pass(std::time::Duration::from_secs(2));
        let (status, answer) = world
            .post_decision("reviewer-2", &review, &decision(next, &waiting))
            .await;
        assert_eq!(status, 200, "{answer}");
        assert_eq!(world.run_intake().await, [true]);
        let settled = world.get_json("supplier-submitter", &submission).await;
        assert_eq!(settled["state"], outcome, "{settled:#}");
    }
}
