//! The register of access points: looks at the paper, flags, and codes that lead to the right place.

use huiyin::kernel::roles::{Channel, Role};

use super::appointment::representative;
use crate::support::{TestApp, engines};

#[tokio::test]
async fn looks_are_added_by_office_and_representatives_and_the_register_shows_the_last() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        let list = office.get("/desk/access-points").await.expect(200).text();
        let row = list.split("<tr>").find(|r| r.contains("北门意见箱")).unwrap();
        let id: String = row.split("/desk/access-points/").nth(1).unwrap().chars().take(32).collect();
        office
            .post(&format!("/desk/access-points/{id}/seen"), &[("state", "intact"), ("back", "list")])
            .await
            .expect(303);
        let aygul = representative(&t, "aygul").await;
        let code = t.point("北门").to_lowercase();
        assert!(aygul.get(&format!("/rep/place?code={code}")).await.expect(200).text().contains("北门意见箱"));
        let long = "很".repeat(101);
        let look = |note: &'static str| [("code", t.point("北门")), ("state", "damaged"), ("note", note)];
        t.clock.advance(chrono::TimeDelta::hours(1));
        aygul.post("/rep/place", &look("右下角撕了")).await.expect(303);
        aygul.post("/rep/place", &[("code", t.point("北门")), ("state", "x")]).await.expect(400);
        aygul.post("/rep/place", &[("code", t.point("北门")), ("state", "gone"), ("note", &long)]).await.expect(400);
        aygul.post("/rep/place", &[("code", "NOPE99"), ("state", "gone")]).await.expect(404);
        assert_eq!(t.count("access_point_sightings").await, 2);
        let flagged = office.get("/desk/access-points?flag=broken").await.expect(200).text();
        assert_eq!(flagged.matches("<tr>").count(), 2, "the head and one row: {flagged}");
        assert!(flagged.contains("北门意见箱") && flagged.contains("损坏"));
        let one = office.get(&format!("/desk/access-points/{id}")).await.expect(200).text();
        assert!(one.contains("右下角撕了") && one.contains("阿依古丽"));
        assert!(office.get("/desk/access-points/register?flag=broken").await.expect(200).text().contains("北门"));
        office.post(&format!("/desk/access-points/{id}/revoke"), &[("reason", "lost")]).await.expect(303);
        office.post(&format!("/desk/access-points/{id}/seen"), &[("state", "intact")]).await.expect(409);
    }
}

#[tokio::test]
async fn a_month_later_what_nobody_opened_is_flagged_and_only_the_day_is_kept() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        t.clock.advance(chrono::TimeDelta::days(31));
        t.visitor().get(&format!("/q/{}", t.point("食堂三楼"))).await.expect(200);
        t.app.opens.flush(&t.app).await.unwrap();
        let office = t.staff(Role::Office).await;
        let quiet = office.get("/desk/access-points?flag=quiet&sort=opens").await.expect(200).text();
        assert!(
            !quiet.contains("食堂意见箱") && quiet.contains("北门意见箱") && !quiet.contains("监督热线"),
            "{quiet}"
        );
        let unseen = office.get("/desk/access-points?flag=unseen&channel=hotline").await.expect(200).text();
        assert_eq!(unseen.matches("<tr>").count(), 2, "{engine:?}");
        // 31 days later it is 10 o'clock in China; the day began at 16:00 UTC of the day before (promise 8).
        let kept =
            t.column("SELECT CAST(last_opened_at AS TEXT) FROM access_points WHERE last_opened_at IS NOT NULL").await;
        assert_eq!(kept.len(), 1);
        assert!(kept[0].contains("2026-04-09") && kept[0].contains("16:00:00"), "{kept:?}");
    }
}

#[tokio::test]
async fn every_code_of_every_channel_leads_somewhere_right() {
    let t = TestApp::start().await;
    let mut seen = Vec::new();
    for point in &t.demo.access_points {
        let page = t.visitor().get(&format!("/q/{}", point.code)).await.expect(200).text();
        assert!(page.contains(&point.place), "{} {}: {page}", point.channel, point.place);
        seen.push(point.channel);
    }
    let letter = crate::letters::published(&t.staff(Role::Office).await).await;
    assert!(t.visitor().get(&letter.address).await.expect(200).text().contains("name=\"idempotency_key\""));
    seen.push(Channel::Letter);
    for channel in Channel::ALL {
        assert!(seen.contains(channel), "no code of {channel} was tried");
    }
    // What people use by themselves is on the start page, in its group; the staff's tools are no links there.
    let start = t.visitor().get("/xuelian").await.expect(200).text();
    assert!(start.contains(&format!("{}\"", letter.address)));
    for point in &t.demo.access_points {
        let linked = start.contains(&format!("/q/{}\"", point.code));
        let by_people = matches!(point.channel, Channel::Box | Channel::Questionnaire | Channel::Letter);
        assert_eq!(linked, by_people, "{} {}", point.channel, point.place);
    }
    for words in ["写下来", "答问卷", "打电话", "08:30–12:00、14:00–17:30", "当面说", "行政楼一层大厅", "告诉代表"]
    {
        assert!(start.contains(words), "{words}");
    }
}
