//! A submitter leaves an address to hear that there is an answer.

use huiyin::{kernel::roles::Role, notify::submitters};

use super::{
    WORDS, look, minutes,
    sinks::{Letter, Sink},
    with_mail,
};
use crate::{
    cases::story::OnCase,
    support::{Reply, TestApp, engines},
};

const ADDRESS: &str = "mutter@example.org";

async fn track(t: &TestApp, code: &str, fields: &[(&str, &str)]) -> Reply {
    t.visitor().post("/track", &[&[("tracking_code", code)], fields].concat()).await
}

fn link(letter: &Letter) -> String {
    let text = letter.text.replace("\r\n", "\n");
    let start = text.find("http://127.0.0.1:3000/mail/").unwrap_or_else(|| panic!("no link in {text}"));
    let end = text[start..].find('\n').unwrap();
    text[start..start + end].trim_start_matches("http://127.0.0.1:3000").to_string()
}

async fn answered(t: &TestApp, number: &str) {
    let office = OnCase::new(t.staff(Role::Office).await, number);
    office.act("let-out", &[("reply", "哨兵答复，汤已经热了"), ("outcome", "")]).await.expect(303);
}

#[tokio::test]
async fn who_confirms_hears_that_there_is_an_answer_and_nothing_more() {
    for engine in engines() {
        let sink = Sink::mail().await;
        let t = with_mail(engine, &sink).await;
        let receipt = t.visitor().submit(t.point("食堂三楼"), &[("body", "哨兵 SENTINEL 汤是凉的")]).await.expect(201);
        let (number, code) = (receipt.word("case_number"), receipt.word("tracking_code"));
        let page = track(&t, &code, &[]).await.expect(200).text();
        assert!(page.contains("有答复时发邮件告诉我") && page.contains("您选择了匿名"), "{page}");
        track(&t, &code, &[("action", "mail"), ("email", "nonsense")]).await.expect(422);
        let page = track(&t, &code, &[("action", "mail"), ("email", ADDRESS)]).await.expect(200).text();
        assert!(page.contains("确认信已经发出"));

        // Before the link was opened nothing but the question is sent.
        assert_eq!(look(&t).await, 1, "{engine:?}");
        let question = sink.letters().remove(0);
        assert_eq!(question.field("To"), ADDRESS);
        let here = link(&question);
        let visitor = t.visitor();
        let before = t.dump().await;
        assert!(visitor.get(&here).await.expect(200).text().contains("确认"));
        assert_eq!(t.dump().await, before, "opening a link changes nothing");
        visitor.post(&here, &[("action", "confirm")]).await.expect(200);
        assert!(track(&t, &code, &[]).await.text().contains("有新的进展时，我们会发邮件告诉您"));

        answered(&t, &number).await;
        assert_eq!(look(&t).await, 1);
        let news = sink.letters().remove(0);
        assert_eq!(news.subject, "回音：您的来件有新的进展");
        assert!(news.text.contains("http://127.0.0.1:3000/track") && link(&news) == here);
        assert_eq!(news.field("List-Unsubscribe"), format!("<http://127.0.0.1:3000{here}>"));
        let codes = [number.clone(), code.clone(), code.replace('-', "")];
        for letter in [&question, &news] {
            let all = format!("{}{}{}", letter.raw, letter.subject, letter.text);
            for word in WORDS.iter().map(ToString::to_string).chain(codes.clone()) {
                assert!(!all.contains(&word), "{word} in {all}");
            }
        }
        // The staff does not see it, and it stands nowhere in the clear.
        let office = t.staff(Role::Office).await;
        let admin = t.staff(Role::Admin).await;
        let pages = [
            office.get(&format!("/desk/cases/{number}")).await.text(),
            admin.get("/admin/notices").await.text(),
            t.dump().await,
        ];
        assert!(pages.iter().all(|p| !p.contains("mutter")), "{engine:?}");
        for file in t.files() {
            let bytes = std::fs::read(&file).unwrap();
            assert!(!bytes.windows(ADDRESS.len()).any(|w| w == ADDRESS.as_bytes()), "{}", file.display());
        }
        // What a mail program presses by itself ends it.
        visitor.post(&here, &[("List-Unsubscribe", "One-Click")]).await.expect(200);
        assert_eq!(t.count("submitter_mails").await, 0);
        visitor.get(&here).await.expect(404);
        visitor.post(&here, &[("action", "confirm")]).await.expect(404);
    }
}

#[tokio::test]
async fn a_submitter_takes_the_address_away_with_the_code_and_what_is_on_its_way_with_it() {
    for engine in engines() {
        let sink = Sink::mail().await;
        let t = with_mail(engine, &sink).await;
        let receipt = t.visitor().submit(t.point("食堂三楼"), &[("body", "汤是凉的")]).await.expect(201);
        let code = receipt.word("tracking_code");
        track(&t, &code, &[("action", "mail"), ("email", ADDRESS)]).await.expect(200);
        assert_eq!((t.count("submitter_mails").await, t.count("deliveries").await), (1, 1), "{engine:?}");
        track(&t, &code, &[("action", "mail-stop")]).await.expect(200);
        assert_eq!((t.count("submitter_mails").await, t.count("deliveries").await), (0, 0));
        assert_eq!((look(&t).await, sink.letters().len()), (0, 0));
    }
}

#[tokio::test]
async fn anonymous_students_are_not_asked_and_others_say_that_they_may() {
    let sink = Sink::mail().await;
    let t = with_mail(engines()[0], &sink).await;
    let asked = "有答复时发邮件告诉我";
    let submit = async |fields: &[(&str, &str)]| {
        t.visitor().submit(t.point("食堂三楼"), fields).await.expect(201).word("tracking_code")
    };
    let child = submit(&[("role", "student"), ("body", "一")]).await;
    assert!(!track(&t, &child, &[]).await.text().contains(asked));
    track(&t, &child, &[("action", "mail"), ("email", ADDRESS)]).await.expect(400);
    let sealed = submit(&[("role", "student"), ("identity", "sealed"), ("body", "二")]).await;
    assert!(track(&t, &sealed, &[]).await.text().contains("家长同意"));
    track(&t, &sealed, &[("action", "mail"), ("email", ADDRESS)]).await.expect(422);
    track(&t, &sealed, &[("action", "mail"), ("email", ADDRESS), ("guardian", "1")]).await.expect(200);
    let named = submit(&[("identity", "named"), ("body", "三")]).await;
    let page = track(&t, &named, &[]).await.text();
    assert!(page.contains(asked) && !page.contains("您选择了匿名"));
    // The receipt asks too, without putting the code into an address.
    let form = [("idempotency_key", "receipt-0001"), ("role", "parent"), ("identity", "anonymous"), ("body", "四")];
    let receipt = t.visitor().post(&format!("/q/{}", t.point("食堂三楼")), &form).await.expect(201).text();
    assert!(receipt.contains(asked) && receipt.contains("您选择了匿名"));
    // Without a mail server nobody is asked.
    let t = TestApp::start().await;
    let receipt = t.visitor().submit(t.point("食堂三楼"), &[("body", "汤是凉的")]).await.expect(201);
    assert!(!track(&t, &receipt.word("tracking_code"), &[]).await.text().contains(asked));
}

#[tokio::test]
async fn nobody_is_pestered_with_confirmations() {
    for engine in engines() {
        let sink = Sink::mail().await;
        let t = with_mail(engine, &sink).await;
        let receipt = t.visitor().submit(t.point("食堂三楼"), &[("body", "汤是凉的")]).await.expect(201);
        let code = receipt.word("tracking_code");
        for (address, status) in [("a@example.org", 200), ("b@example.org", 200), (ADDRESS, 200), (ADDRESS, 422)] {
            track(&t, &code, &[("action", "mail"), ("email", address)]).await.expect(status);
        }
        assert_eq!(t.count("submitter_mails").await, 1, "the last one holds on {engine:?}");
        for n in 0..5 {
            let from = t.visitor().submit(t.point("食堂三楼"), &[("body", "又一件")]).await.expect(201);
            let expected = if n < 4 { 200 } else { 422 };
            track(&t, &from.word("tracking_code"), &[("action", "mail"), ("email", ADDRESS)]).await.expect(expected);
        }
    }
}

#[tokio::test]
async fn addresses_are_forgotten_when_the_case_is_over() {
    for engine in engines() {
        let sink = Sink::mail().await;
        let t = with_mail(engine, &sink).await;
        let mut codes = Vec::new();
        for body in ["一", "二"] {
            let receipt = t.visitor().submit(t.point("食堂三楼"), &[("body", body)]).await.expect(201);
            let code = receipt.word("tracking_code");
            track(&t, &code, &[("action", "mail"), ("email", ADDRESS)]).await.expect(200);
            codes.push(code);
        }
        look(&t).await;
        let letters = sink.letters();
        t.visitor().post(&link(&letters[0]), &[("action", "confirm")]).await.expect(200);
        t.clock.advance(minutes(60 * 50));
        submitters::forget_old(&t.app).await.unwrap();
        assert_eq!(t.count("submitter_mails").await, 1, "the one that was not confirmed is gone on {engine:?}");
        t.clock.advance(minutes(60 * 24 * 40));
        submitters::forget_old(&t.app).await.unwrap();
        assert_eq!(t.count("submitter_mails").await, 1, "its case is open");
        for code in &codes {
            track(&t, code, &[("action", "withdraw")]).await.expect(200);
        }
        t.clock.advance(minutes(60 * 24 * 29));
        submitters::forget_old(&t.app).await.unwrap();
        assert_eq!(t.count("submitter_mails").await, 1);
        t.clock.advance(minutes(60 * 24 * 2));
        submitters::forget_old(&t.app).await.unwrap();
        assert_eq!(t.count("submitter_mails").await, 0);
    }
}

#[tokio::test]
async fn who_left_an_address_hears_that_it_was_passed_on_without_a_word_of_it() {
    for engine in engines() {
        let sink = Sink::mail().await;
        let t = with_mail(engine, &sink).await;
        let receipt =
            t.visitor().submit(t.point("食堂三楼"), &[("body", "哨兵 SENTINEL 学区怎么划")]).await.expect(201);
        let (number, code) = (receipt.word("case_number"), receipt.word("tracking_code"));
        track(&t, &code, &[("action", "mail"), ("email", ADDRESS)]).await.expect(200);
        assert_eq!(look(&t).await, 1, "{engine:?}");
        let here = link(&sink.letters().remove(0));
        t.visitor().post(&here, &[("action", "confirm")]).await.expect(200);
        let office = OnCase::new(t.staff(Role::Office).await, &number);
        let to = [
            ("transfer_to", "哨兵教育局"),
            ("transfer_contact", "0991-2810000"),
            ("transfer_reason", "哨兵：学区由区里定"),
            ("transfer_summary", "哨兵：请答复家长"),
        ];
        office.act("transfer", &to).await.expect(303);
        assert_eq!(look(&t).await, 1, "{engine:?}");
        let letters = sink.letters();
        assert_eq!(letters.len(), 1, "one letter: {engine:?}");
        let news = &letters[0];
        assert_eq!((news.field("To").as_ref(), news.subject.as_str()), (ADDRESS, "回音：您的来件有新的进展"));
        assert!(news.text.contains("http://127.0.0.1:3000/track") && link(news) == here);
        let all = format!("{}{}{}", news.raw, news.subject, news.text);
        let words = ["哨兵", "SENTINEL", "0991-2810000", "教育局", number.as_str(), code.as_str()];
        assert!(words.iter().all(|word| !all.contains(word)), "{all}");
        assert_eq!(look(&t).await, 0, "once: {engine:?}");
        assert!(track(&t, &code, &[]).await.text().contains("哨兵教育局"), "the page says to whom");
    }
}
