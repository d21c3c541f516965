//! Sending something, in every form that a browser or a program may use.

use huiyin::kernel::roles::Role;
use serde_json::json;

use crate::support::{Multipart, TestApp, engines, key};

/// A code as it is printed: 4×4 symbols.
fn is_grouped_code(code: &str) -> bool {
    let groups: Vec<&str> = code.split('-').collect();
    groups.len() == 4
        && groups.iter().all(|g| g.len() == 4 && g.chars().all(|c| "0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains(c)))
}

#[tokio::test]
async fn json_form_and_multipart_are_taken_alike() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (path, visitor) = (format!("/q/{}", t.point("食堂三楼")), t.visitor().json());
        let (a, b, c) = (key(), key(), key());
        let fields = |key: &str| {
            vec![
                ("idempotency_key".to_string(), key.to_string()),
                ("role".into(), "student".into()),
                ("identity".into(), "anonymous".into()),
                ("topic".into(), "canteen".into()),
                ("body".into(), "𠮷野家的汤是凉的 🍲".into()),
            ]
        };
        let object: serde_json::Map<_, _> = fields(&a).into_iter().map(|(k, v)| (k, json!(v))).collect();
        let as_json = visitor.post_json(&path, &object.into()).await.expect(201);
        let pairs = fields(&b);
        let pairs: Vec<_> = pairs.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        let as_form = visitor.post(&path, &pairs).await.expect(201);
        let pairs = fields(&c);
        let pairs: Vec<_> = pairs.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        let as_multipart = visitor.post_multipart(&path, Multipart::new().texts(&pairs)).await.expect(201);
        let office = t.staff(Role::Office).await;
        for reply in [as_json, as_form, as_multipart] {
            assert!(is_grouped_code(&reply.word("tracking_code")), "{}", reply.text());
            // Tuesday plus five working days is Tuesday, at closing time in Shanghai.
            assert_eq!(reply.word("due_at"), "2026-03-17T09:30:00Z");
            let page = office.get(&format!("/desk/cases/{}", reply.word("case_number"))).await.expect(200).text();
            assert!(page.contains("𠮷野家的汤是凉的 🍲"), "{page}");
        }
        assert_eq!(t.count("cases").await, 3);
    }
}

#[tokio::test]
async fn the_minimum_is_enough_and_the_rest_is_the_access_points() {
    let t = TestApp::start().await;
    let reply = t.visitor().submit(t.point("北门"), &[]).await.expect(201);
    let list = t.staff(Role::Office).await.get("/desk?view=all&format=csv").await.text();
    let row = list.lines().find(|l| l.contains(&reply.word("case_number"))).unwrap();
    assert!(row.contains("安全") && row.contains("北门"), "{row}");
}

#[tokio::test]
async fn a_refused_form_gives_everything_back() {
    let t = TestApp::start().await;
    let path = format!("/q/{}", t.point("北门"));
    let reply = t
        .visitor()
        .post(
            &path,
            &[
                ("idempotency_key", "a-key-of-mine"),
                ("identity", "named"),
                ("body", "二楼 <b>的</b> 灯坏了 \"引号\" </textarea><script>alert(1)</script>"),
                ("contact_name", "王芳"),
                ("contact", "13800138000"),
                ("answer.where", "二楼 & 三楼"),
                ("answer.when", "不是日子"),
            ],
        )
        .await
        .expect(422);
    let html = reply.text();
    assert_eq!(reply.input("idempotency_key").as_deref(), Some("a-key-of-mine"));
    assert_eq!(reply.input("contact_name").as_deref(), Some("王芳"));
    assert_eq!(reply.input("contact").as_deref(), Some("13800138000"));
    assert_eq!(reply.input("answer.where").as_deref(), Some("二楼 &amp; 三楼"));
    assert!(html.contains("二楼 &lt;b&gt;的&lt;/b&gt; 灯坏了"), "{html}");
    assert!(!html.contains("<script>alert"), "{html}");
    assert!(html.contains("error-summary") && html.contains("href=\"#f-role\""), "{html}");
    assert_eq!(t.count("cases").await, 0);
}

#[tokio::test]
async fn what_the_sender_may_not_say_is_not_believed() {
    let t = TestApp::start().await;
    let reply = t
        .visitor()
        .submit(
            t.point("食堂三楼"),
            &[
                ("topic", "no-such-topic"),
                ("form_version", "0192f0c0-0000-7000-8000-000000000001"),
                ("state", "closed"),
                ("case_number", "HY-0000-00"),
                ("due_at", "1999-01-01"),
                ("organization_id", "x"),
                ("received_at", "1999-01-01T00:00:00Z"),
                ("lane", "held"),
            ],
        )
        .await
        .expect(201);
    assert_eq!(reply.word("due_at"), "2026-03-17T09:30:00Z");
    let row = t.staff(Role::Office).await.get("/desk?view=new&format=csv").await.text();
    assert!(row.contains("食堂") && row.contains("已收到") && row.contains("2026-03-10"), "{row}");
    assert_ne!(reply.word("case_number"), "HY-0000-00");
}

#[tokio::test]
async fn a_revoked_or_unknown_code_leads_to_a_living_one() {
    let t = TestApp::start().await;
    let office = t.staff(Role::Office).await;
    let code = t.point("北门").to_string();
    let list = office.get("/desk/access-points?q=北门").await.text();
    let id: String = list
        .split("/desk/access-points/")
        .filter_map(|s| s.get(..32))
        .find(|s| s.chars().all(|c| c.is_ascii_hexdigit()))
        .unwrap()
        .into();
    office.post(&format!("/desk/access-points/{id}/revoke"), &[("reason", "lost")]).await.expect(303);
    for path in [format!("/q/{code}"), "/q/NOPE99".into()] {
        let reply = t.visitor().get(&path).await;
        assert!([404, 410].contains(&reply.status.as_u16()), "{path}: {}", reply.status);
    }
    let html = t.visitor().get(&format!("/q/{code}")).await.text();
    let living =
        t.demo.access_points.iter().filter(|p| p.code != code && html.contains(&format!("href=\"/q/{}\"", p.code)));
    assert_eq!(living.count(), 6, "{html}");
    assert!(html.contains("href=\"/xuelian\"") && !html.contains(&format!("/q/{code}\"")), "{html}");
    t.visitor().submit(&code, &[]).await;
    assert_eq!(t.count("cases").await, 0);
}
