//! `ringtrace screen test`: how right a model is on labelled texts.

use crate::failure::Failure;
use crate::labelled::{ColumnArgs, labelled, own_texts, said_after};
use crate::printer::Printer;
use crate::screener::screener;
use clap::Args;
use feeds::texts::TextItem;
use screen::identifier::Numbers;
use screen::model::Model;
use screen::own;
use screen::recipe::{group, group_named};
use screen::screening::Screener;
use serde::Serialize;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Test a model on labelled texts: right ones, macro-F1, and recall at few false leads
///
/// Example: ringtrace screen test labelled.csv --folds 3
#[derive(Args, Debug)]
pub(crate) struct TestArgs {
    /// Files of labelled texts that the model has not seen
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// A model of your own; the shipped one where absent
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Learn the labels anew without each part, and test on that part: groups stay together
    #[arg(long, value_name = "PARTS", conflicts_with = "model", value_parser = clap::value_parser!(u64).range(2..=20))]
    folds: Option<u64>,
    /// What was said in the first so many seconds of a call
    #[arg(long, value_name = "SECONDS")]
    after: Option<f64>,
    /// The label of scams, for recall at few false leads: the shipped model's probability is tested against it
    #[arg(long, value_name = "LABEL")]
    scam: Option<String>,
    /// Print the machine's form
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    columns: ColumnArgs,
}

/// A text's true label and what was said of it.
struct Tested {
    truth: String,
    said: String,
    probability: f32,
}

#[derive(Serialize)]
struct Report {
    version: &'static str,
    texts: usize,
    right: f64,
    macro_f1: f64,
    classes: Vec<ClassReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recall: Option<RecallReport>,
}

#[derive(Serialize)]
struct ClassReport {
    label: String,
    texts: usize,
    precision: f64,
    recall: f64,
    f1: f64,
}

#[derive(Serialize)]
struct RecallReport {
    at_1_percent: f64,
    at_0_1_percent: f64,
    leads_of_scams: f64,
    leads_of_others: f64,
}

/// Runs the command.
pub(crate) fn run(args: &TestArgs, printer: &Printer) -> anyhow::Result<u8> {
    let (items, _) = labelled(&args.paths, &args.columns)?;
    let base = screener(args.model.as_deref(), &[])?;
    let tested = match (args.folds, &args.scam) {
        (Some(folds), _) => in_folds(&base, &items, folds, args)?,
        (None, Some(scam)) => {
            items.iter().map(|item| as_scam(&base, item, scam, args.after)).collect()
        }
        (None, None) => by_model(&base, &items, args)?,
    };
    let report = judged(&tested, args.scam.as_deref());
    if args.json {
        printer.json(&report)?;
    } else {
        printer.out(page(&report).trim_end())?;
    }
    Ok(0)
}

/// What the shipped head says: a lead or not.
fn as_scam(screener: &Screener, item: &TextItem, scam: &str, after: Option<f64>) -> Tested {
    let (probability, _) = screener.probability(&said_after(item, after));
    let is_lead = screener.verdict(probability).code() == "lead";
    Tested {
        truth: if truth(item) == scam { scam.to_owned() } else { "other".to_owned() },
        said: if is_lead { scam.to_owned() } else { "other".to_owned() },
        probability: probability.unwrap_or(0.0),
    }
}

fn truth(item: &TextItem) -> String {
    item.label.clone().unwrap_or_default().trim().to_owned()
}

fn by_model(
    screener: &Screener,
    items: &[TextItem],
    args: &TestArgs,
) -> anyhow::Result<Vec<Tested>> {
    if screener.model().head(own::HEAD).is_none() {
        let hint = "give --model with one made by `screen train`, --folds to learn and test here, or --scam to test the shipped model";
        return Err(Failure::new("the shipped model knows no labels of your own", hint).into());
    }
    Ok(items.iter().map(|item| labelled_by(screener, item, args.after)).collect())
}

fn labelled_by(screener: &Screener, item: &TextItem, after: Option<f64>) -> Tested {
    let labels = screener.screen(&said_after(item, after)).labels;
    let (said, probability) = labels.into_iter().next().unwrap_or_default();
    Tested { truth: truth(item), said, probability }
}

/// Each part tested by a head that has not seen it.
fn in_folds(
    base: &Screener,
    items: &[TextItem],
    folds: u64,
    args: &TestArgs,
) -> anyhow::Result<Vec<Tested>> {
    let fold = |item: &TextItem| {
        let group = match &item.group {
            Some(name) => group_named(name),
            None => group(screen::fold::Folded::of(&item.text()).text()),
        };
        (group >> 8) % folds
    };
    let mut tested = Vec::new();
    for part in 0..folds {
        let (inside, outside): (Vec<TextItem>, Vec<TextItem>) =
            items.iter().cloned().partition(|item| fold(item) == part);
        let texts = own_texts(&outside, args.columns.are_calls());
        let head = own::learn(base.model(), &texts)
            .map_err(|error| Failure::new(error.to_string(), "give more texts, or fewer folds"))?;
        let mut model: Model = base.model().clone();
        model.heads.push(head);
        let screener = Screener::new(model, Numbers::default());
        tested.extend(inside.iter().map(|item| labelled_by(&screener, item, args.after)));
    }
    Ok(tested)
}

fn judged(tested: &[Tested], scam: Option<&str>) -> Report {
    let mut labels: Vec<&str> = tested.iter().map(|one| one.truth.as_str()).collect();
    labels.sort_unstable();
    labels.dedup();
    let count = |test: &dyn Fn(&Tested) -> bool| tested.iter().filter(|one| test(one)).count();
    let share = |part: usize, whole: usize| domain::num::share(part, whole).unwrap_or(0.0);
    let classes: Vec<ClassReport> = labels
        .iter()
        .map(|label| {
            let hit = count(&|one| one.truth == *label && one.said == *label);
            let (true_ones, said) =
                (count(&|one| one.truth == *label), count(&|one| one.said == *label));
            ClassReport {
                label: (*label).to_owned(),
                texts: true_ones,
                precision: share(hit, said),
                recall: share(hit, true_ones),
                f1: share(2 * hit, true_ones + said),
            }
        })
        .collect();
    Report {
        version: "1",
        texts: tested.len(),
        right: share(count(&|one| one.truth == one.said), tested.len()),
        macro_f1: classes.iter().map(|class| class.f1).sum::<f64>() / classes.len().max(1) as f64,
        recall: scam.map(|scam| recall(tested, scam)),
        classes,
    }
}

/// Recall where so many of the others are above the mark.
fn recall(tested: &[Tested], scam: &str) -> RecallReport {
    let mut others: Vec<f32> =
        tested.iter().filter(|one| one.truth != scam).map(|one| one.probability).collect();
    others.sort_by(|a, b| b.total_cmp(a));
    let scams: Vec<&Tested> = tested.iter().filter(|one| one.truth == scam).collect();
    let at = |share: f64| {
        let allowed = domain::num::round_u32((share * others.len() as f64).floor()) as usize;
        let mark = others.get(allowed).copied().unwrap_or(-1.0);
        let found = scams.iter().filter(|one| one.probability > mark).count();
        domain::num::share(found, scams.len()).unwrap_or(0.0)
    };
    let leads = |of_scams: bool| {
        let all: Vec<&Tested> =
            tested.iter().filter(|one| (one.truth == scam) == of_scams).collect();
        domain::num::share(all.iter().filter(|one| one.said == scam).count(), all.len())
            .unwrap_or(0.0)
    };
    RecallReport {
        at_1_percent: at(0.01),
        at_0_1_percent: at(0.001),
        leads_of_scams: leads(true),
        leads_of_others: leads(false),
    }
}

fn page(report: &Report) -> String {
    let mut page = format!(
        "{} texts, {:.2} % right, macro-F1 {:.4}\n",
        report.texts,
        report.right * 100.0,
        report.macro_f1
    );
    for class in &report.classes {
        // Writing to a String cannot fail.
        let _written = writeln!(
            page,
            "  {:24} {:6} texts  precision {:.3}  recall {:.3}  F1 {:.3}",
            class.label, class.texts, class.precision, class.recall, class.f1
        );
    }
    if let Some(recall) = &report.recall {
        let _written = writeln!(
            page,
            "recall {:.3} at 1 % false, {:.3} at 0.1 %; leads: {:.1} % of scams, {:.1} % of others",
            recall.at_1_percent,
            recall.at_0_1_percent,
            recall.leads_of_scams * 100.0,
            recall.leads_of_others * 100.0
        );
    }
    page
}
