//! Every form of a requirements document, in the languages that it occurs in.

use super::*;
use proptest::prelude::*;

fn parsed(source: &str) -> (Text, Requirements) {
    let text = Text::new(source);
    let found = Requirements::parse(&text, &Document::parse(&text));
    (text, found)
}

/// Draws the criteria as `id text`.
fn criteria(source: &str) -> Vec<String> {
    let (text, found) = parsed(source);
    found.criteria.iter().map(|criterion| format!("{} {}", criterion.id, text.lossy(criterion.text))).collect()
}

/// Draws the requirements as `id|title|story`.
fn requirements(source: &str) -> Vec<String> {
    let (text, found) = parsed(source);
    let story = |requirement: &Requirement| requirement.story.map(|span| text.lossy(span).into_owned()).unwrap_or_default();
    found.requirements.iter().map(|found| format!("{}|{}|{}", found.id, text.lossy(found.title), story(found))).collect()
}

#[test]
fn introduction_and_glossary() {
    for (source, introduction, terms) in [
        ("# R\n\n## Introduction\n\nWhy.\n\n## Glossary\n\n- **A**: one\n  more\n- **B** — two\n", "Why.", vec!["A=one\n  more", "B=two"]),
        ("# R\n\nWhy.\n\n## Requirements\n", "Why.", vec![]),
        ("## 简介\n\n为什么。\n\n## 术语表\n\n- **甲**：一\n", "为什么。", vec!["甲=一"]),
        ("## はじめに\nなぜ。\n## 用語集\n- **甲**: 一\n", "なぜ。", vec!["甲=一"]),
        ("## Introduction\nA\n## Glossary\n| Term | Definition |\n|---|---|\n| A | one |\n", "A", vec!["A=one"]),
        ("## Glossário\n**A**: um\n", "", vec!["A=um"]),
    ] {
        let (text, found) = parsed(source);
        let drawn: Vec<String> =
            found.glossary.iter().map(|term| format!("{}={}", text.lossy(term.term), text.lossy(term.definition))).collect();
        let intro = found.introduction.map(|span| text.lossy(span).trim().to_owned()).unwrap_or_default();
        assert_eq!((intro.as_str(), drawn), (introduction, terms.iter().map(|term| (*term).to_owned()).collect()), "{source:?}");
    }
}

#[test]
fn requirements_in_every_form() {
    for (source, expected) in [
        ("### Requirement 1: A\n**User Story:** As a x\n### Requirement 2\n", vec!["1|A|As a x", "2||"]),
        ("### 需求 1：甲\n\n**用户故事：** 作为开发者\n", vec!["1|甲|作为开发者"]),
        ("### 要件1: 甲\n**ユーザーストーリー:** 開発者として\n", vec!["1|甲|開発者として"]),
        ("### 요구사항 1\n**사용자 스토리:** 개발자로서\n", vec!["1||개발자로서"]),
        ("### Requisito 1: A\n**História de Usuário:** Como x\n", vec!["1|A|Como x"]),
        ("### Требование 1: А\n**Цель:** Как х\n", vec!["1|А|Как х"]),
        ("### Requirement 1: A\n**Objective:** As a x, I want y\n", vec!["1|A|As a x, I want y"]),
        ("## Requirements\n### 1. A\n### 1.1 B\n### 2A C\n", vec!["1|A|", "1.1|B|", "2A|C|"]),
        ("### US-1: A\n**As a** x  \n**I want** y\n", vec!["US-1|A|**As a** x  \n**I want** y"]),
        ("### US-1: A\n- **As a** x\n- **I want** y\n", vec!["US-1|A|**As a** x\n- **I want** y"]),
        ("### US-1: A\n```\nAs a x\n```\n", vec!["US-1|A|As a x"]),
        ("### Requirement 1: A\n#### User Story\nAs a x\n", vec!["1|A|As a x"]),
        ("## FR-1: A\n## NFR-1: B\n### R1: C\n", vec!["FR-1|A|", "NFR-1|B|", "R1|C|"]),
        ("## Requirements\n### Login\n**Acceptance Criteria:**\n- a\n", vec!["1|Login|"]),
        ("## 1. Overview\n### 1.1 Problem\n## 2. Functional Requirements\n### 2.1 A\n", vec!["2.1|A|"]),
        ("## Requirements\n### 1. A\n## Further\n### 2. B\n", vec!["1|A|", "2|B|"]),
        ("## Notes\n### 1. A\n## Phase 1: B\n", vec![]),
        ("```\n### Requirement 1: A\n```\n", vec![]),
    ] {
        assert_eq!(requirements(source), expected, "{source:?}");
    }
}

#[test]
fn criteria_in_every_form() {
    for (source, expected) in [
        ("### Requirement 1\n#### Acceptance Criteria\n1. a\n2. b\n", vec!["1.1 a", "1.2 b"]),
        ("### Requirement 1\n#### Acceptance Criteria\n1. a\n3. b\n", vec!["1.1 a", "1.3 b"]),
        ("### Requirement 1\n#### Acceptance Criteria\n1. a\n1. b\n", vec!["1.1 a", "1.2 b"]),
        ("### Requirement 1\n#### Acceptance Criteria\n- a\n- b\n", vec!["1.1 a", "1.2 b"]),
        ("### Requirement 1\n#### Acceptance Criteria\n- [ ] a\n- [x] b\n", vec!["1.1 a", "1.2 b"]),
        ("### Requirement 1\n#### Acceptance Criteria\n- 1.1 a\n- 1.2. b\n", vec!["1.1 a", "1.2 b"]),
        ("### Requirement 1\n#### Acceptance Criteria\n1.1 a\n1.2 b\n   more\n", vec!["1.1 a", "1.2 b\n   more"]),
        ("### Requirement 1\n#### Acceptance Criteria\n1.1. a\n\n1.2. b\n", vec!["1.1 a", "1.2 b"]),
        ("### Requirement 1\n#### Acceptance Criteria\n- AC-1: a\n- AC-2: b\n", vec!["1.1 a", "1.2 b"]),
        ("### Requirement 1\n#### Acceptance Criteria\n- **AC 1.2**: a\n", vec!["1.2 a"]),
        ("### FR-1: A\n- **FR-1.1**: a\n- **FR-1.2:** b\n", vec!["FR-1.1 a", "FR-1.2 b"]),
        ("### FR-1: A\n\n| ID | Text |\n|---|---|\n| FR-1.1 | a |\n| FR-1.2 | b |\n", vec!["FR-1.1 a", "FR-1.2 b"]),
        ("### REQ-1: A\n\n| ID | Status | Acceptance Criteria |\n|---|---|---|\n| 1.1 | x | a |\n", vec!["1.1 a"]),
        ("### Requirement 1\n**Acceptance Criteria:**\n- a\n\n**Notes:**\n- b\n", vec!["1.1 a"]),
        ("### Requirement 1\n- **Acceptance Criteria:**\n  - a\n  - b\n- c\n", vec!["1.1 a", "1.2 b"]),
        ("### Requirement 1: A\n- a\n- b\n", vec!["1.1 a", "1.2 b"]),
        ("### Requirement 1: A\nWHEN a, THE S SHALL b\n\nThe end.\n", vec!["1.1 WHEN a, THE S SHALL b"]),
        ("### REQ-1: A\n**EARS:** WHEN a THEN b\n\nPatterns:\n- c\n", vec!["REQ-1.1 WHEN a THEN b"]),
        ("### Requirement 1\n#### Acceptance Criteria\n1. a\n   - b\n   - c\n2. d\n", vec!["1.1 a\n   - b\n   - c", "1.2 d"]),
        ("### Requirement 1\n#### Acceptance Criteria\n1. a\n- detail\n2. d\n", vec!["1.1 a\n- detail", "1.2 d"]),
        ("### Requirement 1\n#### Acceptance Criteria\n##### A\n1. a\n##### B\n2. b\n", vec!["1.1 a", "1.2 b"]),
        ("### US-1: A\n### Acceptance Criteria\n- a\n", vec!["US-1.1 a"]),
        ("### 需求 1\n#### 验收标准\n1. 甲\n", vec!["1.1 甲"]),
        ("### 要件 1\n#### 受け入れ基準\n1. 甲\n", vec!["1.1 甲"]),
        ("### 要件 1\n#### 受入基準\n1. 甲\n", vec!["1.1 甲"]),
        ("### 요구사항 1\n#### 승인 기준\n1. 갑\n", vec!["1.1 갑"]),
        ("### Requisito 1\n#### Critérios de Aceitação\n1. a\n", vec!["1.1 a"]),
        ("### Requisito 1\n#### Criterios de Aceptación\n1. a\n", vec!["1.1 a"]),
        ("### Требование 1\n#### Критерии приёмки\n1. а\n", vec!["1.1 а"]),
        ("### Anforderung 1\n#### Akzeptanzkriterien\n1. a\n", vec!["1.1 a"]),
        ("### Exigence 1\n#### Critères d'acceptation\n1. a\n", vec!["1.1 a"]),
        ("## Requirements\n- THE S SHALL a\n- THE S SHALL b\n", vec!["1 THE S SHALL a", "2 THE S SHALL b"]),
        ("## Non-Functional Requirements\n- **NFR-1**: fast\n", vec!["NFR-1 fast"]),
        ("# T\n## 验收标准\n- [ ] 甲\n", vec!["1 甲"]),
        ("# T\n\n1. WHEN a, THE S SHALL b\n2. Hello\n", vec!["1 WHEN a, THE S SHALL b"]),
        ("### Requirement 1\n#### Acceptance Criteria\n1. a\r\n2. b\r\n", vec!["1.1 a", "1.2 b"]),
        ("# T\n\nNothing to see.\n", vec![]),
        ("", vec![]),
    ] {
        assert_eq!(criteria(source), expected, "{source:?}");
    }
}

#[test]
fn repeated_ids_are_problems() {
    let (_, found) = parsed("### Requirement 1: A\n#### Acceptance Criteria\n1. a\n1. b\n2. c\n### Requirement 1: B\n");
    let problems: Vec<(usize, &str)> = found.problems.iter().map(|problem| (problem.line, problem.message.as_str())).collect();
    assert_eq!(problems, [(3, "criterion 1.1 stands in line 3 already"), (5, "requirement 1 stands in line 1 already")]);
}

#[test]
fn a_part_of_a_requirement_knows_the_whole() {
    let (_, found) = parsed("## Requirement 1: A\n### Requirement 1.1: B\n### 1.2 C\n## Requirement 2: D\n");
    let parents: Vec<Option<usize>> = found.requirements.iter().map(|requirement| requirement.parent).collect();
    assert_eq!(parents, [None, Some(0), Some(0), None]);
}

/// Pieces that real files are made of, to be put together and damaged.
const PARTS: &[&str] = &[
    "# Requirements Document\n",
    "## Glossary\n- **A**: b\n",
    "### Requirement 1: A\n",
    "### 需求 2：甲\r\n",
    "**User Story:** As a x\n",
    "#### Acceptance Criteria\n",
    "1. WHEN a, THE S SHALL b\n",
    "   - sub\n",
    "- [ ] **FR-1.1**: 系统应支持\n",
    "| ID | Criteria |\n|---|---|\n| 1.1 | a |\n",
    "1.1 WHEN 甲 THEN 乙\n",
    "```\nAs a x\n",
    "> quote\n",
    "\n",
];

proptest! {
    #[test]
    fn damaged_texts_give_criteria_inside_them(
        parts in proptest::collection::vec(proptest::sample::select(PARTS), 0..16),
        flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = parts.concat().into_bytes();
        for (place, byte) in flips {
            if !bytes.is_empty() {
                let at = place.index(bytes.len());
                bytes[at] = byte;
            }
        }
        bytes.truncate(cut.index(bytes.len() + 1));
        let text = Text::new(bytes);
        let found = Requirements::parse(&text, &Document::parse(&text));
        for criterion in &found.criteria {
            prop_assert!(criterion.text.end <= text.len() && criterion.line < criterion.end_line);
            let said = Piece::read(&text, criterion.text).text.len();
            prop_assert!(criterion.ears(&text).clauses.iter().all(|clause| clause.text.end <= said));
        }
        prop_assert!(found.requirements.iter().all(|requirement| requirement.end_line <= text.lines().len()));
    }
}
