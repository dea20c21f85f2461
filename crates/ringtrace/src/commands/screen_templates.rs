//! `ringtrace screen templates`: texts that say the same with other names and amounts, as one thing.

use crate::labelled::{ColumnArgs, texts};
use crate::page::grouped;
use crate::printer::Printer;
use clap::Args;
use domain::mask::Sight;
use feeds::texts::TextItem;
use screen::template::{Part, Place, Templates, template_of};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Group texts that say the same with other names, numbers and amounts: wordings, and templates with their slots
///
/// Example: ringtrace screen templates labelled.csv
#[derive(Args, Debug)]
pub(crate) struct TemplatesArgs {
    /// Files of texts
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Print the machine's form: the wording and template of each text, and each template's words
    #[arg(long)]
    json: bool,
    /// Show whole numbers, accounts and names
    #[arg(long)]
    reveal: bool,
    /// Fewest texts of a template that is shown
    #[arg(long, value_name = "N", default_value_t = 2)]
    least: usize,
    #[command(flatten)]
    columns: ColumnArgs,
}

#[derive(Serialize)]
struct Report {
    version: &'static str,
    texts: Vec<Placed>,
    templates: Vec<TemplateReport>,
}

/// A text and where it belongs.
type Member = (Place, TextItem);

/// Where a text belongs.
#[derive(Serialize)]
struct Placed {
    file: String,
    row: u64,
    /// Texts of one wording are copies of each other but for numbers and cut ends.
    wording: Option<usize>,
    /// Texts of one template share most words, and differ in its slots.
    template: Option<usize>,
}

#[derive(Serialize)]
struct TemplateReport {
    template: usize,
    texts: usize,
    wordings: usize,
    /// Words that stand in all, and `null` for a slot.
    parts: Vec<Option<String>>,
}

/// Runs the command.
pub(crate) fn run(args: &TemplatesArgs, printer: &Printer) -> anyhow::Result<u8> {
    let sight = if args.reveal { Sight::Revealed } else { Sight::Masked };
    let mut templates = Templates::default();
    let mut placed: Vec<Placed> = Vec::new();
    let mut members: BTreeMap<usize, Vec<Member>> = BTreeMap::new();
    for path in &args.paths {
        let file = sight.show_free(&path.display().to_string());
        for item in texts(path, &args.columns.columns())?.items {
            let place = templates.add(&item.text());
            placed.push(Placed {
                file: file.clone(),
                row: item.row,
                wording: place.map(|place| place.wording),
                template: place.map(|place| place.template),
            });
            if let Some(place) = place {
                members.entry(place.template).or_default().push((place, item));
            }
        }
    }
    let mut found: Vec<TemplateReport> = members
        .iter()
        .filter(|(_, members)| members.len() >= args.least)
        .map(|(template, members)| told(*template, members, sight))
        .collect();
    found.sort_by(|a, b| b.texts.cmp(&a.texts).then(a.template.cmp(&b.template)));
    if args.json {
        printer.json(&Report { version: "1", texts: placed, templates: found })?;
    } else {
        printer.out(page(placed.len(), &found).trim_end())?;
    }
    Ok(0)
}

/// Texts that a template's words are taken from.
const READ_MAX: usize = 60;

fn told(template: usize, members: &[Member], sight: Sight) -> TemplateReport {
    let mut wordings: Vec<usize> = members.iter().map(|(place, _)| place.wording).collect();
    wordings.sort_unstable();
    wordings.dedup();
    let texts: Vec<String> = members.iter().take(READ_MAX).map(|(_, item)| item.text()).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let part = |part: Part| match part {
        Part::Fixed(words) => Some(sight.show_free(&words)),
        Part::Slot => None,
    };
    TemplateReport {
        template,
        texts: members.len(),
        wordings: wordings.len(),
        parts: template_of(&texts).into_iter().map(part).collect(),
    }
}

fn page(all: usize, found: &[TemplateReport]) -> String {
    let mut page = format!("{} texts, {} templates of several texts\n", grouped(all), found.len());
    for template in found {
        let words: Vec<&str> =
            template.parts.iter().map(|part| part.as_deref().unwrap_or("[…]")).collect();
        // Writing to a String cannot fail.
        let _written = writeln!(
            page,
            "\ntemplate {}: {} texts in {} wordings\n  {}",
            template.template,
            template.texts,
            template.wordings,
            words.join(" ")
        );
    }
    page
}
