//! Numbers hide themselves in every answer, until somebody says why they need them; and what only protection may read is read by nobody else.

use super::browser::{Answer, Browser, Desk};
use super::made::{DISTRESS, HANDSET, NUMBERS, OTHER, OTHER_CALLED};
use crate::Role;
use axum::http::StatusCode;
use case::log::verify;

const PAGES: [&str; 15] = [
    "rooms",
    "rooms/R1",
    "rooms/R1/evidence/0",
    "rooms/R1/lines/R1-L01",
    "tips",
    "timeline",
    "warnings",
    "warn",
    "case",
    "claims",
    "tasks",
    "exhibits",
    "people",
    "log",
    "jobs",
];

/// The numbers that an answer shows whole.
fn shown(answer: &Answer) -> Vec<&'static str> {
    NUMBERS.into_iter().chain([HANDSET]).filter(|number| answer.text.contains(number)).collect()
}

/// The pages, each with what came back.
async fn all(browser: &Browser<'_>) -> Vec<(&'static str, Answer)> {
    let mut answers = Vec::new();
    for page in PAGES {
        answers.push((page, browser.get(&format!("/c/lima/{page}")).await));
    }
    let seen = answers.iter().filter(|(_, answer)| answer.status == StatusCode::OK).count();
    assert!(seen > 0, "a role that sees nothing proves nothing");
    answers
}

#[tokio::test]
async fn no_page_of_any_role_shows_a_whole_number() {
    let desk = Desk::new().await;
    for role in Role::ALL {
        let browser = desk.with(role.word(), "lima", &[role]).await;
        for (page, answer) in all(&browser).await {
            assert_eq!(shown(&answer), [""; 0], "{} at {page}", role.word());
            let is_told = answer.text.contains(DISTRESS);
            assert_eq!(
                is_told,
                role == Role::Protection && page == "rooms/R1",
                "{} at {page}",
                role.word()
            );
        }
    }
}

#[tokio::test]
async fn a_reveal_has_a_reason_and_an_entry_and_is_for_one_session_and_one_room() {
    let desk = Desk::new().await;
    let amal = desk.with("amal", "lima", &[Role::Analyst]).await;
    let refused =
        amal.post_from("/c/lima/rooms/R1", "/c/lima/rooms/R1/reveal", &[("reason", " ")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(shown(&amal.get("/c/lima/rooms/R1").await), [""; 0]);
    let reason = [("reason", "to ask the operator")];
    assert_eq!(
        amal.post_from("/c/lima/rooms/R1", "/c/lima/rooms/R1/reveal", &reason).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(shown(&amal.get("/c/lima/rooms/R1").await).contains(&NUMBERS[0]));
    assert!(!shown(&amal.get("/c/lima/rooms/R1/evidence/0").await).is_empty());
    assert_eq!(shown(&amal.get("/c/lima/warn").await), [""; 0], "the queue was not asked for");
    let again = desk.signed_in("amal").await;
    assert_eq!(shown(&again.get("/c/lima/rooms/R1").await), [""; 0], "another session");
    let log = desk.store.log("lima", 0).await.unwrap();
    verify(&log).unwrap();
    let said: Vec<String> =
        log.iter().map(|entry| entry.action().unwrap().unwrap().to_string()).collect();
    assert_eq!(
        said,
        [
            "saw room R1, the room of 3 lines at 001-01-1-1 since 2023-10-04 unmasked: to ask the operator"
        ]
    );
}

#[tokio::test]
async fn a_number_of_the_queue_is_shown_to_be_called_and_what_came_of_it_is_kept() {
    let desk = Desk::new().await;
    let amal = desk.with("amal", "lima", &[Role::Analyst]).await;
    let queue = "/c/lima/warn";
    amal.post_from(queue, "/c/lima/warn/reveal", &[]).await;
    assert_eq!(shown(&amal.get("/c/lima/warn").await), [NUMBERS[3]]);
    let unknown = [("mark", "none"), ("outcome", "warned")];
    assert_eq!(amal.post("/c/lima/warn/outcome", &unknown).await.status, StatusCode::CONFLICT);
    let warned = amal.post_from(queue, "/c/lima/warn/outcome", &[("outcome", "warned")]).await;
    assert_eq!(warned.status, StatusCode::SEE_OTHER);
    let queue = amal.get("/c/lima/warn").await;
    assert!(
        queue.text.contains("warned: was being worked on (amal)")
            && queue.text.contains("1 are done")
    );
}

#[tokio::test]
async fn a_rejected_room_is_told_so_and_warns_of_nobody() {
    let desk = Desk::new().await;
    let amal = desk.with("amal", "lima", &[Role::Analyst]).await;
    let judged =
        [("disposition", "rejected"), ("reason", "a clinic's <script>"), ("look_alike", "clinic")];
    assert_eq!(
        amal.post_from("/c/lima/rooms/R1", "/c/lima/rooms/R1/judge", &judged).await.status,
        StatusCode::SEE_OTHER
    );
    let room = amal.get("/c/lima/rooms/R1").await;
    assert!(room.text.contains("Judged rejected") && room.text.contains("(clinic)"));
    assert!(!room.text.contains("<script>"), "what people write stays text");
    assert!(amal.get("/c/lima/rooms").await.text.contains("class=\"rejected\""));
    assert!(amal.get("/c/lima/warn").await.text.contains("Nobody is seen to be worked on"));
    assert!(amal.get("/").await.text.contains("<b>0</b> leads"));
}

#[tokio::test]
async fn every_answer_tells_the_browser_to_ask_nobody_else() {
    let desk = Desk::new().await;
    let amal = desk.with("amal", "lima", &Role::ALL).await;
    for page in ["/", "/sign-in", "/none", "/c/lima/rooms/R1", "/style.css", "/healthz"] {
        let answer = amal.get(page).await;
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{page}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        assert!(!answer.text.contains("http://") && !answer.text.contains("https://"), "{page}");
        assert!(!answer.text.contains("style=\"") && !answer.text.contains("<script"), "{page}");
    }
}

#[tokio::test]
async fn what_leaves_is_masked_marked_and_in_the_log() {
    let desk = Desk::new().await;
    let amal = desk.with("amal", "lima", &[Role::Analyst]).await;
    for form in ["html", "csv", "ftm", "misp"] {
        let given = [("recipient", "the police"), ("form", form)];
        let answer = amal.post_from("/c/lima/rooms/R1", "/c/lima/rooms/R1/export", &given).await;
        assert_eq!((answer.status, shown(&answer)), (StatusCode::OK, vec![]), "{form}");
        assert!(
            answer.text.contains("For the police") && answer.text.contains("not to be punished")
        );
        assert!(!answer.text.contains(DISTRESS), "{form}");
        let names_rows = answer.text.contains("row 7)") && answer.text.contains("BLAKE3");
        assert!(names_rows || form != "html", "evidence leads to rows, and files to their bytes");
        let log = desk.store.log("lima", 0).await.unwrap();
        let said = log.last().unwrap().body.clone().unwrap();
        assert!(said.contains(&crate::secret::sha256(answer.text.as_bytes())), "{said}");
    }
    let map = [("recipient", "the police"), ("form", "kml")];
    let refused = amal.post_from("/c/lima/rooms/R1", "/c/lima/rooms/R1/export", &map).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "its cells stand nowhere");
    let nobody = [("recipient", " "), ("form", "csv")];
    let refused = amal.post_from("/c/lima/rooms/R1", "/c/lima/rooms/R1/export", &nobody).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_lead_that_asks_for_enforcement_waits_for_protection() {
    let desk = Desk::new().await;
    let amal = desk.with("amal", "lima", &[Role::Supervisor]).await;
    let mark = amal.mark("/c/lima/rooms/R1").await;
    let task = [("room", &*mark), ("kind", "protection"), ("what", "welfare check")];
    amal.post("/c/lima/tasks/add", &task).await;
    let given = [("recipient", "the police"), ("form", "html"), ("enforcement", "yes")];
    let refused = amal.post_from("/c/lima/rooms/R1", "/c/lima/rooms/R1/export", &given).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text.contains("wait for protection"), "{}", refused.text);
    assert_eq!(
        amal.post_from("/c/lima/rooms/R1", "/c/lima/rooms/R1/export", &given[..2]).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn what_waits_for_protection_is_done_once_all_sides_agree() {
    let desk = Desk::new().await;
    let amal = desk.with("amal", "lima", &[Role::Supervisor]).await;
    let noor = desk.with("noor", "lima", &[Role::Protection]).await;
    let mark = amal.mark("/c/lima/rooms/R1").await;
    let task = [("room", &*mark), ("kind", "protection"), ("what", "welfare check")];
    amal.post("/c/lima/tasks/add", &task).await;
    let export = async || {
        let given = [("recipient", "the police"), ("form", "html"), ("enforcement", "yes")];
        amal.post_from("/c/lima/rooms/R1", "/c/lima/rooms/R1/export", &given).await.status
    };
    let says = async |who: &Browser<'_>, side: &str| {
        let said = [("task", "1"), ("side", side), ("stance", "act"), ("reason", "all are out")];
        who.post("/c/lima/tasks/hold", &said).await.status
    };
    assert_eq!(says(&amal, "protection").await, StatusCode::FORBIDDEN, "others speak for them");
    assert_eq!(says(&noor, "police").await, StatusCode::FORBIDDEN);
    for side in ["fraud", "police"] {
        assert_eq!(says(&amal, side).await, StatusCode::SEE_OTHER);
    }
    assert_eq!(export().await, StatusCode::CONFLICT, "protection has not said yet");
    assert_eq!(says(&noor, "protection").await, StatusCode::SEE_OTHER);
    assert!(amal.get("/c/lima/tasks").await.text.contains("All agreed to act."));
    desk.made.renumber();
    let given = [("recipient", "the police"), ("form", "html"), ("enforcement", "yes")];
    let given = amal.post_from("/c/lima/rooms/R2", "/c/lima/rooms/R2/export", &given).await;
    assert_eq!(given.status, StatusCode::OK, "{}", given.text);
}

#[tokio::test]
async fn what_was_revealed_and_decided_stays_with_its_lines_when_rooms_are_numbered_anew() {
    let desk = Desk::new().await;
    let amal = desk.with("amal", "lima", &[Role::Analyst]).await;
    let room = "/c/lima/rooms/R1";
    let mark = amal.mark(room).await;
    amal.post_from(room, "/c/lima/rooms/R1/reveal", &[("reason", "to ask")]).await;
    amal.post_from("/c/lima/warn", "/c/lima/warn/reveal", &[]).await;
    let person = amal.mark("/c/lima/warn").await;
    desk.made.renumber();
    for page in ["/c/lima/rooms/R1", "/api/v1/casebooks/lima/rooms/R1", "/c/lima/warn"] {
        let text = amal.get(page).await.text;
        assert!(!text.contains(OTHER) && !text.contains(OTHER_CALLED), "{page}");
    }
    assert!(amal.get("/c/lima/rooms/R2").await.text.contains(NUMBERS[0]));
    assert!(amal.get("/c/lima/warn").await.text.contains(NUMBERS[3]));
    let judged = [("mark", &*mark), ("disposition", "rejected"), ("reason", "a clinic")];
    let refused = amal.post("/c/lima/rooms/R1/judge", &judged).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "another room is R1 now");
    assert_eq!(amal.post("/c/lima/rooms/R2/judge", &judged).await.status, StatusCode::SEE_OTHER);
    let warned = [("mark", &*person), ("outcome", "warned")];
    assert_eq!(amal.post("/c/lima/warn/outcome", &warned).await.status, StatusCode::SEE_OTHER);
    let log = desk.store.log("lima", 0).await.unwrap();
    let last = log.last().unwrap().body.clone().unwrap();
    assert!(last.contains(NUMBERS[3]) && !last.contains(OTHER_CALLED), "{last}");
}

#[tokio::test]
async fn what_is_told_of_people_who_were_found_is_not_in_the_log_of_others() {
    let desk = Desk::new().await;
    let noor = desk.with("noor", "lima", &[Role::Protection]).await;
    let found = [("code", "P-01"), ("place", "the yellow house"), ("day", "2023-10-07")];
    noor.post("/c/lima/people/add", &found).await;
    let agreed = [("recipient", "a shelter"), ("purpose", "a bed")];
    noor.post("/c/lima/people/1/consent", &agreed).await;
    assert!(noor.get("/c/lima/people/1").await.text.contains("until they take it back"));
    let entry = desk.store.log("lima", 0).await.unwrap().len() - 1;
    let entry = entry.to_string();
    noor.post("/c/lima/people/1/consent/end", &[("consent", &entry)]).await;
    assert!(noor.get("/c/lima/people/1").await.text.contains("taken back"));
    for role in [Role::Auditor, Role::Supervisor] {
        let reader = desk.with(role.word(), "lima", &[role]).await;
        for page in ["/c/lima/log", "/api/v1/casebooks/lima/log"] {
            let log = reader.get(page).await.text;
            assert!(log.contains("something of a person who was found"), "{page}: {log}");
            assert!(!log.contains("yellow") && !log.contains("shelter"), "{page}: {log}");
        }
    }
    let both = desk.with("ines", "lima", &[Role::Protection, Role::Auditor]).await;
    assert!(both.get("/c/lima/log").await.text.contains("shelter"));
}

#[tokio::test]
async fn a_record_is_seen_whole_by_who_asked_once_somebody_else_agreed() {
    let desk = Desk::new().await;
    let noor = desk.with("noor", "lima", &[Role::Protection]).await;
    let ines = desk.with("ines", "lima", &[Role::Protection]).await;
    let found = [("code", "P-01"), ("place", "the house"), ("day", "2023-10-07")];
    noor.post("/c/lima/people/add", &found).await;
    let name = [("field", "prs_FirstName"), ("value", "Saffron")];
    let filled = noor.post("/c/lima/people/1/field", &name).await;
    assert_eq!(filled.status, StatusCode::SEE_OTHER, "{}", filled.text);
    let sees = |text: &str| text.contains("Saffron");
    let page = "/c/lima/people/1";
    assert!(!sees(&noor.get(page).await.text), "also not by who wrote it");
    let asked = noor.post("/c/lima/people/1/ask", &[("reason", "to find the family")]).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    let own = noor.post("/c/lima/people/1/agree", &[("account", "noor")]).await;
    assert_eq!(own.status, StatusCode::CONFLICT, "not with oneself");
    assert!(!sees(&noor.get(page).await.text));
    assert!(ines.get(page).await.text.contains("to find the family"));
    let nothing = ines.post("/c/lima/people/1/agree", &[("account", "amal")]).await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
    let agreed = ines.post("/c/lima/people/1/agree", &[("account", "noor")]).await;
    assert_eq!(agreed.status, StatusCode::SEE_OTHER, "{}", agreed.text);
    assert!(sees(&noor.get(page).await.text) && !sees(&ines.get(page).await.text));
    let log = desk.store.log("lima", 0).await.unwrap();
    let reveal = log
        .iter()
        .find(|entry| entry.body.as_ref().is_some_and(|body| body.contains("\"reveal\"")));
    let reveal = reveal.unwrap();
    assert!(
        reveal.actor == "noor" && reveal.body.as_ref().unwrap().contains("\"second\":\"ines\"")
    );
    let log = desk.with("aud", "lima", &[Role::Auditor]).await.get("/c/lima/log").await.text;
    assert!(!sees(&log) && log.contains("saw the record of person 1 unmasked"));
}

#[tokio::test]
async fn what_is_counted_names_nobody() {
    let desk = Desk::new().await;
    let amal = desk.with("amal", "lima", &[Role::Analyst]).await;
    amal.get("/c/lima/rooms/R1").await;
    amal.get("/c/callao/rooms").await;
    let told = desk.nobody().get("/metrics").await.text;
    assert!(told.contains("path=\"/c/{casebook}/rooms/{room}\",status=\"200\"} 1"), "{told}");
    assert!(told.contains("path=\"/c/{casebook}/rooms\",status=\"404\"} 1"), "{told}");
    for name in ["amal", "lima", "callao", "R1"] {
        assert!(!told.contains(name), "{name}");
    }
}
