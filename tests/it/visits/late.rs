//! A visit that was signed within the term and sent after it: the phone had no net meanwhile.

use chrono::TimeDelta;

use super::{filled_at, form_of};
use crate::{
    representatives::appointment::{appointment_of, representative},
    support::{Client, Multipart, Reply, TestApp, engines, key},
};

/// The form of a visit, and the visit as a phone keeps it: signed at 09:55 in China.
async fn kept(rep: &Client<'_>, ended: &str) -> (String, Multipart) {
    let form = form_of(rep, "/rep/visits", "食堂巡查").await;
    let times = ("2026-03-10T01:30:00Z", ended);
    let body = filled_at(rep, &form, ("answer.place", "食堂三楼"), &[("a9", "no")], true, &key(), times).await;
    (form, body)
}

async fn send(rep: &Client<'_>, kept: (String, Multipart)) -> Reply {
    rep.clone().json().post_multipart(&kept.0, kept.1).await
}

#[tokio::test]
async fn what_was_signed_in_the_term_is_taken_for_a_week_after_it_with_its_own_time() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(huiyin::kernel::roles::Role::Office).await;
        let rep = representative(&t, "aygul").await;
        let mut visits = Vec::new();
        for ended in ["2026-03-10T01:55:00Z", "2026-03-10T01:55:00Z", "2026-03-11T03:00:00Z"] {
            visits.push(kept(&rep, ended).await);
        }
        let (in_time, too_late, after) = (visits.remove(0), visits.remove(0), visits.remove(0));
        let appointment = appointment_of(&office, "阿依古丽").await;
        let end = format!("/desk/representatives/{appointment}/end");
        office.post(&end, &[("reason", "调离")]).await.expect(303);
        t.clock.advance(TimeDelta::days(6));
        // The first page says what may still be sent, and the rest is closed as before.
        let rep = representative(&t, "aygul").await;
        let home = rep.get("/rep").await.expect(200).text();
        assert!(home.contains("id=\"field-queue\"") && home.contains("7 天内会从这里补发"), "{home}");
        rep.get("/rep/visits").await.expect(404);
        rep.get(&in_time.0).await.expect(404);

        let taken = send(&rep, in_time).await.expect(201);
        assert_eq!(taken.json()["address"], "/rep", "{engine:?}: its own page is closed");
        let ended = t.column("SELECT CAST(ended_at AS TEXT) FROM visits").await;
        assert!(ended.len() == 1 && ended[0].contains("01:55:00"), "{ended:?}");
        assert_eq!(t.count("cases").await, 1);
        let office = t.staff(huiyin::kernel::roles::Role::Office).await;
        let list = office.get("/desk/visits").await.expect(200).text();
        let visit = list.split("href=\"/desk/visits/").nth(1).unwrap().split('"').next().unwrap().to_string();
        let page = office.get(&format!("/desk/visits/{visit}")).await.expect(200).text();
        assert!(page.contains("当时没有网络") && page.contains("送达"), "{page}");

        // Signed after the term: said, not hidden, and everything comes back.
        let refused = send(&rep, after).await.expect(410).json();
        assert!(refused["errors"][""][0].as_str().unwrap().contains("任期已经结束"), "{refused}");
        t.clock.advance(TimeDelta::days(2));
        let rep = representative(&t, "aygul").await;
        let page = rep.post_multipart(&too_late.0, too_late.1).await.expect(410).text();
        assert!(page.contains("任期已经结束") && page.contains("看到的情况写在这里"), "{page}");
        assert_eq!((t.count("visits").await, t.count("cases").await), (1, 1), "{engine:?}");
    }
}

#[tokio::test]
async fn a_signature_drawn_by_hand_stands_on_the_sheet_and_nothing_else_can_be_in_it() {
    let t = TestApp::start().await;
    let rep = representative(&t, "aygul").await;
    for (drawing, drawn) in [("10,20 30,40;50,60", true), ("1,2\"/><script>alert(1)</script>", false), ("", false)] {
        let (form, body) = kept(&rep, "2026-03-10T01:55:00Z").await;
        let answer = rep.post_multipart(&form, body.text("drawing", drawing)).await.expect(303);
        let page = rep.get(answer.header("location")).await.expect(200).text();
        assert_eq!(page.contains("d=\"M10 20L30 40M50 60L50 60\""), drawn, "{page}");
        assert!(!page.contains("<script>alert") && page.contains("签名：本人签名"), "{page}");
    }
    // Refused for something else, it comes back with the form.
    let form = form_of(&rep, "/rep/visits", "食堂巡查").await;
    let times = ("2026-03-10T01:30:00Z", "2026-03-10T01:55:00Z");
    let body = filled_at(&rep, &form, ("answer.place", ""), &[], false, &key(), times).await;
    let page = rep.post_multipart(&form, body.text("drawing", "10,20 30,40")).await.expect(422);
    assert_eq!(page.input("drawing").as_deref(), Some("10,20 30,40"));
}
