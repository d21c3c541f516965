//! The log, call-backs, the roster.

use chrono::TimeDelta;
use huiyin::kernel::roles::Role;

use super::{call, number_of};
use crate::support::{Client, Engine, TestApp, engines};

async fn task_of(client: &Client<'_>) -> String {
    let page = client.get("/desk/hotline").await.expect(200).text();
    page.split("/desk/hotline/tasks/").nth(1).unwrap().split('"').next().unwrap().to_string()
}

#[tokio::test]
async fn the_log_has_length_and_outcome_and_is_narrowed_by_day_and_outcome() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let operator = t.staff(Role::HotlineOperator).await;
        let began = t.app.now().timestamp_millis().to_string();
        t.clock.advance(TimeDelta::seconds(185));
        let case = call(&operator, &[("started_at", &began)]).await.expect(201);
        t.clock.advance(TimeDelta::days(1));
        // The session was over.
        let operator = t.staff(Role::HotlineOperator).await;
        let spot = call(&operator, &[("then", "answered"), ("answer", "好")]).await.expect(201);
        let page = operator.get("/desk/hotline").await.expect(200).text();
        assert!(
            page.contains(&number_of(&case)) && page.contains(&number_of(&spot)) && page.contains("3:05"),
            "{page}"
        );
        let narrowed = operator.get("/desk/hotline?outcome=answered").await.text();
        assert!(!narrowed.contains(&number_of(&case)) && narrowed.contains(&number_of(&spot)), "{engine:?}");
        let day = operator.get("/desk/hotline?day=2026-03-10&outcome=").await.text();
        assert!(day.contains(&number_of(&case)) && !day.contains(&number_of(&spot)), "{engine:?}");
        assert!(!operator.get("/desk/walk-in").await.text().contains(&number_of(&case)));
    }
}

#[tokio::test]
async fn the_log_is_paged_without_gaps_or_repeats() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let operator = t.staff(Role::HotlineOperator).await;
        for i in 0..60 {
            t.clock.advance(TimeDelta::minutes(1));
            call(&operator, &[("body", &format!("第{i}件"))]).await.expect(201);
        }
        let (mut seen, mut next) = (Vec::new(), Some("/desk/hotline?".to_string()));
        while let Some(address) = next {
            let page = operator.get(&address).await.expect(200).text();
            let rows =
                page.split("<span class=\"case-number\">").skip(1).map(|s| s.split('<').next().unwrap().to_string());
            seen.extend(rows);
            let link =
                page.split("rel=\"next\" href=\"").nth(1).map(|s| s.split('"').next().unwrap().replace("&amp;", "&"));
            next = link;
        }
        let count = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!((count, seen.len()), (60, 60), "{engine:?}");
    }
}

#[tokio::test]
async fn an_anonymous_call_has_its_hour_alone_everywhere() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let operator = t.staff(Role::HotlineOperator).await;
        t.clock.advance(TimeDelta::seconds(1_234));
        let began = (t.app.now() - TimeDelta::seconds(61)).timestamp_millis().to_string();
        call(&operator, &[("identity", "anonymous"), ("started_at", &began), ("then", "answered"), ("answer", "好")])
            .await
            .expect(201);
        for (table, column) in [
            ("calls", "started_at"),
            ("cases", "received_at"),
            ("cases", "answered_at"),
            ("cases", "closed_at"),
            ("submissions", "received_at"),
            ("case_events", "at"),
            ("replies", "created_at"),
            ("replies", "sent_at"),
        ] {
            let cast = if engine == Engine::Sqlite { "" } else { "::text" };
            let at = t.column(&format!("SELECT {column}{cast} FROM {table}")).await;
            assert!(!at.is_empty() && at.iter().all(|at| at.contains(":00:00")), "{table}.{column}: {at:?}");
        }
        assert_eq!(t.column("SELECT CAST(seconds AS TEXT) FROM calls").await, ["61"]);
    }
}

#[tokio::test]
async fn a_missed_call_is_called_back_and_its_number_forgotten() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (operator, office) = (t.staff(Role::HotlineOperator).await, t.staff(Role::Office).await);
        let missed = [("called_at", "2026-03-10T09:00"), ("number", "0991-7654321"), ("call_back", "1")];
        let without_time = operator.post("/desk/hotline/missed", &missed).await.expect(422).text();
        assert!(without_time.contains("0991-7654321"), "everything comes back");
        let missed = [missed.as_slice(), &[("call_back_at", "2026-03-10T16:00")]].concat();
        operator.post("/desk/hotline/missed", &missed).await.expect(303);
        assert!(!t.dump().await.contains("7654321"), "sealed");
        assert!(office.get("/desk/hotline").await.text().contains("0991-7654321"));

        let at = format!("/desk/hotline/tasks/{}", task_of(&office).await);
        let again = [("outcome", "again"), ("next_at", "2026-03-11T09:00"), ("note", "占线")];
        office.post(&at, &again[..1]).await.expect(422);
        office.post(&at, &again).await.expect(303);
        let page = operator.get("/desk/hotline").await.text();
        assert!(page.contains("占线") && page.contains("以后要回的：1"), "{page}");
        operator.post(&at, &[("outcome", "reached"), ("note", "说好了")]).await.expect(303);
        assert!(!operator.get("/desk/hotline").await.text().contains("0991-7654321"));
        let gone = "SELECT state FROM call_tasks WHERE number_sealed IS NULL";
        assert_eq!(t.column(gone).await, ["done"], "{engine:?}");
        operator.post(&at, &[("outcome", "reached")]).await.expect(404);
    }
}

#[tokio::test]
async fn the_number_of_who_asked_for_secrecy_is_read_by_who_promised_the_call_alone() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (operator, office) = (t.staff(Role::HotlineOperator).await, t.staff(Role::Office).await);
        let promised =
            [("identity", "sealed"), ("call_back", "1"), ("call_back_at", "2026-03-10T16:00"), ("contact", "139-哨兵")];
        call(&operator, &promised).await.expect(201);
        assert!(operator.get("/desk/hotline").await.text().contains("139-哨兵"));
        assert!(!office.get("/desk/hotline").await.text().contains("139-哨兵"));
        let at = format!("/desk/hotline/tasks/{}", task_of(&operator).await);
        office.post(&at, &[("outcome", "reached")]).await.expect(404);
        // Who stays anonymous leaves no number to call.
        let anonymous = [("identity", "anonymous"), ("call_back", "1"), ("call_back_at", "2026-03-10T16:00")];
        assert!(call(&operator, &anonymous).await.expect(422).text().contains("匿名就不留号码"));
        assert_eq!(t.count("call_tasks").await, 1, "{engine:?}");
    }
}

#[tokio::test]
async fn nobody_reads_of_danger_in_the_log_but_who_took_the_call() {
    let t = TestApp::start().await;
    let (operator, office) = (t.staff(Role::HotlineOperator).await, t.staff(Role::Office).await);
    let before = office.get("/desk/hotline").await.text();
    let danger = call(&operator, &[("urgency", "danger")]).await.expect(201);
    let own = operator.get("/desk/hotline").await.text();
    assert!(own.contains("转保密员") && !own.contains(&number_of(&danger)), "{own}");
    let after = office.get("/desk/hotline").await.text();
    let rows = |page: &str| page.matches("<tr>").count();
    assert_eq!(rows(&before), rows(&after), "the office sees no row");
}

#[tokio::test]
async fn the_office_keeps_the_roster_and_the_screen_shows_it() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (operator, office) = (t.staff(Role::HotlineOperator).await, t.staff(Role::Office).await);
        let page = office.get("/desk/hotline/roster").await.expect(200).text();
        let name = &t.login(Role::HotlineOperator, None).name;
        let id = page
            .split("<option value=\"")
            .find(|o| o.contains(&format!(">{name}<")))
            .and_then(|o| o.split('"').next())
            .unwrap()
            .to_string();
        let week =
            [("week", "2026-03-09"), ("duty.2026-03-10.morning", id.as_str()), ("duty.2026-03-12.afternoon", &id)];
        operator.post("/desk/hotline/roster", &week).await.expect(404);
        office.post("/desk/hotline/roster", &week).await.expect(303);
        office.post("/desk/hotline/roster", &week).await.expect(303);
        assert_eq!(t.count("duties").await, 2);
        assert!(operator.get("/desk/hotline/new").await.text().contains(&format!("上午 {name}")), "{engine:?}");
        let read = operator.get("/desk/hotline/roster").await.text();
        assert!(read.contains(name) && !read.contains("<select"));
        // Next week begins like this one when somebody wants it.
        let copied = office.get("/desk/hotline/roster?week=2026-03-17&copy=1").await.text();
        assert_eq!(copied.matches("selected").count(), 2, "{engine:?}");
        // A handler can't be on duty.
        if engine == Engine::Sqlite {
            let head = t.column("SELECT LOWER(HEX(id)) FROM staff WHERE role = 'department_head'").await;
            let wrong = [("week", "2026-03-09"), ("duty.2026-03-10.morning", head[0].as_str())];
            office.post("/desk/hotline/roster", &wrong).await.expect(422);
        }
    }
}
