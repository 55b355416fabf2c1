//! Criteria of every form, cut into clauses.

use super::*;
use proptest::prelude::*;

/// Draws pattern and clauses as `pattern: KEYWORD[text] …`.
fn drawn(text: &str) -> String {
    let ears = parse(text);
    let mut out = ears.pattern.name().to_owned();
    for clause in ears.clauses {
        let name = format!("{:?}", clause.kind);
        out.push_str(&format!(
            " {name}<{}|{}>",
            &text[clause.keyword.range()],
            &text[clause.text.range()]
        ));
    }
    out
}

#[test]
fn english_clauses() {
    for (text, expected) in [
        (
            "THE System SHALL log in",
            "ubiquitous System<THE|System> Shall<SHALL|log in>",
        ),
        (
            "The system shall log in.",
            "ubiquitous System<The|system> Shall<shall|log in.>",
        ),
        (
            "WHEN a THEN the system SHALL b",
            "event-driven When<WHEN|a> Then<THEN|> System<the|system> Shall<SHALL|b>",
        ),
        (
            "WHEN a, THE System SHALL b",
            "event-driven When<WHEN|a> System<THE|System> Shall<SHALL|b>",
        ),
        (
            "**WHEN** a, **THE SYSTEM SHALL** b",
            "event-driven When<WHEN|a> System<THE|SYSTEM> Shall<SHALL|b>",
        ),
        (
            "When a, the system shall b",
            "event-driven When<When|a> System<the|system> Shall<shall|b>",
        ),
        (
            "WHEN THE user acts, Scheduler SHALL b",
            "event-driven When<WHEN|THE user acts> System<|Scheduler> Shall<SHALL|b>",
        ),
        (
            "WHEN a AND b THEN the X SHALL c",
            "event-driven When<WHEN|a AND b> Then<THEN|> System<the|X> Shall<SHALL|c>",
        ),
        (
            "IF a, THEN THE X SHALL NOT b",
            "unwanted-behaviour If<IF|a> Then<THEN|> System<THE|X> Shall<SHALL NOT|b>",
        ),
        (
            "If a, then the x shall b",
            "unwanted-behaviour If<If|a> Then<then|> System<the|x> Shall<shall|b>",
        ),
        (
            "WHILE a, THE X SHALL b",
            "state-driven While<WHILE|a> System<THE|X> Shall<SHALL|b>",
        ),
        (
            "WHERE a, THE X SHALL b",
            "optional-feature Where<WHERE|a> System<THE|X> Shall<SHALL|b>",
        ),
        (
            "WHILE a, WHEN b, THE X SHALL c",
            "complex While<WHILE|a> When<WHEN|b> System<THE|X> Shall<SHALL|c>",
        ),
        (
            "WHEN a AND WHEN b, THE X SHALL c",
            "event-driven When<WHEN|a> When<WHEN|b> System<THE|X> Shall<SHALL|c>",
        ),
        (
            "WHEN a THEN the system SHALL CONTINUE TO b",
            "event-driven When<WHEN|a> Then<THEN|> System<the|system> Shall<SHALL CONTINUE TO|b>",
        ),
        (
            "FOR ALL x, THE P SHALL b",
            "ubiquitous ForAll<FOR ALL|x> System<THE|P> Shall<SHALL|b>",
        ),
        (
            "WHEN a THEN the system crashes",
            "event-driven When<WHEN|a> Then<THEN|the system crashes>",
        ),
        (
            "THE X SHALL b WHEN c",
            "event-driven System<THE|X> Shall<SHALL|b> When<WHEN|c>",
        ),
        (
            "THE X SHALL map `WHEN` to b",
            "ubiquitous System<THE|X> Shall<SHALL|map `WHEN` to b>",
        ),
        (
            "WHEN `a` or `b, THE X SHALL `c` d",
            "event-driven When<WHEN|a` or `b> System<THE|X> Shall<SHALL|c` d>",
        ),
        (
            "When `a` is used, `b` must be given",
            "event-driven When<When|`a` is used> System<|`b`> Shall<must|be given>",
        ),
        (
            "**Login:** When a, the x shall b",
            "event-driven When<When|a> System<the|x> Shall<shall|b>",
        ),
    ] {
        assert_eq!(drawn(text), expected, "{text}");
    }
}

#[test]
fn another_style_has_its_own_name() {
    for text in [
        "GIVEN a WHEN b THEN c",
        "**Given** a **When** b **Then** c",
        "Given a, when b, then c",
        "假设 a，当 b，那么 c",
    ] {
        assert_eq!(parse(text).pattern, Pattern::GivenWhenThen, "{text}");
    }
}

#[test]
fn texts_without_a_pattern() {
    for text in [
        "",
        "The password is hashed",
        "Response time < 1s",
        "WHEN a",
        "If in doubt, ask",
        "The system must work",
        "应用响应时间",
    ] {
        assert_eq!(drawn(text), "none", "{text}");
    }
}

#[test]
fn clauses_of_other_languages() {
    for (text, expected) in [
        (
            "WHEN 用户登录, THE 系统 SHALL 显示",
            "event-driven When<WHEN|用户登录> System<THE|系统> Shall<SHALL|显示>",
        ),
        (
            "当用户登录时，系统应显示首页",
            "event-driven When<当|用户登录> System<|系统> Shall<应|显示首页>",
        ),
        (
            "当系统运行期间，系统应当记录日志",
            "state-driven While<当|系统运行> System<|系统> Shall<应当|记录日志>",
        ),
        (
            "如果失败，则系统必须重试",
            "unwanted-behaviour If<如果|失败> Then<则|> System<|系统> Shall<必须|重试>",
        ),
        (
            "系统应支持中文",
            "ubiquitous System<|系统> Shall<应|支持中文>",
        ),
        (
            "WHEN 文書が要求される THEN システムは取得する",
            "event-driven When<WHEN|文書が要求される> Then<THEN|> System<|システム> Shall<|は取得する>",
        ),
        (
            "ユーザーが押した場合、システムは保存しなければならない",
            "unwanted-behaviour If<場合|ユーザーが押した> System<|システム> Shall<なければならない|は保存し>",
        ),
        (
            "사용자가 누르면, 시스템은 저장해야 합니다",
            "event-driven When<면|사용자가 누르> System<|시스템> Shall<야 합니다|은 저장해>",
        ),
        (
            "Когда а, система должна б",
            "event-driven When<Когда|а> System<|система> Shall<должна|б>",
        ),
        (
            "WHEN а, THEN система НЕ ДОЛЖНА б",
            "event-driven When<WHEN|а> Then<THEN|> System<|система> Shall<НЕ ДОЛЖНА|б>",
        ),
        (
            "Если а, то система должна б",
            "unwanted-behaviour If<Если|а> Then<то|> System<|система> Shall<должна|б>",
        ),
        (
            "Quando a, o sistema deve b",
            "event-driven When<Quando|a> System<|o sistema> Shall<deve|b>",
        ),
        (
            "Cuando a, el sistema debe b",
            "event-driven When<Cuando|a> System<|el sistema> Shall<debe|b>",
        ),
        (
            "Lorsque a, le système doit b",
            "event-driven When<Lorsque|a> System<|le système> Shall<doit|b>",
        ),
        (
            "Wenn a, soll das System b",
            "event-driven When<Wenn|a> Shall<soll|das System b>",
        ),
        (
            "Solange a, muss b",
            "state-driven While<Solange|a> Shall<muss|b>",
        ),
        (
            "QUANDO a ENTÃO o sistema DEVE b",
            "event-driven When<QUANDO|a> Then<ENTÃO|> System<|o sistema> Shall<DEVE|b>",
        ),
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
        (
            "The システムは演出を表示する",
            "ubiquitous System<The|システム> Shall<|は演出を表示する>",
        ),
        (
            "The システムは演出を表示します。",
            "ubiquitous System<The|システム> Shall<|は演出を表示します>",
        ),
        (
            "The システムは演出を表示しない（無効時）",
            "ubiquitous System<The|システム> Shall<|は演出を表示しない（無効時）>",
        ),
        (
            "While 待機中, the システムは入力を待つ",
            "state-driven While<While|待機中> System<the|システム> Shall<|は入力を待つ>",
        ),
        (
            "Where 音声がある場合, the 画面は再生する",
            "optional-feature Where<Where|音声がある場合> System<the|画面> Shall<|は再生する>",
        ),
        (
            "If a、b場合, then the システムは戻る",
            "unwanted-behaviour If<If|a、b場合> Then<then|> System<the|システム> Shall<|は戻る>",
        ),
        (
            "When a、b場合, the システムは戻ること",
            "event-driven When<When|a、b場合> System<the|システム> Shall<こと|は戻る>",
        ),
        (
            "When 押した時, the システムは保存しなければならない",
            "event-driven When<When|押した時> System<the|システム> Shall<なければならない|は保存し>",
        ),
        (
            "When 押した時, the system shall 保存する",
            "event-driven When<When|押した時> System<the|system> Shall<shall|保存する>",
        ),
        (
            "When 用户登录, the 系统应显示首页",
            "event-driven When<When|用户登录> System<the|系统> Shall<应|显示首页>",
        ),
        (
            "The 系统必须记录日志",
            "ubiquitous System<The|系统> Shall<必须|记录日志>",
        ),
        (
            "If 失败, then the 系统不应重试",
            "unwanted-behaviour If<If|失败> Then<then|> System<the|系统> Shall<不应|重试>",
        ),
        (
            "While 系统运行, the 系统 SHALL 记录日志",
            "state-driven While<While|系统运行> System<the|系统> Shall<SHALL|记录日志>",
        ),
        (
            "When 누르면, the 시스템은 저장해야 한다",
            "event-driven When<When|누르면> System<the|시스템> Shall<야 한다|은 저장해>",
        ),
        (
            "When 누르면, the 시스템은 저장한다",
            "event-driven When<When|누르면> System<the|시스템> Shall<|은 저장한다>",
        ),
        (
            "The 시스템은 기록을 표시합니다.",
            "ubiquitous System<The|시스템> Shall<|은 기록을 표시합니다.>",
        ),
        (
            "When а, the система должна б",
            "event-driven When<When|а> System<the|система> Shall<должна|б>",
        ),
        (
            "If а, then система должна б",
            "unwanted-behaviour If<If|а> Then<then|> System<|система> Shall<должна|б>",
        ),
        (
            "When a, the Sistema deve b",
            "event-driven When<When|a> System<the|Sistema> Shall<deve|b>",
        ),
        (
            "While a, el sistema debe b",
            "state-driven While<While|a> System<|el sistema> Shall<debe|b>",
        ),
        (
            "Where a, le système doit b",
            "optional-feature Where<Where|a> System<|le système> Shall<doit|b>",
        ),
        (
            "When a, das System muss b",
            "event-driven When<When|a> System<|das System> Shall<muss|b>",
        ),
    ] {
        assert_eq!(drawn(text), expected, "{text}");
    }
}

#[test]
fn an_english_demand_has_its_condition_in_another_language() {
    for (text, expected) in [
        (
            "若短期无法彻底移除 THEN SHALL 提供开关",
            "unwanted-behaviour If<若|短期无法彻底移除> Then<THEN|> Shall<SHALL|提供开关>",
        ),
        (
            "任一测试失败时 gate SHALL 返回",
            "event-driven When<时|任一测试失败> System<|gate> Shall<SHALL|返回>",
        ),
        (
            "任务完成后 SHALL 产出摘要",
            "event-driven When<后|任务完成> Shall<SHALL|产出摘要>",
        ),
        (
            "如果失败，gate SHALL 返回",
            "unwanted-behaviour If<如果|失败> System<|gate> Shall<SHALL|返回>",
        ),
        (
            "当 a 时，系统 SHALL b",
            "event-driven When<当|a> System<|系统> Shall<SHALL|b>",
        ),
        (
            "当 a 时，THE 系统 SHALL b",
            "event-driven When<当|a> System<THE|系统> Shall<SHALL|b>",
        ),
        (
            "押したとき、システム SHALL 表示する",
            "event-driven When<とき|押した> System<|システム> Shall<SHALL|表示する>",
        ),
        (
            "THE API SHALL 値がない場合、空として扱う",
            "unwanted-behaviour System<THE|API> If<場合|値がない> Shall<SHALL|空として扱う>",
        ),
        (
            "THE API SHALL 保存し、失敗した場合、戻る",
            "unwanted-behaviour System<THE|API> Shall<SHALL|保存し> If<場合|失敗した>",
        ),
        (
            "THE 系统 SHALL 移除依赖，如果不再需要",
            "unwanted-behaviour System<THE|系统> Shall<SHALL|移除依赖> If<如果|不再需要>",
        ),
        (
            "누르면, 시스템 SHALL 저장",
            "event-driven When<면|누르> System<|시스템> Shall<SHALL|저장>",
        ),
        (
            "Когда а, система SHALL б",
            "event-driven When<Когда|а> System<|система> Shall<SHALL|б>",
        ),
        (
            "Quando a, o sistema SHALL b",
            "event-driven When<Quando|a> System<|o sistema> Shall<SHALL|b>",
        ),
        (
            "Se a falhar, o sistema SHALL b",
            "unwanted-behaviour If<Se|a falhar> System<|o sistema> Shall<SHALL|b>",
        ),
        (
            "S'il échoue, le système SHALL b",
            "unwanted-behaviour If<S|'il échoue> System<|le système> Shall<SHALL|b>",
        ),
        (
            "Wenn a, das System SHALL b",
            "event-driven When<Wenn|a> System<|das System> Shall<SHALL|b>",
        ),
        ("S SHALL a, b", "ubiquitous System<|S> Shall<SHALL|a, b>"),
        (
            "SI units, SHALL be used",
            "ubiquitous System<|SI units> Shall<SHALL|be used>",
        ),
        (
            "THE 系统 SHALL 返回列表，当前页，最后，总数",
            "ubiquitous System<THE|系统> Shall<SHALL|返回列表，当前页，最后，总数>",
        ),
        (
            "THE 系统 SHALL 移除函数（如果没有引用）",
            "ubiquitous System<THE|系统> Shall<SHALL|移除函数（如果没有引用）>",
        ),
        (
            "THE 画面 SHALL 作成日時、題を示す",
            "ubiquitous System<THE|画面> Shall<SHALL|作成日時、題を示す>",
        ),
        (
            "WHEN a時、THE 画面 SHALL b",
            "event-driven When<WHEN|a時> System<THE|画面> Shall<SHALL|b>",
        ),
    ] {
        assert_eq!(drawn(text), expected, "{text}");
    }
}

#[test]
fn a_chinese_demand_is_none_in_japanese() {
    for (text, expected) in [
        (
            "必須フィールドがない場合、APIはエラーを返すこと",
            "unwanted-behaviour If<場合|必須フィールドがない> System<|API> Shall<こと|はエラーを返す>",
        ),
        ("Windowsを必須確認対象とする", "none"),
        (
            "系統必須記錄日誌",
            "ubiquitous System<|系統> Shall<必須|記錄日誌>",
        ),
    ] {
        assert_eq!(drawn(text), expected, "{text}");
    }
}

#[test]
fn japanese_and_korean_sentences_end_with_their_demand() {
    for (text, expected) in [
        (
            "失敗した場合、APIは通知を返すこと",
            "unwanted-behaviour If<場合|失敗した> System<|API> Shall<こと|は通知を返す>",
        ),
        (
            "APIは、文書を受け付けること。",
            "ubiquitous System<|API> Shall<こと|は、文書を受け付ける>",
        ),
        (
            "押したとき、画面は閉じる",
            "event-driven When<とき|押した> System<|画面> Shall<|は閉じる>",
        ),
        (
            "누르면, 화면은 닫힌다",
            "event-driven When<면|누르> System<|화면> Shall<|은 닫힌다>",
        ),
        (
            "保存中の間、画面は閉じる",
            "state-driven While<の間|保存中> System<|画面> Shall<|は閉じる>",
        ),
        ("次を含むこと:", "ubiquitous Shall<こと|次を含む>"),
        (
            "The 画面は時間、量を示す",
            "ubiquitous System<The|画面> Shall<|は時間、量を示す>",
        ),
        (
            "누르면, 화면은 닫힌다.",
            "event-driven When<면|누르> System<|화면> Shall<|은 닫힌다.>",
        ),
        (
            "The 画面は、失敗した場合、理由を示す",
            "unwanted-behaviour System<The|画面> If<場合|失敗した> Shall<|理由を示す>",
        ),
        (
            "The 画面は、作成日時、題を示す",
            "ubiquitous System<The|画面> Shall<|は、作成日時、題を示す>",
        ),
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
