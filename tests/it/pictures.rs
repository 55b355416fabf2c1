//! The README's pictures: screens of the bundled sample, drawn as SVG.
//!
//! Set `SPECBOARD_UPDATE=1` to draw them anew instead of comparing them with the screens.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};
use specboard::demo::FILES;
use specboard::text::width;

use crate::harness::{Board, Workspace};

/// Each picture: its name, the size of its screen, and the keys that lead there.
const PICTURES: [(&str, (u16, u16), &str); 4] = [
    ("tasks", (120, 30), "3 j j j j"),
    ("side-by-side", (170, 34), "3 j j j"),
    ("board", (120, 28), "b b"),
    ("trace", (120, 28), "4 j j"),
];

/// The size of a cell and of the letters in it, in pixels.
const CELL: (f32, f32) = (8.4, 18.0);
const LETTERS: u8 = 14;
/// The colours of the screen and of what has none of its own.
const BACKGROUND: &str = "#14171c";
const TEXT: &str = "#d6dae0";

#[test]
fn the_pictures_of_the_readme_show_the_screens_as_they_are() {
    let workspace = sample();
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/pictures");
    for (name, size, keys) in PICTURES {
        let mut board = Board::start(&workspace, size);
        // The last spec has something of everything.
        board.keys(&"] s ".repeat(20)).keys(keys);
        let (drawn, path) = (svg(&board.buffer()), folder.join(format!("{name}.svg")));
        if std::env::var_os("SPECBOARD_UPDATE").is_some_and(|value| value == "1") {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, drawn).unwrap();
            continue;
        }
        let known = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(
            words(&known),
            words(&drawn),
            "{name}.svg is stale: SPECBOARD_UPDATE=1 cargo test --test it pictures"
        );
    }
}

/// Unpacks the sample. The files get one time, so that the order in which they are written says
/// nothing.
fn sample() -> Workspace {
    let workspace = Workspace::named("shiokaze", &[]);
    let time = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000);
    for (path, bytes) in FILES {
        let path = workspace.dir().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(time).unwrap();
    }
    workspace
}

/// Returns what a picture says, row by row.
fn words(svg: &str) -> Vec<String> {
    let texts = svg.lines().filter(|line| line.starts_with("<text"));
    let inner = texts.filter_map(|line| line.split_once('>')?.1.strip_suffix("</text>"));
    inner.map(str::to_owned).collect()
}

/// Draws a screen: one element for each run of cells that look alike.
fn svg(buffer: &Buffer) -> String {
    let (wide, high) = (
        f32::from(buffer.area.width) * CELL.0 + 16.0,
        f32::from(buffer.area.height) * CELL.1 + 16.0,
    );
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide:.0} {high:.0}\" \
         font-family=\"ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace\" \
         font-size=\"{LETTERS}\" xml:space=\"preserve\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{BACKGROUND}\"/>\n"
    );
    for y in 0..buffer.area.height {
        for run in runs(buffer, y) {
            draw(&mut out, y, &run);
        }
    }
    out.push_str("</svg>\n");
    out
}

/// Cells beside each other that look alike.
struct Run {
    start: u16,
    columns: usize,
    text: String,
    style: Style,
}

/// Returns the runs of a row that show something. Where two blanks stand a run ends, and each wide
/// character is one of its own, so that no font shifts what follows.
fn runs(buffer: &Buffer, y: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut x = 0;
    while x < buffer.area.width {
        let cell = &buffer[(x, y)];
        let (symbol, columns) = (cell.symbol(), width(cell.symbol()).max(1));
        let style = cell.style();
        let joins = |run: &&mut Run| {
            run.style == style
                && usize::from(run.start) + run.columns == usize::from(x)
                && run.columns == run.text.chars().count()
                && columns == 1
                && !run.text.ends_with("  ")
        };
        match runs.last_mut().filter(joins) {
            Some(run) => {
                run.text.push_str(symbol);
                run.columns += columns;
            }
            None => runs.push(Run {
                start: x,
                columns,
                text: symbol.to_owned(),
                style,
            }),
        }
        x += u16::try_from(columns).unwrap();
    }
    let is_seen = |run: &Run| {
        !run.text.trim().is_empty() || run.style.add_modifier.contains(Modifier::REVERSED)
    };
    runs.retain(is_seen);
    runs
}

fn draw(out: &mut String, y: u16, run: &Run) {
    let (x, top) = (
        8.0 + f32::from(run.start) * CELL.0,
        8.0 + f32::from(y) * CELL.1,
    );
    let modifiers = run.style.add_modifier;
    let mut fill = colour(run.style.fg);
    let is_reversed = modifiers.contains(Modifier::REVERSED);
    if is_reversed {
        let wide = CELL.0 * run.columns as f32;
        writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{wide:.1}\" height=\"{:.0}\" fill=\"{fill}\"/>",
            CELL.1
        )
        .unwrap();
        fill = BACKGROUND;
    }
    let lead = run.text.len() - run.text.trim_start().len();
    let text = run.text.trim();
    let mut attributes = String::new();
    if modifiers.contains(Modifier::BOLD) {
        attributes.push_str(" font-weight=\"bold\"");
    }
    if modifiers.contains(Modifier::DIM) {
        attributes.push_str(" opacity=\"0.6\"");
    }
    if modifiers.contains(Modifier::UNDERLINED) {
        attributes.push_str(" text-decoration=\"underline\"");
    }
    let (x, y) = (x + lead as f32 * CELL.0, top + 13.5);
    let length = width(text) as f32 * CELL.0;
    writeln!(
        out,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{length:.1}\" fill=\"{fill}\"{attributes}>{}</text>",
        escaped(text)
    )
    .unwrap();
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Returns a colour of the palette that the pictures use.
fn colour(colour: Option<Color>) -> &'static str {
    match colour {
        Some(Color::Red) => "#ef7178",
        Some(Color::Green) => "#8cc265",
        Some(Color::Yellow) => "#e5c07b",
        Some(Color::Blue) => "#6cb2f7",
        Some(Color::Magenta) => "#cf8ef4",
        Some(Color::Cyan) => "#56c8d8",
        Some(Color::DarkGray | Color::Gray) => "#8a919c",
        _ => TEXT,
    }
}
