//! Rates, conduct, departments, terms and papers: every number opens its cases and equals the files.

use chrono::TimeDelta;
use huiyin::kernel::roles::Role;

use crate::{
    callbacks::{answered, call},
    support::{Client, TestApp, engines},
};

const MARCH: &str = "from=2026-03-01&to=2026-03-31";

/// The links to cases in a page, each with its number.
fn numbers(page: &str) -> Vec<(String, usize)> {
    page.split("<a href=\"/desk/reports/cases?")
        .skip(1)
        .filter_map(|rest| {
            let href = format!("/desk/reports/cases?{}", rest.split('"').next()?.replace("&amp;", "&"));
            Some((href, rest.split('>').nth(1)?.split('<').next()?.parse().ok()?))
        })
        .collect()
}

/// How many cases the page and the file behind a number have.
async fn opened(client: &Client<'_>, href: &str) -> (usize, usize) {
    let page = client.get(href).await.expect(200).text();
    let csv = client.get(&format!("{href}&format=csv")).await.expect(200).text();
    (page.matches("<td class=\"title\">").count(), csv.trim_end().lines().count() - 1)
}

/// Judged by themself, judged on the phone, silent and asked, silent and never asked, copied answers among them.
async fn school(t: &TestApp) {
    // Each answer goes out at a time of its own: which one is the copy follows from the order.
    let later = || t.clock.advance(TimeDelta::minutes(1));
    let (_, own) = answered(t, "named").await;
    later();
    let (phone, _) = answered(t, "named").await;
    later();
    let (tried, _) = answered(t, "named").await;
    later();
    answered(t, "anonymous").await;
    t.visitor().submit(t.point("食堂三楼"), &[("body", "还没办")]).await.expect(201);
    let yes = [
        ("tracking_code", own.as_str()),
        ("action", "rate"),
        ("contacted", "yes"),
        ("solved", "yes"),
        ("satisfied", "no"),
    ];
    t.visitor().json().post("/track", &yes).await.expect(200);
    t.clock.advance(TimeDelta::days(8));
    let office = t.staff(Role::Office).await;
    let no = [("outcome", "reached"), ("contacted", "no"), ("solved", "no"), ("satisfied", "no")];
    call(&office, &phone, &no).await.expect(303);
    call(&office, &tried, &[("outcome", "no_answer")]).await.expect(303);
}

#[tokio::test]
async fn rates_have_numerators_denominators_and_silence_and_open_their_cases() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        school(&t).await;
        let leader = t.staff(Role::Leader).await;
        for by in ["department", "topic", "channel", "term"] {
            let page = leader.get(&format!("/desk/reports/rates?{MARCH}&by={by}")).await.expect(200).text();
            let links = numbers(&page);
            assert!(links.len() >= 6, "{by}: {page}");
            for (href, number) in links {
                assert_eq!(opened(&leader, &href).await, (number, number), "{by}: {href}");
            }
        }
        // Received, answered, judged, contacted, solved, satisfied, due, on time, silent. "Not solved" is open again.
        let csv = leader.get(&format!("/desk/reports/rates?{MARCH}&format=csv")).await.expect(200).text();
        assert_eq!(csv.lines().nth(1).unwrap(), r#""全部","5","3","2","1","1","0","4","3","2""#, "{engine:?}");
        let phone =
            leader.get(&format!("/desk/reports/rates?{MARCH}&source=phone&format=csv")).await.expect(200).text();
        assert!(phone.lines().nth(1).unwrap().starts_with(r#""全部","4","2","1","0","0","0""#), "{phone}");
    }
}

#[tokio::test]
async fn conduct_shows_what_makes_rates_look_better_than_they_are() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        school(&t).await;
        let office = t.staff(Role::Office).await;
        let page = office.get(&format!("/desk/reports/conduct?{MARCH}")).await.expect(200).text();
        for (href, number) in numbers(&page) {
            assert_eq!(opened(&office, &href).await, (number, number), "{href}");
        }
        let csv = office.get(&format!("/desk/reports/conduct?{MARCH}&format=csv")).await.expect(200).text();
        let canteen = csv.lines().find(|l| l.starts_with("\"食堂\"")).unwrap();
        // No contact, transferred, returned, upheld, topic, merged, reopened, short, same, asked, askable: the answers are short, all
        // but the first are copies, the one that came back is the canteen's; one of two silent ones was asked.
        assert_eq!(canteen, r#""食堂","0","0","0","0","0","0","1","3","2","1","2""#);
        let long = office.get(&format!("/desk/reports/conduct?{MARCH}&short=3&format=csv")).await.expect(200).text();
        assert!(long.lines().nth(1).unwrap().contains(r#""0","3","#), "nothing is short now: {long}");
    }
}

#[tokio::test]
async fn leaders_compare_their_departments_by_the_schools_own_terms() {
    let t = TestApp::start().await;
    school(&t).await;
    let (office, leader) = (t.staff(Role::Office).await, t.staff(Role::Leader).await);
    let term = [("name", "春季学期"), ("first_day", "2026-03-01"), ("last_day", "2026-07-10")];
    office.post("/desk/reports/terms", &term).await.expect(303);
    let again = [("name", "夏季学期"), ("first_day", "2026-07-01"), ("last_day", "2026-08-10")];
    assert!(office.post("/desk/reports/terms", &again).await.expect(422).text().contains("夏季学期"));
    leader.post("/desk/reports/terms", &again).await.expect(404);
    let page = leader.get("/desk/reports/departments").await.expect(200).text();
    assert!(page.contains("春季学期"), "{page}");
    for (href, number) in numbers(&page) {
        assert_eq!(opened(&leader, &href).await.1, number, "{href}");
    }
    let list = office.get("/desk/reports/terms").await.expect(200).text();
    let id: String =
        list.split("/desk/reports/terms/").nth(1).unwrap().chars().take_while(char::is_ascii_hexdigit).collect();
    office.post(&format!("/desk/reports/terms/{id}/remove"), &[]).await.expect(303);
    office.post(&format!("/desk/reports/terms/{id}/remove"), &[]).await.expect(404);
}

#[tokio::test]
async fn an_issued_report_never_changes_and_its_public_version_tells_no_small_number() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        school(&t).await;
        let office = t.staff(Role::Office).await;
        let begin = [("title", "三月意见办理情况报告"), ("from", "2026-03-01"), ("to", "2026-03-31")];
        let path = office.post("/desk/reports/term", &begin).await.expect(303).header("location").to_string();
        let version = office.get(&path).await.expect(200).input("version").unwrap();
        let texts = |version: &str, words: &str, what: &str| {
            [
                ("version", version.to_string()),
                ("title", "三月意见办理情况报告".to_string()),
                ("problems", words.to_string()),
                ("do", what.to_string()),
            ]
        };
        let post = async |version: &str, words: &str, what: &str| {
            let form = texts(version, words, what);
            let form: Vec<(&str, &str)> = form.iter().map(|(k, v)| (*k, v.as_str())).collect();
            office.post(&path, &form).await
        };
        post(&version, "汤凉的反映最多。\n已换保温台 & <测温>。", "save").await.expect(303);
        let late = post(&version, "第二个人写的典型问题", "save").await.expect(409).text();
        assert!(late.contains("第二个人写的典型问题"), "nothing typed is lost");
        let version = office.get(&path).await.expect(200).input("version").unwrap();
        post(&version, "汤凉的反映最多。\n已换保温台 & <测温>。", "issue").await.expect(303);
        let before = office.get(&path).await.expect(200).text();
        assert!(before.contains("共收到 5 件") && !before.contains("name=\"version\""), "{before}");
        t.visitor().submit(t.point("食堂三楼"), &[("body", "后来的")]).await.expect(201);
        assert!(office.get(&path).await.expect(200).text().contains("共收到 5 件"), "frozen");
        post("3", "改一改", "save").await.expect(409);
        assert!(!before.contains("校验不符"));
        t.execute("UPDATE term_reports SET texts = REPLACE(texts, '最多', '最少')").await;
        assert!(
            office.get(&path).await.expect(200).text().contains("校验不符"),
            "the hash finds what was changed behind it"
        );

        let public = office.get(&format!("{path}/print?public=1")).await.expect(200).text();
        let inner = office.get(&format!("{path}/print")).await.expect(200).text();
        assert!(inner.contains("食堂") && inner.contains("（"), "{inner}");
        // Five came, three were answered: told would be "the rest is two".
        assert!(public.contains("不足 5 件") || public.contains("—"), "{public}");
        assert!(!public.contains("各部门") && !public.contains("解决率"), "{public}");
        let docx = office.get(&format!("{path}?format=docx")).await.expect(200);
        assert!(docx.body.starts_with(b"PK") && docx.body.len() > 1_000);
        let csv = office.get(&format!("{path}?format=csv")).await.expect(200).text();
        assert!(csv.contains("\"食堂\""), "{csv}");
        office.get(&format!("{path}?format=exe")).await.expect(404);
        let elsewhere = t.another_school(&[Role::Office]).await;
        t.signed_in(&elsewhere[0]).await.get(&path).await.expect(404);
    }
}
