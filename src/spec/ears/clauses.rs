//! Cutting a criterion into clauses, and the pattern that they make.

use super::keywords::{Hit, english, foreign};
use super::verbs::{article_from, bare_response, topic};
use super::words::Side;
use super::{Clause, ClauseKind, Ears, Pattern};
use crate::spec::piece::prefix_length;
use crate::text::Span;

/// Cuts the text of a criterion into clauses.
///
/// Keywords in code do not count; but where one backtick too many hides the whole sentence, none of them does.
pub fn parse(text: &str) -> Ears {
    let found = parse_words(text);
    let is_torn = found.pattern == Pattern::None && text.matches('`').count() % 2 == 1;
    if is_torn { parse_words(&text.replace('`', " ")) } else { found }
}

fn parse_words(text: &str) -> Ears {
    let mut hits = english(text);
    if !hits.iter().any(|hit| hit.kind == ClauseKind::Shall) {
        hits = together(hits, foreign(text));
        hits.extend(bare_response(text, &hits));
    }
    if !has_response(&hits) {
        return Ears::default();
    }
    let clauses = clauses(text, &hits);
    match pattern(&clauses) {
        Pattern::None => Ears::default(),
        pattern => Ears { pattern, clauses },
    }
}

/// Puts keywords of two languages in the order of the text. Where the first has a condition, the second adds only what must happen.
fn together(mut hits: Vec<Hit>, others: Vec<Hit>) -> Vec<Hit> {
    let conditional = hits.iter().any(|hit| is_condition(hit.kind));
    let behind = hits.last().map_or(0, |hit| hit.end);
    hits.extend(others.into_iter().filter(|hit| !conditional || hit.kind == ClauseKind::Shall && hit.start >= behind));
    hits.sort_by_key(|hit| hit.start);
    hits
}

fn has_response(hits: &[Hit]) -> bool {
    hits.iter().any(|hit| matches!(hit.kind, ClauseKind::Shall | ClauseKind::Then))
}

fn is_condition(kind: ClauseKind) -> bool {
    matches!(kind, ClauseKind::Given | ClauseKind::While | ClauseKind::When | ClauseKind::Where | ClauseKind::If)
}

/// Gives the pattern that clauses with a response make.
fn pattern(clauses: &[Clause]) -> Pattern {
    let has = |kind| clauses.iter().any(|clause| clause.kind == kind);
    let conditions = [
        (ClauseKind::While, Pattern::StateDriven),
        (ClauseKind::When, Pattern::EventDriven),
        (ClauseKind::Where, Pattern::OptionalFeature),
        (ClauseKind::If, Pattern::UnwantedBehaviour),
    ];
    let mut found = conditions.iter().filter(|(kind, _)| has(*kind)).map(|(_, pattern)| *pattern);
    if has(ClauseKind::Given) {
        return if has(ClauseKind::When) || has(ClauseKind::Then) { Pattern::GivenWhenThen } else { Pattern::None };
    }
    match (found.next(), found.next()) {
        (None, _) if has(ClauseKind::Shall) => Pattern::Ubiquitous,
        (None, _) => Pattern::None,
        (Some(only), None) => only,
        (Some(_), Some(_)) => Pattern::Complex,
    }
}

/// Walks over the keywords and closes a clause at each.
struct Cutter<'a> {
    text: &'a str,
    clauses: Vec<Clause>,
    /// The keyword whose clause is still open.
    open: Option<Hit>,
    /// Where the open clause, or the text that no keyword has claimed, begins.
    from: usize,
}

fn clauses(text: &str, hits: &[Hit]) -> Vec<Clause> {
    let mut cutter = Cutter { text, clauses: Vec::with_capacity(hits.len() + 1), open: None, from: 0 };
    for hit in hits {
        cutter.take(*hit);
    }
    cutter.close(text.len());
    cutter.clauses
}

impl Cutter<'_> {
    fn take(&mut self, hit: Hit) {
        let responds = self.open.is_some_and(|open| open.kind == ClauseKind::Shall);
        match (hit.kind, hit.side) {
            (ClauseKind::Shall, _) if responds => {}
            (ClauseKind::Shall, Side::Before) => self.take_response(hit),
            (ClauseKind::Shall, Side::Behind) => self.take_late_response(hit),
            (_, Side::Before) => self.begin(hit),
            (_, Side::Behind) => self.take_late_condition(hit),
        }
    }

    fn begin(&mut self, hit: Hit) {
        self.close(hit.start);
        self.open = Some(hit);
        self.from = hit.end;
    }

    /// Ends the open clause at `end`.
    fn close(&mut self, end: usize) {
        if let Some(open) = self.open.take() {
            self.push(open.kind, Span::new(open.start, open.end), self.from, end);
        }
        self.from = end;
    }

    fn push(&mut self, kind: ClauseKind, keyword: Span, from: usize, to: usize) {
        let text = trimmed(self.text, from, to.max(from));
        self.clauses.push(Clause { kind, keyword, text });
    }

    /// Parts what stands before the demand into the open condition and the system.
    fn take_response(&mut self, hit: Hit) {
        let head = &self.text[self.from..hit.start];
        let system = self.from + system_start(head, self.open.map(|open| open.kind));
        self.close(system);
        self.push_system(system, hit.start);
        self.begin(hit);
    }

    fn push_system(&mut self, from: usize, to: usize) {
        let name = trimmed(self.text, from, to);
        if name.is_empty() {
            return;
        }
        let article = prefix_length(&self.text[name.range()], "the ").map_or(0, |length| length - 1);
        self.push(ClauseKind::System, Span::new(name.start, name.start + article), name.start + article, name.end);
    }

    /// Takes a demand that stands behind what it demands: system, response, keyword.
    fn take_late_response(&mut self, hit: Hit) {
        let head = &self.text[..hit.start];
        let article = article_from(head, self.from);
        let comma = || head[self.from..].find([',', '，', '、']).map(|comma| self.from + comma);
        match self.open {
            Some(open) if is_condition(open.kind) => self.close(article.or_else(comma).unwrap_or(self.from)),
            _ => {
                self.close(self.from);
                self.from = article.unwrap_or(self.from);
            }
        }
        let system = self.from + topic(&head[self.from..]).unwrap_or(0);
        self.push_system(self.from, system);
        self.push(ClauseKind::Shall, Span::new(hit.start, hit.end), system, hit.start);
        self.from = hit.end;
    }

    /// Takes a system that an article names before a condition: `The システムは、失敗した場合、…`.
    fn take_leading_system(&mut self, end: usize) {
        let head = &self.text[..end];
        if let Some(article) = article_from(head, self.from)
            && let Some(topic) = topic(&head[article..])
        {
            self.push_system(article, article + topic);
            let particle = head[article + topic..].chars().next().map_or(0, char::len_utf8);
            self.from = article + topic + particle;
        }
    }

    /// Takes the end of a condition. One that a word has opened already only becomes a state where the end says so.
    fn take_late_condition(&mut self, hit: Hit) {
        match self.open {
            Some(open) if is_condition(open.kind) => {
                let kind = if hit.kind == ClauseKind::While { ClauseKind::While } else { open.kind };
                self.open = Some(Hit { kind, ..open });
                self.close(hit.start);
            }
            Some(_) => return,
            None => {
                self.take_leading_system(hit.start);
                self.push(hit.kind, Span::new(hit.start, hit.end), self.from, hit.start);
            }
        }
        self.from = hit.end;
    }
}

/// Gives where in `head`, which a demand follows, the name of the system begins.
fn system_start(head: &str, open: Option<ClauseKind>) -> usize {
    let comma = head.rfind([',', '，', '、']).map(|found| found + head[found..].chars().next().map_or(1, char::len_utf8));
    let article = head.rfind(" THE ").map(|found| found + 1);
    match (comma.max(article), open) {
        (Some(start), Some(_)) => start,
        (_, None | Some(ClauseKind::Then)) => 0,
        (None, Some(_)) => head.rfind(" the ").map_or(head.len(), |found| found + 1),
    }
}

/// Gives the span without blanks, marks of emphasis, commas and connecting words at its ends.
fn trimmed(text: &str, from: usize, to: usize) -> Span {
    let marks = |char: char| char.is_whitespace() || matches!(char, '*' | ',' | '，' | '、' | ';');
    let inside = &text[from..to];
    let start = from + (inside.len() - inside.trim_start_matches(marks).len());
    let mut end = from + inside.trim_end_matches(marks).len();
    if let Some(open) = text.get(start..end)
        && let Some(shorter) = [" AND", " OR", " and"].iter().find_map(|word| open.strip_suffix(word))
    {
        end = start + shorter.trim_end_matches(marks).len();
    }
    Span::new(start.min(end.max(from)), end.max(from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Draws pattern and clauses as `pattern: KEYWORD[text] …`.
    fn drawn(text: &str) -> String {
        let ears = parse(text);
        let mut out = ears.pattern.name().to_owned();
        for clause in ears.clauses {
            let name = format!("{:?}", clause.kind);
            out.push_str(&format!(" {name}<{}|{}>", &text[clause.keyword.range()], &text[clause.text.range()]));
        }
        out
    }

    #[test]
    fn english_clauses() {
        for (text, expected) in [
            ("THE System SHALL log in", "ubiquitous System<THE|System> Shall<SHALL|log in>"),
            ("The system shall log in.", "ubiquitous System<The|system> Shall<shall|log in.>"),
            ("WHEN a THEN the system SHALL b", "event-driven When<WHEN|a> Then<THEN|> System<the|system> Shall<SHALL|b>"),
            ("WHEN a, THE System SHALL b", "event-driven When<WHEN|a> System<THE|System> Shall<SHALL|b>"),
            ("**WHEN** a, **THE SYSTEM SHALL** b", "event-driven When<WHEN|a> System<THE|SYSTEM> Shall<SHALL|b>"),
            ("When a, the system shall b", "event-driven When<When|a> System<the|system> Shall<shall|b>"),
            ("WHEN THE user acts, Scheduler SHALL b", "event-driven When<WHEN|THE user acts> System<|Scheduler> Shall<SHALL|b>"),
            ("WHEN a AND b THEN the X SHALL c", "event-driven When<WHEN|a AND b> Then<THEN|> System<the|X> Shall<SHALL|c>"),
            ("IF a, THEN THE X SHALL NOT b", "unwanted-behaviour If<IF|a> Then<THEN|> System<THE|X> Shall<SHALL NOT|b>"),
            ("If a, then the x shall b", "unwanted-behaviour If<If|a> Then<then|> System<the|x> Shall<shall|b>"),
            ("WHILE a, THE X SHALL b", "state-driven While<WHILE|a> System<THE|X> Shall<SHALL|b>"),
            ("WHERE a, THE X SHALL b", "optional-feature Where<WHERE|a> System<THE|X> Shall<SHALL|b>"),
            ("WHILE a, WHEN b, THE X SHALL c", "complex While<WHILE|a> When<WHEN|b> System<THE|X> Shall<SHALL|c>"),
            ("WHEN a AND WHEN b, THE X SHALL c", "event-driven When<WHEN|a> When<WHEN|b> System<THE|X> Shall<SHALL|c>"),
            (
                "WHEN a THEN the system SHALL CONTINUE TO b",
                "event-driven When<WHEN|a> Then<THEN|> System<the|system> Shall<SHALL CONTINUE TO|b>",
            ),
            ("FOR ALL x, THE P SHALL b", "ubiquitous ForAll<FOR ALL|x> System<THE|P> Shall<SHALL|b>"),
            ("WHEN a THEN the system crashes", "event-driven When<WHEN|a> Then<THEN|the system crashes>"),
            ("THE X SHALL b WHEN c", "event-driven System<THE|X> Shall<SHALL|b> When<WHEN|c>"),
            ("THE X SHALL map `WHEN` to b", "ubiquitous System<THE|X> Shall<SHALL|map `WHEN` to b>"),
            ("WHEN `a` or `b, THE X SHALL `c` d", "event-driven When<WHEN|a` or `b> System<THE|X> Shall<SHALL|c` d>"),
            ("When `a` is used, `b` must be given", "event-driven When<When|`a` is used> System<|`b`> Shall<must|be given>"),
            ("**Login:** When a, the x shall b", "event-driven When<When|a> System<the|x> Shall<shall|b>"),
        ] {
            assert_eq!(drawn(text), expected, "{text}");
        }
    }

    #[test]
    fn another_style_has_its_own_name() {
        for text in ["GIVEN a WHEN b THEN c", "**Given** a **When** b **Then** c", "Given a, when b, then c", "假设 a，当 b，那么 c"]
        {
            assert_eq!(parse(text).pattern, Pattern::GivenWhenThen, "{text}");
        }
    }

    #[test]
    fn texts_without_a_pattern() {
        for text in
            ["", "The password is hashed", "Response time < 1s", "WHEN a", "If in doubt, ask", "The system must work", "应用响应时间"]
        {
            assert_eq!(drawn(text), "none", "{text}");
        }
    }

    #[test]
    fn clauses_of_other_languages() {
        for (text, expected) in [
            ("WHEN 用户登录, THE 系统 SHALL 显示", "event-driven When<WHEN|用户登录> System<THE|系统> Shall<SHALL|显示>"),
            ("当用户登录时，系统应显示首页", "event-driven When<当|用户登录> System<|系统> Shall<应|显示首页>"),
            ("当系统运行期间，系统应当记录日志", "state-driven While<当|系统运行> System<|系统> Shall<应当|记录日志>"),
            ("如果失败，则系统必须重试", "unwanted-behaviour If<如果|失败> Then<则|> System<|系统> Shall<必须|重试>"),
            ("系统应支持中文", "ubiquitous System<|系统> Shall<应|支持中文>"),
            (
                "WHEN 文書が要求される THEN システムは取得する",
                "event-driven When<WHEN|文書が要求される> Then<THEN|> System<|システム> Shall<|は取得する>",
            ),
            (
                "ユーザーが押した場合、システムは保存しなければならない",
                "unwanted-behaviour If<場合|ユーザーが押した> System<|システム> Shall<なければならない|は保存し>",
            ),
            ("사용자가 누르면, 시스템은 저장해야 합니다", "event-driven When<면|사용자가 누르> System<|시스템> Shall<야 합니다|은 저장해>"),
            ("Когда а, система должна б", "event-driven When<Когда|а> System<|система> Shall<должна|б>"),
            ("WHEN а, THEN система НЕ ДОЛЖНА б", "event-driven When<WHEN|а> Then<THEN|> System<|система> Shall<НЕ ДОЛЖНА|б>"),
            ("Если а, то система должна б", "unwanted-behaviour If<Если|а> Then<то|> System<|система> Shall<должна|б>"),
            ("Quando a, o sistema deve b", "event-driven When<Quando|a> System<|o sistema> Shall<deve|b>"),
            ("Cuando a, el sistema debe b", "event-driven When<Cuando|a> System<|el sistema> Shall<debe|b>"),
            ("Lorsque a, le système doit b", "event-driven When<Lorsque|a> System<|le système> Shall<doit|b>"),
            ("Wenn a, soll das System b", "event-driven When<Wenn|a> Shall<soll|das System b>"),
            ("Solange a, muss b", "state-driven While<Solange|a> Shall<muss|b>"),
            ("QUANDO a ENTÃO o sistema DEVE b", "event-driven When<QUANDO|a> Then<ENTÃO|> System<|o sistema> Shall<DEVE|b>"),
        ] {
            assert_eq!(drawn(text), expected, "{text}");
        }
    }

    #[test]
    fn capitalised_english_keywords_with_a_response_in_another_language() {
        for (text, expected) in [
            (
                "When 敵に勝利した場合, the システムは演出を表示する",
                "event-driven When<When|敵に勝利した場合> System<the|システム> Shall<|は演出を表示する>",
            ),
            ("The システムは演出を表示する", "ubiquitous System<The|システム> Shall<|は演出を表示する>"),
            ("The システムは演出を表示します。", "ubiquitous System<The|システム> Shall<|は演出を表示します>"),
            ("The システムは演出を表示しない（無効時）", "ubiquitous System<The|システム> Shall<|は演出を表示しない（無効時）>"),
            ("While 待機中, the システムは入力を待つ", "state-driven While<While|待機中> System<the|システム> Shall<|は入力を待つ>"),
            (
                "Where 音声がある場合, the 画面は再生する",
                "optional-feature Where<Where|音声がある場合> System<the|画面> Shall<|は再生する>",
            ),
            ("If a、b場合, then the システムは戻る", "unwanted-behaviour If<If|a、b場合> Then<then|> System<the|システム> Shall<|は戻る>"),
            ("When a、b場合, the システムは戻ること", "event-driven When<When|a、b場合> System<the|システム> Shall<こと|は戻る>"),
            (
                "When 押した時, the システムは保存しなければならない",
                "event-driven When<When|押した時> System<the|システム> Shall<なければならない|は保存し>",
            ),
            ("When 押した時, the system shall 保存する", "event-driven When<When|押した時> System<the|system> Shall<shall|保存する>"),
            ("When 用户登录, the 系统应显示首页", "event-driven When<When|用户登录> System<the|系统> Shall<应|显示首页>"),
            ("The 系统必须记录日志", "ubiquitous System<The|系统> Shall<必须|记录日志>"),
            ("If 失败, then the 系统不应重试", "unwanted-behaviour If<If|失败> Then<then|> System<the|系统> Shall<不应|重试>"),
            ("While 系统运行, the 系统 SHALL 记录日志", "state-driven While<While|系统运行> System<the|系统> Shall<SHALL|记录日志>"),
            ("When 누르면, the 시스템은 저장해야 한다", "event-driven When<When|누르면> System<the|시스템> Shall<야 한다|은 저장해>"),
            ("When 누르면, the 시스템은 저장한다", "event-driven When<When|누르면> System<the|시스템> Shall<|은 저장한다>"),
            ("The 시스템은 기록을 표시합니다.", "ubiquitous System<The|시스템> Shall<|은 기록을 표시합니다.>"),
            ("When а, the система должна б", "event-driven When<When|а> System<the|система> Shall<должна|б>"),
            ("If а, then система должна б", "unwanted-behaviour If<If|а> Then<then|> System<|система> Shall<должна|б>"),
            ("When a, the Sistema deve b", "event-driven When<When|a> System<the|Sistema> Shall<deve|b>"),
            ("While a, el sistema debe b", "state-driven While<While|a> System<|el sistema> Shall<debe|b>"),
            ("Where a, le système doit b", "optional-feature Where<Where|a> System<|le système> Shall<doit|b>"),
            ("When a, das System muss b", "event-driven When<When|a> System<|das System> Shall<muss|b>"),
        ] {
            assert_eq!(drawn(text), expected, "{text}");
        }
    }

    #[test]
    fn japanese_and_korean_sentences_end_with_their_demand() {
        for (text, expected) in [
            ("失敗した場合、APIは通知を返すこと", "unwanted-behaviour If<場合|失敗した> System<|API> Shall<こと|は通知を返す>"),
            ("APIは、文書を受け付けること。", "ubiquitous System<|API> Shall<こと|は、文書を受け付ける>"),
            ("押したとき、画面は閉じる", "event-driven When<とき|押した> System<|画面> Shall<|は閉じる>"),
            ("누르면, 화면은 닫힌다", "event-driven When<면|누르> System<|화면> Shall<|은 닫힌다>"),
            ("保存中の間、画面は閉じる", "state-driven While<の間|保存中> System<|画面> Shall<|は閉じる>"),
            ("次を含むこと:", "ubiquitous Shall<こと|次を含む>"),
            ("The 画面は時間、量を示す", "ubiquitous System<The|画面> Shall<|は時間、量を示す>"),
            ("누르면, 화면은 닫힌다.", "event-driven When<면|누르> System<|화면> Shall<|은 닫힌다.>"),
            ("The 画面は、失敗した場合、理由を示す", "unwanted-behaviour System<The|画面> If<場合|失敗した> Shall<|理由を示す>"),
            ("The 画面は、作成日時、題を示す", "ubiquitous System<The|画面> Shall<|は、作成日時、題を示す>"),
            ("使用することで画面を表示", "none"),
            ("画面はタイトルを表示する", "none"),
            ("押したとき、画面を閉じる", "none"),
            ("The ファイルを開く", "none"),
        ] {
            assert_eq!(drawn(text), expected, "{text}");
        }
    }

    #[test]
    fn steps_in_lines_of_their_own_are_one_pattern() {
        for text in [
            "Given: a\n- When: b\n- Then: c",
            "**Given** a  \n**When** b  \n**Then** c",
            "Given a\n2. When b\n3. Then c",
            "假设 a\n- 当 b\n- 那么 c",
            "前提 a\n- もし b\n- ならば c",
            "Дано а\n- Когда б\n- Тогда в",
            "Dado a\n- Quando b\n- Então c",
            "Dado a\n- Cuando b\n- Entonces c",
            "Étant donné a\n- Quand b\n- Alors c",
            "Angenommen a\n- Wenn b\n- Dann c",
        ] {
            assert_eq!(parse(text).pattern, Pattern::GivenWhenThen, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_clauses_inside_it(text in "(WHEN|IF|THE|SHALL|THEN|当|应|は|場合、|なければならない|should|[ ,`*]|\\PC){0,12}") {
            for clause in parse(&text).clauses {
                prop_assert!(text.get(clause.keyword.range()).is_some());
                prop_assert!(text.get(clause.text.range()).is_some());
            }
        }
    }
}
