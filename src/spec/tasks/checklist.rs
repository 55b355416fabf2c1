//! Which headings make the unnumbered items below them a checklist instead of tasks.

use super::number::is_emoji;

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

/// Ends of further names of such headings: `代码检查清单`, `Deployment Checklist`.
const ENDS: &[&str] = &[
    " checklist",
    "清单",
    "清單",
    "チェックリスト",
    "체크리스트",
    "чек-лист",
    "чеклист",
];

/// Words before such an end that make it a list of tasks: `任务清单`.
const WORK: &[&str] = &[
    "task",
    "todo",
    "to-do",
    "work",
    "implementation",
    "development",
    "任务",
    "任務",
    "待办",
    "待辦",
    "工作",
    "实施",
    "實施",
    "实现",
    "开发",
    "開發",
    "执行",
    "行动",
    "タスク",
    "作業",
    "実装",
    "작업",
    "구현",
    "задач",
];

/// Returns whether the whole text of a heading, without number, emoji and a remark in brackets
/// behind it, is in the table or ends as one of those does.
fn is_checklist_heading(title: &str) -> bool {
    let plain: String = title
        .chars()
        .filter(|character| !is_decoration(*character))
        .collect();
    let unnumbered = plain.trim().trim_start_matches(|character: char| {
        character.is_ascii_digit() || matches!(character, '.' | ')' | ' ' | '、')
    });
    let name = unnumbered.trim_end_matches([':', '：', ' ']).to_lowercase();
    is_checklist_name(&name)
        || without_remark(&name)
            .is_some_and(|name| is_checklist_name(name.trim_end_matches([':', '：', ' '])))
}

fn is_checklist_name(name: &str) -> bool {
    let ends_as_one = |end: &&str| {
        name.strip_suffix(*end)
            .is_some_and(|before| !WORK.iter().any(|work| before.contains(work)))
    };
    HEADINGS.contains(&name) || ENDS.iter().any(ends_as_one)
}

/// Returns a name without the brackets at its end, if there are any.
fn without_remark(name: &str) -> Option<&str> {
    let open = match name.chars().next_back()? {
        ')' => '(',
        '）' => '（',
        ']' => '[',
        '】' => '【',
        _ => return None,
    };
    Some(name[..name.rfind(open)?].trim_end())
}

/// Returns whether a character is an emoji or a mark of emphasis.
fn is_decoration(character: char) -> bool {
    is_emoji(character) || matches!(character, '*' | '_' | '`')
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
            "Definition of Done (Tranche A)",
            "验收标准（第一阶段）",
            "Success Criteria [MVP]:",
            "2. 验收清单（0.5 天）",
            "代码检查清单",
            "发布清单",
            "Deployment Checklist",
            "移行チェックリスト",
        ] {
            assert!(is_checklist_heading(title), "{title:?}");
        }
        for title in [
            "Success",
            "Notes on testing",
            "Tasks",
            "",
            "Phase 1: Acceptance Criteria review",
            "任务清单",
            "1. 任务清单：test-infra",
            "Task 清单（24）",
            "Implementation Checklist",
            "Checklists of the team",
            "Tasks (Definition of Done)",
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
