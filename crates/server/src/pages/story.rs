//! The case on one page: what is known, from whom, and what is not settled.

use super::{Page, rendered, sure};
use crate::Desk;
use crate::frame::Frame;
use crate::pages::claims::{QuestionRow, questions};
use crate::seat::Seat;
use askama::Template;
use axum::extract::State;
use case::Case;
use case::judgement::Judged;
use case::task::Kind;
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "story.html")]
struct StoryPage {
    frame: Frame,
    questions: Vec<QuestionRow>,
    /// What is said and by nobody denied, by what it is about.
    agreed: Vec<(String, Vec<String>)>,
    rooms: Vec<(String, String)>,
    /// People found, by how they stand: numbers only.
    people: Vec<(usize, &'static str)>,
    protection: Vec<String>,
    other_tasks: usize,
    exhibits: Vec<(String, String)>,
    note: &'static str,
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, seat: Seat) -> Page {
    let found = desk.found(&seat.casebook).await?;
    let page = desk
        .case(&seat.casebook, |case| {
            let judged = found.iter().flat_map(|report| report.judged(case));
            let leads = judged.filter(|(room, judged)| {
                room.verdict == "lead" && !judged.is_some_and(Judged::is_rejection)
            });
            let told = leads.map(|(room, _)| {
                (room.id.clone(), format!("{}, {} sure", room.name(), sure(room.confidence)))
            });
            let rooms = told.collect();
            let open: Vec<_> =
                case.tasks.values().filter(|task| task.progress().is_open()).collect();
            let (protection, others): (Vec<_>, Vec<_>) =
                open.into_iter().partition(|task| task.task.kind == Kind::Protection);
            let said =
                |task: &case::task::Assigned| format!("{}: {}", task.task.about, task.task.what);
            let kept = case.exhibits.values().map(|kept| {
                let what = format!("{}: {}", kept.exhibit.label, kept.exhibit.description);
                (what, kept.holder().to_owned())
            });
            StoryPage {
                frame: Frame::of(&seat, format!("Case · {}", seat.casebook), "case"),
                questions: questions(case),
                agreed: agreed(case),
                rooms,
                people: people(case),
                protection: protection.into_iter().map(said).collect(),
                other_tasks: others.len(),
                exhibits: kept.collect(),
                note: case::NON_PUNISHMENT_NOTE,
            }
        })
        .await?;
    rendered(&page)
}

/// Claims that nobody contradicts, by what they are about.
fn agreed(case: &Case) -> Vec<(String, Vec<String>)> {
    let open: Vec<_> = case.questions().into_iter().map(|question| question.about).collect();
    let mut by_topic: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (_, claim) in case.claims().filter(|(_, claim)| !open.contains(&claim.about)) {
        let topic = format!("{}: {}", claim.about.thing, claim.about.what);
        by_topic.entry(topic).or_default().push(format!("{} ({})", claim.value, claim.source));
    }
    by_topic.into_iter().collect()
}

fn people(case: &Case) -> Vec<(usize, &'static str)> {
    let mut by_standing: BTreeMap<&'static str, usize> = BTreeMap::new();
    for record in case.people.values() {
        *by_standing.entry(record.standing()).or_default() += 1;
    }
    by_standing.into_iter().map(|(standing, count)| (count, standing)).collect()
}
