//! Links in running text: where they stand and what they lead to.
//!
//! Knows no files: whether one is there is for whoever opens it to see.

use super::highlight::address;
use crate::markdown::{BlockKind, Document, InlineKind, inlines};
use crate::text::{Span, Text};

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it is written.
    pub span: Span,
    /// What it leads to.
    pub target: LinkTarget,
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// An address outside of the repository.
    Address(String),
    /// A heading of the same document, as it is written in links.
    Heading(String),
    /// A footnote of the same document, by its name, which begins with `^`.
    Note(String),
    /// A file.
    File(FileLink),
}

/// A link to a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileLink {
    /// The path as it is written.
    pub path: String,
    /// The line, from 0.
    pub line: Option<usize>,
    /// The heading, as it is written in links.
    pub heading: Option<String>,
}

/// What stands before the path of a file that is taken in, and before that of a folder.
const INCLUDES: [&str; 2] = ["#[[file:", "#[[folder:"];

/// How the names of files end that people name without their folders. A word with another ending may
/// as well be a field of something.
const ENDINGS: &[&str] = &[
    "bat", "c", "cc", "cfg", "conf", "cpp", "cs", "css", "csv", "dart", "env", "ex", "go",
    "gradle", "graphql", "h", "hpp", "html", "ini", "ipynb", "java", "js", "json", "jsx", "kt",
    "kts", "lock", "lua", "md", "mdx", "mjs", "php", "prisma", "proto", "ps1", "py", "rb", "rs",
    "scss", "sh", "sql", "svelte", "swift", "tf", "toml", "ts", "tsx", "txt", "vue", "xml", "yaml",
    "yml",
];

/// The longest path that is looked for, in bytes.
const LONGEST_PATH: usize = 300;

/// Finds the links on some lines of a document, in order.
pub fn links(text: &Text, document: &Document, lines: std::ops::Range<usize>) -> Vec<Link> {
    let contents = lines.filter_map(|line| {
        let kind = document.blocks[document.block_at(line)?].kind;
        let has_text = !matches!(kind, BlockKind::Code | BlockKind::Plain);
        has_text.then(|| text.lines()[line].content)
    });
    let contents: Vec<Span> = contents.collect();
    let mut found = included(text, &contents);
    found.extend(marked(text, &contents));
    found.retain(|link| !defines_note(text, link));
    found.sort_by_key(|link| link.span.start);
    found.dedup_by(|next, link| next.span.start < link.span.end || next.target == link.target);
    found
}

/// Returns whether a link to a footnote is what the footnote itself begins with.
fn defines_note(text: &Text, link: &Link) -> bool {
    let line = text.lines()[text.line_at(link.span.start)].content;
    let before = text.slice(Span::new(line.start, link.span.start));
    let is_note = matches!(link.target, LinkTarget::Note(_));
    is_note && before.trim_ascii().is_empty() && text.bytes().get(link.span.end) == Some(&b':')
}

/// Finds the files and folders that are taken in: `#[[file:src/main.ts:12-28]]`.
fn included(text: &Text, lines: &[Span]) -> Vec<Link> {
    let mut found = Vec::new();
    for [span, path] in lines.iter().flat_map(|line| includes(text, *line)) {
        let target = LinkTarget::File(FileLink::read(&text.lossy(path)));
        found.push(Link { span, target });
    }
    found
}

/// Finds the includes on a line: all of each, and its path.
pub(super) fn includes(text: &Text, line: Span) -> Vec<[Span; 2]> {
    let bytes = text.slice(line);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = find(&bytes[at..], b"#[[").map(|start| at + start) {
        at = start + 3;
        let sign = INCLUDES
            .iter()
            .find(|sign| bytes[start..].starts_with(sign.as_bytes()));
        let path = sign.map(|sign| start + sign.len());
        let end = find(&bytes[at..], b"]]").map(|end| at + end);
        if let (Some(path), Some(end)) = (path, end)
            && path < end
        {
            let placed = |start: usize, end: usize| Span::new(line.start + start, line.start + end);
            found.push([placed(start, end + 2), placed(path, end)]);
            at = end + 2;
        }
    }
    found
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

/// Finds the links of Markdown, addresses that stand by themselves, and paths in backticks.
fn marked(text: &Text, lines: &[Span]) -> Vec<Link> {
    let inlines = inlines(text, lines);
    let mut found: Vec<Link> = Vec::new();
    let mut last = None;
    for part in &inlines.parts {
        let is_same = part.style.link.is_some() && part.style.link == last;
        last = part.style.link;
        match (part.style.link, &part.kind) {
            (Some(_), _) if is_same => {
                if let Some(link) = found.last_mut() {
                    link.span.end = part.span.end;
                }
            }
            (Some(link), _) => found.push(Link {
                span: part.span,
                target: LinkTarget::read(&inlines.addresses[link]),
            }),
            (None, InlineKind::Code) => found.extend(path(text, part.span)),
            (None, InlineKind::Text) => found.extend(addresses(text, part.span)),
            (None, _) => {}
        }
    }
    found
}

/// Reads code that may be the path of a file.
fn path(text: &Text, span: Span) -> Option<Link> {
    let written = text.lossy(span);
    let is_inside = |letter: char| letter.is_alphanumeric() || "/._-+@:#".contains(letter);
    if written.len() > LONGEST_PATH || !written.chars().all(is_inside) || written.contains("://") {
        return None;
    }
    let name = FileLink::read(&written);
    let (before, ending) = name.path.rsplit_once('.')?;
    let is_ending = ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_file = ENDINGS.contains(&ending) || before.contains('/') && is_ending;
    let is_path = is_file && !before.is_empty() && !ending.is_empty();
    is_path.then_some(Link {
        span,
        target: LinkTarget::File(name),
    })
}

/// Finds addresses that stand by themselves.
fn addresses(text: &Text, span: Span) -> Vec<Link> {
    let bytes = text.slice(span);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = find(&bytes[at..], b"http").map(|start| at + start) {
        let Some(length) = address(&bytes[start..]) else {
            at = start + 4;
            continue;
        };
        let whole = &bytes[start..start + length];
        let is_end = |byte: &u8| !b".,;:!?".contains(byte);
        let kept = whole.iter().rposition(is_end).map_or(0, |last| last + 1);
        let span = Span::new(span.start + start, span.start + start + kept);
        let target = LinkTarget::Address(text.lossy(span).into_owned());
        found.push(Link { span, target });
        at = start + length;
    }
    found
}

impl LinkTarget {
    /// Reads the address of a link.
    fn read(address: &str) -> Self {
        let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme);
        let is_scheme = scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_alphabetic());
        if let Some(heading) = address.strip_prefix('#') {
            Self::Heading(decoded(heading))
        } else if address.starts_with('^') {
            Self::Note(address.to_owned())
        } else if is_scheme || address.starts_with("//") {
            Self::Address(address.to_owned())
        } else {
            Self::File(FileLink::read(&decoded(address)))
        }
    }

    /// Returns what it leads to as it is written.
    pub fn name(&self) -> String {
        match self {
            Self::Address(address) => address.clone(),
            Self::Heading(heading) => format!("#{heading}"),
            Self::Note(name) => format!("[{name}]"),
            Self::File(file) => file.name(),
        }
    }
}

impl FileLink {
    /// Reads a path with what may follow on it: `:12`, `:12-28`, `#L12`, `#heading`.
    fn read(written: &str) -> Self {
        let written = written.trim();
        let (path, fragment) = written.split_once('#').unwrap_or((written, ""));
        let (path, place) = match path.rsplit_once(':') {
            Some((path, place)) if first_number(place).is_some() => (path, place),
            _ => (path, ""),
        };
        let line = first_number(place).or_else(|| first_number(fragment.strip_prefix('L')?));
        let heading = (!fragment.is_empty() && line.is_none()).then(|| fragment.to_owned());
        Self {
            path: path.to_owned(),
            line: line.map(|line| line.saturating_sub(1)),
            heading,
        }
    }

    fn name(&self) -> String {
        let line = self.line.map(|line| format!(":{}", line + 1));
        let heading = self.heading.as_ref().map(|name| format!("#{name}"));
        let (line, heading) = (line.unwrap_or_default(), heading.unwrap_or_default());
        format!("{}{line}{heading}", self.path)
    }
}

/// Reads the number that text begins with.
fn first_number(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    text[..digits].parse().ok()
}

/// Returns an address with what its percent signs stand for.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let code = behind
            .get(..2)
            .and_then(|code| std::str::from_utf8(code).ok());
        let byte = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        match byte {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            _ => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Returns a heading as it is written in links: in lower case, without punctuation, with hyphens
/// for blanks, as code hosts do.
pub fn slug(heading: &str) -> String {
    let kept = heading.trim().chars().filter_map(|letter| match letter {
        ' ' | '-' => Some('-'),
        '_' => Some('_'),
        letter if letter.is_alphanumeric() => Some(letter),
        _ => None,
    });
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Vec<String> {
        let text = Text::new(source);
        let document = Document::parse(&text);
        let all = links(&text, &document, 0..text.lines().len());
        let kind = |target: &LinkTarget| match target {
            LinkTarget::Address(_) => "A",
            LinkTarget::Heading(_) => "H",
            LinkTarget::Note(_) => "N",
            LinkTarget::File(_) => "F",
        };
        let drawn = |link: &Link| format!("{} {}", kind(&link.target), link.target.name());
        all.iter().map(drawn).collect()
    }

    #[test]
    fn what_links_lead_to() {
        for (source, expected) in [
            ("see [a](../b.md#c-d) now", "F ../b.md#c-d"),
            ("[a](b%20c.md) ![d](e.png)", "F b c.md|F e.png"),
            ("[a](#some-heading)", "H #some-heading"),
            ("[a](https://b.c/d?e=f&g) mailto", "A https://b.c/d?e=f&g"),
            ("at https://a.b/c.", "A https://a.b/c"),
            (
                "#[[file:src/a.ts:12-28]] and #[[folder:docs]]",
                "F src/a.ts:12|F docs",
            ),
            (
                "`src/a.rs:7`, `b.md`, `c()`, `d`, `.env`, `1.5`",
                "F src/a.rs:7|F b.md",
            ),
            ("[a](b.rs#L9)", "F b.rs:9"),
            ("[a](b.md) again [c](b.md)", "F b.md"),
            ("`https://a.b/c.md`", ""),
            ("```\n[a](b.md)\n```", ""),
            ("#[[file:", ""),
            (
                "[a][b], [b][] and [c]\n\n[b]: d.md 'e'\n[c]: https://a.b\n",
                "F d.md|A https://a.b|F d.md|A https://a.b",
            ),
            ("a[^1] `b`[^2]\n\n[^1]: See c.\n", "N [^1]"),
        ] {
            assert_eq!(found(source).join("|"), expected, "{source}");
        }
    }

    #[test]
    fn headings_are_named_as_code_hosts_name_them() {
        for (heading, expected) in [
            ("Some Heading", "some-heading"),
            ("1. auth.php - Service", "1-authphp---service"),
            ("用户 Login_x", "用户-login_x"),
        ] {
            assert_eq!(slug(heading), expected);
        }
    }
}
