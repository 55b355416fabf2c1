//! What bodies of fields say, in every form that people write.

use super::*;
use crate::text::{Span, Text};
use proptest::prelude::*;

/// Draws the references as `id`, `req/criterion`, `from..to`, `ALL`, `NOTHING` and `"prose"`.
fn drawn(body: &str) -> String {
    let text = Text::new(body);
    let draw = |reference: Reference| match reference.kind {
        ReferenceKind::Id(id) => text.lossy(id).into_owned(),
        ReferenceKind::Criterion {
            requirement,
            criterion,
        } => format!("{}/{}", text.lossy(requirement), text.lossy(criterion)),
        ReferenceKind::Range { from, to } => format!("{}..{}", text.lossy(from), text.lossy(to)),
        ReferenceKind::Criteria {
            requirement,
            from,
            to,
        } => {
            format!(
                "{}/{}..{}",
                text.lossy(requirement),
                text.lossy(from),
                text.lossy(to)
            )
        }
        ReferenceKind::InWords { from, to } => {
            format!(
                "{:?}>{}",
                text.lossy(reference.span),
                text.lossy(Span::new(from.start, to.end))
            )
        }
        ReferenceKind::InRemark { from, to } => {
            format!(">{}", text.lossy(Span::new(from.start, to.end)))
        }
        ReferenceKind::All => "ALL".to_owned(),
        ReferenceKind::Nothing => "NOTHING".to_owned(),
        ReferenceKind::Prose => format!("{:?}", text.lossy(reference.span)),
    };
    read_references(&text, Span::new(0, body.len()))
        .into_iter()
        .map(draw)
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn bodies() {
    for (body, expected) in [
        ("1.1, 1.2, 1.3", "1.1 1.2 1.3"),
        ("1.1", "1.1"),
        ("9", "9"),
        ("1.1、1.2，2.1；3", "1.1 1.2 2.1 3"),
        ("1.1 1.2", "1.1 1.2"),
        ("1.1, 1.2, and 1.3.", "1.1 1.2 1.3"),
        ("1.1 and 1.2", "1.1 1.2"),
        ("1.1 和 1.2", "1.1 1.2"),
        ("1.1 e 1.2", "1.1 1.2"),
        ("1.1-1.5", "1.1..1.5"),
        ("1.1–1.5, 2.1", "1.1..1.5 2.1"),
        ("1.1 - 1.5", "1.1..1.5"),
        ("1.1 through 1.5", "1.1..1.5"),
        ("1.1 to 1.5", "1.1..1.5"),
        ("1.1～1.5", "1.1..1.5"),
        ("1.1 至 1.5", "1.1..1.5"),
        ("1-6", "1..6"),
        ("R8.1–8.4", "R8.1..8.4"),
        ("R8.1–R8.4", "R8.1..R8.4"),
        ("FR-2.1", "FR-2.1"),
        ("FR-2.1.1, NFR-3", "FR-2.1.1 NFR-3"),
        ("R3.3, REQ-1, NFR3", "R3.3 REQ-1 NFR3"),
        ("US-001, US-002", "US-001 US-002"),
        ("Requirement 1", "1"),
        ("Requirements 2.1, 2.2", "2.1 2.2"),
        ("Requirements: 2.1", "2.1"),
        ("需求 1.3, 2.4", "1.3 2.4"),
        ("要件6.4", "6.4"),
        ("要件24（アーキテクチャ）", "24"),
        ("Требования 1.1", "1.1"),
        ("Req 7 AC 1", "7/1"),
        ("Req 7 AC 1, 2, Req 8 AC 3", "7/1 7/2 8/3"),
        ("Requirement 7, Criterion 1", "7/1"),
        ("Requirement 7, AC 1, 2", "7/1 7/2"),
        ("AC-1, AC-2, Req 3 AC 4", "AC-1 AC-2 3/4"),
        ("FR-4.5, AC-4.5.2, AC-4.5.3", "FR-4.5 AC-4.5.2 AC-4.5.3"),
        ("Requirements 7, 8", "7 8"),
        ("[1.1, 1.2]", "1.1 1.2"),
        ("[1.1], [1.2]", "1.1 1.2"),
        ("1.2 (Mode A, Mode B), 3.2", "1.2 3.2"),
        ("Requirement 1 (Touch), Requirement 2 (Drag)", "1 2"),
        ("8 (CLI Commands)", "8"),
        ("31, Performance", "31 \"Performance\""),
        ("31, Performance, 3", "31 \"Performance\" 3"),
        (
            "6.5, Observability 1, 2, 3",
            "6.5 \"Observability 1, 2, 3\"",
        ),
        ("Property 1, 2-4, 2.1, 3", "\"Property 1, 2-4\" 2.1 3"),
        ("Python 3.11, 2", "\"Python 3.11\" 2"),
        ("All", "ALL"),
        ("All (testing)", "ALL"),
        ("(all)", "ALL"),
        ("All requirements", "ALL"),
        ("All requirements - validation", "ALL"),
        ("全要件", "ALL"),
        ("全要件に関連", "ALL"),
        ("所有需求", "ALL"),
        ("全部", "ALL"),
        ("모든 요구사항 검증", "ALL"),
        ("Все требования", "ALL"),
        ("Todos os requisitos", "ALL"),
        ("Todos los requisitos", "ALL"),
        ("Toutes les exigences", "ALL"),
        ("Alle Anforderungen", "ALL"),
        ("N/A", "NOTHING"),
        ("N/A (code organization)", "NOTHING"),
        ("なし", "NOTHING"),
        ("无", "NOTHING"),
        ("All modal-related", "\"All modal-related\""),
        ("Testing Strategy", "\"Testing Strategy\""),
        ("(implied by design)", "\"implied by design\""),
        ("{{REQUIREMENT_IDS}}", "\"{{REQUIREMENT_IDS\""),
        ("", ""),
    ] {
        assert_eq!(
            drawn(body).replace("}}", ""),
            expected.replace("}}", ""),
            "{body:?}"
        );
    }
}

#[test]
fn a_requirement_stays_current_while_criteria_follow() {
    for (body, expected) in [
        ("Requirement 1, AC 2 and AC 3", "1/2 1/3"),
        ("Req 1 AC 1, AC 3", "1/1 1/3"),
        ("Req 1 AC 1-3", "1/1..3"),
        ("Requirement 1 AC 1–3", "1/1..3"),
        ("Requirement 1 criteria 1-3", "1/1..3"),
        ("Req 1 ACs 1 through 3", "1/1..3"),
        ("Req 1 AC 1 to AC 3, 5", "1/1..3 1/5"),
        ("Req 1 AC 1 - Req 1 AC 3", "1/1..3"),
        ("Req 1 AC 2 - Req 3 AC 1", "1/2 3/1"),
        ("Req 1 - AC 2", "1/2"),
        ("1 (AC 2, 3)", "1/2 1/3"),
        (
            "Requirement 1 (Acceptance Criteria 2 and 3), Requirement 2",
            "1/2 1/3 2",
        ),
        ("Req 1 (AC 1-3); Req 2 (ACs 1, 4)", "1/1..3 2/1 2/4"),
        ("Req 1 Acceptance Criteria 2, 3 and 5", "1/2 1/3 1/5"),
        ("Req 1 AC (2, 3), 2.1", "1/2 1/3 2.1"),
        ("Req 1 AC 1, 2-4, 3.1, 5", "1/1 1/2..4 3.1 5"),
        ("Req 1 AC 1/2/3", "1/1 1/2 1/3"),
        ("Req 1, AC-2, AC-3", "1/2 1/3"),
        ("Requirement 1, AC 1.1, AC 1.2", "1.1 1.2"),
        ("Requirement 1 (1.1, 1.3-1.4), 2", "1.1 1.3..1.4 2"),
        ("Requirement 1: 1.1, 1.2", "1.1 1.2"),
        ("1 - Criteria for login, 2", "1 2"),
        ("AC 2, AC 3", "AC 2 AC 3"),
        ("需求 1 验收标准 2、3", "1/2 1/3"),
        ("需求 1 的验收标准 2 和 3", "1/2 1/3"),
        ("要件1 受け入れ基準1-3", "1/1..3"),
        ("요구사항 1 승인 기준 1, 2", "1/1 1/2"),
        ("Требование 1, критерии 2 и 3", "1/2 1/3"),
        ("Requisito 1, critérios 2 e 3", "1/2 1/3"),
        ("Requisito 1, criterios de aceptación 2 y 3", "1/2 1/3"),
        ("Exigence 1, critères 2 et 3", "1/2 1/3"),
        ("Anforderung 1, Kriterien 2 und 3", "1/2 1/3"),
    ] {
        assert_eq!(drawn(body), expected, "{body:?}");
    }
}

#[test]
fn what_a_list_leaves_out_is_prose() {
    for (body, expected) in [
        ("All except 3.1", "\"All except 3.1\""),
        ("All except 3.1, 3.2", "\"All except 3.1, 3.2\""),
        (
            "All requirements, but not 3.1 and 3.2",
            "\"All requirements, but not 3.1 and 3.2\"",
        ),
        ("All (except 3.1)", "\"All (except 3.1)\""),
        (
            "1.1, 1.2 except for 1.3, 1.4",
            "1.1 1.2 \"except for 1.3, 1.4\"",
        ),
        ("1.1 (without 1.2), 2.1", "1.1 \"(without 1.2)\" 2.1"),
        (
            "Requirement 3 excluding criteria 3.1",
            "3 \"excluding criteria 3.1\"",
        ),
        ("1.1 without retries, 1.2", "1.1 1.2"),
        ("Alle außer 3.1", "\"Alle außer 3.1\""),
        ("1.1 ohne 1.2", "1.1 \"ohne 1.2\""),
        ("除 3.1 以外", "\"除 3.1 以外\""),
        ("除了3.1之外的所有需求", "\"除了3.1之外的所有需求\""),
        ("3.1以外", "\"3.1以外\""),
        ("全要件（3.1を除く）", "\"全要件（3.1を除く）\""),
        ("1.1、2（2.3 以外）、3.1", "1.1 2 \"（2.3 以外）\" 3.1"),
        ("3.1 제외", "\"3.1 제외\""),
        ("Все кроме 3.1", "\"Все кроме 3.1\""),
        ("Todos exceto 3.1", "\"Todos exceto 3.1\""),
        ("Todos excepto 3.1", "\"Todos excepto 3.1\""),
        ("Tous sauf 3.1", "\"Tous sauf 3.1\""),
        ("Exception 1.1", "\"Exception 1.1\""),
    ] {
        assert_eq!(drawn(body), expected, "{body:?}");
    }
}

#[test]
fn ids_behind_dots_slashes_and_words_are_found() {
    for (body, expected) in [
        ("1.1. 1.2.", "1.1 1.2"),
        ("1. 2. 3.", "1 2 3"),
        ("1.1/1.2", "1.1 1.2"),
        ("1.1/1.2/2.1, 3", "1.1 1.2 2.1 3"),
        ("FR-1/FR-2", "FR-1 FR-2"),
        ("Req 1/Req 2", "1 2"),
        ("from 1.1 to 1.3", "1.1..1.3"),
        ("1.1 to 1.3", "1.1..1.3"),
        ("Requirements from 1.1 through 1.3, 2.1", "1.1..1.3 2.1"),
        ("从 1.1 到 1.3", "1.1..1.3"),
        ("с 1.1 по 1.3", "1.1..1.3"),
        ("de 1.1 a 1.3", "1.1..1.3"),
        ("de 1.1 à 1.3", "1.1..1.3"),
        ("von 1.1 bis 1.3", "1.1..1.3"),
        ("1.1-1.3, validation 3.1", "1.1..1.3 \"validation 3.1\">3.1"),
        ("1.1-1.3 validation 3.1", "1.1..1.3 >3.1"),
        ("1.1 and validation 3.1-3.4", "1.1 >3.1-3.4"),
        (
            "User context for 1.1, 1.2",
            "\"User context for 1.1\">1.1 1.2",
        ),
        ("covers 1.1 and 1.2", "\"covers 1.1\">1.1 \"and 1.2\">1.2"),
        ("验证 3.1", "\"验证 3.1\">3.1"),
        ("covers Requirement 3 and Req 4 AC 1", "3 4/1"),
        ("groundwork of FR-2", "\"groundwork of FR-2\">FR-2"),
    ] {
        assert_eq!(drawn(body), expected, "{body:?}");
    }
}

#[test]
fn numbers_in_sentences_stay_prose() {
    for body in [
        "Python 3.11",
        "WCAG 2.1 AA compliance",
        "for HTTP 1.1",
        "since version 1.2",
        "see section 3.1",
        "see task 2.1",
        "property 1.2",
        "respond within 1.5 seconds",
        "at most 2.5 MB",
        "no longer than 1.5",
        "Implementation Steps 2",
        "phase 2",
        "3/4 done",
        "见设计 3.1",
        "设计文档第 2 章",
        "バージョン 1.2",
        "100% of 5",
    ] {
        assert_eq!(drawn(body), format!("{body:?}"), "{body:?}");
    }
    for body in [
        "1.1 Python 3.11",
        "1.1: HTTP-2 support",
        "1.1 (see 2.3)",
        "1.1 - answers in 1.5 seconds",
        "1.1: 3 tries",
    ] {
        assert_eq!(drawn(body).replace(" >HTTP-2", ""), "1.1", "{body:?}");
    }
}

#[test]
fn brackets_without_end_are_read_to_the_end() {
    for (piece, expected) in [
        ("1 (AC 1 ", 1),
        ("AC (1, ", 1),
        ("[", 1),
        ("Req 1 (1.1 (", 1),
        ("验1.1 ", 20_000),
    ] {
        let text = Text::new(piece.repeat(20_000));
        let found = read_references(&text, Span::new(0, text.bytes().len()));
        assert!(found.len() <= expected, "{piece:?}: {}", found.len());
    }
}

proptest! {
    #[test]
    fn any_body_gives_spans_inside_it_in_order(body in "(1\\.1|R2|Req 7|AC 1|ACs|from|All|全要件|through| for |[-–,、;:/()（）. \\n]|\\PC){0,12}") {
        let text = Text::new(body.clone());
        let mut end = 0;
        for reference in read_references(&text, Span::new(0, body.len())) {
            prop_assert!(reference.span.start >= end && body.get(reference.span.range()).is_some());
            end = reference.span.end;
        }
    }
}
