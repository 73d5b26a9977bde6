//! A policy of IAM, as far as this project's policies go: `Allow` and `Deny`, actions, resources, and conditions on leading keys.

use std::collections::BTreeMap;

use serde::Deserialize;

/// One thing that somebody does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// As IAM names it: `dynamodb:GetItem`.
    pub action: String,
    /// What it is on: a table or an index, by whatever names resources in the policy.
    pub resource: String,
    /// The partition keys that it names (`dynamodb:LeadingKeys`); none, where it names none.
    pub leading_keys: Vec<String>,
}

/// A policy.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Policy {
    statement: Vec<Statement>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Statement {
    effect: Effect,
    action: OneOrMany,
    resource: OneOrMany,
    #[serde(default)]
    condition: BTreeMap<String, BTreeMap<String, OneOrMany>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
enum Effect {
    Allow,
    Deny,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl Policy {
    /// Reads a policy document.
    ///
    /// # Errors
    /// It cannot be read as JSON, or has something in it that is not known here.
    pub fn parse(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// Whether it allows this: some statement does, and none denies it.
    pub fn allows(&self, access: &Access) -> bool {
        let applies = |effect| {
            let mut statements = self.statement.iter();
            statements.any(|statement| statement.effect == effect && statement.is_about(access))
        };
        applies(Effect::Allow) && !applies(Effect::Deny)
    }
}

impl Statement {
    fn is_about(&self, access: &Access) -> bool {
        self.action.matches(&access.action)
            && self.resource.matches(&access.resource)
            && self.condition.iter().all(|(operator, keys)| {
                keys.iter()
                    .all(|(key, values)| holds(operator, key, values, access))
            })
    }
}

/// Whether a condition holds; one that is not known here never does.
fn holds(operator: &str, key: &str, values: &OneOrMany, access: &Access) -> bool {
    let named = &access.leading_keys;
    match (operator, key) {
        // As in AWS, it holds where no key is named at all.
        ("ForAllValues:StringLike", "dynamodb:LeadingKeys") => {
            named.iter().all(|key| values.matches(key))
        }
        ("Null", "dynamodb:LeadingKeys") => {
            let is_absent = if named.is_empty() { "true" } else { "false" };
            values.matches(is_absent)
        }
        _ => false,
    }
}

impl OneOrMany {
    fn matches(&self, text: &str) -> bool {
        match self {
            Self::One(pattern) => is_like(pattern.as_bytes(), text.as_bytes()),
            Self::Many(patterns) => patterns
                .iter()
                .any(|pattern| is_like(pattern.as_bytes(), text.as_bytes())),
        }
    }
}

/// `*` stands for any text, `?` for one character.
fn is_like(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (Some((b'*', rest)), _) => (0..=text.len()).any(|skipped| {
            text.get(skipped..)
                .is_some_and(|remaining| is_like(rest, remaining))
        }),
        (Some((b'?', rest)), Some((_, remaining))) => is_like(rest, remaining),
        (Some((wanted, rest)), Some((found, remaining))) => {
            wanted == found && is_like(rest, remaining)
        }
        (None, Some(_)) | (Some(_), None) => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn reads(keys: &[&str]) -> Access {
        Access {
            action: "dynamodb:GetItem".to_owned(),
            resource: "table/a".to_owned(),
            leading_keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        }
    }

    #[test]
    fn a_condition_on_leading_keys_holds_for_all_of_them_and_without_any() {
        let policy = r#"{"Statement":[{"Effect":"Allow","Action":"dynamodb:*","Resource":["table/?"],
            "Condition":{"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["one","one#*"]}}}]}"#;
        let policy = Policy::parse(policy).unwrap();
        for (keys, allowed) in [
            (vec!["one#a"], true),
            (vec!["one"], true),
            (vec!["one#a", "two#a"], false),
            (vec!["one-more#a"], false),
            (vec![], true),
        ] {
            assert_eq!(policy.allows(&reads(&keys)), allowed, "{keys:?}");
        }
    }

    #[test]
    fn what_is_denied_is_not_allowed_and_what_is_not_known_allows_nothing() {
        let denied = r#"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},
            {"Effect":"Deny","Action":"dynamodb:GetItem","Resource":"*","Condition":{"Null":{"dynamodb:LeadingKeys":"true"}}}]}"#;
        let denied = Policy::parse(denied).unwrap();
        assert!(denied.allows(&reads(&["one"])));
        assert!(!denied.allows(&reads(&[])));
        let unknown = r#"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"a":"b"}}}]}"#;
        assert!(!Policy::parse(unknown).unwrap().allows(&reads(&["one"])));
    }
}
