use super::Permission;

/// The methods that the API knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads.
    Get,
    /// Changes something.
    Post,
}

/// A route of the API and what it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path under `/api`, with its parameters in braces.
    pub path: &'static str,
    /// What whoever asks needs.
    pub permission: Permission,
}

const fn get(path: &'static str, permission: Permission) -> Route {
    Route {
        method: Method::Get,
        path,
        permission,
    }
}

const fn post(path: &'static str, permission: Permission) -> Route {
    Route {
        method: Method::Post,
        path,
        permission,
    }
}

/// Every route of the API. What is not here does not exist.
pub const ROUTES: &[Route] = &[
    get("/health", Permission::Anyone),
    get("/openapi.json", Permission::Anyone),
    get("/docs", Permission::Anyone),
    get("/me", Permission::SignedIn),
    get("/profile", Permission::SignedIn),
    get("/submissions", Permission::ReadSubmissions),
    post("/submissions", Permission::SendFiles),
    get("/submissions/{id}", Permission::ReadSubmissions),
    post("/submissions/{id}/upload", Permission::SendFiles),
    get("/submissions/{id}/findings", Permission::ReadSubmissions),
    get("/submissions/{id}/receipt", Permission::ReadSubmissions),
    get("/thresholds", Permission::ReadThresholds),
    get("/thresholds/{userId}", Permission::ReadThresholds),
    get("/thresholds/{userId}/history", Permission::ReadThresholds),
    get("/quarantine-events", Permission::ReadQuarantine),
    get("/quarantine-events/{ref}", Permission::ReadQuarantine),
    get(
        "/quarantine-events/{ref}/communications",
        Permission::ReadQuarantine,
    ),
    get("/known/adt", Permission::SendFiles),
    get("/known/exit-quarantine", Permission::SendFiles),
    get("/reviews", Permission::ReadReviews),
    get("/reviews/{id}", Permission::ReadReviews),
    post("/reviews/{id}/decision", Permission::DecideReviews),
];

/// What a route needs, by method and by its path with parameters in braces; `None` for a route that does not exist.
pub fn permission_for(method: Method, path: &str) -> Option<Permission> {
    ROUTES
        .iter()
        .find(|route| route.method == method && route.path == path)
        .map(|route| route.permission)
}
