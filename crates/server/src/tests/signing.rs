//! Signing in: the first account, guessing, fixation, signing out.

use super::browser::{Desk, PASSWORD, form};
use crate::Role;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

#[tokio::test]
async fn the_first_account_is_made_once_and_by_who_has_the_key() {
    let desk = Desk::new().await;
    let nobody = desk.nobody();
    assert_eq!(nobody.get("/welcome?key=guessed").await.status, StatusCode::NOT_FOUND);
    assert_eq!(nobody.get("/welcome?key=welcome%20key").await.status, StatusCode::OK);
    let short = form(&[("name", "amal"), ("password", "short"), ("key", "welcome key")]);
    assert_eq!(nobody.send("/welcome", short).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let first = form(&[("name", "amal"), ("password", PASSWORD), ("key", "welcome key")]);
    assert_eq!(nobody.send("/welcome", first.clone()).await.status, StatusCode::SEE_OTHER);
    let second = nobody.send("/welcome", first).await;
    assert_eq!(second.status, StatusCode::NOT_FOUND, "the key opens once");
    let amal = desk.signed_in("amal").await;
    assert_eq!(amal.get("/c/lima/people").await.status, StatusCode::OK);
}

#[tokio::test]
async fn guessing_is_locked_out_for_a_while_and_tells_nothing_of_names() {
    let desk = Desk::new().await;
    desk.account("amal", false).await;
    let mut guess = desk.nobody();
    let unknown = guess.sign_in("nobody", "a wrong password").await;
    for _ in 0..5 {
        let wrong = guess.sign_in("amal", "a wrong password").await;
        assert_eq!((wrong.status, &wrong.text), (StatusCode::UNAUTHORIZED, &unknown.text));
    }
    let locked = guess.sign_in("amal", PASSWORD).await;
    assert_eq!(locked.status, StatusCode::UNAUTHORIZED, "also for the right one");
    assert_eq!(locked.text, unknown.text, "and it looks like a name that is not known");
    desk.store.lock_account("amal", 0).await.unwrap();
    assert_eq!(guess.sign_in("amal", PASSWORD).await.status, StatusCode::SEE_OTHER);
    assert_eq!(desk.store.account("amal").await.unwrap().unwrap().failures, 0);
}

#[tokio::test]
async fn a_session_that_was_planted_is_worth_nothing_and_signing_out_ends_one() {
    let desk = Desk::new().await;
    let amal = desk.with("amal", "lima", &[Role::Viewer]).await;
    let planted = Request::post("/sign-in")
        .header(header::HOST, "desk.test")
        .header(header::COOKIE, "ringtrace=planted")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form(&[("name", "amal"), ("password", PASSWORD)])))
        .unwrap();
    let answer = desk.ask(planted).await;
    assert!(!answer.headers[header::SET_COOKIE].to_str().unwrap().contains("planted"));
    let with = |cookie: &str| {
        let request = Request::get("/c/lima/rooms").header(header::HOST, "desk.test");
        request.header(header::COOKIE, cookie).body(Body::empty()).unwrap()
    };
    assert_eq!(desk.ask(with("ringtrace=planted")).await.status, StatusCode::SEE_OTHER);
    let cookie = amal.cookie().to_owned();
    assert_eq!(desk.ask(with(&cookie)).await.status, StatusCode::OK);
    assert_eq!(amal.post("/sign-out", &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(desk.ask(with(&cookie)).await.status, StatusCode::SEE_OTHER, "the cookie is dead");
}

#[tokio::test]
async fn whoever_reads_the_store_cannot_sign_in_with_it() {
    let desk = Desk::new().await;
    let amal = desk.with("amal", "lima", &[Role::Viewer]).await;
    let secret = amal.cookie().strip_prefix("ringtrace=").unwrap();
    assert!(desk.store.session(secret, 0).await.unwrap().is_none(), "only a seal is kept");
}

#[tokio::test]
async fn many_guesses_at_once_are_as_many_guesses() {
    let desk = Desk::new().await;
    desk.account("amal", false).await;
    let body = form(&[("name", "amal"), ("password", "a wrong password")]);
    let guesses = (0..12).map(|_| {
        let request = Request::post("/sign-in")
            .header(header::HOST, "desk.test")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.clone()))
            .unwrap();
        tokio::spawn(tower::ServiceExt::oneshot(desk.router.clone(), request))
    });
    for guess in guesses.collect::<Vec<_>>() {
        assert_eq!(guess.await.unwrap().unwrap().status(), StatusCode::UNAUTHORIZED);
    }
    let amal = desk.store.account("amal").await.unwrap().unwrap();
    assert!(amal.failures >= 5 && amal.locked_until_us > crate::now_us(), "{amal:?}");
}

#[tokio::test]
async fn a_first_password_is_changed_before_anything_is_seen() {
    let desk = Desk::new().await;
    desk.account("admin", true).await;
    let keeper = desk.signed_in("admin").await;
    let first = "a first long word";
    keeper.post("/accounts/add", &[("name", "noor"), ("password", first)]).await;
    let role = [("casebook", "lima"), ("account", "noor"), ("role", "analyst"), ("change", "give")];
    keeper.post("/accounts/role", &role).await;
    let mut noor = desk.nobody();
    noor.sign_in_to("noor", first, "/password").await;
    for page in ["/", "/c/lima/rooms", "/tokens", "/api/v1/casebooks"] {
        let answer = noor.get(page).await;
        assert_eq!(answer.headers[header::LOCATION], "/password", "{page}");
    }
    let same = [("old", first), ("new", first)];
    assert_eq!(noor.post("/password", &same).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = [("old", PASSWORD), ("new", "another long word")];
    assert_eq!(noor.post("/password", &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let changed = [("old", first), ("new", PASSWORD)];
    assert_eq!(noor.post("/password", &changed).await.status, StatusCode::SEE_OTHER);
    let noor = desk.signed_in("noor").await;
    assert_eq!(noor.get("/c/lima/rooms").await.status, StatusCode::OK);
    let log = desk.store.log("lima", 0).await.unwrap();
    let said = log[0].action().unwrap().unwrap().to_string();
    assert_eq!((&*log[0].actor, &*said), ("admin", "noor: is now analyst"));
    keeper.post("/accounts/password", &[("account", "noor"), ("password", first)]).await;
    assert_eq!(noor.get("/c/lima/rooms").await.status, StatusCode::SEE_OTHER, "signed out");
    let log = desk.store.log("lima", 0).await.unwrap();
    assert!(log[1].body.as_ref().unwrap().contains("first password anew"));
    keeper.post("/accounts/end", &[("account", "noor")]).await;
    let answer = desk.nobody().sign_in("noor", first).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let own = keeper.post("/accounts/end", &[("account", "admin")]).await;
    assert_eq!(own.status, StatusCode::CONFLICT, "somebody keeps the accounts");
}

#[tokio::test]
async fn a_token_is_for_the_interface_alone_and_can_be_ended() {
    let desk = Desk::new().await;
    let amal = desk.with("amal", "lima", &[Role::Analyst]).await;
    let page = amal.post("/tokens", &[("name", "a script"), ("days", "30")]).await.text;
    let token = page.split_once("id=\"token\">").unwrap().1.split('<').next().unwrap().to_owned();
    let with = |path: &str, name: &str, value: String| {
        let request = Request::get(path).header(header::HOST, "desk.test");
        request.header(name, value).body(Body::empty()).unwrap()
    };
    let bearer = format!("Bearer {token}");
    let asked = desk.ask(with("/api/v1/casebooks", "authorization", bearer.clone())).await;
    assert_eq!(asked.status, StatusCode::OK);
    let page = desk.ask(with("/tokens", "authorization", bearer.clone())).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "pages are for browsers");
    let cookie = desk.ask(with("/tokens", "cookie", format!("ringtrace={token}"))).await;
    assert_eq!(cookie.status, StatusCode::SEE_OTHER, "and a token is no session");
    let seal = amal.get("/tokens").await.text;
    let seal = seal.split_once("name=\"seal\" value=\"").unwrap().1.split('"').next().unwrap();
    let noor = desk.with("noor", "lima", &[Role::Analyst]).await;
    assert_eq!(noor.post("/tokens/end", &[("seal", seal)]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(amal.post("/tokens/end", &[("seal", seal)]).await.status, StatusCode::SEE_OTHER);
    let asked = desk.ask(with("/api/v1/casebooks", "authorization", bearer)).await;
    assert_eq!(asked.status, StatusCode::UNAUTHORIZED);
}
