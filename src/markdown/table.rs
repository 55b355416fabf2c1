//! Rows of tables: where their cells end.

/// Returns the offsets of the rules between the cells of a row, in order.
pub fn row_rules(row: &[u8]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut is_escaped = false;
    for (at, byte) in row.iter().enumerate() {
        if *byte == b'|' && !is_escaped {
            found.push(at);
        }
        is_escaped = *byte == b'\\' && !is_escaped;
    }
    found
}
