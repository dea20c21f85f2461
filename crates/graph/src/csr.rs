//! Compressed sparse rows of an undirected weighted graph.

/// An undirected edge: two nodes and a weight above 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// One end.
    pub a: u32,
    /// The other end.
    pub b: u32,
    /// Weight.
    pub weight: f64,
}

/// An undirected weighted graph. Every edge stands in both rows; a loop stands once with its whole weight.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    offsets: Vec<usize>,
    neighbours: Vec<u32>,
    weights: Vec<f64>,
}

impl Graph {
    /// A graph of `nodes` nodes. Edges between the same nodes are added up. Rows are sorted by neighbour.
    ///
    /// Panics where an edge names a node that is not there.
    pub fn new(nodes: usize, edges: &[Edge]) -> Self {
        let mut degree = vec![0_usize; nodes + 1];
        for edge in edges {
            degree[edge.a as usize + 1] += 1;
            if edge.a != edge.b {
                degree[edge.b as usize + 1] += 1;
            }
        }
        for at in 1..degree.len() {
            degree[at] += degree[at - 1];
        }
        let mut next = degree.clone();
        let mut entries = vec![(0_u32, 0.0_f64); degree[nodes]];
        let mut put = |from: u32, to: u32, weight: f64| {
            entries[next[from as usize]] = (to, weight);
            next[from as usize] += 1;
        };
        for edge in edges {
            put(edge.a, edge.b, edge.weight);
            if edge.a != edge.b {
                put(edge.b, edge.a, edge.weight);
            }
        }
        Self::merged(&degree, &mut entries)
    }

    /// Sorts each row and adds up repeated neighbours, smallest weight first, so that the order edges came in leaves no trace.
    fn merged(offsets: &[usize], entries: &mut [(u32, f64)]) -> Self {
        let mut graph = Self { offsets: vec![0], ..Self::default() };
        for window in offsets.windows(2) {
            let row = &mut entries[window[0]..window[1]];
            row.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
            for same in row.chunk_by(|a, b| a.0 == b.0) {
                graph.neighbours.push(same[0].0);
                graph.weights.push(same.iter().map(|(_, weight)| weight).sum());
            }
            graph.offsets.push(graph.neighbours.len());
        }
        graph
    }

    /// How many nodes there are.
    pub fn nodes(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Neighbours of a node with the weights of the edges to them, in order.
    pub fn row(&self, node: u32) -> impl Iterator<Item = (u32, f64)> + '_ {
        let range = self.offsets[node as usize]..self.offsets[node as usize + 1];
        self.neighbours[range.clone()].iter().copied().zip(self.weights[range].iter().copied())
    }

    /// The sum of a node's edges, a loop counted twice.
    pub fn strength(&self, node: u32) -> f64 {
        self.row(node)
            .map(|(other, weight)| if other == node { 2.0 * weight } else { weight })
            .sum()
    }

    /// The sum of all edges.
    pub fn total_weight(&self) -> f64 {
        (0..self.nodes()).map(|node| self.strength(index(node))).sum::<f64>() / 2.0
    }
}

pub(crate) fn index(at: usize) -> u32 {
    u32::try_from(at).expect("a graph has fewer than 2^32 nodes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_edges_add_up_in_any_order() {
        let edge = |a, b, weight| Edge { a, b, weight };
        let graph = Graph::new(3, &[edge(0, 1, 1.0), edge(2, 1, 3.0), edge(1, 0, 2.0)]);
        assert_eq!(graph, Graph::new(3, &[edge(1, 0, 2.0), edge(0, 1, 1.0), edge(1, 2, 3.0)]));
        assert_eq!(graph.row(1).collect::<Vec<_>>(), [(0, 3.0), (2, 3.0)]);
        assert!((graph.total_weight() - 6.0).abs() < 1e-12);
    }
}
