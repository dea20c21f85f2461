//! Rooms seen from several sides: other vantage points are read and looked at by themselves, and their rooms joined with those of this side.

use crate::casebook;
use crate::commands::find::{Answer, context, judged_answer, site};
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::input::{Input, InputArgs};
use crate::page::{grouped, sure};
use crate::printer::Printer;
use crate::reported::rounded;
use domain::zone::{Clock, date_text};
use facts::Extra;
use report::{ClaimReport, JoinReport};
use rooms::Room;
use rooms::vantage::{Join, joins, trace};
use std::fmt::Write as _;
use std::path::PathBuf;

/// Another vantage point, as it is given: `NAME=FILE` or `NAME=FILE@ZONE`.
#[derive(Clone, Debug)]
pub(crate) struct SideArg {
    name: String,
    path: PathBuf,
    zone: Option<String>,
}

/// Reads `NAME=FILE[@ZONE]`.
pub(crate) fn parse(text: &str) -> Result<SideArg, String> {
    let (name, file) = text
        .split_once('=')
        .filter(|(name, file)| !name.is_empty() && !file.is_empty())
        .ok_or("give a name and a file, such as target=gateway.csv@Asia/Kuala_Lumpur")?;
    let (path, zone) = match file.rsplit_once('@') {
        Some((path, zone)) => (path, Some(zone.to_owned())),
        None => (file, None),
    };
    Ok(SideArg { name: name.to_owned(), path: PathBuf::from(path), zone })
}

/// The files of all sides.
pub(crate) fn paths(own: &[PathBuf], others: &[SideArg]) -> Vec<PathBuf> {
    own.iter().chain(others.iter().map(|side| &side.path)).cloned().collect()
}

/// What one side saw.
pub(crate) struct Side {
    pub(crate) name: String,
    pub(crate) input: Input,
    pub(crate) site: Clock,
    pub(crate) answer: Answer,
    /// Its rooms that are rooms of this side.
    pub(crate) joins: Vec<Join>,
}

/// The other vantage points of the casebooks among some paths but for those that were named, then these. `own` is the name of this side. Errors: a casebook
/// cannot be read; two sides have one name.
pub(crate) fn all(own: &str, paths: &[PathBuf], named: &[SideArg]) -> anyhow::Result<Vec<SideArg>> {
    let mut all: Vec<SideArg> = Vec::new();
    for casebook in paths.iter().filter(|path| casebook::is_casebook(path)) {
        let kept = casebook::vantages(casebook)?.into_iter();
        let kept = kept.map(|(name, path)| SideArg { name, path, zone: None });
        all.extend(kept.filter(|side| named.iter().all(|named| named.name != side.name)));
    }
    all.extend_from_slice(named);
    let names = || std::iter::once(own).chain(all.iter().map(|side| &*side.name));
    if let Some((_, twice)) =
        names().enumerate().find(|(at, name)| names().take(*at).any(|earlier| earlier == *name))
    {
        return Err(Failure::new(
            format!("two sides are called {twice}"),
            "give each vantage point a name of its own: --vantage for the first, --also NAME=… for others",
        )
        .into());
    }
    Ok(all)
}

/// Reads and looks at all other sides, and joins their rooms with those of this side.
pub(crate) fn sides(
    args: &[SideArg],
    input_args: &InputArgs,
    (input, own_site, own): (&Input, &Clock, &Answer),
    config: &Configuration,
    printer: &Printer,
) -> anyhow::Result<Vec<Side>> {
    let mut sides = Vec::new();
    if args.is_empty() {
        return Ok(sides);
    }
    let here = trace(&input.calls, &context(input, own_site), &own.findings.rooms)?;
    for arg in args {
        // A template, a country and cells are of the first side's feeds.
        let other_args = InputArgs {
            zone: arg.zone.clone(),
            template: None,
            country: None,
            plus_left_out: false,
            moment: Vec::new(),
            cells: None,
            ..input_args.clone()
        };
        let input = other_args.read_for_rooms(std::slice::from_ref(&arg.path), printer)?;
        let site = site(&input)?;
        let own = std::slice::from_ref(&arg.path);
        let answer = judged_answer(&input, &site, config, own)?;
        let there = trace(&input.calls, &context(&input, &site), &answer.findings.rooms)?;
        let joins = joins(&here, &there, &config.rooms.vantage);
        sides.push(Side { name: arg.name.clone(), input, site, answer, joins });
    }
    Ok(sides)
}

/// From how many vantage points a room of this side is seen.
pub(crate) fn vantage_points(nth: usize, sides: &[Side]) -> usize {
    1 + sides.iter().filter(|side| side.joins.iter().any(|join| join.here == nth)).count()
}

/// The machine's form of all joins. `own` is the name of this side.
pub(crate) fn reports(
    own: &str,
    (input, site, answer): (&Input, &Clock, &Answer),
    sides: &[Side],
) -> Vec<JoinReport> {
    let of_side = |side: &'_ Side| {
        let reports = side.joins.iter().map(|join| {
            let mut claims = claims(own, join.here, input, site, answer);
            claims.extend(self::claims(
                &side.name,
                join.there,
                &side.input,
                &side.site,
                &side.answer,
            ));
            JoinReport {
                room: answer.findings.rooms[join.here].id.clone(),
                side: side.name.clone(),
                its_room: side.answer.findings.rooms[join.there].id.clone(),
                weight: rounded(join.bits),
                probability: rounded(join.probability),
                statements: join.statements.clone(),
                claims,
            }
        });
        reports.collect::<Vec<_>>()
    };
    sides.iter().flat_map(of_side).collect()
}

/// What one side shows of a room.
fn claims(
    side: &str,
    nth: usize,
    input: &Input,
    site: &Clock,
    answer: &Answer,
) -> Vec<ClaimReport> {
    let room: &Room = &answer.findings.rooms[nth];
    let observed = input.calls.observed;
    let mut claims = Vec::new();
    let mut claim = |of: &str, value: String| {
        claims.push(ClaimReport { of: of.to_owned(), value, shown_by: side.to_owned() });
    };
    let days = [room.first_s, room.last_s].map(|at_s| date_text(site.local_s(at_s)));
    claim("seen", format!("{} to {}", days[0], days[1]));
    claim("lines", grouped(room.lines.len()));
    let places = observed.has(Extra::CallerCell) || observed.sightings;
    if let (true, Some(cell)) = (places, room.site.first()) {
        claim("place", input.calls.names.cells.text(cell.cell));
    }
    if let Some(handsets) = room.facts.handsets {
        claim("handsets", grouped(handsets));
    }
    if let Some(zone) = &room.target_zone {
        claim("office hours", zone.clone());
    }
    let warned = answer.people.warnings.iter().filter(|warning| warning.room == nth).count();
    if warned > 0 {
        claim("people to warn", grouped(warned));
    }
    let captivity = &answer.people.captivity[nth];
    if captivity.welfare.advised {
        claim("welfare check", format!("advised: {}", captivity.welfare.families.join(", ")));
    }
    claims
}

/// The joins in sentences, and what one side alone cannot show.
pub(crate) fn page(
    own: &str,
    (input, site, answer): (&Input, &Clock, &Answer),
    sides: &[Side],
) -> String {
    let mut text = String::new();
    for side in sides {
        let rooms = &side.answer.findings.rooms;
        let _infallible = writeln!(
            text,
            "\nSeen from {}: {} rooms in {}; {} of them are rooms seen from {own}.",
            side.name,
            grouped(rooms.len()),
            side.input.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", "),
            grouped(side.joins.len())
        );
    }
    for join in reports(own, (input, site, answer), sides) {
        let _infallible = writeln!(
            text,
            "  {} is {} of {} ({} sure): {}",
            join.room,
            join.its_room,
            join.side,
            sure(join.probability),
            join.statements.join(" ")
        );
        for claim in &join.claims {
            let _infallible =
                writeln!(text, "    {} shows {}: {}", claim.shown_by, claim.of, claim.value);
        }
    }
    let alone = answer.findings.rooms.iter().enumerate();
    let alone = alone.filter(|(nth, _)| vantage_points(*nth, sides) == 1);
    let alone: Vec<&str> = alone.map(|(_, room)| room.id.as_str()).collect();
    if !sides.is_empty() && !alone.is_empty() {
        let _infallible = writeln!(
            text,
            "  Seen from {own} alone: {}. What the other side would show of them is not observable.",
            alone.join(", ")
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_has_a_name_a_file_and_maybe_a_zone() {
        let side = parse("target=gateway.csv@Asia/Kuala_Lumpur").unwrap();
        assert_eq!(
            (side.name.as_str(), side.zone.as_deref()),
            ("target", Some("Asia/Kuala_Lumpur"))
        );
        assert_eq!(side.path, PathBuf::from("gateway.csv"));
        assert_eq!(parse("host=a.csv").unwrap().zone, None);
        assert!(parse("a.csv").is_err() && parse("=a.csv").is_err());
    }
}
