//! A backup that is older than an erasure is erased again (promise 24).

use std::sync::Arc;

use huiyin::{
    backup::{backup, restore},
    config::Config,
    http::App,
    kernel::{clock::ManualClock, random::SystemRandom},
    personal_data::list,
};

use super::{SENTINELS, attachments, erase, erasure::verify_holds, found, full_of_words};
use crate::support::{Engine, TestApp, engines, new_database};

async fn open(config: Config, t: &TestApp) -> Arc<App> {
    App::open_with(config, Arc::new(ManualClock::at(t.app.now())), Arc::new(SystemRandom)).await.unwrap()
}

#[tokio::test]
async fn an_older_backup_forgets_again_what_was_erased_since() {
    // The list beside the data folder survived; or everything was lost but the folder of backups.
    for beside_data in [true, false] {
        let t = TestApp::start().await;
        let files = attachments(&t);
        let (gone, stays) = (full_of_words(&t).await, "另一件留下来的事");
        let kept = t.visitor().submit(t.point("食堂三楼"), &[("body", stays)]).await.expect(201).word("tracking_code");
        let backups = tempfile::tempdir().unwrap();
        let older = backups.path().join("monday.tar");
        backup(&t.app.config, &older).await.unwrap();
        erase(&t, &gone.number).await;
        if !beside_data {
            backup(&t.app.config, &backups.path().join("tuesday.tar")).await.unwrap();
        }

        let (place, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let mut config = Config::for_tests(place.path(), None);
        let path = outside.path().join("data.erased");
        if beside_data {
            std::fs::copy(list::path(&t.app.config), &path).unwrap();
        }
        config.erased_list = Some(path);
        restore(&config, &older).await.unwrap();
        let app = open(config, &t).await;
        let mut restored = t.over(app);
        restored.folder = place;
        assert_eq!(found(&restored, &SENTINELS).await, Vec::<String>::new());
        assert_eq!(attachments(&restored), files);
        restored.visitor().json().post("/track", &[("tracking_code", &gone.code)]).await.expect(404);
        restored.visitor().json().post("/track", &[("tracking_code", &kept)]).await.expect(200);
        verify_holds(&restored).await;
    }
}

#[tokio::test]
async fn an_older_dump_of_postgresql_forgets_again_too() {
    if !engines().contains(&Engine::Postgres) {
        return;
    }
    let t = TestApp::on(Engine::Postgres).await;
    let gone = full_of_words(&t).await;
    t.app.db.close().await;
    let name = t.app.config.database_url.rsplit('/').next().unwrap().to_string();
    let (older, _) = new_database(Some(&name)).await;
    let t = t.restart().await;
    erase(&t, &gone.number).await;
    let mut config = t.app.config.clone();
    config.database_url = older;
    let app = open(config, &t).await;
    let restored = t.over(app);
    assert_eq!(found(&restored, &SENTINELS).await, Vec::<String>::new());
    restored.visitor().json().post("/track", &[("tracking_code", &gone.code)]).await.expect(404);
}

#[tokio::test]
async fn a_list_that_was_lost_is_written_anew_from_the_database() {
    let t = TestApp::start().await;
    let gone = full_of_words(&t).await;
    erase(&t, &gone.number).await;
    let path = list::path(&t.app.config);
    let before = list::read(&path).unwrap();
    assert_eq!(before.len(), 1);
    std::fs::remove_file(&path).unwrap();
    let t = t.restart().await;
    assert_eq!(list::read(&path).unwrap(), before);
    drop(t);
}
