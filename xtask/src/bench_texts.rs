//! Times screening and the usual stacks for short texts in turn, on one core, and prints the ratio.

use anyhow::{Context as _, bail};
use clap::Args;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// How to time.
#[derive(Args)]
pub(crate) struct BenchTextsArgs {
    /// Labelled messages, `label TAB text` a line (as the UCI SMS Spam Collection is told)
    #[arg(long)]
    data: PathBuf,
    /// Folder with the peers' script `text/text_stack.py`
    #[arg(long)]
    peers: PathBuf,
    /// Python that has the peers installed
    #[arg(long, default_value = "python3")]
    python: PathBuf,
    /// Peers to time: `tfidf_lr`, `tfidf_char_lr`, `fasttext`, `minilm_lr`
    #[arg(long, value_delimiter = ',', default_value = "tfidf_char_lr,tfidf_lr,fasttext")]
    models: Vec<String>,
}

/// How often the messages are told to ours: the peers' script does so four times.
const TIMES: usize = 8;
/// Starts of the process that are timed.
const STARTS: usize = 21;

/// Runs the benchmark.
pub(crate) fn run(root: &Path, args: &BenchTextsArgs) -> anyhow::Result<()> {
    let binary = root.join("target").join("release").join("ringtrace");
    let latency = root.join("target").join("release").join("examples").join("latency");
    if !binary.exists() || !latency.exists() {
        bail!(
            "build first: cargo build --release && cargo build --release -p screen --example latency"
        );
    }
    let scratch = std::env::temp_dir().join("ringtrace-bench-texts");
    std::fs::create_dir_all(scratch.join("results"))?;
    let text =
        std::fs::read_to_string(&args.data).with_context(|| args.data.display().to_string())?;
    let messages: Vec<&str> =
        text.lines().filter_map(|line| line.split_once('\t')).map(|(_, text)| text).collect();
    let (one, all) = (scratch.join("one.txt"), scratch.join("messages.csv"));
    std::fs::write(&one, messages.first().context("no messages")?)?;
    std::fs::write(&all, table(&messages))?;
    for model in &args.models {
        let script = args.peers.join("text").join("text_stack.py");
        let mut peer = Command::new("taskset");
        peer.args(["-c", "0"])
            .arg(&args.python)
            .arg(script)
            .arg("--data")
            .arg(&args.data)
            .args(["--model", model, "--seeds", "1"]);
        let told = said(peer.current_dir(&scratch))?;
        let theirs = batch(&told).with_context(|| format!("no speed in “{told}”"))?;
        let ours = throughput(&binary, &all, messages.len() * TIMES)?;
        say(&format!(
            "{}\n  ringtrace screen --lines brief, the whole process: {ours:.0} messages a CPU second, {:.1}x",
            told.trim(),
            ours / theirs
        ));
    }
    say(&said(Command::new("taskset").args(["-c", "0"]).arg(&latency).arg(&args.data))?);
    say(&starts(&binary, &one)?);
    Ok(())
}

/// The messages as a table of one column, several times over.
fn table(messages: &[&str]) -> String {
    let mut table = String::from("text\n");
    for message in messages.iter().cycle().take(messages.len() * TIMES) {
        // Writing to a String cannot fail.
        let _written = writeln!(table, "\"{}\"", message.replace('"', "\"\""));
    }
    table
}

/// What the peers' script says: `batch=5610 msg/s`.
fn batch(told: &str) -> Option<f64> {
    told.split_once("batch=")?.1.split_whitespace().next()?.parse().ok()
}

/// Messages a CPU second, start and reading included.
fn throughput(binary: &Path, all: &Path, count: usize) -> anyhow::Result<f64> {
    let told = all.with_extension("time");
    let mut ours = Command::new("/usr/bin/time");
    ours.args(["-f", "%U %S", "-o"]).arg(&told).args(["taskset", "-c", "0"]).arg(binary);
    said(ours.args(["screen", "--threads", "1", "--lines", "brief"]).arg(all))?;
    let times = std::fs::read_to_string(&told)?;
    let cpu_s: f64 = times.split_whitespace().filter_map(|number| number.parse::<f64>().ok()).sum();
    Ok(count as f64 / cpu_s.max(0.01))
}

/// From start to answer, for one message.
fn starts(binary: &Path, one: &Path) -> anyhow::Result<String> {
    let mut walls = Vec::new();
    for _ in 0..STARTS {
        let begin = Instant::now();
        said(Command::new(binary).arg("screen").arg(one))?;
        walls.push(begin.elapsed().as_secs_f64() * 1000.0);
    }
    walls.sort_by(f64::total_cmp);
    Ok(format!(
        "start to answer of one message: median {:.0} ms, worst {:.0} ms of {STARTS}",
        walls[STARTS / 2],
        walls[STARTS - 1]
    ))
}

fn said(command: &mut Command) -> anyhow::Result<String> {
    let output =
        command.output().context("taskset and time are needed (Debian: util-linux, time)")?;
    if !output.status.success() {
        bail!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[expect(clippy::print_stdout, reason = "a benchmark prints")]
fn say(text: &str) {
    println!("{text}");
}
