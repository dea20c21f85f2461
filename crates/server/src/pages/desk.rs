//! The desk: in each casebook what waits for somebody.

use super::{Page, rendered, sure};
use crate::Desk;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::pages::warn::is_settled;
use crate::role::{Ability, Role};
use crate::seat::Seat;
use askama::Template;
use axum::extract::State;
use case::judgement::Judged;
use case::task::Kind;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::JobState;

#[derive(Template)]
#[template(path = "desk.html")]
struct DeskPage {
    frame: Frame,
    casebooks: Vec<Waiting>,
    is_administrator: bool,
}

/// What waits in a casebook.
struct Waiting {
    name: String,
    may_see: bool,
    roles: String,
    as_of: String,
    leads: Vec<Lead>,
    more_leads: usize,
    to_warn_now: usize,
    to_warn: usize,
    protection: Vec<String>,
    /// Tips that nobody answered yet.
    tips: usize,
    questions: usize,
    working: Vec<&'static str>,
}

struct Lead {
    id: String,
    what: String,
    advised: bool,
}

/// Leads that the desk shows of each casebook.
const LEADS_MAX: usize = 8;

pub(crate) async fn page(State(desk): State<Arc<Desk>>, seat: Seat) -> Page {
    let mut roles: BTreeMap<String, Vec<Role>> = BTreeMap::new();
    for role in desk.casebooks.store().roles_of(&seat.account).await? {
        roles.entry(role.casebook).or_default().extend(Role::of(&role.role));
    }
    let there = desk.casebooks.names()?;
    roles.retain(|casebook, _| there.contains(casebook));
    let mut casebooks = Vec::new();
    for (name, roles) in roles {
        casebooks.push(waiting(&desk, name, &roles).await?);
    }
    let frame = Frame::of(&seat, "Desk", "");
    rendered(&DeskPage { frame, casebooks, is_administrator: seat.is_administrator })
}

async fn waiting(desk: &Arc<Desk>, name: String, roles: &[Role]) -> Result<Waiting, Fault> {
    let may_see = roles.iter().any(|role| role.abilities().contains(&Ability::See));
    let words: Vec<&str> = roles.iter().map(|role| role.word()).collect();
    let mut waiting = Waiting {
        may_see,
        roles: words.join(", "),
        as_of: String::new(),
        leads: Vec::new(),
        more_leads: 0,
        to_warn_now: 0,
        to_warn: 0,
        protection: Vec::new(),
        tips: 0,
        questions: 0,
        working: Vec::new(),
        name,
    };
    if !may_see {
        return Ok(waiting);
    }
    let found = desk.found(&waiting.name).await?;
    let jobs = desk.casebooks.store().jobs().await?;
    let open = jobs.iter().filter(|job| job.casebook == waiting.name && job.state.is_open());
    waiting.working = open.map(|job| JobState::word(job.state)).collect();
    desk.case(&waiting.name.clone(), |case| {
        let open = case
            .tasks
            .values()
            .filter(|task| task.task.kind == Kind::Protection && task.progress().is_open());
        waiting.protection =
            open.map(|task| format!("{}: {}", task.task.about, task.task.what)).collect();
        waiting.tips = case.tips.values().filter(|told| told.answers.is_empty()).count();
        waiting.questions = case.questions().len();
        let Some(report) = &found else { return };
        report.as_of.clone_into(&mut waiting.as_of);
        let queue = report.queue(case).into_iter().filter(|(_, judged)| !is_settled(*judged));
        for (person, _) in queue {
            waiting.to_warn += 1;
            waiting.to_warn_now += usize::from(person.urgency == "now");
        }
        let leads = report.judged(case).filter(|(room, _)| room.verdict == "lead");
        for (room, judged) in leads {
            if judged.is_some_and(Judged::is_rejection) {
                continue;
            }
            if waiting.leads.len() == LEADS_MAX {
                waiting.more_leads += 1;
                continue;
            }
            let what = format!(
                "{} of {} lines, {} sure",
                room.shape,
                room.lines.len(),
                sure(room.confidence)
            );
            waiting.leads.push(Lead { id: room.id.clone(), what, advised: room.welfare.advised });
        }
    })
    .await?;
    Ok(waiting)
}
