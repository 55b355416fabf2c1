//! Numbers of items: the next free one in the form that the neighbours have.
//!
//! Knows numbers as they are written, not what they stand at.

/// A number cut at its last digits: `T-0` `12` `b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cut<'a> {
    pub(crate) head: &'a str,
    pub(crate) digits: &'a str,
    pub(crate) tail: &'a str,
}

impl<'a> Cut<'a> {
    /// Cuts a number; none where it has no digits.
    pub(crate) fn of(number: &'a str) -> Option<Self> {
        let is_digit = |char: char| char.is_ascii_digit();
        let end = number.rfind(is_digit)? + 1;
        let start = number[..end].trim_end_matches(is_digit).len();
        Some(Self {
            head: &number[..start],
            digits: &number[start..end],
            tail: &number[end..],
        })
    }

    /// Returns what the last digits count; none where that is too much.
    pub(super) fn value(self) -> Option<u32> {
        self.digits.parse().ok()
    }
}

/// Returns the number that follows the highest of `others` that begin as `like` does: as many digits
/// as that one has, none of its letters behind.
pub(super) fn next_free<'a>(like: &str, others: impl Iterator<Item = &'a str>) -> Option<String> {
    let like = Cut::of(like)?;
    let values = others.filter_map(|other| {
        let other = Cut::of(other)?;
        (other.head == like.head).then(|| other.value())?
    });
    let next = values.chain(like.value()).max()?.checked_add(1)?;
    let is_padded = like.digits.starts_with('0') && like.digits.len() > 1;
    let width = if is_padded { like.digits.len() } else { 0 };
    Some(format!("{}{next:0width$}", like.head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_free_number_has_the_form_of_its_neighbours() {
        for (like, others, expected) in [
            ("1", &["1", "2"][..], "3"),
            ("1.2", &["1.1", "1.2", "2.7"], "1.3"),
            ("T-001", &["T-001", "T-009"], "T-010"),
            ("FR-1.9", &["FR-1.9"], "FR-1.10"),
            ("7.4b", &["7.4", "7.4b"], "7.5"),
            ("2", &["1.5", "9.1"], "3"),
            ("CK-0.1", &["CK-0.1", "CK-1.4"], "CK-0.2"),
        ] {
            let found = next_free(like, others.iter().copied());
            assert_eq!(found.as_deref(), Some(expected), "{like}");
        }
        assert_eq!(next_free("none", std::iter::empty()), None);
    }
}
