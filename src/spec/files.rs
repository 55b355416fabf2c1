//! The files beside the documents of one spec, and the steering documents of its root, with what
//! can be told of each.
//!
//! Reads only what it tells: the front matter of steering documents, `.config.kiro` and
//! `spec.json`. Of all others it knows names and sizes.

use std::path::{Path, PathBuf};

use super::config::{Approval, Config, Inclusion, SpecJson};
use super::feature::{Feature, FeatureKind};
use crate::store::{DocumentKind, Failure, Problem, Root, Version, read, steering, version};
use crate::text::Text;

/// What a file lies beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileGroup {
    /// The documents of the spec.
    Spec,
    /// All specs of the root: it steers the agent.
    Steering,
}

/// Something that can be told of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// Words that belong together on a line.
    Words(Vec<String>),
    /// How far documents are, by the file that says so.
    Approvals(Vec<(DocumentKind, Approval)>),
    /// Why nothing can be told.
    Failed(String),
}

/// One file that is no document of the spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherFile {
    /// What it lies beside.
    pub group: FileGroup,
    /// Where it is.
    pub path: PathBuf,
    /// Its place below the folder of its group, with replacement characters for bytes that are no
    /// UTF-8. Not cleaned for the terminal.
    pub name: String,
    /// The version that was looked at; none where there is nothing to be looked at.
    pub version: Option<Version>,
    /// What can be told of it.
    pub facts: Vec<Fact>,
}

impl OtherFile {
    /// Reads what can be told of all files beside the documents of `feature`: its own by path, with
    /// the bug report that stands beside requirements, then the steering documents of its `root`.
    ///
    /// A folder of steering documents that cannot be listed stands among them with the reason.
    pub fn all(feature: &Feature, root: &Root) -> Vec<Self> {
        let beside = feature.criteria_file_beside();
        let mut own: Vec<&Path> = feature.other_files().collect();
        own.extend(beside.map(|file| file.path.as_path()));
        own.sort_by_key(|path| path.as_os_str().as_encoded_bytes());
        let mut all: Vec<Self> = own
            .into_iter()
            .map(|path| Self::read(FileGroup::Spec, path, feature.relative(path)))
            .collect();
        all.extend(
            feature
                .folder
                .problems
                .iter()
                .map(|problem| Self::unfit(root, problem)),
        );
        match steering(root) {
            Ok(paths) => all.extend(
                paths
                    .iter()
                    .map(|path| Self::read(FileGroup::Steering, path, name_of(path))),
            ),
            Err(failure) => all.push(Self::failed(root, failure)),
        }
        all
    }

    fn read(group: FileGroup, path: &Path, name: String) -> Self {
        let (version, facts) = match version(path) {
            Ok(version) => (
                Some(version),
                facts(group, path).unwrap_or_else(|failure| vec![Fact::Failed(failure.message)]),
            ),
            Err(failure) => (None, vec![Fact::Failed(failure.message)]),
        };
        Self {
            group,
            path: path.to_path_buf(),
            name,
            version,
            facts,
        }
    }

    /// Makes the row of what stands in the folder and is no file that can be read.
    fn unfit(root: &Root, problem: &Problem) -> Self {
        let (path, message) = (root.dir.join(&problem.file), problem.message.clone());
        Self {
            group: FileGroup::Spec,
            name: name_of(&path),
            path,
            version: None,
            facts: vec![Fact::Failed(message)],
        }
    }

    fn failed(root: &Root, failure: Failure) -> Self {
        let name = root.relative(&failure.path);
        Self {
            group: FileGroup::Steering,
            path: failure.path,
            name,
            version: None,
            facts: vec![Fact::Failed(failure.message)],
        }
    }
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Reads what a file tells of itself or of its spec; a file of which nothing is known is not read.
fn facts(group: FileGroup, path: &Path) -> Result<Vec<Fact>, Failure> {
    let facts = match name_of(path).as_str() {
        _ if group == FileGroup::Steering => vec![Fact::Words(words_of_steering(&read(path)?.0))],
        ".config.kiro" => {
            let text = read(path)?.0;
            [Fact::Words(words_of_config(Config::parse(text.bytes())))]
                .into_iter()
                .chain(broken_json(&text))
                .collect()
        }
        "spec.json" => {
            let text = read(path)?.0;
            facts_of_spec_json(SpecJson::parse(text.bytes()))
                .into_iter()
                .chain(broken_json(&text))
                .collect()
        }
        _ => Vec::new(),
    };
    Ok(facts
        .into_iter()
        .filter(|fact| !matches!(fact, Fact::Words(words) if words.is_empty()))
        .collect())
}

/// Says where the JSON of a file is broken. Of a file in another form nothing is said.
fn broken_json(text: &Text) -> Option<Fact> {
    let bytes = text
        .bytes()
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(text.bytes());
    if !bytes.trim_ascii_start().starts_with(b"{") {
        return None;
    }
    let error = serde_json::from_slice::<serde::de::IgnoredAny>(bytes).err()?;
    Some(Fact::Failed(format!("is not JSON: {error}")))
}

fn words_of_config(config: Config) -> Vec<String> {
    let kind = config.kind.map(|kind| match kind {
        FeatureKind::Bugfix => "bugfix".to_owned(),
        FeatureKind::Feature | FeatureKind::Single => "feature".to_owned(),
    });
    kind.into_iter().chain(config.workflow).collect()
}

fn facts_of_spec_json(says: SpecJson) -> Vec<Fact> {
    let phase = says.phase.map(|phase| format!("phase {phase}"));
    let language = says.language.map(|language| format!("language {language}"));
    let ready = says
        .ready_for_implementation
        .map(|is_ready| if is_ready { "ready" } else { "not ready" }.to_owned());
    let words = [phase, ready, language].into_iter().flatten().collect();
    let documents = [
        (DocumentKind::Requirements, says.requirements),
        (DocumentKind::Design, says.design),
        (DocumentKind::Tasks, says.tasks),
    ];
    let approvals: Vec<_> = documents
        .into_iter()
        .filter_map(|(kind, approval)| Some((kind, approval?)))
        .collect();
    let approvals = (!approvals.is_empty()).then_some(Fact::Approvals(approvals));
    [Some(Fact::Words(words)), approvals]
        .into_iter()
        .flatten()
        .collect()
}

/// Returns the inclusion mode in the words of the front matter, with what it depends on.
fn words_of_steering(text: &Text) -> Vec<String> {
    let mode = match Inclusion::parse(&front_matter(text)) {
        Inclusion::Always => "always".to_owned(),
        Inclusion::Manual => "manual".to_owned(),
        Inclusion::FileMatch(patterns) if patterns.is_empty() => {
            "fileMatch without a pattern".to_owned()
        }
        Inclusion::FileMatch(patterns) => format!("fileMatch: {}", patterns.join(", ")),
        Inclusion::Auto {
            description: Some(description),
            ..
        } => format!("auto: {description}"),
        Inclusion::Auto { name, .. } => format!(
            "auto{}",
            name.map(|name| format!(": {name}")).unwrap_or_default()
        ),
        Inclusion::Other(mode) => format!("{mode}?"),
    };
    vec![mode]
}

/// Returns the lines between the two `---` at the start of a text; nothing where they are not
/// there.
fn front_matter(text: &Text) -> String {
    let mut lines = text.lines().iter().map(|line| text.lossy(line.content));
    let is_fence = |line: &str| line.trim_end() == "---";
    if !lines.next().is_some_and(|first| is_fence(&first)) {
        return String::new();
    }
    let mut inside = String::new();
    for line in lines {
        if is_fence(&line) {
            return inside;
        }
        inside.push_str(&line);
        inside.push('\n');
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::workspace::Workspace;
    use crate::store::find_roots;

    /// Draws what is told of files as one line each.
    fn told(files: &[(&str, &str)]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [("specs/a/tasks.md", "")].iter().chain(files) {
            let path = folder.path().join(".kiro").join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let workspace = Workspace::scan(find_roots(folder.path(), &[]).unwrap());
        OtherFile::all(&workspace.features[0], &workspace.roots[0])
            .iter()
            .map(draw)
            .collect()
    }

    fn draw(file: &OtherFile) -> String {
        let size = file
            .version
            .map_or("-".to_owned(), |version| version.size().to_string());
        let fact = |fact: &Fact| match fact {
            Fact::Words(words) => words.join(" / "),
            Fact::Approvals(approvals) => {
                let state = |(kind, approval): &(DocumentKind, Approval)| {
                    format!(
                        "{} {} {}",
                        kind.word(),
                        approval.generated,
                        approval.approved
                    )
                };
                approvals.iter().map(state).collect::<Vec<_>>().join(", ")
            }
            Fact::Failed(reason) => format!("! {reason}"),
        };
        let facts: Vec<String> = file.facts.iter().map(fact).collect();
        format!(
            "{:?} {} {size} [{}]",
            file.group,
            file.name,
            facts.join("; ")
        )
    }

    #[test]
    fn files_tell_what_they_are_for() {
        for (name, text, expected) in [
            ("specs/a/notes/x.md", "abc", "Spec notes/x.md 3 []"),
            (
                "specs/a/.config.kiro",
                r#"{"specType":"bugfix","workflowType":"design-first"}"#,
                "Spec .config.kiro 51 [bugfix / design-first]",
            ),
            ("specs/a/.config.kiro", "", "Spec .config.kiro 0 []"),
            ("specs/a/spec.md", "", "Spec spec.md 0 []"),
            (
                "specs/a/spec.json",
                r#"{"phase":"p","language":"ja","ready_for_implementation":false,"approvals":{"design":{"generated":true}}}"#,
                "Spec spec.json 104 [phase p / not ready / language ja; design true false]",
            ),
            ("specs/a/spec.json", "[", "Spec spec.json 1 []"),
            (
                "specs/a/spec.json",
                "{bad",
                "Spec spec.json 4 [! is not JSON: key must be a string at line 1 column 2]",
            ),
            (
                "specs/a/.config.kiro",
                "{\"specType\":\"bugfix\",",
                "Spec .config.kiro 21 [bugfix; ! is not JSON: EOF while parsing an object at line 1 column 21]",
            ),
            (
                "steering/a.md",
                "# A\ninclusion: manual\n",
                "Steering a.md 22 [always]",
            ),
            (
                "steering/a.md",
                "\u{feff}---\r\ninclusion: manual\r\n---\r\n",
                "Steering a.md 32 [manual]",
            ),
            (
                "steering/a.md",
                "---\ninclusion: manual\n",
                "Steering a.md 22 [always]",
            ),
            (
                "steering/a.md",
                "---\ninclusion: fileMatch\n---\n",
                "Steering a.md 29 [fileMatch without a pattern]",
            ),
            (
                "steering/a.md",
                "---\ninclusion: fileMatch\nfileMatchPattern: ['*.ts', 'a/**']\n---\n",
                "Steering a.md 64 [fileMatch: *.ts, a/**]",
            ),
            (
                "steering/a.md",
                "---\ninclusion: auto\nname: n\n---\n",
                "Steering a.md 32 [auto: n]",
            ),
            (
                "steering/a.md",
                "---\ninclusion: auto\nname: n\ndescription: d\n---\n",
                "Steering a.md 47 [auto: d]",
            ),
            (
                "steering/a.md",
                "---\ninclusion: often\n---\n",
                "Steering a.md 25 [often?]",
            ),
        ] {
            assert_eq!(told(&[(name, text)]), [expected], "{text:?}");
        }
    }

    #[test]
    fn own_files_come_before_steering_and_documents_are_not_among_them() {
        let names = told(&[
            ("steering/a.md", ""),
            ("specs/a/z.md", ""),
            ("specs/a/b/c.txt", ""),
            ("specs/a/spec.md", ""),
            ("specs/b/tasks.md", ""),
        ]);
        assert_eq!(
            names,
            [
                "Spec b/c.txt 0 []",
                "Spec spec.md 0 []",
                "Spec z.md 0 []",
                "Steering a.md 0 [always]"
            ]
        );
        assert_eq!(told(&[]), [""; 0]);
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_reason() {
        let strange = told(&[("specs/a/design.md/inside.md", "")]);
        assert!(
            strange
                .iter()
                .any(|row| row.starts_with("Spec design.md - [! ")),
            "{strange:?}"
        );
        let told = told(&[("steering", "")]);
        assert!(
            told[0].starts_with("Steering .kiro/steering - [! cannot be read: not a directory"),
            "{told:?}"
        );
    }
}
