//! How good a partition is.

use crate::csr::{Graph, index};

/// Newman's modularity of a partition at a resolution, weighted (Phys. Rev. E 70, 056131; Reichardt & Bornholdt 2006).
pub fn modularity(graph: &Graph, label: &[u32], resolution: f64) -> f64 {
    let total = graph.total_weight();
    if total == 0.0 {
        return 0.0;
    }
    let groups = label.iter().max().map_or(0, |most| *most as usize + 1);
    let (mut inside, mut strength) = (vec![0.0; groups], vec![0.0; groups]);
    for node in 0..graph.nodes() {
        let own = label[node];
        strength[own as usize] += graph.strength(index(node));
        for (other, weight) in graph.row(index(node)) {
            if label[other as usize] == own {
                inside[own as usize] += if other as usize == node { 2.0 * weight } else { weight };
            }
        }
    }
    let parts = inside.iter().zip(&strength);
    parts
        .map(|(inside, strength)| {
            inside / (2.0 * total) - resolution * (strength / (2.0 * total)).powi(2)
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csr::Edge;

    #[test]
    fn two_triangles_joined_by_an_edge() {
        let pairs = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)];
        let graph = Graph::new(6, &pairs.map(|(a, b)| Edge { a, b, weight: 1.0 }));
        let found = modularity(&graph, &[0, 0, 0, 1, 1, 1], 1.0);
        assert!((found - 5.0 / 14.0).abs() < 1e-12, "{found}");
        assert!(modularity(&graph, &[0; 6], 1.0).abs() < 1e-12);
    }
}
