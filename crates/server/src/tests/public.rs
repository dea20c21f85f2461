//! The page for everybody: what it tells, what it does not, and what becomes of what is told.

use super::browser::{Answer, Browser, Desk, form};
use super::made::{Made, NUMBERS};
use crate::{Casebooks, Role, Server, Settings};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use std::sync::Arc;
use tower::ServiceExt as _;

/// A number that is warned of, and in no room.
const WARNED: &str = "+99977700001";

async fn supervisor(desk: &Desk) -> Browser<'_> {
    desk.with("sofia", "lima", &[Role::Supervisor]).await
}

async fn warned(desk: &Desk, numbers: &str, headline: &str) -> Answer {
    let fields = [
        ("headline_en", headline),
        ("description_en", "Callers ask for codes."),
        ("advice_en", "Hang up."),
        ("headline_es", "Llamadas en nombre de un banco"),
        ("description_es", "Piden códigos."),
        ("advice_es", "Cuelgue."),
        ("area", "People in Lima"),
        ("numbers", numbers),
        ("days", "30"),
    ];
    supervisor(desk).await.post("/c/lima/warnings/publish", &fields).await
}

async fn check(desk: &Desk, text: &str) -> Answer {
    desk.nobody().send("/public/check", form(&[("lang", "en"), ("text", text)])).await
}

async fn tell(desk: &Desk, fields: &[(&str, &str)]) -> Answer {
    desk.nobody().send("/public/report", form(fields)).await
}

#[tokio::test]
async fn it_speaks_four_languages_puts_emergencies_first_and_keeps_nothing() {
    let desk = Desk::new().await;
    for (lang, title) in [
        ("en", "Was that call a scam?"),
        ("ms", "Adakah panggilan itu satu penipuan?"),
        ("zh", "那通电话是诈骗吗？"),
        ("es", "¿Era una estafa esa llamada?"),
    ] {
        for path in ["/public", "/public/report"] {
            let page = desk.nobody().get(&format!("{path}?lang={lang}")).await;
            assert_eq!(page.status, StatusCode::OK, "{path} {lang}");
            assert!(page.text.contains(title) && page.text.contains(&format!("lang=\"{lang}\"")));
            let place = |said: &str| page.text.find(said).unwrap_or(usize::MAX);
            assert!(place("Police: 105") < place("<form"), "{path} {lang}");
            assert!(!page.headers.contains_key(header::SET_COOKIE), "{path}");
            assert!(!page.text.contains("<script") && !page.text.contains("style=\""), "{path}");
        }
    }
    assert!(desk.store.log("lima", 0).await.unwrap().is_empty(), "a look leaves no trace");
}

#[tokio::test]
async fn a_message_is_read_and_its_words_are_marked_in_four_languages() {
    let desk = Desk::new().await;
    for (lang, sentence, advice) in [
        ("en", "speak as scams do", "advice in en"),
        ("ms", "berbunyi seperti scam", "advice in ms"),
        ("zh", "像诈骗的说法", "advice in zh"),
        ("es", "hablan como las estafas", "advice in es"),
    ] {
        let fields = form(&[("lang", lang), ("text", "Please verify <b>your account</b> today")]);
        let page = desk.nobody().send("/public/check", fields).await.text;
        assert!(page.contains(sentence) && page.contains(advice), "{lang}: {page}");
        assert!(page.contains("<mark>verify</mark>"), "{lang}: {page}");
        assert!(!page.contains("<b>your account"), "what was pasted is no markup");
    }
    let ordinary = check(&desk, "See you at dinner with the children").await.text;
    assert!(ordinary.contains("no sign of a scam") && !ordinary.contains("<mark>"));
    assert!(
        !check(&desk, WARNED).await.text.contains("What the words say"),
        "a number is no message"
    );
    assert!(desk.store.log("lima", 0).await.unwrap().is_empty(), "nothing of it is kept");
}

#[tokio::test]
async fn a_check_tells_of_warnings_and_nothing_of_an_investigation() {
    let desk = Desk::new().await;
    assert_eq!(warned(&desk, WARNED, "A false bank").await.status, StatusCode::SEE_OTHER);
    let known = check(&desk, &format!("they rang from {WARNED} today")).await.text;
    assert!(known.contains("There is a warning") && known.contains("A false bank"));
    let of_room = check(&desk, NUMBERS[0]).await.text;
    let of_nobody = check(&desk, "+99900000009").await.text;
    assert_eq!(of_room.replace(NUMBERS[0], ""), of_nobody.replace("+99900000009", ""));
    assert!(of_nobody.contains("does not mean that it is safe"));
    let none = check(&desk, "<b>hello</b>").await.text;
    assert!(none.contains("no telephone number") && !none.contains("<b>hello"));
    let log = desk.store.log("lima", 0).await.unwrap();
    assert_eq!(log.len(), 1, "what is checked is kept nowhere");
}

#[tokio::test]
async fn a_tip_of_a_scam_is_read_masked_and_its_contact_is_shown_for_a_reason() {
    let desk = Desk::new().await;
    let told = tell(
        &desk,
        &[
            ("about", "scam"),
            ("said", "<b>They said they were the bank, from +999 777 000 01"),
            ("contact", "Nadia, after six, +99900000009"),
        ],
    )
    .await;
    assert_eq!(told.status, StatusCode::OK, "{}", told.text);
    let amal = desk.with("amal", "lima", &[Role::Analyst]).await;
    let page = amal.get("/c/lima/tips").await.text;
    assert!(page.contains("They said they were the bank") && !page.contains("<b>They"));
    assert!(!page.contains("777 000 01") && !page.contains("Nadia"), "{page}");
    let reference = told.text.split_once("mono big\">").unwrap().1.split('<').next().unwrap();
    assert!(page.contains(reference), "who told it can ask for it");
    amal.post("/c/lima/tips/1/reveal", &[("reason", "to call back")]).await;
    let page = amal.get("/c/lima/tips").await.text;
    assert!(page.contains("Nadia, after six") && page.contains("777 000 01"));
    amal.post("/c/lima/tips/1/answer", &[("note", "called back")]).await;
    assert!(amal.get("/").await.text.contains("<b>0</b> tips to answer"));
    let auditor = desk.with("aud", "lima", &[Role::Auditor]).await;
    let log = auditor.get("/c/lima/log").await.text;
    assert!(log.contains("told of a scam") && log.contains("saw tip 1 unmasked: to call back"));
    assert!(!log.contains("Nadia") && !log.contains("the bank"));
}

#[tokio::test]
async fn a_tip_of_somebody_held_is_for_protection_officers_alone() {
    let desk = Desk::new().await;
    let said = [("about", "held"), ("said", "They cannot leave the yellow house"), ("lang", "es")];
    let told = tell(&desk, &said).await;
    assert!(told.text.contains("agente de protección"), "{}", told.text);
    let amal = desk.with("amal", "lima", &[Role::Analyst, Role::Supervisor, Role::Auditor]).await;
    for page in ["/c/lima/tips", "/c/lima/log", "/api/v1/casebooks/lima/log", "/"] {
        assert!(!amal.get(page).await.text.contains("yellow"), "{page}");
    }
    assert!(amal.get("/c/lima/tips").await.text.contains("1 about people who may be held"));
    for act in ["answer", "reveal"] {
        let fields = [("note", "x"), ("reason", "x")];
        let refused = amal.post(&format!("/c/lima/tips/1/{act}"), &fields).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{act}");
    }
    let noor = desk.with("noor", "lima", &[Role::Protection]).await;
    assert!(noor.get("/c/lima/tips").await.text.contains("yellow house"));
}

#[tokio::test]
async fn what_is_empty_too_often_or_from_elsewhere_is_refused() {
    let desk = Desk::new().await;
    let empty = tell(&desk, &[("about", "scam"), ("said", "  ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let unknown = tell(&desk, &[("about", "murder"), ("said", "x")]).await;
    assert!(unknown.status.is_client_error());
    let elsewhere = Request::post("/public/report")
        .header(header::HOST, "desk.test")
        .header(header::ORIGIN, "http://elsewhere.test")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form(&[("about", "scam"), ("said", "x")])))
        .unwrap();
    assert_eq!(desk.ask(elsewhere).await.status, StatusCode::FORBIDDEN);
    let mut statuses = Vec::new();
    for _ in 0..6 {
        statuses.push(tell(&desk, &[("about", "scam"), ("said", "x")]).await.status);
    }
    let (ok, often) = (StatusCode::OK, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(statuses, [ok, ok, ok, ok, often, often]);
    let checks = answered_of(&desk, 12).await;
    assert_eq!(checks, 10, "and so with checks");
    let log = desk.store.log("lima", 0).await.unwrap();
    assert_eq!(log.len(), 8, "each tip with its time");
}

/// How many of so many checks are answered.
async fn answered_of(desk: &Desk, count: usize) -> usize {
    let mut answered = 0;
    for _ in 0..count {
        answered += usize::from(check(desk, "x").await.status == StatusCode::OK);
    }
    answered
}

#[tokio::test]
async fn supervisors_alone_warn_and_take_back() {
    let desk = Desk::new().await;
    let amal = desk.with("amal", "lima", &[Role::Analyst, Role::Protection]).await;
    let refused = amal.post("/c/lima/warnings/publish", &[("area", "x"), ("days", "3")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(
        warned(&desk, "call me", "x").await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "those are no numbers"
    );
    assert_eq!(warned(&desk, "", "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(warned(&desk, WARNED, "A false bank").await.status, StatusCode::SEE_OTHER);
    assert!(desk.nobody().get("/public").await.text.contains("A false bank"));
    let sofia = supervisor_again(&desk).await;
    let back = [("warning", "1"), ("reason", "the number was given to somebody else")];
    assert_eq!(sofia.post("/c/lima/warnings/withdraw", &back).await.status, StatusCode::SEE_OTHER);
    assert!(!desk.nobody().get("/public").await.text.contains("A false bank"));
    assert!(desk.nobody().get("/public/warnings/1").await.text.contains("was taken back"));
    assert!(!check(&desk, WARNED).await.text.contains("There is a warning"));
}

async fn supervisor_again(desk: &Desk) -> Browser<'_> {
    desk.signed_in("sofia").await
}

#[tokio::test]
async fn a_warning_of_a_rooms_number_waits_for_those_inside() {
    let desk = Desk::new().await;
    let noor = desk.with("noor", "lima", &[Role::Protection]).await;
    // A look of hers at who called for help is the first entry.
    let mark = noor.mark("/c/lima/rooms/R1").await;
    let task = [("room", &*mark), ("kind", "protection"), ("what", "welfare check")];
    noor.post("/c/lima/tasks/add", &task).await;
    let refused = warned(&desk, NUMBERS[0], "A false bank").await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text.contains("wait for protection"));
    noor.post("/c/lima/tasks/move", &[("task", "2"), ("to", "done")]).await;
    let sofia = supervisor_again(&desk).await;
    let fields = [
        ("headline_en", "x"),
        ("description_en", "x"),
        ("advice_en", "x"),
        ("area", "x"),
        ("numbers", NUMBERS[0]),
        ("days", "3"),
    ];
    assert_eq!(sofia.post("/c/lima/warnings/publish", &fields).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn programs_follow_warnings_by_atom_and_cap() {
    let desk = Desk::new().await;
    warned(&desk, WARNED, "A <false> bank & more").await;
    let feed = desk.nobody().get("/public/warnings.atom?lang=es").await;
    assert_eq!(feed.headers[header::CONTENT_TYPE], "application/atom+xml; charset=utf-8");
    let feed = roxmltree::Document::parse(&feed.text).unwrap();
    let text = |of: &roxmltree::Document<'_>, name: &str| {
        let all = of.descendants().filter(|node| node.tag_name().name() == name);
        all.filter_map(|node| node.text().map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(text(&feed, "title"), ["Avisos", "Llamadas en nombre de un banco"]);
    let alert = desk.nobody().get("/public/warnings/1/cap.xml").await.text;
    let alert = roxmltree::Document::parse(&alert).unwrap();
    assert_eq!(
        alert.root_element().tag_name().namespace(),
        Some("urn:oasis:names:tc:emergency:cap:1.2")
    );
    assert_eq!(
        text(&alert, "headline"),
        ["A <false> bank & more", "Llamadas en nombre de un banco"]
    );
    assert_eq!(
        (text(&alert, "msgType"), text(&alert, "sender")),
        (vec!["Alert".to_owned()], vec!["The-desk--Lima".to_owned()])
    );
    assert_eq!(text(&alert, "value"), [WARNED, WARNED]);
    assert!(text(&alert, "sent")[0].ends_with("-00:00"), "no letter for the world's clock");
    let first = (text(&alert, "identifier"), text(&alert, "sent"));
    let sofia = supervisor_again(&desk).await;
    sofia.post("/c/lima/warnings/withdraw", &[("warning", "1"), ("reason", "over")]).await;
    let cancel = desk.nobody().get("/public/warnings/1/cap.xml").await.text;
    let cancel = roxmltree::Document::parse(&cancel).unwrap();
    assert_eq!(text(&cancel, "msgType"), ["Cancel"]);
    assert_eq!(
        text(&cancel, "references"),
        [format!("The-desk--Lima,{},{}", first.0[0], first.1[0])]
    );
    assert_ne!(text(&cancel, "identifier"), first.0);
    let feed = desk.nobody().get("/public/warnings.atom").await.text;
    assert!(feed.contains("This warning was taken back."), "{feed}");
    assert_eq!(desk.nobody().get("/public/warnings/9/cap.xml").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn where_everybody_reaches_it_nothing_else_is_there() {
    let desk = Desk::new().await;
    let get = async |router: &axum::Router, path: &str| {
        let request = Request::get(path).body(Body::empty()).unwrap();
        router.clone().oneshot(request).await.unwrap().status()
    };
    for path in ["/sign-in", "/metrics", "/c/lima/rooms", "/api/v1/openapi.json", "/welcome"] {
        assert_eq!(get(&desk.public_router, path).await, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(get(&desk.public_router, "/public").await, StatusCode::OK);
    let folder = tempfile::tempdir().unwrap();
    let made: Arc<dyn Casebooks> = Arc::new(Made::new(&folder).await);
    let closed = Server::new(made, Settings::default()).unwrap().router();
    for path in ["/public", "/public/report", "/public/warnings.atom", "/public/warnings/1"] {
        assert_eq!(get(&closed, path).await, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_tip_is_erased_once_its_time_is_over() {
    let desk = Desk::new().await;
    tell(&desk, &[("about", "scam"), ("said", "They said they were the bank")]).await;
    let own = desk.inner();
    assert_eq!(crate::retention::erase_due(own, "lima").await.unwrap(), 0, "it is kept");
    let over = case::retention::Expiry { entry: 1, at_us: 1, reason: "asked for".to_owned() };
    own.act_for("lima", "noor", case::Action::Expire(over)).await.unwrap();
    assert_eq!(crate::retention::erase_due(own, "lima").await.unwrap(), 1);
    let log = desk.store.log("lima", 0).await.unwrap();
    assert!(log[0].body.is_none() && case::log::verify(&log).is_ok());
    let noor = desk.with("noor", "lima", &[Role::Protection]).await;
    assert!(noor.get("/c/lima/tips").await.text.contains("Nothing was told"));
    assert_eq!(crate::retention::erase_due(own, "lima").await.unwrap(), 0, "and not again");
}
