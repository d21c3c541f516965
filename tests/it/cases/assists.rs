//! 协办: departments beside the lead, each with its own limit and word; the lead answers for all.

use chrono::TimeDelta;
use huiyin::{kernel::roles::Role, supervision::ladder};

use super::{
    merge::{does, sent, track},
    story::OnCase,
};
use crate::support::{TestApp, engines};

const NAMED: [(&str, &str); 4] =
    [("identity", "named"), ("contact_name", "王女士"), ("contact", "13912345678"), ("body", "三楼的汤是凉的")];

/// A case that the canteen leads; its number and the code.
async fn led(t: &TestApp) -> (String, String) {
    let case = sent(t, "食堂三楼", &NAMED).await;
    let office = OnCase::new(t.staff(Role::Office).await, &case.number);
    let canteen = office.department("食堂").await;
    office.act("assign", &[("department", &canteen), ("due_on", ""), ("instruction", "")]).await.expect(303);
    (case.number, case.code)
}

async fn on<'a>(t: &'a TestApp, role: Role, department: &str, number: &str) -> OnCase<'a> {
    OnCase::new(t.signed_in(t.login(role, Some(department))).await, number)
}

async fn ask(office: &OnCase<'_>, department: &str, day: &str) -> crate::support::Reply {
    let id = office.department(department).await;
    let fields =
        [("assist_department", id.as_str()), ("assist_due_on", day), ("assist_instruction", "请查保温台的电路")];
    office.act("assist", &fields).await
}

#[tokio::test]
async fn an_assisting_department_contributes_and_the_lead_answers_for_all() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (number, code) = led(&t).await;
        let office = OnCase::new(t.staff(Role::Office).await, &number);
        let theirs = on(&t, Role::Handler, "总务处", &number).await;
        theirs.page().await.expect(404);
        ask(&office, "总务处", "").await.expect(303);

        // It sees the case in its own list with its own limit, hears of it, and knows neither name nor number.
        let page = theirs.page().await.expect(200).text();
        assert!(page.contains("三楼的汤是凉的") && page.contains("请查保温台的电路"), "{engine:?}");
        assert!(!page.contains("13912345678") && !page.contains("王女士"), "{engine:?}");
        for view in ["mine", "new", "open"] {
            let list = theirs.client.get(&format!("/desk?view={view}")).await.text();
            assert!(list.contains(&number) && list.contains("协办"), "{view}: {engine:?}");
        }
        assert!(theirs.client.get("/desk/notices").await.text().contains("请部门协办"));
        let month = theirs.client.get("/desk?view=open&due_from=2026-03-16&due_to=2026-03-16").await.text();
        assert!(month.contains(&number), "its own limit is a working day before the lead's: {engine:?}");
        let lead_day = theirs.client.get("/desk?view=open&due_from=2026-03-17&due_to=2026-03-17").await.text();
        assert!(!lead_day.contains(&number));
        assert!(theirs.client.get("/desk/calendar?month=2026-03").await.text().contains("1 件"));

        // It can't do what the lead does.
        for (verb, fields) in [("hand-in", [("reply", "我们来答")]), ("object", [("objection_reason", "不归我们")])]
        {
            theirs.act_at(verb, "1", &fields).await.expect(404);
        }
        assert!(!page.contains("/hand-in") && !page.contains("/object\""));
        theirs.act("contribute", &[("contribution", " ")]).await.expect(422);
        theirs.act("contribute", &[("contribution", "三楼回路跳闸，已换开关")]).await.expect(303);
        theirs.act("note", &[("note", "配件在仓库")]).await.expect(303);
        assert!(!theirs.client.get("/desk?view=mine").await.text().contains(&number), "done: {engine:?}");
        theirs.page().await.expect(200);

        // The lead reads it, is told, and answers; nothing of it reaches the submitter.
        let lead = on(&t, Role::Handler, "食堂", &number).await;
        assert!(lead.page().await.text().contains("三楼回路跳闸"));
        assert!(lead.client.get("/desk/notices").await.text().contains("交来协办意见"));
        lead.act("contribute", &[("contribution", "x")]).await.expect(404);
        assert!(!track(&t, &code).await.to_string().contains("总务处"));
        does(&t, &code, &[("action", "message"), ("message", "今天又凉了")]).await.expect(200);
        assert!(theirs.client.get("/desk/notices").await.text().contains("来件人补充"));
        lead.act("hand-in", &[("reply", "开关已换，汤热了。")]).await.expect(303);
        office.act("let-out", &[("reply", "开关已换，汤热了。")]).await.expect(303);
        let seen = track(&t, &code).await;
        assert_eq!(seen["department"], "食堂");
        assert!(!seen.to_string().contains("总务处") && !seen.to_string().contains("跳闸"), "{seen}");
        // With the answer its order has ended.
        theirs.page().await.expect(404);
        lead.page().await.expect(200);
    }
}

#[tokio::test]
async fn who_assists_is_warned_once_flagged_once_and_released_by_the_office() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (number, _) = led(&t).await;
        let office = OnCase::new(t.staff(Role::Office).await, &number);
        // Never after the lead's limit, never in the past, never the lead itself, never twice.
        let canteen = office.department("食堂").await;
        ask(&office, "总务处", "2026-03-18").await.expect(422);
        ask(&office, "总务处", "2026-03-09").await.expect(422);
        office.act("assist", &[("assist_department", &canteen)]).await.expect(422);
        ask(&office, "总务处", "2026-03-12").await.expect(303);
        let general = office.department("总务处").await;
        office.act("assist", &[("assist_department", &general)]).await.expect(422);
        office.act_at("assist", "1", &[("assist_department", &general)]).await.expect(409);

        let events =
            async |kind: &str| t.column(&format!("SELECT kind FROM case_events WHERE kind = '{kind}'")).await.len();
        let warned =
            "SELECT o.kind FROM outbox o JOIN staff s ON s.id = o.staff_id JOIN departments d ON d.id = s.department_id
                      WHERE d.name = '总务处' AND o.kind = 'due_soon'";
        t.clock.advance(TimeDelta::hours(36));
        for _ in 0..2 {
            ladder::climb(&t.app).await.unwrap();
        }
        let people = t.column(warned).await.len();
        assert!(people > 0 && events("assist_overdue").await == 0, "{engine:?}");
        t.clock.advance(TimeDelta::hours(24));
        let theirs = on(&t, Role::DepartmentHead, "总务处", &number).await;
        assert!(theirs.client.get("/desk?view=overdue").await.text().contains(&number), "{engine:?}");
        assert!(theirs.client.get("/desk?overdue=1").await.text().contains(&number));
        let lead = on(&t, Role::Handler, "食堂", &number).await;
        assert!(!lead.client.get("/desk?view=overdue").await.text().contains(&number), "the lead is in time");
        for _ in 0..2 {
            ladder::climb(&t.app).await.unwrap();
        }
        assert_eq!((events("assist_overdue").await, t.column(warned).await.len()), (1, people), "{engine:?}");
        assert!(lead.client.get("/desk/notices").await.text().contains("协办超期"));

        // Released, it sees the case no longer; what the lead had to do stays.
        let office = OnCase::new(t.staff(Role::Office).await, &number);
        office.act("end-assist", &[("department", &general)]).await.expect(303);
        theirs.page().await.expect(404);
        assert!(!theirs.client.get("/desk/notices").await.text().contains(&number));
        office.act("end-assist", &[("department", &general)]).await.expect(409);
        lead.page().await.expect(200);
        assert_eq!(events("assist_ended").await, 1);
    }
}

#[tokio::test]
async fn recusal_and_the_lead_itself_end_an_assist() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (number, _) = led(&t).await;
        let office = OnCase::new(t.staff(Role::Office).await, &number);
        ask(&office, "总务处", "").await.expect(303);
        ask(&office, "德育处", "").await.expect(303);
        let general = office.department("总务处").await;
        let theirs = on(&t, Role::Handler, "总务处", &number).await;
        theirs.act("contribute", &[("contribution", "开关是好的")]).await.expect(303);
        let who = format!("department:{general}");
        office.act("recuse", &[("who", &who), ("recuse_reason", "说的就是他们")]).await.expect(303);
        theirs.page().await.expect(404);
        ask(&office, "总务处", "").await.expect(422);
        // What it said stays with those who handle the case; another department takes the lead and assists no longer.
        let moral = office.department("德育处").await;
        let fields = [("department", moral.as_str()), ("due_on", ""), ("instruction", ""), ("otherwise", "是学生纪律")];
        office.act("assign", &fields).await.expect(303);
        let page = office.page().await.text();
        assert!(page.contains("开关是好的"), "{engine:?}");
        let running = "SELECT kind FROM assignments WHERE ended_at IS NULL";
        assert_eq!(t.column(running).await, ["lead"], "{engine:?}");
        on(&t, Role::DepartmentHead, "德育处", &number).await.page().await.expect(200);
        on(&t, Role::Handler, "食堂", &number).await.page().await.expect(404);
    }
}

#[tokio::test]
async fn a_changed_calendar_moves_the_limits_of_those_who_assist() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (number, _) = led(&t).await;
        let office = OnCase::new(t.staff(Role::Office).await, &number);
        ask(&office, "总务处", "").await.expect(303);
        ask(&office, "德育处", "2026-03-13").await.expect(303);
        let due = async |name: &str| {
            let sql = format!(
                "SELECT CAST(a.due_at AS TEXT) FROM assignments a JOIN departments d ON d.id = a.department_id
                 WHERE a.kind = 'assist' AND d.name = '{name}'"
            );
            t.column(&sql).await.remove(0)
        };
        let day = |text: String| text[..10].to_string();
        assert_eq!((day(due("总务处").await), day(due("德育处").await)), ("2026-03-16".into(), "2026-03-13".into()));
        let admin = t.staff(Role::Admin).await;
        let off = [("form", "day"), ("version", "0"), ("day", "2026-03-16"), ("kind", "off"), ("name", "台风")];
        admin.post("/admin/calendar/day", &off).await.expect(303);
        // The lead has until the 18th now, and who assists one working day less; a day that was named stays.
        assert_eq!(day(due("总务处").await), "2026-03-17", "{engine:?}");
        assert_eq!(day(due("德育处").await), "2026-03-13", "{engine:?}");
        let page = on(&t, Role::Handler, "总务处", &number).await.client.get("/desk?view=open").await.text();
        assert!(page.contains(&number));
        let moved = "SELECT e.kind FROM case_events e JOIN cases k ON k.id = e.case_id WHERE e.kind = 'recounted'";
        assert_eq!(t.column(&format!("{moved} AND k.number = '{number}'")).await.len(), 1, "{engine:?}");
        // What is past stays past.
        t.clock.set("2026-03-14T10:00:00+08:00".parse().unwrap());
        let before = due("德育处").await;
        let admin = t.staff(Role::Admin).await;
        let version = admin.get("/admin/calendar").await.expect(200).input("version").unwrap();
        let off = [("form", "day"), ("version", &version), ("day", "2026-03-17"), ("kind", "off"), ("name", "台风")];
        admin.post("/admin/calendar/day", &off).await.expect(303);
        assert_eq!(due("德育处").await, before, "{engine:?}");
        assert_eq!(day(due("总务处").await), "2026-03-18", "{engine:?}");
    }
}
