//! Connected components.

use crate::csr::{Graph, index};

/// The component of each node, numbered by their lowest node.
pub fn components(graph: &Graph) -> Vec<u32> {
    let mut label = vec![u32::MAX; graph.nodes()];
    let mut count = 0;
    let mut open = Vec::new();
    for node in 0..graph.nodes() {
        if label[node] != u32::MAX {
            continue;
        }
        label[node] = count;
        open.push(index(node));
        while let Some(at) = open.pop() {
            for (other, _) in graph.row(at) {
                if label[other as usize] == u32::MAX {
                    label[other as usize] = count;
                    open.push(other);
                }
            }
        }
        count += 1;
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csr::Edge;
    use proptest::prelude::*;

    #[test]
    fn two_components_and_a_loner() {
        let edges = [(0, 2), (3, 4)].map(|(a, b)| Edge { a, b, weight: 1.0 });
        assert_eq!(components(&Graph::new(5, &edges)), [0, 1, 0, 2, 2]);
    }

    proptest! {
        #[test]
        fn taking_an_edge_away_never_joins(pairs in prop::collection::vec((0_u32..12, 0_u32..12), 1..30)) {
            let edges: Vec<Edge> = pairs.iter().map(|(a, b)| Edge { a: *a, b: *b, weight: 1.0 }).collect();
            let (whole, fewer) = (components(&Graph::new(12, &edges)), components(&Graph::new(12, &edges[1..])));
            for a in 0..12 {
                for b in 0..12 {
                    prop_assert!(fewer[a] != fewer[b] || whole[a] == whole[b]);
                }
            }
        }
    }
}
