//! Times ringtrace and the peers in turn on the same file, whole processes, and prints the ratio.

use anyhow::{Context as _, bail};
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// How to time.
#[derive(Args)]
pub(crate) struct BenchArgs {
    /// Calls with the columns of `ringtrace drill make`: a Parquet or CSV file
    #[arg(long)]
    data: PathBuf,
    /// Folder with the peers' scripts (`features/feat_duckdb.py` …)
    #[arg(long)]
    peers: PathBuf,
    /// Python that has the peers installed
    #[arg(long, default_value = "python3")]
    python: PathBuf,
    /// Runs of each
    #[arg(long, default_value_t = 3)]
    runs: usize,
}

/// Features that the peers compute too.
const SHARED: &str = "calls,callees,answer_rate,duration_mean_s,duration_median_s,duration_p95_s,fresh_share,reciprocity,hour_entropy,cells,\
                      top_cell_share,handsets,gap_median_s";

/// What a run cost.
#[derive(Clone, Copy, Debug)]
struct Cost {
    wall_s: f64,
    cpu_s: f64,
    peak_mib: f64,
}

/// Runs the benchmark.
pub(crate) fn run(root: &Path, args: &BenchArgs) -> anyhow::Result<()> {
    let binary = root.join("target").join("release").join("ringtrace");
    if !binary.exists() {
        bail!("build first: cargo build --release");
    }
    let scratch = std::env::temp_dir().join("ringtrace-bench");
    std::fs::create_dir_all(&scratch)?;
    let data = args.data.display().to_string();
    let out = |name: &str| scratch.join(name).display().to_string();
    let program = binary.display().to_string();
    let python = args.python.display().to_string();
    let script = |name: &str| args.peers.join("features").join(name).display().to_string();
    let ours = |only: &[&str]| {
        let mut command = vec![
            program.clone(),
            "profiles".to_owned(),
            data.clone(),
            "--reveal".to_owned(),
            "--keep-duplicates".to_owned(),
        ];
        command.extend([
            "--zone".to_owned(),
            "UTC".to_owned(),
            "--out".to_owned(),
            out("ours.parquet"),
        ]);
        command.extend(only.iter().map(|word| (*word).to_owned()));
        command
    };
    let contestants: Vec<(&str, Vec<String>)> = vec![
        ("ringtrace profiles, the peers' features", ours(&["--only", SHARED])),
        (
            "DuckDB",
            vec![
                python.clone(),
                script("feat_duckdb.py"),
                "--data".to_owned(),
                data.clone(),
                "--out".to_owned(),
                out("duckdb.parquet"),
            ],
        ),
        (
            "Polars",
            vec![
                python,
                script("feat_polars.py"),
                "--data".to_owned(),
                data.clone(),
                "--out".to_owned(),
                out("polars.parquet"),
            ],
        ),
        ("ringtrace profiles, all features", ours(&[])),
        (
            "ringtrace find",
            vec![program.clone(), "find".to_owned(), data.clone(), "--json".to_owned()],
        ),
    ];
    let mut costs: Vec<Vec<Cost>> = vec![Vec::new(); contestants.len()];
    for _ in 0..args.runs {
        for (at, (_, command)) in contestants.iter().enumerate() {
            costs[at].push(timed(command, &scratch)?);
        }
    }
    let medians: Vec<Cost> = costs.iter().map(|runs| median(runs)).collect();
    let better = medians[1].cpu_s.min(medians[2].cpu_s);
    for ((name, _), cost) in contestants.iter().zip(&medians) {
        println_row(name, *cost, better);
    }
    graphs(root, args, &scratch)
}

/// The line-line projection that others make of the same calls, and communities of it, theirs and ours.
fn graphs(root: &Path, args: &BenchArgs, scratch: &Path) -> anyhow::Result<()> {
    let python = args.python.display().to_string();
    let script = |name: &str| args.peers.join("graph").join(name).display().to_string();
    let edges = scratch.join("edges").display().to_string();
    let project = [
        &*python,
        &script("project_duckdb.py"),
        "--data",
        &args.data.display().to_string(),
        "--out",
        &edges,
    ];
    let projection = timed(&project.map(str::to_owned), scratch)?;
    println_row("DuckDB, line-line projection", projection, projection.cpu_s);
    let ours = root.join("target").join("release").join("examples").join("communities");
    if !ours.exists() {
        bail!("build first: cargo build --release -p graph --example communities");
    }
    for kind in ["shared", "cell"] {
        let (table, text) = (format!("{edges}.{kind}.parquet"), format!("{edges}.{kind}.txt"));
        let copy = format!(
            "import duckdb; duckdb.sql(\"copy (select a, b, w from '{table}') to '{text}' (delimiter ' ', header false)\")"
        );
        run_and_show(&[&python, "-c", &copy], scratch)?;
        let community = script("community.py");
        let theirs = [&*python, &community, "--data", &table, "--algo", "igraph_leiden_mod"];
        run_and_show(&theirs, scratch)?;
        run_and_show(&[&ours.display().to_string(), &text], scratch)?;
    }
    Ok(())
}

/// Runs a command and shows what it says of itself.
#[expect(clippy::print_stdout, reason = "a benchmark prints")]
fn run_and_show(command: &[&str], scratch: &Path) -> anyhow::Result<()> {
    let Some((program, args)) = command.split_first() else { return Ok(()) };
    let output = Command::new(program).args(args).current_dir(scratch).output()?;
    if !output.status.success() {
        bail!("{} failed: {}", command.join(" "), String::from_utf8_lossy(&output.stderr));
    }
    print!("{}", String::from_utf8_lossy(&output.stdout));
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a benchmark prints")]
fn println_row(name: &str, cost: Cost, better: f64) {
    println!(
        "{name:<42} cpu {:>7.2} s  wall {:>7.2} s  peak {:>7.0} MiB  better peer / this: {:.1}x cpu",
        cost.cpu_s,
        cost.wall_s,
        cost.peak_mib,
        better / cost.cpu_s
    );
}

/// Runs a command under `/usr/bin/time`, which tells the whole process's cost.
fn timed(command: &[String], scratch: &Path) -> anyhow::Result<Cost> {
    let told = scratch.join("time.txt");
    let begin = Instant::now();
    let output = Command::new("/usr/bin/time")
        .args(["-f", "%U %S %M", "-o"])
        .arg(&told)
        .args(command)
        .current_dir(scratch)
        .output()
        .context("/usr/bin/time is needed (Debian: apt-get install time)")?;
    let wall_s = begin.elapsed().as_secs_f64();
    if !output.status.success() {
        bail!("{} failed: {}", command.join(" "), String::from_utf8_lossy(&output.stderr));
    }
    let text = std::fs::read_to_string(&told)?;
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [user_s, system_s, peak_kib] = numbers[..] else { bail!("time told {text}") };
    Ok(Cost { wall_s, cpu_s: user_s + system_s, peak_mib: peak_kib / 1_024.0 })
}

fn median(runs: &[Cost]) -> Cost {
    let middle = |of: fn(&Cost) -> f64| {
        let mut values: Vec<f64> = runs.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(0.0)
    };
    Cost {
        wall_s: middle(|cost| cost.wall_s),
        cpu_s: middle(|cost| cost.cpu_s),
        peak_mib: middle(|cost| cost.peak_mib),
    }
}
