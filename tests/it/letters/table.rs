//! Suggestions and the adoption table.

use super::{box_of, office, published, reply};
use crate::support::{Client, TestApp, engines};

async fn suggestion(office: &Client<'_>, page: &str, title: &str) -> String {
    let html = office.get(page).await.text();
    let before = html.split(&format!(">{title}</a>")).next().unwrap().to_string();
    before.rsplit("href=\"").next().unwrap().split('"').next().unwrap().to_string()
}

async fn group(office: &Client<'_>, page: &str, words: &[&str], title: &str) {
    let html = office.get(&format!("{page}?view=all")).await.text();
    let boxes: Vec<String> = words.iter().map(|w| box_of(&html, w)).collect();
    let mut form: Vec<(&str, &str)> = boxes.iter().map(|b| ("comment", b.as_str())).collect();
    form.extend([("do", "group"), ("new_title", title)]);
    office.post(&format!("{page}/comments"), &form).await.expect(303);
}

#[tokio::test]
async fn every_suggestion_gets_an_answer_before_the_table_goes_out() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = office(&t).await;
        let letter = published(&office).await;
        let wishes: Vec<String> = (0..6).map(|i| format!("公示第{i}次，我是隔壁老王")).collect();
        for wish in &wishes {
            assert_eq!(reply(&t, &letter.address, &[("answer.comment", wish)]).await, 201);
        }
        assert_eq!(reply(&t, &letter.address, &[("answer.comment", "取消周末作业，也要公示第九次")]).await, 201);
        let table = format!("{}/table", letter.page);
        office.post(&table, &[]).await.expect(422);
        office.get(&table).await.expect(404);

        let mut public: Vec<&str> = wishes.iter().map(String::as_str).collect();
        public.push("也要公示第九次");
        group(&office, &letter.page, &public, "作业量每天公示").await;
        // One comment may stand behind several.
        group(&office, &letter.page, &["取消周末作业"], "取消周末作业").await;
        assert!(office.get(&letter.page).await.text().contains("都归好类了"));
        assert!(office.post(&table, &[]).await.expect(422).text().contains("每条都要有说法"));

        let first = suggestion(&office, &letter.page, "作业量每天公示").await;
        let second = suggestion(&office, &letter.page, "取消周末作业").await;
        let bare = [("title", "作业量每天公示"), ("decision", "adopted"), ("version", "1")];
        office.post(&first, &bare).await.expect(422);
        let adopted = [&bare[..], &[("reason", "下周起班主任每天公示")]].concat();
        office.post(&first, &adopted).await.expect(303);
        let stale = office.post(&first, &adopted).await.expect(409);
        assert!(stale.text().contains("别人也改了") && stale.input("version").unwrap() == "2");
        let declined =
            [("title", "取消周末作业"), ("decision", "declined"), ("reason", "要衔接新课"), ("version", "1")];
        office.post(&second, &declined).await.expect(303);
        office.post(&table, &[]).await.expect(303);
        office.post(&table, &[]).await.expect(422);

        let read = t.visitor().get(&letter.address).await.expect(200).text();
        for words in ["作业量每天公示", "下周起班主任每天公示", "要衔接新课", "7 位家长提到", "有家长提到", "第 1 版"]
        {
            assert!(read.contains(words), "{engine:?}: {words} in {read}");
        }
        assert!(!read.contains("隔壁老王"), "the words of senders are never published");
        assert!(t.visitor().get("/xuelian").await.text().contains("采纳情况已公布"));
        assert!(office.get(&table).await.expect(200).text().contains("adoption-table"));

        // Frozen: a later decision is seen when it is published again, with its own version.
        office.post(&second, &[&declined[..3], &[("version", "2")]].concat()).await.expect(303);
        let changed = [("title", "取消周末作业"), ("decision", "partly"), ("reason", "单周取消"), ("version", "3")];
        office.post(&second, &changed).await.expect(303);
        assert!(!t.visitor().get(&letter.address).await.text().contains("单周取消"));
        assert!(office.get(&letter.page).await.text().contains("之后又有改动"));
        office.post(&table, &[]).await.expect(303);
        let read = t.visitor().get(&letter.address).await.text();
        assert!(read.contains("单周取消") && read.contains("第 2 版"));
        assert_eq!(t.count("letter_tables").await, 2);
    }
}

#[tokio::test]
async fn comments_are_taken_out_and_a_suggestion_goes_away_without_them() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = office(&t).await;
        let letter = published(&office).await;
        for wish in ["多读书", "多运动"] {
            assert_eq!(reply(&t, &letter.address, &[("answer.comment", wish)]).await, 201);
        }
        group(&office, &letter.page, &["多读书", "多运动"], "多读书多运动").await;
        let page = suggestion(&office, &letter.page, "多读书多运动").await;
        let html = office.get(&page).await.text();
        let running = box_of(&html, "多运动</span>");
        office.post(&page, &[("do", "out"), ("comment", &running)]).await.expect(303);
        assert_eq!(t.count("letter_suggestion_comments").await, 1, "{engine:?}");
        office.post(&format!("{page}/remove"), &[]).await.expect(303);
        office.get(&page).await.expect(404);
        let html = office.get(&letter.page).await.text();
        assert!(html.contains("多读书") && html.contains("多运动") && html.contains("还没有归出建议"));
    }
}

#[tokio::test]
async fn a_suggestion_of_another_letter_takes_no_comments() {
    let t = TestApp::start().await;
    let office = office(&t).await;
    let (one, other) = (published(&office).await, published(&office).await);
    for letter in [&one, &other] {
        assert_eq!(reply(&t, &letter.address, &[("answer.comment", "多读书")]).await, 201);
    }
    group(&office, &one.page, &["多读书"], "读书").await;
    let id = suggestion(&office, &one.page, "读书").await.rsplit('/').next().unwrap().to_string();
    let html = office.get(&other.page).await.text();
    let comment = box_of(&html, "多读书");
    let form = [("comment", comment.as_str()), ("do", "group"), ("suggestion", id.as_str())];
    office.post(&format!("{}/comments", other.page), &form).await.expect(404);
    assert_eq!(t.count("letter_suggestion_comments").await, 1);
}
