//! All that is answered: which path, for whom. What is open to anybody stands in [`router`] by name, all else in one table with the ability it needs.

use crate::Desk;
use crate::fault::Fault;
use crate::pages::{
    accounts, claims, desk, evidence, exhibits, give, jobs, log, people, room, rooms, sign_in,
    story, tasks, warn,
};
use crate::role::Ability;
use crate::seat::guard;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use std::sync::Arc;

/// Bytes that a form may have.
const FORM_MAX: usize = 256 << 10;

/// A path that somebody may ask for.
pub(crate) struct Route {
    pub(crate) path: &'static str,
    pub(crate) ability: Ability,
    pub(crate) handler: MethodRouter<Arc<Desk>>,
}

fn route(path: &'static str, ability: Ability, handler: MethodRouter<Arc<Desk>>) -> Route {
    Route { path, ability, handler }
}

/// Every path that needs somebody to be signed in. Reading and deciding on one path are two rows where they need two abilities.
pub(crate) fn table() -> Vec<Route> {
    use Ability::{Administer, Enter, Export, Import, Protect, ReadLog, Reveal, See, Work};
    vec![
        route("/", Enter, get(desk::page)),
        route("/sign-out", Enter, post(sign_in::sign_out)),
        route("/accounts", Administer, get(accounts::page)),
        route("/accounts/add", Administer, post(accounts::add)),
        route("/accounts/role", Administer, post(accounts::change_role)),
        route("/c/{casebook}/rooms", See, get(rooms::page)),
        route("/c/{casebook}/rooms/{room}", See, get(room::page)),
        route("/c/{casebook}/rooms/{room}/judge", Work, post(room::judge)),
        route("/c/{casebook}/rooms/{room}/reveal", Reveal, post(room::reveal)),
        route("/c/{casebook}/rooms/{room}/evidence/{nth}", See, get(evidence::page)),
        route("/c/{casebook}/rooms/{room}/export", Export, post(give::room)),
        route("/c/{casebook}/warn", See, get(warn::page)),
        route("/c/{casebook}/warn/outcome", Work, post(warn::outcome)),
        route("/c/{casebook}/warn/reveal", Reveal, post(warn::reveal)),
        route("/c/{casebook}/case", See, get(story::page)),
        route("/c/{casebook}/claims", See, get(claims::page)),
        route("/c/{casebook}/claims/add", Work, post(claims::add)),
        route("/c/{casebook}/claims/settle", Work, post(claims::settle)),
        route("/c/{casebook}/tasks", See, get(tasks::page)),
        route("/c/{casebook}/tasks/add", Work, post(tasks::add)),
        route("/c/{casebook}/tasks/move", Work, post(tasks::advance)),
        route("/c/{casebook}/exhibits", See, get(exhibits::page)),
        route("/c/{casebook}/exhibits/add", Work, post(exhibits::add)),
        route("/c/{casebook}/exhibits/custody", Work, post(exhibits::custody)),
        route("/c/{casebook}/people", Protect, get(people::page)),
        route("/c/{casebook}/people/add", Protect, post(people::add)),
        route("/c/{casebook}/people/{person}", Protect, get(people::record)),
        route("/c/{casebook}/people/{person}/step", Protect, post(people::step)),
        route("/c/{casebook}/people/{person}/field", Protect, post(people::field)),
        route("/c/{casebook}/people/{person}/ask", Protect, post(people::ask)),
        route("/c/{casebook}/people/{person}/agree", Protect, post(people::agree)),
        route("/c/{casebook}/log", ReadLog, get(log::page)),
        route("/c/{casebook}/jobs", Import, get(jobs::page)),
        route("/c/{casebook}/jobs/find", Import, post(jobs::find)),
    ]
}

/// The router of a desk.
pub(crate) fn router(desk: &Arc<Desk>) -> Router {
    let mut router = Router::new()
        .route("/sign-in", get(sign_in::page).post(sign_in::sign_in))
        .route("/welcome", get(sign_in::welcome).post(sign_in::begin))
        .route("/style.css", get(style))
        .route("/icon.svg", get(icon))
        .route("/healthz", get(health));
    for Route { path, ability, handler } in table() {
        let guard = from_fn_with_state((Arc::clone(desk), ability), guard);
        router = router.route(path, handler.layer(guard));
    }
    router
        .fallback(nothing)
        .layer(from_fn(safe))
        .layer(from_fn(timed))
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
    let limit = std::time::Duration::from_secs(REQUEST_MAX_S);
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Fault::new(axum::http::StatusCode::REQUEST_TIMEOUT, "That took too long.")
            .into_response(),
    }
}
