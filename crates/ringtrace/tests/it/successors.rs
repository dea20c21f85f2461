//! Same person, new phone: people who swap all at once are matched together, and nobody else is.

use crate::support::{Folder, shared_data};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Twenty days among forty people. Four who mostly call each other, and three friends each, take new phones on the same day.
fn swapped_world() -> String {
    let number = |person: u32, day: u32| {
        let swapped = person < 4 && day >= 12;
        format!("+44207946{:04}", if swapped { 500 + person } else { person })
    };
    let mut csv = "caller,callee,start,duration\n".to_owned();
    let mut call = |from: u32, to: u32, day: u32, hour: u32| {
        let (from, to) = (number(from, day), number(to, day));
        let _infallible =
            writeln!(csv, "{from},{to},2023-10-{:02} {hour:02}:{:02}:00,60", day + 1, day % 60);
    };
    for day in 0..20 {
        for person in 0..4 {
            (0..4).filter(|other| *other != person).for_each(|other| call(person, other, day, 9));
            (0..3).for_each(|friend| call(person, 10 + person * 3 + friend, day, 12 + friend));
        }
        for person in 10..40 {
            call(person, 10 + (person * 7 + day) % 30, day, 18);
        }
    }
    csv
}

fn continued(folder: &Folder, file: &str) -> BTreeMap<String, String> {
    let told = folder.run(&["successors", file, "--json", "--reveal"]);
    let report: Value = serde_json::from_str(&told.out).expect("JSON");
    let named = report["successors"].as_array().expect("a list").iter().filter_map(|one| {
        let text = |name: &str| one[name].as_str().map(str::to_owned);
        Some((text("line")?, text("continues_as")?))
    });
    named.collect()
}

#[test]
fn people_who_swap_all_at_once_are_matched_and_nobody_else() {
    let folder = Folder::new();
    folder.write("calls.csv", swapped_world());
    let expected = (0..4)
        .map(|person| (format!("+44207946{person:04}"), format!("+44207946{:04}", 500 + person)));
    assert_eq!(continued(&folder, "calls.csv"), expected.collect());
    let masked = folder.run(&["successors", "calls.csv"]);
    assert!(masked.out.contains("continues as +44") && masked.out.contains('•'), "{}", masked.out);
    assert!(!masked.out.contains("+44207946"), "numbers are masked");
}

#[test]
fn without_a_break_nobody_continues() {
    let folder = Folder::new();
    let world = swapped_world();
    let first: Vec<&str> = world.lines().filter(|line| !line.contains("2023-10-1")).collect();
    let early: Vec<&str> = first.into_iter().filter(|line| !line.contains("2023-10-2")).collect();
    folder.write("calls.csv", early.join("\n"));
    assert!(continued(&folder, "calls.csv").is_empty());
}

/// Person 0 talks with six people until day 12. Person `heir` does from then on.
fn world_with_heir(heir: u32, known: bool) -> String {
    let number = |person: u32| format!("+44207946{person:04}");
    let mut csv = "caller,callee,start,duration\n".to_owned();
    let mut call = |from: u32, to: u32, day: u32, hour: u32| {
        let (from, to) = (number(from), number(to));
        let _infallible =
            writeln!(csv, "{from},{to},2023-10-{:02} {hour:02}:{:02}:00,60", day + 1, day % 60);
    };
    for day in 0..20 {
        for friend in 0..6 {
            let begun = day >= 12 || (known && day % 6 == friend);
            (day < 12).then(|| call(0, 10 + friend, day, 9));
            begun.then(|| call(heir, 10 + friend, day, 11));
        }
        for person in 10..40 {
            call(person, 10 + (person * 7 + day) % 30, day, 18);
        }
    }
    csv
}

#[test]
fn a_friend_who_knew_the_same_people_before_is_nobodys_new_phone() {
    let folder = Folder::new();
    folder.write("new.csv", world_with_heir(500, false));
    folder.write("friend.csv", world_with_heir(500, true));
    let expected = ("+442079460000".to_owned(), "+442079460500".to_owned());
    assert_eq!(continued(&folder, "new.csv"), BTreeMap::from([expected]));
    assert!(continued(&folder, "friend.csv").is_empty());
}

#[test]
fn vast_2008_has_lines_that_go_on_after_the_first_week() {
    let Some(path) = shared_data("vast2008/cdr.csv") else { return };
    let folder = Folder::new();
    let named = continued(&folder, &path.display().to_string());
    assert!((3..12).contains(&named.len()), "{named:?}");
}
