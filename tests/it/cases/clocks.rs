//! Clocks and pauses on both databases, through the pages.

use chrono::{DateTime, TimeDelta, Utc};
use huiyin::{
    cases::{
        self,
        clocks::{Stage, model::Outcome},
    },
    kernel::roles::Role,
    supervision::ladder,
};

use super::story::OnCase;
use crate::support::{TestApp, engines};

/// A case with the canteen; its number and its tracking code.
async fn with_canteen(t: &TestApp) -> (String, String) {
    let receipt = t.visitor().submit(t.point("食堂三楼"), &[("body", "汤是凉的")]).await.expect(201);
    let number = receipt.word("case_number");
    let office = OnCase::new(t.staff(Role::Office).await, &number);
    let canteen = office.department("食堂").await;
    office.act("assign", &[("department", &canteen), ("due_on", ""), ("instruction", "")]).await.expect(303);
    (number, receipt.word("tracking_code"))
}

async fn case(t: &TestApp, number: &str) -> cases::model::Case {
    let mut c = t.app.db.read().await.unwrap();
    let org = cases::store::cases::by_id(&mut c, id(t, number).await).await.unwrap();
    org.unwrap()
}

async fn id(t: &TestApp, number: &str) -> huiyin::kernel::ids::CaseId {
    let hex = match t.engine {
        crate::support::Engine::Sqlite => format!("SELECT LOWER(HEX(id)) FROM cases WHERE number = '{number}'"),
        crate::support::Engine::Postgres => format!("SELECT id::text FROM cases WHERE number = '{number}'"),
    };
    huiyin::kernel::ids::CaseId::parse(&t.column(&hex).await[0]).unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    format!("2026-03-{text}:00+08:00").parse().unwrap()
}

#[tokio::test]
async fn a_pause_is_told_moves_the_limit_and_ends_when_the_submitter_writes() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (number, code) = with_canteen(&t).await;
        let canteen = OnCase::new(t.signed_in(t.login(Role::Handler, Some("食堂"))).await, &number);
        let page = canteen.page().await.expect(200).text();
        assert!(page.contains("答复来件人") && page.contains("退单期"), "the strip of clocks");
        canteen.act("pause", &[("pause_reason", " ")]).await.expect(422);
        canteen.act("pause", &[("pause_reason", "是哪个窗口的汤")]).await.expect(303);
        let paused = case(&t, &number).await;
        assert_eq!((paused.paused_until, paused.promised_at), (Some(at("17T17:30")), at("24T17:30")), "{engine:?}");
        let visitor = t.visitor();
        let track = visitor.post("/track", &[("tracking_code", code.as_str())]).await.expect(200).text();
        assert!(track.contains("是哪个窗口的汤") && track.contains("办理暂停"), "{track}");
        canteen.act("pause", &[("pause_reason", "再停一次")]).await.expect(409);

        // Nothing climbs while it stands still; on the second day the submitter writes.
        t.clock.set(at("12T10:00"));
        ladder::climb(&t.app).await.unwrap();
        assert_eq!(t.count("ladder_rungs").await, 0);
        let message = [
            ("tracking_code", code.as_str()),
            ("action", "message"),
            ("idempotency_key", "pause-0001"),
            ("message", "二号窗口"),
        ];
        let reply = visitor.post("/track", &message).await;
        assert!(reply.status.is_success() || reply.status.is_redirection(), "{}", reply.text());
        let running = case(&t, &number).await;
        // The ends of the 10th and the 11th had passed.
        assert_eq!((running.paused_until, running.promised_at, running.due_at), (None, at("19T17:30"), at("19T17:30")));
        let kinds = t.column("SELECT kind FROM case_events ORDER BY seq").await;
        assert_eq!(kinds, ["received", "accepted", "assigned", "paused", "message_in", "resumed"]);
    }
}

#[tokio::test]
async fn a_pause_ends_by_itself_and_comes_at_most_twice() {
    let t = TestApp::start().await;
    let (number, _) = with_canteen(&t).await;
    let canteen = OnCase::new(t.signed_in(t.login(Role::Handler, Some("食堂"))).await, &number);
    canteen.act("pause", &[("pause_reason", "等照片")]).await.expect(303);
    t.clock.set(at("18T09:00"));
    ladder::climb(&t.app).await.unwrap();
    let woken = case(&t, &number).await;
    assert_eq!((woken.paused_until, woken.promised_at), (None, at("24T17:30")), "five working days and no more");
    let canteen = OnCase::new(t.signed_in(t.login(Role::Handler, Some("食堂"))).await, &number);
    canteen.act("pause", &[("pause_reason", "再等")]).await.expect(303);
    canteen.act("resume", &[]).await.expect(303);
    assert_eq!(case(&t, &number).await.promised_at, at("24T17:30"), "no working day ended meanwhile");
    let third = canteen.act("pause", &[("pause_reason", "还要等")]).await;
    assert!(third.text().contains("已经暂停过两次"), "{}", third.text());
    assert_eq!(case(&t, &number).await.paused_until, None);
}

#[tokio::test]
async fn a_changed_calendar_moves_what_runs_and_not_what_is_past() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (number, _) = with_canteen(&t).await;
        let id = id(&t, &number).await;
        t.clock.set(at("12T10:00"));
        let admin = t.staff(Role::Admin).await;
        let off = [("form", "day"), ("version", "0"), ("day", "2026-03-16"), ("kind", "off"), ("name", "台风")];
        admin.post("/admin/calendar/day", &off).await.expect(303);
        let moved = case(&t, &number).await;
        assert_eq!((moved.promised_at, moved.due_at), (at("18T17:30"), at("18T17:30")), "{engine:?}");
        let mut c = t.app.db.read().await.unwrap();
        let clocks = cases::store::clocks::of_case(&mut c, id).await.unwrap();
        let of = |stage: Stage| clocks.iter().find(|k| k.stage == stage).unwrap();
        assert_eq!(of(Stage::Triage).outcome, Some(Outcome::Met));
        assert_eq!(of(Stage::Objection).due_at, at("11T17:30"), "over before the change");
        assert_eq!(of(Stage::Handling).due_at, at("18T17:30"));
        let events = t.column("SELECT kind FROM case_events WHERE kind = 'recounted'").await;
        assert!(!events.is_empty());
        let log = t.column("SELECT action FROM audit_log WHERE action = 'organization.clocks_recounted'").await;
        assert_eq!(log.len(), 1);
        drop(c);

        // Taken away again on the very day: nothing becomes late by a change of the calendar.
        t.clock.set(at("17T18:00"));
        let admin = t.staff(Role::Admin).await;
        admin
            .post("/admin/calendar/day", &[("version", "2"), ("day", "2026-03-16"), ("kind", "plain")])
            .await
            .expect(303);
        assert_eq!(case(&t, &number).await.due_at, at("18T17:30"));
        assert!(t.app.now() < case(&t, &number).await.due_at + TimeDelta::seconds(1));
    }
}

#[tokio::test]
async fn a_day_beyond_the_law_is_refused() {
    let t = TestApp::start().await;
    let receipt = t.visitor().submit(t.point("食堂三楼"), &[("body", "汤是凉的")]).await.expect(201);
    let office = OnCase::new(t.staff(Role::Office).await, &receipt.word("case_number"));
    let canteen = office.department("食堂").await;
    let order = |day: &'static str| [("department", canteen.clone()), ("due_on", day.to_string())];
    let late = order("2026-06-30");
    let late: Vec<_> = late.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let refused = office.act("assign", &late).await;
    assert!(refused.text().contains("超过了法定的最长期限"), "{}", refused.text());
    let last = order("2026-05-09");
    let last: Vec<_> = last.iter().map(|(k, v)| (*k, v.as_str())).collect();
    office.act("assign", &last).await.expect(303);
}
