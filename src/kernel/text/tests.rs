use proptest::prelude::*;

use super::tokens::{MAX_QUERY_CHARS, QueryTerm, query_tokens, search_tokens};
use super::{char_count, excerpt, normalize_line, normalize_text};

/// 👨‍👩‍👧: three people and two joiners.
const FAMILY: &str = "👨\u{200D}👩\u{200D}👧";

fn term(tokens: &[&str], prefix: bool) -> QueryTerm {
    QueryTerm { tokens: tokens.iter().map(|token| (*token).to_owned()).collect(), prefix }
}

/// What a database does with a query, over the tokens of one text.
fn finds(query: &str, text: &str) -> bool {
    let text = search_tokens(text);
    let terms = query_tokens(query);
    let stands_at = |term: &QueryTerm, at: &[String]| {
        let last = term.tokens.len() - 1;
        let same = |(i, (token, found)): (usize, (&String, &String))| {
            if term.prefix && i == last { found.starts_with(token) } else { found == token }
        };
        term.tokens.iter().zip(at).enumerate().all(same)
    };
    let found = |term: &QueryTerm| text.windows(term.tokens.len()).any(|at| stands_at(term, at));
    !terms.is_empty() && terms.iter().all(found)
}

#[test]
fn chinese_becomes_pairs_and_a_last_character() {
    assert_eq!(search_tokens("食堂饭菜"), ["食堂", "堂饭", "饭菜", "菜"]);
    assert_eq!(search_tokens("好"), ["好"]);
    assert_eq!(search_tokens("初二3班,Wi-Fi 太慢!"), ["初二", "二", "3", "班", "wi", "fi", "太慢", "慢"]);
    assert_eq!(search_tokens("𠮷野家"), ["𠮷野", "野家", "家"]);
    assert_eq!(search_tokens("二〇二五年"), ["二〇", "〇二", "二五", "五年", "年"]);
}

#[test]
fn forms_are_folded_and_emoji_skipped() {
    assert_eq!(search_tokens("ＡＢＣ１２３ｘyZ"), ["abc123xyz"]);
    assert_eq!(search_tokens("食堂😀饭菜"), ["食堂", "堂", "饭菜", "菜"]);
    assert_eq!(search_tokens(&format!("{FAMILY}家长👍🏽❤\u{FE0F}")), ["家长", "长"]);
    assert_eq!(
        search_tokens("食\u{200B}堂\u{FEFF} 葛\u{E0100}城"),
        ["食堂", "堂", "葛城", "城"],
        "invisible characters"
    );
    assert_eq!(search_tokens(" ,。!\u{3000}—…"), Vec::<String>::new());
}

#[test]
fn a_query_holds_together_what_was_written_together() {
    assert_eq!(query_tokens("食堂"), [term(&["食堂"], false)]);
    assert_eq!(query_tokens("食堂饭菜"), [term(&["食堂", "堂饭", "饭菜"], false)]);
    assert_eq!(query_tokens("饭"), [term(&["饭"], true)]);
    assert_eq!(query_tokens("3班"), [term(&["3", "班"], true)]);
    assert_eq!(query_tokens("初二3班"), [term(&["初二", "二", "3", "班"], true)]);
    assert_eq!(query_tokens("食堂 HY2025"), [term(&["食堂"], false), term(&["hy2025"], false)]);
    assert_eq!(query_tokens("食堂\" OR x:*"), [term(&["食堂"], false), term(&["or"], false), term(&["x"], false)]);
    assert_eq!(query_tokens("?? 😀"), []);
}

#[test]
fn queries_find_what_people_expect() {
    let text = "初二3班的家长反映:食堂二楼的红烧肉不熟,孩子回家肚子疼。A栋302宿舍的热水也经常停。🙏";
    for query in [
        "食堂",
        "红烧肉",
        "肉",
        "疼",
        "停",
        "初",
        "初二",
        "初二3班",
        "3班",
        "3班的家长",
        "家长 食堂",
        "食堂,热水",
        "a栋",
        "Ａ栋３０２",
        "302宿舍",
        "302",
        "肚子疼",
        "反映 停 宿舍",
    ] {
        assert!(finds(query, text), "{query}");
    }
    for query in ["食堂三楼", "2班", "30", "门卫", "家长 校车", "班3", ""] {
        assert!(!finds(query, text), "{query}");
    }
}

#[test]
fn long_words_and_queries_are_cut_alike() {
    let word = "x".repeat(5000);
    assert_eq!(search_tokens(&word), ["x".repeat(64)]);
    assert!(finds(&word, &word));
    let tokens = &query_tokens(&"食堂".repeat(500))[0].tokens;
    assert_eq!(tokens.len(), MAX_QUERY_CHARS - 1);
}

#[test]
fn text_is_cleaned_when_it_comes_in() {
    assert_eq!(
        normalize_text(" \u{3000}第一段\r\n\r\n第二段\r第三段\u{2028}\t完 \n"),
        "第一段\n\n第二段\n第三段\n\t完"
    );
    assert_eq!(normalize_text("a\0b\u{7}c\u{7F}d\u{85}e"), "abcde");
    assert_eq!(normalize_text("\u{202E}gpj.exe\u{202C} \u{2066}x\u{2069}"), "gpj.exe x");
    assert_eq!(normalize_text("\u{200B}\u{FEFF} \u{2060}\n"), "");
    assert_eq!(normalize_text(FAMILY), FAMILY, "joiners inside stay");
    assert_eq!(normalize_line(" 张\u{3000}三 \r\n 李\t四 "), "张 三 李 四");
    assert_eq!(normalize_line("\u{200B} 王五 \u{200B}"), "王五");
}

#[test]
fn characters_are_counted_as_people_see_them_in_the_counter() {
    assert_eq!(char_count(""), 0);
    assert_eq!(char_count("食堂饭菜"), 4);
    assert_eq!(char_count("𠮷野家"), 3);
    assert_eq!(char_count(FAMILY), 5);
    assert_eq!(char_count("一\r\n二\n三\r"), 6);
}

#[test]
fn an_excerpt_fits_and_breaks_nothing() {
    assert_eq!(excerpt("食堂\n\n 饭菜\u{3000}凉", 20), "食堂 饭菜 凉");
    assert_eq!(excerpt("食堂饭菜太凉", 6), "食堂饭菜太凉");
    assert_eq!(excerpt("食堂饭菜太凉了", 6), "食堂饭菜太…");
    assert_eq!(excerpt("食堂 饭菜太凉了", 4), "食堂…", "no blank before the sign");
    assert_eq!(excerpt(&format!("谢谢{FAMILY}全家"), 6), "谢谢…", "half a family is none");
    assert_eq!(excerpt("好👍🏽好好", 3), "好…");
    assert_eq!(excerpt("🇨🇳🇨🇳中国", 4), "🇨🇳…");
    assert_eq!(excerpt("\u{202E}abc\u{0}", 5), "abc");
    assert_eq!((excerpt("食堂", 0), excerpt("食堂", 1), excerpt("", 5)), (String::new(), "…".into(), String::new()));
}

proptest! {
    #[test]
    fn tokens_are_safe_in_both_databases(text in any::<String>()) {
        let of_query = query_tokens(&text).into_iter().inspect(|term| assert!(!term.tokens.is_empty())).flat_map(|term| term.tokens);
        for token in search_tokens(&text).into_iter().chain(of_query) {
            prop_assert!(!token.is_empty() && token.len() < 2000);
            let safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || (!c.is_ascii() && c.is_alphanumeric());
            prop_assert!(token.chars().all(safe), "{:?}", token);
        }
    }

    // Parts begin and end in Chinese: a part of an ASCII word isn't looked for.
    #[test]
    fn whatever_stands_in_a_text_is_found(before in "[a食堂二班3 ,😀]{0,12}", part in "[食堂二班]([食堂二班3a]{0,6}[食堂二班])?", after in "([ ,😀食堂班][a食堂3]{0,8})?") {
        let text = format!("{before}{part}{after}");
        prop_assert!(finds(&part, &text), "{} in {}", part, text);
    }

    #[test]
    fn every_single_character_is_found(text in "[食堂饭菜𠮷野家〇ア]{1,10}") {
        for c in text.chars() {
            prop_assert!(finds(&c.to_string(), &text));
        }
    }

    #[test]
    fn normalising_twice_changes_nothing(text in "[ a食\r\n\t\u{0}\u{200B}\u{200D}\u{202E}\u{2028}\u{3000}😀]{0,20}", any in any::<String>()) {
        for text in [text, any] {
            let (once, line) = (normalize_text(&text), normalize_line(&text));
            prop_assert_eq!(&normalize_text(&once), &once);
            prop_assert_eq!(&normalize_line(&line), &line);
            let never = ['\0', '\u{202E}', '\r'];
            let clean = !line.contains(never) && !line.contains(['\n', '\t']) && !once.contains(never);
            prop_assert!(clean, "{:?}", once);
            prop_assert!(char_count(&once) <= char_count(&text));
        }
    }

    #[test]
    fn an_excerpt_is_never_too_long(text in any::<String>(), max in 0..40_usize) {
        let short = excerpt(&text, max);
        prop_assert!(short.chars().count() <= max);
        prop_assert!(!short.contains('\n'));
    }
}
