//! Erasing takes away every word, everywhere (promise 24); what counts stays.

use huiyin::{audit::verify, kernel::roles::Role};

use super::{SENTINELS, attachments, erase, found, full_of_words};
use crate::support::{Engine, TestApp, engines};

#[tokio::test]
async fn nothing_of_an_erased_case_is_left_in_anything_that_was_written() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let files = attachments(&t);
        let sent = full_of_words(&t).await;
        assert_eq!(attachments(&t), files + 1);
        let before = found(&t, &SENTINELS).await;
        for word in SENTINELS {
            assert!(before.iter().any(|f| f.starts_with(word)), "{word} was never written: the test is blind");
        }
        let counted = t.column("SELECT CAST(COUNT(*) AS TEXT) FROM cases").await;
        erase(&t, &sent.number).await;

        assert_eq!(found(&t, &SENTINELS).await, Vec::<String>::new());
        assert_eq!(attachments(&t), files, "the photo is gone");
        assert_eq!(t.column("SELECT CAST(COUNT(*) AS TEXT) FROM cases").await, counted);
        // The code opens nothing, like one that never was.
        let (gone, never) = ([("tracking_code", sent.code.as_str())], [("tracking_code", "0000-0000-0000-0000")]);
        let visitor = t.visitor().json();
        let (gone, never) = (visitor.post("/track", &gone).await.expect(404), visitor.post("/track", &never).await);
        assert_eq!((gone.status, gone.text()), (never.status, never.text()));
        // The desk keeps number, day, channel and topic, and nothing can be done with it.
        let office = t.staff(Role::Office).await;
        let page = office.get(&format!("/desk/cases/{}", sent.number)).await.expect(200).text();
        assert!(page.contains("内容已删除") && page.contains("意见箱"), "{page}");
        assert!(!page.contains("/reopen") && !page.contains("/message"));
        let path = format!("/desk/cases/{}", sent.number);
        office.post(&format!("{path}/reopen"), &[("version", "99"), ("reopen_reason", "再看")]).await.expect(409);
        office.get(&format!("{path}/personal-data")).await.expect(404);
        for search in ["sentinelbody", "哨兵正文"] {
            let list = office.get(&format!("/desk?view=all&q={search}")).await.expect(200).text();
            assert!(!list.contains(&format!("/desk/cases/{}", sent.number)), "{search}");
        }
        office.get("/desk?view=all").await.expect(200);
        office.get("/desk/reports").await.expect(200);
        office.get("/desk/callbacks").await.expect(200);
        t.staff(Role::Leader).await.get("/desk/reports/term").await.expect(200);
        let dump = t.dump().await;
        assert!(dump.contains("case.erased") && dump.contains("case.erasure_asked"));
        verify_holds(&t).await;
        if engine == Engine::Sqlite {
            let free = t.column("SELECT CAST(freelist_count AS TEXT) FROM pragma_freelist_count").await;
            assert_eq!(free, ["0"]);
        }
    }
}

pub async fn verify_holds(t: &TestApp) {
    let mut c = t.app.db.read().await.unwrap();
    let faults = verify::verify(&mut c, &t.app.keys, &verify::Checkpoint::new()).await.unwrap().faults;
    assert!(faults.is_empty(), "{faults:?}");
}

#[tokio::test]
async fn a_photo_that_another_case_has_too_stays_there() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let files = attachments(&t);
        let (first, second) = (full_of_words(&t).await, full_of_words(&t).await);
        assert_eq!(attachments(&t), files + 1, "the same photo is written once");
        erase(&t, &first.number).await;
        assert_eq!(attachments(&t), files + 1);
        let office = t.staff(Role::Office).await;
        let page = office.get(&format!("/desk/cases/{}", second.number)).await.expect(200).text();
        let picture = page.split('"').find(|s| s.contains("/files/")).unwrap().to_string();
        assert_eq!(&office.get(&picture).await.expect(200).body[..3], b"\xff\xd8\xff");
        erase(&t, &second.number).await;
        assert_eq!(attachments(&t), files);
    }
}
