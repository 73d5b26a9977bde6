//! What a call to the tables does, read off the request as DynamoDB does to hold it to policies.

use serde_json::Value;

use super::policy::Access;

/// All that a call does, each with what it is on (`table/<name>`, `table/<name>/index/<index>`); `None` for a call that is not known here.
pub fn accesses(operation: &str, body: &[u8]) -> Option<Vec<Access>> {
    let body: Value = serde_json::from_slice(body).ok()?;
    if operation == "TransactWriteItems" {
        let parts = body["TransactItems"].as_array()?;
        return parts.iter().map(part_of_transaction).collect();
    }
    let keys = match operation {
        "GetItem" | "UpdateItem" => vec![partition_of(&body["Key"])?],
        "PutItem" => vec![partition_of(&body["Item"])?],
        "Query" => vec![queried(&body)?],
        "Scan" => Vec::new(),
        _ => return None,
    };
    Some(vec![access(operation, &body, keys)?])
}

fn part_of_transaction(part: &Value) -> Option<Access> {
    let (operation, part) = part.as_object()?.iter().next()?;
    let (operation, item) = match operation.as_str() {
        "Put" => ("PutItem", &part["Item"]),
        "Update" => ("UpdateItem", &part["Key"]),
        "ConditionCheck" => ("ConditionCheckItem", &part["Key"]),
        _ => return None,
    };
    access(operation, part, vec![partition_of(item)?])
}

fn access(operation: &str, call: &Value, leading_keys: Vec<String>) -> Option<Access> {
    let table = call["TableName"].as_str()?;
    let resource = match call["IndexName"].as_str() {
        Some(index) => format!("table/{table}/index/{index}"),
        None => format!("table/{table}"),
    };
    Some(Access {
        action: format!("dynamodb:{operation}"),
        resource,
        leading_keys,
    })
}

fn partition_of(item: &Value) -> Option<String> {
    item["pk"]["S"].as_str().map(str::to_owned)
}

/// The partition that a query is about: its condition begins `<partition attribute> = :<value>`.
fn queried(query: &Value) -> Option<String> {
    let condition = query["KeyConditionExpression"].as_str()?;
    let (_, value) = condition.split_once(" = ")?;
    let value = value.split(' ').next()?;
    let value = query["ExpressionAttributeValues"][value]["S"].as_str()?;
    Some(value.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn keys(operation: &str, body: &Value) -> Option<Vec<(String, String, Vec<String>)>> {
        let accesses = accesses(operation, body.to_string().as_bytes())?;
        let accesses = accesses.into_iter();
        Some(
            accesses
                .map(|access| (access.action, access.resource, access.leading_keys))
                .collect(),
        )
    }

    #[test]
    fn every_kind_of_call_names_its_keys() {
        let key = json!({ "pk": { "S": "one#a" }, "sk": { "S": "META" } });
        let one = |action: &str| {
            Some(vec![(
                action.to_owned(),
                "table/t".to_owned(),
                vec!["one#a".to_owned()],
            )])
        };
        let get = json!({ "TableName": "t", "Key": key });
        assert_eq!(keys("GetItem", &get), one("dynamodb:GetItem"));
        let put = json!({ "TableName": "t", "Item": key });
        assert_eq!(keys("PutItem", &put), one("dynamodb:PutItem"));
        let query = json!({ "TableName": "t", "KeyConditionExpression": "pk = :pk AND begins_with(sk, :sk)",
            "ExpressionAttributeValues": { ":pk": { "S": "one#a" }, ":sk": { "S": "x" } } });
        assert_eq!(keys("Query", &query), one("dynamodb:Query"));
        let check = json!({ "TransactItems": [{ "ConditionCheck": get }] });
        assert_eq!(
            keys("TransactWriteItems", &check),
            one("dynamodb:ConditionCheckItem")
        );
        let scan = Some(vec![(
            "dynamodb:Scan".to_owned(),
            "table/t".to_owned(),
            Vec::new(),
        )]);
        assert_eq!(keys("Scan", &json!({ "TableName": "t" })), scan);
        assert_eq!(keys("BatchGetItem", &json!({ "RequestItems": {} })), None);
    }
}
