//! What colleagues wrote to each other about a case goes with it, too, wherever it stands: tasks, notes with mentions and of
//! macros, contributions, transfers, parts, orders; by a wish and by the end of its time, on both databases, and in the
//! table files of PostgreSQL.

use std::{path::Path, sync::Arc};

use chrono::TimeDelta;
use huiyin::{
    http::App,
    kernel::{clock::ManualClock, random::SystemRandom, roles::Role},
    personal_data::{again, retention::actions},
};

use super::{Sent, erase, found, retention::save};
use crate::{
    cases::{macros::kept, merge::sent, story::OnCase, tags::word},
    support::{Engine, TestApp, engines, key},
};

const WORDS: [&str; 12] = [
    "sentinelbody",
    "sentineltask",
    "sentinelmention",
    "sentinelmacro",
    "sentinelasked",
    "sentinelgiven",
    "sentinelmatter",
    "sentinelsummary",
    "sentinelwhy",
    "sentinelorder",
    "sentinelrecused",
    "sentinelpress",
];

/// A case with all of them, transferred in the end; nothing of it is open.
async fn full(t: &TestApp) -> Sent {
    let case = sent(t, "食堂三楼", &[("body", "sentinelbody 汤凉，门口也堵")]).await;
    let office = OnCase::new(t.staff(Role::Office).await, &case.number);
    let (canteen, general) = (office.department("食堂").await, office.department("总务处").await);
    let topic = office.department("安全").await;
    office.act("split", &[("matter_topic", &topic), ("matter", "sentinelmatter 门口堵车")]).await.expect(303);
    let order = [("department", canteen.as_str()), ("instruction", "sentinelorder"), ("otherwise", "sentinelorder")];
    office.act("assign", &order).await.expect(303);
    let asks = [("assist_department", general.as_str()), ("assist_instruction", "sentinelasked 查电路")];
    office.act("assist", &asks).await.expect(303);
    let theirs = OnCase::new(t.signed_in(t.login(Role::Handler, Some("总务处"))).await, &case.number);
    theirs.act("contribute", &[("contribution", "sentinelgiven 换了开关")]).await.expect(303);
    let head = t.login(Role::DepartmentHead, Some("食堂"));
    office.act("note", &[("note", &format!("sentinelmention @{} 看看", head.name))]).await.expect(303);
    let person = office.department(&head.name).await;
    let task = [("person", person.as_str()), ("task_due_on", "2026-03-12"), ("task", "sentineltask 拍照")];
    office.act("task", &task).await.expect(303);
    let tag = word(&office.client, &format!("复查{}", &key()[..6])).await;
    office.act("tag", &[("tag", &tag)]).await.expect(303);
    let note = kept(&office.client, &format!("组合{}", &key()[..6]), &[("note", "sentinelmacro 下周再看")]).await;
    office.act("macro", &[("macro", &note)]).await.expect(303);
    // Kept for the next case, a macro is nobody's: its words are another matter.
    t.execute("UPDATE macros SET steps = REPLACE(steps, 'sentinelmacro', '例行')").await;
    if t.engine == Engine::Postgres {
        t.execute("VACUUM FULL macros").await;
    }
    office.client.post(&format!("/desk/cases/{}/watch", case.number), &[]).await.expect(303);
    let leader = OnCase::new(t.staff(Role::Leader).await, &case.number);
    leader.act("press", &[("press_words", "sentinelpress 快办")]).await.expect(303);
    let who = format!("department:{}", office.department("德育处").await);
    office.act("recuse", &[("who", &who), ("recuse_reason", "sentinelrecused")]).await.expect(303);
    let to = [
        ("transfer_to", "天山区教育局"),
        ("transfer_reason", "sentinelwhy 归区里管"),
        ("transfer_summary", "sentinelsummary 请答复家长"),
    ];
    office.act("transfer", &to).await.expect(303);
    let part = t.column("SELECT k.number FROM case_splits p JOIN cases k ON k.id = p.part_id").await.pop().unwrap();
    let part = OnCase::new(office.client.clone(), &part);
    part.act("decline", &[("decline_reason", "请找交警")]).await.expect(303);
    for word in WORDS {
        assert!(!found(t, &[word]).await.is_empty(), "{word} was never written: the test is blind");
    }
    Sent { number: case.number, code: case.code }
}

#[tokio::test]
async fn nothing_that_colleagues_wrote_about_it_is_left_after_an_erasure() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let case = full(&t).await;
        erase(&t, &case.number).await;
        assert_eq!(found(&t, &WORDS).await, Vec::<String>::new(), "{engine:?}");
        assert_eq!(
            (t.count("case_watchers").await, t.count("case_tasks").await, t.count("case_tags").await),
            (0, 0, 0)
        );
        t.visitor().json().post("/track", &[("tracking_code", &case.code)]).await.expect(404);
    }
}

#[tokio::test]
async fn nothing_of_it_is_left_when_its_time_is_over_whichever_instance_does_it() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let case = full(&t).await;
        save(&t.staff(Role::Admin).await, "6", true).await.expect(303);
        t.clock.advance(TimeDelta::days(200));
        // Another instance of the program on the same database; SQLite has one alone.
        let other = match engine {
            Engine::Postgres => {
                let clock = Arc::new(ManualClock::at(t.app.now()));
                App::open_with(t.app.config.clone(), clock, Arc::new(SystemRandom)).await.unwrap()
            }
            Engine::Sqlite => t.app.clone(),
        };
        let both = [actions::run(&t.app), actions::run(&other)];
        for done in futures::future::join_all(both).await {
            done.unwrap();
        }
        assert_eq!(found(&t, &WORDS).await, Vec::<String>::new(), "{engine:?}");
        let erased = t.column("SELECT number FROM cases WHERE erased_at IS NOT NULL").await;
        assert!(erased.len() == 2 && erased.contains(&case.number), "{erased:?}");
        let entries = t.column("SELECT action FROM audit_log WHERE action = 'case.erased'").await;
        assert_eq!(entries.len(), erased.len(), "each case once: {engine:?}");
        let runs = t.column("SELECT CAST(erased AS TEXT) FROM retention_runs").await;
        assert_eq!(runs, [erased.len().to_string()], "{engine:?}");
        super::erasure::verify_holds(&t).await;
    }
}

/// Which of the words stand in the files of the tables and indexes of this database.
async fn in_table_files(t: &TestApp, words: &[&str]) -> Vec<String> {
    t.execute("CHECKPOINT").await;
    let folder = t.column("SHOW data_directory").await.remove(0);
    let files = "SELECT c.relname || ' ' || pg_relation_filepath(c.oid) FROM pg_class c
                 WHERE c.relkind IN ('r', 'i', 't', 'm') AND c.relnamespace <> 'pg_catalog'::regnamespace
                   AND pg_relation_filepath(c.oid) IS NOT NULL";
    let mut found = Vec::new();
    for line in t.column(files).await {
        let (name, path) = line.split_once(' ').unwrap();
        let Ok(bytes) = std::fs::read(Path::new(&folder).join(path)) else { continue };
        for word in words {
            if bytes.windows(word.len()).any(|w| w == word.as_bytes()) {
                found.push(format!("{word} in {name}"));
            }
        }
    }
    found
}

#[tokio::test]
async fn the_table_files_of_postgresql_hold_nothing_of_it_when_the_job_has_finished() {
    if !engines().contains(&Engine::Postgres) {
        return;
    }
    let t = TestApp::on(Engine::Postgres).await;
    let case = full(&t).await;
    let before = in_table_files(&t, &WORDS).await;
    for word in WORDS {
        assert!(before.iter().any(|f| f.starts_with(word)), "{word} stands in no file: the test is blind");
    }
    erase(&t, &case.number).await;
    let vacuumed = in_table_files(&t, &WORDS).await;
    again::finish(&t.app).await.unwrap();
    assert_eq!(in_table_files(&t, &WORDS).await, Vec::<String>::new(), "after a vacuum alone: {vacuumed:?}");
    again::finish(&t.app).await.unwrap();
}
