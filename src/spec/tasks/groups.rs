//! Lines with a number and without a box that name the tasks below them: `1. Set up` above
//! `   - [ ] 1.1 …`. They are no details of the item before them.

use super::{Phase, Task, close_details};
use crate::markdown::list_line;
use crate::text::Text;

/// Ends the details of items before lines that name a group. What stands below such a line before
/// its first task is about all tasks of the group.
pub(super) fn part(text: &Text, items: &mut [Task], phases: &[Phase]) {
    let mut end = usize::MAX;
    for index in (0..items.len().saturating_sub(1)).rev() {
        let Some((line, indent)) = name_of_group(text, &items[index], &items[index + 1]) else {
            continue;
        };
        let (own, behind) = items.split_at_mut(index + 1);
        let own = &mut own[index];
        own.details.end = line;
        close_details(text, own);
        let fields = own.fields.iter().filter(|field| field.line >= line);
        let fields: Vec<_> = fields.copied().collect();
        own.fields.retain(|field| field.line < line);
        let next = phases.partition_point(|phase| phase.line <= line);
        let end_of_phase = phases.get(next).map_or(usize::MAX, |phase| phase.line);
        let last = end.min(end_of_phase);
        for item in behind
            .iter_mut()
            .take_while(|item| item.indent > indent && item.line < last)
        {
            item.fields.extend(&fields);
        }
        end = line;
    }
}

/// Finds the line in the details of an item that names the group of the next one, and how far in it
/// stands.
fn name_of_group(text: &Text, item: &Task, next: &Task) -> Option<(usize, usize)> {
    let mut lines = item.details.clone().rev();
    lines.find_map(|line| {
        let found = list_line(text.bytes(), text.lines()[line].content)?;
        let first = text.slice(found.bullet).first()?;
        let names = first.is_ascii_digit()
            && found.checkbox.is_none()
            && found.indent <= item.indent
            && found.indent < next.indent;
        names.then_some((line, found.indent))
    })
}

#[cfg(test)]
mod tests {
    use super::super::Tasks;
    use crate::markdown::Document;
    use crate::text::Text;

    #[test]
    fn a_number_without_a_box_names_the_tasks_below_it() {
        for (source, expected) in [
            (
                "1. A\n   - [ ] 1.1 b\n     - c\n2. D\n   - _Requirements: 2.1_\n   - [ ] 2.1 e\n   - [ ] 2.2 f\n3. G\n   - [ ] 3.1 h\n",
                vec!["2..3 ", "6..6 2.1", "7..7 2.1", "9..9 "],
            ),
            // Numbers that list what a task is about stay its details.
            (
                "- [ ] 1. a\n  1. b\n  2. c\n  - [ ] 1.1 d\n",
                vec!["1..3 ", "4..4 "],
            ),
            (
                "- [ ] 1. a\n1. b\n2. c\n- [ ] 2. d\n",
                vec!["1..3 ", "4..4 "],
            ),
        ] {
            let text = Text::new(source);
            let tasks = Tasks::parse(&text, &Document::parse(&text));
            let drawn = tasks.items.iter().map(|item| {
                let named = item.references(&text).join(" ");
                format!("{}..{} {named}", item.details.start, item.details.end)
            });
            assert_eq!(drawn.collect::<Vec<_>>(), expected, "{source}");
        }
    }
}
