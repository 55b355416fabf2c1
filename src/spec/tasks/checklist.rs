//! Which headings make the unnumbered items below them a checklist instead of tasks.

/// The headings, in lower case, without number, emoji and final colon.
const HEADINGS: &[&str] = &[
    "acceptance checklist",
    "acceptance criteria",
    "acceptance",
    "checklist",
    "code review checklist",
    "completion checklist",
    "completion criteria",
    "definition of done",
    "definition of done (dod)",
    "dod",
    "done criteria",
    "done when",
    "exit criteria",
    "final checklist",
    "notes",
    "quality checklist",
    "quality gates",
    "release checklist",
    "review checklist",
    "success criteria",
    "success metrics",
    "verification checklist",
    "verification criteria",
    "完了基準",
    "完了条件",
    "完了の定義",
    "受け入れ基準",
    "受入基準",
    "受入条件",
    "成功基準",
    "注意事項",
    "備考",
    "チェックリスト",
    "验收标准",
    "验收条件",
    "验收清单",
    "验收",
    "完成标准",
    "完成条件",
    "完成定义",
    "成功标准",
    "检查清单",
    "備註",
    "备注",
    "注意",
    "驗收標準",
    "완료 기준",
    "완료 조건",
    "승인 기준",
    "인수 기준",
    "성공 기준",
    "체크리스트",
    "critérios de aceitação",
    "critérios de aceite",
    "critérios de sucesso",
    "definição de pronto",
    "criterios de aceptación",
    "criterios de éxito",
    "definición de terminado",
    "critères d'acceptation",
    "critères de succès",
    "akzeptanzkriterien",
    "erfolgskriterien",
    "критерии приемки",
    "критерии приёмки",
    "критерии успеха",
    "критерии готовности",
];

/// Where in the tree of headings a reader stands.
#[derive(Default)]
pub(super) struct Scope {
    /// The level of the heading that began the checklist.
    level: Option<u8>,
}

impl Scope {
    /// Goes on below a heading. A sub-heading of a checklist's heading stays inside.
    pub(super) fn enter(&mut self, level: u8, title: &str) {
        if self.level.is_some_and(|outer| level > outer) {
            return;
        }
        self.level = is_checklist_heading(title).then_some(level);
    }

    /// Returns whether unnumbered items here are a checklist.
    pub(super) fn is_inside(&self) -> bool {
        self.level.is_some()
    }
}

/// Returns whether the whole text of a heading, without number and emoji, is in the table.
fn is_checklist_heading(title: &str) -> bool {
    let plain: String = title
        .chars()
        .filter(|character| !is_decoration(*character))
        .collect();
    let unnumbered = plain.trim().trim_start_matches(|character: char| {
        character.is_ascii_digit() || matches!(character, '.' | ')' | ' ' | '、')
    });
    let name = unnumbered.trim_end_matches([':', '：', ' ']).to_lowercase();
    HEADINGS.contains(&name.as_str())
}

/// Returns whether a character is an emoji or a mark of emphasis.
fn is_decoration(character: char) -> bool {
    matches!(character, '*' | '_' | '`' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' | '\u{2139}' | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_match_as_a_whole() {
        for title in [
            "Success Criteria",
            "SUCCESS CRITERIA:",
            "3. Success Criteria",
            "3.1 ✅ Definition of Done",
            "**Notes**",
            "1️⃣ Success Criteria",
            "ℹ️ Notes",
            "`Notes`",
            "验收标准：",
            "完了条件",
        ] {
            assert!(is_checklist_heading(title), "{title:?}");
        }
        for title in [
            "Success",
            "Notes on testing",
            "Tasks",
            "",
            "Phase 1: Acceptance Criteria review",
        ] {
            assert!(!is_checklist_heading(title), "{title:?}");
        }
    }

    #[test]
    fn a_sibling_heading_leaves_the_checklist() {
        let mut scope = Scope::default();
        for (level, title, inside) in [
            (1, "Plan", false),
            (2, "Notes", true),
            (3, "More", true),
            (2, "Tasks", false),
            (3, "Definition of Done", true),
            (1, "B", false),
        ] {
            scope.enter(level, title);
            assert_eq!(scope.is_inside(), inside, "{title}");
        }
    }
}
