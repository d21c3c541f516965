//! Scheduled reports.

use huiyin::{kernel::roles::Role, notify::reports};

use super::{ALL, WORDS, look, minutes, named_case, office, sinks::Sink, wants_mail, with_mail};
use crate::support::{TestApp, engines};

async fn choose(t: &TestApp, rhythm: &str) {
    let admin = t.staff(Role::Admin).await;
    let page = admin.get("/admin/notices").await.expect(200).text();
    let field = page.split("name=\"report.").nth(1).unwrap().split('"').next().unwrap().to_string();
    let fields: Vec<(String, &str)> = page
        .split("name=\"report.")
        .skip(1)
        .map(|s| (format!("report.{}", s.split('"').next().unwrap()), rhythm))
        .collect();
    assert!(!field.is_empty() && fields.len() >= 4);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), *v)).collect();
    admin.post("/admin/notices/reports", &fields).await.expect(303);
}

#[tokio::test]
async fn chosen_people_get_the_numbers_of_the_week_once() {
    for engine in engines() {
        let sink = Sink::mail().await;
        let t = with_mail(engine, &sink).await;
        wants_mail(&office(&t).await, "li@school.example", "off", &ALL).await;
        choose(&t, "weekly").await;
        // Tuesday: the week before had nothing.
        reports::make_due(&t.app).await.unwrap();
        assert_eq!(look(&t).await, 1, "{engine:?}");
        let first = sink.letters().remove(0);
        assert_eq!(first.subject, "回音：2026-03-02 至 2026-03-08 汇总");
        assert!(
            first.text.contains("收到：少于 5 件")
                && first.text.contains("/desk/reports?from=2026-03-02&to=2026-03-08")
        );
        let mut numbers = Vec::new();
        for n in 0..12 {
            numbers.push(named_case(&t, &format!("哨兵第 {n} 件 SENTINEL")).await);
        }
        t.clock.advance(minutes(60 * 24 * 5));
        reports::make_due(&t.app).await.unwrap();
        assert_eq!(look(&t).await, 0, "the week is not over");
        // Monday at seven it is too early, at eight it is time; once, however often it is asked.
        t.clock.set("2026-03-15T23:00:00Z".parse().unwrap());
        reports::make_due(&t.app).await.unwrap();
        assert_eq!(look(&t).await, 0);
        t.clock.set("2026-03-16T00:00:00Z".parse().unwrap());
        for _ in 0..3 {
            let (one, two) = tokio::join!(reports::make_due(&t.app), reports::make_due(&t.app));
            one.and(two).unwrap();
        }
        assert_eq!(look(&t).await, 1);
        let letter = sink.letters().remove(0);
        assert!(letter.text.contains("收到：12") && letter.text.contains("其中已答复：少于 5 件"), "{}", letter.text);
        assert!(letter.text.contains("其中还在办：至少 8 件"), "{}", letter.text);
        let all = format!("{}{}{}", letter.raw, letter.subject, letter.text);
        for word in WORDS.iter().map(ToString::to_string).chain(numbers) {
            assert!(!all.contains(&word), "{word} in {all}");
        }
        choose(&t, "").await;
        t.clock.advance(minutes(60 * 24 * 7));
        reports::make_due(&t.app).await.unwrap();
        assert_eq!(look(&t).await, 0, "nobody any more");
    }
}
