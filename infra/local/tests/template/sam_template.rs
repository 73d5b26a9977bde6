//! The template as JSON, with CloudFormation's short forms in their long ones: `!Ref X` is `{"Ref": "X"}`.

use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::{Value, json};

pub(crate) struct Template(Value);

impl Template {
    /// `infra/template.yaml`.
    pub(crate) fn load() -> Self {
        Self::read("template.yaml")
    }

    /// `infra/edge.yaml`: what is in us-east-1.
    pub(crate) fn of_the_edge() -> Self {
        Self::read("edge.yaml")
    }

    fn read(name: &str) -> Self {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        let text = std::fs::read_to_string(format!("{folder}/{name}")).unwrap();
        Self(to_json(&Yaml::load_from_str(&text).unwrap()[0]))
    }

    /// A resource's properties.
    pub(crate) fn properties(&self, id: &str) -> &Value {
        let resource = &self.0["Resources"][id];
        assert!(resource.is_object(), "the template has no resource {id}");
        &resource["Properties"]
    }

    /// The statements of all policies of a role, in it and beside it.
    pub(crate) fn statements(&self, role: &str) -> Vec<&Value> {
        let inside = self.properties(role)["Policies"].as_array().unwrap().iter();
        let beside = self
            .of_type("AWS::IAM::RolePolicy")
            .map(|(_, policy)| &policy["Properties"])
            .filter(|policy| policy["RoleName"]["Ref"] == role);
        let documents = inside.chain(beside);
        documents
            .flat_map(|policy| policy["PolicyDocument"]["Statement"].as_array().unwrap())
            .collect()
    }

    /// Resources of a type, with their ids.
    pub(crate) fn of_type<'a>(
        &'a self,
        kind: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let resources = self.0["Resources"].as_object().unwrap();
        resources
            .iter()
            .filter(move |(_, resource)| resource["Type"] == kind)
            .map(|(id, resource)| (id.as_str(), resource))
    }

    /// All of it.
    pub(crate) fn as_json(&self) -> &Value {
        &self.0
    }
}

/// `X.Arn`, `X.Arn/index/y`: what an ARN in a policy is the ARN of.
pub(crate) fn resource_name(arn: &Value) -> String {
    if let Some(name) = arn["Fn::GetAtt"].as_str() {
        return name.to_owned();
    }
    let text = arn["Fn::Sub"].as_str();
    let text = text.unwrap_or_else(|| panic!("{arn} names no resource of the template"));
    text.replace(['$', '{', '}'], "")
}

fn to_json(yaml: &Yaml<'_>) -> Value {
    match yaml {
        Yaml::Value(scalar) => match scalar {
            Scalar::Null => Value::Null,
            Scalar::Boolean(is) => json!(is),
            Scalar::Integer(number) => json!(number),
            Scalar::FloatingPoint(number) => json!(number.into_inner()),
            Scalar::String(text) => json!(text),
        },
        Yaml::Sequence(items) => items.iter().map(to_json).collect(),
        Yaml::Mapping(entries) => Value::Object(
            entries
                .iter()
                .map(|(key, value)| (key.as_str().unwrap().to_owned(), to_json(value)))
                .collect(),
        ),
        Yaml::Tagged(tag, inner) => {
            let name = match tag.suffix.as_str() {
                plain @ ("Ref" | "Condition") => plain.to_owned(),
                function => format!("Fn::{function}"),
            };
            json!({ name: to_json(inner) })
        }
        Yaml::Representation(text, _, None) => json!(text),
        other => panic!("nothing in the template is like {other:?}"),
    }
}

/// One or several.
pub(crate) fn each(value: &Value) -> impl Iterator<Item = &Value> {
    let many = value.as_array().into_iter().flatten();
    many.chain((!value.is_array()).then_some(value))
}

#[test]
fn short_forms_survive() {
    let text = "a: !Ref B\nc: !Sub ['${x}', {x: !GetAtt Y.Arn}]\nd: !If [E, !Ref F, 5]\n";
    let json = to_json(&Yaml::load_from_str(text).unwrap()[0]);
    let expected = json!({
        "a": { "Ref": "B" },
        "c": { "Fn::Sub": ["${x}", { "x": { "Fn::GetAtt": "Y.Arn" } }] },
        "d": { "Fn::If": ["E", { "Ref": "F" }, 5] },
    });
    assert_eq!(json, expected);
}
