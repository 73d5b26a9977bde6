//! The `OpenAPI` document, and a page that shows it: plain HTML made here, so that no script has to be trusted for it.
use std::sync::Arc;

use axum::{
    Extension, Json,
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
};
use sluice_shared::directory::MachineScope;
use utoipa::openapi::{
    InfoBuilder, OpenApi, OpenApiBuilder, RefOr, Schema,
    path::{Operation, PathItem},
    schema::ComponentsBuilder,
    security::{
        ClientCredentials, Flow, HttpAuthScheme, HttpBuilder, OAuth2, Scopes, SecurityScheme,
    },
};

/// How systems sign in, as the document names it.
pub(super) const SYSTEM: &str = "system";

/// Title and sign-in of the document; the routes add themselves.
pub(super) fn head() -> OpenApi {
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .description(Some("An access token of the identity provider."))
        .build();
    let scopes = MachineScope::ALL.map(|scope| (scope.to_string(), scope.in_words().to_owned()));
    // Of which issuer it is says the deployment's `config.json`.
    let flow = ClientCredentials::new("/token", Scopes::from_iter(scopes));
    let of_systems = OAuth2::with_description(
        [Flow::ClientCredentials(flow)],
        "The same for a registered system. `tokenUrl` stands for the token endpoint in the identity provider's discovery document; where that puts the service's name \
         before a scope, it is `sluice/files.send`.",
    );
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Sluice")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some(
                    "Send ADT files and Exit Quarantine files to the DCC, follow them, and review what is risky. \
                     Every problem is application/problem+json (RFC 9457) with a stable `code`.",
                ))
                .build(),
        )
        .components(Some(
            ComponentsBuilder::new()
                .security_scheme("signIn", SecurityScheme::Http(bearer))
                .security_scheme(SYSTEM, SecurityScheme::OAuth2(of_systems))
                .build(),
        ))
        .build()
}

/// This API as an `OpenAPI` document
#[utoipa::path(get, path = "/openapi.json", tag = "service", responses((status = 200, description = "The document", body = serde_json::Value)))]
pub(crate) async fn openapi_json(Extension(document): Extension<Arc<OpenApi>>) -> Response {
    Json(&*document).into_response()
}

/// This API for people
#[utoipa::path(get, path = "/docs", tag = "service",
    responses((status = 200, description = "The page", body = String, content_type = "text/html")))]
pub(crate) async fn docs(Extension(document): Extension<Arc<OpenApi>>) -> Response {
    let policy = HeaderValue::from_static(
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    (
        [(header::CONTENT_SECURITY_POLICY, policy)],
        Html(docs_page(&document)),
    )
        .into_response()
}

const STYLE: &str = "body{font:16px/1.5 Arial,Helvetica,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#0b0c0c}\
code,pre{font-family:ui-monospace,monospace;background:#f3f2f1;padding:0 .2em}pre{padding:1em;overflow:auto}\
h2{border-top:1px solid #b1b4b6;padding-top:1em}table{border-collapse:collapse}\
td,th{text-align:left;padding:.2em 1em .2em 0;vertical-align:top;border-bottom:1px solid #b1b4b6}";

fn docs_page(document: &OpenApi) -> String {
    let mut html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}: API</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style>{STYLE}</style></head><body><main>\
         <h1>{title}: API</h1><p>{about}</p><p><a href=\"openapi.json\">OpenAPI document</a></p>",
        title = escape(&document.info.title),
        about = escape(document.info.description.as_deref().unwrap_or_default()),
    );
    for (path, item) in &document.paths.paths {
        for (method, operation) in operations(item) {
            html.push_str(&describe(method, path, operation));
        }
    }
    html.push_str("<h2>Types</h2>");
    for (name, schema) in document
        .components
        .iter()
        .flat_map(|components| &components.schemas)
    {
        html.push_str(&type_details(name, schema));
    }
    html.push_str("</main></body></html>");
    html
}

fn operations(item: &PathItem) -> impl Iterator<Item = (&'static str, &Operation)> {
    [("GET", item.get.as_ref()), ("POST", item.post.as_ref())]
        .into_iter()
        .filter_map(|(method, operation)| operation.map(|operation| (method, operation)))
}

fn describe(method: &str, path: &str, operation: &Operation) -> String {
    let mut html = format!(
        "<h2><code>{method} {}</code></h2><p>{}</p><p>{}</p>",
        escape(path),
        escape(operation.summary.as_deref().unwrap_or_default()),
        escape(operation.description.as_deref().unwrap_or_default()),
    );
    if let Some(parameters) = operation
        .parameters
        .as_ref()
        .filter(|parameters| !parameters.is_empty())
    {
        html.push_str("<table><tr><th>Parameter</th><th>What it is</th></tr>");
        for parameter in parameters {
            html.push_str(&row(&[
                &parameter.name,
                parameter.description.as_deref().unwrap_or_default(),
            ]));
        }
        html.push_str("</table>");
    }
    html.push_str("<table><tr><th>Answer</th><th>What it means</th><th>Type</th></tr>");
    for (status, response) in &operation.responses.responses {
        let RefOr::T(response) = response else {
            continue;
        };
        let kinds: Vec<_> = response
            .content
            .iter()
            .map(|(media, content)| {
                format!(
                    "{media} {}",
                    content.schema.as_ref().map(type_name).unwrap_or_default()
                )
            })
            .collect();
        html.push_str(&row(&[status, &response.description, &kinds.join(", ")]));
    }
    html.push_str("</table>");
    html
}

fn row(cells: &[&str]) -> String {
    let cells: Vec<_> = cells
        .iter()
        .map(|cell| format!("<td>{}</td>", escape(cell)))
        .collect();
    format!("<tr>{}</tr>", cells.concat())
}

fn type_name(schema: &RefOr<Schema>) -> String {
    match schema {
        RefOr::Ref(reference) => reference
            .ref_location
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_owned(),
        RefOr::T(_) => String::new(),
    }
}

fn type_details(name: &str, schema: &RefOr<Schema>) -> String {
    let json = serde_json::to_string_pretty(schema).unwrap_or_default();
    format!(
        "<details><summary><code>{}</code></summary><pre>{}</pre></details>",
        escape(name),
        escape(&json)
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
