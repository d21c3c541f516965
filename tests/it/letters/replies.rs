//! Replies: once a press, anonymous, until the last day; what is told of them.

use chrono::TimeDelta;

use super::{box_of, office, published, reply};
use crate::support::{Multipart, TestApp, engines, key};

#[tokio::test]
async fn a_reply_is_stored_once_and_leaves_the_class_and_the_hour() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = office(&t).await;
        let letter = published(&office).await;
        t.clock.advance(TimeDelta::minutes(47));
        let key = key();
        let form = [
            ("idempotency_key", key.as_str()),
            ("class", "三年级二班"),
            ("answer.opinion_1", "disagree"),
            ("answer.opinion_1_reason", "周四会补回来"),
            ("answer.comment", "少抄写"),
        ];
        let ask = async || t.visitor().json().post(&letter.address, &form).await;
        let answers = futures::future::join_all((0..6).map(|_| ask())).await;
        assert!(answers.iter().all(|a| a.status.as_u16() == 201 && a.json()["received"] == true), "{answers:?}");
        assert_eq!(t.count("responses").await, 1, "{engine:?}");
        assert_eq!(t.column("SELECT cohort FROM responses").await, ["三年级二班"]);
        let hour = "SELECT CAST(received_at AS TEXT) FROM responses";
        assert!(t.column(hour).await[0].contains("02:00:00"), "the hour only");
        let audit = "SELECT CAST(at AS TEXT) FROM audit_log WHERE action = 'letter.replied'";
        assert_eq!(t.column(audit).await, Vec::<String>::new(), "it waits for the end of its hour");
        t.clock.advance(TimeDelta::minutes(20));
        huiyin::audit::waiting::settle(&t.app).await.unwrap();
        let audit = t.column(audit).await;
        assert!(audit.len() == 1 && audit[0].contains("02:00:00"), "{audit:?}");

        let mut other = form;
        other[4] = ("answer.comment", "换了一句");
        let refused = t.visitor().json().post(&letter.address, &other).await.expect(422);
        assert!(refused.json()["errors"][""][0].as_str().unwrap().contains("再按一次"));
        let page = office.get(&letter.page).await.text();
        assert!(page.contains("周四会补回来") && page.contains("少抄写") && page.contains("还没有人回"));
        assert!(page.contains("1/123 户"), "{page}");
    }
}

#[tokio::test]
async fn nothing_of_a_repliers_device_is_written_anywhere() {
    let t = TestApp::with(engines()[0], |c| c.trusted_proxy = vec!["127.0.0.1".parse().unwrap()]).await;
    let letter = published(&office(&t).await).await;
    t.clock.advance(TimeDelta::seconds(1357));
    let device = t
        .visitor()
        .with("x-forwarded-for", "198.51.100.77")
        .with("user-agent", "SentinelAgent/1.0")
        .with("accept-language", "sentinel-lang,zh")
        .with("cookie", "tracker=sentinel-cookie");
    device.get(&letter.address).await.expect(200);
    let form = [("idempotency_key", "sentinel-key-0001"), ("class", "三年级一班"), ("answer.comment", "多读书")];
    let answer = device.post(&letter.address, &form).await.expect(201);
    assert!(answer.headers.get("set-cookie").is_none());
    let exact = t.app.now().format("%H:%M:%S").to_string();
    let dump = t.dump().await;
    let rows = dump.split("# responses\n").nth(1).unwrap().split("\n# ").next().unwrap();
    assert!(rows.contains("多读书"), "{rows}");
    assert!(!rows.contains(&exact), "{rows}");
    for path in t.files() {
        let bytes = std::fs::read(&path).unwrap();
        for sentinel in ["198.51.100.77", "SentinelAgent", "sentinel-lang", "sentinel-cookie", "sentinel-key"] {
            let found = bytes.windows(sentinel.len()).any(|w| w == sentinel.as_bytes());
            assert!(!found, "{} holds {sentinel}", path.display());
        }
    }
}

#[tokio::test]
async fn a_refused_reply_gives_everything_back() {
    let t = TestApp::start().await;
    let letter = published(&office(&t).await).await;
    let long = "长".repeat(2_001);
    let form = Multipart::new().texts(&[
        ("idempotency_key", &key()),
        ("class", "六年级九班"),
        ("answer.opinion_1", "agree"),
        ("answer.comment", &long),
    ]);
    let page = t.visitor().post_multipart(&letter.address, form).await.expect(422).text();
    assert!(page.contains(&long) && page.contains("请选一下班级。") && page.contains("最多 2000 字"), "{page}");
    assert!(page.contains("value=\"agree\" checked"), "{page}");
    assert_eq!(t.count("responses").await, 0);
    let thanks = Multipart::new().texts(&[("idempotency_key", &key()), ("class", "三年级一班")]);
    let page = t.visitor().post_multipart(&letter.address, thanks).await.expect(201).text();
    assert!(page.contains("收到了，谢谢"));
    // A link for one class has its choice made.
    let page = t.visitor().get(&format!("{}?class=三年级三班", letter.address)).await.text();
    assert!(page.contains("value=\"三年级三班\" selected"), "{page}");
    let desk = office(&t).await.get(&letter.page).await.text();
    assert!(desk.contains("?class=%E4%B8%89%E5%B9%B4%E7%BA%A7%E4%B8%89%E7%8F%AD"), "{desk}");
}

#[tokio::test]
async fn opinions_are_told_when_replies_have_ended_and_never_small_ones() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = office(&t).await;
        let letter = published(&office).await;
        for (stance, times) in [("agree", 12), ("disagree", 3), ("none", 4)] {
            for _ in 0..times {
                assert_eq!(reply(&t, &letter.address, &[("answer.opinion_1", stance)]).await, 201);
            }
        }
        let page = office.get(&letter.page).await.text();
        assert!(page.contains("回执截止后显示") && !page.contains("<b>12</b>"));
        office.post(&format!("{}/until", letter.page), &[("do", "close")]).await.expect(303);
        let page = office.get(&letter.page).await.text();
        let opinions = page.split("赞成和不赞成").nth(1).unwrap().split("id=\"comments\"").next().unwrap();
        assert!(opinions.contains("<b>12</b>") && !opinions.contains("<b>3</b>") && !opinions.contains("<b>4</b>"));
        assert_eq!(opinions.matches("<b>—</b>").count(), 2, "{engine:?} {opinions}");
        // It is over: no reply any more, and no new beginning.
        let late = [("answer.comment", "我来晚了")];
        assert_eq!(reply(&t, &letter.address, &late).await, 410);
        office.post(&format!("{}/until", letter.page), &[("until", "2026-03-25")]).await.expect(409);
        let form = Multipart::new().texts(&[("idempotency_key", &key()), ("answer.comment", "我来晚了")]);
        let page = t.visitor().post_multipart(&letter.address, form).await.expect(410).text();
        assert!(page.contains("我来晚了") && page.contains("回执已截止") && !page.contains("id=\"send\""));
        assert_eq!(t.count("responses").await, 19);
    }
}

#[tokio::test]
async fn a_complaint_becomes_one_case_and_danger_is_read_no_further() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = office(&t).await;
        let letter = published(&office).await;
        for text in ["老师发了排名", "孩子在厕所被打", "谢谢老师"] {
            assert_eq!(reply(&t, &letter.address, &[("answer.comment", text)]).await, 201);
        }
        let sort = format!("{}/comments", letter.page);
        let html = office.get(&letter.page).await.text();
        let (ranking, beaten, thanks) =
            (box_of(&html, "老师发了排名"), box_of(&html, "孩子在厕所被打"), box_of(&html, "谢谢老师"));
        for _ in 0..2 {
            office.post(&sort, &[("comment", &ranking), ("do", "case")]).await.expect(303);
        }
        office.post(&sort, &[("comment", &beaten), ("do", "danger")]).await.expect(303);
        office.post(&sort, &[("comment", &thanks), ("do", "nothing")]).await.expect(303);
        assert_eq!(
            t.column("SELECT channel || ' ' || lane || ' ' || identity FROM cases ORDER BY 1").await,
            ["letter ordinary anonymous", "letter safeguarding anonymous"]
        );
        let page = office.get(&format!("{}?view=all", letter.page)).await.text();
        assert!(!page.contains("孩子在厕所被打") && page.contains("已转交保密员") && page.contains("已转 "));
        assert!(office.get(&letter.page).await.text().contains("都归好类了"));
        // What was marked can be taken back; what became a case can't be made one again.
        office.post(&sort, &[("comment", &thanks), ("do", "back")]).await.expect(303);
        assert!(office.get(&letter.page).await.text().contains("谢谢老师"));
        office.post(&sort, &[("do", "case")]).await.expect(422);
        assert_eq!(t.count("cases").await, 2, "{engine:?}");
    }
}

#[tokio::test]
async fn a_flood_from_one_address_is_asked_to_wait_and_loses_nothing_it_typed() {
    let t = TestApp::start().await;
    let letter = published(&office(&t).await).await;
    let mut last = String::new();
    for _ in 0..140 {
        let key = key();
        let form =
            Multipart::new().texts(&[("idempotency_key", &key), ("class", "三年级一班"), ("answer.comment", "水果")]);
        let answer = t.visitor().post_multipart(&letter.address, form).await;
        if answer.status.as_u16() == 429 {
            last = answer.text();
            break;
        }
    }
    assert!(last.contains("水果</textarea>") && last.contains("请过一分钟"), "{last}");
}

#[tokio::test]
async fn the_switch_of_language_gives_back_what_was_typed() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let letter = published(&office(&t).await).await;
        let page = t.visitor().get(&letter.address).await.expect(200);
        let key = page.input("idempotency_key").unwrap();
        assert!(page.text().contains("name=\"show_again\""), "{}", page.text());
        let form = [
            ("idempotency_key", key.as_str()),
            ("show_again", "1"),
            ("class", "三年级二班"),
            ("answer.opinion_1", "disagree"),
            ("answer.comment", "少抄写 <b>"),
        ];
        let again = t.visitor().post(&format!("{}?lang=en", letter.address), &form).await.expect(200);
        let html = again.text();
        assert!(html.contains("lang=\"en\"") && html.contains("少抄写 &lt;b&gt;"), "{html}");
        assert!(html.contains("value=\"三年级二班\" selected") && !html.contains("id=\"errors\""), "{html}");
        assert_eq!(again.input("idempotency_key"), Some(key), "still the same press");
        assert_eq!(t.count("responses").await, 0, "{engine:?}");
    }
}
