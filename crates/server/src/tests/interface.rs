//! The interface for programs: tokens, JSON, the same masks; and its document tells all of it.

use super::browser::{Answer, Desk, PASSWORD};
use super::made::NUMBERS;
use crate::Role;
use crate::routes::table;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};

async fn asked(
    desk: &Desk,
    method: Method,
    path: &str,
    token: &str,
    body: Option<Value>,
) -> Answer {
    let request = Request::builder().method(method).uri(path).header(header::HOST, "desk.test");
    let request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    let request = match body {
        Some(body) => request
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string())),
        None => request.body(Body::empty()),
    };
    desk.ask(request.unwrap()).await
}

async fn token(desk: &Desk, name: &str, role: Role) -> String {
    let browser = desk.with(name, "lima", &[role]).await;
    let page = browser.post("/tokens", &[("name", "a script"), ("days", "30")]).await.text;
    let after = page.split_once("id=\"token\">").expect("a token").1;
    after.split('<').next().unwrap().to_owned()
}

fn json_of(answer: &Answer) -> Value {
    serde_json::from_str(&answer.text).unwrap_or_else(|_| panic!("no JSON: {}", answer.text))
}

#[tokio::test]
async fn a_program_with_a_token_sees_and_does_what_its_account_may() {
    let desk = Desk::new().await;
    let token = token(&desk, "amal", Role::Analyst).await;
    let get = async |path: &str| asked(&desk, Method::GET, path, &token, None).await;
    assert_eq!(
        json_of(&get("/api/v1/casebooks").await),
        json!([{ "name": "lima", "roles": ["analyst"] }])
    );
    let rooms = "/api/v1/casebooks/lima/rooms";
    assert_eq!(json_of(&get(rooms).await)[0]["judged"], Value::Null);
    let room = get("/api/v1/casebooks/lima/rooms/R1").await;
    assert!(NUMBERS.iter().all(|number| !room.text.contains(number)), "masked");
    assert_eq!(json_of(&room)["lines"][0]["role"], "worker");
    assert_eq!(json_of(&get("/api/v1/casebooks/lima/warn").await).as_array().unwrap().len(), 1);
    let mark = json_of(&room)["mark"].clone();
    assert_eq!(json_of(&get(rooms).await)[0]["mark"], mark);
    let judgement = json!({ "mark": mark, "disposition": "rejected", "reason": "a clinic", "look_alike": "clinic" });
    let path = "/api/v1/casebooks/lima/rooms/R1/judgements";
    let made = asked(&desk, Method::POST, path, &token, Some(judgement)).await;
    assert_eq!((made.status, &json_of(&made)["entry"]), (StatusCode::CREATED, &json!(1)));
    assert_eq!(json_of(&get(rooms).await)[0]["judged"], "rejected");
    assert_eq!(json_of(&get("/api/v1/casebooks/lima/warn").await), json!([]));
}

#[tokio::test]
async fn refusals_are_json_with_a_sentence() {
    let desk = Desk::new().await;
    let token = token(&desk, "amal", Role::Viewer).await;
    let path = "/api/v1/casebooks/lima/rooms/R1/judgements";
    let refused = asked(&desk, Method::POST, path, &token, Some(json!({}))).await;
    assert_eq!(
        (refused.status, &json_of(&refused)["status"]),
        (StatusCode::FORBIDDEN, &json!(403))
    );
    let nobody = asked(&desk, Method::GET, "/api/v1/casebooks", "guessed", None).await;
    assert_eq!(
        (nobody.status, &json_of(&nobody)["status"]),
        (StatusCode::UNAUTHORIZED, &json!(401))
    );
    let other = asked(&desk, Method::GET, "/api/v1/casebooks/callao/rooms", &token, None).await;
    assert_eq!(json_of(&other)["status"], 404);
    desk.store
        .add_role(&store::RoleOf {
            casebook: "lima".into(),
            account: "amal".into(),
            role: "analyst".into(),
        })
        .await
        .unwrap();
    for body in [
        json!({ "mark": "", "disposition": "hanged", "reason": "x" }),
        json!([]),
        json!({ "disposition": "rejected", "reason": "x" }),
        json!({ "mark": "", "disposition": "rejected", "reason": "x", "more": 1 }),
    ] {
        let refused = asked(&desk, Method::POST, path, &token, Some(body)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
        assert!(json_of(&refused)["sentence"].is_string());
    }
    let mut browser = desk.nobody();
    browser.sign_in("amal", PASSWORD).await;
    let evil = Request::post(path)
        .header(header::HOST, "desk.test")
        .header(header::COOKIE, browser.cookie())
        .header(header::ORIGIN, "http://elsewhere.test")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(json!({ "disposition": "rejected", "reason": "x" }).to_string()))
        .unwrap();
    assert_eq!(desk.ask(evil).await.status, StatusCode::FORBIDDEN);
    assert!(desk.store.log("lima", 0).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_document_tells_every_operation_with_the_ability_that_it_needs() {
    let document = crate::api::document::made();
    let mut told = 0;
    for route in table().into_iter().filter(|route| route.path.starts_with("/api/")) {
        let operation = &document["paths"][route.path][route.method.as_str().to_lowercase()];
        let needs = operation["description"].as_str().unwrap_or_default();
        assert_eq!(
            needs,
            format!("Needs the ability: {}.", route.ability.word()),
            "{} {}",
            route.method,
            route.path
        );
        told += 1;
    }
    let paths = document["paths"].as_object().unwrap().values();
    let operations: usize = paths.map(|path| path.as_object().unwrap().len() - 1).sum();
    assert_eq!(operations, told, "and none that is not there");
    let text = document.to_string();
    for reference in text.split("\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(document["components"]["schemas"][name].is_object(), "{name}");
    }
}

#[tokio::test]
async fn long_lists_are_told_in_parts() {
    let desk = Desk::new().await;
    let token = token(&desk, "amal", Role::Supervisor).await;
    let get = async |path: &str| asked(&desk, Method::GET, path, &token, None).await;
    for reason in ["one", "two", "three"] {
        let claim = json!({ "about": { "thing": "the house", "what": "people found" }, "value": { "kind": "words", "text": reason }, "source": "x", "said": null, "grade": { "reliability": "F", "credibility": 6 }, "words": "", "basis": [] });
        let path = "/api/v1/casebooks/lima/claims";
        assert_eq!(
            asked(&desk, Method::POST, path, &token, Some(claim)).await.status,
            StatusCode::CREATED
        );
    }
    let entries = async |query: &str| {
        let told = json_of(&get(&format!("/api/v1/casebooks/lima/log{query}")).await);
        let entries = told.as_array().unwrap().iter().map(|entry| entry["entry"].as_u64().unwrap());
        entries.collect::<Vec<u64>>()
    };
    assert_eq!(entries("").await, [1, 2, 3]);
    assert_eq!(entries("?after=1&limit=1").await, [2]);
    assert_eq!(entries("?after=3").await, [0_u64; 0]);
    let refused = get("/api/v1/casebooks/lima/log?limit=none").await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert!(json_of(&refused)["sentence"].as_str().unwrap().contains("cannot be read"));
    assert_eq!(json_of(&get("/api/v1/casebooks/lima/warn?after=1").await), json!([]));
}
