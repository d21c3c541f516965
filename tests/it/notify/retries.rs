//! What does not arrive is tried again, and never lost.

use std::{sync::Arc, time::Duration};

use huiyin::{
    http::App,
    kernel::{random::SystemRandom, roles::Role},
    notify::{deliveries, gather, model::MOST_ATTEMPTS, send},
};

use super::{
    ALL, look, minutes, named_case, office,
    sinks::{Mood, Sink},
    states, wants_mail, with_mail,
};
use crate::support::{TestApp, engines};

#[tokio::test]
async fn a_server_that_can_not_now_is_asked_again_under_the_same_id() {
    for engine in engines() {
        let sink = Sink::mail().await;
        let t = TestApp::with(engine, |c| {
            super::mailing(c, &sink);
            c.outgoing_time = Duration::from_millis(400);
        })
        .await;
        t.clock.advance(minutes(1));
        wants_mail(&office(&t).await, "li@school.example", "soon", &ALL).await;
        named_case(&t, "汤是凉的").await;
        let moods = [
            (Mood::Says("451 greylisted"), "later"),
            (Mood::HangsUp, "broken"),
            (Mood::Silent, "slow"),
            (Mood::Takes, "sent"),
        ];
        let mut tries = 0;
        for (mood, outcome) in moods {
            sink.becomes(mood);
            assert_eq!(look(&t).await, usize::from(outcome == "sent"), "{outcome} on {engine:?}");
            tries += 1;
            assert_eq!(t.column("SELECT outcome FROM deliveries").await, [outcome]);
            assert_eq!(t.column("SELECT CAST(attempts AS TEXT) FROM deliveries").await, [tries.to_string()]);
            // Not again before its time.
            look(&t).await;
            assert_eq!(t.column("SELECT CAST(attempts AS TEXT) FROM deliveries").await, [tries.to_string()]);
            t.clock.advance(minutes(4));
        }
        let letters = sink.letters();
        assert_eq!(letters.len(), 1);
        let id = letters[0].field("X-Huiyin-Delivery");
        let kept = t.dump().await.to_lowercase().replace('-', "");
        assert!(kept.contains(&id), "the id of the row");
        assert!(letters[0].field("Message-ID").starts_with(&format!("<{id}@")));
    }
}

#[tokio::test]
async fn who_refuses_for_good_is_not_asked_again_until_somebody_looks() {
    for engine in engines() {
        let sink = Sink::mail().await;
        let t = with_mail(engine, &sink).await;
        wants_mail(&office(&t).await, "li@school.example", "soon", &ALL).await;
        named_case(&t, "汤是凉的").await;
        sink.becomes(Mood::Says("550 nobody here"));
        assert_eq!(look(&t).await, 0);
        assert_eq!(states(&t).await, ["dead"], "{engine:?}");
        assert_eq!(deliveries::count_dead(&mut t.app.db.read().await.unwrap()).await.unwrap(), 1);
        let admin = t.staff(Role::Admin).await;
        let page = admin.get("/admin/notices").await.expect(200).text();
        assert!(page.contains("对方拒收") && page.contains("李秀英") && page.contains("再试一次"), "{page}");
        let again =
            page.split("action=\"").filter_map(|s| s.split('"').next()).find(|a| a.ends_with("/again")).unwrap();
        t.clock.advance(minutes(60));
        assert_eq!(look(&t).await, 0, "not by itself");
        sink.becomes(Mood::Takes);
        admin.post(again, &[]).await.expect(303);
        admin.post(again, &[]).await.expect(404);
        assert_eq!(look(&t).await, 1);
        assert_eq!((sink.letters().len(), states(&t).await), (1, vec!["sent".to_string()]));

        // And the other way out.
        sink.becomes(Mood::Says("550 nobody here"));
        t.clock.advance(minutes(10));
        named_case(&t, "又一件").await;
        look(&t).await;
        let page = admin.get("/admin/notices").await.text();
        let drop =
            page.split("action=\"").filter_map(|s| s.split('"').next()).find(|a| a.ends_with("/give-up")).unwrap();
        admin.post(drop, &[]).await.expect(303);
        assert_eq!(states(&t).await, ["dropped", "sent"]);
        assert!(!admin.get("/admin/notices").await.text().contains("对方拒收"));
    }
}

#[tokio::test]
async fn after_many_tries_a_message_is_dead() {
    let sink = Sink::mail().await;
    let t = with_mail(engines()[0], &sink).await;
    wants_mail(&office(&t).await, "li@school.example", "soon", &ALL).await;
    named_case(&t, "汤是凉的").await;
    sink.becomes(Mood::Says("451 later"));
    for tries in 1..=MOST_ATTEMPTS {
        assert_ne!(states(&t).await, ["dead"], "after {tries} tries");
        look(&t).await;
        t.clock.advance(minutes(6 * 60));
    }
    assert_eq!(states(&t).await, ["dead"]);
}

#[tokio::test]
async fn a_program_that_dies_while_it_sends_sends_again_after_its_lease() {
    for engine in engines() {
        let sink = Sink::mail().await;
        let t = with_mail(engine, &sink).await;
        wants_mail(&office(&t).await, "li@school.example", "soon", &ALL).await;
        named_case(&t, "汤是凉的").await;
        gather::gather(&t.app).await.unwrap();
        // It waits for the server's greeting, and is killed.
        sink.becomes(Mood::Silent);
        let app = t.app.clone();
        let sender = tokio::spawn(async move { send::send_due(&app).await.map(drop) });
        while t.column("SELECT CAST(attempts AS TEXT) FROM deliveries").await != ["1"] {
            tokio::task::yield_now().await;
        }
        sender.abort();
        assert!(sender.await.unwrap_err().is_cancelled());
        let t = t.restart().await;
        sink.becomes(Mood::Takes);
        assert_eq!(look(&t).await, 0, "its lease runs on {engine:?}");
        t.clock.advance(minutes(3));
        assert_eq!(look(&t).await, 1);
        assert_eq!((sink.letters().len(), states(&t).await), (1, vec!["sent".to_string()]));
    }
}

#[tokio::test]
async fn several_instances_send_each_message_once() {
    for engine in engines() {
        let sink = Sink::mail().await;
        let t = with_mail(engine, &sink).await;
        let mut people = Vec::new();
        for login in t.demo.staff.iter().filter(|l| matches!(l.role, Role::Office | Role::Leader)) {
            let client = t.signed_in(login).await;
            wants_mail(&client, &format!("{}@school.example", login.username), "soon", &ALL).await;
            people.push(login.username.clone());
        }
        let canteen = t.signed_in(t.login(Role::Handler, Some("食堂"))).await;
        wants_mail(&canteen, "canteen@school.example", "soon", &ALL).await;
        let clock = Arc::new(t.clock.clone());
        let other = App::open_with(t.app.config.clone(), clock, Arc::new(SystemRandom)).await.unwrap();
        for round in 0..4 {
            crate::supervision::with_canteen(&t, "汤是凉的").await;
            t.clock.advance(minutes(61));
            let work = async |app: Arc<App>| {
                gather::gather(&app).await.unwrap();
                send::send_due(&app).await.unwrap()
            };
            let (one, two, three) = tokio::join!(work(t.app.clone()), work(other.clone()), work(other.clone()));
            let letters = sink.letters();
            let mut ids: Vec<String> = letters.iter().map(|l| l.field("X-Huiyin-Delivery")).collect();
            let mut to: Vec<String> = letters.iter().map(|l| l.field("To")).collect();
            let all = letters.len();
            assert_eq!(one + two + three, all);
            ids.sort_unstable();
            ids.dedup();
            to.sort_unstable();
            to.dedup();
            assert_eq!((ids.len(), to.len()), (all, all), "twice in round {round} on {engine:?}");
            assert!(all >= 2, "{to:?}");
        }
        other.db.close().await;
    }
}
