//! Supervision orders and the ladder.

use std::sync::Arc;

use chrono::TimeDelta;
use huiyin::{
    http::App,
    jobs,
    kernel::{random::SystemRandom, roles::Role},
    supervision::ladder,
};

use crate::{
    cases::story::OnCase,
    support::{Engine, TestApp, engines},
};

/// A case with the canteen; its number.
pub async fn with_canteen(t: &TestApp, body: &str) -> String {
    let receipt = t.visitor().submit(t.point("食堂三楼"), &[("body", body)]).await.expect(201);
    let number = receipt.word("case_number");
    let office = OnCase::new(t.staff(Role::Office).await, &number);
    let canteen = office.department("食堂").await;
    office.act("assign", &[("department", &canteen), ("due_on", ""), ("instruction", "")]).await.expect(303);
    number
}

async fn notices(t: &TestApp, kind: &str) -> usize {
    t.column("SELECT kind FROM outbox").await.iter().filter(|k| *k == kind).count()
}

#[tokio::test]
async fn every_rung_fires_once_whatever_restarts() {
    for engine in engines() {
        let mut t = TestApp::on(engine).await;
        with_canteen(&t, "汤是凉的").await;
        ladder::climb(&t.app).await.unwrap();
        assert_eq!(t.count("ladder_rungs").await, 0, "nothing is due yet");
        // Due on Tuesday the 17th. Every six hours somebody looks, twice, and the program restarts in between.
        let mut seen = Vec::new();
        for _ in 0..(16 * 4) {
            t.clock.advance(TimeDelta::hours(6));
            ladder::climb(&t.app).await.unwrap();
            let (one, two) = tokio::join!(ladder::climb(&t.app), ladder::climb(&t.app));
            one.and(two).unwrap();
            t = t.restart().await;
            ladder::climb(&t.app).await.unwrap();
            let fired = t.count("ladder_rungs").await;
            if seen.last() != Some(&fired) {
                seen.push(fired);
            }
        }
        assert_eq!(seen, [0, 1, 2, 3, 4, 5], "one after the other on {engine:?}");
        assert_eq!((t.count("supervision_orders").await, t.count("agenda_items").await), (1, 1));
        let canteen =
            t.column("SELECT username FROM staff WHERE department_id = (SELECT department_id FROM cases)").await;
        assert_eq!(notices(&t, "due_half").await, canteen.len());
        assert_eq!(notices(&t, "due_soon").await, canteen.len());
        let kinds = t.column("SELECT kind FROM case_events ORDER BY seq").await;
        assert_eq!(kinds, ["received", "accepted", "assigned", "overdue", "supervised", "on_agenda"]);
    }
}

#[tokio::test]
async fn two_instances_that_look_at_once_fire_each_rung_once() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        for body in ["汤是凉的", "饭是硬的", "菜是咸的"] {
            with_canteen(&t, body).await;
        }
        let clock = Arc::new(t.clock.clone());
        let other = App::open_with(t.app.config.clone(), clock, Arc::new(SystemRandom)).await.unwrap();
        for days in [4, 3, 1, 2, 2, 2, 3] {
            t.clock.advance(TimeDelta::days(days));
            let (one, two) = tokio::join!(ladder::climb(&t.app), ladder::climb(&other));
            one.and(two).unwrap();
            // And as jobs: one of the instances does it.
            jobs::schedule(&t.app).await.unwrap();
            jobs::schedule(&other).await.unwrap();
            let (one, two) = tokio::join!(jobs::run_due(&t.app), jobs::run_due(&other));
            one.and(two).unwrap();
        }
        assert_eq!(t.count("ladder_rungs").await, 15, "five rungs of three cases on {engine:?}");
        let kinds = t.column("SELECT kind FROM case_events WHERE kind IN ('overdue', 'supervised', 'on_agenda')").await;
        assert_eq!((kinds.len(), t.count("supervision_orders").await, t.count("agenda_items").await), (9, 3, 3));
        other.db.close().await;
    }
}

#[tokio::test]
async fn after_a_pause_only_what_still_matters_is_said() {
    let t = TestApp::start().await;
    with_canteen(&t, "汤是凉的").await;
    t.clock.advance(TimeDelta::days(20));
    ladder::climb(&t.app).await.unwrap();
    assert_eq!(t.count("ladder_rungs").await, 5);
    assert_eq!((notices(&t, "due_half").await, notices(&t, "due_soon").await), (0, 0));
    assert_eq!(t.count("supervision_orders").await, 1);
}

#[tokio::test]
async fn a_case_that_ended_or_got_time_climbs_no_further() {
    let t = TestApp::start().await;
    let number = with_canteen(&t, "汤是凉的").await;
    let canteen = OnCase::new(t.signed_in(t.login(Role::Handler, Some("食堂"))).await, &number);
    let wish = [("until", "2026-03-31"), ("extension_reason", "等配件")];
    canteen.act("ask-extension", &wish).await.expect(303);
    let office = OnCase::new(t.staff(Role::Office).await, &number);
    office.act("decide-extension", &[("extension", "granted"), ("extension_words", "配件月底到")]).await.expect(303);
    t.clock.advance(TimeDelta::days(10));
    ladder::climb(&t.app).await.unwrap();
    assert_eq!(t.column("SELECT rung FROM ladder_rungs").await, Vec::<String>::new(), "the old limit counts no more");
    let visitor = t.visitor();
    let closed = t.visitor().submit(t.point("北门"), &[("body", "发错了")]).await.expect(201);
    visitor.post("/track", &[("tracking_code", &closed.word("tracking_code")), ("action", "withdraw")]).await;
    t.clock.advance(TimeDelta::days(5));
    ladder::climb(&t.app).await.unwrap();
    assert_eq!(t.column("SELECT DISTINCT rung FROM ladder_rungs").await, ["due_half"]);
}

#[tokio::test]
async fn the_ladder_is_a_job_that_runs_by_itself() {
    let t = TestApp::start().await;
    with_canteen(&t, "汤是凉的").await;
    t.clock.advance(TimeDelta::days(8));
    jobs::schedule(&t.app).await.unwrap();
    jobs::run_due(&t.app).await.unwrap();
    assert!(t.count("ladder_rungs").await >= 3);
    assert_eq!(t.column("SELECT kind FROM jobs WHERE failed_at IS NOT NULL").await, Vec::<String>::new());
}

#[tokio::test]
async fn an_order_is_issued_replied_to_sent_back_and_done() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let numbers = [with_canteen(&t, "汤是凉的").await, with_canteen(&t, "又是凉的").await];
        let leader = t.staff(Role::Leader).await;
        let both = numbers.join("、");
        let order = [
            ("cases", both.as_str()),
            ("level", "written"),
            ("basis", "同一件事两次"),
            ("demand", "三天内修好保温台"),
            ("due_on", "2026-03-13"),
        ];
        let past: Vec<_> =
            order.iter().map(|(k, v)| if *k == "due_on" { (*k, "2026-03-09") } else { (*k, *v) }).collect();
        assert!(leader.post("/desk/orders", &past).await.expect(422).text().contains("三天内修好保温台"));
        let here = leader.post("/desk/orders", &order).await.expect(303).header("location").to_string();
        let page = leader.get(&here).await.expect(200).text();
        assert!(page.contains("督〔2026〕1 号") && numbers.iter().all(|n| page.contains(n)), "{page}");
        assert!(leader.get(&format!("{here}/print")).await.expect(200).text().contains("同一件事两次"));

        let canteen = t.signed_in(t.login(Role::Handler, Some("食堂"))).await;
        let stranger = t.signed_in(t.login(Role::DepartmentHead, Some("总务处"))).await;
        stranger.get(&here).await.expect(404);
        stranger.post(&format!("{here}/reply"), &[("reply", "x")]).await.expect(404);
        leader.post(&format!("{here}/reply"), &[("reply", "x")]).await.expect(404);
        leader.post(&format!("{here}/judge"), &[("verdict", "accepted"), ("verdict_words", "好")]).await.expect(409);
        canteen.post(&format!("{here}/reply"), &[("reply", " ")]).await.expect(422);
        canteen.post(&format!("{here}/reply"), &[("reply", "已报修")]).await.expect(303);
        canteen.post(&format!("{here}/reply"), &[("reply", "再说一次")]).await.expect(409);
        leader
            .post(&format!("{here}/judge"), &[("verdict", "rejected"), ("verdict_words", "哪天修好")])
            .await
            .expect(303);
        canteen.post(&format!("{here}/reply"), &[("reply", "周五修好")]).await.expect(303);
        leader.post(&format!("{here}/judge"), &[("verdict", "accepted"), ("verdict_words", "同意")]).await.expect(303);
        assert_eq!(t.column("SELECT state FROM supervision_orders").await, ["accepted"], "{engine:?}");
        // The story of the case says so, the submitter is not told.
        let office = t.staff(Role::Office).await;
        assert!(office.get(&format!("/desk/cases/{}", numbers[0])).await.text().contains("三天内修好保温台"));
        assert!(canteen.get("/desk/notices").await.text().contains(&numbers[0]));
    }
}

#[tokio::test]
async fn numbers_of_orders_have_no_gap_and_no_double() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let number = with_canteen(&t, "汤是凉的").await;
        let leader = t.staff(Role::Leader).await;
        let order = [
            ("cases", number.as_str()),
            ("level", "press"),
            ("basis", "超期"),
            ("demand", "请办理"),
            ("due_on", "2026-03-13"),
        ];
        let posts = (0..6).map(|_| leader.post("/desk/orders", &order));
        for reply in futures::future::join_all(posts).await {
            reply.expect(303);
        }
        let numbers = t.column("SELECT CAST(number AS TEXT) FROM supervision_orders ORDER BY number").await;
        assert_eq!(numbers, ["1", "2", "3", "4", "5", "6"], "{engine:?}");
    }
}

#[tokio::test]
async fn who_is_recused_knows_of_no_order() {
    let t = TestApp::on(Engine::Sqlite).await;
    let number = with_canteen(&t, "汤是凉的").await;
    let leader = t.staff(Role::Leader).await;
    let order = [
        ("cases", number.as_str()),
        ("level", "press"),
        ("basis", "超期"),
        ("demand", "请办理"),
        ("due_on", "2026-03-13"),
    ];
    let here = leader.post("/desk/orders", &order).await.expect(303).header("location").to_string();
    let canteen = t.signed_in(t.login(Role::Handler, Some("食堂"))).await;
    assert!(canteen.get("/desk/notices").await.text().contains(&number));
    let office = OnCase::new(t.staff(Role::Office).await, &number);
    let department = t.column("SELECT LOWER(HEX(department_id)) FROM cases").await[0].clone();
    let who = format!("department:{department}");
    office.act("recuse", &[("who", &who), ("recuse_reason", "说的就是他们")]).await.expect(303);
    canteen.get(&here).await.expect(404);
    for page in ["/desk/orders", "/desk/notices"] {
        assert!(!canteen.get(page).await.expect(200).text().contains(&number), "{page}");
    }
}

#[tokio::test]
async fn notices_are_read_and_then_are_no_news() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        with_canteen(&t, "汤是凉的").await;
        let canteen = t.signed_in(t.login(Role::Handler, Some("食堂"))).await;
        assert!(canteen.get("/desk").await.text().contains("1 条新提醒"), "{engine:?}");
        canteen.post("/desk/notices", &[]).await.expect(303);
        assert!(!canteen.get("/desk").await.text().contains("条新提醒"));
        assert!(canteen.get("/desk/notices").await.text().contains("交办"));
    }
}
