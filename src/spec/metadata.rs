//! What tools wrote beside the documents of one feature: `.config.kiro` and `spec.json`, read
//! through the store.
//!
//! Both are optional and never written. One that cannot be read says nothing.

use super::config::{Config, SpecJson};
use super::feature::{Feature, FeatureKind};
use crate::store::read;

/// What tools wrote beside the documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Kiro's `.config.kiro`.
    pub config: Config,
    /// cc-sdd's `spec.json`.
    pub spec_json: SpecJson,
}

impl Metadata {
    /// Reads both files of `feature`, as far as they are there.
    pub fn read(feature: &Feature) -> Self {
        let bytes = |name: &str| {
            let path = feature.folder.path.join(name);
            let listed = feature.folder.other_files.contains(&path);
            listed
                .then(|| read(&path).ok())
                .flatten()
                .map(|(text, _)| text.bytes().to_vec())
                .unwrap_or_default()
        };
        Self {
            config: Config::parse(&bytes(".config.kiro")),
            spec_json: SpecJson::parse(&bytes("spec.json")),
        }
    }

    /// Says what `feature` is written for: its documents decide, and where they could be either,
    /// `.config.kiro`.
    ///
    /// A feature with a bugfix.md is a bugfix whatever the copied configuration says.
    pub fn kind(&self, feature: &Feature) -> FeatureKind {
        match feature.kind() {
            FeatureKind::Feature => self.config.kind.unwrap_or(FeatureKind::Feature),
            certain => certain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::workspace::Workspace;
    use crate::store::find_roots;

    #[test]
    fn the_documents_decide_the_kind_before_the_configuration() {
        for (files, expected) in [
            (vec![("tasks.md", "")], FeatureKind::Feature),
            (
                vec![
                    ("tasks.md", ""),
                    (".config.kiro", r#"{"specType":"bugfix"}"#),
                ],
                FeatureKind::Bugfix,
            ),
            (
                vec![
                    ("tasks.md", ""),
                    (".config.kiro", r#"{"specType":"quick-spec"}"#),
                ],
                FeatureKind::Feature,
            ),
            (
                vec![
                    ("bugfix.md", ""),
                    (".config.kiro", r#"{"specType":"feature"}"#),
                ],
                FeatureKind::Bugfix,
            ),
            (
                vec![
                    ("spec.md", ""),
                    (".config.kiro", r#"{"specType":"bugfix"}"#),
                ],
                FeatureKind::Single,
            ),
            (
                vec![
                    ("tasks.md", ""),
                    ("spec.json", r#"{"phase":"tasks"}"#),
                    (".config.kiro", "{"),
                ],
                FeatureKind::Feature,
            ),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let spec = folder.path().join(".kiro/specs/a");
            std::fs::create_dir_all(&spec).unwrap();
            files
                .iter()
                .for_each(|(name, text)| std::fs::write(spec.join(name), text).unwrap());
            let workspace = Workspace::scan(find_roots(folder.path(), &[]).unwrap());
            let metadata = Metadata::read(&workspace.features[0]);
            assert_eq!(metadata.kind(&workspace.features[0]), expected, "{files:?}");
            assert_eq!(
                metadata.spec_json.phase.is_some(),
                files.iter().any(|(name, _)| *name == "spec.json"),
                "{files:?}"
            );
        }
    }
}
