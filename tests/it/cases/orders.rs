//! What departments say to an order: "not ours" 退单, "more time" 延期.

use chrono::TimeDelta;
use huiyin::kernel::roles::Role;

use super::story::OnCase;
use crate::support::{TestApp, engines};

/// A case that lies with the canteen, as the office, the canteen and the submitter see it.
struct Ordered<'a> {
    office: OnCase<'a>,
    canteen: OnCase<'a>,
    code: String,
    id: String,
}

async fn ordered(t: &TestApp) -> Ordered<'_> {
    let receipt = t.visitor().submit(t.point("食堂三楼"), &[("body", "楼道的灯坏了")]).await.expect(201);
    let number = receipt.word("case_number");
    let office = OnCase::new(t.staff(Role::Office).await, &number);
    let id = office.department("食堂").await;
    office.act("assign", &[("department", &id), ("due_on", ""), ("instruction", "")]).await.expect(303);
    let canteen = OnCase::new(t.signed_in(t.login(Role::Handler, Some("食堂"))).await, &number);
    Ordered { office, canteen, code: receipt.word("tracking_code"), id }
}

async fn track(t: &TestApp, code: &str) -> serde_json::Value {
    t.visitor().json().post("/track", &[("tracking_code", code)]).await.expect(200).json()
}

#[tokio::test]
async fn an_upheld_objection_brings_the_case_back_and_it_goes_elsewhere() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let o = ordered(&t).await;
        o.canteen.act("object", &[("objection_reason", " ")]).await.expect(422);
        o.canteen.act("object", &[("objection_reason", "楼道归总务处")]).await.expect(303);
        assert_eq!(t.column("SELECT state FROM cases").await, ["returned"], "{engine:?}");
        // The submitter is not told that departments argue.
        let seen = track(&t, &o.code).await;
        assert_eq!(seen["state"], "assigned");
        assert!(!seen.to_string().contains("楼道归总务处"));
        let mine = o.office.client.get("/desk?view=mine").await.text();
        assert!(mine.contains(o.office.path.rsplit('/').next().unwrap()), "the office is the next to act");
        assert!(o.office.page().await.text().contains("楼道归总务处"));
        // Nobody but the office rules.
        o.canteen.act_at("rule", "3", &[("ruling", "granted"), ("ruling_words", "好")]).await.expect(404);
        o.office.act("rule", &[("ruling", "granted"), ("ruling_words", "确实归总务处")]).await.expect(303);
        assert_eq!(t.column("SELECT state FROM cases WHERE department_id IS NULL").await, ["received"]);
        o.canteen.page().await.expect(404);
        let other = o.office.department("总务处").await;
        o.office.act("assign", &[("department", &other), ("due_on", ""), ("instruction", "")]).await.expect(303);
        assert_eq!(t.column("SELECT state FROM cases").await, ["assigned"]);
        // Should it come back to the canteen, the ruling stands: no second return.
        o.office.act("assign", &[("department", &o.id), ("due_on", ""), ("instruction", "")]).await.expect(303);
        o.canteen.act("object", &[("objection_reason", "还是不归我们")]).await.expect(422);
    }
}

#[tokio::test]
async fn an_overruled_objection_leaves_the_case_where_it_was_and_there_is_no_second_one() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let o = ordered(&t).await;
        let due = t.column("SELECT CAST(due_at AS TEXT) FROM assignments").await;
        o.canteen.act("start", &[]).await.expect(303);
        o.canteen.act("object", &[("objection_reason", "不归我们")]).await.expect(303);
        // While it waits, nothing else can be done with it by the department.
        o.canteen.act("hand-in", &[("reply", "已修好"), ("outcome", "")]).await.expect(409);
        o.office.act("rule", &[("ruling", "maybe"), ("ruling_words", "再看看")]).await.expect(422);
        o.office.act("rule", &[("ruling", "refused"), ("ruling_words", "食堂门口的楼道归食堂")]).await.expect(303);
        assert_eq!(t.column("SELECT state FROM cases").await, ["assigned"]);
        assert_eq!(t.column("SELECT CAST(due_at AS TEXT) FROM assignments").await, due, "the limit stays");
        assert!(!o.canteen.page().await.text().contains("objection_reason"), "it is not offered again");
        o.canteen.act("object", &[("objection_reason", "真的不归我们")]).await.expect(422);
        assert_eq!(t.count("objections").await, 1, "{engine:?}");
        o.canteen.act("hand-in", &[("reply", "已修好"), ("outcome", "")]).await.expect(303);
    }
}

#[tokio::test]
async fn an_objection_after_its_limit_comes_too_late() {
    let t = TestApp::start().await;
    let o = ordered(&t).await;
    // Tuesday's order may be returned until Wednesday evening.
    t.clock.advance(TimeDelta::days(2));
    let number = o.canteen.path.rsplit('/').next().unwrap();
    let canteen = OnCase::new(t.signed_in(t.login(Role::Handler, Some("食堂"))).await, number);
    canteen.act("object", &[("objection_reason", "不归我们")]).await.expect(422);
    assert_eq!(t.count("objections").await, 0);
}

#[tokio::test]
async fn more_time_is_asked_for_and_given_and_the_submitter_reads_why() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let o = ordered(&t).await;
        let before = track(&t, &o.code).await["due_at"].as_str().unwrap().to_string();
        let wish = |day| [("until", day), ("extension_reason", "灯管要从厂家订")];
        o.canteen.act("ask-extension", &wish("2026-03-11")).await.expect(422);
        o.canteen.act("ask-extension", &wish("2026-06-01")).await.expect(422);
        o.canteen.act("ask-extension", &wish("2026-03-27")).await.expect(303);
        o.canteen.act("ask-extension", &wish("2026-03-30")).await.expect(422);
        assert_eq!(track(&t, &o.code).await["due_at"], before.as_str(), "a wish changes nothing");
        let leader = OnCase::new(t.staff(Role::Leader).await, o.office.path.rsplit('/').next().unwrap());
        let granted = [("extension", "granted"), ("extension_words", "新灯管 3 月 25 日到货，装好就回复您")];
        leader.act("decide-extension", &granted).await.expect(303);
        leader.act("decide-extension", &granted).await.expect(409);
        let after = track(&t, &o.code).await;
        assert!(after["due_at"].as_str().unwrap().starts_with("2026-03-27"), "{after}");
        assert!(after.to_string().contains("新灯管 3 月 25 日到货"), "{after}");
        assert!(!after.to_string().contains("灯管要从厂家订"), "the wish itself is internal");
        // A second one counts from the first promise: thirty days altogether.
        o.canteen.act("ask-extension", &wish("2026-04-24")).await.expect(422);
        o.canteen.act("ask-extension", &wish("2026-04-10")).await.expect(303);
        o.office
            .act("decide-extension", &[("extension", "refused"), ("extension_words", "不能再拖")])
            .await
            .expect(303);
        assert_eq!(track(&t, &o.code).await["due_at"], after["due_at"], "{engine:?}");
    }
}
