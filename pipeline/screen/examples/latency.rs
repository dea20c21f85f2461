//! How long one message takes, with reasons: `cargo run --release -p screen --example latency -- FILE`, a message a line behind a tab.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "an example that times reads a file and prints"
)]

use screen::identifier::Numbers;
use screen::model::Model;
use screen::screening::Screener;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("give a file")?;
    let text = String::from_utf8_lossy(&std::fs::read(path)?).into_owned();
    let screener = Screener::new(Model::shipped()?, Numbers::default());
    let mut micros: Vec<f64> = Vec::new();
    for message in text.lines().filter_map(|line| line.split_once('\t')).map(|(_, message)| message)
    {
        let begin = Instant::now();
        std::hint::black_box(screener.screen(message));
        micros.push(begin.elapsed().as_secs_f64() * 1e6);
    }
    micros.sort_by(f64::total_cmp);
    let at = |share: usize| micros.get(micros.len() * share / 1000).copied().unwrap_or(0.0);
    println!(
        "one message with reasons: median {:.0} µs, p99 {:.0} µs, worst {:.0} µs of {}",
        at(500),
        at(990),
        micros.last().copied().unwrap_or(0.0),
        micros.len()
    );
    Ok(())
}
