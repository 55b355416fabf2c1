//! All features of all roots, in one order, and how a name on the command line finds one.

use std::cmp::Ordering;

use super::feature::Feature;
use super::par_map::par_map;
use crate::store::{Problem, Root, Scan, scan};

/// Everything that was found under the roots.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workspace {
    /// The roots, in the order given.
    pub roots: Vec<Root>,
    /// The features, by root, then by path.
    pub features: Vec<Feature>,
    /// What could not be listed and belongs to no feature, with the index of its root.
    pub problems: Vec<(usize, Problem)>,
}

/// Why a name finds no feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotFound {
    /// No feature fits. Holds all names.
    Unknown(Vec<String>),
    /// Several fit. Holds their names.
    Ambiguous(Vec<String>),
}

impl Workspace {
    /// Lists the features of all roots.
    pub fn scan(roots: Vec<Root>) -> Self {
        let mut workspace = Self {
            roots,
            ..Self::default()
        };
        let scans = par_map(workspace.roots.len(), |index| scan(&workspace.roots[index]));
        for (index, scan) in scans.into_iter().enumerate() {
            workspace.take(index, scan);
        }
        workspace
    }

    /// Puts the features of each root in the order in which people read names: folder by folder, and
    /// `2-b` before `10-c`.
    #[must_use]
    pub fn in_natural_order(mut self) -> Self {
        self.features
            .sort_by(|a, b| (a.root.cmp(&b.root)).then_with(|| natural_order(a.name(), b.name())));
        self
    }

    fn take(&mut self, root: usize, scan: Scan) {
        self.features.extend(
            scan.folders
                .into_iter()
                .map(|folder| Feature { root, folder }),
        );
        self.problems
            .extend(scan.problems.into_iter().map(|problem| (root, problem)));
    }

    /// Returns the root of a feature.
    pub fn root_of(&self, feature: &Feature) -> &Root {
        &self.roots[feature.root]
    }

    /// Returns the name by which a feature is addressed: with its root in front where there are
    /// several roots.
    pub fn address(&self, feature: &Feature) -> String {
        if self.roots.len() == 1 {
            feature.name().to_owned()
        } else {
            format!("{}:{}", self.root_of(feature).name, feature.name())
        }
    }

    /// Finds a feature by a name: exactly, then by whole trailing path segments, then by a prefix;
    /// `ROOT:NAME` within one root.
    pub fn find(&self, wanted: &str) -> Result<usize, NotFound> {
        // Every name begins with nothing: the value of a variable that was never set names no spec.
        if wanted.trim_matches('/').is_empty() {
            return Err(NotFound::Unknown(self.names(|_| true)));
        }
        let everywhere = self.find_where(wanted, |_| true);
        let found = match (everywhere?, wanted.rsplit_once(':')) {
            (None, Some((root, name))) => {
                self.find_where(name, |feature| self.root_of(feature).name == root)?
            }
            (found, _) => found,
        };
        found.ok_or_else(|| NotFound::Unknown(self.names(|_| true)))
    }

    fn find_where(
        &self,
        wanted: &str,
        is_inside: impl Fn(&Feature) -> bool,
    ) -> Result<Option<usize>, NotFound> {
        let wanted = wanted.trim_end_matches('/');
        let ends_with_segments = |name: &str| {
            name.strip_suffix(wanted)
                .is_some_and(|before| before.ends_with('/'))
        };
        let ways: [&dyn Fn(&str) -> bool; 3] =
            [&|name| name == wanted, &ends_with_segments, &|name| {
                name.starts_with(wanted)
            }];
        for fits in ways {
            let fitting: Vec<usize> = (0..self.features.len())
                .filter(|index| {
                    is_inside(&self.features[*index]) && fits(self.features[*index].name())
                })
                .collect();
            match fitting[..] {
                [] => {}
                [index] => return Ok(Some(index)),
                _ => {
                    return Err(NotFound::Ambiguous(
                        fitting
                            .iter()
                            .map(|index| self.address(&self.features[*index]))
                            .collect(),
                    ));
                }
            }
        }
        Ok(None)
    }

    fn names(&self, is_wanted: impl Fn(&Feature) -> bool) -> Vec<String> {
        self.features
            .iter()
            .filter(|feature| is_wanted(feature))
            .map(|feature| self.address(feature))
            .collect()
    }
}

/// Compares two names folder by folder, and the numbers in them by value.
fn natural_order(a: &str, b: &str) -> Ordering {
    let mut folders = (a.split('/'), b.split('/'));
    loop {
        let order = match (folders.0.next(), folders.1.next()) {
            (Some(a), Some(b)) => natural_order_of_parts(a, b),
            (None, None) => return a.cmp(b),
            (a, b) => return a.is_some().cmp(&b.is_some()),
        };
        if order.is_ne() {
            return order;
        }
    }
}

fn natural_order_of_parts(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    while !a.is_empty() && !b.is_empty() {
        let (number_a, rest_a) = part(a, |char| char.is_ascii_digit());
        let (number_b, rest_b) = part(b, |char| char.is_ascii_digit());
        let by_number = match (number_a.is_empty(), number_b.is_empty()) {
            (false, false) => by_value(number_a, number_b),
            _ => number_a.is_empty().cmp(&number_b.is_empty()),
        };
        let (word_a, behind_a) = part(rest_a, |char| !char.is_ascii_digit());
        let (word_b, behind_b) = part(rest_b, |char| !char.is_ascii_digit());
        let order = by_number.then_with(|| word_a.cmp(word_b));
        if order.is_ne() {
            return order;
        }
        (a, b) = (behind_a, behind_b);
    }
    a.len().cmp(&b.len())
}

/// Parts what is wanted at the start of a text from the rest.
fn part(text: &str, is_wanted: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|char| !is_wanted(char)).unwrap_or(text.len());
    text.split_at(end)
}

/// Compares digits by value, however many there are.
fn by_value(a: &str, b: &str) -> Ordering {
    let [a, b] = [a, b].map(|digits| digits.trim_start_matches('0'));
    (a.len(), a).cmp(&(b.len(), b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Folder;

    fn workspace(roots: &[&str], names: &[(usize, &str)]) -> Workspace {
        let root = |name: &&str| Root {
            name: (*name).to_owned(),
            dir: name.into(),
            specs: name.into(),
        };
        let folder = |name: &str| Folder {
            name: name.to_owned(),
            path: name.into(),
            documents: vec![],
            other_files: vec![],
            archived: false,
            problems: vec![],
        };
        let features = names
            .iter()
            .map(|(root, name)| Feature {
                root: *root,
                folder: folder(name),
            })
            .collect();
        Workspace {
            roots: roots.iter().map(root).collect(),
            features,
            problems: vec![],
        }
    }

    #[test]
    fn a_name_is_found_exactly_then_by_segments_then_by_prefix() {
        let one = workspace(
            &["."],
            &[
                (0, "auth"),
                (0, "identity/user-auth"),
                (0, "identity/user-auth-v2"),
                (0, "x/auth"),
            ],
        );
        for (wanted, expected) in [
            ("auth", Ok(0)),
            ("user-auth", Ok(1)),
            ("user-auth-v2", Ok(2)),
            ("x", Ok(3)),
            ("identity/user-auth", Ok(1)),
            (
                "identity",
                Err(vec!["identity/user-auth", "identity/user-auth-v2"]),
            ),
        ] {
            let found = one.find(wanted).map_err(|error| {
                if let NotFound::Ambiguous(names) = error {
                    names
                } else {
                    vec![]
                }
            });
            assert_eq!(
                found,
                expected.map_err(|names| names.iter().map(|name| (*name).to_owned()).collect()),
                "{wanted}"
            );
        }
        assert!(matches!(one.find("nothing"), Err(NotFound::Unknown(names)) if names.len() == 4));
    }

    #[test]
    fn with_several_roots_a_name_may_name_its_root() {
        let two = workspace(&["a", "b"], &[(0, "auth"), (1, "auth")]);
        assert_eq!(two.find("b:auth"), Ok(1));
        assert_eq!(
            two.find("auth"),
            Err(NotFound::Ambiguous(vec![
                "a:auth".to_owned(),
                "b:auth".to_owned()
            ]))
        );
        assert!(matches!(two.find("c:auth"), Err(NotFound::Unknown(_))));
    }

    #[test]
    fn names_are_in_natural_order_on_the_board() {
        let sorted = workspace(
            &["a"],
            &[
                (0, "1-a"),
                (0, "10-c"),
                (0, "2-b"),
                (0, "02-b"),
                (0, "auth-v2"),
                (0, "auth"),
                (0, "auth-v10"),
                (0, "auth/2"),
                (0, "auth/10"),
                (0, "99999999999999999999999-z"),
                (0, "验证2"),
                (0, "验证10"),
            ],
        )
        .in_natural_order();
        let names: Vec<&str> = sorted.features.iter().map(Feature::name).collect();
        assert_eq!(
            names,
            [
                "1-a",
                "02-b",
                "2-b",
                "10-c",
                "99999999999999999999999-z",
                "auth",
                "auth/2",
                "auth/10",
                "auth-v2",
                "auth-v10",
                "验证2",
                "验证10"
            ]
        );
    }
}
