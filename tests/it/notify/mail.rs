//! E-mail to people of the staff.

use chrono::TimeDelta;
use huiyin::kernel::roles::Role;

use super::{
    ALL, WORDS, look, minutes, named_case, office,
    sinks::{Letter, Sink},
    wants_mail, with_mail,
};
use crate::{
    cases::story::OnCase,
    support::{TestApp, engines},
};

fn assert_nothing_of_a_case(t: &TestApp, letter: &Letter, numbers: &[String]) {
    let all = format!("{}\n{}\n{}", letter.raw, letter.subject, letter.text);
    for word in WORDS {
        assert!(!all.contains(word), "{word} in {all}");
    }
    for name in t.demo.staff.iter().map(|s| s.name.as_str()).chain(numbers.iter().map(String::as_str)) {
        assert!(!all.contains(name), "{name} in {all}");
    }
}

#[tokio::test]
async fn news_are_one_message_that_counts_cases_and_says_nothing_of_them() {
    for engine in engines() {
        let sink = Sink::mail().await;
        let t = with_mail(engine, &sink).await;
        let li = office(&t).await;
        wants_mail(&li, "lixiuying@school.example", "soon", &ALL).await;
        let numbers = [named_case(&t, "哨兵 SENTINEL 汤是凉的").await, named_case(&t, "第二件 SENTINEL").await];
        assert_eq!(look(&t).await, 1, "{engine:?}");
        let letters = sink.letters();
        assert_eq!(letters.len(), 1);
        let letter = &letters[0];
        assert_eq!(letter.subject, "回音：有 2 件有新的动态");
        assert!(letter.text.contains("请登录查看") && letter.text.contains("/desk/notices"), "{}", letter.text);
        assert!(letter.text.contains("/account/notices"), "the way out");
        assert_eq!(letter.field("To"), "lixiuying@school.example");
        assert_eq!(letter.field("Auto-Submitted"), "auto-generated");
        assert!(!letter.field("X-Huiyin-Delivery").is_empty());
        assert_nothing_of_a_case(&t, letter, &numbers);
        // Nothing is told twice.
        t.clock.advance(minutes(30));
        assert_eq!((look(&t).await, sink.letters().len()), (0, 0));
        // Nothing of a case and no address stand in what is kept, and no address on disk.
        let kept = t.dump().await;
        let section =
            |table: &str| kept.split("# ").find(|s| s.starts_with(&format!("{table}\n"))).unwrap().to_string();
        for word in WORDS {
            assert!(!section("deliveries").contains(word), "{word}");
        }
        assert!(!kept.contains("lixiuying@school.example"), "addresses are sealed");
        for file in t.files() {
            let bytes = std::fs::read(&file).unwrap();
            assert!(!bytes.windows(24).any(|w| w == b"lixiuying@school.example"), "{}", file.display());
        }
    }
}

#[tokio::test]
async fn at_most_one_message_in_five_minutes() {
    for engine in engines() {
        let sink = Sink::mail().await;
        let t = with_mail(engine, &sink).await;
        wants_mail(&office(&t).await, "li@school.example", "soon", &ALL).await;
        named_case(&t, "一").await;
        assert_eq!(look(&t).await, 1);
        let mut sent = 0;
        for at in 1..=4 {
            t.clock.advance(minutes(1));
            named_case(&t, "又一件").await;
            sent += look(&t).await;
            assert_eq!(sent, 0, "after {at} minutes on {engine:?}");
        }
        t.clock.advance(minutes(1));
        assert_eq!(look(&t).await, 1);
        let subjects: Vec<String> = sink.letters().into_iter().map(|l| l.subject).collect();
        assert_eq!(subjects, ["回音：有 1 件有新的动态", "回音：有 4 件有新的动态"]);
    }
}

#[tokio::test]
async fn people_hear_what_they_chose_and_what_they_have_not_read() {
    for engine in engines() {
        let sink = Sink::mail().await;
        let t = with_mail(engine, &sink).await;
        let li = office(&t).await;
        // Not wanted: new cases.
        wants_mail(&li, "li@school.example", "soon", &["due"]).await;
        named_case(&t, "一").await;
        assert_eq!(look(&t).await, 0, "{engine:?}");
        // Read on the page before it left.
        wants_mail(&li, "li@school.example", "soon", &ALL).await;
        named_case(&t, "二").await;
        li.post("/desk/notices", &[]).await.expect(303);
        assert_eq!(look(&t).await, 0);
        // Turned off, then on again: nothing of the time between comes at once.
        wants_mail(&li, "li@school.example", "off", &ALL).await;
        named_case(&t, "三").await;
        assert_eq!(look(&t).await, 0);
        wants_mail(&li, "li@school.example", "soon", &ALL).await;
        t.clock.advance(minutes(10));
        assert_eq!(look(&t).await, 0);
        // The address is taken away.
        wants_mail(&li, "", "soon", &ALL).await;
        named_case(&t, "四").await;
        assert_eq!((look(&t).await, sink.letters().len()), (0, 0));
        assert!(!t.dump().await.contains("li@school.example"));
    }
}

#[tokio::test]
async fn the_message_of_the_day_comes_in_the_morning() {
    for engine in engines() {
        let sink = Sink::mail().await;
        let t = with_mail(engine, &sink).await;
        let li = office(&t).await;
        wants_mail(&li, "li@school.example", "daily", &ALL).await;
        named_case(&t, "一").await;
        look(&t).await;
        sink.letters();
        t.clock.advance(minutes(1));
        named_case(&t, "二").await;
        t.clock.advance(minutes(60));
        named_case(&t, "三").await;
        assert_eq!(look(&t).await, 0, "{engine:?}");
        // From ten in the morning to half past seven.
        t.clock.set("2026-03-10T23:31:00Z".parse().unwrap());
        assert_eq!(look(&t).await, 1);
        assert_eq!(sink.letters()[0].subject, "回音：有 2 件有新的动态");
    }
}

#[tokio::test]
async fn the_ladder_and_orders_come_the_same_way() {
    for engine in engines() {
        let sink = Sink::mail().await;
        let t = with_mail(engine, &sink).await;
        let canteen = t.signed_in(t.login(Role::Handler, Some("食堂"))).await;
        wants_mail(&canteen, "canteen@school.example", "soon", &["due", "supervision"]).await;
        let number = crate::supervision::with_canteen(&t, "汤又是凉的").await;
        assert_eq!(look(&t).await, 0, "an assignment is not what they chose");
        t.clock.advance(TimeDelta::days(6));
        huiyin::supervision::ladder::climb(&t.app).await.unwrap();
        assert_eq!(look(&t).await, 1, "{engine:?}");
        let order = [
            ("cases", number.as_str()),
            ("level", "written"),
            ("basis", "哨兵依据"),
            ("demand", "哨兵要求"),
            ("due_on", "2026-03-25"),
        ];
        t.staff(Role::Leader).await.post("/desk/orders", &order).await.expect(303);
        t.clock.advance(minutes(5));
        assert_eq!(look(&t).await, 1);
        for letter in sink.letters() {
            assert_nothing_of_a_case(&t, &letter, std::slice::from_ref(&number));
        }
    }
}

#[tokio::test]
async fn who_is_recused_gets_no_message_not_even_one_on_its_way() {
    for engine in engines() {
        let sink = Sink::mail().await;
        let t = with_mail(engine, &sink).await;
        let canteen = t.signed_in(t.login(Role::Handler, Some("食堂"))).await;
        wants_mail(&canteen, "canteen@school.example", "soon", &ALL).await;
        let number = crate::supervision::with_canteen(&t, "汤是凉的").await;
        // The message is made, then somebody finds that it is about them.
        huiyin::notify::gather::gather(&t.app).await.unwrap();
        assert_eq!(t.count("deliveries").await, 1, "{engine:?}");
        let on_case = OnCase::new(office(&t).await, &number);
        let page = on_case.page().await.text();
        let who = page.split("value=\"department:").nth(1).unwrap().split('"').next().unwrap();
        let end = page.find(">食堂</option>").or_else(|| page.find("食堂</option>"));
        assert!(end.is_some());
        let department = on_case.page().await.text();
        let option = department
            .split("<option ")
            .find(|o| o.contains("department:") && o.contains("食堂"))
            .map(|o| o.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_string())
            .unwrap_or_else(|| format!("department:{who}"));
        on_case.act("recuse", &[("who", &option), ("recuse_reason", "说的就是他们")]).await.expect(303);
        assert_eq!((look(&t).await, sink.letters().len()), (0, 0));
        assert_eq!(super::states(&t).await, ["dropped"]);
        // What happens to the case later is not told either, and does not delay what is.
        t.clock.advance(minutes(6));
        crate::supervision::with_canteen(&t, "另一件").await;
        assert_eq!(look(&t).await, 1);
        assert_eq!(sink.letters()[0].subject, "回音：有 1 件有新的动态");
    }
}

#[tokio::test]
async fn what_anonymous_people_do_is_told_when_the_hour_is_over() {
    for engine in engines() {
        let sink = Sink::mail().await;
        let t = with_mail(engine, &sink).await;
        wants_mail(&office(&t).await, "li@school.example", "soon", &ALL).await;
        let lead = t.staff(Role::SafeguardingLead).await;
        wants_mail(&lead, "lead@school.example", "daily", &[]).await;
        t.clock.advance(TimeDelta::seconds(16 * 60 + 2));
        let exact = t.app.now();
        t.visitor().submit(t.point("食堂三楼"), &[("body", "汤是凉的")]).await.expect(201);
        let danger = [("body", "有人要打我"), ("danger", "1"), ("topic", "bullying")];
        t.visitor().submit(t.point("食堂三楼"), &danger).await.expect(201);
        let lane = t.column("SELECT lane FROM cases ORDER BY lane").await;
        assert_eq!(lane.len(), 2);
        assert_eq!(look(&t).await, 0, "{engine:?}");
        // Danger is told at the next five minutes, whatever the lead chose.
        t.clock.advance(TimeDelta::seconds(3 * 60));
        let told = look(&t).await;
        if lane.contains(&"safeguarding".to_string()) {
            assert_eq!((told, sink.letters()[0].field("To")), (1, "lead@school.example".to_string()));
        }
        t.clock.advance(minutes(38));
        assert_eq!(look(&t).await, 0, "one minute before the hour is over");
        t.clock.advance(minutes(2));
        assert!(look(&t).await >= 1);
        // And no row says more than the hour.
        let kept = t.dump().await;
        let deliveries = kept.split("# ").find(|s| s.starts_with("deliveries\n")).unwrap();
        for pattern in ["%H:%M:%S", "%Y-%m-%dT%H:%M"] {
            assert!(!deliveries.contains(&exact.format(pattern).to_string()), "{deliveries}");
        }
        for line in deliveries.lines().skip(1) {
            assert!(!line.contains(":20:"), "{line}");
        }
    }
}

#[tokio::test]
async fn a_try_goes_to_ones_own_address_at_once() {
    let sink = Sink::mail().await;
    let t = with_mail(engines()[0], &sink).await;
    let li = office(&t).await;
    assert!(li.post("/account/notices/test", &[]).await.expect(422).text().contains("请先填写并保存邮箱"));
    for wrong in ["nonsense", "a@b", "li@school.example\r\nBcc: x@example.cn"] {
        let refused = li.post("/account/notices", &[("email", wrong), ("pace", "soon")]).await.expect(422).text();
        assert!(refused.contains("邮箱地址不对") && refused.contains(wrong.lines().next().unwrap()), "{refused}");
    }
    wants_mail(&li, "li@school.example", "soon", &ALL).await;
    assert!(li.get("/account/notices").await.expect(200).text().contains("li@school.example"));
    let answer = li.post("/account/notices/test", &[]).await.expect(303);
    assert!(li.get(answer.header("location")).await.text().contains("请到邮箱里看看"));
    assert!(sink.letters()[0].text.contains("试发"));
    sink.becomes(super::sinks::Mood::Says("550 nobody here"));
    let answer = li.post("/account/notices/test", &[]).await.expect(303);
    assert!(li.get(answer.header("location")).await.text().contains("对方拒收"));
}
