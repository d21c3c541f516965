//! Student patrols: about things, never about people; the office decides what becomes a case.

use chrono::TimeDelta;
use huiyin::{jobs, kernel::roles::Role};

use super::{filled, form_of, send};
use crate::support::{Client, TestApp, engines, key};

async fn class(office: &Client<'_>, name: &str) -> String {
    office.post("/desk/patrols/classes", &[("names", name)]).await.expect(303);
    let page = office.get("/desk/patrols/classes").await.text();
    let row = page.split("<form").find(|f| f.contains(&format!("<b>{name}"))).unwrap().to_string();
    row.split("/desk/patrols/classes/").nth(1).unwrap().split('"').next().unwrap().to_string()
}

async fn patrol(inspector: &Client<'_>, class: &str, worse: &[(&str, &str)]) {
    let form = form_of(inspector, "/patrol/visits", "班级检查").await;
    let body = filled(inspector, &form, ("answer.class", class), worse, true, &key()).await;
    inspector.post_multipart(&form, body).await.expect(303);
}

#[tokio::test]
async fn what_is_found_again_and_again_becomes_a_case_by_the_offices_choice() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (office, inspector) = (t.staff(Role::Office).await, t.staff(Role::StudentInspector).await);
        let id = class(&office, "三(2)班").await;
        for _ in 0..2 {
            patrol(&inspector, &id, &[("a4", "no")]).await;
            t.clock.advance(TimeDelta::hours(3));
        }
        assert!(!office.get("/desk/patrols").await.text().contains("反复出现"));
        patrol(&inspector, &id, &[("a4", "no"), ("a1", "1")]).await;
        assert_eq!(t.count("cases").await, 0, "patrols make no case by themselves");
        let page = office.get("/desk/patrols").await.expect(200).text();
        assert!(page.contains("反复出现") && page.contains("3 次") && page.contains("垃圾倒了"), "{page}");
        assert!(page.contains("三(2)班") && page.contains(" 分"));
        let field = |name: &str| {
            let form = page.split("<form").find(|f| f.contains("/desk/patrols/repeats")).unwrap().to_string();
            form.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap().split('"').next().unwrap().to_string()
        };
        let (list, place, item) = (field("checklist"), field("place"), field("item"));
        let wanted = [("checklist", list.as_str()), ("place", &place), ("item", &item)];
        // Leaders read; they do not decide.
        let leader = t.staff(Role::Leader).await;
        assert!(!leader.get("/desk/patrols").await.expect(200).text().contains("/desk/patrols/repeats"));
        leader.post("/desk/patrols/repeats", &wanted).await.expect(404);
        let case = office.post("/desk/patrols/repeats", &wanted).await.expect(303).header("location").to_string();
        let page = office.get(&case).await.expect(200).text();
        assert!(page.contains("14 天里发现 3 次") && page.contains("学生检查员"), "{page}");
        assert_eq!(t.column("SELECT channel || ' ' || place FROM cases").await, ["patrol 三(2)班"]);
        assert_eq!(t.count("attachments").await, 3);
        // Once: it is decided now.
        office.post("/desk/patrols/repeats", &wanted).await.expect(404);
        assert_eq!(t.count("cases").await, 1, "{engine:?}");
        assert!(!office.get("/desk/patrols").await.text().contains("反复出现"));
    }
}

#[tokio::test]
async fn comments_with_the_name_of_a_teacher_are_refused() {
    let t = TestApp::start().await;
    let inspector = t.staff(Role::StudentInspector).await;
    let form = form_of(&inspector, "/patrol/visits", "楼道检查").await;
    let body = filled(&inspector, &form, ("answer.place", "二层楼道"), &[("a3", "no")], false, &key()).await;
    // The comment of the item comes first; this one is longer and replaces nothing, so it is built anew.
    let named = String::from_utf8(body.body()).unwrap().replace("看到的情况写在这里", "周建平老师没有倒垃圾");
    let kind = crate::support::Multipart::content_type();
    let page = inspector.ask(axum::http::Method::POST, &form, Some(&kind), named.into_bytes()).await.expect(422).text();
    assert!(page.contains("请把名字去掉") && page.contains("周建平老师没有倒垃圾"));
    assert_eq!(t.count("visits").await, 0);
}

#[tokio::test]
async fn a_finding_is_set_aside_once() {
    let t = TestApp::start().await;
    let (office, inspector) = (t.staff(Role::Office).await, t.staff(Role::StudentInspector).await);
    send(&inspector, "卫生间检查", &[("a5", "no")], false).await;
    let page = office.get("/desk/patrols").await.text();
    let action = page.split("action=\"/desk/patrols/findings/").nth(1).unwrap().split('"').next().unwrap().to_string();
    let action = format!("/desk/patrols/findings/{action}");
    office.post(&action, &[]).await.expect(303);
    office.post(&action, &[]).await.expect(404);
    assert_eq!(t.column("SELECT state FROM findings").await, ["set_aside"]);
}

#[tokio::test]
async fn a_class_teacher_reads_the_sheet_of_their_class_alone() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (office, inspector) = (t.staff(Role::Office).await, t.staff(Role::StudentInspector).await);
        let (own, other) = (class(&office, "四(1)班").await, class(&office, "四(2)班").await);
        let list = office.get("/desk/patrols/classes").await.text();
        let login = t.login(Role::Handler, None);
        let option = list.split("<option value=\"").find(|o| o.contains(&format!(">{}<", login.name))).unwrap();
        let teacher = option.split('"').next().unwrap().to_string();
        office.post(&format!("/desk/patrols/classes/{own}"), &[("teacher", &teacher), ("use", "1")]).await.expect(303);
        patrol(&inspector, &own, &[("a3", "no")]).await;
        patrol(&inspector, &other, &[("a3", "no")]).await;
        let handler = t.signed_in(login).await;
        let day = handler.get("/desk/patrols").await.expect(200).text();
        assert!(day.contains("四(1)班") && !day.contains("四(2)班"), "{engine:?}");
        let sheet = handler.get(&format!("/desk/patrols/sheets/{own}")).await.expect(200).text();
        assert!(sheet.contains("黑板和讲台擦干净") && sheet.contains("看到的情况写在这里"));
        handler.get(&format!("/desk/patrols/sheets/{other}")).await.expect(404);
        office.get(&format!("/desk/patrols/sheets/{other}")).await.expect(200);

        // The next morning the office and the teacher are told, once and without content.
        t.clock.advance(TimeDelta::days(1));
        for _ in 0..2 {
            huiyin::patrols::summary::tell(&t.app).await.unwrap();
        }
        let told = t.column("SELECT s.role FROM outbox o JOIN staff s ON s.id = o.staff_id WHERE o.kind = 'patrol_summary' ORDER BY s.role").await;
        assert_eq!(told, ["handler", "office", "office"], "{engine:?}");
        jobs::schedule(&t.app).await.unwrap();
        jobs::run_due(&t.app).await.unwrap();
        assert_eq!(t.column("SELECT CAST(COUNT(*) AS TEXT) FROM outbox WHERE kind = 'patrol_summary'").await, ["3"]);
    }
}
