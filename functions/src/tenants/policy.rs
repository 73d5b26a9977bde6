//! What a session may do: of all that the tenants' role may, what concerns one organisation.
use serde::Serialize;
use sluice_shared::identifiers::OrganisationId;

/// A policy of IAM, as it is handed over with `AssumeRole`: it gives nothing, and takes away whatever it does not name.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct SessionPolicy {
    version: &'static str,
    statement: [Statement; 2],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Statement {
    effect: &'static str,
    action: &'static str,
    resource: &'static str,
    condition: Condition,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Condition {
    Keys {
        /// Every partition that a call names is the organisation's…
        #[serde(rename = "ForAllValues:StringLike")]
        all: LeadingKeys<[String; 2]>,
        /// …and it names one: without this, the other holds for a call that names none.
        #[serde(rename = "Null")]
        is_absent: LeadingKeys<&'static str>,
    },
    Service {
        #[serde(rename = "StringLike")]
        through: Through,
    },
}

#[derive(Debug, Serialize)]
struct LeadingKeys<T> {
    #[serde(rename = "dynamodb:LeadingKeys")]
    keys: T,
}

#[derive(Debug, Serialize)]
struct Through {
    #[serde(rename = "kms:ViaService")]
    service: &'static str,
}

impl SessionPolicy {
    /// What concerns this organisation. Its identifier has no sign in it that means something in a pattern.
    pub(super) fn for_organisation(organisation: &OrganisationId) -> Self {
        let keys = [organisation.to_string(), format!("{organisation}#*")];
        Self {
            version: "2012-10-17",
            statement: [
                Statement {
                    effect: "Allow",
                    action: "dynamodb:*",
                    resource: "*",
                    condition: Condition::Keys {
                        all: LeadingKeys { keys },
                        is_absent: LeadingKeys { keys: "false" },
                    },
                },
                // The tables' key, which opens to whoever may use a table, and through DynamoDB alone.
                Statement {
                    effect: "Allow",
                    action: "kms:*",
                    resource: "*",
                    condition: Condition::Service {
                        through: Through {
                            service: "dynamodb.*",
                        },
                    },
                },
            ],
        }
    }
}

/// What a session for this organisation may do: the policy that `api` hands over, for tests to hold calls to.
///
/// # Errors
/// None that is known: it is made of texts.
pub fn session_policy(organisation: &OrganisationId) -> Result<String, serde_json::Error> {
    serde_json::to_string(&SessionPolicy::for_organisation(organisation))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// The most characters of a session policy (AWS: IAM and STS quotas).
    const MOST: usize = 2_048;

    #[test]
    fn it_is_short_enough_for_the_longest_organisation_and_names_no_other() {
        let longest = OrganisationId::parse(&"a".repeat(40)).unwrap();
        let text = session_policy(&longest).unwrap();
        assert!(text.len() < MOST / 2, "{} characters", text.len());
        let policy: serde_json::Value = serde_json::from_str(&text).unwrap();
        let condition = &policy["Statement"][0]["Condition"];
        let keys = serde_json::json!([longest.to_string(), format!("{longest}#*")]);
        assert_eq!(
            condition["ForAllValues:StringLike"]["dynamodb:LeadingKeys"],
            keys
        );
        assert_eq!(condition["Null"]["dynamodb:LeadingKeys"], "false");
    }

    #[test]
    fn no_identifier_of_an_organisation_is_a_pattern_or_ends_a_text() {
        for sign in [
            '*', '?', '#', '"', '\'', '\\', '$', '{', '}', '/', '\n', ' ',
        ] {
            for text in [
                format!("a{sign}b"),
                format!("{sign}ab"),
                format!("ab{sign}"),
            ] {
                assert!(OrganisationId::parse(&text).is_err(), "{text:?}");
            }
        }
    }
}
