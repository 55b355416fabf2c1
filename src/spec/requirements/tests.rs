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
    found
        .criteria
        .iter()
        .map(|criterion| format!("{} {}", criterion.id, criterion.words(&text)))
        .collect()
}

/// Draws the requirements as `id|title|story`.
fn requirements(source: &str) -> Vec<String> {
    let (text, found) = parsed(source);
    let story = |requirement: &Requirement| {
        requirement
            .story
            .map(|span| text.lossy(span).into_owned())
            .unwrap_or_default()
    };
    found
        .requirements
        .iter()
        .map(|found| format!("{}|{}|{}", found.id, text.lossy(found.title), story(found)))
        .collect()
}

#[test]
fn introduction_and_glossary() {
    for (source, introduction, terms) in [
        (
            "# R\n\n## Introduction\n\nWhy.\n\n## Glossary\n\n- **A**: one\n  more\n- **B** — two\n",
            "Why.",
            vec!["A=one\n  more", "B=two"],
        ),
        ("# R\n\nWhy.\n\n## Requirements\n", "Why.", vec![]),
        (
            "## 简介\n\n为什么。\n\n## 术语表\n\n- **甲**：一\n",
            "为什么。",
            vec!["甲=一"],
        ),
        (
            "## はじめに\nなぜ。\n## 用語集\n- **甲**: 一\n",
            "なぜ。",
            vec!["甲=一"],
        ),
        (
            "## Introduction\nA\n## Glossary\n| Term | Definition |\n|---|---|\n| A | one |\n",
            "A",
            vec!["A=one"],
        ),
        ("## Glossário\n**A**: um\n", "", vec!["A=um"]),
    ] {
        let (text, found) = parsed(source);
        let drawn: Vec<String> = found
            .glossary
            .iter()
            .map(|term| format!("{}={}", text.lossy(term.term), text.lossy(term.definition)))
            .collect();
        let intro = found
            .introduction
            .map(|span| text.lossy(span).trim().to_owned())
            .unwrap_or_default();
        assert_eq!(
            (intro.as_str(), drawn),
            (
                introduction,
                terms.iter().map(|term| (*term).to_owned()).collect()
            ),
            "{source:?}"
        );
    }
}

#[test]
fn requirements_in_every_form() {
    for (source, expected) in [
        (
            "### Requirement 1: A\n**User Story:** As a x\n### Requirement 2\n",
            vec!["1|A|As a x", "2||"],
        ),
        (
            "### 需求 1：甲\n\n**用户故事：** 作为开发者\n",
            vec!["1|甲|作为开发者"],
        ),
        (
            "### 要件1: 甲\n**ユーザーストーリー:** 開発者として\n",
            vec!["1|甲|開発者として"],
        ),
        (
            "### 요구사항 1\n**사용자 스토리:** 개발자로서\n",
            vec!["1||개발자로서"],
        ),
        (
            "### Requisito 1: A\n**História de Usuário:** Como x\n",
            vec!["1|A|Como x"],
        ),
        ("### Требование 1: А\n**Цель:** Как х\n", vec!["1|А|Как х"]),
        (
            "### Requirement 1: A\n**Objective:** As a x, I want y\n",
            vec!["1|A|As a x, I want y"],
        ),
        (
            "## Requirements\n### 1. A\n### 1.1 B\n### 2A C\n",
            vec!["1|A|", "1.1|B|", "2A|C|"],
        ),
        (
            "### US-1: A\n**As a** x  \n**I want** y\n",
            vec!["US-1|A|**As a** x  \n**I want** y"],
        ),
        (
            "### US-1: A\n- **As a** x\n- **I want** y\n",
            vec!["US-1|A|**As a** x\n- **I want** y"],
        ),
        ("### US-1: A\n```\nAs a x\n```\n", vec!["US-1|A|As a x"]),
        (
            "### Requirement 1: A\n#### User Story\nAs a x\n",
            vec!["1|A|As a x"],
        ),
        (
            "## FR-1: A\n## NFR-1: B\n### R1: C\n",
            vec!["FR-1|A|", "NFR-1|B|", "R1|C|"],
        ),
        (
            "## Requirements\n### Login\n**Acceptance Criteria:**\n- a\n",
            vec!["1|Login|"],
        ),
        (
            "## 1. Overview\n### 1.1 Problem\n## 2. Functional Requirements\n### 2.1 A\n",
            vec!["2.1|A|"],
        ),
        (
            "## Requirements\n### 1. A\n## Further\n### 2. B\n",
            vec!["1|A|", "2|B|"],
        ),
        ("## Notes\n### 1. A\n## Phase 1: B\n", vec![]),
        ("```\n### Requirement 1: A\n```\n", vec![]),
    ] {
        assert_eq!(requirements(source), expected, "{source:?}");
    }
}

#[test]
fn criteria_in_every_form() {
    for (source, expected) in [
        (
            "### Requirement 1\n#### Acceptance Criteria\n1. a\n2. b\n",
            vec!["1.1 a", "1.2 b"],
        ),
        (
            "### Requirement 1\n#### Acceptance Criteria\n1. a\n3. b\n",
            vec!["1.1 a", "1.3 b"],
        ),
        (
            "### Requirement 1\n#### Acceptance Criteria\n1. a\n1. b\n",
            vec!["1.1 a", "1.2 b"],
        ),
        (
            "### Requirement 1\n#### Acceptance Criteria\n- a\n- b\n",
            vec!["1.1 a", "1.2 b"],
        ),
        (
            "### Requirement 1\n#### Acceptance Criteria\n- [ ] a\n- [x] b\n",
            vec!["1.1 a", "1.2 b"],
        ),
        (
            "### Requirement 1\n#### Acceptance Criteria\n- 1.1 a\n- 1.2. b\n",
            vec!["1.1 a", "1.2 b"],
        ),
        (
            "### Requirement 1\n#### Acceptance Criteria\n1.1 a\n1.2 b\n   more\n",
            vec!["1.1 a", "1.2 b\n   more"],
        ),
        (
            "### Requirement 1\n#### Acceptance Criteria\n1.1. a\n\n1.2. b\n",
            vec!["1.1 a", "1.2 b"],
        ),
        (
            "### Requirement 1\n#### Acceptance Criteria\n- AC-1: a\n- AC-2: b\n",
            vec!["1.1 a", "1.2 b"],
        ),
        (
            "### Requirement 1\n#### Acceptance Criteria\n- **AC 1.2**: a\n",
            vec!["1.2 a"],
        ),
        (
            "### FR-1: A\n- **FR-1.1**: a\n- **FR-1.2:** b\n",
            vec!["FR-1.1 a", "FR-1.2 b"],
        ),
        (
            "### FR-1: A\n\n| ID | Text |\n|---|---|\n| FR-1.1 | a |\n| FR-1.2 | b |\n",
            vec!["FR-1.1 a", "FR-1.2 b"],
        ),
        (
            "### REQ-1: A\n\n| ID | Status | Acceptance Criteria |\n|---|---|---|\n| 1.1 | x | a |\n",
            vec!["1.1 a"],
        ),
        (
            "### Requirement 1\n**Acceptance Criteria:**\n- a\n\n**Notes:**\n- b\n",
            vec!["1.1 a"],
        ),
        (
            "### Requirement 1\n- **Acceptance Criteria:**\n  - a\n  - b\n- c\n",
            vec!["1.1 a", "1.2 b"],
        ),
        ("### Requirement 1: A\n- a\n- b\n", vec!["1.1 a", "1.2 b"]),
        (
            "### Requirement 1: A\nWHEN a, THE S SHALL b\n\nThe end.\n",
            vec!["1.1 WHEN a, THE S SHALL b"],
        ),
        (
            "### REQ-1: A\n**EARS:** WHEN a THEN b\n\nPatterns:\n- c\n",
            vec!["REQ-1.1 WHEN a THEN b"],
        ),
        (
            "### Requirement 1\n#### Acceptance Criteria\n1. a\n   - b\n   - c\n2. d\n",
            vec!["1.1 a\n   - b\n   - c", "1.2 d"],
        ),
        (
            "### Requirement 1\n#### Acceptance Criteria\n1. a\n- detail\n2. d\n",
            vec!["1.1 a\n- detail", "1.2 d"],
        ),
        (
            "### Requirement 1\n#### Acceptance Criteria\n##### A\n1. a\n##### B\n2. b\n",
            vec!["1.1 a", "1.2 b"],
        ),
        (
            "### US-1: A\n### Acceptance Criteria\n- a\n",
            vec!["US-1.1 a"],
        ),
        ("### 需求 1\n#### 验收标准\n1. 甲\n", vec!["1.1 甲"]),
        ("### 要件 1\n#### 受け入れ基準\n1. 甲\n", vec!["1.1 甲"]),
        ("### 要件 1\n#### 受入基準\n1. 甲\n", vec!["1.1 甲"]),
        ("### 요구사항 1\n#### 승인 기준\n1. 갑\n", vec!["1.1 갑"]),
        (
            "### Requisito 1\n#### Critérios de Aceitação\n1. a\n",
            vec!["1.1 a"],
        ),
        (
            "### Requisito 1\n#### Criterios de Aceptación\n1. a\n",
            vec!["1.1 a"],
        ),
        (
            "### Требование 1\n#### Критерии приёмки\n1. а\n",
            vec!["1.1 а"],
        ),
        (
            "### Anforderung 1\n#### Akzeptanzkriterien\n1. a\n",
            vec!["1.1 a"],
        ),
        (
            "### Exigence 1\n#### Critères d'acceptation\n1. a\n",
            vec!["1.1 a"],
        ),
        (
            "## Requirements\n- THE S SHALL a\n- THE S SHALL b\n",
            vec!["1 THE S SHALL a", "2 THE S SHALL b"],
        ),
        (
            "## Non-Functional Requirements\n- **NFR-1**: fast\n",
            vec!["NFR-1 fast"],
        ),
        ("# T\n## 验收标准\n- [ ] 甲\n", vec!["1 甲"]),
        (
            "# T\n\n1. WHEN a, THE S SHALL b\n2. Hello\n",
            vec!["1 WHEN a, THE S SHALL b"],
        ),
        (
            "### Requirement 1\n#### Acceptance Criteria\n1. a\r\n2. b\r\n",
            vec!["1.1 a", "1.2 b"],
        ),
        ("# T\n\nNothing to see.\n", vec![]),
        ("", vec![]),
    ] {
        assert_eq!(criteria(source), expected, "{source:?}");
    }
}

#[test]
fn criteria_without_a_heading_are_kept_where_ids_bullets_and_numbers_mix() {
    for (source, expected) in [
        (
            "### Requirement 8\n- **8.2** WHEN a, THE S SHALL b\n- THE S SHALL c\n- **AC3:** d\n",
            vec!["8.2 WHEN a, THE S SHALL b", "8.4 THE S SHALL c", "8.3 d"],
        ),
        (
            "### Requirement 8\n- **8.1** a\n- **Priority:** high\n- THE S SHALL c\n",
            vec!["8.1 a", "8.2 THE S SHALL c"],
        ),
        (
            "### Requirement 8\n- **8.2** a\n- b\n\n- **Note:** c\n",
            vec!["8.2 a", "8.3 b"],
        ),
        (
            "### Requirement 8\n1. a\n- **8.7** b\n",
            vec!["8.1 a", "8.7 b"],
        ),
        (
            "### Requirement 8\n8.1 a\n\n- THE S SHALL c\n",
            vec!["8.1 a\n\n- THE S SHALL c"],
        ),
        (
            "### Requirement 8\n8.1 WHEN a, THE S SHALL b\n\n- THE S SHALL c\n- **8.7** d\n",
            vec!["8.1 WHEN a, THE S SHALL b", "8.2 THE S SHALL c", "8.7 d"],
        ),
        (
            "### Requirement 8\n8.1 a\n\nTHE S SHALL c\n",
            vec!["8.1 a", "8.2 THE S SHALL c"],
        ),
        (
            "### Requirement 8\n**AC1:** a\n\nTHE S SHALL c\n",
            vec!["8.1 a", "8.2 THE S SHALL c"],
        ),
        (
            "### Requirement 8\n| ID | Text |\n|---|---|\n| 8.1 | a |\n\n- THE S SHALL c\n",
            vec!["8.1 a", "8.2 THE S SHALL c"],
        ),
        (
            "### 需求 8\n- **8.2** 甲\n- 系统应支持中文\n",
            vec!["8.2 甲", "8.3 系统应支持中文"],
        ),
    ] {
        assert_eq!(criteria(source), expected, "{source:?}");
    }
}

#[test]
fn bullets_beside_numbers_are_criteria_unless_the_numbers_go_on() {
    for (source, expected) in [
        (
            "### Requirement 1\n1. a\n2. b\n- c\n- d\n",
            vec!["1.1 a", "1.2 b", "1.3 c", "1.4 d"],
        ),
        (
            "### Requirement 1\n1. a\n\n- c\n- d\n",
            vec!["1.1 a", "1.2 c", "1.3 d"],
        ),
        (
            "### Requirement 1\n#### Acceptance Criteria\n1. a\n- c\n  - more\n",
            vec!["1.1 a", "1.2 c\n  - more"],
        ),
        (
            "### Requirement 1\n1. THE S SHALL a\n- THE S SHALL c\n2. THE S SHALL b\n",
            vec![
                "1.1 THE S SHALL a",
                "1.3 THE S SHALL c",
                "1.2 THE S SHALL b",
            ],
        ),
        (
            "### Requirement 1\n1. a\n- **AC7:** c\n2. b\n",
            vec!["1.1 a", "1.7 c", "1.2 b"],
        ),
        (
            "### Requirement 1\n1. a\n- c\n2. b\n- d\n",
            vec!["1.1 a\n- c", "1.2 b\n- d"],
        ),
        (
            "### Requirement 1\n1. a\n- c\n- d\n2. b\n",
            vec!["1.1 a\n- c\n- d", "1.2 b"],
        ),
        (
            "### Requirement 1\n1. The form has:\n- c\n- d\n",
            vec!["1.1 The form has:\n- c\n- d"],
        ),
        ("### Requirement 1\n- a\n1. b\n", vec!["1.2 a", "1.1 b"]),
        ("### Requirement 1\n- a\n- b\n", vec!["1.1 a", "1.2 b"]),
    ] {
        assert_eq!(criteria(source), expected, "{source:?}");
    }
}

#[test]
fn lines_of_one_paragraph_that_begin_with_ids_are_criteria() {
    for (source, expected) in [
        ("### R3\n1.1. x\n3.2. y\n", vec!["1.1 x", "3.2 y"]),
        ("### R3\n1.1. x\n1.2. y\n", vec!["1.1 x", "1.2 y"]),
        (
            "### R3\n**3.1** x\n**3.2** y\n   more\n",
            vec!["3.1 x", "3.2 y\n   more"],
        ),
        ("### R3\nAC1: x\nAC2: y\n", vec!["R3.1 x", "R3.2 y"]),
        ("### R3\nR3.1 x\nR3.2 y\n", vec!["R3.1 x", "R3.2 y"]),
        ("### R3\nText with\n1.1. in it\n", vec![]),
        ("### R3\n2.5 GB of it\n", vec![]),
        ("### R3\n1.1. x\n\n1.2. y\n", vec!["1.1 x", "1.2 y"]),
    ] {
        assert_eq!(criteria(source), expected, "{source:?}");
    }
}

#[test]
fn lines_right_below_a_label_are_criteria() {
    for (source, expected) in [
        (
            "### 需求 6\n#### 验收标准\n\n**悬停**\n1. 甲\n2. 乙\n\n**点击**\n3. 丙\n4. 丁\n   戊\n",
            vec!["6.1 甲", "6.2 乙", "6.3 丙", "6.4 丁\n   戊"],
        ),
        (
            "### Requirement 1\n**Acceptance Criteria:**\n2. a\n3. b\n",
            vec!["1.2 a", "1.3 b"],
        ),
        (
            "### Requirement 1\n**Acceptance Criteria:**\n1.1 a\n1.2 b\n",
            vec!["1.1 a", "1.2 b"],
        ),
        (
            "### Requirement 1\n**Acceptance Criteria:**\n3.1. a\n3.2. b\n",
            vec!["3.1 a", "3.2 b"],
        ),
        (
            "### Requirement 1\n**Acceptance Criteria**\nAC1: a\nAC2: b\n",
            vec!["1.1 a", "1.2 b"],
        ),
        (
            "### Requirement 1\n**Acceptance Criteria:**\na\n2024. b\n",
            vec!["1.1 a\n2024. b"],
        ),
    ] {
        assert_eq!(criteria(source), expected, "{source:?}");
    }
}

#[test]
fn labels_that_part_criteria_into_groups_do_not_end_them() {
    for (source, expected) in [
        (
            "**Pre**:\n- a\n- b\n\n**During**:\n- c\n\n**Post**:\n- d\n",
            vec!["1.1 a", "1.2 b", "1.3 c", "1.4 d"],
        ),
        (
            "**Pre**\n1. a\n\n**Post**\n1. b\n\n**Notes:**\n- c\n",
            vec!["1.1 a", "1.2 b"],
        ),
        ("**Pre**:\n- a\n\n**Priority:** high\n- c\n", vec!["1.1 a"]),
        (
            "1. WHEN a, THE X SHALL b\n\n**Error handling:**\n2. WHEN c, THE X SHALL d\n",
            vec!["1.1 WHEN a, THE X SHALL b", "1.2 WHEN c, THE X SHALL d"],
        ),
        (
            "1. a\n\n**Error handling:**\n\n2. b\n3. c\n\n**Speed**\n\n4. d\n",
            vec!["1.1 a", "1.2 b", "1.3 c", "1.4 d"],
        ),
        (
            "- WHEN a, THE X SHALL b\n\n**Errors:**\n- WHEN c, THE X SHALL d\n- e\n",
            vec![
                "1.1 WHEN a, THE X SHALL b",
                "1.2 WHEN c, THE X SHALL d",
                "1.3 e",
            ],
        ),
        (
            "- a\n\n**错误处理：**\n\n系统应重试\n",
            vec!["1.1 a", "1.2 系统应重试"],
        ),
        ("1. a\n\n**Files:**\n1. b\n", vec!["1.1 a"]),
        ("- a\n\n**Files:**\n- b\n- THE X SHALL c\n", vec!["1.1 a"]),
        ("- a\n\n**Notes:**\n- THE X SHALL c\n", vec!["1.1 a"]),
        ("**The page is fast**\n", vec!["1.1 **The page is fast**"]),
    ] {
        let source = format!("### Requirement 1\n**Acceptance Criteria:**\n\n{source}");
        assert_eq!(criteria(&source), expected, "{source:?}");
    }
}

#[test]
fn a_criterion_that_ends_in_a_colon_is_no_label() {
    for (source, expected) in [
        (
            "The system SHALL provide a type that holds:\n```\na\n```\n",
            vec!["1.1 The system SHALL provide a type that holds:"],
        ),
        (
            "The system SHALL provide:\n- a\n- b\n",
            vec!["1.1 a", "1.2 b"],
        ),
        (
            "The system SHALL provide:\n- a\n\nTHE X SHALL b\n",
            vec!["1.1 The system SHALL provide:", "1.2 THE X SHALL b"],
        ),
        (
            "The system SHALL provide:\n\n1. a\n2. b\n",
            vec!["1.1 a", "1.2 b"],
        ),
        (
            "WHEN a, THE X SHALL give:\n- b\n- c\n",
            vec!["1.1 WHEN a, THE X SHALL give:"],
        ),
        ("系统应提供：\n", vec!["1.1 系统应提供："]),
        (
            "**WHEN a, THE X SHALL b:**\n",
            vec!["1.1 **WHEN a, THE X SHALL b:**"],
        ),
        ("The system provides:\n- a\n", vec!["1.1 a"]),
        (
            "**Acceptance Criteria:**\n- a\n\nThe system SHALL b:\n",
            vec!["1.1 a", "1.2 The system SHALL b:"],
        ),
    ] {
        let source = format!("### Requirement 1\n{source}");
        assert_eq!(criteria(&source), expected, "{source:?}");
    }
}

#[test]
fn numbers_with_a_letter_are_written_ids() {
    for (source, expected) in [
        (
            "1a. x\n1b. y\n2. z\n   more\n3a. u\n",
            vec!["4.1a x", "4.1b y", "4.2 z\n   more", "4.3a u"],
        ),
        (
            "1. x\n2a. y\n2b. z\n3. u\n",
            vec!["4.1 x", "4.2a y", "4.2b z", "4.3 u"],
        ),
        ("1a. x\n\n1b. y\n", vec!["4.1a x", "4.1b y"]),
        ("- 1a. x\n- 1b. y\n", vec!["4.1a x", "4.1b y"]),
        ("- 3D rendering\n", vec!["4.1 3D rendering"]),
        ("- 5m is enough\n", vec!["4.1 5m is enough"]),
    ] {
        assert_eq!(
            criteria(&format!(
                "### Requirement 4\n#### Acceptance Criteria\n\n{source}"
            )),
            expected,
            "{source:?}"
        );
    }
}

#[test]
fn criteria_below_headings_inside_a_requirement_are_its_own() {
    let source =
        "### 要件29: 甲\n#### 画面\n##### 受入基準\n1. 乙\n#### 再設定\n##### 受入基準\n2. 丙\n";
    assert_eq!(criteria(source), ["29.1 乙", "29.2 丙"]);
    assert_eq!(requirements(source), ["29|甲|"]);
}

#[test]
fn labels_of_criteria_are_written_ids() {
    for (source, expected) in [
        (
            "### Requirement 8\n- AC3: a\n- AC 4: b\n- **AC1:** c\n",
            vec!["8.3 a", "8.4 b", "8.1 c"],
        ),
        (
            "### Requirement 8\n#### Acceptance Criteria\n- AC3: a\n- AC 4: b\n",
            vec!["8.3 a", "8.4 b"],
        ),
        (
            "### Requirement 8\n#### Acceptance Criteria\n1. AC3: a\n2. AC 4: b\n",
            vec!["8.3 a", "8.4 b"],
        ),
        (
            "### Requirement 8\n#### Acceptance Criteria\n- [ ] **AC3**: a\n- [x] AC-4: b\n",
            vec!["8.3 a", "8.4 b"],
        ),
        (
            "### Requirement 8\n**AC3**: a\n\n**AC4:** b\n",
            vec!["8.3 a", "8.4 b"],
        ),
        (
            "### Requirement 8\n**AC3: a**\n- detail\n",
            vec!["8.3 a\n- detail"],
        ),
        (
            "### US-8\n- AC3: a\n- AC8.4: b\n- AC-8.5: c\n",
            vec!["US-8.3 a", "8.4 b", "AC-8.5 c"],
        ),
        ("### 需求 8\n- 验收标准 3：甲\n", vec!["8.3 甲"]),
        ("### 요구사항 8\n- 기준 3: 갑\n", vec!["8.3 갑"]),
        (
            "### Requisito 8\n- Critério 3: a\n- CA4: b\n",
            vec!["8.3 a", "8.4 b"],
        ),
        ("### Anforderung 8\n- AK3: a\n", vec!["8.3 a"]),
    ] {
        assert_eq!(criteria(source), expected, "{source:?}");
    }
}

#[test]
fn ids_with_a_hyphen_need_no_colon_before_a_criterion() {
    for (source, expected) in [
        (
            "### Requirement 8\n- AC-3 WHEN a, THE S SHALL b\n- AC-5 c\n",
            vec!["8.3 WHEN a, THE S SHALL b", "8.5 c"],
        ),
        (
            "- AC-3 WHEN a, THE S SHALL b\n- **AC-5** THE S SHALL c\n",
            vec!["AC-3 WHEN a, THE S SHALL b", "AC-5 THE S SHALL c"],
        ),
        (
            "### Requirement 8\n#### Acceptance Criteria\n- FR-3 WHEN a, THE S SHALL b\n- NFR-4 **If** c\n",
            vec!["FR-3 WHEN a, THE S SHALL b", "NFR-4 **If** c"],
        ),
        (
            "### Requirement 8\n#### Acceptance Criteria\nAC-3 a\nAC-4 b\n",
            vec!["8.3 a", "8.4 b"],
        ),
        (
            "### 需求 8\n#### 验收标准\n- AC-3 当甲时，系统应乙\n",
            vec!["8.3 当甲时，系统应乙"],
        ),
        (
            "### Requirement 8\n#### Acceptance Criteria\n- UTF-8 is read\n- S3 THE S SHALL c\n",
            vec!["8.1 UTF-8 is read", "8.2 S3 THE S SHALL c"],
        ),
    ] {
        assert_eq!(criteria(source), expected, "{source:?}");
    }
}

#[test]
fn given_when_then_over_several_lines_is_one_criterion() {
    for (source, expected) in [
        (
            "### Requirement 1\n- Given a\n- When b\n- Then c\n",
            vec!["1.1 Given a\n- When b\n- Then c"],
        ),
        (
            "### Requirement 1\n#### Acceptance Criteria\n- **Given** a\n- **When** b\n- **Then** c\n- **And** d\n- **Given** e\n- **When** f\n- **Then** g\n",
            vec![
                "1.1 **Given** a\n- **When** b\n- **Then** c\n- **And** d",
                "1.2 **Given** e\n- **When** f\n- **Then** g",
            ],
        ),
        (
            "### Requirement 1\n1. Given a\n2. And b\n3. When c\n4. Then d\n5. e\n",
            vec!["1.1 Given a\n2. And b\n3. When c\n4. Then d", "1.5 e"],
        ),
        (
            "### Requirement 1\nGiven a\nWhen b\nThen c\n",
            vec!["1.1 Given a\nWhen b\nThen c"],
        ),
        (
            "### Requirement 1\nGiven a\n\nWhen b\n\nThen c\n\nThe end.\n",
            vec!["1.1 Given a\n\nWhen b\n\nThen c"],
        ),
        ("### Requirement 1\nGiven a\n\nThe end.\n", vec![]),
        (
            "### Requirement 1\n**AC1:** Given a\n\nWhen b\n\nThen c\n",
            vec!["1.1 Given a\n\nWhen b\n\nThen c"],
        ),
        (
            "### Requirement 1\n**AC1**: a\n- Given: b\n- When: c\n- Then: d\n",
            vec!["1.1 a\n- Given: b\n- When: c\n- Then: d"],
        ),
        (
            "### Requirement 1\n- WHEN a\n- THEN THE S SHALL b\n- AND THE S SHALL c\n",
            vec!["1.1 WHEN a\n- THEN THE S SHALL b\n- AND THE S SHALL c"],
        ),
        (
            "### Requirement 1\n- WHEN a THE S SHALL b\n- THEN THE S SHALL c\n",
            vec!["1.1 WHEN a THE S SHALL b", "1.2 THEN THE S SHALL c"],
        ),
        (
            "### Requirement 1\n- Given a, when b, then c\n- When d, then e\n",
            vec!["1.1 Given a, when b, then c", "1.2 When d, then e"],
        ),
        (
            "### 需求 1\n- 假设 甲\n- 当 乙\n- 那么 丙\n",
            vec!["1.1 假设 甲\n- 当 乙\n- 那么 丙"],
        ),
        (
            "### 要件 1\n- 前提 甲\n- もし 乙\n- ならば 丙\n",
            vec!["1.1 前提 甲\n- もし 乙\n- ならば 丙"],
        ),
        (
            "### Требование 1\n- Дано а\n- Когда б\n- Тогда в\n- И г\n",
            vec!["1.1 Дано а\n- Когда б\n- Тогда в\n- И г"],
        ),
        (
            "### Requisito 1\n- Dado a\n- Quando b\n- Então c\n- E d\n",
            vec!["1.1 Dado a\n- Quando b\n- Então c\n- E d"],
        ),
    ] {
        let (text, found) = parsed(source);
        assert_eq!(criteria(source), expected, "{source:?}");
        for criterion in &found.criteria {
            let said = text
                .slice(criterion.text)
                .iter()
                .filter(|byte| **byte == b'\n')
                .count();
            assert_eq!(criterion.end_line - criterion.line, said + 1, "{source:?}");
        }
    }
}

#[test]
fn repeated_ids_are_problems() {
    let (_, found) = parsed(
        "### Requirement 1: A\n#### Acceptance Criteria\n1. a\n1. b\n2. c\n### Requirement 1: B\n",
    );
    let problems: Vec<(usize, &str)> = found
        .problems
        .iter()
        .map(|problem| (problem.line, problem.message.as_str()))
        .collect();
    assert_eq!(
        problems,
        [
            (3, "criterion 1.1 is already on line 3"),
            (5, "requirement 1 is already on line 1")
        ]
    );
}

#[test]
fn a_part_of_a_requirement_knows_the_whole() {
    let (_, found) =
        parsed("## Requirement 1: A\n### Requirement 1.1: B\n### 1.2 C\n## Requirement 2: D\n");
    let parents: Vec<Option<usize>> = found
        .requirements
        .iter()
        .map(|requirement| requirement.parent)
        .collect();
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
    "1.2. THE S SHALL c\n3.2. d\n",
    "- **AC3:** e\n",
    "- THE S SHALL f\n",
    "- g\n",
    "- Given h\n- When i\n- Then j\n",
    "Given k\n\nThen l\n",
    "**Label**\n7. m\n8. n\n",
    "1a. o\n1b. p\n2. q\n3a. r\n",
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
            let said = SourceStr::read(&text, criterion.text).text.len();
            prop_assert!(criterion.ears(&text).clauses.iter().all(|clause| clause.text.end <= said));
            prop_assert!(text.lines()[criterion.line].whole.start <= criterion.text.start);
            prop_assert!(criterion.text.end <= text.lines()[criterion.end_line - 1].whole.end);
        }
        prop_assert!(found.criteria.is_sorted_by(|one, next| one.text.end <= next.text.start));
        prop_assert!(found.criteria.is_sorted_by_key(|one| one.end_line));
        prop_assert!(found.requirements.is_sorted_by_key(|one| one.line));
        prop_assert!(found.requirements.iter().all(|requirement| requirement.end_line <= text.lines().len()));
    }
}

#[test]
fn each_section_chooses_its_own_form_of_criteria() {
    for (source, expected) in [
        (
            "### Expected Behavior\n\n2.1 WHEN a THEN the system SHALL b\n\n## Acceptance Criteria\n\n1. THE fix SHALL d\n",
            vec!["2.1 WHEN a THEN the system SHALL b", "1 THE fix SHALL d"],
        ),
        (
            "## Non-functional requirements\n- fast\n- safe\n## Acceptance criteria\n1. a\n2. b\n",
            vec!["3 fast", "4 safe", "1 a", "2 b"],
        ),
        (
            "## Requirements\n\n**NFR1** Cheap.\n\n**NFR2** Small.\n\n## Acceptance criteria\n\n1. a\n",
            vec!["NFR1 Cheap.", "NFR2 Small.", "1 a"],
        ),
        (
            "## Requirements\n\n**FR-01: X** does it.\n\n## Acceptance Criteria\n\n- Given a, when b, then c\n- Given d, when e, then f\n",
            vec![
                "FR-01 X does it.",
                "2 Given a, when b, then c",
                "3 Given d, when e, then f",
            ],
        ),
    ] {
        assert_eq!(criteria(source), expected, "{source:?}");
    }
}

#[test]
fn lists_of_criteria_outside_of_requirements_are_named_by_their_headings() {
    let nfr = "## Non-Functional Requirements\n### Performance\n1. fast\n2. quick\n### Security\n1. safe\n";
    let numbered = "## Requirements\n### Requirement 3: A\n#### Acceptance Criteria\n1. a\n";
    for (source, expected) in [
        (
            nfr.to_owned(),
            vec!["Performance 1 fast", "Performance 2 quick", "Security 1 safe"],
        ),
        (
            format!("{numbered}{nfr}"),
            vec![
                "3.1 a",
                "Performance 1 fast",
                "Performance 2 quick",
                "Security 1 safe",
            ],
        ),
        (
            "## Requirements\n### Requirement 1\n#### Acceptance Criteria\n1. a\n## 非機能要件\n### アクセシビリティ\n1. b\n".to_owned(),
            vec!["1.1 a", "アクセシビリティ 1 b"],
        ),
        (
            "## Non-Functional Requirements\n### Speed\n1. a\n### Cost\n2. b\n".to_owned(),
            vec!["1 a", "2 b"],
        ),
        // A short name for a section of requirements does for the long one.
        (
            "# Login\n\n## Functional\n\n1. Users log in\n2. Users log out\n\n## Non-functional\n\n### Speed\n\n1. fast\n".to_owned(),
            vec!["1 Users log in", "2 Users log out", "Speed 1 fast"],
        ),
        // Where such sections each count from 1, they are told apart by their names.
        (
            "# Login\n\n## Functional\n\n1. in\n2. out\n\n## Non-Functional\n\n1. fast\n2. safe\n".to_owned(),
            vec![
                "Functional 1 in",
                "Functional 2 out",
                "Non-Functional 1 fast",
                "Non-Functional 2 safe",
            ],
        ),
        (
            "## Functional Requirements\n1. in\n2. out\n## Non-functional Requirements\n1. fast\n".to_owned(),
            vec!["Functional 1 in", "Functional 2 out", "Non-functional 1 fast"],
        ),
        (
            "## Requirements\n1. in\n2. out\n## Requirements\n1. fast\n".to_owned(),
            vec!["1 in", "2 out", "3 fast"],
        ),
        // Words in bold above a list name it as a heading does.
        (
            format!("{numbered}## Non-Functional Requirements\n\n**Performance**\n\n1. fast\n2. quick\n\n**Security:**\n1. safe\n"),
            vec![
                "3.1 a",
                "Performance 1 fast",
                "Performance 2 quick",
                "Security 1 safe",
            ],
        ),
    ] {
        assert_eq!(criteria(&source), expected, "{source:?}");
    }
}

#[test]
fn bold_paragraphs_with_criteria_below_are_requirements() {
    let two = "## User Stories\n\n**US-01: Create**\n\n- **As a** admin\n- **I want** a form\n\n**Acceptance Criteria:**\n\n\
               - SysAdmin can open the form\n- The tenant is created\n\n**US-02: Delete**\nAs an admin, I want it gone\n\n\
               **Acceptance Criteria:**\n1. It is gone\n";
    for (source, requirements, expected) in [
        (
            "**US-01: Create**\n\n- **As a** admin\n\n**Acceptance Criteria:**\n\n- It opens\n\n**US-02: Delete**\n\n**Acceptance Criteria:**\n\n- It is gone\n\n# Notes\n\n- no criterion\n",
            "US-01 Create|US-02 Delete",
            vec!["US-01.1 It opens", "US-02.1 It is gone"],
        ),
        (
            two,
            "US-01 Create|US-02 Delete",
            vec![
                "US-01.1 SysAdmin can open the form",
                "US-01.2 The tenant is created",
                "US-02.1 It is gone",
            ],
        ),
        (
            "# 需求\n\n**需求 1：登录**\n\n**用户故事：** 作为用户\n\n**验收标准：**\n1. 甲\n\n**需求 2：退出**\n\n**验收标准：**\n1. 乙\n",
            "1 登录|2 退出",
            vec!["1.1 甲", "2.1 乙"],
        ),
        (
            "## Requirements\n### Requirement 1: A\n#### Acceptance Criteria\n\n**AC-1: Open**\n\n**AC-2: Close**\n",
            "1 A",
            vec!["1.1 Open", "1.2 Close"],
        ),
    ] {
        let text = Text::new(source);
        let found = Requirements::parse(&text, &Document::parse(&text));
        let drawn: Vec<String> = found
            .requirements
            .iter()
            .map(|requirement| format!("{} {}", requirement.id, text.lossy(requirement.title)))
            .collect();
        assert_eq!(drawn.join("|"), requirements, "{source:?}");
        assert_eq!(criteria(source), expected, "{source:?}");
    }
}

#[test]
fn a_number_behind_a_word_of_the_files_own_is_an_id() {
    let criteria = "\n#### Acceptance Criteria\n1. THE S SHALL a\n";
    for (headings, expected) in [
        (&["故事 1: 登录", "故事 3：退出"][..], "1|登录| 3|退出|"),
        (&["Feature 2: In", "Feature 4"], "2|In| 4||"),
        (
            &["Use-case flows 7 a", "Login"],
            "1|Use-case flows 7 a| 2|Login|",
        ),
        (
            &["Requirement 1: In", "Feature 1: Out"],
            "1|In| 2|Feature 1: Out|",
        ),
        (&["Task 5: In"], "1|Task 5: In|"),
    ] {
        let source: String = headings
            .iter()
            .map(|heading| format!("### {heading}{criteria}"))
            .collect();
        let found = requirements(&format!("## Requirements\n{source}"));
        assert_eq!(found.join(" "), expected, "{headings:?}");
    }
    let story = "## 用户故事\n### 故事 2: 登录\n作为用户，我想登录\n### 故事板\n作为用户\n";
    assert_eq!(requirements(story)[0].split('|').next(), Some("2"));
}
