//! Communities of an edge list: `communities EDGES.txt [resolution]`. Each line of the file holds two nodes and a weight.
//!
//! Prints the time that two iterations of Leiden took, and the modularity that they reached: for comparing with other programs on the same graph.

use graph::leiden::{improved, leiden};
use graph::quality::modularity;
use graph::{Edge, Graph, Objective};
use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::time::Instant;

/// Levels of aggregation at most: more than any graph needs.
const LEVELS: usize = 50;

#[expect(clippy::print_stdout, reason = "an example prints")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().ok_or("usage: communities EDGES.txt [resolution]")?;
    let resolution = args.next().map_or(Ok(1.0), |text| text.parse())?;
    let begin = Instant::now();
    let edges = edges(&path)?;
    let nodes = edges.iter().map(|edge| edge.a.max(edge.b) as usize + 1).max().unwrap_or(0);
    let read = begin.elapsed();
    let begin = Instant::now();
    let graph = Graph::new(nodes, &edges);
    let built = begin.elapsed();
    let begin = Instant::now();
    let objective = Objective::Modularity { resolution };
    let first = leiden(&graph, objective, 1, LEVELS);
    let label = improved(&graph, objective, 2, LEVELS, &first);
    let grouped = begin.elapsed();
    let communities = label.iter().max().map_or(0, |most| most + 1);
    println!(
        "ringtrace leiden n={nodes} m={} read={:.2}s build={:.2}s algo={:.2}s communities={communities} modularity={:.6}",
        edges.len(),
        read.as_secs_f64(),
        built.as_secs_f64(),
        grouped.as_secs_f64(),
        modularity(&graph, &label, resolution)
    );
    Ok(())
}

fn edges(path: &str) -> Result<Vec<Edge>, Box<dyn std::error::Error>> {
    let mut dense: HashMap<u64, u32> = HashMap::new();
    let mut edges = Vec::new();
    for line in BufReader::new(std::fs::File::open(path)?).lines() {
        let line = line?;
        let mut fields = line.split_whitespace();
        let mut next = || fields.next().ok_or("a line holds two nodes and a weight");
        let mut node = |text: &str| -> Result<u32, Box<dyn std::error::Error>> {
            let index = u32::try_from(dense.len())?;
            Ok(*dense.entry(text.parse()?).or_insert(index))
        };
        let (a, b) = (node(next()?)?, node(next()?)?);
        edges.push(Edge { a, b, weight: next()?.parse()? });
    }
    Ok(edges)
}
