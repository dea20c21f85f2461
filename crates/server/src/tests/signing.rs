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
    assert_eq!(locked.status, StatusCode::TOO_MANY_REQUESTS, "also for the right one");
    desk.store.set_failures("amal", 5, 0).await.unwrap();
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
