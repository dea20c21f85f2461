//! Pages for a person at a terminal: a ranked table, then a page of plain sentences for each room.

use crate::captivity_report;
use crate::commands::find::Answer;
use crate::input::Input;
use comfy_table::{Table, presets};
use domain::mask::Sight;
use domain::zone::{Clock, date_text};
use people::{Roles, Warning};
use report::Grant;
use rooms::{Finding, Findings, Room, Verdict};
use std::fmt::Write as _;

/// What `find` prints.
pub(crate) fn findings(
    input: &Input,
    answer: &Answer,
    site: &Clock,
    grant: Grant,
    colour: bool,
) -> String {
    let sight = grant.sight;
    let findings = &answer.findings;
    let mut page = accounts(input);
    let leads = crate::reported::leads(findings);
    let _infallible = writeln!(
        page,
        "{} made calls; {} may be worked; {} of them were weighed: {} and {} to watch.\n",
        counted(findings.lines, "line"),
        grouped(findings.candidates),
        counted(findings.groups, "group"),
        counted(leads, "lead"),
        findings.rooms.len() - leads
    );
    if !findings.rooms.is_empty() {
        page.push_str(&ranked(findings, input, site));
        page.push('\n');
    }
    for (nth, room) in findings.rooms.iter().enumerate() {
        if room.verdict == Verdict::Lead {
            page.push('\n');
            page.push_str(&title(room, colour));
            if let Some(judged) = &answer.judged[nth] {
                page.push_str(&crate::judged::line(judged, site));
            }
            if crate::judged::is_rejected(answer.judged[nth].as_ref()) {
                continue;
            }
            if let Some(like) = answer.like(nth) {
                let _infallible = writeln!(page, "  {like}");
            }
            page.push_str(&crate::story::story(nth, answer, input, site));
            page.push_str(&room_page(room, input, site, sight));
            page.push_str(&continues(room, &answer.people.continues[nth]));
            page.push_str(&captivity_report::page(&answer.people.captivity[nth], grant));
            page.push_str(&around(&answer.people.roles[nth], input, sight));
            let of_room = answer.people.warnings.iter().filter(|warning| warning.room == nth);
            page.push_str(&people_to_warn(&of_room.collect::<Vec<_>>(), input, sight));
        }
    }
    let watched =
        (0..findings.rooms.len()).filter(|nth| findings.rooms[*nth].verdict == Verdict::Watch);
    for (nth, like) in watched.filter_map(|nth| Some((nth, answer.like(nth)?))) {
        let _infallible = writeln!(page, "\n{}: {like}", findings.rooms[nth].id);
    }
    page.push_str(&crate::cohort_report::page(answer, input, site, sight));
    if !findings.suppressed.is_empty() {
        let _infallible = writeln!(page, "\nLeft out as hubs: {}.", findings.suppressed.join("; "));
    }
    if !findings.rooms.is_empty() {
        page.push_str(
            "\nThe numbers in brackets are bits: each doubles the odds. All behind a room or a line: ringtrace explain R1 FILE, with the options given here.\n",
        );
    }
    if !answer.people.warnings.is_empty() {
        page.push_str(
            "Everybody to warn, in order: ringtrace warn FILE, with the options given here.\n",
        );
    }
    if input.facts() == 0 {
        page.push_str("No row could be read as a call or a sighting. See how rows are read, and mend it, with: ringtrace import --preview FILE");
        return page;
    }
    page.push_str("\nA lead is a reason to look, never a verdict. People found in a room are possible victims until a person decides otherwise.");
    page
}

/// Rows in = facts + duplicates + quarantined, and what each file was read as.
pub(crate) fn accounts(input: &Input) -> String {
    let mut text = String::new();
    for file in &input.files {
        let zone = file.zone.as_deref().unwrap_or("UTC (not stated)");
        let _infallible = writeln!(
            text,
            "{}: {} read as {}, times in {zone}",
            file.name,
            counted(file.rows, "row"),
            file.template
        );
        for doubt in &file.doubts {
            let _infallible = writeln!(text, "  in doubt: {doubt}");
        }
        if let Some(problem) = &file.problem {
            let _infallible = writeln!(text, "  problem: {problem}");
        }
    }
    let calls = &input.calls;
    let _infallible = writeln!(
        text,
        "{} rows in = {} facts + {} duplicates + {} quarantined",
        grouped(input.rows()),
        grouped(input.facts()),
        grouped(calls.duplicates),
        grouped(input.quarantine.len())
    );
    if calls.later > 0 {
        let _infallible = writeln!(
            text,
            "  set aside: {} later than the moment looked from",
            counted(calls.later, "fact")
        );
    }
    for (reason, count) in input.quarantine.by_reason() {
        let _infallible = writeln!(text, "  quarantined: {} — {}", grouped(count), reason.word());
    }
    text
}

fn ranked(findings: &Findings, input: &Input, site: &Clock) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header([
        "room",
        "verdict",
        "sure",
        "shape",
        "lines",
        "since",
        "until",
        "place",
        "called in",
        "families",
    ]);
    for room in findings.rooms.iter().take(30) {
        let mut families: Vec<&str> =
            room.evidence.iter().map(|finding| finding.family.word()).collect();
        families.sort_unstable();
        families.dedup();
        let place = room
            .site
            .first()
            .map(|cell| input.calls.names.cells.text(cell.cell))
            .unwrap_or_default();
        table.add_row([
            room.id.clone(),
            room.verdict.word().to_owned(),
            sure(room.confidence),
            room.shape.word().to_owned(),
            room.lines.len().to_string(),
            date_text(site.local_s(room.first_s)),
            date_text(site.local_s(room.last_s)),
            place,
            room.target_zone.clone().unwrap_or_default(),
            families.join(" "),
        ]);
    }
    let mut text =
        table.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n");
    text.push('\n');
    if findings.rooms.len() > 30 {
        let _infallible =
            writeln!(text, "… and {} more; --json tells all.", findings.rooms.len() - 30);
    }
    text
}

/// How sure it is that a group is a room, in whole percent. Nothing is wholly sure: records alone cannot show that.
pub(crate) fn sure(confidence: f64) -> String {
    if confidence > 0.99 { "> 99 %".to_owned() } else { format!("{:.0} %", confidence * 100.0) }
}

/// A room in one line.
pub(crate) fn title(room: &Room, colour: bool) -> String {
    let title = format!(
        "{} · {} · {} · {} sure",
        room.id,
        room.verdict.word(),
        room.shape.word(),
        sure(room.confidence)
    );
    if colour { format!("\u{1b}[1m{title}\u{1b}[0m\n") } else { format!("{title}\n") }
}

/// One room in plain sentences.
pub(crate) fn room_page(room: &Room, input: &Input, site: &Clock, sight: Sight) -> String {
    let names = &input.calls.names;
    let mut page = String::new();
    let _infallible = writeln!(
        page,
        "  {} lines, from {} to {}.",
        room.lines.len(),
        date_text(site.local_s(room.first_s)),
        date_text(site.local_s(room.last_s))
    );
    if !room.site.is_empty() {
        let cells =
            room.site.iter().take(3).map(|cell| {
                format!("{} ({:.0} %)", names.cells.text(cell.cell), cell.share * 100.0)
            });
        let _infallible = writeln!(page, "  Place: {}", cells.collect::<Vec<_>>().join(", "));
        page.push_str(&crate::site_area::page(&crate::site_area::areas(room, input)));
    }
    told("For", &room.evidence, &mut page);
    told("Against", &room.counter_evidence, &mut page);
    for sentence in &room.not_observable {
        let _infallible = writeln!(page, "  Not observable: {sentence}");
    }
    let shown = room.lines.iter().take(6).enumerate().map(|(at, line)| {
        format!("{}-L{:02} {}", room.id, at + 1, sight.show(names.lines.text(line.line)))
    });
    let more = if room.lines.len() > 6 {
        format!(" … and {} more", room.lines.len() - 6)
    } else {
        String::new()
    };
    let _infallible = writeln!(page, "  Lines: {}{more}", shown.collect::<Vec<_>>().join(", "));
    page
}

/// Which lines go on with another's handset: lines live days, the room lives weeks.
fn continues(room: &Room, continues: &[Option<u32>]) -> String {
    const SHOWN: usize = 4;
    let place = |line: u32| room.lines.iter().position(|own| own.line == line);
    let pairs = continues.iter().enumerate().filter_map(|(at, next)| Some((at, place((*next)?)?)));
    let pairs: Vec<String> =
        pairs.map(|(at, next)| format!("L{:02} as L{:02}", at + 1, next + 1)).collect();
    match pairs.len() {
        0 => String::new(),
        all => format!(
            "  Continues, with the same handset: {}{}\n",
            pairs[..all.min(SHOWN)].join(", "),
            if all > SHOWN { format!(" … and {} more", all - SHOWN) } else { String::new() }
        ),
    }
}

/// Lines around a room that have a role, the surest first.
fn around(roles: &Roles, input: &Input, sight: Sight) -> String {
    const SHOWN: usize = 4;
    let mut text = String::new();
    for one in roles.around.iter().take(SHOWN) {
        let _infallible = writeln!(
            text,
            "  Around [{}, {}] {}: {}",
            one.role.word(),
            sure(one.confidence),
            sight.show(input.calls.names.lines.text(one.line)),
            one.why.join(" ")
        );
    }
    text
}

/// How many people a room works on, and the first of them.
fn people_to_warn(warnings: &[&Warning], input: &Input, sight: Sight) -> String {
    const SHOWN: usize = 3;
    let mut text = String::new();
    if warnings.is_empty() {
        return text;
    }
    let now = warnings.iter().filter(|warning| warning.urgency == people::Urgency::Now).count();
    let count = if warnings.len() == 1 {
        "1 person".to_owned()
    } else {
        format!("{} people", grouped(warnings.len()))
    };
    let _infallible = writeln!(text, "  To warn: {count}, {now} of them now.");
    for warning in warnings.iter().take(SHOWN) {
        let _infallible = writeln!(
            text,
            "    {} {}, {} expected right: {}",
            sight.show(input.calls.names.lines.text(warning.line)),
            warning.stage.word(),
            sure(warning.precision),
            warning.reason
        );
    }
    text
}

fn told(title: &str, findings: &[Finding], page: &mut String) {
    for finding in findings {
        let _infallible = writeln!(
            page,
            "  {title} [{} {:+.1}] {}",
            finding.family.word(),
            finding.bits,
            finding.statement
        );
    }
}

pub(crate) fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{} {what}s", grouped(count)) }
}

/// `9834` as `9,834`.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_are_grouped() {
        assert_eq!(
            ["0", "999", "9,834", "10,000,000"].map(str::to_owned),
            [0, 999, 9_834, 10_000_000].map(super::grouped)
        );
    }
}
