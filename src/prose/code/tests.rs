//! The colours of code: what stands out in each language, and that a line is never more or less
//! than it is.

use super::*;
use crate::markdown::Document;
use crate::prose::line::SourceLine;
use crate::text::Text;
use proptest::prelude::*;

/// Draws what stands out in some lines, each with the letter of its role: keywords, literals,
/// names, comments.
fn drawn(language: &str, source: &str) -> Vec<String> {
    let text = Text::new(source);
    let language = Language::named(language).unwrap();
    let (mut state, mut found) = (State::Code, Vec::new());
    for line in text.lines() {
        let content = line.content;
        state = language.scan(text.slice(content), content.start, state, &mut found);
    }
    let standing_out = found.iter().filter(|found| found.role != Role::CodeText);
    standing_out
        .map(|found| format!("{} {}", letter(found.role), text.lossy(found.span).trim()))
        .collect()
}

fn letter(role: Role) -> char {
    match role {
        Role::CodeKeyword => 'K',
        Role::CodeLiteral => 'L',
        Role::CodeName => 'N',
        Role::CodeComment => 'C',
        Role::Added => '+',
        Role::Removed => '-',
        Role::Strong => 'S',
        other => panic!("{other:?} is no role of code"),
    }
}

#[test]
fn what_stands_out_in_each_language() {
    for (language, source, expected) in [
        (
            "typescript",
            "export const a: Map<string> = `b\n${c}` // don't\n@Input() x.default = 1.5e3 /* d\n*/ null",
            "K export,K const,N Map,N string,L `b,L ${c}`,C // don't,N @Input,L 1.5e3,C /* d,C */,L null",
        ),
        (
            "js",
            "it('a \\' \"b\"', async () => { return 'x' })",
            "L 'a \\' \"b\"',K async,K return,L 'x'",
        ),
        (
            "ts",
            "switch (a) { default: b = { type: x, from?: y ? null : z } }",
            "K switch,K default,L null",
        ),
        (
            "python",
            "@given(x)\ndef f(a: int) -> None:\n    \"\"\"Say\n    'it'\"\"\"\n    return rf'b' + x1  # don't",
            "N @given,K def,N int,L None,L \"\"\"Say,L 'it'\"\"\",K return,L 'b',C # don't",
        ),
        (
            "rust",
            "fn f<'a>(x: &'a str) -> Option<char> { /* a /* b */ c */ 'x'; '\\''; b'y'; r#\"\"a\"\"# }",
            "K fn,N str,N Option,N char,C /* a /* b */ c */,L 'x',L '\\'',L 'y',L r#\"\"a\"\"#",
        ),
        (
            "go",
            "func (s *Server) Run() error { return fmt.Errorf(`a\nb`, 0x1F, 'c') } // e",
            "K func,N error,K return,L `a,L b`,L 0x1F,L 'c',C // e",
        ),
        (
            "java",
            "@Override public List<String> a() { return null; } // b",
            "N @Override,K public,N List,N String,K return,L null,C // b",
        ),
        (
            "c#",
            "#region A\npublic string B => @\"c\\\" + $\"d\"; // e",
            "K #region,K public,N string,L @\"c\\\",L \"d\",C // e",
        ),
        (
            "cpp",
            "#include <a.h>\nstatic constexpr size_t n = 1'000; char c = '\\n'; auto s = R\"(a\")\";",
            "K #include,K static,K constexpr,N size_t,L 1,L 000,N char,L '\\n',K auto,L R\"(a\")\"",
        ),
        (
            "json",
            "{\"a\" : [1, -2.5, \"b: c\", true], \"d\": null}",
            "N \"a\",L 1,L 2.5,L \"b: c\",L true,N \"d\",L null",
        ),
        (
            "yaml",
            "# a\n- name: it's b # c\n  url: http://d\n  \"e\": 'f'\n  g: 12",
            "C # a,N name,C # c,N url,L \"e\",L 'f',N g,L 12",
        ),
        (
            "toml",
            "[a.b] # c\nd-e = \"f\"\ng = { h = 1, i = true }",
            "N [a.b],C # c,N d-e,L \"f\",N g,N h,L 1,N i,L true",
        ),
        (
            "sql",
            "SELECT a from t WHERE b = 'it''s' -- c\nCREATE TABLE d (id INTEGER)",
            "K SELECT,K from,K WHERE,L 'it',L 's',C -- c,K CREATE,K TABLE,N INTEGER",
        ),
        (
            "sh",
            "for f in $A \"${B} c\"; do # don't\ncat <<'EOF' > x\nif a\nEOF\necho don't ${C} done",
            "K for,K in,N $A,L \"${B} c\",K do,C # don't,L 'EOF',L if a,K EOF,N ${C},K done",
        ),
        (
            "html",
            "<!-- a\nb --><a href=\"c>\" :d='e'>don't \"f\" < g</a>",
            "C <!-- a,C b -->,K a,N href,L \"c>\",N :d,L 'e',K a",
        ),
        (
            "css",
            ".a { color: red; width: 10px } /* b */ @media x",
            "N color,N width,L 10px,C /* b */,N @media",
        ),
        (
            "markdown",
            "# A `b`\n> c\nd `e` <!-- f\ng -->",
            "S # A `b`,C > c,L `e`,C <!-- f,C g -->",
        ),
        (
            "diff",
            "--- a\n+++ b\n@@ -1 +1 @@\n-c\n+d\n e",
            "S --- a,S +++ b,K @@ -1 +1 @@,- -c,+ +d",
        ),
        (
            "dockerfile",
            "FROM a AS b\nRUN c $D",
            "K FROM,K AS,K RUN,N $D",
        ),
        (
            "hcl",
            "resource \"a\" {\n  b = true\n}",
            "K resource,L \"a\",N b,L true",
        ),
        ("makefile", "all: a\n\t$(CC) b # c", "N all,C # c"),
        ("swift", "let a: String? = nil", "K let,N String,L nil"),
        (
            "php",
            "$a = new Bee(\"c\"); // d",
            "N $a,K new,N Bee,L \"c\",C // d",
        ),
    ] {
        let found = drawn(language, source);
        assert_eq!(found.join(","), expected, "{language}: {source}");
    }
}

#[test]
fn a_language_is_found_by_what_stands_behind_the_fence() {
    for (info, expected) in [
        ("ts", Some("typescript")),
        ("TypeScript", Some("typescript")),
        ("rust,ignore", Some("rust")),
        ("{.python .numberLines}", Some("python")),
        ("go title=\"a.go\"", Some("go")),
        ("typescript:src/a.ts", Some("typescript")),
        ("c++", Some("c")),
        ("text", None),
        ("", None),
        ("mermaid", None),
    ] {
        let found = Language::named(info).map(|language| language.names[0]);
        assert_eq!(found, expected, "{info:?}");
    }
}

#[test]
fn no_name_belongs_to_two_languages_and_words_are_in_order() {
    let mut names: Vec<&str> = Vec::new();
    for language in languages::ALL {
        for words in [language.keywords, language.constants, language.types] {
            assert!(
                words.is_sorted_by(|one, next| one < next),
                "{:?}",
                language.names
            );
            let is_folded = |word: &&str| **word == word.to_ascii_lowercase();
            assert!(!language.is_any_case || words.iter().all(is_folded));
        }
        names.extend(language.names);
    }
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn a_string_without_an_end_on_its_line_is_none() {
    assert_eq!(drawn("ts", "const a = 'b\nreturn"), ["K const", "K return"]);
    assert_eq!(drawn("sh", "echo 'b\nreturn"), ["L 'b", "L return"]);
}

#[test]
fn the_end_of_a_long_block_is_drawn_like_its_start_and_a_comment_goes_on_over_lines() {
    let line = "const a = 1 // b\n";
    let source = format!("```ts\n/* a\n{}b */ let x\n```\n", line.repeat(30_000));
    let text = Text::new(source.as_str());
    let blocks = CodeBlocks::of(&text, &Document::parse(&text));
    let roles = |line: usize| -> Vec<Role> {
        let found = blocks.highlights(&text, line, text.lines()[line].content);
        found.unwrap().iter().map(|found| found.role).collect()
    };
    assert_eq!(roles(3), [Role::CodeComment]);
    assert!(roles(30_000).contains(&Role::CodeKeyword));
    assert_eq!(roles(2), [Role::CodeComment]);
    assert_eq!(blocks.highlights(&text, 0, Span::new(0, 5)), None);
}

/// Checks that what is drawn of each line of code is that line, and says how many there are.
fn check_lines(text: &Text) -> usize {
    let blocks = CodeBlocks::of(text, &Document::parse(text));
    let mut count = 0;
    for (index, line) in text.lines().iter().enumerate() {
        let Some(found) = blocks.highlights(text, index, line.content) else {
            continue;
        };
        let mut at = line.content.start;
        for part in &found {
            assert!(
                part.span.start == at && !part.span.is_empty(),
                "line {}",
                index + 1
            );
            at = part.span.end;
        }
        assert_eq!(at, line.content.end);
        let plain = crate::text::clean(&text.lossy(line.content)).into_owned();
        assert_eq!(SourceLine::with(text, line.content, &found).plain(), plain);
        count += 1;
    }
    count
}

proptest! {
    #[test]
    fn the_parts_of_a_line_together_are_the_line(
        language in 0..languages::ALL.len(),
        source in "([a-zA-Z日 ]|[-+*/\"'`#<>!(){}\\[\\]\\\\:;=$@.0-9]|\"\"\"|/\\*|\\*/|<!--|EOF|r#\"|\n){0,80}",
    ) {
        let name = languages::ALL[language].names[0];
        let source = format!("~~~~~~~ {name}\n{source}\n");
        prop_assert!(check_lines(&Text::new(source.as_str())) > 0);
    }

    #[test]
    fn any_bytes_are_code(language in 0..languages::ALL.len(), bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let mut source = format!("~~~~~~~ {}\n", languages::ALL[language].names[0]).into_bytes();
        source.extend(bytes);
        check_lines(&Text::new(source));
    }
}
