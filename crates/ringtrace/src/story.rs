//! A room's story in a few sentences: the place, since when, whose clock, how many handsets, who may be held, who is being worked on, and what
//! the records cannot show.

use crate::commands::find::Answer;
use crate::input::Input;
use crate::page::{counted, grouped};
use domain::zone::{Clock, date_text};
use people::{Status, Urgency};
use rooms::Room;
use rooms::shape::Shape;

/// The story of the nth room.
pub(crate) fn story(nth: usize, answer: &Answer, input: &Input, site: &Clock) -> String {
    let room = &answer.findings.rooms[nth];
    let captivity = &answer.people.captivity[nth];
    let mut sentences = vec![place(room, input, site)];
    sentences.extend(clock(room));
    sentences.push(tools(room));
    let held = captivity.signs.iter().filter(|sign| sign.status == Status::Seen).count();
    sentences.push(if captivity.welfare.advised {
        format!(
            "People may be held there: {held} signs of {}.",
            captivity.welfare.families.join(", ")
        )
    } else {
        "Nothing seen here advises a welfare check; that is not safety.".to_owned()
    });
    let of_room = answer.people.warnings.iter().filter(|warning| warning.room == nth);
    let (now, all) = of_room.fold((0, 0), |(now, all), warning| {
        (now + usize::from(warning.urgency == Urgency::Now), all + 1)
    });
    sentences.push(match (now, all) {
        (_, 0) => "Nobody is seen to be worked on.".to_owned(),
        (0, all) => format!("{} worked on, nobody within the last day.", were(all)),
        (now, all) => {
            format!("{} worked on, {} of them within the last day.", were(all), grouped(now))
        }
    });
    let hidden = captivity.signs.iter().filter(|sign| sign.status == Status::NotObservable).count();
    sentences.push(format!(
        "These files cannot show {} that are listed below.",
        counted(hidden + room.not_observable.len(), "thing")
    ));
    format!("  {}\n", sentences.join(" "))
}

fn were(people: usize) -> String {
    if people == 1 { "1 person was".to_owned() } else { format!("{} people were", grouped(people)) }
}

fn place(room: &Room, input: &Input, site: &Clock) -> String {
    let what = match room.shape {
        Shape::House => "A house",
        Shape::Relay => "Relay devices",
        Shape::CallBack => "A call-back room",
        Shape::Small => "A small room",
        Shape::Unplaced => "A room whose place is not seen",
    };
    let at = match room.site.first() {
        Some(cell) => format!(" in cell {}", input.calls.names.cells.text(cell.cell)),
        None => String::new(),
    };
    format!("{what}{at}, since {}.", date_text(site.local_s(room.first_s)))
}

fn clock(room: &Room) -> Option<String> {
    let zone = room.target_zone.as_ref()?;
    let away = room.facts.target_hours_away.unwrap_or(12.0);
    Some(if away >= 5.0 {
        format!("It works in the office hours of {zone}, not in those of the place.")
    } else {
        format!("It works in the office hours of {zone}.")
    })
}

fn tools(room: &Room) -> String {
    let lines = counted(room.lines.len(), "line");
    match room.facts.handsets {
        Some(handsets) => format!("{lines} and {} were used.", counted(handsets, "handset")),
        None => format!("{lines} were used; handsets are not seen."),
    }
}
