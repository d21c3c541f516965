//! The working calendar on its page: a day, a year, two people at once.

use huiyin::{kernel::roles::Role, organizations};

use crate::support::{Multipart, TestApp, engines};

async fn is_worked(t: &TestApp, day: &str) -> bool {
    let mut c = t.app.db.read().await.unwrap();
    let organization = organizations::actions::organization_by_slug(&mut c, &t.demo.organization.slug).await.unwrap();
    organization.calendar.is_working_day(day.parse().unwrap())
}

#[tokio::test]
async fn a_day_off_is_added_and_taken_away_and_every_version_is_kept() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let admin = t.staff(Role::Admin).await;
        let day = |kind: &'static str, version: &'static str| {
            vec![("form", "day"), ("version", version), ("day", "2026-03-20"), ("kind", kind), ("name", "肉孜节")]
        };
        assert!(is_worked(&t, "2026-03-20").await);
        admin.post("/admin/calendar/day", &day("off", "0")).await.expect(303);
        assert!(!is_worked(&t, "2026-03-20").await);
        let page = admin.get("/admin/calendar?year=2026").await.expect(200).text();
        assert!(page.contains("肉孜节") && page.contains("国庆节") && page.contains("第 2 版"), "{page}");

        // Whoever saw the calendar as it was before gets back what they typed, and changes nothing.
        let late = admin.post("/admin/calendar/day", &day("working", "0")).await.expect(409).text();
        assert!(late.contains("肉孜节") && late.contains("别人刚改过日历"));
        assert!(!is_worked(&t, "2026-03-20").await);
        admin.post("/admin/calendar/day", &day("plain", "2")).await.expect(303);
        assert!(is_worked(&t, "2026-03-20").await);
        let numbers = t.column("SELECT CAST(number AS TEXT) FROM calendar_versions ORDER BY number").await;
        assert_eq!(numbers, ["1", "2", "3"], "{engine:?}");
        let log = t.column("SELECT detail FROM audit_log WHERE action = 'organization.calendar_changed'").await;
        assert_eq!(log, ["day version 2", "day version 3"]);
    }
}

#[tokio::test]
async fn the_notice_of_a_year_is_imported_from_a_file_and_its_source_is_named() {
    let t = TestApp::start().await;
    let admin = t.staff(Role::Admin).await;
    assert!(admin.get("/admin/calendar?year=2031").await.expect(200).text().contains("2031 年的放假通知还没有"));
    let fields = [
        ("form", "year"),
        ("version", "0"),
        ("year", "2031"),
        ("source", "国办发明电〔2030〕1号"),
        ("published", "2030-11-04"),
    ];
    let form = |csv: &str| Multipart::new().texts(&fields).file("file", "2031.csv", "text/csv", csv.as_bytes());
    let wrong =
        admin.post_multipart("/admin/calendar/year", form("2031-10-01,放假,国庆节\n2032-01-01,放假,元旦")).await;
    assert!(wrong.expect(422).text().contains("第 2 行是别的年份"));
    assert!(is_worked(&t, "2031-10-01").await, "a Wednesday");
    let good = form("date,kind,name\n2031-10-01,holiday,国庆节\n2031-10-11,working,国庆节\n");
    admin.post_multipart("/admin/calendar/year", good).await.expect(303);
    assert!(!is_worked(&t, "2031-10-01").await && is_worked(&t, "2031-10-11").await);
    let page = admin.get("/admin/calendar?year=2031").await.expect(200).text();
    assert!(page.contains("国办发明电〔2030〕1号") && page.contains("2030-11-04"), "{page}");
    admin.post("/admin/calendar/year/remove", &[("version", "2"), ("year", "2031")]).await.expect(303);
    assert!(is_worked(&t, "2031-10-01").await);
}

#[tokio::test]
async fn hours_of_a_day_of_the_week_and_what_is_wrong_comes_back() {
    let t = TestApp::start().await;
    let admin = t.staff(Role::Admin).await;
    let typed = |closes: &'static str| {
        vec![
            ("form", "days"),
            ("version", "0"),
            ("opens", "08:00"),
            ("closes", "17:00"),
            ("opens_5", "08:00"),
            ("closes_5", closes),
            ("vacations", "2026-07-10 至 2026-08-31"),
        ]
    };
    let wrong = admin.post("/admin/calendar", &typed("07:00")).await.expect(422).text();
    assert!(wrong.contains("2026-07-10 至 2026-08-31") && wrong.contains("f-opens_5-error"), "{wrong}");
    admin.post("/admin/calendar", &typed("12:00")).await.expect(303);
    assert!(!is_worked(&t, "2026-07-13").await);
    assert_eq!(admin.get("/admin/calendar").await.expect(200).input("closes_5").as_deref(), Some("12:00"));
}
