//! Who is asking: found out once for each request, before anything is looked at.

use crate::fault::Fault;
use crate::role::{Ability, Role};
use crate::secret::{same, seal};
use crate::{Desk, now_us};
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// The cookie of a browser that is signed in. Where all is TLS it has a prefix that no other host can set it under (RFC 6265bis, 4.1.3.2).
pub(crate) fn cookie_name(is_behind_tls: bool) -> &'static str {
    if is_behind_tls { "__Host-ringtrace" } else { "ringtrace" }
}

/// Somebody who is signed in, at a casebook or outside of all.
#[derive(Clone, Debug)]
pub(crate) struct Seat {
    pub(crate) account: String,
    /// The casebook of the request; empty outside of all.
    pub(crate) casebook: String,
    pub(crate) roles: Vec<Role>,
    pub(crate) is_administrator: bool,
    /// Whether their password has to be changed first.
    pub(crate) must_change: bool,
    /// What a form of this session must carry.
    pub(crate) form_key: String,
    /// What the session is known by in memory.
    pub(crate) session: String,
}

impl Seat {
    /// Whether they may do something here.
    pub(crate) fn may(&self, ability: Ability) -> bool {
        match ability {
            Ability::Enter => true,
            Ability::Administer => self.is_administrator,
            of_casebook => self.roles.iter().any(|role| role.abilities().contains(&of_casebook)),
        }
    }
}

/// Lets a request through to a page that needs an ability, or says why not. In a casebook in which somebody has no role nothing is there for them.
pub(crate) async fn guard(
    State((desk, ability)): State<(Arc<Desk>, Ability)>,
    params: RawPathParams,
    mut request: Request,
    next: Next,
) -> Result<Response, Fault> {
    let casebook = params.iter().find(|(name, _)| *name == "casebook");
    let casebook = casebook.map(|(_, value)| value.to_owned()).unwrap_or_default();
    let is_api = request.uri().path().starts_with("/api/");
    let Some(seat) = seat_of(&desk, request.headers(), &casebook, is_api).await? else {
        let is_page = request.method() == Method::GET && !is_api;
        return Ok(if is_page {
            Redirect::to("/sign-in").into_response()
        } else {
            Fault::new(StatusCode::UNAUTHORIZED, "Sign in first.").into_response()
        });
    };
    if !casebook.is_empty() && (seat.roles.is_empty() || !desk.casebooks.is_there(&casebook)) {
        return Err(Fault::not_found());
    }
    if seat.must_change && !CHANGES.contains(&request.uri().path()) {
        return Ok(Redirect::to("/password").into_response());
    }
    if !seat.may(ability) {
        return Err(Fault::new(
            StatusCode::FORBIDDEN,
            "Your role in this casebook does not allow that.",
        ));
    }
    request.extensions_mut().insert(seat);
    Ok(next.run(request).await)
}

/// Where somebody may go whose password has to be changed.
const CHANGES: [&str; 2] = ["/password", "/sign-out"];

/// Programs come with a token, to the interface alone: what a token can do ends with it.
async fn seat_of(
    desk: &Desk,
    headers: &HeaderMap,
    casebook: &str,
    is_api: bool,
) -> Result<Option<Seat>, Fault> {
    let token = if is_api { bearer(headers) } else { None };
    let cookie = || cookie(headers, cookie_name(desk.is_behind_tls));
    let Some(secret) = token.or_else(cookie) else { return Ok(None) };
    let session = seal("session", secret);
    let store = desk.casebooks.store();
    let Some(known) = store.session(&session, now_us()).await? else { return Ok(None) };
    if known.token_name.is_some() && token.is_none() {
        return Ok(None);
    }
    let account = store.account(&known.account).await?.filter(|account| !account.is_ended);
    let Some(account) = account else { return Ok(None) };
    let roles = store.roles_of(&account.name).await?;
    let roles = roles.iter().filter(|role| role.casebook == casebook);
    Ok(Some(Seat {
        roles: roles.filter_map(|role| Role::of(&role.role)).collect(),
        account: account.name,
        casebook: casebook.to_owned(),
        is_administrator: account.is_administrator,
        must_change: account.must_change,
        form_key: seal("form", secret),
        session,
    }))
}

/// The secret of the session that a browser sends.
fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';'));
    pairs.find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// The token that a program sends.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

impl<S: Sync> FromRequestParts<S> for Seat {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Fault> {
        // Only `guard` puts one there: a page without a guard is seen by nobody.
        parts.extensions.get::<Self>().cloned().ok_or_else(Fault::not_found)
    }
}

/// A form that came from a page of this session.
pub(crate) struct Posted<T>(pub(crate) T);

/// A form that says nothing but that it was sent.
#[derive(serde::Deserialize)]
pub(crate) struct Nothing {}

#[derive(serde::Deserialize)]
struct Key {
    #[serde(default)]
    form_key: String,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Posted<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let form_key = request.extensions().get::<Seat>().map(|seat| seat.form_key.clone());
        let is_own = is_from_here(request.headers());
        let wrong = |_| Fault::new(StatusCode::BAD_REQUEST, "The form could not be read.");
        let text = String::from_request(request, state).await.map_err(|error| {
            Fault::new(error.into_response().status(), "The form could not be read.")
        })?;
        let key: Key = serde_urlencoded::from_str(&text).map_err(wrong)?;
        if !is_own || form_key.is_none_or(|form_key| !same(&form_key, &key.form_key)) {
            let sentence = "The form did not come from a page of yours. Open the page again.";
            return Err(Fault::new(StatusCode::FORBIDDEN, sentence));
        }
        Ok(Self(serde_urlencoded::from_str(&text).map_err(wrong)?))
    }
}

/// What an address asks for behind its `?`.
pub(crate) struct Search<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Search<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Fault> {
        let asked = parts.uri.query().unwrap_or_default();
        serde_urlencoded::from_str(asked).map(Self).map_err(|error| {
            let sentence = format!("What the address asks for cannot be read: {error}.");
            Fault::new(StatusCode::BAD_REQUEST, sentence)
        })
    }
}

/// JSON that a program sent, or a page of this server.
pub(crate) struct Sent<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Sent<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        if !is_from_here(request.headers()) {
            return Err(Fault::new(StatusCode::FORBIDDEN, "It came from another site."));
        }
        let json = axum::Json::<T>::from_request(request, state).await;
        json.map(|axum::Json(sent)| Self(sent))
            .map_err(|error| Fault::new(error.status(), error.body_text()))
    }
}

/// Whether a request comes from a page of this server, as far as the browser says.
pub(crate) fn is_from_here(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(header::HOST.as_str()).unwrap_or_default();
    let of_origin = text(header::ORIGIN.as_str())
        .is_none_or(|origin| origin.split_once("://").is_some_and(|(_, rest)| rest == host));
    let of_site = text("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    of_origin && of_site
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn the_cookie_is_found_among_others() {
        let sent = headers(&[("cookie", "a=1; ringtrace=abc; ringtraced=2")]);
        assert_eq!(cookie(&sent, "ringtrace"), Some("abc"));
        assert_eq!(cookie(&sent, "__Host-ringtrace"), None);
        assert_eq!(cookie(&headers(&[("cookie", "xringtrace=abc")]), "ringtrace"), None);
    }

    #[test]
    fn what_another_site_sends_is_known() {
        let own =
            [("host", "desk:80"), ("origin", "http://desk:80"), ("sec-fetch-site", "same-origin")];
        assert!(is_from_here(&headers(&own)));
        assert!(!is_from_here(&headers(&[("host", "desk:80"), ("origin", "http://evil")])));
        assert!(!is_from_here(&headers(&[("host", "desk:80"), ("origin", "null")])));
        assert!(!is_from_here(&headers(&[("host", "desk:80"), ("sec-fetch-site", "cross-site")])));
    }
}
