//! Somebody can always act: who stands in when those whose task it is can't see a case, or are not there.

use huiyin::kernel::roles::Role;

use super::story::OnCase;
use crate::support::{TestApp, engines};

async fn sent(t: &TestApp, body: &str, danger: bool) -> (String, String) {
    let mut fields = vec![("body", body)];
    if danger {
        fields.push(("danger", "1"));
    }
    let receipt = t.visitor().submit(t.point("北门"), &fields).await.expect(201);
    (receipt.word("case_number"), receipt.word("tracking_code"))
}

fn everybody(t: &TestApp, role: Role) -> String {
    t.demo.staff.iter().filter(|s| s.role == role).map(|s| s.name.clone()).collect::<Vec<_>>().join("、")
}

#[tokio::test]
async fn a_danger_report_about_the_lead_is_the_leaders_to_act_on() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let name = everybody(&t, Role::SafeguardingLead);
        let (number, code) = sent(&t, &format!("{name}老师打我"), true).await;
        t.staff(Role::SafeguardingLead).await.get(&format!("/desk/cases/{number}")).await.expect(404);
        t.staff(Role::Office).await.get(&format!("/desk/cases/{number}")).await.expect(404);
        let leader = OnCase::new(t.staff(Role::Leader).await, &number);
        assert!(leader.client.get("/desk").await.expect(200).text().contains(&number), "{engine:?}");
        assert!(leader.client.get("/desk/notices").await.text().contains(&number));
        leader.act("let-out", &[("reply", "已报警，您先到校医室"), ("outcome", "")]).await.expect(303);
        let answered = t.visitor().json().post("/track", &[("tracking_code", &code)]).await.json();
        assert_eq!(answered["state"], "answered");
        // Another danger report stays the lead's alone.
        let (other, _) = sent(&t, "有人在厕所打架", true).await;
        leader.client.get(&format!("/desk/cases/{other}")).await.expect(404);
    }
}

#[tokio::test]
async fn without_a_lead_leaders_deal_with_danger_and_the_last_lead_stays() {
    let t = TestApp::start().await;
    let (number, _) = sent(&t, "有人在厕所打架", true).await;
    t.staff(Role::Leader).await.get(&format!("/desk/cases/{number}")).await.expect(404);
    let admin = t.staff(Role::Admin).await;
    let lead = t.column("SELECT LOWER(HEX(id)) FROM staff WHERE role = 'safeguarding_lead'").await[0].clone();
    let refused = admin.post(&format!("/admin/staff/{lead}/disable"), &[]).await.expect(422).text();
    assert!(refused.contains("唯一能登录的保密员"));
    t.execute("UPDATE staff SET disabled_at = '2026-03-10T00:00:00+00:00' WHERE role = 'safeguarding_lead'").await;
    t.staff(Role::Leader).await.get(&format!("/desk/cases/{number}")).await.expect(200);
    assert!(admin.get("/admin").await.text().contains("还没有能登录的保密员"));
    // Nobody of the leaders either: then the office.
    t.execute("UPDATE staff SET disabled_at = '2026-03-10T00:00:00+00:00' WHERE role = 'leader'").await;
    t.staff(Role::Office).await.get(&format!("/desk/cases/{number}")).await.expect(200);
}

#[tokio::test]
async fn a_case_about_the_whole_office_is_sent_on_by_a_leader() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (number, _) = sent(&t, &format!("{}都不回信", everybody(&t, Role::Office)), false).await;
        t.staff(Role::Office).await.get(&format!("/desk/cases/{number}")).await.expect(404);
        let leader = OnCase::new(t.staff(Role::Leader).await, &number);
        let canteen = leader.department("食堂").await;
        leader.act("assign", &[("department", &canteen), ("due_on", ""), ("instruction", "")]).await.expect(303);
        assert_eq!(t.column("SELECT state FROM cases").await, ["assigned"], "{engine:?}");
    }
}

#[tokio::test]
async fn a_case_about_the_office_and_all_leaders_is_the_safeguarding_leads() {
    let t = TestApp::start().await;
    let names = format!("{}、{}", everybody(&t, Role::Office), everybody(&t, Role::Leader));
    let (number, _) = sent(&t, &format!("{names}收了礼"), false).await;
    for role in [Role::Office, Role::Leader] {
        t.staff(role).await.get(&format!("/desk/cases/{number}")).await.expect(404);
    }
    let lead = OnCase::new(t.staff(Role::SafeguardingLead).await, &number);
    lead.act("message", &[("message", "收到，我来办")]).await.expect(303);
}
