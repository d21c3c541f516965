use super::*;
use crate::forms::{
    model::{Op, QuestionKind, Text},
    problems::problems,
};

/// A file as a person would fill it: the usual columns, rows of the ones that matter.
fn file(rows: &[&[(&str, &str)]]) -> String {
    const COLUMNS: [&str; 22] = [
        "id",
        "related_id",
        "class",
        "type/scale",
        "name",
        "relevance",
        "text",
        "help",
        "language",
        "validation",
        "mandatory",
        "other",
        "default",
        "array_filter",
        "hidden",
        "max_answers",
        "min_answers",
        "num_value_int_only",
        "random_order",
        "slider_rating",
        "date_format",
        "allowed_filetypes",
    ];
    let mut out = COLUMNS.join("\t") + "\r\n";
    for row in rows {
        let cells: Vec<String> = COLUMNS
            .iter()
            .map(|c| row.iter().find(|(column, _)| column == c).map_or(String::new(), |(_, cell)| table::written(cell)))
            .collect();
        out += &(cells.join("\t") + "\r\n");
    }
    out
}

fn q<'a>(id: &'a str, kind: &'a str, code: &'a str, text: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("id", id), ("class", "Q"), ("type/scale", kind), ("name", code), ("text", text), ("language", "zh-Hans")]
}

fn part<'a>(class: &'a str, of: &'a str, code: &'a str, text: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("related_id", of),
        ("class", class),
        ("type/scale", "0"),
        ("name", code),
        ("text", text),
        ("language", "zh-Hans"),
    ]
}

fn imported(rows: Vec<Vec<(&str, &str)>>) -> Imported {
    let mut all: Vec<Vec<(&str, &str)>> = vec![
        vec![("class", "S"), ("name", "language"), ("text", "zh-Hans")],
        vec![("class", "SL"), ("name", "surveyls_title"), ("text", "食堂<b>满意度</b>"), ("language", "zh-Hans")],
        vec![
            ("id", "1"),
            ("class", "G"),
            ("type/scale", "0"),
            ("name", "第一组"),
            ("text", "<p>请放心写</p>"),
            ("language", "zh-Hans"),
        ],
    ];
    all.extend(rows);
    let rows: Vec<&[(&str, &str)]> = all.iter().map(Vec::as_slice).collect();
    read(&file(&rows)).unwrap()
}

fn lost(read: &Imported) -> Vec<(&str, &str, &str)> {
    read.losses.iter().map(|l| (l.at.as_str(), l.key.trim_start_matches("exchange.loss."), l.detail.as_str())).collect()
}

#[test]
fn every_type_that_we_have_is_carried() {
    let parts = |class: &'static str, of: &'static str| vec![part(class, of, "A1", "甲"), part(class, of, "A2", "乙")];
    let mut rows = Vec::new();
    for (id, kind, code) in [
        ("10", "L", "Q1"),
        ("11", "!", "Q2"),
        ("12", "M", "Q3"),
        ("13", "5", "Q4"),
        ("14", "A", "Q5"),
        ("15", "B", "Q6"),
        ("16", "C", "Q7"),
        ("17", "E", "Q8"),
        ("18", "F", "Q9"),
        ("19", "H", "Q10"),
        ("20", "N", "Q11"),
        ("21", "S", "Q12"),
        ("22", "T", "Q13"),
        ("23", "U", "Q14"),
        ("24", "D", "Q15"),
        ("25", "Y", "Q16"),
        ("26", "G", "Q17"),
        ("27", "R", "Q18"),
        ("28", "X", "Q19"),
        ("29", "|", "Q20"),
    ] {
        let mut row = q(id, kind, code, "问题");
        if kind == "|" {
            row.push(("allowed_filetypes", "png, jpg"));
        }
        rows.push(row);
        if "MABCEFH".contains(kind) {
            rows.extend(parts("SQ", id));
        }
        if "L!FHR".contains(kind) {
            rows.extend(parts("A", id));
        }
    }
    let read = imported(rows);
    use QuestionKind::*;
    let kinds: Vec<QuestionKind> = read.definition.questions().map(|q| q.kind).collect();
    assert_eq!(
        kinds,
        [
            Single, Single, Multiple, Scale, Matrix, Matrix, Matrix, Matrix, Matrix, Matrix, Number, ShortText,
            LongText, LongText, Date, Single, Single, Ranking, Notice, Photo
        ]
    );
    assert_eq!(lost(&read), []);
    assert_eq!(problems(&read.definition), []);
    let columns = |key: &str| read.definition.question(key).unwrap().choices.len();
    assert_eq!((columns("q5"), columns("q6"), columns("q7"), columns("q9")), (5, 10, 3, 2));
    assert_eq!(read.definition.title.zh, "食堂满意度");
    assert_eq!(
        (read.definition.sections[0].title.zh.as_str(), read.definition.sections[0].text.zh.as_str()),
        ("第一组", "请放心写")
    );
}

#[test]
fn what_we_do_not_have_is_listed_or_split() {
    let mut hidden = q("1", "S", "H", "藏起来的");
    hidden.push(("hidden", "1"));
    let mut checked = q("2", "S", "V", "电话");
    checked.extend([("validation", "/^1/"), ("default", "1"), ("mandatory", "S")]);
    let mut random = q("3", "M", "R", "选");
    random.extend([("random_order", "1"), ("array_filter", "Q9")]);
    let read = imported(vec![
        hidden,
        checked,
        random,
        part("SQ", "3", "a", "甲"),
        q("4", "*", "E", "{sum(V, 1)}"),
        q("5", "I", "I", "语言"),
        q("6", ":", "N", "数表"),
        q("7", "P", "P", "选并说明"),
        part("SQ", "7", "a", "甲"),
        q("8", "O", "O", "选并说明"),
        part("A", "8", "a", "甲"),
        q("9", "Q", "K", "联系"),
        part("SQ", "9", "mail", "邮箱"),
        part("SQ", "9", "tel", "电话"),
        vec![("class", "QTA"), ("name", "quota")],
    ]);
    for expected in [
        ("藏起来的", "hidden", ""),
        ("电话", "setting", "validation: /^1/"),
        ("电话", "setting", "default: 1"),
        ("电话", "soft", ""),
        ("选", "random", ""),
        ("选", "setting", "array_filter: Q9"),
        ("{sum(V, 1)}", "kind", "equation (*)"),
        ("E", "piece", "{sum(V, 1)}"),
        ("语言", "kind", "language switch (I)"),
        ("数表", "kind", "array of numbers (:)"),
        ("选并说明", "comment", ""),
        ("联系", "split", ""),
        ("", "rows", "QTA"),
    ] {
        assert!(lost(&read).contains(&expected), "{expected:?} in {:#?}", lost(&read));
    }
    let keys: Vec<&str> = read.definition.questions().map(|q| q.key.as_str()).collect();
    assert_eq!(keys, ["v", "r", "p", "p_comment", "o", "o_comment", "k_mail", "k_tel"]);
}

#[test]
fn relevance_becomes_conditions() {
    let with = |mut row: Vec<(&'static str, &'static str)>, relevance: &'static str| {
        row.push(("relevance", relevance));
        row
    };
    let mut single = q("1", "L", "G01Q01", "住校吗");
    single.push(("other", "Y"));
    let read = imported(vec![
        single,
        part("A", "1", "AO01", "住"),
        part("A", "1", "AO02", "不住"),
        q("2", "M", "Q2", "吃几顿"),
        part("SQ", "2", "SQ001", "早"),
        part("SQ", "2", "SQ002", "晚"),
        q("3", "F", "Q3", "怎么样"),
        part("SQ", "3", "R1", "菜"),
        part("A", "3", "1", "好"),
        part("A", "3", "2", "差"),
        q("4", "N", "Q4", "几岁"),
        with(q("5", "S", "a", "一"), "((G01Q01.NAOK == \"AO01\"))"),
        with(q("6", "S", "b", "二"), "G01Q01.NAOK == \"-oth-\" and !is_empty(Q4.NAOK)"),
        with(q("7", "S", "c", "三"), "Q2_SQ001.NAOK == \"Y\" || Q2_SQ002 != \"\""),
        with(q("8", "S", "d", "四"), "Q3_R1.NAOK >= 2 && Q4 > 10"),
        with(q("9", "S", "e", "五"), "count(Q2_SQ001.NAOK, Q2_SQ002.NAOK) > 0"),
        with(q("10", "S", "f", "六"), "sum(Q4, 1) > 2"),
        with(q("11", "S", "g", "七"), "1"),
    ]);
    let show = |key: &str| read.definition.question(key).unwrap().show_if.clone();
    let t = |q: &str, op: Op, v: &str| Condition::test(q, op, v);
    assert_eq!(show("a"), Some(t("g01q01", Op::Is, "ao01")));
    assert_eq!(show("b"), Some(Condition::All(vec![t("g01q01", Op::Is, "other"), t("q4", Op::Answered, "")])));
    assert_eq!(show("c"), Some(Condition::Any(vec![t("q2", Op::Is, "sq001"), t("q2", Op::Is, "sq002")])));
    let more = Condition::All(vec![t("q4", Op::Answered, ""), Condition::Not(Box::new(t("q4", Op::AtMost, "10")))]);
    assert_eq!(show("d"), Some(Condition::All(vec![Condition::Any(vec![t("q3.r1", Op::Is, "2")]), more])));
    assert_eq!(show("e"), Some(t("q2", Op::Answered, "")));
    assert_eq!((show("f"), show("g")), (None, None));
    assert_eq!(lost(&read), [("六", "condition", "sum(Q4, 1) > 2")]);
}

#[test]
fn languages_come_in_turn_or_row_by_row() {
    let in_english = |mut row: Vec<(&'static str, &'static str)>, text: &'static str| {
        row.retain(|(c, _)| !matches!(*c, "language" | "text"));
        row.extend([("language", "en"), ("text", text)]);
        row
    };
    let base = vec![q("1", "L", "Q1", "住校吗"), part("A", "1", "Y", "住"), part("A", "1", "N", "不住")];
    let group = vec![("id", "1"), ("class", "G"), ("name", "First"), ("language", "en")];
    let english = vec![
        group.clone(),
        in_english(base[0].clone(), "Do you board?"),
        in_english(base[1].clone(), "Yes"),
        in_english(base[2].clone(), "No"),
        vec![("class", "SL"), ("name", "surveyls_title"), ("text", "Canteen"), ("language", "en")],
        vec![("class", "SL"), ("name", "surveyls_title"), ("text", "Kantine"), ("language", "de")],
    ];
    let in_turn = imported([base.clone(), english.clone()].concat());
    let row_by_row = imported(
        [vec![english[0].clone(), english[4].clone(), english[5].clone()]]
            .concat()
            .into_iter()
            .chain(base.iter().zip(&english[1..4]).flat_map(|(a, b)| [a.clone(), b.clone()]))
            .collect(),
    );
    assert_eq!(in_turn.definition, row_by_row.definition);
    let only = in_turn.definition.questions().next().unwrap();
    assert_eq!((only.label.en.as_str(), only.choices[1].label.en.as_str()), ("Do you board?", "No"));
    assert_eq!(in_turn.definition.title, Text::new("食堂满意度", "Canteen"));
    assert_eq!(in_turn.definition.sections[0].title, Text::new("第一组", "First"));
    assert_eq!(lost(&in_turn), [("", "language", "de")]);
}

#[test]
fn files_without_numbers_are_read_in_their_order() {
    let text = "class\ttype/scale\tname\trelevance\ttext\thelp\tlanguage\tmandatory\tother\n\
        S\t\tlanguage\t\ten\n\
        SL\t\tsurveyls_title\t\tDemo\t\ten\n\
        G\t\tAbout you\t1\t\t\ten\n\
        Q\tL\tq1\t1\tHow old?\tRoughly\ten\tY\tN\n\
        A\t0\ta\t\tYoung\t\ten\n\
        A\t0\tb\t\tOld\t\ten\n\
        G\t\tMore\tq1.NAOK == \"a\"\t\t\ten\n\
        Q\tT\tq2\t\tTell us\t\ten\tN\tN\n";
    let read = read(text).unwrap();
    assert_eq!(read.losses, []);
    assert_eq!(read.definition.sections.len(), 2);
    let first = read.definition.question("q1").unwrap();
    assert_eq!(
        (first.label.clone(), first.hint.clone(), first.required),
        (Text::new("", "How old?"), Text::new("", "Roughly"), true)
    );
    assert_eq!(read.definition.sections[1].show_if, Some(Condition::test("q1", Op::Is, "a")));
}

#[test]
fn languages_count_as_they_are_in_the_rows_wherever_they_stand() {
    let row = |class: &'static str, name: &'static str, text: &'static str, language: &'static str| {
        vec![("class", class), ("type/scale", "S"), ("name", name), ("text", text), ("language", language)]
    };
    let rows = [
        // The settings name a language in which nothing is asked.
        vec![("class", "S"), ("name", "language"), ("text", "fr")],
        row("G", "g", "", "zh-Hans"),
        row("Q", "q1", "喜欢吗", "zh-Hans"),
    ];
    let rows: Vec<&[(&str, &str)]> = rows.iter().map(Vec::as_slice).collect();
    let only = read(&file(&rows)).unwrap();
    assert_eq!(only.definition.questions().next().unwrap().label, Text::new("喜欢吗", ""));
    // A translation that stands before what it translates.
    let rows = [
        vec![("class", "S"), ("name", "language"), ("text", "zh-Hans")],
        row("G", "g", "", "en"),
        row("Q", "q1", "Do you like it", "en"),
        row("G", "g", "", "zh-Hans"),
        row("Q", "q1", "喜欢吗", "zh-Hans"),
    ];
    let rows: Vec<&[(&str, &str)]> = rows.iter().map(Vec::as_slice).collect();
    let both = read(&file(&rows)).unwrap();
    assert_eq!(both.definition.questions().count(), 1);
    assert_eq!(both.definition.questions().next().unwrap().label, Text::new("喜欢吗", "Do you like it"));
}

/// Files of the years before ids: 138 columns, three languages one after the other, a list of all universities of a country,
/// marked-up words over several lines.
#[test]
fn a_large_file_of_an_older_version_is_read() {
    const UNIVERSITIES: usize = 1_100;
    let head =
        ["class", "type/scale", "name", "relevance", "text", "help", "language", "validation", "mandatory", "other"];
    let mut out = head.join("\t");
    (head.len()..138).for_each(|n| out += &format!("\tsetting_{n}"));
    out.push('\n');
    let mut row = |cells: [&str; 7]| {
        let [class, kind, name, relevance, text, language, mandatory] = cells;
        let cells = [class, kind, name, relevance, text, "", language, "", mandatory, ""];
        out.push_str(&(cells.map(table::written).join("\t") + &"\t".repeat(128) + "\n"));
    };
    row(["S", "", "language", "", "en", "", ""]);
    row(["S", "", "additional_languages", "", "de-informal fr", "", ""]);
    for (language, title) in
        [("en", "Who writes software"), ("de-informal", "Wer schreibt Software"), ("fr", "Qui programme")]
    {
        let intro = format!("<p>{title}, see <a href=\"https://example.org\">\"here\"</a>.</p>\n<p>Thank you.</p>");
        row(["SL", "", "surveyls_title", "", title, language, ""]);
        row(["SL", "", "surveyls_welcometext", "", &intro, language, ""]);
        row(["G", "G0", "about", "1", "", language, ""]);
        row(["Q", "!", "where", "1", title, language, "Y"]);
        for n in 0..UNIVERSITIES {
            row(["A", "0", &format!("{n}"), "", &format!("University {n}"), language, ""]);
        }
        row(["Q", "T", "more", "((where.NAOK == 7)) AND (!is_empty(where.NAOK))", "More", language, ""]);
    }
    let read = read(&out).unwrap();
    let questions: Vec<_> = read.definition.questions().collect();
    assert_eq!((questions.len(), questions[0].choices.len()), (2, UNIVERSITIES));
    assert_eq!(questions[0].label.en, "Who writes software");
    assert!(questions[0].required && questions[1].show_if.is_some(), "{:?}", read.losses);
    let lost: Vec<&str> =
        read.losses.iter().filter(|l| l.key == "exchange.loss.language").map(|l| &*l.detail).collect();
    assert_eq!(lost, ["de-informal", "fr"]);
    // The builder says what is too much; it is not refused for it.
    assert!(!problems(&read.definition).is_empty());
}
