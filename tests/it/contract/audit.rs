//! The audit log (promise 18): nobody changes it unseen.

use std::collections::HashMap;

use huiyin::audit::verify::{Checkpoint, Report, verify};

use crate::support::{TestApp, engines};

async fn check(t: &TestApp, checkpoint: &Checkpoint) -> Report {
    verify(&mut t.app.db.read().await.unwrap(), &t.app.keys, checkpoint).await.unwrap()
}

#[tokio::test]
async fn edits_deletions_swaps_and_cut_ends_are_found() {
    let attacks: [(&str, &[&str]); 5] = [
        ("an edit", &["UPDATE audit_log SET detail = 'nothing' WHERE seq = 3"]),
        ("another time", &["UPDATE audit_log SET action = 'case.read' WHERE seq = 5"]),
        ("a deletion", &["DELETE FROM audit_log WHERE seq = 4"]),
        (
            "a swap",
            &[
                "UPDATE audit_log SET seq = 900003 WHERE seq = 3",
                "UPDATE audit_log SET seq = 3 WHERE seq = 4",
                "UPDATE audit_log SET seq = 4 WHERE seq = 900003",
            ],
        ),
        ("a cut end", &["DELETE FROM audit_log WHERE seq > 6"]),
    ];
    for engine in engines() {
        for (what, statements) in attacks {
            let t = TestApp::on(engine).await;
            let sound = check(&t, &HashMap::new()).await;
            assert_eq!(sound.faults, Vec::<String>::new());
            assert!(sound.entries > 10);
            for statement in statements {
                t.execute(statement).await;
            }
            assert!(!check(&t, &HashMap::new()).await.faults.is_empty(), "{what} on {engine:?} was not found");
        }
    }
}

#[tokio::test]
async fn who_also_moves_the_end_is_found_by_an_earlier_checkpoint() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let ends = check(&t, &HashMap::new()).await.ends;
        let checkpoint: Checkpoint = ends.iter().map(|(org, seq, link)| ((*org, *seq), link.clone())).collect();
        t.execute("DELETE FROM audit_log WHERE seq > 6").await;
        t.execute("UPDATE audit_heads SET seq = 6, hash = (SELECT hash FROM audit_log WHERE seq = 6)").await;
        assert_eq!(check(&t, &HashMap::new()).await.faults, Vec::<String>::new(), "alone it looks sound");
        assert!(!check(&t, &checkpoint).await.faults.is_empty(), "the checkpoint knows better");
    }
}

#[tokio::test]
async fn edits_deletions_and_additions_among_entries_that_wait_are_found_and_do_not_join_the_chain() {
    let one = "SELECT id FROM audit_waiting ORDER BY id LIMIT 1";
    let attacks = [
        ("an edit", format!("UPDATE audit_waiting SET detail = 'nothing' WHERE id IN ({one})")),
        ("a deletion", format!("DELETE FROM audit_waiting WHERE id IN ({one})")),
        ("all of them", "DELETE FROM audit_waiting".to_string()),
        ("another count", "UPDATE audit_waiting_sums SET entries = entries + 1".to_string()),
        ("the sum alone", "DELETE FROM audit_waiting_sums".to_string()),
        (
            "an addition",
            "INSERT INTO audit_waiting (id, organization_id, hour, actor_id, action, entity, entity_id, detail)
             SELECT entity_id, organization_id, hour, actor_id, action, entity, entity_id, detail FROM audit_waiting
             WHERE action = 'submission.received'"
                .to_string(),
        ),
    ];
    for engine in engines() {
        for (what, attack) in &attacks {
            let t = TestApp::on(engine).await;
            huiyin::audit::waiting::settle(&t.app).await.unwrap();
            t.clock.advance(chrono::TimeDelta::minutes(12));
            t.visitor().submit(t.point("北门"), &[]).await.expect(201);
            let sound = check(&t, &HashMap::new()).await;
            assert!(sound.faults.is_empty() && sound.waiting >= 2, "{sound:?}");
            t.execute(attack).await;
            assert!(!check(&t, &HashMap::new()).await.faults.is_empty(), "{what} on {engine:?} was not found");
            // People go on sending; what was broken stays broken, and in its place.
            t.visitor().submit(t.point("北门"), &[]).await.expect(201);
            t.clock.advance(chrono::TimeDelta::hours(1));
            let settled = huiyin::audit::waiting::settle(&t.app).await;
            assert!(!check(&t, &HashMap::new()).await.faults.is_empty(), "{what} on {engine:?} was forgotten");
            assert!(settled.is_err() || *what == "the sum alone", "{what} on {engine:?}");
        }
    }
}
