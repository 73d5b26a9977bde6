//! What the `OpenAPI` document says beside what the handlers say of themselves: a name for each operation, and which problems it
//! answers with: all that it can give, and no other status.
use std::collections::BTreeMap;

use sluice_shared::{
    api::{Problem, ProblemCode as Code},
    directory::{self, Entrance, Method, Permission, Route, SignInAge, routes},
    profile::Profile,
};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ContentBuilder, OpenApi, Ref, RefOr, Response, ResponseBuilder, Schema,
        security::SecurityRequirement,
    },
};

use super::{BASE, docs};

/// What a route answers with beside what its needs say by themselves.
const OF_ROUTE: &[(Route, &[Code])] = &[
    (routes::SUBMISSIONS, &[Code::NotFound]),
    (
        routes::START_SUBMISSION,
        &[
            Code::NotFound,
            Code::SentBefore,
            Code::CannotReplace,
            Code::FileTooLarge,
            Code::KeyReused,
            Code::BudgetSpent,
        ],
    ),
    (routes::UPLOAD, &[Code::WrongState, Code::UploadExpired]),
    (routes::RECEIPT, &[Code::WrongState, Code::NotSettled]),
    (routes::ASK_FOR_CHANGE, &[Code::ChangeBarred]),
    (routes::ASK_FOR_SIGNED_CHANGE, &[Code::ChangeBarred]),
    (routes::REGISTER_CERTIFICATE, &[Code::ChangeBarred]),
    (routes::STOP_OWN_KEY, &[Code::ChangeBarred]),
    (
        routes::ANSWER_CHANGE,
        &[Code::ChangeBarred, Code::AlreadyDecided],
    ),
    (
        routes::DECIDE_REVIEW,
        &[
            Code::ReviewBarred,
            Code::DecisionNotCounted,
            Code::WrongState,
            Code::Changed,
            Code::AlreadyDecided,
        ],
    ),
    (
        routes::ASSIGN_REVIEW,
        &[
            Code::ReviewBarred,
            Code::AssignedElsewhere,
            Code::WrongState,
            Code::AlreadyDecided,
        ],
    ),
    (
        routes::ASK_QUESTION,
        &[
            Code::ReviewBarred,
            Code::QuestionBarred,
            Code::WrongState,
            Code::AlreadyDecided,
        ],
    ),
    (
        routes::ANSWER_QUESTION,
        &[Code::QuestionBarred, Code::WrongState, Code::AlreadyDecided],
    ),
];

/// Puts names and problems into the document that the routes made.
pub(super) fn describe(document: &mut OpenApi) {
    for (entrance, path, route) in Entrance::ALL.iter().flat_map(paths) {
        let item = document.paths.paths.get_mut(&format!("{BASE}{path}"));
        let operation = item.and_then(|item| match route.method {
            Method::Get => item.get.as_mut(),
            Method::Post => item.post.as_mut(),
        });
        if let Some(operation) = operation {
            if let Some(security) = &mut operation.security {
                security.extend(of_systems(route.permission));
            }
            operation.operation_id = Some(operation_id(route.method, &path));
            let codes = codes(*entrance, route);
            let responses = &mut operation.responses.responses;
            for (status, response) in by_status(&codes) {
                responses.insert(status, RefOr::T(response));
            }
        }
    }
    let mut schemas = Vec::new();
    Problem::schemas(&mut schemas);
    schemas.push((Problem::name().into_owned(), Problem::schema()));
    let components = document.components.get_or_insert_default();
    components.schemas.extend(schemas);
}

/// That a registered system may ask a route, and by which scope.
fn of_systems(permission: Permission) -> Option<SecurityRequirement> {
    let scope = permission.scope().map(|scope| scope.to_string());
    let may = scope.is_some() || permission == Permission::SignedIn;
    may.then(|| SecurityRequirement::new(docs::SYSTEM, scope))
}

/// The routes of an entrance, with their paths below the API's address.
fn paths(entrance: &Entrance) -> impl Iterator<Item = (&Entrance, String, &'static Route)> {
    let routes = directory::ROUTES.iter().filter(|route| entrance.has(route));
    routes.map(move |route| {
        let path = format!("{}{}", entrance.prefix(), route.path);
        (entrance, path, route)
    })
}

/// Puts the deployment's own limits into the document.
pub(super) fn limit(document: &mut OpenApi, profile: &Profile) {
    let components = document.components.get_or_insert_default();
    let Some(RefOr::T(Schema::Object(request))) = components.schemas.get_mut("StartSubmission")
    else {
        return;
    };
    if let Some(RefOr::T(Schema::Object(length))) = request.properties.get_mut("length") {
        let most = profile.files.max_file_bytes;
        let most = most.saturating_add(profile.signing.max_signature_bytes as u64);
        length.maximum = usize::try_from(most).ok().map(Into::into);
    }
}

/// The only one of its name: method and path, as in `getSubmissionsIdFindings`.
fn operation_id(method: Method, path: &str) -> String {
    let method = match method {
        Method::Get => "get",
        Method::Post => "post",
    };
    let words = path.split(['/', '{', '}', '-', '.']);
    let words = words.filter_map(|word| {
        let first = word.chars().next()?;
        Some(format!(
            "{}{}",
            first.to_uppercase(),
            &word[first.len_utf8()..]
        ))
    });
    words.fold(method.to_owned(), |name, word| name + &word)
}

fn codes(entrance: Entrance, route: &Route) -> Vec<Code> {
    // Whatever an address takes, what it does not know behind a question mark is refused.
    let mut codes = vec![Code::Internal, Code::Unavailable, Code::InvalidRequest];
    if route.permission != Permission::Anyone {
        codes.extend([Code::SignInNeeded, Code::NotRegistered]);
        // Of whoever belongs to the other entrance, all but who they are is refused.
        if *route != routes::ME {
            codes.push(Code::NotAllowed);
        }
        if entrance == Entrance::Staff {
            codes.push(Code::OutsideNetworks);
        }
        codes.extend([Code::SystemStopped, Code::ScopeMissing]);
    }
    if route.sign_in != SignInAge::Any {
        codes.push(Code::SignInTooOld);
    }
    if route.path.contains('{') {
        codes.push(Code::NotFound);
    }
    if route.method == Method::Post {
        codes.extend([Code::RequestTooLarge, Code::UnsupportedMediaType]);
    }
    let own = OF_ROUTE.iter().filter(|(of, _)| of == route);
    codes.extend(own.flat_map(|(_, codes)| *codes));
    codes
}

fn by_status(codes: &[Code]) -> BTreeMap<String, Response> {
    let mut titles: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for code in codes {
        let said = format!("`{code}`: {}", code.title());
        titles.entry(code.status()).or_default().push(said);
    }
    titles
        .into_iter()
        .map(|(status, titles)| (status.to_string(), response(&titles.join("; "))))
        .collect()
}

fn response(description: &str) -> Response {
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name(Problem::name())))
        .build();
    ResponseBuilder::new()
        .description(description)
        .content(Problem::MEDIA_TYPE, content)
        .build()
}
