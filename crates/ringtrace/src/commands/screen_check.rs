//! `ringtrace screen check`: a bare number, account, wallet or link.

use crate::failure::Failure;
use crate::printer::Printer;
use crate::screener::{of_file, regions};
use clap::Args;
use domain::mask::Sight;
use screen::check::{Arrival, Checked, Lists, check};
use screen::identifier::{Kind, Numbers};
use serde::Serialize;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Check a number, account, wallet or link: what it is, whether it can be, what your lists say
///
/// Example: ringtrace screen check +442079460123
#[derive(Args, Debug)]
pub(crate) struct CheckArgs {
    /// Numbers, accounts, wallets or links
    #[arg(required = true)]
    items: Vec<String>,
    /// Country of numbers that name none, and of the called network (ISO 3166, as in MY)
    #[arg(long, value_name = "COUNTRY")]
    country: Option<String>,
    /// The call came over a foreign route: a local number on it is shown falsely, or roams
    #[arg(long, requires = "country")]
    from_abroad: bool,
    /// File of numbers that never call, one a line (do not originate)
    #[arg(long, value_name = "FILE")]
    never_call: Option<PathBuf>,
    /// File of numbers that their owners publish, one a line
    #[arg(long, value_name = "FILE")]
    published: Option<PathBuf>,
    /// Print the machine's form
    #[arg(long)]
    json: bool,
    /// Show whole numbers and accounts
    #[arg(long)]
    reveal: bool,
}

#[derive(Serialize)]
struct Report {
    version: &'static str,
    checked: Vec<CheckedReport>,
}

#[derive(Serialize)]
struct CheckedReport {
    kind: Option<&'static str>,
    value: String,
    country: Option<String>,
    line: Option<&'static str>,
    findings: Vec<Finding>,
}

#[derive(Serialize)]
struct Finding {
    weight: &'static str,
    statement: String,
}

/// Runs the command.
pub(crate) fn run(args: &CheckArgs, printer: &Printer) -> anyhow::Result<u8> {
    let countries = regions(args.country.as_slice())?;
    let arrival = Arrival { home: countries.first().copied(), from_abroad: args.from_abroad };
    let numbers = Numbers { countries };
    let lists = Lists {
        never_call: listed(args.never_call.as_deref(), &numbers)?,
        published: listed(args.published.as_deref(), &numbers)?,
    };
    let sight = if args.reveal { Sight::Revealed } else { Sight::Masked };
    let checked: Vec<CheckedReport> = args
        .items
        .iter()
        .map(|item| report(check(item, &numbers, &arrival, &lists), sight))
        .collect();
    if args.json {
        printer.json(&Report { version: "1", checked })?;
    } else {
        printer.out(page(&checked).trim_end())?;
    }
    Ok(0)
}

/// Numbers of a list, in their normal form. A line that is no number is told: a list that is silently short is worse than none.
fn listed(path: Option<&Path>, numbers: &Numbers) -> anyhow::Result<Vec<String>> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let text = std::fs::read_to_string(path).map_err(|error| of_file(path, &error))?;
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    lines
        .map(|(at, line)| {
            let checked = check(line, numbers, &Arrival::default(), &Lists::default());
            if checked.kind == Some(Kind::Phone) {
                return Ok(checked.value);
            }
            let sentence = format!("{} row {}: this is no number", path.display(), at + 1);
            Err(Failure::new(sentence, "write numbers with + and country, or give --country")
                .into())
        })
        .collect()
}

fn report(checked: Checked, sight: Sight) -> CheckedReport {
    let value = match checked.kind {
        Some(Kind::Link | Kind::Wallet) => checked.value,
        _ => sight.show(checked.value).into_owned(),
    };
    let finding = |(weight, statement): (screen::check::Weight, String)| Finding {
        weight: weight.code(),
        statement,
    };
    CheckedReport {
        kind: checked.kind.map(Kind::code),
        value,
        country: checked.country,
        line: checked.line,
        findings: checked.findings.into_iter().map(finding).collect(),
    }
}

fn page(checked: &[CheckedReport]) -> String {
    let mut page = String::new();
    for one in checked {
        let about: Vec<&str> = one.line.into_iter().chain(one.country.as_deref()).collect();
        let about =
            if about.is_empty() { String::new() } else { format!(" ({})", about.join(", ")) };
        // Writing to a String cannot fail.
        let _written = writeln!(page, "{}: {}{about}", one.kind.unwrap_or("unknown"), one.value);
        for finding in &one.findings {
            let _written = writeln!(page, "  {}: {}", finding.weight, finding.statement);
        }
        if one.findings.is_empty() {
            let _written =
                writeln!(page, "  nothing speaks against it; that is no proof of who calls");
        }
    }
    page
}
