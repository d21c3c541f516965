//! The public board: it says one thing a week (promise 11).

use chrono::TimeDelta;

use crate::support::{TestApp, engines};

#[tokio::test]
async fn the_board_stands_still_until_monday() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        for i in 0..7 {
            t.visitor().from([10, 7, 0, i]).submit(t.point("食堂三楼"), &[("topic", "canteen")]).await.expect(201);
        }
        let numbers = async || {
            let html = t.visitor().get("/xuelian/board").await.expect(200).text();
            html.split("class=\"stat-row\"").nth(1).unwrap().split("</main>").next().unwrap().to_string()
        };
        let before = numbers().await;
        assert_eq!(t.count("boards").await, 1);
        // What happens to cases that were counted can't be read off the board of the same week.
        t.execute("UPDATE cases SET received_at = '2026-02-01T00:00:00Z', state = 'withdrawn'").await;
        t.clock.advance(TimeDelta::days(5));
        assert_eq!(numbers().await, before, "{engine:?}");
        t.clock.advance(TimeDelta::days(2));
        assert_ne!(numbers().await, before, "{engine:?}");
        assert_eq!(t.count("boards").await, 2);
    }
}

#[tokio::test]
async fn the_program_counts_before_anybody_asks() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        huiyin::jobs::schedule(&t.app).await.unwrap();
        huiyin::jobs::run_due(&t.app).await.unwrap();
        assert_eq!(t.count("boards").await, 1, "{engine:?}");
        // The second hour of the same week has nothing to add, the next week has.
        t.clock.advance(TimeDelta::hours(1));
        huiyin::jobs::schedule(&t.app).await.unwrap();
        huiyin::jobs::run_due(&t.app).await.unwrap();
        assert_eq!(t.count("boards").await, 1, "{engine:?}");
        t.clock.advance(TimeDelta::days(7));
        huiyin::jobs::schedule(&t.app).await.unwrap();
        huiyin::jobs::run_due(&t.app).await.unwrap();
        assert_eq!(t.count("boards").await, 2, "{engine:?}");
    }
}
