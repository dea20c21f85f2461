//! A browser that keeps its cookie, and forms as its pages would send them.

use super::made::Made;
use crate::{Casebooks, Public, Role, Server, Settings};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use std::sync::Arc;
use store::{RoleOf, Store};
use tower::ServiceExt as _;

/// The password of all accounts.
pub(super) const PASSWORD: &str = "a long enough word";
const HOST: &str = "desk.test";

/// A server, its store, and the folder that it lies in.
pub(super) struct Desk {
    pub(super) router: Router,
    /// What is answered where the page for everybody is reached.
    pub(super) public_router: Router,
    pub(super) made: Arc<Made>,
    pub(super) store: Store,
    server: Server,
    _folder: tempfile::TempDir,
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) text: String,
}

/// Somebody who is signed in, or nobody.
pub(super) struct Browser<'a> {
    desk: &'a Desk,
    cookie: String,
    form_key: String,
}

impl Desk {
    pub(super) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let made = Arc::new(Made::new(&folder).await);
        let store = made.store().clone();
        let public = Public {
            casebook: "lima".to_owned(),
            name: "The desk, Lima".to_owned(),
            emergency: vec!["Police: 105".to_owned()],
        };
        let settings = Settings {
            welcome_key: Some("welcome key".to_owned()),
            is_behind_tls: false,
            public: Some(public),
        };
        let server = Server::new(Arc::clone(&made) as Arc<dyn Casebooks>, settings).unwrap();
        let (router, public_router) = (server.router(), server.public_router());
        Self { router, public_router, made, store, server, _folder: folder }
    }

    /// What requests share.
    pub(super) fn inner(&self) -> &crate::Desk {
        &self.server.desk
    }

    /// Makes an account with roles in a casebook, and signs it in.
    pub(super) async fn with(&self, name: &str, casebook: &str, roles: &[Role]) -> Browser<'_> {
        self.account(name, false).await;
        for role in roles {
            let role = RoleOf {
                casebook: casebook.to_owned(),
                account: name.to_owned(),
                role: role.word().to_owned(),
            };
            self.store.add_role(&role).await.unwrap();
        }
        self.signed_in(name).await
    }

    pub(super) async fn account(&self, name: &str, is_administrator: bool) {
        let account = store::Account {
            name: name.to_owned(),
            password: crate::secret::hashed(PASSWORD).unwrap(),
            is_administrator,
            failures: 0,
            locked_until_us: 0,
            must_change: false,
            is_ended: false,
        };
        self.store.add_account(&account, 1).await.unwrap();
    }

    pub(super) async fn signed_in(&self, name: &str) -> Browser<'_> {
        let mut browser = self.nobody();
        let answer = browser.sign_in(name, PASSWORD).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        browser
    }

    pub(super) fn nobody(&self) -> Browser<'_> {
        Browser { desk: self, cookie: String::new(), form_key: String::new() }
    }

    pub(super) async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), 64 << 20).await.unwrap();
        // A PDF is no text: what of it is one can be read.
        Answer { status, headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }
}

/// A form's text.
pub(super) fn form(fields: &[(&str, &str)]) -> String {
    serde_urlencoded::to_string(fields).unwrap()
}

impl Browser<'_> {
    pub(super) async fn sign_in(&mut self, name: &str, password: &str) -> Answer {
        self.sign_in_to(name, password, "/").await
    }

    /// Signs in, and goes to a page.
    pub(super) async fn sign_in_to(&mut self, name: &str, password: &str, page: &str) -> Answer {
        let body = form(&[("name", name), ("password", password)]);
        let answer = self.send("/sign-in", body).await;
        if let Some(cookie) = answer.headers.get(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
            self.cookie = cookie.split(';').next().unwrap().to_owned();
            let desk = self.get(page).await;
            self.form_key = key_of(&desk.text);
        }
        answer
    }

    /// What the browser would send of its session.
    pub(super) fn cookie(&self) -> &str {
        &self.cookie
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        let request = Request::get(path).header(header::HOST, HOST);
        let request = request.header(header::COOKIE, &self.cookie);
        self.desk.ask(request.body(Body::empty()).unwrap()).await
    }

    /// Sends a form of a page of this session.
    pub(super) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("form_key", &*self.form_key)];
        all.extend_from_slice(fields);
        self.send(path, form(&all)).await
    }

    /// Sends a form of a page that shows something: with the mark of the first that it shows.
    pub(super) async fn post_from(
        &self,
        page: &str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let mark = self.mark(page).await;
        self.post(path, &[&[("mark", &*mark)], fields].concat()).await
    }

    /// The mark of the first thing that a page shows; none where it shows none.
    pub(super) async fn mark(&self, page: &str) -> String {
        let page = self.get(page).await.text;
        let after = page.split_once("name=\"mark\" value=\"");
        after.and_then(|(_, after)| after.split('"').next()).unwrap_or_default().to_owned()
    }

    /// Sends a file, under a name that may be anything.
    pub(super) async fn upload(&self, path: &str, name: &str, bytes: &str) -> Answer {
        let part = |about: &str, body: &str| {
            format!("--edge\r\nContent-Disposition: form-data; {about}\r\n\r\n{body}\r\n")
        };
        let key = part("name=\"form_key\"", &self.form_key);
        let file = part(&format!("name=\"file\"; filename=\"{name}\""), bytes);
        let request = Request::post(path)
            .header(header::HOST, HOST)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
        let body = format!("{key}{file}--edge--\r\n");
        self.desk.ask(request.body(Body::from(body)).unwrap()).await
    }

    /// Sends a form as it is.
    pub(super) async fn send(&self, path: &str, body: String) -> Answer {
        let request = Request::post(path)
            .header(header::HOST, HOST)
            .header(header::COOKIE, &self.cookie)
            .header(header::ORIGIN, format!("http://{HOST}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.desk.ask(request.body(Body::from(body)).unwrap()).await
    }
}

fn key_of(page: &str) -> String {
    let after = page.split_once("name=\"form_key\" value=\"").expect("a form").1;
    after.split('"').next().unwrap().to_owned()
}
