//! The demo school: believable, and told in the order of time.

use chrono::{DateTime, TimeDelta, Utc};
use huiyin::{
    cli::demo,
    config::Config,
    http::App,
    kernel::{clock::ManualClock, random::SystemRandom, roles::Role},
};
use std::sync::Arc;

use crate::support::{Engine, TestApp};

#[tokio::test]
async fn the_demo_is_told_in_the_order_of_time_and_leaves_a_handful_of_news() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::for_tests(folder.path(), None);
    let now: DateTime<Utc> = "2026-11-25T03:10:00Z".parse().unwrap();
    let made = demo::make(config.clone(), now, 0).await.unwrap();
    let app = App::open_with(config, Arc::new(ManualClock::at(now)), Arc::new(SystemRandom)).await.unwrap();
    let mut t = TestApp::on(Engine::Sqlite).await.over(app);
    t.demo = made;

    let at = t.column("SELECT at FROM audit_log ORDER BY seq").await;
    assert!(at.len() > 300, "only {} entries", at.len());
    let mut latest: DateTime<Utc> = at[0].parse().unwrap();
    for text in &at {
        let at: DateTime<Utc> = text.parse().unwrap();
        // What anonymous people do is noted by the hour.
        assert!(at > latest - TimeDelta::hours(1), "{at} after {latest}");
        latest = latest.max(at);
    }
    assert!(latest <= now);

    // Duty by law has something to show: a wish that waits, a hold, a rule of its own for patrols, and nothing switched on.
    let office = t.staff(Role::Office).await;
    let waits = t.staff(Role::Leader).await.get("/desk/erasures").await.expect(200).text();
    assert_eq!(waits.matches("action=\"/desk/erasures/").count(), 1, "{waits}");
    assert_eq!(t.column("SELECT reason FROM legal_holds WHERE lifted_at IS NULL").await.len(), 1);
    assert_eq!(t.column("SELECT CAST(months AS TEXT) FROM retention_rules WHERE channel = 'patrol'").await, ["12"]);
    assert_eq!(t.column("SELECT CAST(active AS TEXT) FROM retention_settings").await, ["0"]);
    let unread = t
        .column(
            "SELECT CAST(COUNT(*) AS TEXT) FROM outbox o JOIN staff s ON s.id = o.staff_id
             WHERE s.username = 'lixiuying' AND o.read_at IS NULL",
        )
        .await;
    let unread: usize = unread[0].parse().unwrap();
    assert!((2..=12).contains(&unread), "{unread} unread");
    let page = office.get("/desk/notices").await.expect(200).text();
    let rows = page.matches("class=\"link-row\"").count();
    let cases = page.matches("href=\"/desk/cases/").count();
    let mut numbers: Vec<&str> =
        page.split("href=\"/desk/cases/").skip(1).map(|s| s.split('"').next().unwrap()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), cases, "one row a case");
    assert!(rows >= cases && cases > 10);
    office.post("/desk/notices", &[]).await.expect(303);
    assert!(!office.get("/desk").await.text().contains("条新提醒"));
}
