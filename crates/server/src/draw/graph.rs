//! What ties a room together, in three columns: handsets, lines, people who were worked on. Bounded, so that it can be read: the most tied come first,
//! the others are said, and come by a click; a line that is clicked is shown with what ties it, and nothing else.

use super::{begun_as, escaped};
use report::RoomReport;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

const WIDTH: f64 = 900.0;
const ROW: f64 = 24.0;
const TOP: f64 = 28.0;
/// What one column shows at most, unless more is asked for; and how much may be asked for.
const SHOWN: usize = 24;
const SHOWN_MAX: usize = 384;
/// Where the columns stand.
const COLUMNS: [f64; 3] = [8.0, 365.0, 720.0];
/// How wide a node is.
const NODE: f64 = 170.0;

/// Lines by what ties them: a handset, or a person.
type Ties<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// What of a room is shown.
#[derive(Clone, Debug, Default, serde::Deserialize)]
pub(crate) struct View {
    /// The name of a line within the room, where it alone is shown with what ties it.
    pub(crate) of: Option<String>,
    /// How much a column shows.
    more: Option<usize>,
}

impl View {
    fn shown_max(&self) -> usize {
        self.more.unwrap_or(SHOWN).clamp(SHOWN, SHOWN_MAX)
    }

    /// The address of another view.
    fn address(of: Option<&str>, shown_max: usize) -> String {
        let of = of.map(|of| format!("of={}&amp;", escaped(of))).unwrap_or_default();
        format!("?{of}more={shown_max}#ties")
    }
}

/// The drawing of a room from which nothing was hidden yet: whole numbers tie it together, and `label` says what a reader sees of them.
pub(crate) fn graph(room: &RoomReport, view: &View, label: impl Fn(&str) -> String) -> String {
    let mut ids: BTreeMap<&str, &str> =
        room.lines.iter().map(|line| (&*line.line, &*line.id)).collect();
    let (mut handsets, mut people) = (by_handset(room), by_person(room, &ids));
    let asked = room.lines.iter().find(|line| Some(&line.id) == view.of.as_ref());
    if let Some(line) = asked.map(|line| &*line.line) {
        handsets.retain(|_, lines| lines.contains(line));
        people.retain(|_, lines| lines.contains(line));
        let tied: BTreeSet<&str> =
            handsets.values().chain(people.values()).flatten().copied().collect();
        ids.retain(|own, _| *own == line || tied.contains(own));
    }
    let shown_max = view.shown_max();
    let mut tied: BTreeMap<&str, usize> = ids.keys().map(|line| (*line, 0)).collect();
    for line in handsets.values().chain(people.values()).flatten() {
        *tied.entry(line).or_default() += 1;
    }
    let lines = most(&tied, shown_max);
    let places = placed(&lines);
    let (with, to) = (shown(&handsets, &places, shown_max), shown(&people, &places, shown_max));
    let rows = lines.len().max(with.len()).max(to.len());
    let height = TOP + f64::from(u32::try_from(rows).unwrap_or(0)) * ROW + 30.0;
    let says = format!(
        "{} lines, the handsets that they share and the people that they share",
        lines.len()
    );
    let mut svg = begun_as("group", "graph", (WIDTH, height), &says);
    edges(&mut svg, (COLUMNS[0] + NODE, COLUMNS[1]), &with, &handsets, &places);
    edges(&mut svg, (COLUMNS[2], COLUMNS[1] + NODE), &to, &people, &places);
    let column =
        |nth: usize, class, title, shown, all| Column { x: COLUMNS[nth], class, title, shown, all };
    let columns = [
        column(0, "handset", "Handsets of several lines", &with, handsets.len()),
        column(1, "line", "Lines", &lines, tied.len()),
        column(2, "person", "People of several lines", &to, people.len()),
    ];
    let more = View::address(asked.map(|line| &*line.id), shown_max.saturating_mul(2));
    for column in columns {
        column.draw(&mut svg, &more, |key| match ids.get(key) {
            Some(id) => format!(
                "<a href=\"{}\"><title>What ties {1}</title>{1}</a>",
                View::address(Some(id), SHOWN),
                escaped(id)
            ),
            None => escaped(&label(key)),
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
fn most<'a>(tied: &BTreeMap<&'a str, usize>, shown_max: usize) -> Vec<&'a str> {
    let mut all: Vec<(&str, usize)> = tied.iter().map(|(key, count)| (*key, *count)).collect();
    all.sort_by_key(|(key, count)| (std::cmp::Reverse(*count), *key));
    all.truncate(shown_max);
    all.sort_unstable();
    all.into_iter().map(|(key, _)| key).collect()
}

/// Of what ties lines, that which ties most of the lines shown.
fn shown<'a>(ties: &Ties<'a>, places: &BTreeMap<&str, f64>, shown_max: usize) -> Vec<&'a str> {
    let count =
        |lines: &BTreeSet<&str>| lines.iter().filter(|line| places.contains_key(*line)).count();
    let counts =
        ties.iter().map(|(key, lines)| (*key, count(lines))).filter(|(_, count)| *count > 0);
    most(&counts.collect(), shown_max)
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
    /// Draws it: what `label` says is markup, and `more` the address where more is shown.
    fn draw(&self, svg: &mut String, more: &str, label: impl Fn(&str) -> String) {
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
                label(key)
            );
        }
        if *all > shown.len() {
            let y = TOP + f64::from(u32::try_from(shown.len()).unwrap_or(0)) * ROW + 16.0;
            let _infallible = write!(
                svg,
                "<text x=\"{x:.0}\" y=\"{y:.0}\" class=\"tick\"><a href=\"{more}\">and {} more</a></text>",
                all - shown.len()
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use report::LineReport;

    /// A room of forty lines: each shares a handset with the next one.
    fn room() -> RoomReport {
        let mut room = crate::tests::made::report().rooms.remove(0);
        let pattern = room.lines[0].clone();
        let line = |nth: u32| LineReport {
            id: format!("R1-L{nth:02}"),
            line: format!("+999123457{nth:02}"),
            handsets: vec![format!("handset {nth}"), format!("handset {}", nth + 1)],
            ..pattern.clone()
        };
        room.lines = (0..40).map(line).collect();
        room
    }

    fn drawn(of: Option<&str>, more: Option<usize>) -> String {
        graph(&room(), &View { of: of.map(str::to_owned), more }, |_| "•••".to_owned())
    }

    #[test]
    fn what_is_left_out_comes_by_a_click() {
        let first = drawn(None, None);
        assert_eq!(first.matches("node-line").count(), SHOWN);
        assert!(first.contains("<a href=\"?more=48#ties\">and 16 more</a>"), "{first}");
        let more = drawn(None, Some(48));
        assert_eq!(more.matches("node-line").count(), 40);
        assert!(!more.contains("more</a>"));
        assert_eq!(drawn(None, Some(usize::MAX)).matches("node-line").count(), 40);
    }

    #[test]
    fn a_line_is_shown_with_what_ties_it_and_nothing_else() {
        assert!(drawn(None, None).contains("<a href=\"?of=R1-L05&amp;more=24#ties\">"));
        let one = drawn(Some("R1-L05"), None);
        assert_eq!(one.matches("node-line").count(), 3, "it and its neighbours");
        assert_eq!(one.matches("node-handset").count(), 2);
        assert_eq!(drawn(Some("none of it"), None), drawn(None, None));
        assert!(!one.contains("+999"), "numbers hide");
    }
}
