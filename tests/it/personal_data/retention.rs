//! What is over goes by itself; the trial run shows exactly what goes.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use huiyin::{kernel::roles::Role, personal_data::retention::actions};

use super::{SENTINELS, found, full_of_words};
use crate::{
    cases::story::OnCase,
    support::{Client, TestApp, engines},
};

const CHANNELS: [&str; 7] = ["box", "hotline", "questionnaire", "letter", "representative", "patrol", "walk_in"];

/// Saves the months of all channels.
pub async fn save(admin: &Client<'_>, months: &str, active: bool) -> crate::support::Reply {
    let version = admin.get("/admin/retention").await.expect(200).input("version").unwrap();
    let names: Vec<String> = CHANNELS.iter().map(|c| format!("months.{c}")).collect();
    let mut form: Vec<(&str, &str)> = names.iter().map(|n| (n.as_str(), months)).collect();
    form.extend([("danger", "36"), ("version", version.as_str())]);
    if active {
        form.push(("active", "1"));
    }
    admin.post("/admin/retention", &form).await
}

/// The numbers that the trial run says would go.
async fn would_go(client: &Client<'_>) -> BTreeSet<String> {
    let file = client.get("/admin/retention?format=csv").await.expect(200).text();
    let lines = file.lines().filter(|l| l.contains("会删除"));
    lines.map(|l| l.trim_start_matches('\u{FEFF}').split('"').nth(1).unwrap().to_string()).collect()
}

async fn erased(t: &TestApp) -> BTreeSet<String> {
    t.column("SELECT number FROM cases WHERE erased_at IS NOT NULL").await.into_iter().collect()
}

#[tokio::test]
async fn what_the_trial_run_shows_is_what_goes_and_nothing_before_it_is_switched_on() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let sent = full_of_words(&t).await;
        let held = t.visitor().submit(t.point("食堂三楼"), &[]).await.expect(201).word("case_number");
        let on_held = OnCase::new(t.staff(Role::Office).await, &held);
        on_held.act("decline", &[("decline_reason", "不属于学校")]).await.expect(303);
        on_held.act("legal-hold", &[("hold_reason", "诉讼")]).await.expect(303);
        let open = t.visitor().submit(t.point("食堂三楼"), &[]).await.expect(201).word("case_number");

        let admin = t.staff(Role::Admin).await;
        save(&admin, "5", false).await.expect(422);
        save(&admin, "6", false).await.expect(303);
        assert!(!would_go(&admin).await.contains(&sent.number), "its time is not over");
        t.clock.advance(TimeDelta::days(200));
        let admin = t.staff(Role::Admin).await;
        let going = would_go(&admin).await;
        assert!(going.contains(&sent.number) && !going.contains(&held) && !going.contains(&open), "{going:?}");
        let page = admin.get("/admin/retention").await.expect(200).text();
        assert!(
            page.contains(&held)
                && page.contains("保全中，保留")
                && page.contains(&format!("会删除 {} 件", going.len()))
        );
        actions::run(&t.app).await.unwrap();
        assert!(erased(&t).await.is_empty(), "it is off");

        save(&admin, "6", true).await.expect(303);
        let both = [actions::run(&t.app), actions::run(&t.app)];
        for done in futures::future::join_all(both).await {
            done.unwrap();
        }
        assert_eq!(erased(&t).await, going);
        assert_eq!(found(&t, &SENTINELS).await, Vec::<String>::new());
        assert!(would_go(&admin).await.is_empty());
        let page = admin.get("/admin/retention").await.expect(200).text();
        assert!(page.contains(&format!("删除 {} 件", going.len())), "{page}");
        assert!(t.dump().await.contains("retention.ran"));
        on_held_stays(&t, &held, &open).await;
    }
}

async fn on_held_stays(t: &TestApp, held: &str, open: &str) {
    let office = t.staff(Role::Office).await;
    for number in [held, open] {
        assert!(office.get(&format!("/desk/cases/{number}")).await.expect(200).text().contains("三楼的汤是凉的"));
    }
}

#[tokio::test]
async fn a_merged_case_goes_with_its_lead_and_the_lead_waits_for_it() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let submit = async || t.visitor().submit(t.point("食堂三楼"), &[]).await.expect(201).word("case_number");
        let (lead, member) = (submit().await, submit().await);
        let on_lead = OnCase::new(t.staff(Role::Office).await, &lead);
        on_lead.act("merge", &[("numbers", &member)]).await.expect(303);
        let on_member = OnCase::new(t.staff(Role::Office).await, &member);
        on_member.act("legal-hold", &[("hold_reason", "诉讼")]).await.expect(303);
        on_lead.act("decline", &[("decline_reason", "不属于学校")]).await.expect(303);
        save(&t.staff(Role::Admin).await, "6", true).await.expect(303);
        t.clock.advance(TimeDelta::days(200));
        actions::run(&t.app).await.unwrap();
        let gone = erased(&t).await;
        assert!(!gone.contains(&lead) && !gone.contains(&member), "{gone:?}");
        let on_member = OnCase::new(t.staff(Role::Office).await, &member);
        on_member.act("lift-hold", &[("lift_reason", "撤诉")]).await.expect(303);
        let going = would_go(&t.staff(Role::Admin).await).await;
        assert!(going.contains(&lead) && going.contains(&member), "{going:?}");
        actions::run(&t.app).await.unwrap();
        let gone = erased(&t).await;
        assert!(gone.contains(&lead) && gone.contains(&member), "{gone:?}");
    }
}

#[tokio::test]
async fn danger_shows_to_the_safeguarding_lead_alone_and_two_people_at_once_do_not_overwrite() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let fields = [("role", "student"), ("danger", "1"), ("body", "他们打我")];
        let danger = t.visitor().submit(t.point("教学楼二层"), &fields).await.expect(201).word("case_number");
        let admin = t.staff(Role::Admin).await;
        let before = admin.get("/admin/retention?format=csv").await.expect(200).text();
        t.clock.advance(TimeDelta::days(40 * 30));
        let lead = t.staff(Role::SafeguardingLead).await;
        assert!(lead.get("/admin/retention?format=csv").await.expect(200).text().contains(&danger));
        let admin = t.staff(Role::Admin).await;
        let after = admin.get("/admin/retention?format=csv").await.expect(200).text();
        assert!(!before.contains(&danger) && !after.contains(&danger));
        lead.post("/admin/retention", &[("version", "0")]).await.expect(404);
        let stale = admin.get("/admin/retention").await.expect(200).input("version").unwrap();
        save(&admin, "12", false).await.expect(303);
        let names: Vec<String> = CHANNELS.iter().map(|c| format!("months.{c}")).collect();
        let mut form: Vec<(&str, &str)> = names.iter().map(|n| (n.as_str(), "24")).collect();
        form.extend([("danger", "60"), ("version", stale.as_str())]);
        admin.post("/admin/retention", &form).await.expect(409);
    }
}

#[tokio::test]
async fn a_case_waits_for_the_parts_that_were_taken_from_it() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let whole = t.visitor().submit(t.point("食堂三楼"), &[]).await.expect(201).word("case_number");
        let office = OnCase::new(t.staff(Role::Office).await, &whole);
        let topic = office.department("安全").await;
        office.act("split", &[("matter_topic", &topic), ("matter", "门口堵车")]).await.expect(303);
        let part = t.column("SELECT k.number FROM case_splits p JOIN cases k ON k.id = p.part_id").await.remove(0);
        office.act("decline", &[("decline_reason", "不属于学校")]).await.expect(303);
        save(&t.staff(Role::Admin).await, "6", true).await.expect(303);
        t.clock.advance(TimeDelta::days(200));
        let admin = t.staff(Role::Admin).await;
        assert!(!would_go(&admin).await.contains(&whole), "{engine:?}");
        assert!(admin.get("/admin/retention").await.text().contains("从它分出的件还要保留"));
        actions::run(&t.app).await.unwrap();
        let on_part = OnCase::new(t.staff(Role::Office).await, &part);
        assert!(on_part.page().await.expect(200).text().contains("门口堵车"), "the open part keeps its words");
        on_part.act("decline", &[("decline_reason", "请找交警")]).await.expect(303);
        t.clock.advance(TimeDelta::days(200));
        let going = would_go(&t.staff(Role::Admin).await).await;
        assert!(going.contains(&whole) && going.contains(&part), "{going:?}");
        actions::run(&t.app).await.unwrap();
        let gone = erased(&t).await;
        assert!(gone.contains(&whole) && gone.contains(&part), "{engine:?} {gone:?}");
        assert_eq!(found(&t, &["门口堵车"]).await, Vec::<String>::new());
    }
}
