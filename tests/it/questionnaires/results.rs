//! Results: what is told, what is not, and that watching them says nothing about one person.

use std::process::Command;

use huiyin::{
    forms::model::{Choice, Condition, Definition, Op, Question, QuestionKind, Text},
    kernel::roles::Role,
};

use super::{Asked, asked, send};
use crate::support::{Client, Engine, TestApp, engines, key};

fn question(key: &str, kind: QuestionKind, label: &str, choices: &[(&str, &str)]) -> Question {
    let choice = |(code, zh): &(&str, &str)| Choice { code: (*code).into(), label: Text::new(zh, "") };
    let choices = choices.iter().map(choice).collect();
    Question { choices, required: true, ..Question::new(key, kind, Text::new(label, "")) }
}

/// Meals: one choice, a rating, several choices, one that only some are asked, a text.
pub fn meals() -> Definition {
    let mut why = question("q4", QuestionKind::Single, "不去的原因", &[("far", "太远"), ("dear", "太贵")]);
    why.show_if = Some(Condition::test("q1", Op::Is, "no"));
    let mut words = question("q5", QuestionKind::LongText, "想说的话", &[]);
    words.required = false;
    Definition::of(
        Text::new("食堂怎么样", ""),
        vec![
            question("q1", QuestionKind::Single, "去食堂吗", &[("yes", "常去"), ("some", "有时"), ("no", "不去")]),
            question("q2", QuestionKind::Rating, "打几颗星", &[]),
            question(
                "q3",
                QuestionKind::Multiple,
                "喜欢什么",
                &[("rice", "米饭"), ("noodles", "面条"), ("soup", "汤")],
            ),
            why,
            words,
        ],
    )
}

/// Sends an answer; `n` decides what.
pub async fn meal(t: &TestApp, q: &Asked, n: usize) {
    let key = key();
    let text = format!("汤太凉了，第{n}次");
    let goes = ["yes", "some", "no"][n % 3];
    let mut fields = vec![
        ("idempotency_key", key.as_str()),
        ("answer.q1", goes),
        ("answer.q2", ["1", "3", "4", "5"][if n == 0 { 0 } else { 1 + n % 3 }]),
        ("answer.q3", "rice"),
    ];
    if n.is_multiple_of(2) {
        fields.push(("answer.q3", "noodles"));
        fields.push(("answer.q5", text.as_str()));
    }
    if goes == "no" {
        fields.push(("answer.q4", ["far", "dear"][n / 3 % 2]));
    }
    send(t, &q.code, &fields).await.expect(201);
}

pub async fn results(client: &Client<'_>, q: &Asked) -> String {
    let page = client.get(&format!("{}/results", q.desk)).await.expect(200).text();
    page.split("<h2>各题结果</h2>").nth(1).unwrap().split("</main>").next().unwrap().to_string()
}

/// The numbers of the figure of a question, by their words.
pub fn told(page: &str, key: &str) -> Vec<(String, u64)> {
    let figure = page.split(&format!("id=\"q-{key}\"")).nth(1).unwrap().split("</figure>").next().unwrap();
    let plain = |html: &str| -> String {
        let mut text = String::new();
        let mut tag = false;
        html.chars().for_each(|c| match c {
            '<' => tag = true,
            '>' => tag = false,
            c if !tag => text.push(c),
            _ => {}
        });
        text
    };
    let rows = figure.split("<th scope=\"row\">").skip(1);
    rows.map(|row| {
        let number = row.split("class=\"num\"").nth(1).unwrap().split_once('>').unwrap().1;
        (plain(row.split("</th>").next().unwrap()), plain(number.split("</td>").next().unwrap()).parse().unwrap())
    })
    .collect()
}

#[tokio::test]
async fn nothing_is_told_before_twenty_and_one_more_answer_changes_nothing() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let q = asked(&t, meals(), "free").await;
        let office = t.staff(Role::Office).await;
        for n in 0..19 {
            meal(&t, &q, n).await;
        }
        let page = office.get(&format!("{}/results", q.desk)).await.expect(200).text();
        assert!(page.contains("收到 19 份，已统计 0 份") && !page.contains("<figure"), "{engine:?}");

        meal(&t, &q, 19).await;
        let first = results(&office, &q).await;
        assert_eq!(told(&first, "q1"), [("常去".into(), 7), ("有时".into(), 7), ("不去".into(), 6)], "{engine:?}");
        // One person gave a single star: it stands with its neighbours.
        let stars = told(&first, "q2");
        assert_eq!(stars.iter().map(|(_, n)| n).sum::<u64>(), 20);
        assert!(
            stars.len() == 3 && stars[0].0.starts_with("1★、2★、3★") && stars.iter().all(|(_, n)| *n >= 5),
            "{stars:?}"
        );
        assert!(first.contains("按分组估算"), "{engine:?}");
        // Everybody took rice, nobody soup: both are nearly everybody's, or nobody's, answer.
        assert!(
            told(&first, "q3").is_empty() || told(&first, "q3").iter().all(|(label, _)| label == "面条"),
            "{first}"
        );
        // Six were asked why, in two groups of three.
        assert!(told(&first, "q4").is_empty());

        for n in 20..25 {
            meal(&t, &q, n).await;
            assert_eq!(results(&office, &q).await, first, "{engine:?}: an answer more is not seen");
        }
        let page = office.get(&format!("{}/results", q.desk)).await.text();
        assert!(page.contains("收到 25 份，已统计 20 份"));
        assert_eq!(office.post(&format!("{}/results/count", q.desk), &[]).await.status, 400, "five are too few");
        for n in 25..31 {
            meal(&t, &q, n).await;
        }
        office.post(&format!("{}/results/count", q.desk), &[]).await.expect(303);
        let page = office.get(&format!("{}/results", q.desk)).await.text();
        assert!(page.contains("收到 31 份，已统计 31 份"), "{engine:?}");
        for key in ["q1", "q2", "q3", "q4"] {
            assert!(told(&page, key).iter().all(|(_, n)| *n >= 5), "{key}");
        }
    }
}

#[tokio::test]
async fn the_breakdown_is_chosen_once_and_its_rows_have_five_in_every_cell() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let q = asked(&t, meals(), "free").await;
        let office = t.staff(Role::Office).await;
        for n in 0..160 {
            meal(&t, &q, n).await;
        }
        let by = format!("{}/results/by", q.desk);
        office.post(&by, &[("by", "answer.nothing")]).await.expect(404);
        office.post(&by, &[("by", "answer.q1")]).await.expect(303);
        office.post(&by, &[("by", "class")]).await.expect(409);
        let page = office.get(&format!("{}/results", q.desk)).await.expect(200).text();
        assert!(page.contains("按“去食堂吗”看"), "{engine:?}");
        for lane in ["v:yes", "v:no", "v:"] {
            let row = office.get(&format!("{}/results?lane={lane}", q.desk)).await.expect(200).text();
            for key in ["q1", "q2", "q3"] {
                assert!(told(&row, key).iter().all(|(_, n)| *n >= 5), "{key} of {lane}");
            }
            // Half of each group like noodles, and nobody gave no answer to the first question.
            assert_eq!(told(&row, "q3").len(), usize::from(lane != "v:"), "{lane}: {row}");
        }
        let leader = t.staff(Role::Leader).await;
        leader.get(&format!("{}/results", q.desk)).await.expect(200);
        leader.post(&by, &[("by", "class")]).await.expect(404);
        leader.get(&format!("{}/results/print", q.desk)).await.expect(200);
        // Beside itself in another round.
        let page = office.get("/desk/questionnaires").await.expect(200).text();
        assert!(page.contains("食堂怎么样"));
    }
}

#[tokio::test]
async fn a_text_becomes_one_case_and_nobody_sees_whose_it_was() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let q = asked(&t, meals(), "free").await;
        let office = t.staff(Role::Office).await;
        for n in 0..20 {
            meal(&t, &q, n).await;
        }
        let address = format!("{}/results/texts?question=q5", q.desk);
        let page = office.get(&address).await.expect(200);
        assert_eq!(page.text().matches("汤太凉了").count(), 10, "{engine:?}");
        let ids = match engine {
            Engine::Sqlite => "SELECT LOWER(HEX(id)) FROM responses",
            Engine::Postgres => "SELECT REPLACE(CAST(id AS TEXT), '-', '') FROM responses",
        };
        for id in t.column(ids).await {
            assert!(!page.text().contains(id.as_str()), "a response can be told by its text");
        }
        let token = page.input("text").unwrap();
        let case = [("question", "q5"), ("text", token.as_str()), ("topic", "canteen")];
        let to = format!("{}/results/case", q.desk);
        let place = office.post(&to, &case).await.expect(303).header("location").to_string();
        assert_eq!(office.post(&to, &case).await.expect(303).header("location"), place, "pressing twice makes one");
        assert_eq!(t.column("SELECT channel FROM cases").await, ["questionnaire"]);
        assert!(office.get(&place).await.expect(200).text().contains("汤太凉了"));
        let page = office.get(&address).await.text();
        assert!(page.contains("已转为来件") && page.contains(place.rsplit('/').next().unwrap()));
        office.post(&to, &[("question", "q5"), ("text", "00"), ("topic", "canteen")]).await.expect(404);
        // What was not told can't be opened: no texts of a question that nobody wrote.
        office.get(&format!("{}/results/texts?question=q1", q.desk)).await.expect(404);
    }
}

#[tokio::test]
async fn a_file_has_a_row_for_each_answer_and_each_column_an_order_of_its_own() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let q = asked(&t, meals(), "free").await;
        let office = t.staff(Role::Office).await;
        for n in 0..20 {
            meal(&t, &q, n).await;
        }
        let csv = office.get(&format!("{}/results?format=csv", q.desk)).await.expect(200).text();
        assert_eq!(csv.lines().count(), 21, "{csv}");
        assert_eq!(csv.matches("\"常去\"").count(), 7);
        assert_eq!(csv.matches("1★").count(), csv.matches("1★、2★、3★").count(), "a single star stands alone nowhere");
        office.get(&format!("{}/results?format=ods", q.desk)).await.expect(404);
        let exports = t.column("SELECT detail FROM audit_log WHERE action = 'questionnaire.exported'").await;
        assert_eq!(exports, ["csv"], "{engine:?}");
    }
}

/// The sheets of a workbook as another program reads them: (name of the file, its text).
fn opened(book: &[u8], filter: &str) -> Option<Vec<(String, String)>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("results.xlsx");
    std::fs::write(&path, book).unwrap();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let run = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", filter, "--outdir"])
        .arg(folder.path())
        .arg(&path)
        .output();
    run.ok()?;
    let read = |entry: std::io::Result<std::fs::DirEntry>| {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (path.is_file() && !name.ends_with("xlsx")).then(|| (name, std::fs::read_to_string(&path).unwrap()))
    };
    Some(std::fs::read_dir(folder.path()).unwrap().filter_map(read).collect())
}

#[tokio::test]
async fn libreoffice_opens_the_workbook_and_finds_no_formula() {
    let t = TestApp::start().await;
    let q = asked(&t, meals(), "free").await;
    let office = t.staff(Role::Office).await;
    for n in 0..19 {
        meal(&t, &q, n).await;
    }
    let key = key();
    let nasty = "=HYPERLINK(\"http://example.org\")";
    let fields = [
        ("idempotency_key", key.as_str()),
        ("answer.q1", "yes"),
        ("answer.q2", "5"),
        ("answer.q3", "rice"),
        ("answer.q5", nasty),
    ];
    send(&t, &q.code, &fields).await.expect(201);
    let book = office.get(&format!("{}/results?format=xlsx", q.desk)).await.expect(200).body;
    assert!(book.starts_with(b"PK"));
    // Every sheet (the last parameter), in UTF-8 (76), separated by commas (44).
    let Some(sheets) = opened(&book, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,true,false,-1")
    else {
        return;
    };
    // With formulas shown instead of values, they would begin with "=" without being the text that was sent.
    let rows: Vec<usize> = sheets.iter().map(|(_, text)| text.lines().count()).collect();
    assert_eq!(sheets.len(), 3, "{sheets:?}");
    assert_eq!(rows.iter().filter(|n| **n == 21).count(), 2, "labels and codes: {rows:?}");
    let labels = sheets.iter().find(|(name, _)| name.contains("回答")).unwrap();
    assert!(labels.1.contains("HYPERLINK(") && labels.1.contains("常去"), "{labels:?}");
    let flat = opened(&book, "fods").unwrap();
    assert!(flat[0].1.contains("HYPERLINK(") && !flat[0].1.contains("table:formula="), "a cell became a formula");
}
