//! One file a page, with what its forms do.

pub(crate) mod accounts;
pub(crate) mod claims;
pub(crate) mod desk;
pub(crate) mod evidence;
pub(crate) mod exhibits;
pub(crate) mod give;
pub(crate) mod import;
pub(crate) mod jobs;
pub(crate) mod line;
pub(crate) mod log;
pub(crate) mod people;
pub(crate) mod room;
pub(crate) mod rooms;
pub(crate) mod sign_in;
pub(crate) mod story;
pub(crate) mod tasks;
pub(crate) mod timeline;
pub(crate) mod tips;
pub(crate) mod upload;
pub(crate) mod warn;
pub(crate) mod warnings;

use crate::fault::Fault;
use crate::findings::Found;
use crate::seat::Seat;
use crate::{Ability, Desk, now_us};
use askama::Template;
use axum::response::{Html, Redirect};
use case::Action;
use case::action::{Query, Reveal};
use domain::mask::Sight;
use report::Grant;
pub(crate) use report::sure;
use std::sync::Arc;

/// A page, or why there is none.
pub(crate) type Page = Result<Html<String>, Fault>;
/// Where one goes after a form was taken, or why it was not.
pub(crate) type Done = Result<Redirect, Fault>;

pub(crate) fn rendered(template: &impl Template) -> Page {
    Ok(Html(template.render()?))
}

/// Goes to a page of the seat's casebook.
pub(crate) fn to(seat: &Seat, path: &str) -> Redirect {
    Redirect::to(&format!("/c/{}/{path}", seat.casebook))
}

/// What somebody sees of what is known by a mark: whole numbers where they were revealed to this session, signs for protection by their role.
pub(crate) fn grant(desk: &Desk, seat: &Seat, mark: &str) -> Grant {
    let is_revealed = seat.may(Ability::Reveal)
        && desk.revealed.holds(&seat.session, &format!("{}/{mark}", seat.casebook), now_us());
    let sight = if is_revealed { Sight::Revealed } else { Sight::Masked };
    Grant { sight, protection: seat.may(Ability::Protect) }
}

/// Records that something was looked at.
pub(crate) async fn seen(desk: &Desk, seat: &Seat, what: &str) -> Result<(), Fault> {
    desk.act(seat, Action::View(Query { what: what.to_owned() })).await?;
    Ok(())
}

/// Records that something is seen whole and why, then lets this session see it for a while.
pub(crate) async fn reveal(
    desk: &Desk,
    seat: &Seat,
    what: &str,
    mark: &str,
    reason: &str,
) -> Result<(), Fault> {
    let reveal = Reveal {
        what: what.to_owned(),
        person: None,
        reason: reason.trim().to_owned(),
        second: None,
    };
    desk.act(seat, Action::Reveal(reveal)).await?;
    desk.revealed.add(&seat.session, &format!("{}/{mark}", seat.casebook), now_us());
    Ok(())
}

/// What was last found in the seat's casebook. Errors: nothing was found there yet.
pub(crate) async fn found(desk: &Arc<Desk>, seat: &Seat) -> Result<Arc<Found>, Fault> {
    desk.found(&seat.casebook).await?.ok_or_else(|| {
        Fault::new(
            axum::http::StatusCode::NOT_FOUND,
            "Nothing was looked for in this casebook yet: open Work, and look for rooms.",
        )
    })
}

/// A moment of the log, by the clock of the world.
pub(crate) fn moment(at_us: i64) -> String {
    let stamp = jiff::Timestamp::from_microsecond(at_us);
    stamp
        .map_or_else(|_| String::new(), |stamp| stamp.strftime("%Y-%m-%d %H:%M:%S UTC").to_string())
}
