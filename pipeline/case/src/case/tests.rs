use super::*;
use crate::action::{Erasure, Export, Query, Reveal, Withdrawal};
use crate::claim::Value;
use crate::claim::tests::claim;
use crate::exhibit::tests::exhibit;
use crate::exhibit::{Act, Custody};
use crate::hold::{Side, Stance};
use crate::judgement::{Disposition, Judgement};
use crate::log::tests::log;
use crate::log::verify;
use crate::safety::tests::{found, step};
use crate::safety::{Consent, Field, Matter, Status, Step, Wish};
use crate::task::{Kind, Move, Progress, Task};
use crate::tip::{About, Answer, Tip};
use crate::warning::tests::warning;
use proptest::prelude::*;

/// A case in which these were done one after the other; `Err` with the first that was refused.
fn done(actions: &[Action]) -> Result<Case, Refused> {
    let mut case = Case::default();
    for (entry, action) in log(actions).iter().zip(actions) {
        case.check("amal", 0, action)?;
        case.apply(entry, action.clone());
    }
    Ok(case)
}

fn room(numbers: std::ops::Range<u32>) -> BTreeSet<String> {
    numbers.map(|number| format!("+99900{number}")).collect()
}

fn judged(numbers: std::ops::Range<u32>, disposition: Disposition) -> Action {
    let subject = Subject::Room { lines: room(numbers) };
    let reason = "they are a clinic's".to_owned();
    Action::Judge(Judgement { subject, disposition, reason, look_alike: None })
}

fn withdrawn(entry: u64) -> Action {
    Action::Withdraw(Withdrawal { entry, reason: "a mistake".to_owned() })
}

fn task(kind: Kind) -> Action {
    let (about, what) = ("room R1".to_owned(), "look".to_owned());
    Action::Task(Task { about, kind, what, due_us: None, lines: BTreeSet::new() })
}

fn of_lines(kind: Kind, about: &str, lines: &[&str]) -> Action {
    let (about, what) = (about.to_owned(), "look".to_owned());
    let lines = lines.iter().map(|line| (*line).to_owned()).collect();
    Action::Task(Task { about, kind, what, due_us: None, lines })
}

fn moved(task: u64, to: Progress) -> Action {
    Action::Move(Move { task, to, note: String::new() })
}

fn count(number: u64) -> Value {
    Value::Count { least: number, most: Some(number) }
}

#[test]
fn a_rejected_room_stays_rejected_when_its_lines_come_back_and_until_it_is_taken_back() {
    use Disposition::{Confirmed, Rejected};
    let told = |actions: &[Action], lines| {
        let case = done(actions).unwrap();
        case.judgement_of_room(&lines).map(|(_, judged)| judged.judgement.disposition)
    };
    let rejected = [judged(0..10, Rejected), judged(50..60, Confirmed)];
    assert_eq!(told(&rejected, room(2..11)), Some(Rejected), "a rebuild gave it other lines");
    assert_eq!(told(&rejected, room(50..60)), Some(Confirmed));
    assert_eq!(told(&rejected, room(20..30)), None);
    let again = [judged(0..10, Rejected), judged(0..10, Confirmed)];
    assert_eq!(told(&again, room(0..10)), Some(Confirmed), "the later one holds");
    let back = [&again[..], &[withdrawn(2)]].concat();
    assert_eq!(told(&back, room(0..10)), Some(Rejected), "and what it stood over comes back");
    assert_eq!(done(&[withdrawn(1)]), Err(Refused::Unknown(1)), "it judges nothing");
}

#[test]
fn claims_are_kept_and_a_settled_question_is_still_shown() {
    let told = ["43", "44", "43"].iter().enumerate().map(|(nth, number)| {
        Action::Claim(claim(
            "people found",
            count(number.parse().unwrap()),
            &format!("source {nth}"),
        ))
    });
    let mut actions: Vec<Action> = told.collect();
    let case = done(&actions).unwrap();
    assert_eq!(case.questions()[0].sides, [(count(43), vec![1, 3]), (count(44), vec![2])]);
    let reason = "the embassy counted them".to_owned();
    actions.push(Action::Settle(Settlement { claim: 1, reason }));
    let case = done(&actions).unwrap();
    assert_eq!((case.claims().count(), case.questions()[0].settled), (3, Some(1)));
    actions.push(withdrawn(1));
    let case = done(&actions).unwrap();
    assert_eq!(
        (case.claims().count(), case.questions()[0].settled),
        (2, None),
        "it rested on that claim"
    );
}

#[test]
fn protection_comes_before_enforcement() {
    let tasks = [task(Kind::Protection), task(Kind::Enforcement)];
    let begins = |more: &[Action]| done(&[&tasks[..], more, &[moved(2, Progress::Doing)]].concat());
    let first = Refused::ProtectionFirst { task: 1 };
    assert_eq!(begins(&[]), Err(first.clone()));
    assert!(begins(&[moved(1, Progress::Done)]).is_ok());
    let says = |side, stance| {
        let (about, reason) = ("room R1".to_owned(), "children inside".to_owned());
        Action::Hold(Position { about, side, stance, reason })
    };
    let agreed = Side::ALL.map(|side| says(side, Stance::Act));
    assert!(begins(&agreed).is_ok());
    let held = [&agreed[..], &[says(Side::Protection, Stance::Hold)]].concat();
    assert_eq!(begins(&held), Err(first.clone()));
    let export = |against: Option<&str>| {
        Action::Export(Export {
            what: "lead".to_owned(),
            form: "pdf".to_owned(),
            recipient: "police".to_owned(),
            sha256: String::new(),
            against: against.map(str::to_owned),
            lines: BTreeSet::new(),
            people: Vec::new(),
        })
    };
    assert_eq!(done(&[task(Kind::Protection), export(Some("room R1"))]), Err(first));
    assert!(done(&[task(Kind::Protection), export(None), export(Some("room R2"))]).is_ok());
}

#[test]
fn a_room_that_is_named_anew_still_waits_for_its_people() {
    let check = of_lines(Kind::Protection, "the room of 2 lines", &["+99901", "+99902"]);
    let begins = |about: &str, lines: &[&str]| {
        let search = of_lines(Kind::Enforcement, about, lines);
        done(&[check.clone(), search, moved(2, Progress::Doing)])
    };
    let waits = Err(Refused::ProtectionFirst { task: 1 });
    assert_eq!(begins("the room of 3 lines", &["+99902", "+99903"]), waits);
    assert_eq!(begins("the room of 2 lines", &[]), waits);
    assert!(begins("the room of 3 lines", &["+99903"]).is_ok(), "another room");
}

#[test]
fn a_protected_persons_data_need_two_people_to_be_seen_and_consent_to_leave() {
    let reveal = |second: Option<&str>| {
        let second = second.map(str::to_owned);
        let (what, reason) = ("person 1".to_owned(), "hospital asks".to_owned());
        [Action::Found(found()), Action::Reveal(Reveal { what, person: Some(1), reason, second })]
    };
    assert_eq!(done(&reveal(None)), Err(Refused::SecondPerson));
    assert_eq!(done(&reveal(Some("amal"))), Err(Refused::SecondPerson), "that is who asks");
    assert!(done(&reveal(Some("berta"))).is_ok());
    let export = Action::Export(Export {
        what: "safety record".to_owned(),
        form: "csv".to_owned(),
        recipient: "shelter".to_owned(),
        sha256: String::new(),
        against: None,
        lines: BTreeSet::new(),
        people: vec![1],
    });
    let consent = Action::Consent(Consent {
        person: 1,
        recipient: "shelter".to_owned(),
        purpose: "a bed".to_owned(),
        until_us: None,
    });
    let end = Action::EndConsent(Withdrawal { entry: 2, reason: "asked to".to_owned() });
    let refused = Refused::NoConsent { person: 1, recipient: "shelter".to_owned() };
    let found = Action::Found(found());
    assert_eq!(done(&[found.clone(), export.clone()]), Err(refused.clone()));
    assert!(done(&[found.clone(), consent.clone(), export.clone()]).is_ok());
    assert_eq!(done(&[found, consent, end, export]), Err(refused));
}

#[test]
fn records_take_what_the_standard_knows_and_steps_in_their_place() {
    let field = |field: &str, value: &str| {
        Action::Record(Field { person: 1, field: field.to_owned(), values: vec![value.to_owned()] })
    };
    let found = Action::Found(found());
    let actions = [
        found.clone(),
        field("vic_MethodsOfControl", "WithholdsDocuments"),
        Action::Wish(Wish { person: 1, matter: Matter::ConsularContact, wanted: true }),
        Action::Protect(step(Step::ConsularContact, Status::Done)),
    ];
    let case = done(&actions).unwrap();
    assert_eq!(case.people[&1].field("vic_MethodsOfControl"), ["WithholdsDocuments"]);
    assert_eq!(case.people[&1].status(Step::ConsularContact), Some((4, Status::Done)));
    assert!(matches!(done(&[found, field("prs_Religion", "any")]), Err(Refused::Wrong(_))));
    let unknown = Action::Protect(step(Step::Safe, Status::Done));
    assert_eq!(done(&[unknown]), Err(Refused::Unknown(1)));
}

#[test]
fn what_expires_is_erased_and_the_log_still_holds() {
    let label = Label { line: "+999001".to_owned(), text: "reported".to_owned(), until_us: 50 };
    let expiry = Expiry { entry: 1, at_us: 60, reason: "numbers are given to others".to_owned() };
    let mut actions = vec![Action::Label(label), Action::Expire(expiry)];
    let case = done(&actions).unwrap();
    assert_eq!((case.labels("+999001", 50).count(), case.labels("+999001", 51).count()), (1, 0));
    assert_eq!((case.due(59), case.due(60)), (BTreeSet::new(), BTreeSet::from([1])));
    actions.push(erased(&[1]));
    assert_eq!(done(&actions).unwrap().labels("+999001", 50).count(), 0);
    assert_eq!(done(&actions).unwrap().due(60), BTreeSet::new());
}

fn erased(entries: &[u64]) -> Action {
    Action::Erase(Erasure { entries: entries.to_vec(), reason: "expired".to_owned() })
}

#[test]
fn a_person_goes_with_all_that_is_told_of_them_and_that_they_went_stays() {
    let mut actions = vec![
        Action::Found(found()),
        Action::Protect(step(Step::Safe, Status::Done)),
        Action::Wish(Wish { person: 1, matter: Matter::Return, wanted: true }),
        judged(0..5, Disposition::Confirmed),
        withdrawn(4),
    ];
    let case = done(&actions).unwrap();
    assert_eq!(case.with_all_told([1].into_iter()), BTreeSet::from([1, 2, 3]));
    let refused = |entries: &[u64]| done(&[&actions[..], &[erased(entries)]].concat()).unwrap_err();
    assert_eq!(refused(&[1, 2]), Refused::StillTold { entry: 1, by: 3 });
    assert_eq!(refused(&[5]), Refused::Stays(5), "the judgement would stand again");
    assert_eq!(refused(&[9]), Refused::Unknown(9));
    actions.push(erased(&[1, 2, 3]));
    actions.push(erased(&[6]));
    assert_eq!(done(&actions), Err(Refused::Stays(6)));
}

#[test]
fn custody_follows_an_exhibit() {
    let custody = |exhibit| {
        let act = Act::HandedOver { to: "laboratory".to_owned() };
        Action::Custody(Custody { exhibit, act, result: "seal unbroken".to_owned() })
    };
    let case = done(&[Action::Exhibit(exhibit()), custody(1)]).unwrap();
    assert_eq!(case.exhibits[&1].holder(), "laboratory");
    assert_eq!(done(&[custody(1)]), Err(Refused::Unknown(1)));
}

#[test]
fn entries_are_told_in_words() {
    let told = |action: &Action| action.to_string();
    assert_eq!(
        told(&judged(0..4, Disposition::Rejected)),
        "judged a room of 4 lines: rejected: they are a clinic's"
    );
    let consular = Action::Protect(step(Step::ConsularContact, Status::NotNeeded));
    assert_eq!(told(&consular), "person 1: consular contact is not needed");
    assert_eq!(told(&erased(&[1, 2])), "erased entries 1, 2: expired");
    let said = Action::Claim(claim("people found", count(43), "ministry"));
    assert_eq!(told(&said), "ministry says of the house: people found: 43");
}

/// Any action, about any of the first entries.
fn any_action() -> impl Strategy<Value = Action> {
    let entry = || 1_u64..12;
    let line = (0_u32..6, 2_u32..9).prop_map(|(from, lines)| from..from + lines);
    let disposition = prop_oneof![Just(Disposition::Confirmed), Just(Disposition::Rejected)];
    prop_oneof![
        (line, disposition).prop_map(|(lines, disposition)| judged(lines, disposition)),
        (40_u64..46).prop_map(|number| Action::Claim(claim("people found", count(number), "a"))),
        entry().prop_map(|claim| Action::Settle(Settlement { claim, reason: String::new() })),
        entry().prop_map(withdrawn),
        Just(Action::Found(found())),
        Just(task(Kind::Protection)),
        Just(task(Kind::Enforcement)),
        entry().prop_map(|entry| moved(entry, Progress::Done)),
        Just(Action::Exhibit(exhibit())),
        Just(Action::Query(Query { what: "rooms".to_owned() })),
        entry().prop_map(|person| Action::Wish(Wish {
            person,
            matter: Matter::Stay,
            wanted: true
        })),
        proptest::collection::vec(entry(), 1..4).prop_map(|entries| erased(&entries)),
    ]
}

proptest! {
    #[test]
    fn a_log_gives_the_same_case_with_and_without_what_was_erased(
        actions in proptest::collection::vec(any_action(), 0..40),
    ) {
        // Only what is not refused is logged.
        let mut case = Case::default();
        let mut logged: Vec<Action> = Vec::new();
        for action in actions {
            if case.check("amal", 0, &action).is_ok() {
                logged.push(action.clone());
                case.apply(log(&logged).last().unwrap(), action);
            }
        }
        let mut log = log(&logged);
        prop_assert_eq!(verify(&log), Ok(()));
        prop_assert_eq!(&Case::replay(&log).unwrap(), &case);
        let gone = logged.iter().flat_map(|action| match action {
            Action::Erase(erasure) => erasure.entries.clone(),
            _ => Vec::new(),
        });
        for gone in gone.collect::<BTreeSet<u64>>() {
            log.iter_mut().filter(|entry| entry.seq == gone).for_each(|entry| entry.body = None);
        }
        prop_assert_eq!(verify(&log), Ok(()));
        prop_assert_eq!(Case::replay(&log).unwrap(), case);
    }
}

#[test]
fn a_warning_holds_until_its_time_is_over_or_it_is_taken_back() {
    let warned = Action::Warn(warning());
    let case = done(std::slice::from_ref(&warned)).unwrap();
    assert!(case.warnings[&1].holds(9) && !case.warnings[&1].holds(10));
    let case = done(&[warned.clone(), withdrawn(1)]).unwrap();
    assert!(!case.warnings[&1].holds(9), "it is kept, so that who reads the feed is told");
    assert_eq!(done(&[warned, withdrawn(1), withdrawn(1)]), Err(Refused::Unknown(1)));
}

#[test]
fn a_warning_of_a_rooms_numbers_waits_for_the_people_inside() {
    let check = of_lines(Kind::Protection, "the house", &["+99912345601", "+99912345602"]);
    let warned = Action::Warn(warning());
    let refused = done(&[check.clone(), warned.clone()]).unwrap_err();
    assert_eq!(refused, Refused::ProtectionFirst { task: 1 });
    assert!(done(&[check, moved(1, Progress::Done), warned.clone()]).is_ok());
    assert!(done(&[task(Kind::Protection), warned]).is_ok(), "of another room");
}

#[test]
fn a_tip_is_answered_and_goes_with_its_answers() {
    let tip = Tip {
        about: About::Held,
        said: "They cannot leave.".to_owned(),
        used: String::new(),
        place: "a house".to_owned(),
        contact: "after six".to_owned(),
        language: "en".to_owned(),
    };
    let answer = |tip| Action::Answer(Answer { tip, note: "called back".to_owned() });
    let told = Action::Tip(tip.clone());
    let case = done(&[told.clone(), answer(1)]).unwrap();
    assert_eq!(case.tips[&1].answers.len(), 1);
    assert_eq!(done(&[told.clone(), answer(2)]).unwrap_err(), Refused::Unknown(2));
    let empty = Action::Tip(Tip { said: " ".to_owned(), ..tip });
    assert_eq!(done(&[empty]).unwrap_err(), Refused::NoReason);
    assert!(!told.to_string().contains("leave"), "what was told stays out of the log's lines");
    let entries = case.with_all_told([1].into_iter()).into_iter().collect();
    let erased = Action::Erase(Erasure { entries, reason: "its time is over".to_owned() });
    assert!(done(&[told, answer(1), erased]).unwrap().tips.is_empty());
}
