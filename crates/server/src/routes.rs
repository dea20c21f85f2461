//! All that is answered: which path, for whom. What is open to anybody stands in [`router`] by name, all else in one table with the ability it needs.

use crate::api::document::document;
use crate::api::{Ended, Token, as_json, tokens};
use crate::fault::Fault;
use crate::metrics::{counted, metrics};
use crate::pages::{
    accounts, claims, desk, evidence, exhibits, give, import, jobs, line, log, people, room, rooms,
    sign_in, story, tasks, timeline, tips, upload, warn, warnings,
};
use crate::role::Ability;
use crate::seat::guard;
use crate::{Desk, api, public};
use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::handler::Handler;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get, post};
use std::sync::Arc;

/// Bytes that a form may have.
const FORM_MAX: usize = 256 << 10;

/// Where files are sent to: they are bounded as they come, in size and in pace.
const UPLOAD: &str = "/c/{casebook}/import/upload";

/// A path that somebody may ask for.
pub(crate) struct Route {
    /// Which of a path's requests it is.
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests of the table ask for it"))]
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    pub(crate) ability: Ability,
    pub(crate) handler: Handled,
}

type Handled = MethodRouter<Arc<Desk>>;

fn page<H, T: 'static>(path: &'static str, ability: Ability, handler: H) -> Route
where
    H: Handler<T, Arc<Desk>>,
{
    row(path, ability, get(handler), Method::GET)
}

fn form<H, T: 'static>(path: &'static str, ability: Ability, handler: H) -> Route
where
    H: Handler<T, Arc<Desk>>,
{
    row(path, ability, post(handler), Method::POST)
}

fn row(path: &'static str, ability: Ability, handler: Handled, method: Method) -> Route {
    Route { method, path, ability, handler }
}

/// Every path that needs somebody to be signed in. Reading and deciding on one path are two rows where they need two abilities.
pub(crate) fn table() -> Vec<Route> {
    use Ability::{
        Administer, Enter, Export, Import, Protect, Publish, ReadLog, Reveal, See, Work,
    };
    let mut rows = vec![
        page("/", Enter, desk::page),
        form("/sign-out", Enter, sign_in::sign_out),
        page("/password", Enter, sign_in::password),
        form("/password", Enter, sign_in::change_password),
        page("/accounts", Administer, accounts::page),
        form("/accounts/add", Administer, accounts::add),
        form("/accounts/role", Administer, accounts::change_role),
        form("/accounts/password", Administer, accounts::reset),
        form("/accounts/end", Administer, accounts::end),
        page("/c/{casebook}/rooms", See, rooms::page),
        page("/c/{casebook}/rooms/{room}", See, room::page),
        form("/c/{casebook}/rooms/{room}/judge", Work, room::judge),
        form("/c/{casebook}/rooms/{room}/reveal", Reveal, room::reveal),
        page("/c/{casebook}/rooms/{room}/evidence/{nth}", See, evidence::page),
        page("/c/{casebook}/rooms/{room}/lines/{line}", See, line::page),
        form("/c/{casebook}/rooms/{room}/export", Export, give::room),
        page("/c/{casebook}/warn", See, warn::page),
        form("/c/{casebook}/warn/outcome", Work, warn::outcome),
        form("/c/{casebook}/warn/reveal", Reveal, warn::reveal),
        page("/c/{casebook}/tips", See, tips::page),
        form("/c/{casebook}/tips/{tip}/answer", Work, tips::answer),
        form("/c/{casebook}/tips/{tip}/reveal", Reveal, tips::reveal),
        page("/c/{casebook}/warnings", See, warnings::page),
        form("/c/{casebook}/warnings/publish", Publish, warnings::publish),
        form("/c/{casebook}/warnings/withdraw", Publish, warnings::withdraw),
        page("/c/{casebook}/case", See, story::page),
        page("/c/{casebook}/timeline", See, timeline::page),
        page("/c/{casebook}/claims", See, claims::page),
        form("/c/{casebook}/claims/add", Work, claims::add),
        form("/c/{casebook}/claims/settle", Work, claims::settle),
        page("/c/{casebook}/tasks", See, tasks::page),
        form("/c/{casebook}/tasks/add", Work, tasks::add),
        form("/c/{casebook}/tasks/move", Work, tasks::advance),
        form("/c/{casebook}/tasks/hold", Work, tasks::hold),
        page("/c/{casebook}/exhibits", See, exhibits::page),
        form("/c/{casebook}/exhibits/add", Work, exhibits::add),
        form("/c/{casebook}/exhibits/custody", Work, exhibits::custody),
        page("/c/{casebook}/people", Protect, people::page),
        form("/c/{casebook}/people/add", Protect, people::add),
        page("/c/{casebook}/people/{person}", Protect, people::record),
        form("/c/{casebook}/people/{person}/step", Protect, people::step),
        form("/c/{casebook}/people/{person}/field", Protect, people::field),
        form("/c/{casebook}/people/{person}/wish", Protect, people::wish),
        form("/c/{casebook}/people/{person}/consent", Protect, people::consent),
        form("/c/{casebook}/people/{person}/consent/end", Protect, people::end_consent),
        form("/c/{casebook}/people/{person}/ask", Protect, people::ask),
        form("/c/{casebook}/people/{person}/agree", Protect, people::agree),
        page("/c/{casebook}/log", ReadLog, log::page),
        page("/c/{casebook}/import", Import, import::page),
        form(UPLOAD, Import, upload::upload),
        page("/c/{casebook}/import/{file}", Import, import::preview),
        form("/c/{casebook}/import/{file}/mend", Import, import::mend),
        form("/c/{casebook}/import/{file}/start", Import, import::start),
        page("/c/{casebook}/jobs", Import, jobs::page),
        form("/c/{casebook}/jobs/find", Import, jobs::find),
        form("/c/{casebook}/jobs/end", Import, jobs::end),
    ];
    rows.extend(interface());
    rows
}

/// The same of the interface for programs, and of the tokens that they come with.
fn interface() -> Vec<Route> {
    use Ability::{Enter, ReadLog, See, Work};
    vec![
        page("/tokens", Enter, tokens),
        form("/tokens", Enter, Token::make),
        form("/tokens/end", Enter, Ended::end),
        page("/api/v1/casebooks", Enter, api::casebooks),
        page("/api/v1/casebooks/{casebook}/rooms", See, api::rooms),
        page("/api/v1/casebooks/{casebook}/rooms/{room}", See, api::room),
        form("/api/v1/casebooks/{casebook}/rooms/{room}/judgements", Work, api::judge),
        page("/api/v1/casebooks/{casebook}/warn", See, api::warn),
        page("/api/v1/casebooks/{casebook}/claims", See, api::claims),
        form("/api/v1/casebooks/{casebook}/claims", Work, api::claim),
        page("/api/v1/casebooks/{casebook}/log", ReadLog, api::log),
    ]
}

/// The router of a desk.
pub(crate) fn router(desk: &Arc<Desk>) -> Router {
    let mut router = Router::new()
        .route("/sign-in", get(sign_in::page).post(sign_in::sign_in))
        .route("/welcome", get(sign_in::welcome).post(sign_in::begin))
        .route("/api/v1/openapi.json", get(document))
        .route("/metrics", get(metrics))
        .merge(public::router());
    for route in table() {
        let guard = from_fn_with_state((Arc::clone(desk), route.ability), guard);
        let mut guarded = route.handler.layer(guard);
        if route.path == UPLOAD {
            guarded = guarded.layer(DefaultBodyLimit::disable());
        }
        let is_api = route.path.starts_with("/api/");
        router = router
            .route(route.path, if is_api { guarded.layer(from_fn(as_json)) } else { guarded });
    }
    whole(router, desk)
}

/// The router of the page for everybody.
pub(crate) fn public_router(desk: &Arc<Desk>) -> Router {
    whole(public::router().route("/", get(|| async { Redirect::to("/public") })), desk)
}

/// What every page has besides those that a router knows.
pub(crate) fn asset_routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/style.css", get(style))
        .route("/icon.svg", get(icon))
        .route("/healthz", get(health))
}

fn whole(router: Router<Arc<Desk>>, desk: &Arc<Desk>) -> Router {
    router
        .fallback(nothing)
        .layer(from_fn(safe))
        .layer(from_fn(timed))
        .layer(from_fn_with_state(Arc::clone(desk), counted))
        .layer(DefaultBodyLimit::max(FORM_MAX))
        .with_state(Arc::clone(desk))
}

async fn nothing() -> Fault {
    Fault::not_found()
}

async fn health() -> &'static str {
    "ok"
}

async fn style() -> Response {
    asset("text/css; charset=utf-8", include_str!("../assets/style.css"))
}

async fn icon() -> Response {
    asset("image/svg+xml", include_str!("../assets/icon.svg"))
}

fn asset(kind: &'static str, text: &'static str) -> Response {
    let about = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "max-age=3600")];
    (about, text).into_response()
}

/// What a browser may do with any page: ask this server for its style, send forms to it, and nothing else. Nothing is kept in caches.
const HEADERS: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

async fn safe(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// How long a request may take, seconds.
const REQUEST_MAX_S: u64 = 30;

async fn timed(request: Request, next: Next) -> Response {
    if request.extensions().get::<MatchedPath>().is_some_and(|path| path.as_str() == UPLOAD) {
        return next.run(request).await;
    }
    let limit = std::time::Duration::from_secs(REQUEST_MAX_S);
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Fault::new(axum::http::StatusCode::REQUEST_TIMEOUT, "That took too long.")
            .into_response(),
    }
}
