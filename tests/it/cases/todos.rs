//! Mentions, watching, and tasks: for those who may see the case, and for nobody else.

use chrono::TimeDelta;
use huiyin::{kernel::roles::Role, supervision::ladder};

use super::{
    merge::{does, sent},
    story::OnCase,
};
use crate::support::{TestApp, engines};

async fn led(t: &TestApp, department: &str) -> (String, String) {
    let case = sent(t, "食堂三楼", &[]).await;
    let office = OnCase::new(t.staff(Role::Office).await, &case.number);
    let id = office.department(department).await;
    let fields = [("department", id.as_str()), ("due_on", ""), ("instruction", ""), ("otherwise", "归他们")];
    office.act("assign", &fields).await.expect(303);
    (case.number, case.code)
}

#[tokio::test]
async fn who_is_mentioned_hears_of_it_and_who_may_not_see_the_case_is_not_told() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (number, _) = led(&t, "食堂").await;
        let head = t.login(Role::DepartmentHead, Some("食堂"));
        let stranger = t.login(Role::DepartmentHead, Some("教务处"));
        let office = OnCase::new(t.staff(Role::Office).await, &number);
        let words = format!("请 @{} 看一下进货单", head.name);
        office.act("note", &[("note", &words)]).await.expect(303);
        let theirs = t.signed_in(head).await;
        assert!(theirs.get("/desk/notices").await.text().contains("备注里提到了您"), "{engine:?}");

        let words = format!("@{} 和 @{} 都看看", head.name, stranger.name);
        let refused = office.act("note", &[("note", &words)]).await.expect(422).text();
        assert!(refused.contains(&stranger.name) && refused.contains("看不到这一件") && refused.contains("都看看"));
        assert!(t.column("SELECT body FROM notes WHERE body LIKE '%都看看%'").await.is_empty(), "{engine:?}");
        let told = t
            .column("SELECT s.display_name FROM outbox o JOIN staff s ON s.id = o.staff_id WHERE o.kind = 'mentioned'")
            .await;
        assert_eq!(told, std::slice::from_ref(&head.name), "{engine:?}");
        assert!(!t.signed_in(stranger).await.get("/desk/notices").await.text().contains(&number));
    }
}

#[tokio::test]
async fn who_watches_hears_of_every_step_until_they_may_not_see_it() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (number, code) = led(&t, "食堂").await;
        let leader = t.staff(Role::Leader).await;
        let path = format!("/desk/cases/{number}");
        for _ in 0..2 {
            leader.post(&format!("{path}/watch"), &[]).await.expect(303);
        }
        assert_eq!(t.count("case_watchers").await, 1);
        t.signed_in(t.login(Role::DepartmentHead, Some("教务处")))
            .await
            .post(&format!("{path}/watch"), &[])
            .await
            .expect(404);
        let handler = OnCase::new(t.signed_in(t.login(Role::Handler, Some("食堂"))).await, &number);
        handler.client.post(&format!("{path}/watch"), &[]).await.expect(303);
        handler.act("start", &[]).await.expect(303);
        does(&t, &code, &[("action", "message"), ("message", "今天又凉了")]).await.expect(200);
        assert!(leader.get("/desk/notices").await.text().contains("来件人补充"), "{engine:?}");
        assert!(leader.get("/desk/tasks").await.text().contains(&number));
        // Who would be told anyway is told once; of what one did oneself, never.
        let of_handler = |kind: &str| {
            format!(
                "SELECT o.kind FROM outbox o JOIN staff s ON s.id = o.staff_id JOIN departments d ON d.id = s.department_id
                 WHERE d.name = '食堂' AND s.role = 'handler' AND o.kind = '{kind}'
                   AND o.case_id = (SELECT id FROM cases WHERE number = '{number}')"
            )
        };
        assert_eq!(t.column(&of_handler("message_in")).await.len(), 1, "{engine:?}");
        assert!(t.column(&of_handler("started")).await.is_empty());
        // Recused, they hear no more.
        let office = OnCase::new(t.staff(Role::Office).await, &number);
        let name = t.login(Role::Leader, None).name.clone();
        let option = office.page().await.text();
        let end = option.find(&format!(">{name}</option>")).unwrap();
        let who = option[..end].rsplit("value=\"").next().unwrap().split('"').next().unwrap().to_string();
        let who = if who.starts_with("staff:") { who } else { format!("staff:{who}") };
        office.act("recuse", &[("who", &who), ("recuse_reason", "是他的亲戚")]).await.expect(303);
        assert!(!leader.get("/desk/notices").await.text().contains(&number));
        assert!(!leader.get("/desk/tasks").await.text().contains(&number));
        let before = t.count("outbox").await;
        handler.act("draft", &[("reply", "草稿")]).await.expect(303);
        office.client.post(&format!("{path}/unwatch"), &[]).await.expect(303);
        handler.client.post(&format!("{path}/unwatch"), &[]).await.expect(303);
        assert_eq!((t.count("outbox").await, t.count("case_watchers").await), (before, 1), "{engine:?}");
    }
}

#[tokio::test]
async fn a_task_is_in_the_list_of_who_is_to_do_it_until_it_is_done() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (number, _) = led(&t, "食堂").await;
        let office = OnCase::new(t.staff(Role::Office).await, &number);
        let (head, stranger) =
            (t.login(Role::DepartmentHead, Some("食堂")), t.login(Role::DepartmentHead, Some("教务处")));
        let give = async |name: &str, day: &str| {
            let person = office.department(name).await;
            office.act("task", &[("person", &person), ("task_due_on", day), ("task", "把进货单拍给我")]).await
        };
        give(&stranger.name, "2026-03-12").await.expect(422);
        give(&head.name, "2026-03-09").await.expect(422);
        give(&head.name, "").await.expect(422);
        give(&head.name, "2026-03-12").await.expect(303);
        let theirs = t.signed_in(head).await;
        for path in ["/desk", "/desk/tasks", "/desk/notices"] {
            let page = theirs.get(path).await.expect(200).text();
            assert!(
                page.contains("有 1 件事请您做") || page.contains("把进货单拍给我") || page.contains("有一件事请您做"),
                "{path}"
            );
        }
        assert!(!t.signed_in(stranger).await.get("/desk/tasks").await.text().contains("进货单"));
        t.clock.advance(TimeDelta::days(3));
        let theirs = t.signed_in(head).await;
        assert!(theirs.get("/desk").await.text().contains("1 件过了期"), "{engine:?}");
        assert!(theirs.get("/desk/tasks").await.text().contains("超期"));
        let page = theirs.get("/desk/tasks").await.text();
        let done = page
            .split("action=\"")
            .find(|s| s.starts_with("/desk/tasks/"))
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_string();
        t.signed_in(stranger).await.post(&done, &[]).await.expect(404);
        t.signed_in(t.login(Role::Handler, Some("食堂"))).await.post(&done, &[]).await.expect(404);
        theirs.post(&done, &[]).await.expect(303);
        theirs.post(&done, &[]).await.expect(303);
        let office = t.staff(Role::Office).await;
        assert!(office.get("/desk/notices").await.text().contains("交办的事做好了"), "{engine:?}");
        assert!(theirs.get("/desk/tasks").await.text().contains("近两周做好的"));
        assert!(!theirs.get("/desk").await.text().contains("件事请您做"));
        assert_eq!(t.column("SELECT words FROM case_tasks WHERE done_at IS NOT NULL").await.len(), 1);
    }
}

#[tokio::test]
async fn who_has_not_done_a_task_in_time_hears_of_it_once() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (number, _) = led(&t, "食堂").await;
        let office = OnCase::new(t.staff(Role::Office).await, &number);
        let (head, handler) = (t.login(Role::DepartmentHead, Some("食堂")), t.login(Role::Handler, Some("食堂")));
        for (name, words) in [(&head.name, "把进货单拍给我"), (&handler.name, "量一下保温台"), (&head.name, "已做好的")]
        {
            let person = office.department(name).await;
            let task = [("person", person.as_str()), ("task_due_on", "2026-03-11"), ("task", words)];
            office.act("task", &task).await.expect(303);
        }
        t.execute("UPDATE case_tasks SET done_at = given_at, done_by = given_by WHERE words = '已做好的'").await;
        let told =
            "SELECT s.display_name FROM outbox o JOIN staff s ON s.id = o.staff_id WHERE o.kind = 'task_overdue'";
        ladder::climb(&t.app).await.unwrap();
        assert!(t.column(told).await.is_empty(), "not yet: {engine:?}");
        // Who may not see the case any more hears nothing of it.
        let who = office.department(&handler.name).await;
        let who = if who.starts_with("staff:") { who } else { format!("staff:{who}") };
        office.act("recuse", &[("who", &who), ("recuse_reason", "是他的亲戚")]).await.expect(303);
        t.clock.advance(TimeDelta::days(2));
        for done in futures::future::join_all([ladder::climb(&t.app), ladder::climb(&t.app)]).await {
            done.unwrap();
        }
        assert_eq!(t.column(told).await, std::slice::from_ref(&head.name), "{engine:?}");
        let t = t.restart().await;
        t.clock.advance(TimeDelta::days(1));
        ladder::climb(&t.app).await.unwrap();
        assert_eq!(t.column(told).await.len(), 1, "once, also after a restart: {engine:?}");
        let page = t.signed_in(t.login(Role::DepartmentHead, Some("食堂"))).await.get("/desk/notices").await.text();
        assert!(page.contains("请您做的一件事超期了") && page.contains(&number) && !page.contains("进货单"), "{page}");
    }
}
