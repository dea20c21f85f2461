//! Forms: only of a page of the same session, of bounded size, and what cannot be is refused with a sentence.

use super::browser::{Desk, form};
use crate::Role;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

#[tokio::test]
async fn a_form_of_another_site_or_session_changes_nothing() {
    let desk = Desk::new().await;
    let amal = desk.with("amal", "lima", &[Role::Analyst]).await;
    let judged = form(&[("disposition", "rejected"), ("reason", "x"), ("form_key", "guessed")]);
    assert_eq!(amal.send("/c/lima/rooms/R1/judge", judged).await.status, StatusCode::FORBIDDEN);
    let without = form(&[("disposition", "rejected"), ("reason", "x")]);
    assert_eq!(amal.send("/c/lima/rooms/R1/judge", without).await.status, StatusCode::FORBIDDEN);
    let other = Request::post("/sign-in")
        .header(header::HOST, "desk.test")
        .header(header::ORIGIN, "http://elsewhere.test")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form(&[("name", "amal"), ("password", super::browser::PASSWORD)])))
        .unwrap();
    assert_eq!(desk.ask(other).await.status, StatusCode::FORBIDDEN);
    assert!(desk.store.log("lima", 0).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_cannot_be_read_or_is_too_much_is_refused() {
    let desk = Desk::new().await;
    let amal = desk.with("amal", "lima", &[Role::Analyst]).await;
    let unknown = [("disposition", "hanged"), ("reason", "x")];
    assert_eq!(
        amal.post_from("/c/lima/rooms/R1", "/c/lima/rooms/R1/judge", &unknown).await.status,
        StatusCode::BAD_REQUEST
    );
    let long = "x".repeat(300 << 10);
    let large = [("disposition", "rejected"), ("reason", long.as_str())];
    assert_eq!(
        amal.post_from("/c/lima/rooms/R1", "/c/lima/rooms/R1/judge", &large).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    let fits = [("disposition", "rejected"), ("reason", "x")];
    assert_eq!(
        amal.post_from("/c/lima/rooms/R9", "/c/lima/rooms/R9/judge", &fits).await.status,
        StatusCode::NOT_FOUND
    );
    assert!(desk.store.log("lima", 0).await.unwrap().is_empty());
}

#[tokio::test]
async fn claims_that_contradict_stand_side_by_side() {
    let desk = Desk::new().await;
    let amal = desk.with("amal", "lima", &[Role::Analyst]).await;
    for (value, source) in [("43", "ministry"), ("44", "newspaper")] {
        let claim = [
            ("thing", "the house"),
            ("what", "people found"),
            ("kind", "count"),
            ("value", value),
            ("source", source),
            ("reliability", "B"),
            ("credibility", "2"),
        ];
        assert_eq!(amal.post("/c/lima/claims/add", &claim).await.status, StatusCode::SEE_OTHER);
    }
    let page = amal.get("/c/lima/claims").await.text;
    assert!(
        page.contains("the house: people found")
            && page.contains("<b>43</b>")
            && page.contains("<b>44</b>")
    );
    assert!(amal.get("/").await.text.contains("<b>1</b> open contradictions"));
    let settle = [("claim", "2"), ("reason", "counted at the gate")];
    amal.post("/c/lima/claims/settle", &settle).await;
    assert!(amal.get("/c/lima/claims").await.text.contains("relied on"));
    let bad = [
        ("thing", "the house"),
        ("what", "arrived"),
        ("kind", "day"),
        ("value", "a month ago"),
        ("source", "newspaper"),
        ("reliability", "B"),
        ("credibility", "2"),
    ];
    assert_eq!(
        amal.post("/c/lima/claims/add", &bad).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn protection_comes_before_enforcement() {
    let desk = Desk::new().await;
    let amal = desk.with("amal", "lima", &[Role::Supervisor]).await;
    for kind in ["protection", "enforcement"] {
        let task = [("about", "the house"), ("kind", kind), ("what", "go there")];
        assert_eq!(amal.post("/c/lima/tasks/add", &task).await.status, StatusCode::SEE_OTHER);
    }
    let begin = [("task", "2"), ("to", "doing")];
    let refused = amal.post("/c/lima/tasks/move", &begin).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text.contains("wait for protection"), "{}", refused.text);
    amal.post("/c/lima/tasks/move", &[("task", "1"), ("to", "done")]).await;
    assert_eq!(amal.post("/c/lima/tasks/move", &begin).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_record_of_a_person_goes_its_steps_and_each_look_is_an_entry() {
    let desk = Desk::new().await;
    let officer = desk.with("noor", "lima", &[Role::Protection]).await;
    let found = [("code", "P-01"), ("place", "the house"), ("day", "2023-10-08")];
    let answer = officer.post("/c/lima/people/add", &found).await;
    assert_eq!(answer.headers[header::LOCATION], "/c/lima/people/1");
    assert!(officer.get("/c/lima/people/1").await.text.contains("possible victim, unscreened"));
    let statement = [("step", "statement"), ("status", "done")];
    let refused = officer.post("/c/lima/people/1/step", &statement).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text.contains("lawyer"), "{}", refused.text);
    let lawyer = [("step", "legal_adviser"), ("status", "done")];
    officer.post("/c/lima/people/1/step", &lawyer).await;
    assert_eq!(
        officer.post("/c/lima/people/1/step", &statement).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(officer.get("/c/lima/people/99").await.status, StatusCode::NOT_FOUND);
    let log = desk.store.log("lima", 0).await.unwrap();
    let said: Vec<String> =
        log.iter().map(|entry| entry.action().unwrap().unwrap().to_string()).collect();
    assert!(said.contains(&"looked at the record of person 1".to_owned()), "{said:?}");
}

#[tokio::test]
async fn work_is_asked_for_and_stands_in_its_list() {
    let desk = Desk::new().await;
    let amal = desk.with("amal", "lima", &[Role::Analyst]).await;
    assert_eq!(amal.post("/c/lima/jobs/find", &[]).await.status, StatusCode::SEE_OTHER);
    amal.post("/c/lima/jobs/find", &[]).await;
    let page = amal.get("/c/lima/jobs").await.text;
    assert!(page.contains("look for rooms"), "{page}");
    assert_eq!(page.matches("state-waiting").count(), 1, "what waits is not asked for twice");
    assert!(amal.get("/").await.text.contains("Work: waiting"));
}

#[tokio::test]
async fn custody_of_an_exhibit_is_told_and_altered_bytes_are_seen() {
    let desk = Desk::new().await;
    let amal = desk.with("amal", "lima", &[Role::Analyst]).await;
    let hash = "ab".repeat(32);
    let exhibit = [
        ("label", "E-1"),
        ("kind", "file"),
        ("description", "call list"),
        ("place", "the house"),
        ("holder", "officer 1"),
        ("sha256", hash.as_str()),
    ];
    assert_eq!(amal.post("/c/lima/exhibits/add", &exhibit).await.status, StatusCode::SEE_OTHER);
    let over = [("exhibit", "1"), ("act", "handed_over"), ("with", "laboratory")];
    assert_eq!(amal.post("/c/lima/exhibits/custody", &over).await.status, StatusCode::SEE_OTHER);
    let page = amal.get("/c/lima/exhibits").await.text;
    assert!(page.contains("<b>laboratory</b>") && page.contains(&hash));
    let wrong = [("exhibit", "1"), ("act", "verified"), ("with", "abc")];
    let refused = amal.post("/c/lima/exhibits/custody", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let other = "cd".repeat(32);
    let altered = [("exhibit", "1"), ("act", "verified"), ("with", other.as_str())];
    amal.post("/c/lima/exhibits/custody", &altered).await;
    assert!(amal.get("/c/lima/exhibits").await.text.contains("no longer those that were taken"));
}

#[tokio::test]
async fn a_file_is_sent_seen_mended_and_imported_for_a_purpose() {
    let desk = Desk::new().await;
    let amal = desk.with("amal", "lima", &[Role::Analyst]).await;
    let upload = "/c/lima/import/upload";
    let sent = amal.upload(upload, "../../calls 1.csv", "a,b\n1,2\n").await;
    assert_eq!(sent.headers[header::LOCATION], "/c/lima/import/calls-1.csv", "{}", sent.text);
    let page = amal.get("/c/lima/import/calls-1.csv").await.text;
    assert!(page.contains("8 bytes &#60;b&#62;") && page.contains("recognised"), "{page}");
    let mended = amal.post("/c/lima/import/calls-1.csv/mend", &[("template", "mine")]).await.text;
    assert!(mended.contains("mine"));
    let without = [("zone", "America/Lima"), ("purpose", "drill"), ("legal_basis", " ")];
    let start = "/c/lima/import/calls-1.csv/start";
    assert_eq!(amal.post(start, &without).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let with = [("zone", "America/Lima"), ("purpose", "drill"), ("legal_basis", "none: made data")];
    assert_eq!(amal.post(start, &with).await.status, StatusCode::SEE_OTHER);
    assert!(amal.get("/c/lima/jobs").await.text.contains("import calls-1.csv"));
    for gone in ["/c/lima/import/none.csv", "/c/lima/import/..%2fdesk.sqlite"] {
        assert_eq!(amal.get(gone).await.status, StatusCode::NOT_FOUND, "{gone}");
    }
    let planted = desk.with("noor", "lima", &[Role::Viewer]).await;
    assert_eq!(planted.upload(upload, "calls.csv", "x").await.status, StatusCode::FORBIDDEN);
}
