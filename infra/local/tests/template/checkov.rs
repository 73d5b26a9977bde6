//! What `checkov` is told to pass over says why: `infra/decisions/0035-what-checkov-says.md`.

use serde_json::Value;

use super::sam_template::Template;

#[test]
fn what_is_passed_over_has_a_reason() {
    let mut found = 0;
    for template in [Template::load(), Template::of_the_edge()] {
        let resources = template.as_json()["Resources"].as_object().unwrap();
        for (id, resource) in resources {
            let passed_over = &resource["Metadata"]["checkov"]["skip"];
            for skip in passed_over.as_array().into_iter().flatten() {
                let text = |name: &str| skip[name].as_str().unwrap_or_default();
                assert!(text("id").starts_with("CKV"), "{id}: {skip}");
                assert!(text("comment").len() > 20, "{id} gives no reason: {skip}");
                found += 1;
            }
            // In another form it would be passed over itself.
            assert!(
                passed_over.is_array() || resource["Metadata"]["checkov"] == Value::Null,
                "{id}"
            );
        }
    }
    assert!(found > 0);
}
