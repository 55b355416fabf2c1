//! The links under the cursor, and one that is being followed.

use std::path::{Path, PathBuf};

use super::{Form, Model, OpenFile};
use crate::markdown::{definitions, heading_text};
use crate::prose::links::{FileLink, Link, links, slug};

/// A link to a file that is being followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// The folder that the file must be inside of.
    pub dir: PathBuf,
    /// Where the file may be, the likeliest place first.
    pub paths: Vec<PathBuf>,
    /// The link.
    pub link: FileLink,
}

impl Followed {
    /// Makes a link of a document at `path` in a repository: it is read from the folder of the
    /// document, and from that of the repository.
    pub fn new(dir: &Path, path: &Path, link: FileLink) -> Self {
        let relative = link.path.trim_start_matches('/');
        let folders = [path.parent(), Some(dir)].into_iter().flatten();
        Self {
            dir: dir.to_path_buf(),
            paths: folders.map(|folder| folder.join(relative)).collect(),
            link,
        }
    }
}

impl OpenFile {
    /// Returns the line that a link leads to.
    pub fn line_of_link(&self, link: &FileLink) -> Option<usize> {
        let last = self.text.lines().len().saturating_sub(1);
        let heading = link
            .heading
            .as_ref()
            .and_then(|heading| self.heading_named(heading));
        link.line.map(|line| line.min(last)).or(heading)
    }

    /// Returns the line of a heading by its name in links.
    pub fn heading_named(&self, name: &str) -> Option<usize> {
        let is_named = |line: usize| {
            let words = heading_text(self.text.bytes(), self.text.lines()[line].content);
            slug(&self.text.lossy(words)) == name
        };
        self.headings()
            .map(|(line, _)| line)
            .find(|line| is_named(*line))
    }

    /// Returns the line of a footnote by its name.
    pub fn note_named(&self, name: &str) -> Option<usize> {
        let mut found = definitions(&self.text).into_iter();
        found
            .find(|definition| definition.name == name)
            .map(|definition| definition.line)
    }
}

impl Model {
    /// Returns the links in what the cursor of the chosen pane is on.
    pub fn links_at_cursor(&self) -> Vec<Link> {
        let (Some(open_file), Some(pane_state)) = (self.open_file(), self.pane_state()) else {
            return Vec::new();
        };
        let line = pane_state.cursor.line;
        let lines = match open_file.form(pane_state) {
            Form::Rendered(rendered) => rendered
                .passage_at(line)
                .map(|passage| passage.lines.clone()),
            Form::Source | Form::Items => None,
        };
        let lines = lines
            .filter(|lines| lines.contains(&line))
            .unwrap_or(line..line + 1);
        let end = lines.end.min(open_file.text.lines().len());
        links(&open_file.text, &open_file.document, lines.start..end)
    }
}
