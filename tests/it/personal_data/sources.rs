//! What a case was made of elsewhere goes with it: the words and the photo of a finding, the text of an answer, the comment of a
//! reply slip. What was judged and counted stays.

use std::sync::Arc;

use huiyin::{
    backup::{backup, restore},
    config::Config,
    http::App,
    kernel::{clock::ManualClock, random::SystemRandom, roles::Role},
    personal_data::list,
};

use super::{attachments, erase, found};
use crate::{
    letters::{box_of, published, reply},
    questionnaires::{
        asked,
        results::{meal, meals},
    },
    support::{Multipart, TestApp, engines, key},
    visits::{all_well, form_of},
};

const WORDS: [&str; 3] = ["sentinelfinding", "sentinelcomment", "汤太凉了，第0次"];

/// A representative walks through the canteen and finds one thing, with a photo; another visit stays.
async fn walk(t: &TestApp) {
    let rep = t.staff(Role::Representative).await;
    let form = form_of(&rep, "/rep/visits", "食堂巡查").await;
    let bytes = std::fs::read("end2end/fixtures/canteen.jpg").unwrap();
    for words in ["sentinelfinding 保洁柜没关", "别的发现：地面有水"] {
        let form_key = key();
        let mut body = Multipart::new().texts(&[
            ("idempotency_key", form_key.as_str()),
            ("started_at", "2026-03-10T01:30:00Z"),
            ("ended_at", "2026-03-10T01:55:00Z"),
            ("answer.place", "食堂三楼"),
            ("answer.signature", "本人签名"),
            ("answer.a9", "no"),
            ("answer.a9_why", words),
        ]);
        for (name, value) in all_well(&rep, &form).await.iter().filter(|(name, _)| name != "answer.a9") {
            body = body.text(name, value);
        }
        if words.contains("sentinel") {
            body = body.file("answer.a9_photo", "x.jpg", "image/jpeg", &bytes);
        }
        rep.post_multipart(&form, body).await.expect(303);
    }
}

/// A letter's comment becomes a case; a text of a questionnaire becomes another.
async fn ask(t: &TestApp) {
    let office = t.staff(Role::Office).await;
    let letter = published(&office).await;
    for text in ["sentinelcomment 老师发了排名", "谢谢老师，留下"] {
        assert_eq!(reply(t, &letter.address, &[("answer.comment", text)]).await, 201);
    }
    let html = office.get(&letter.page).await.text();
    let sort = [("comment", box_of(&html, "sentinelcomment")), ("do", "case".to_string())];
    let sort: Vec<(&str, &str)> = sort.iter().map(|(k, v)| (*k, v.as_str())).collect();
    office.post(&format!("{}/comments", letter.page), &sort).await.expect(303);
    let q = asked(t, meals(), "free").await;
    for n in 0..20 {
        meal(t, &q, n).await;
    }
    let page = office.get(&format!("{}/results/texts?question=q5", q.desk)).await.expect(200).text();
    let before = page.split("汤太凉了，第0次").next().unwrap();
    let after = page.split("汤太凉了，第0次").nth(1).unwrap();
    let token = |part: &str, last: bool| {
        let mut all = part.split("name=\"text\" value=\"").skip(1).map(|s| s.split('"').next().unwrap().to_string());
        if last { all.last() } else { all.next() }
    };
    // Its form stands behind its words.
    let token = token(after, false).or_else(|| token(before, true)).unwrap();
    let case = [("question", "q5"), ("text", token.as_str()), ("topic", "canteen")];
    office.post(&format!("{}/results/case", q.desk), &case).await.expect(303);
}

/// The numbers of the cases that say these words.
async fn of_words(t: &TestApp, words: &str) -> String {
    let sql =
        format!("SELECT k.number FROM cases k JOIN submissions s ON s.case_id = k.id WHERE s.body LIKE '%{words}%'");
    t.column(&sql).await.remove(0)
}

#[tokio::test]
async fn the_words_and_photos_that_became_a_case_go_with_it_and_the_numbers_stay() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let files = attachments(&t);
        walk(&t).await;
        ask(&t).await;
        for word in WORDS {
            assert!(!found(&t, &[word]).await.is_empty(), "{word} was never written: the test is blind");
        }
        assert_eq!(attachments(&t), files + 1);
        let counted = [
            "SELECT CAST(COUNT(*) AS TEXT) FROM responses",
            "SELECT CAST(SUM(mark) AS TEXT) || '/' || CAST(SUM(most) AS TEXT) FROM visit_marks",
            "SELECT CAST(COUNT(*) AS TEXT) FROM findings WHERE state = 'case'",
            "SELECT CAST(COUNT(*) AS TEXT) FROM answer_cases",
        ];
        let mut before = Vec::new();
        for sql in counted {
            before.push(t.column(sql).await);
        }
        for word in WORDS {
            let number = of_words(&t, word).await;
            erase(&t, &number).await;
        }
        assert_eq!(found(&t, &WORDS).await, Vec::<String>::new(), "{engine:?}");
        assert_eq!(attachments(&t), files, "the photo is gone: {engine:?}");
        let mut after = Vec::new();
        for sql in counted {
            after.push(t.column(sql).await);
        }
        assert_eq!(before, after, "{engine:?}");
        // What did not become these cases is as it was, and the pages are read.
        for kept in ["地面有水", "谢谢老师，留下", "汤太凉了，第2次"] {
            assert!(!found(&t, &[kept]).await.is_empty(), "{kept}");
        }
        let office = t.staff(Role::Office).await;
        for path in ["/desk/visits", "/desk/letters", "/desk/questionnaires", "/desk/representatives"] {
            let status = office.get(path).await.status;
            assert!(status.as_u16() == 200 || status.as_u16() == 404, "{path} {status}");
        }
    }
}

#[tokio::test]
async fn an_older_backup_forgets_them_again() {
    let t = TestApp::start().await;
    let files = attachments(&t);
    walk(&t).await;
    ask(&t).await;
    let backups = tempfile::tempdir().unwrap();
    let older = backups.path().join("monday.tar");
    backup(&t.app.config, &older).await.unwrap();
    for word in WORDS {
        let number = of_words(&t, word).await;
        erase(&t, &number).await;
    }
    let (place, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut config = Config::for_tests(place.path(), None);
    let path = outside.path().join("data.erased");
    std::fs::copy(list::path(&t.app.config), &path).unwrap();
    config.erased_list = Some(path);
    restore(&config, &older).await.unwrap();
    let app = App::open_with(config, Arc::new(ManualClock::at(t.app.now())), Arc::new(SystemRandom)).await.unwrap();
    let mut restored = t.over(app);
    restored.folder = place;
    assert_eq!(found(&restored, &WORDS).await, Vec::<String>::new());
    assert_eq!(attachments(&restored), files);
    assert!(!found(&restored, &["地面有水"]).await.is_empty());
}
