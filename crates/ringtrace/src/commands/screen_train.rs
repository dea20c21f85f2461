//! `ringtrace screen train`: a model of one's own, or the shipped one anew.

use crate::failure::Failure;
use crate::labelled::{ColumnArgs, labelled, own_texts, texts};
use crate::page::grouped;
use crate::printer::Printer;
use crate::whole_file;
use clap::Args;
use feeds::texts::TextColumns;
use screen::model::Model;
use screen::model::SHIPPED;
use screen::own;
use screen::recipe::{Labelled, Source, train_model};
use std::path::{Path, PathBuf};

/// Learn your own labels, or make the shipped model anew from its named sources
///
/// Example: ringtrace screen train labelled.csv --out own.model
#[derive(Args, Debug)]
pub(crate) struct TrainArgs {
    /// Files of labelled texts
    #[arg(required_unless_present = "shipped")]
    paths: Vec<PathBuf>,
    /// Where the model is written
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Make the shipped model anew: from the grammar and texts of the program, and the public sets in this folder
    #[arg(long, value_name = "DIR", conflicts_with = "paths")]
    shipped: Option<PathBuf>,
    #[command(flatten)]
    columns: ColumnArgs,
}

/// Runs the command.
pub(crate) fn run(args: &TrainArgs, printer: &Printer) -> anyhow::Result<u8> {
    let model = match &args.shipped {
        Some(folder) => made_anew(folder, printer)?,
        None => learnt(args, printer)?,
    };
    whole_file::write(&args.out, &model.to_bytes())?;
    printer.out(&format!("{}: {} bytes", args.out.display(), grouped(model.to_bytes().len())))?;
    Ok(0)
}

fn learnt(args: &TrainArgs, printer: &Printer) -> anyhow::Result<Model> {
    let (items, without) = labelled(&args.paths, &args.columns)?;
    let texts = own_texts(&items, args.columns.are_calls());
    let mut model = Model::shipped()?;
    let head = own::learn(&model, &texts).map_err(|error| {
        Failure::new(error.to_string(), "check the column of labels with --label")
    })?;
    printer.out(&format!(
        "learnt {} from {} texts{}",
        head.classes.join(", "),
        grouped(items.len()),
        if without == 0 {
            String::new()
        } else {
            format!("; {without} rows have no text or no label")
        }
    ))?;
    model.heads.retain(|head| head.name != own::HEAD);
    model.heads.push(head);
    Ok(model)
}

/// The public sets of the shipped model, by the names that their folders have, and what their labels mean.
const SETS: [(&str, Source, Option<&str>, Option<&str>); 4] = [
    ("sms/uci_sms_spam.csv", Source::Uci, Some("text"), Some("label")),
    ("thai_sms/sms.csv", Source::Thai, Some("text"), Some("label")),
    ("robocalls/transcripts.csv", Source::Robocalls, Some("transcript"), None),
    ("teleantifraud/dialogues.jsonl.gz", Source::TeleAntiFraud, None, Some("fraud_type")),
];

fn made_anew(folder: &Path, printer: &Printer) -> anyhow::Result<Model> {
    let mut all = Vec::new();
    for (name, source, text, label) in SETS {
        let path = folder.join(name);
        let columns = TextColumns {
            text: text.map(str::to_owned),
            label: label.map(str::to_owned),
            ..TextColumns::default()
        };
        let read = texts(&path, &columns)?;
        printer.say(&format!("{name}: {} texts", grouped(read.items.len())));
        all.extend(read.items.iter().map(|item| Labelled {
            source,
            text: item.text(),
            label: item.label.clone().unwrap_or_default(),
        }));
    }
    let model = train_model(&all);
    let same = model.to_bytes() == SHIPPED;
    printer.say(if same { "byte for byte the shipped model" } else { "not the shipped model" });
    Ok(model)
}
