//! 转办: what another body deals with goes there; the submitter is told; nothing counts it as answered.

use chrono::TimeDelta;
use huiyin::kernel::roles::Role;

use super::{
    merge::{does, sent, track},
    story::OnCase,
};
use crate::support::{TestApp, engines};

const TO: [(&str, &str); 4] = [
    ("transfer_to", "天山区教育局"),
    ("transfer_contact", "0991-2810000"),
    ("transfer_reason", "学区划分由区教育局决定"),
    ("transfer_summary", "家长希望说明今年的学区怎么划"),
];

fn with<'a>(field: &str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    TO.iter().map(|(n, v)| if *n == field { (*n, value) } else { (*n, *v) }).collect()
}

#[tokio::test]
async fn the_submitter_is_told_to_whom_and_why_and_it_can_be_taken_up_again() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let case = sent(&t, "食堂三楼", &[("body", "学区怎么划的")]).await;
        let office = OnCase::new(t.staff(Role::Office).await, &case.number);
        let canteen = office.department("食堂").await;
        let order = [("department", canteen.as_str()), ("due_on", ""), ("instruction", "")];
        office.act("assign", &order).await.expect(303);
        let handler = OnCase::new(t.signed_in(t.login(Role::Handler, Some("食堂"))).await, &case.number);
        handler.act_at("transfer", "1", &TO).await.expect(404);
        for (field, value) in [("transfer_to", ""), ("transfer_reason", ""), ("transfer_summary", "请打 139 1234 5678")]
        {
            office.act("transfer", &with(field, value)).await.expect(422);
        }
        assert!(office.page().await.text().contains("15 天内"), "{engine:?}");
        office.act_at("transfer", "1", &TO).await.expect(409);
        office.act("transfer", &TO).await.expect(303);
        office.act("transfer", &TO).await.expect(409);

        let seen = track(&t, &case.code).await;
        assert_eq!(seen["state"], "transferred");
        let told = seen["timeline"].to_string();
        assert!(
            told.contains("天山区教育局") && told.contains("0991-2810000") && told.contains("学区划分由区教育局决定")
        );
        assert!(!seen.to_string().contains("今年的学区怎么划"), "the letter is not for the submitter");
        does(&t, &case.code, &[("action", "urge")]).await.expect(422);
        handler.page().await.expect(404);
        // The clocks have ended: the office was in time, the answer is owed no longer.
        let clocks = "SELECT stage || ' ' || outcome FROM case_clocks WHERE stage IN ('triage', 'answer', 'handling') ORDER BY 1";
        assert_eq!(t.column(clocks).await, ["answer cancelled", "handling cancelled", "triage met"], "{engine:?}");
        assert!(office.client.get("/desk?state=transferred").await.text().contains(&case.number));
        assert!(!office.client.get("/desk").await.text().contains(&case.number));

        office.act("reopen", &[("reopen_reason", "区里退回")]).await.expect(303);
        assert_eq!(track(&t, &case.code).await["state"], "reopened");
        office.act("let-out", &[("reply", "学区图在公告栏")]).await.expect(303);
        assert_eq!(track(&t, &case.code).await["state"], "answered");
    }
}

#[tokio::test]
async fn the_letter_has_a_number_and_nothing_of_who_sent_it() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let anonymous = sent(&t, "食堂三楼", &[("body", "哨兵原文，我孩子在三班")]).await;
        let fields =
            [("identity", "named"), ("contact_name", "王女士"), ("contact", "13912345678"), ("body", "哨兵实名原文")];
        let named = sent(&t, "北门", &fields).await;
        let desk = t.staff(Role::Office).await;
        let mut letters = Vec::new();
        for case in [&anonymous, &named] {
            let office = OnCase::new(desk.clone(), &case.number);
            desk.get(&format!("{}/letter", office.path)).await.expect(404);
            office.act("transfer", &TO).await.expect(303);
            let letter = desk.get(&format!("{}/letter", office.path)).await.expect(200).text();
            assert!(
                letter.contains("天山区教育局") && letter.contains("今年的学区怎么划") && letter.contains(&case.number)
            );
            letters.push(letter);
        }
        assert!(letters[0].contains("转〔2026〕1 号") && letters[1].contains("转〔2026〕2 号"), "{engine:?}");
        for secret in ["哨兵", "三班", "食堂三楼", "北门", "王女士", "13912345678", "10:00"] {
            assert!(letters.iter().all(|l| !l.contains(secret)), "{secret}: {engine:?}");
        }
        assert!(letters[0].contains("不公开身份") && letters[1].contains("征得本人同意"));
        let stranger = t.signed_in(t.login(Role::DepartmentHead, Some("食堂"))).await;
        stranger.get(&format!("/desk/cases/{}/letter", named.number)).await.expect(404);
    }
}

#[tokio::test]
async fn reports_count_it_apart_and_late_ones_are_marked() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let case = sent(&t, "食堂三楼", &[("body", "学区怎么划的")]).await;
        t.clock.advance(TimeDelta::days(20));
        let office = OnCase::new(t.staff(Role::Office).await, &case.number);
        assert!(office.page().await.text().contains("会记成晚转"), "{engine:?}");
        office.act("transfer", &TO).await.expect(303);
        assert!(office.page().await.text().contains("晚转"));
        let days = "from=2026-03-09&to=2026-04-05";
        let list = async |measure: &str| {
            office.client.get(&format!("/desk/reports/cases?measure={measure}&{days}")).await.expect(200).text()
        };
        assert!(list("transferred").await.contains(&case.number), "{engine:?}");
        for measure in ["answered", "open", "late", "due", "silent"] {
            assert!(!list(measure).await.contains(&case.number), "{measure}: {engine:?}");
        }
        let dashboard = office.client.get(&format!("/desk/reports?{days}")).await.expect(200).text();
        assert!(dashboard.contains("另有 1 件转给别的单位办理"), "{engine:?}");
        assert!(office.client.get(&format!("/desk/reports/conduct?{days}")).await.text().contains("转给别的单位"));
        let triage = t.column("SELECT outcome FROM case_clocks WHERE stage = 'triage'").await;
        assert_eq!(triage, ["late"]);
    }
}
