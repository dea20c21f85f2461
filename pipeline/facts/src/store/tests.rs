use super::*;
use crate::batch::Batch;
use crate::call::CallDraft;
use crate::shelf::tests::TestShelf;
use domain::num::u32_of;
use domain::{LineKey, Outcome};
use proptest::prelude::*;

type Row = (u32, u32, u32, u32);

fn lane(rows: &[Row], base: u32, budget: &Budget) -> Lane {
    let (mut lane, mut batch) = (Lane::default(), Batch::default());
    let line = |number: u32| {
        let text = format!("20794600{number:02}");
        LineKey::digits(text.as_bytes()).unwrap()
    };
    for (at, (caller, callee, start_s, duration_s)) in rows.iter().enumerate() {
        batch.push(&CallDraft {
            caller: line(*caller),
            callee: line(*callee),
            start_s: *start_s,
            duration_s: *duration_s,
            outcome: Outcome::Answered,
            row: u32_of(at + 1),
            ..CallDraft::default()
        });
        if at % 7 == 6 {
            lane.take(&mut batch, base, budget).unwrap();
        }
    }
    lane.take(&mut batch, base, budget).unwrap();
    lane
}

fn whole(rows: &[Row]) -> Calls {
    build(vec![lane(rows, 0, &Budget::default())], &Settings::default())
}

fn build(lanes: Vec<Lane>, settings: &Settings) -> Calls {
    Calls::build(lanes, Observed::default(), settings).unwrap()
}

/// Every call made, as text, in the order of the store.
fn told(calls: &Calls) -> Vec<String> {
    let text = |line| calls.names.lines.text(line);
    let mut told = Vec::new();
    for line in 0..u32_of(calls.names.lines.len()) {
        let (part, place) = calls.part_of(line).unwrap();
        assert_eq!(part.place_of(line), Some(place));
        for row in part.made_at(place) {
            let (callee, start_s) = (part.callee[row], part.start_s[row]);
            let duration_s = part.duration_s[row];
            told.push(format!("{} {} {start_s} {duration_s}", text(line), text(callee)));
        }
    }
    told
}

/// Every call received, as text.
fn received(calls: &Calls) -> Vec<String> {
    let mut told = Vec::new();
    for line in 0..u32_of(calls.names.lines.len()) {
        let (part, place) = calls.part_of(line).unwrap();
        for row in part.received_at(place) {
            let inbound = &part.inbound;
            told.push(format!("{line} {} {}", inbound.caller[row], inbound.start_s[row]));
        }
    }
    told
}

#[test]
fn calls_are_grouped_by_line_and_sorted_by_time() {
    let calls = whole(&[(2, 1, 50, 5), (1, 2, 40, 5), (1, 3, 30, 5)]);
    assert_eq!(
        told(&calls),
        ["2079460001 2079460003 30 5", "2079460001 2079460002 40 5", "2079460002 2079460001 50 5"]
    );
    assert_eq!((calls.first_s, calls.last_s), (30, 50));
    assert_eq!(received(&calls), ["0 1 50", "1 0 40", "2 0 30"]);
}

proptest! {
    #[test]
    fn rows_in_are_facts_and_duplicates_in_any_order_and_split(
        rows in prop::collection::vec((0_u32..6, 6_u32..12, 0_u32..40, 0_u32..3), 0..120),
        cut in 0_usize..120,
    ) {
        let all = whole(&rows);
        prop_assert_eq!(all.len() + all.duplicates, rows.len());
        prop_assert_eq!(received(&all).len(), all.len());
        let mut shuffled = rows.clone();
        shuffled.reverse();
        let (left, right) = shuffled.split_at(cut.min(rows.len()));
        let free = Budget::default();
        let split = vec![lane(left, 0, &free), lane(right, 1_000, &free)];
        let split = build(split, &Settings::default());
        prop_assert_eq!(told(&all), told(&split));
        prop_assert_eq!(received(&all), received(&split));
        let keep = Settings { keep_duplicates: true, ..Settings::default() };
        let kept = build(vec![lane(&rows, 0, &free)], &keep);
        prop_assert_eq!((kept.len(), kept.duplicates), (rows.len(), 0));
    }

    #[test]
    fn windows_hold_every_call_in_order_of_time(
        rows in prop::collection::vec((0_u32..6, 6_u32..12, 0_u32..400_000, 0_u32..3), 0..60),
    ) {
        let calls = whole(&rows);
        let mut seen = Vec::new();
        calls.in_time_order(|window| {
            seen.extend(window.iter().map(|call| (call.start_s, call.caller, call.callee)));
            Ok::<_, io::Error>(())
        }).unwrap();
        prop_assert_eq!(seen.len(), calls.len());
        prop_assert!(seen.is_sorted());
    }

    #[test]
    fn what_lies_on_the_shelf_is_the_same(
        rows in prop::collection::vec((0_u32..6, 6_u32..12, 0_u32..40, 0_u32..3), 0..120),
        cut in 0_usize..120,
        words_max in 0_usize..2_000,
    ) {
        let (left, right) = rows.split_at(cut.min(rows.len()));
        let all = whole(&rows);
        let budget = Budget::new(words_max, std::sync::Arc::new(TestShelf::default()));
        let lanes = vec![lane(left, 0, &budget), lane(right, 1_000, &budget)];
        let settings = Settings { budget: budget.clone(), ..Settings::default() };
        let shelved = build(lanes, &settings);
        prop_assert_eq!(told(&all), told(&shelved));
        prop_assert_eq!(received(&all), received(&shelved));
        prop_assert_eq!((all.len(), all.duplicates), (shelved.len(), shelved.duplicates));
    }
}

#[test]
fn rows_of_one_line_that_do_not_fit_into_memory_are_refused() {
    let rows: Vec<Row> = (0..100).map(|at| (1, 2, at, 5)).collect();
    let budget = |together_max: usize| {
        let shelf = std::sync::Arc::new(TestShelf::default());
        Budget::new(50, shelf).with_together_max(together_max)
    };
    let built = |budget: Budget| {
        let lanes = vec![lane(&rows, 0, &budget)];
        Calls::build(lanes, Observed::default(), &Settings { budget, ..Settings::default() })
    };
    let calls = built(budget(2_000)).unwrap();
    assert_eq!(calls.len(), 100);
    let refused = built(budget(600)).unwrap_err();
    let told = refused.get_ref().unwrap().downcast_ref::<crate::TooLarge>();
    assert_eq!(told, Some(&crate::TooLarge { calls: 100 }));
}

#[test]
fn a_busy_day_is_handed_over_in_parts() {
    // Two calls a day for a month, and a day of 300,000.
    let quiet = (0..60).map(|nth| (1, 2, nth * 43_200, 5));
    let busy = (0..300_000).map(|nth| (nth % 6, 7, 864_000 + nth % 86_400, nth % 50));
    let rows: Vec<Row> = quiet.chain(busy).collect();
    let keep = Settings { keep_duplicates: true, ..Settings::default() };
    let calls = build(vec![lane(&rows, 0, &Budget::default())], &keep);
    let (mut windows, mut seen, mut last_s) = (0, 0, 0);
    calls
        .in_time_order(|window| {
            windows += 1;
            seen += window.len();
            assert!(window.iter().all(|call| call.start_s >= last_s));
            last_s = window.last().map_or(last_s, |call| call.start_s);
            Ok::<_, io::Error>(())
        })
        .unwrap();
    assert_eq!((seen, windows), (rows.len(), 2));
}
