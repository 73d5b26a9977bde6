use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

/// That the API answers. It says nothing about storage: a page that cannot reach storage learns it from what it asks for.
#[derive(Serialize, ToSchema)]
pub(crate) struct Health {
    /// Always `ok`.
    #[schema(example = "ok")]
    status: &'static str,
}

/// Whether the API answers
#[utoipa::path(get, path = "/health", tag = "service", responses((status = 200, body = Health)))]
pub(crate) async fn health() -> Json<Health> {
    Json(Health { status: "ok" })
}
