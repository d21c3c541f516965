//! The order of things must not tell what the times do not (promise 8): a raw look at the database around something that an
//! anonymous person did, between neighbours whose times are exact.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use huiyin::audit;

use crate::support::{Engine, Multipart, TestApp, engines, tuesday};

/// Everything that keeps an order, as somebody reads it who has the database.
async fn orders(t: &TestApp) -> Vec<String> {
    let mut seen = Vec::new();
    for sql in [
        "SELECT action || ' ' || detail || ' ' || CAST(at AS TEXT) FROM audit_log ORDER BY organization_id, seq",
        "SELECT identity || ' ' || CAST(received_at AS TEXT) FROM submissions ORDER BY id",
        "SELECT identity || ' ' || CAST(received_at AS TEXT) FROM cases ORDER BY id",
        "SELECT identity || ' ' || CAST(received_at AS TEXT) FROM cases ORDER BY arrival",
        "SELECT CAST(at AS TEXT) FROM case_events ORDER BY id",
        "SELECT CAST(created_at AS TEXT) FROM outbox ORDER BY id",
        "SELECT CAST(created_at AS TEXT) FROM messages ORDER BY id",
        "SELECT CAST(created_at AS TEXT) FROM attachments ORDER BY id",
        "SELECT kind FROM jobs ORDER BY id",
    ] {
        seen.push(format!("{sql}:\n{}", t.column(sql).await.join("\n")));
    }
    seen
}

/// How many rows there are of the tables whose rows SQLite numbers as they come.
async fn numbered_rows(t: &TestApp) -> BTreeMap<String, usize> {
    // The number of a row of the full-text index is the case's place by its coarse time.
    let tables = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND wr = 0
                  AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'case_search%'";
    let mut rows = BTreeMap::new();
    for table in t.column(tables).await {
        let count = t.count(&table).await;
        rows.insert(table, count);
    }
    rows
}

async fn named(t: &TestApp, minute: i64) {
    t.clock.set(tuesday() + TimeDelta::minutes(minute) + TimeDelta::seconds(7));
    let who = [("identity", "named"), ("contact_name", "王女士"), ("contact", "13800138000")];
    t.visitor().submit(t.point("北门"), &who).await.expect(201);
}

/// Somebody anonymous sends something with a photo, then writes again.
async fn anonymous(t: &TestApp, minute: i64) {
    t.clock.set(tuesday() + TimeDelta::minutes(minute) + TimeDelta::seconds(41));
    let before = if t.engine == Engine::Sqlite { numbered_rows(t).await } else { BTreeMap::new() };
    let form = Multipart::new()
        .texts(&[
            ("idempotency_key", "order-of-things-1"),
            ("role", "student"),
            ("identity", "anonymous"),
            ("body", "操场的灯不亮"),
        ])
        .file("files", "a.jpg", "image/jpeg", &std::fs::read("end2end/fixtures/canteen.jpg").unwrap());
    let receipt = t.visitor().json().post_multipart(&format!("/q/{}", t.point("食堂三楼")), form).await.expect(201);
    let code = receipt.word("tracking_code");
    t.clock.advance(TimeDelta::minutes(1));
    let message = [("action", "message"), ("message", "还是不亮"), ("idempotency_key", "order-of-things-2")];
    t.visitor().post("/track", &[&[("tracking_code", code.as_str())], &message[..]].concat()).await.expect(200);
    if t.engine == Engine::Sqlite {
        assert_eq!(numbered_rows(t).await, before, "rows that are numbered as they come tell the order");
    }
}

/// An hour in which somebody anonymous came at this minute, between others; what is read during the hour and after it.
async fn hour(engine: Engine, minute: i64) -> (Vec<String>, Vec<String>) {
    let t = TestApp::on(engine).await;
    audit::waiting::settle(&t.app).await.unwrap();
    let mut done = false;
    for neighbour in [10, 30, 50] {
        if !done && minute < neighbour {
            anonymous(&t, minute).await;
            done = true;
        }
        named(&t, neighbour).await;
    }
    let during = orders(&t).await;
    t.clock.set(tuesday() + TimeDelta::minutes(75));
    named(&t, 76).await;
    audit::waiting::settle(&t.app).await.unwrap();
    assert_eq!(t.count("audit_waiting").await, 0);
    if engine == Engine::Postgres {
        for table in ["submissions", "cases", "case_events", "outbox", "messages", "attachments"] {
            // Ids are made from times: those of the hour come before this one.
            let end = (tuesday() + TimeDelta::hours(1)).timestamp_millis() as u128;
            let of_hour = format!("FROM {table} WHERE id < '{}'", uuid::Uuid::from_u128(end << 80));
            let writers = t.column(&format!("SELECT DISTINCT xmin::text {of_hour}")).await;
            assert_eq!(writers.len(), 1, "transactions tell the order of {table}");
            let places = t.column(&format!("SELECT id::text {of_hour} ORDER BY ctid")).await;
            assert!(places.is_sorted(), "the place tells the order of {table}");
        }
    }
    let report =
        audit::verify::verify(&mut t.app.db.read().await.unwrap(), &t.app.keys, &Default::default()).await.unwrap();
    assert_eq!((report.faults, report.waiting), (Vec::new(), 0));
    (during, orders(&t).await)
}

#[tokio::test]
async fn whoever_has_the_database_and_the_times_of_the_neighbours_learns_the_hour_and_no_more() {
    for engine in engines() {
        let (during, after) = hour(engine, 5).await;
        assert!(during[1].contains("anonymous"), "{during:?}");
        assert!(!during[0].contains("submission.received anonymous 2026-03-10"), "it waits: {}", during[0]);
        let log: Vec<&str> = after[0].lines().collect();
        let place = |what: &str| log.iter().rposition(|l| l.starts_with(what)).unwrap();
        assert!(place("submission.received anonymous") > place("submission.received named"), "{log:?}");
        assert!(log[place("submission.received anonymous")].contains("02:00:00"), "{log:?}");
        for minute in [20, 45] {
            let (other_during, other_after) = hour(engine, minute).await;
            assert_eq!(during, other_during, "{engine:?}: at minute 5 and at minute {minute}");
            // Entries of one hour join the chain in a random order.
            let sorted = |mut orders: Vec<String>| {
                let mut lines: Vec<String> = orders[0].lines().map(str::to_string).collect();
                lines.sort();
                orders[0] = lines.join("\n");
                orders
            };
            let exact = |orders: &[String]| {
                let coarse = |l: &&str| !l.contains(" 2026-03-10 02:00:00") && !l.contains(" 2026-03-10T02:00:00");
                orders[0].lines().filter(coarse).map(str::to_string).collect::<Vec<_>>()
            };
            assert_eq!(exact(&after), exact(&other_after), "{engine:?}");
            assert_eq!(sorted(after.clone()), sorted(other_after), "{engine:?}");
        }
    }
}

#[tokio::test]
async fn an_entry_that_waits_survives_a_restart_and_joins_the_chain_once() {
    let t = TestApp::start().await;
    audit::waiting::settle(&t.app).await.unwrap();
    t.clock.advance(TimeDelta::minutes(12));
    t.visitor().submit(t.point("北门"), &[]).await.expect(201);
    let waiting = t.count("audit_waiting").await;
    assert!(waiting >= 2, "the submission and its case, not {waiting}");
    let t = t.restart().await;
    let before = t.count("audit_log").await;
    audit::waiting::settle(&t.app).await.unwrap();
    assert_eq!((t.count("audit_waiting").await, t.count("audit_log").await), (waiting, before), "its hour is not over");
    t.clock.advance(TimeDelta::minutes(49));
    for _ in 0..2 {
        audit::waiting::settle(&t.app).await.unwrap();
        assert_eq!((t.count("audit_waiting").await, t.count("audit_log").await), (0, before + waiting));
        assert_eq!(t.count("audit_waiting_sums").await, 0);
    }
}
