//! Answers name nobody: sentinels in everything that a device tells, then a raw search through everything that was written
//! (promise 8). Organisations are sealed from each other (promise 14).

use huiyin::{config::Config, kernel::roles::Role};

use super::{answered, asked, drafted, small};
use crate::support::{Multipart, TestApp, engines, key};

const SENTINELS: [&str; 6] =
    ["198.51.100.77", "SentinelAgent", "sentinel-lang", "sentinel-cookie", "sentinel-name", "sentinel-referer"];

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|w| w == needle)
}

#[tokio::test]
async fn nothing_of_who_answers_is_written_anywhere() {
    let trust = |c: &mut Config| c.trusted_proxy = vec!["127.0.0.1".parse().unwrap()];
    let t = TestApp::with(engines()[0], trust).await;
    let q = asked(&t, small(), "code").await;
    let office = t.staff(Role::Office).await;
    let press = key();
    let form = [("cohort", "三（1）班"), ("count", "1"), ("idempotency_key", press.as_str())];
    let sheet = office.post(&format!("{}/codes", q.desk), &form).await.expect(201).text();
    let slip = sheet.split("sticker-code\">").nth(1).unwrap().split('<').next().unwrap().to_string();

    t.clock.advance(chrono::TimeDelta::seconds(1357));
    let sender = t
        .visitor()
        .with("x-forwarded-for", SENTINELS[0])
        .with("user-agent", "SentinelAgent/1.0")
        .with("accept-language", "sentinel-lang,zh")
        .with("cookie", "tracker=sentinel-cookie")
        .with("referer", "http://127.0.0.1:3000/sentinel-referer");
    sender.get(&format!("/q/{}", q.code)).await.expect(200);
    let photo = std::fs::read("end2end/fixtures/canteen.jpg").unwrap();
    let key = key();
    let form = Multipart::new().texts(&answered(&key)).text("response_code", &slip).file(
        "answer.q4",
        "sentinel-name.jpg",
        "image/jpeg",
        &photo,
    );
    sender.post_multipart(&format!("/q/{}", q.code), form).await.expect(201);
    sender.post(&format!("/q/{}/left", q.code), &[("question", "q1")]).await.expect(204);

    let dump = t.dump().await;
    let mut searched: Vec<(String, Vec<u8>)> = vec![("the dump".into(), dump.clone().into_bytes())];
    for path in t.files() {
        searched.push((path.display().to_string(), std::fs::read(&path).unwrap()));
    }
    for (what, bytes) in &searched {
        for sentinel in SENTINELS {
            assert!(!contains(bytes, sentinel.as_bytes()), "{what} holds {sentinel}");
        }
        for code in [slip.clone(), slip.replace('-', "")] {
            assert!(!contains(bytes, code.as_bytes()), "{what} holds the code");
        }
        assert!(!contains(bytes, key.as_bytes()), "{what} holds the idempotency key");
    }
    // The hour, no more; and no way from a code to a response.
    let exact = t.app.now().format("%H:%M:%S").to_string();
    for table in ["responses", "response_files", "response_codes", "questionnaire_leavings", "staged_files"] {
        let section = dump.split("# ").find(|s| s.starts_with(&format!("{table}\n"))).unwrap_or_default();
        assert!(!section.contains(&exact), "{table} holds the exact time: {section}");
    }
    let columns = t.column("SELECT name FROM pragma_table_info('response_codes')").await;
    assert_eq!(columns, ["code_hash", "form_id", "cohort", "used"]);
}

#[tokio::test]
async fn another_school_neither_sees_nor_changes_it() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let desk = drafted(&t, small()).await;
        let login = t.another_school(&[Role::Office]).await.remove(0);
        let other = t.signed_in(&login).await;
        let before = t.dump().await;
        assert!(!other.get("/desk/questionnaires").await.expect(200).text().contains("住校生活"));
        for path in ["", "/edit", "/preview", "/words", "/questions/q1", "/sections/s1", "/codes"] {
            other.get(&format!("{desk}{path}")).await.expect(404);
        }
        let all =
            [("draft_version", "1"), ("do", "delete q1"), ("one_answer", "free"), ("place", "这里"), ("cohort", "班")];
        for path in ["/edit", "/publish", "/close", "/open", "/settings", "/points", "/codes", "/words", "/preview"] {
            other.post(&format!("{desk}{path}"), &all).await.expect(404);
        }
        assert_eq!(t.dump().await, before, "{engine:?}");
    }
}
