//! Backups restore (promise 5).

use std::sync::Arc;

use huiyin::{
    backup::{backup, restore},
    config::Config,
    http::App,
    kernel::{clock::ManualClock, random::SystemRandom},
};

use crate::support::{Multipart, TestApp};

#[tokio::test]
async fn what_was_backed_up_comes_back_whole_and_only_into_an_empty_folder() {
    let t = TestApp::start().await;
    let photo = std::fs::read("end2end/fixtures/canteen.jpg").unwrap();
    let form = Multipart::new()
        .texts(&[
            ("idempotency_key", "backup-0001"),
            ("role", "parent"),
            ("identity", "sealed"),
            ("contact_name", "王芳"),
            ("body", "汤凉了"),
        ])
        .file("files", "a.jpg", "image/jpeg", &photo);
    let path = format!("/q/{}", t.point("食堂三楼"));
    let code = t.visitor().json().post_multipart(&path, form).await.expect(201).word("tracking_code");
    let elsewhere = tempfile::tempdir().unwrap();
    let file = elsewhere.path().join("backup.tar");
    let made = backup(&t.app.config, &file).await.unwrap();
    assert!(made.has_database);
    assert_eq!(made.attachments, 1);
    let before = t.dump().await;

    let empty = tempfile::tempdir().unwrap();
    let config = Config::for_tests(empty.path(), None);
    restore(&config, &file).await.unwrap();
    let refused = restore(&config, &file).await.unwrap_err().to_string();
    assert!(!refused.is_empty());

    let app = App::open_with(config, Arc::new(ManualClock::at(t.app.now())), Arc::new(SystemRandom)).await.unwrap();
    let restored = t.over(app);
    assert_eq!(restored.dump().await, before);
    let seen = restored.visitor().json().post("/track", &[("tracking_code", &code)]).await.expect(200);
    assert_eq!(seen.word("state"), "received");
    let office = restored.staff(huiyin::kernel::roles::Role::Office).await;
    let page = office.get(&format!("/desk/cases/{}", seen.word("case_number"))).await.text();
    let picture = page.split('"').find(|s| s.contains("/files/")).unwrap();
    assert_eq!(&office.get(picture).await.expect(200).body[..3], b"\xff\xd8\xff");
}

#[tokio::test]
async fn a_damaged_backup_is_refused_and_leaves_nothing() {
    let t = TestApp::start().await;
    let elsewhere = tempfile::tempdir().unwrap();
    let file = elsewhere.path().join("backup.tar");
    backup(&t.app.config, &file).await.unwrap();
    let whole = std::fs::read(&file).unwrap();
    for (what, bytes) in [
        ("cut off", whole[..whole.len() / 2].to_vec()),
        ("a flipped bit", {
            let mut bytes = whole.clone();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            bytes
        }),
        ("empty", Vec::new()),
    ] {
        std::fs::write(&file, bytes).unwrap();
        let empty = tempfile::tempdir().unwrap();
        let config = Config::for_tests(empty.path(), None);
        assert!(restore(&config, &file).await.is_err(), "{what}");
        assert!(!empty.path().join("huiyin.db").exists(), "{what} left a database");
    }
}
