use super::*;
use crate::columnar::RowView;
use crate::template::{ColumnRef, Template};
use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BooleanArray, DictionaryArray, Int32Array, Int64Array, RecordBatch, StringViewArray,
    TimestampSecondArray,
};
use facts::CallDraft;
use std::sync::Arc;

fn batch() -> RecordBatch {
    let callers = StringViewArray::from(vec![
        Some("+442079460001"),
        Some("02079460001"),
        None,
        Some("+442079460002"),
        Some("+442079460003"),
    ]);
    let callees = StringViewArray::from(vec![
        Some("+442079460009"),
        Some("+442079460009"),
        Some("+442079460009"),
        Some("+442079460002"),
        Some("+442079460009"),
    ]);
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("caller", Arc::new(callers)),
        ("callee", Arc::new(callees)),
        (
            "start",
            Arc::new(TimestampSecondArray::from(vec![
                1_696_712_645,
                1_696_712_646,
                1_696_712_647,
                1_696_712_648,
                1_696_712_649,
            ])),
        ),
        ("duration", Arc::new(Int32Array::from(vec![83, 5, 6, 7, -1]))),
        ("answered", Arc::new(BooleanArray::from(vec![true, false, true, true, true]))),
        (
            "cell",
            Arc::new(StringViewArray::from(vec![
                Some("001-01-1-1"),
                None,
                Some(""),
                Some("7"),
                Some("8"),
            ])),
        ),
        (
            "imei",
            Arc::new(StringViewArray::from(vec![
                Some("490154203237518"),
                Some("000000000000000"),
                None,
                None,
                None,
            ])),
        ),
    ];
    RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, array)| (name, array, true)),
    )
    .unwrap()
}

/// The other shape: epoch time, outcomes in words, and every other optional column.
fn batch_with_words_and_epoch() -> RecordBatch {
    let texts = |values: [Option<&str>; 5]| -> ArrayRef {
        Arc::new(StringViewArray::from(values.to_vec()))
    };
    let callees = ["1", "2", "3", "4", "5"].map(|end| format!("+44207946000{end}"));
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("caller", texts([Some("+442079460009"); 5])),
        ("callee", texts(callees.each_ref().map(|callee| Some(callee.as_str())))),
        (
            "start",
            Arc::new(Int64Array::from(vec![
                1_696_712_645,
                1_696_712_646,
                1_696,
                1_696_712_648,
                1_696_712_649,
            ])),
        ),
        ("duration", Arc::new(Int64Array::from(vec![83, 0, 6, 7, 0]))),
        (
            "outcome",
            texts([Some("ANSWERED"), Some("vacant"), Some("busy"), None, Some("no such word")]),
        ),
        ("cell", texts([Some("001-01-1-1"), Some("12"), None, None, Some("")])),
        ("imei", texts([Some("490154203237518"), None, None, None, Some("0")])),
        (
            "imsi",
            texts([
                Some("001011234567890"),
                Some(" 001011234567890 "),
                None,
                Some("sim-a"),
                Some("sim-a"),
            ]),
        ),
        ("route", texts([Some("trunk-1"), Some("7"), None, None, Some("trunk-1")])),
        ("attestation", texts([Some("A"), None, Some("B"), Some("C"), Some("?")])),
    ];
    RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, array)| (name, array, true)),
    )
    .unwrap()
}

/// Reads every row both ways, where it may be read fast, and gives which were.
fn both_ways(roles: &[Role], batch: &RecordBatch) -> Vec<usize> {
    let columns = roles.iter().zip(1..).map(|(role, at)| (*role, ColumnRef::Position(at)));
    let template = Template {
        zone: Some("Europe/London".to_owned()),
        moments: vec!["%s".to_owned()],
        columns: columns.collect(),
        ..Template::default()
    };
    let present: Vec<String> = (1..=roles.len()).map(|column| format!("column {column}")).collect();
    let plan = Plan::new(&template, &present, "").unwrap();
    let view = BatchView::of(batch);
    let regular = Regular::of(&plan, &view).unwrap();
    together(&plan, &regular, &view);
    let fast = |row: &usize| {
        let row = *row;
        let (mut quick, mut slow) = (RowReader::new(plan.clone()), RowReader::new(plan.clone()));
        let mut names = [Dictionaries::default(), Dictionaries::default()];
        let slowly = slow.read(&RowView { batch: &view, row }, &mut names[0]);
        let mut plain = PlainRows::default();
        regular.read(row..row + 1, 0, &mut quick, &mut names[1], &mut plain);
        if plain.odd == [true] {
            let both = slow.observed.or(quick.observed);
            assert_eq!(both, slow.observed, "row {row}: nothing is seen in what was not read");
            return false;
        }
        assert_eq!(quick.observed, slow.observed, "row {row}");
        let mut expected = Batch::default();
        let number = u32::try_from(row + 1).unwrap();
        expected.push(&CallDraft { row: number, ..slowly.unwrap() });
        let mut found = Batch::default();
        found.append(&plain.batch, 0..1);
        assert_eq!(found, expected, "row {row}");
        true
    };
    (0..batch.num_rows()).filter(fast).collect()
}

/// All rows read at once are what they are one by one: only the numbers given to their words may differ.
fn together(plan: &Plan, regular: &Regular<'_>, view: &BatchView<'_>) {
    let mut reader = RowReader::new(plan.clone());
    let (mut names, mut all) = (Dictionaries::default(), PlainRows::default());
    regular.read(0..view.rows, 7, &mut reader, &mut names, &mut all);
    let (mut one_by_one, mut odd) = (Batch::default(), Vec::new());
    for row in 0..view.rows {
        let mut one = PlainRows::default();
        regular.read(row..row + 1, 7, &mut reader, &mut names, &mut one);
        one_by_one.append(&one.batch, 0..1);
        odd.extend(one.odd);
    }
    assert_eq!(all.odd, odd);
    for run in all.runs() {
        let Run::Plain(rows) = run else { continue };
        let (mut found, mut expected) = (Batch::default(), Batch::default());
        for row in rows {
            found.append(&all.batch, row..row + 1);
            expected.append(&one_by_one, row..row + 1);
        }
        assert_eq!(found, expected);
    }
}

#[test]
fn what_is_read_fast_is_what_is_read_slowly() {
    let roles = [
        Role::Caller,
        Role::Callee,
        Role::Start,
        Role::Duration,
        Role::Outcome,
        Role::CallerCell,
        Role::CallerImei,
    ];
    for batch in [batch(), with_words(&batch())] {
        assert_eq!(both_ways(&roles, &batch), [0], "the others are odd, one way each");
    }
    let rest = [Role::CallerImsi, Role::Route, Role::Attestation];
    for sides in [[Role::Cell, Role::Imei], [Role::CalleeCell, Role::CalleeImei]] {
        let roles = [&roles[..5], &sides[..], &rest[..]].concat();
        let batch = batch_with_words_and_epoch();
        for batch in [&batch, &with_words(&batch)] {
            assert_eq!(both_ways(&roles, batch), [0, 1, 4], "no such moment, no outcome");
        }
    }
}

#[test]
fn a_shape_that_is_not_common_is_left_alone() {
    let batch = batch_with_words_and_epoch();
    let view = BatchView::of(&batch);
    let plan = |roles: &[Role]| {
        let columns = roles.iter().zip(1..).map(|(role, at)| (*role, ColumnRef::Position(at)));
        let template = Template {
            moments: vec!["%s".to_owned()],
            columns: columns.collect(),
            ..Template::default()
        };
        let present: Vec<String> = (1..=10).map(|column| column.to_string()).collect();
        Plan::new(&template, &present, "").unwrap()
    };
    let first = [Role::Caller, Role::Callee, Role::Start, Role::Duration];
    assert!(Regular::of(&plan(&first), &view).is_some());
    let with = |more: &[Role]| plan(&[&first[..], more].concat());
    assert!(Regular::of(&with(&[Role::Direction]), &view).is_none());
    assert!(Regular::of(&with(&[Role::Cell, Role::CallerCell]), &view).is_none(), "which of them?");
    let mut minutes = with(&[]);
    minutes.duration_unit = Unit::Minutes;
    assert!(Regular::of(&minutes, &view).is_none());
}

/// The same rows with all of their texts as indexes into words.
fn with_words(batch: &RecordBatch) -> RecordBatch {
    let mut columns = batch.columns().to_vec();
    for column in &mut columns {
        let Some(texts) = column.as_string_view_opt() else { continue };
        let words: DictionaryArray<Int32Type> = texts.iter().collect();
        *column = Arc::new(words);
    }
    let named = columns.into_iter().enumerate();
    let named = named.map(|(at, column)| (format!("column {at}"), column, true));
    RecordBatch::try_from_iter_with_nullable(named).unwrap()
}

#[test]
fn runs_part_plain_rows_from_odd_ones() {
    let rows = PlainRows { odd: vec![false, false, true, false], ..PlainRows::default() };
    let told: Vec<(bool, Range<usize>)> = rows
        .runs()
        .map(|run| match run {
            Run::Plain(rows) => (true, rows),
            Run::Odd(rows) => (false, rows),
        })
        .collect();
    assert_eq!(told, [(true, 0..2), (false, 2..3), (true, 3..4)]);
}
