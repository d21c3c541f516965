//! The administrator's page of messages.

use huiyin::kernel::roles::Role;

use super::{ALL, look, named_case, sinks::Sink};
use crate::support::{TestApp, engines};

#[tokio::test]
async fn a_channel_is_made_changed_tried_and_put_out_of_use() {
    for engine in engines() {
        let sink = Sink::web().await;
        let t = TestApp::with(engine, |c| c.outgoing_loopback = true).await;
        t.clock.advance(chrono::TimeDelta::seconds(61));
        let admin = t.staff(Role::Admin).await;
        let address = sink.url();
        let mut fields =
            vec![("kind", "webhook"), ("name", "教务接口"), ("address", address.as_str()), ("secret", "short")];
        let refused = admin.post("/admin/notices/channels/new", &fields).await.expect(422).text();
        assert!(refused.contains("16") && refused.contains("教务接口"), "{refused}");
        fields[3].1 = "geheimnis-geheimnis";
        fields.push(("news.fresh", "1"));
        let made = admin.post("/admin/notices/channels/new", &fields).await.expect(303);
        let page = made.header("location").split('?').next().unwrap().to_string();

        // Address and secret are shown to nobody, and stand nowhere in the clear.
        for path in [page.as_str(), "/admin/notices"] {
            let html = admin.get(path).await.expect(200).text();
            assert!(html.contains("127.0.0.1") && !html.contains("geheim"), "{path}: {html}");
        }
        assert!(!t.dump().await.contains("geheim"));

        admin.post(&format!("{page}/test"), &[]).await.expect(303);
        assert_eq!(sink.got().len(), 1);
        assert!(admin.get(&page).await.text().contains("已送达"));

        // Two people change it: one is told.
        let version = admin.get(&page).await.input("version").unwrap();
        let change = [("name", "新名字"), ("version", version.as_str()), ("in_use", "1"), ("news.fresh", "1")];
        admin.post(&page, &change).await.expect(303);
        let late = [("name", "另一个名字"), ("version", version.as_str()), ("in_use", "1")];
        assert!(admin.post(&page, &late).await.expect(409).text().contains("另一个名字"));
        // The old address still holds.
        named_case(&t, "汤是凉的").await;
        assert_eq!(look(&t).await, 1, "{engine:?}");
        // Out of use, nothing goes out, also not what waits.
        named_case(&t, "又一件").await;
        t.clock.advance(super::minutes(6));
        huiyin::notify::gather::gather(&t.app).await.unwrap();
        let version = admin.get(&page).await.input("version").unwrap();
        admin.post(&page, &[("name", "新名字"), ("version", version.as_str())]).await.expect(303);
        assert_eq!(look(&t).await, 0);
        assert_eq!(sink.got().len(), 2);
        let actions = t.column("SELECT action FROM audit_log WHERE action LIKE 'notices.%' ORDER BY seq").await;
        assert_eq!(
            actions,
            ["notices.channel_added", "notices.channel_tried", "notices.channel_changed", "notices.channel_changed"]
        );
    }
}

#[tokio::test]
async fn settled_messages_are_forgotten_after_a_month() {
    for engine in engines() {
        let sink = Sink::web().await;
        let t = TestApp::with(engine, |c| c.outgoing_loopback = true).await;
        t.clock.advance(chrono::TimeDelta::seconds(61));
        let admin = t.staff(Role::Admin).await;
        let address = sink.url();
        let fields = [("kind", "wecom"), ("name", "群"), ("address", address.as_str())];
        let ticks: Vec<String> = ALL.iter().map(|n| format!("news.{n}")).collect();
        let fields: Vec<(&str, &str)> = fields.into_iter().chain(ticks.iter().map(|n| (n.as_str(), "1"))).collect();
        admin.post("/admin/notices/channels/new", &fields).await.expect(303);
        named_case(&t, "汤是凉的").await;
        assert_eq!(look(&t).await, 1);
        t.clock.advance(chrono::TimeDelta::days(29));
        huiyin::notify::deliveries::forget_old(&t.app).await.unwrap();
        assert_eq!(t.count("deliveries").await, 1, "{engine:?}");
        t.clock.advance(chrono::TimeDelta::days(2));
        huiyin::notify::deliveries::forget_old(&t.app).await.unwrap();
        assert_eq!(t.count("deliveries").await, 0);
    }
}
