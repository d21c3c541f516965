//! The month at the desk, and the calendars that people subscribe to: numbers and limits, nothing of anybody else.

use huiyin::kernel::roles::Role;

use crate::{
    supervision::with_canteen,
    support::{TestApp, engines},
};

#[tokio::test]
async fn a_month_counts_what_is_due_and_leads_to_it() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let numbers = [with_canteen(&t, "汤是凉的").await, with_canteen(&t, "饭是硬的").await];
        let canteen = t.signed_in(t.login(Role::Handler, Some("食堂"))).await;
        let page = canteen.get("/desk/calendar?month=2026-03").await.expect(200).text();
        assert!(page.contains("2026 年 3 月到期") && page.contains("2 件"), "{page}");
        let list = canteen.get("/desk?view=open&due_from=2026-03-17&due_to=2026-03-17").await.expect(200).text();
        assert!(numbers.iter().all(|n| list.contains(n)), "{engine:?}");
        let other = canteen.get("/desk?view=open&due_from=2026-03-18&due_to=2026-03-31").await.expect(200).text();
        assert!(!numbers.iter().any(|n| other.contains(n)));
        let stranger = t.signed_in(t.login(Role::DepartmentHead, Some("总务处"))).await;
        let page = stranger.get("/desk/calendar?month=2026-03").await.expect(200).text();
        assert!(page.contains("这个月没有到期的件"));
    }
}

#[tokio::test]
async fn a_subscribed_calendar_says_number_and_limit_and_its_address_can_be_changed() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let number = with_canteen(&t, "汤是凉的").await;
        let canteen = t.signed_in(t.login(Role::Handler, Some("食堂"))).await;
        let address = async || {
            let page = canteen.post("/desk/calendar/feed", &[]).await.expect(200).text();
            let secret = page.split("/feeds/").nth(1).unwrap().split('"').next().unwrap().to_string();
            format!("/feeds/{secret}")
        };
        let first = address().await;
        let reply = t.visitor().get(&first).await.expect(200);
        assert!(reply.header("content-type").starts_with("text/calendar"));
        let text = reply.text();
        let calendar: icalendar::Calendar = text.parse().unwrap();
        assert!(calendar.components.len() > 5, "{engine:?}: limits and holidays");
        assert!(text.contains(&format!("SUMMARY:件 {number}，期限")), "{text}");
        assert!(text.contains("DTSTART;TZID=Asia/Shanghai:20260317T173000"));
        assert!(text.contains("DTSTART;VALUE=DATE:20260501") && text.contains("DTEND;VALUE=DATE:20260506"), "{text}");
        assert!(!text.contains('汤') && !text.contains("食堂"));

        let second = address().await;
        t.visitor().get(&first).await.expect(404);
        t.visitor().get(&second).await.expect(200);
        let kept = t.dump().await;
        let secret = second.trim_start_matches("/feeds/").trim_end_matches(".ics");
        assert!(!kept.contains(secret), "only a hash is kept");
        t.execute("UPDATE staff SET disabled_at = created_at WHERE role = 'handler'").await;
        t.visitor().get(&second).await.expect(404);
    }
}
