//! All features of all roots, in one order, and how a name on the command line finds one.

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
        let everywhere = self.find_where(wanted, |_| true);
        let Some((root, name)) = wanted.rsplit_once(':').filter(|_| everywhere == Ok(None)) else {
            return everywhere?.ok_or_else(|| NotFound::Unknown(self.names(|_| true)));
        };
        let within = self.find_where(name, |feature| self.root_of(feature).name == root)?;
        within.ok_or_else(|| NotFound::Unknown(self.names(|_| true)))
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
}
