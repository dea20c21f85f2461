//! What ties a room together, in three columns: handsets, lines, people who were worked on. Bounded, so that it can be read: the most tied come first,
//! the others are said.

use super::{begun, escaped};
use report::RoomReport;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

const WIDTH: f64 = 900.0;
const ROW: f64 = 24.0;
const TOP: f64 = 28.0;
/// What one column shows at most.
const SHOWN_MAX: usize = 24;
/// Where the columns stand.
const COLUMNS: [f64; 3] = [8.0, 365.0, 720.0];
/// How wide a node is.
const NODE: f64 = 170.0;

/// Lines by what ties them: a handset, or a person.
type Ties<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// The drawing of a room from which nothing was hidden yet: whole numbers tie it together, and `label` says what a reader sees of them.
pub(crate) fn graph(room: &RoomReport, label: impl Fn(&str) -> String) -> String {
    let ids: BTreeMap<&str, &str> =
        room.lines.iter().map(|line| (&*line.line, &*line.id)).collect();
    let (handsets, people) = (by_handset(room), by_person(room, &ids));
    let mut tied: BTreeMap<&str, usize> = ids.keys().map(|line| (*line, 0)).collect();
    for line in handsets.values().chain(people.values()).flatten() {
        *tied.entry(line).or_default() += 1;
    }
    let lines = most(&tied);
    let places = placed(&lines);
    let (with, to) = (shown(&handsets, &places), shown(&people, &places));
    let rows = lines.len().max(with.len()).max(to.len());
    let height = TOP + f64::from(u32::try_from(rows).unwrap_or(0)) * ROW + 30.0;
    let says = format!(
        "{} lines, the handsets that they share and the people that they share",
        lines.len()
    );
    let mut svg = begun("graph", WIDTH, height, &says);
    edges(&mut svg, (COLUMNS[0] + NODE, COLUMNS[1]), &with, &handsets, &places);
    edges(&mut svg, (COLUMNS[2], COLUMNS[1] + NODE), &to, &people, &places);
    let column =
        |nth: usize, class, title, shown, all| Column { x: COLUMNS[nth], class, title, shown, all };
    let columns = [
        column(0, "handset", "Handsets of several lines", &with, handsets.len()),
        column(1, "line", "Lines", &lines, tied.len()),
        column(2, "person", "People of several lines", &to, people.len()),
    ];
    for column in columns {
        column.draw(&mut svg, |key| match ids.get(key) {
            Some(id) => (*id).to_owned(),
            None => label(key),
        });
    }
    svg.push_str("</svg>");
    svg
}

fn by_handset(room: &RoomReport) -> Ties<'_> {
    let mut ties = Ties::new();
    for line in &room.lines {
        for handset in &line.handsets {
            ties.entry(handset).or_default().insert(&line.line);
        }
    }
    ties.retain(|_, lines| lines.len() > 1);
    ties
}

fn by_person<'a>(room: &'a RoomReport, ids: &BTreeMap<&str, &str>) -> Ties<'a> {
    let mut ties = Ties::new();
    for person in &room.people_to_warn {
        let facts = person.facts.iter().filter_map(|fact| fact.kept());
        let ends =
            facts.flat_map(|fact| std::iter::once(&*fact.line).chain(fact.callee.as_deref()));
        let lines: BTreeSet<&str> = ends.filter(|line| ids.contains_key(line)).collect();
        if lines.len() > 1 {
            ties.insert(&person.line, lines);
        }
    }
    ties
}

/// The most tied, in order of their names.
fn most<'a>(tied: &BTreeMap<&'a str, usize>) -> Vec<&'a str> {
    let mut all: Vec<(&str, usize)> = tied.iter().map(|(key, count)| (*key, *count)).collect();
    all.sort_by_key(|(key, count)| (std::cmp::Reverse(*count), *key));
    all.truncate(SHOWN_MAX);
    all.sort_unstable();
    all.into_iter().map(|(key, _)| key).collect()
}

/// Of what ties lines, that which ties most of the lines shown.
fn shown<'a>(ties: &Ties<'a>, places: &BTreeMap<&str, f64>) -> Vec<&'a str> {
    let count =
        |lines: &BTreeSet<&str>| lines.iter().filter(|line| places.contains_key(*line)).count();
    let counts =
        ties.iter().map(|(key, lines)| (*key, count(lines))).filter(|(_, count)| *count > 0);
    most(&counts.collect())
}

fn placed<'a>(keys: &[&'a str]) -> BTreeMap<&'a str, f64> {
    let y = |row: u32| TOP + f64::from(row) * ROW + ROW / 2.0;
    (0..).map(y).zip(keys).map(|(y, key)| (*key, y)).collect()
}

/// Ties between what stands at one side (`from`) and the lines (`to`).
fn edges(
    svg: &mut String,
    (from, to): (f64, f64),
    shown: &[&str],
    ties: &Ties<'_>,
    lines: &BTreeMap<&str, f64>,
) {
    let middle = f64::midpoint(from, to);
    for (key, y) in placed(shown) {
        for end in ties[key].iter().filter_map(|line| lines.get(line)) {
            let _infallible = write!(
                svg,
                "<path d=\"M{from:.0} {y:.0} C{middle:.0} {y:.0} {middle:.0} {end:.0} {to:.0} {end:.0}\" class=\"edge\"/>"
            );
        }
    }
}

/// A column of nodes.
struct Column<'a> {
    x: f64,
    class: &'static str,
    title: &'static str,
    shown: &'a [&'a str],
    /// How many there are, shown or not.
    all: usize,
}

impl Column<'_> {
    fn draw(&self, svg: &mut String, label: impl Fn(&str) -> String) {
        let Self { x, class, title, shown, all } = self;
        let _infallible =
            write!(svg, "<text x=\"{x:.0}\" y=\"14\" class=\"column\">{}</text>", escaped(title));
        for (key, y) in placed(shown) {
            let _infallible = write!(
                svg,
                "<rect x=\"{x:.0}\" y=\"{:.0}\" width=\"{NODE:.0}\" height=\"18\" rx=\"9\" class=\"node node-{class}\"/><text x=\"{:.0}\" y=\"{:.0}\" class=\"node-label\">{}</text>",
                y - 9.0,
                x + 10.0,
                y + 4.0,
                escaped(&label(key))
            );
        }
        if *all > shown.len() {
            let y = TOP + f64::from(u32::try_from(shown.len()).unwrap_or(0)) * ROW + 16.0;
            let _infallible = write!(
                svg,
                "<text x=\"{x:.0}\" y=\"{y:.0}\" class=\"tick\">and {} more</text>",
                all - shown.len()
            );
        }
    }
}
