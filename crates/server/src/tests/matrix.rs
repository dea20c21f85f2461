//! Every role at every path: each cell is asked for.

use super::browser::Desk;
use crate::routes::{Route, table};
use crate::{Ability, Role};
use axum::http::{Method, StatusCode};

/// A path with something in its places.
fn filled(path: &str, casebook: &str) -> String {
    let path = path.replace("{casebook}", casebook).replace("{room}", "R1").replace("{nth}", "0");
    path.replace("{person}", "1")
        .replace("{file}", "calls.csv")
        .replace("{tip}", "1")
        .replace("{line}", "R1-L01")
}

/// Whether a page of this path is read or a form sent to it.
async fn asked(browser: &super::browser::Browser<'_>, route: &Route, path: &str) -> StatusCode {
    match route.method {
        Method::GET => browser.get(path).await.status,
        _ => browser.post(path, &[]).await.status,
    }
}

/// What a status says of whether the asker was let through to the page itself.
fn is_let_through(status: StatusCode) -> bool {
    !matches!(status, StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED)
}

#[tokio::test]
async fn each_role_sees_what_its_abilities_say_and_nothing_else() {
    let desk = Desk::new().await;
    for role in Role::ALL {
        let browser = desk.with(role.word(), "lima", &[role]).await;
        for route in table().into_iter().filter(|route| route.path != "/sign-out") {
            let status = asked(&browser, &route, &filled(route.path, "lima")).await;
            let may = match route.ability {
                Ability::Enter => true,
                Ability::Administer => false,
                ability => role.abilities().contains(&ability),
            };
            assert_eq!(is_let_through(status), may, "{} at {}: {status}", role.word(), route.path);
            assert!(!status.is_server_error(), "{} at {}: {status}", role.word(), route.path);
        }
    }
}

#[tokio::test]
async fn a_casebook_without_a_role_in_it_does_not_exist() {
    let desk = Desk::new().await;
    desk.account("admin", true).await;
    let everything = desk.with("amal", "lima", &Role::ALL).await;
    let keeper = desk.signed_in("admin").await;
    for route in table().into_iter().filter(|route| route.path.contains("{casebook}")) {
        for (who, browser) in [("amal", &everything), ("admin", &keeper)] {
            for casebook in ["callao", "none-such", "..%2f..%2fetc"] {
                let status = asked(browser, &route, &filled(route.path, casebook)).await;
                assert_eq!(status, StatusCode::NOT_FOUND, "{who} at {} of {casebook}", route.path);
            }
        }
    }
}

#[tokio::test]
async fn nobody_sees_anything_before_signing_in() {
    let desk = Desk::new().await;
    let nobody = desk.nobody();
    for route in table() {
        let path = filled(route.path, "lima");
        let read = nobody.get(&path).await;
        assert!(
            matches!(
                read.status,
                StatusCode::SEE_OTHER | StatusCode::UNAUTHORIZED | StatusCode::METHOD_NOT_ALLOWED
            ),
            "{path}: {}",
            read.status
        );
        assert!(read.text.is_empty() || !read.text.contains("R1"), "{path}");
        let sent = nobody.post(&path, &[]).await.status;
        assert!(
            matches!(sent, StatusCode::UNAUTHORIZED | StatusCode::METHOD_NOT_ALLOWED),
            "{path}: {sent}"
        );
    }
}

#[tokio::test]
async fn only_who_keeps_accounts_gives_roles_and_gets_none_by_it() {
    let desk = Desk::new().await;
    desk.account("admin", true).await;
    desk.account("amal", false).await;
    let keeper = desk.signed_in("admin").await;
    let role = [("casebook", "lima"), ("account", "amal"), ("role", "viewer"), ("change", "give")];
    assert_eq!(keeper.post("/accounts/role", &role).await.status, StatusCode::SEE_OTHER);
    assert_eq!(keeper.get("/c/lima/rooms").await.status, StatusCode::NOT_FOUND);
    let amal = desk.signed_in("amal").await;
    assert_eq!(amal.get("/c/lima/rooms").await.status, StatusCode::OK);
    assert_eq!(amal.post("/accounts/role", &role).await.status, StatusCode::FORBIDDEN);
    let end = [("casebook", "lima"), ("account", "amal"), ("role", "viewer"), ("change", "end")];
    keeper.post("/accounts/role", &end).await;
    assert_eq!(amal.get("/c/lima/rooms").await.status, StatusCode::NOT_FOUND, "at once");
    for bad in [("casebook", "none"), ("account", "none"), ("role", "root")] {
        let fields = role.map(|field| if field.0 == bad.0 { bad } else { field });
        assert_eq!(
            keeper.post("/accounts/role", &fields).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
    }
}
