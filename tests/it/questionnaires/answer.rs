//! The public page: what is asked, taken in, refused, and when.

use huiyin::kernel::roles::Role;

use super::{answer, answered, asked, drafted, hidden, publish, send, small, stored};
use crate::support::{Multipart, TestApp, engines, key};

#[tokio::test]
async fn an_answer_is_kept_once_however_often_it_is_sent() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let q = asked(&t, small(), "free").await;
        let page = t.visitor().get(&format!("/q/{}", q.code)).await.expect(200);
        assert!(page.text().contains("住校吗") && page.text().contains("只在这种情况下回答"));
        let key = page.input("idempotency_key").unwrap();
        let fields = answered(&key);
        let first = send(&t, &q.code, &fields).await.expect(201);
        assert_eq!(first.json()["received"], true);
        let copies = futures::future::join_all((0..8).map(|_| send(&t, &q.code, &fields))).await;
        assert!(copies.iter().all(|r| r.status == 201), "{engine:?}");
        assert_eq!(t.count("responses").await, 1, "{engine:?}");
        let submissions = format!("SELECT CAST(submissions AS TEXT) FROM access_points WHERE code = '{}'", q.code);
        assert_eq!(t.column(&submissions).await, ["1"]);

        // The same key with other answers is another thing.
        let mut other = fields.clone();
        other[1].1 = "c2";
        assert!(send(&t, &q.code, &other).await.expect(422).json()["errors"]["idempotency_key"].is_array());
        // Eight copies at the same time of one that nobody sent yet.
        let key = crate::support::key();
        let fields = answered(&key);
        let copies = futures::future::join_all((0..8).map(|_| send(&t, &q.code, &fields))).await;
        assert!(copies.iter().all(|r| r.status == 201), "{engine:?}");
        assert_eq!(t.count("responses").await, 2, "{engine:?}");
    }
}

#[tokio::test]
async fn answers_of_what_is_not_reached_are_dropped() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let q = asked(&t, small(), "free").await;
        let key = key();
        let mut fields = answered(&key);
        fields[1].1 = "c2";
        send(&t, &q.code, &fields).await.expect(201);
        let answers = stored(&t).await;
        assert_eq!(answers.first("q1"), Some("c2"));
        assert_eq!(answers.first("q2"), None, "{engine:?}: {answers:?}");
        assert_eq!(answers.first("q3.price"), Some("bad"));
    }
}

#[tokio::test]
async fn a_refused_form_gives_everything_back_with_its_photo() {
    let t = TestApp::start().await;
    let q = asked(&t, small(), "free").await;
    let photo = std::fs::read("end2end/fixtures/canteen.jpg").unwrap();
    let key = key();
    let form = Multipart::new()
        .texts(&[("idempotency_key", &key), ("answer.q2", "台灯<b>"), ("answer.q3.taste", "good")])
        .file("answer.q4", "照片.jpg", "image/jpeg", &photo);
    let page = t.visitor().post_multipart(&format!("/q/{}", q.code), form).await.expect(422);
    let html = page.text();
    assert!(html.contains("这一项请填一下") && html.contains("href=\"#f-answer-q1\""), "{html}");
    assert!(html.contains("value=\"台灯&lt;b&gt;\""), "{html}");
    assert!(html.split("name=\"answer.q3.taste\"").nth(1).unwrap()[..60].contains("checked"), "{html}");
    let token = page.input("staged.q4").unwrap();
    assert_eq!(page.input("idempotency_key").unwrap(), key);

    let form = Multipart::new().texts(&[("idempotency_key", &key), ("answer.q1", "c2"), ("staged.q4", &token)]);
    let thanks = t.visitor().post_multipart(&format!("/q/{}", q.code), form).await.expect(201).text();
    assert!(thanks.contains("收到了") && thanks.contains(&format!("data-draft=\"{}\"", q.code)));
    assert_eq!((t.count("responses").await, t.count("response_files").await), (1, 1));
    assert_eq!(stored(&t).await.get("q4").len(), 1);
}

#[tokio::test]
async fn publishing_freezes_and_each_answer_keeps_its_version() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let q = asked(&t, small(), "free").await;
        let office = t.staff(Role::Office).await;
        let address = format!("/q/{}", q.code);
        let old = hidden(&t.visitor(), &address, "form_version").await;
        answer(&t, &q.code).await.expect(201);

        // A change shows nowhere before it is published.
        let edit = format!("{}/questions/q1", q.desk);
        let version = hidden(&office, &edit, "draft_version").await;
        let fields = [
            ("draft_version", version.as_str()),
            ("kind", "single"),
            ("label", "你住校吗"),
            ("choices", "住校\n走读\n都有"),
        ];
        office.post(&edit, &fields).await.expect(303);
        assert!(!t.visitor().get(&address).await.text().contains("你住校吗"));
        publish(&office, &q.desk).await.expect(303);
        let page = t.visitor().get(&address).await.expect(200);
        assert!(page.text().contains("你住校吗") && page.text().contains("都有"));
        let new = page.input("form_version").unwrap();
        assert_ne!(old, new);

        // Who had the old page open still answers the old version.
        let keys = [key(), key()];
        for (key, version) in keys.iter().zip([&old, &new]) {
            let fields = [&answered(key)[..], &[("form_version", version.as_str())]].concat();
            send(&t, &q.code, &fields).await.expect(201);
        }
        let per_version = t
            .column(
                "SELECT CAST(COUNT(*) AS TEXT) FROM responses r JOIN form_versions v ON v.id = r.form_version_id
                 GROUP BY v.number ORDER BY v.number",
            )
            .await;
        assert_eq!(per_version, ["2", "1"], "{engine:?}");
        let frozen =
            t.column("SELECT definition FROM form_versions WHERE number = 1 AND definition LIKE '%住校生活%'").await;
        assert!(frozen.len() == 1 && !frozen[0].contains("都有"));
    }
}

#[tokio::test]
async fn it_is_open_within_its_times_and_the_page_says_so_otherwise() {
    let t = TestApp::start().await;
    let q = asked(&t, small(), "free").await;
    let office = t.staff(Role::Office).await;
    let address = format!("/q/{}", q.code);
    let times = |opens, closes| [("one_answer", "free"), ("opens_at", opens), ("closes_at", closes)];
    office.post(&format!("{}/settings", q.desk), &times("2026-03-11T08:00", "2026-03-12T18:00")).await.expect(303);
    let early = t.visitor().get(&address).await.expect(410).text();
    assert!(early.contains("还没有开始") && early.contains("3月11日 08:00") && early.contains("/xuelian"));
    answer(&t, &q.code).await.expect(410);
    t.clock.advance(chrono::TimeDelta::days(1));
    t.visitor().get(&address).await.expect(200);
    answer(&t, &q.code).await.expect(201);
    t.clock.advance(chrono::TimeDelta::days(2));
    assert!(t.visitor().get(&address).await.expect(410).text().contains("已经结束"));
    assert_eq!(t.count("responses").await, 1);

    let office = t.staff(Role::Office).await;
    office.post(&format!("{}/settings", q.desk), &times("", "")).await.expect(303);
    t.visitor().get(&address).await.expect(200);
    office.post(&format!("{}/close", q.desk), &[]).await.expect(303);
    t.visitor().get(&address).await.expect(410);
    answer(&t, &q.code).await.expect(410);
    office.post(&format!("{}/close", q.desk), &[]).await.expect(409);
    office.post(&format!("{}/open", q.desk), &[]).await.expect(303);
    answer(&t, &q.code).await.expect(201);
}

#[tokio::test]
async fn a_draft_can_not_be_answered_yet() {
    let t = TestApp::start().await;
    let desk = drafted(&t, small()).await;
    let office = t.staff(Role::Office).await;
    office.post(&format!("{desk}/points"), &[("place", "宿舍楼")]).await.expect(303);
    let code = t.column("SELECT code FROM access_points WHERE place = '宿舍楼'").await.remove(0);
    assert!(t.visitor().get(&format!("/q/{code}")).await.expect(410).text().contains("还没有开始"));
    answer(&t, &code).await.expect(410);
    t.visitor().post(&format!("/q/{code}/left"), &[("question", "q1")]).await.expect(204);
    assert_eq!(t.count("questionnaire_leavings").await, 0);
}

#[tokio::test]
async fn a_device_that_is_handed_around_keeps_nothing_and_comes_back_by_itself() {
    let t = TestApp::start().await;
    let q = asked(&t, small(), "free").await;
    let address = format!("/q/{}?kiosk=1", q.code);
    let page = t.visitor().get(&address).await.expect(200);
    assert!(page.text().contains("data-draft=\"\"") && page.text().contains(&format!("action=\"{address}\"")));
    let key = page.input("idempotency_key").unwrap();
    let thanks = t.visitor().post(&address, &answered(&key)).await.expect(201);
    assert_eq!(thanks.header("refresh"), format!("15; url={address}"));
    assert!(thanks.text().contains("下一位"));
    // Where it is not allowed, it is an ordinary page.
    let office = t.staff(Role::Office).await;
    office.post(&format!("{}/settings", q.desk), &[("one_answer", "free")]).await.expect(303);
    assert!(t.visitor().get(&address).await.text().contains(&format!("data-draft=\"{}\"", q.code)));
}

#[tokio::test]
async fn where_people_leave_is_counted_and_nothing_else() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let q = asked(&t, small(), "free").await;
        let left = format!("/q/{}/left", q.code);
        for question in ["q1", "q1", "q2", "q9", ""] {
            t.visitor().post(&left, &[("question", question)]).await.expect(204);
        }
        let counted = t.column("SELECT question || ' ' || count FROM questionnaire_leavings ORDER BY question").await;
        assert_eq!(counted, ["q1 2", "q2 1"], "{engine:?}");
        t.visitor().post(&left, &[("question", "x".repeat(2000).as_str())]).await.expect(413);
        t.visitor().post(&format!("/q/{}/left", t.point("食堂三楼")), &[("question", "q1")]).await.expect(404);
    }
}

#[tokio::test]
async fn the_switch_of_language_or_size_gives_back_what_was_answered() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let q = asked(&t, small(), "free").await;
        let page = t.visitor().get(&format!("/q/{}", q.code)).await.expect(200);
        let key = page.input("idempotency_key").unwrap();
        let photo = std::fs::read("end2end/fixtures/canteen.jpg").unwrap();
        let form = Multipart::new()
            .texts(&[("idempotency_key", &key), ("show_again", "1"), ("answer.q1", "c1"), ("answer.q2", "台灯和柜子")])
            .file("answer.q4", "x.jpg", "image/jpeg", &photo);
        let path = format!("/q/{}?lang=en&large=1", q.code);
        let again = t.visitor().post_multipart(&path, form).await.expect(200);
        let html = again.text();
        assert!(
            html.contains("lang=\"en\"") && html.contains("class=\"large\"") && html.contains("台灯和柜子"),
            "{html}"
        );
        assert!(
            !html.contains("id=\"errors\"") && again.input("idempotency_key") == Some(key),
            "nothing is checked yet"
        );
        assert!(html.contains("staged.q4") || again.input("staged.q4").is_some(), "the photo stays: {html}");
        assert_eq!(t.count("responses").await, 0, "{engine:?}");
    }
}
