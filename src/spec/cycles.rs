//! Cycles in a graph: nodes that each can be reached from every other.
//!
//! Knows nodes only by their indexes.

/// Returns the groups of two or more nodes that reach each other, each sorted. `edges` holds for
/// each node those that it leads to.
///
/// Kosaraju's way, in linear time: walk the graph, then walk it backwards from the nodes that were
/// left last. Walks keep their path in a list, for a graph in a file may be deeper than the stack.
pub(super) fn cycles(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let (mut seen, mut left) = (vec![false; edges.len()], Vec::new());
    for node in 0..edges.len() {
        walk(edges, node, &mut seen, &mut left);
    }
    let back = reversed(edges);
    seen.fill(false);
    let mut found = Vec::new();
    for node in left.into_iter().rev() {
        let mut group = Vec::new();
        walk(&back, node, &mut seen, &mut group);
        if group.len() > 1 {
            group.sort_unstable();
            found.push(group);
        }
    }
    found.sort_unstable();
    found
}

/// Walks to everything that `start` leads to and that was not seen yet; adds each node to `left`
/// when the walk leaves it.
fn walk(edges: &[Vec<usize>], start: usize, seen: &mut [bool], left: &mut Vec<usize>) {
    let mut path = Vec::new();
    if !std::mem::replace(&mut seen[start], true) {
        path.push((start, 0));
    }
    while let Some((node, next)) = path.last_mut() {
        let to = edges[*node].get(*next).copied();
        *next += 1;
        match to {
            None => left.extend(path.pop().map(|(node, _)| node)),
            Some(to) if !std::mem::replace(&mut seen[to], true) => path.push((to, 0)),
            Some(_) => {}
        }
    }
}

fn reversed(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut back = vec![Vec::new(); edges.len()];
    for (from, to) in edges
        .iter()
        .enumerate()
        .flat_map(|(from, to)| to.iter().map(move |to| (from, *to)))
    {
        back[to].push(from);
    }
    back
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_that_reach_each_other() {
        for (edges, expected) in [
            (vec![vec![], vec![0], vec![0, 1]], vec![]),
            (
                vec![vec![1], vec![2], vec![0], vec![0]],
                vec![vec![0, 1, 2]],
            ),
            (
                vec![vec![1], vec![0, 2], vec![3], vec![2]],
                vec![vec![0, 1], vec![2, 3]],
            ),
            (
                vec![vec![1, 2], vec![3], vec![3], vec![0]],
                vec![vec![0, 1, 2, 3]],
            ),
        ] {
            assert_eq!(cycles(&edges), expected, "{edges:?}");
        }
    }

    #[test]
    fn a_long_path_does_not_overflow_the_stack() {
        let length = 200_000;
        let edges: Vec<Vec<usize>> = (0..length).map(|node| vec![(node + 1) % length]).collect();
        assert_eq!(cycles(&edges)[0].len(), length);
    }
}
