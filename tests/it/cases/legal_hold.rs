//! Legal hold 保全: who sets and lifts it, and what it keeps from happening.

use huiyin::kernel::roles::Role;

use super::story::OnCase;
use crate::support::{TestApp, engines};

#[tokio::test]
async fn a_hold_is_set_and_lifted_with_a_reason_and_stands_on_the_case() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let number = t.visitor().submit(t.point("食堂三楼"), &[]).await.expect(201).word("case_number");
        let office = OnCase::new(t.staff(Role::Office).await, &number);
        office.act("lift-hold", &[("lift_reason", "没有")]).await.expect(409);
        office.act("legal-hold", &[("hold_reason", " ")]).await.expect(422);
        office.act("legal-hold", &[("hold_reason", "教育局正在调查")]).await.expect(303);
        office.act("legal-hold", &[("hold_reason", "再设一次")]).await.expect(409);
        let page = office.page().await.expect(200).text();
        assert!(page.contains("保全中") && page.contains("教育局正在调查"), "{page}");
        let department = office.department("食堂").await;
        office.act("assign", &[("department", &department)]).await.expect(303);
        // The department works on; that the case is kept, and why, is the office's and the leaders' to know.
        let handler = OnCase::new(t.signed_in(t.login(Role::Handler, Some("食堂"))).await, &number);
        assert!(!handler.page().await.expect(200).text().contains("保全中"));
        handler.act("lift-hold", &[("lift_reason", "不用了")]).await.expect(404);
        let leader = OnCase::new(t.staff(Role::Leader).await, &number);
        assert!(leader.page().await.expect(200).text().contains("保全中"));
        leader.act("lift-hold", &[("lift_reason", "调查结束")]).await.expect(303);
        assert!(!leader.page().await.expect(200).text().contains("保全中"));
        let dump = t.dump().await;
        assert!(dump.contains("case.hold_set") && dump.contains("case.hold_lifted"));
    }
}

#[tokio::test]
async fn what_is_held_is_not_merged_away_but_takes_others_in() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let submit = async || t.visitor().submit(t.point("食堂三楼"), &[]).await.expect(201).word("case_number");
        let (held, other, third) = (submit().await, submit().await, submit().await);
        let office = t.staff(Role::Office).await;
        let on_held = OnCase::new(office.clone(), &held);
        on_held.act("legal-hold", &[("hold_reason", "可能诉讼")]).await.expect(303);
        let on_other = OnCase::new(office.clone(), &other);
        let before = t.dump().await;
        let refused = on_other.act("merge", &[("numbers", &held)]).await.expect(422).text();
        assert!(refused.contains("在保全中"), "{refused}");
        let refused = on_other.act("merge", &[("numbers", &format!("{third} {held}"))]).await.expect(422).text();
        assert!(refused.contains("在保全中"), "all or none: {refused}");
        let cases = |dump: &str| dump.split("# ").find(|s| s.starts_with("cases\n")).map(str::to_string);
        assert_eq!(cases(&t.dump().await), cases(&before));
        on_held.act("merge", &[("numbers", &third)]).await.expect(303);
        on_held.act("lift-hold", &[("lift_reason", "没有起诉")]).await.expect(303);
        on_other.act("merge", &[("numbers", &held)]).await.expect(303);
    }
}

#[tokio::test]
async fn in_the_lane_of_danger_the_safeguarding_lead_alone_sets_it() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let fields = [("role", "student"), ("danger", "1"), ("body", "他们打我")];
        let number = t.visitor().submit(t.point("教学楼二层"), &fields).await.expect(201).word("case_number");
        for role in [Role::Office, Role::Leader] {
            let path = format!("/desk/cases/{number}/legal-hold");
            t.staff(role).await.post(&path, &[("version", "1"), ("hold_reason", "保全")]).await.expect(404);
        }
        let lead = OnCase::new(t.staff(Role::SafeguardingLead).await, &number);
        lead.act("legal-hold", &[("hold_reason", "公安已立案")]).await.expect(303);
        assert!(lead.page().await.expect(200).text().contains("公安已立案"));
    }
}
