use super::*;
use crate::chunk::{CallDraft, ChunkBuilder};
use crate::shelf::tests::TestShelf;
use domain::num::u32_of;
use domain::{LineKey, Outcome};
use proptest::prelude::*;

type Row = (u32, u32, u32, u32);

fn chunk(rows: &[Row], file: u32) -> (Dictionaries, Chunks) {
    let mut dictionaries = Dictionaries::default();
    let mut builder = ChunkBuilder::with_capacity(file, rows.len());
    let line = |number: u32| {
        let text = format!("20794600{number:02}");
        LineKey::digits(text.as_bytes()).unwrap()
    };
    for (at, (caller, callee, start_s, duration_s)) in rows.iter().enumerate() {
        builder.push(&CallDraft {
            caller: line(*caller),
            callee: line(*callee),
            start_s: *start_s,
            duration_s: *duration_s,
            outcome: Outcome::Answered,
            row: u32_of(at + 1),
            ..CallDraft::default()
        });
    }
    let mut chunks = Chunks::default();
    chunks.push(builder.finish(&mut dictionaries), &Budget::default()).unwrap();
    (dictionaries, chunks)
}

fn build(
    readers: Vec<(Dictionaries, Chunks)>,
    file_base: &[u32],
    settings: &Settings,
) -> Calls {
    Calls::build(readers, file_base, Observed::default(), settings).unwrap()
}

/// Every call made, as text, in the order of the store.
fn told(calls: &Calls) -> Vec<String> {
    let text = |line| calls.names.lines.text(line);
    let mut told = Vec::new();
    for part in (0..calls.part_count()).map(|at| calls.part(at).unwrap()) {
        for line in part.lines() {
            for row in part.made_by(line) {
                let (callee, start_s) = (part.callee[row], part.start_s[row]);
                told.push(format!(
                    "{} {} {start_s} {}",
                    text(line),
                    text(callee),
                    part.duration_s[row]
                ));
            }
        }
    }
    told
}

fn received(calls: &Calls) -> usize {
    let of = |part: &CallPart| part.lines().map(|line| part.received_by(line).len()).sum::<usize>();
    calls.map_parts(of).unwrap().into_iter().sum()
}

#[test]
fn calls_are_grouped_by_line_and_sorted_by_time() {
    let rows = [(2, 1, 50, 5), (1, 2, 40, 5), (1, 3, 30, 5)];
    let calls = build(vec![chunk(&rows, 0)], &[0], &Settings::default());
    assert_eq!(
        told(&calls),
        ["2079460001 2079460003 30 5", "2079460001 2079460002 40 5", "2079460002 2079460001 50 5"]
    );
    assert_eq!((calls.first_s, calls.last_s), (30, 50));
    assert_eq!(received(&calls), 3);
}

proptest! {
    #[test]
    fn rows_in_are_facts_and_duplicates_in_any_order_and_split(
        rows in prop::collection::vec((0_u32..6, 6_u32..12, 0_u32..40, 0_u32..3), 0..120),
        cut in 0_usize..120,
    ) {
        let whole = build(vec![chunk(&rows, 0)], &[0], &Settings::default());
        prop_assert_eq!(whole.len() + whole.duplicates, rows.len());
        prop_assert_eq!(received(&whole), whole.len());
        let mut shuffled = rows.clone();
        shuffled.reverse();
        let (left, right) = shuffled.split_at(cut.min(rows.len()));
        let split = vec![chunk(left, 0), chunk(right, 1)];
        let split = build(split, &[0, 1_000], &Settings::default());
        prop_assert_eq!(told(&whole), told(&split));
        let keep = Settings { keep_duplicates: true, ..Settings::default() };
        let kept = build(vec![chunk(&rows, 0)], &[0], &keep);
        prop_assert_eq!(kept.len(), rows.len());
        prop_assert_eq!(kept.duplicates, 0);
    }
    #[test]
    fn what_lies_on_the_shelf_is_the_same(
        rows in prop::collection::vec((0_u32..6, 6_u32..12, 0_u32..40, 0_u32..3), 0..120),
        cut in 0_usize..120,
        words_max in 0_usize..2_000,
    ) {
        let (left, right) = rows.split_at(cut.min(rows.len()));
        let whole = build(vec![chunk(left, 0), chunk(right, 1)], &[0, 1_000], &Settings::default());
        let budget = Budget::new(words_max, std::sync::Arc::new(TestShelf::default()));
        let shelved = |rows: &[Row], file| {
            let (names, chunks) = chunk(rows, file);
            let mut own = Chunks::default();
            for (_, kept) in chunks.chunks {
                own.push(Budget::default().take(kept).unwrap(), &budget).unwrap();
            }
            (names, own)
        };
        let readers = vec![shelved(left, 0), shelved(right, 1)];
        let settings = Settings { budget: budget.clone(), ..Settings::default() };
        let shelved = build(readers, &[0, 1_000], &settings);
        prop_assert_eq!(told(&whole), told(&shelved));
        prop_assert_eq!(received(&whole), received(&shelved));
        prop_assert_eq!((whole.len(), whole.duplicates), (shelved.len(), shelved.duplicates));
    }
}
