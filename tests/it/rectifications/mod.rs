//! Rectifications: from a case or a finding to a second look, and who knows of them.

mod files;
mod withdrawn;

use chrono::TimeDelta;
use huiyin::kernel::roles::Role;

use crate::{
    cases::story::OnCase,
    representatives::{drawn, representative, waiting},
    supervision::with_canteen,
    support::{Client, Multipart, Reply, TestApp, engines, key},
};

/// The name of a submitter, which staff may write by mistake and representatives may never read.
const NAME: &str = "哨兵姓名";
const PHONE: &str = "13912345678";
const TEXT: &str = "哨兵原文六二零三";

fn photo() -> Vec<u8> {
    std::fs::read("end2end/fixtures/canteen.jpg").unwrap()
}

/// The id of a department in a form.
async fn department(client: &Client<'_>, form: &str, name: &str) -> String {
    let page = client.get(form).await.expect(200).text();
    let end = page.find(&format!(">{name}</option>")).unwrap_or_else(|| panic!("no {name} in {page}"));
    page[..end].rsplit("value=\"").next().unwrap().split('"').next().unwrap().to_string()
}

/// A form that makes one, with a photo before.
fn form(source: (&str, &str), department: &str, changes: &[(&str, &str)]) -> Multipart {
    let mut fields = vec![
        source,
        ("department", department),
        ("measure", "给三楼汤桶换保温盖"),
        ("due_on", "2026-03-20"),
        ("planned", "1,280.5"),
    ];
    fields.retain(|(name, _)| !changes.iter().any(|(n, _)| n == name));
    fields.extend(changes);
    let key = key();
    if !fields.iter().any(|(n, _)| *n == "idempotency_key") {
        fields.push(("idempotency_key", &key));
    }
    Multipart::new().texts(&fields)
}

/// One is made from a case for the canteen, with a photo before; its address.
pub async fn made(client: &Client<'_>, number: &str) -> String {
    let new = format!("/desk/rectifications/new?case={number}");
    let canteen = department(client, &new, "食堂").await;
    let form = form(("case", number), &canteen, &[]).file("photos", "x.jpg", "image/jpeg", &photo());
    client.post_multipart("/desk/rectifications/new", form).await.expect(303).header("location").to_string()
}

/// It is reported done as the page offers it now.
async fn report(client: &Client<'_>, address: &str, words: &str) -> Reply {
    let version = client.get(address).await.expect(200).input("version").unwrap_or_default();
    let form = Multipart::new().texts(&[("version", &version), ("report", words), ("actual", "1199")]).file(
        "photos",
        "y.jpg",
        "image/jpeg",
        &photo(),
    );
    client.post_multipart(&format!("{address}/report"), form).await
}

fn photos(html: &str) -> Vec<String> {
    let sources = html.split("<img src=\"").skip(1).map(|r| r.split('"').next().unwrap().to_string());
    sources.filter(|src| src.contains("/photos/")).collect()
}

#[tokio::test]
async fn something_is_put_in_order_looked_at_and_put_in_order_again() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        let fields = [("identity", "named"), ("contact_name", NAME), ("contact", PHONE), ("body", TEXT)];
        let receipt = t.visitor().submit(t.point("食堂三楼"), &fields).await.expect(201);
        let (number, code) = (receipt.word("case_number"), receipt.word("tracking_code"));
        let case = OnCase::new(office.clone(), &number);
        let canteen = case.department("食堂").await;
        case.act("assign", &[("department", &canteen), ("instruction", "")]).await.expect(303);
        let one = made(&office, &number).await;

        // Who has it knows, finds it in the list and on the page of the case; nobody else does.
        let handler = t.signed_in(t.login(Role::Handler, Some("食堂"))).await;
        for path in ["/desk/rectifications", &format!("/desk/cases/{number}"), &one] {
            let page = handler.get(path).await.expect(200).text();
            assert!(page.contains("给三楼汤桶换保温盖"), "{path} on {engine:?}: {page}");
        }
        let page = handler.get(&one).await.text();
        assert!(page.contains("1280.50 元") && page.contains("整改前") && photos(&page).len() == 1, "{page}");
        assert!(handler.get("/desk/notices").await.text().contains("下达整改"));
        let stranger = t.signed_in(t.login(Role::Handler, Some("总务处"))).await;
        stranger.get(&one).await.expect(404);
        stranger.get(&photos(&page)[0]).await.expect(404);
        assert!(!stranger.get("/desk/rectifications").await.text().contains("保温盖"));

        // Done is what a photo shows; who saw an older page is told.
        let version = handler.get(&one).await.input("version").unwrap();
        let without = [("version", version.as_str()), ("report", "换好了")];
        handler.post(&format!("{one}/report"), &without).await.expect(422);
        report(&handler, &one, &format!("{NAME}说得对，盖子换好了")).await.expect(303);
        let again = Multipart::new().texts(&[("version", &version), ("report", "我也换了")]);
        let again = again.file("photos", "y.jpg", "image/jpeg", &photo());
        let answer = handler.post_multipart(&format!("{one}/report"), again).await.expect(409).text();
        assert!(answer.contains("我也换了") || answer.contains("刚刚"), "{answer}");
        assert!(office.get("/desk/notices").await.text().contains("整改报完成"));
        let at_work = OnCase::new(handler.clone(), &number);
        at_work.act("hand-in", &[("reply", "已换盖子")]).await.expect(303);
        case.act("let-out", &[("reply", "已换盖子")]).await.expect(303);

        // A representative looks, and learns nothing of who wrote.
        drawn(&office, "阿依古丽", "10").await;
        let aygul = representative(&t, "aygul").await;
        let mut look = String::new();
        for path in waiting(&aygul).await {
            if aygul.get(&path).await.expect(200).text().contains("保温盖") {
                look = path;
            }
        }
        let page = aygul.get(&look).await.expect(200).text();
        assert!(page.contains("整改前") && page.contains("整改后") && page.contains("盖子换好了"), "{page}");
        assert_eq!(photos(&page).len(), 2);
        for src in photos(&page) {
            assert_eq!(aygul.get(&src).await.expect(200).header("content-type"), "image/jpeg");
            representative(&t, "songjiaming").await.get(&src).await.expect(404);
        }
        assert!(!page.contains(&number), "nor the number, by which they could be asked for: {page}");
        for page in [page, aygul.get("/rep").await.text()] {
            for secret in [NAME, PHONE, TEXT, "1199", "1280"] {
                assert!(!page.contains(secret), "{secret} on {engine:?}: {page}");
            }
        }
        aygul.post(&look, &[("result", "not_fixed"), ("comment", "盖子关不严")]).await.expect(303);

        // It is to be done again, and the case is back with the office.
        let page = handler.get(&one).await.expect(200).text();
        assert!(page.contains("复查未整改") && page.contains("盖子关不严"), "{page}");
        let case_page = office.get(&format!("/desk/cases/{number}")).await.expect(200).text();
        for words in ["代表回头看：没有解决", "重办", "整改报完成", "下达整改"] {
            assert!(case_page.contains(words), "{words} on {engine:?}: {case_page}");
        }
        assert!(t.column("SELECT state FROM cases").await.contains(&"reopened".to_string()));
        t.clock.advance(TimeDelta::hours(1));
        report(&office, &one, "又换了一批盖子").await.expect(303);
        drawn(&office, "阿依古丽", "10").await;
        let look = waiting(&aygul).await.remove(0);
        let page = aygul.get(&look).await.expect(200).text();
        assert!(page.contains("又换了一批盖子") && photos(&page).len() == 2, "the photos of this report: {page}");
        aygul.post(&look, &[("result", "fixed"), ("comment", "")]).await.expect(303);
        assert!(handler.get(&one).await.text().contains("复查已整改"));
        aygul.post(&look, &[("result", "not_fixed"), ("comment", "改主意")]).await.expect(409);

        // The submitter is told that it was looked at, not what it cost or who has it.
        let track = t.visitor().post("/track", &[("tracking_code", &code)]).await.expect(200).text();
        assert!(!track.contains("保温盖") && !track.contains("下达整改"), "{track}");
        // Photos are swept by nobody.
        t.clock.advance(TimeDelta::days(3));
        huiyin::attachments::staged::forget_old(&t.app).await.unwrap();
        huiyin::attachments::actions::sweep(&t.app).await.unwrap();
        let office = t.staff(Role::Office).await;
        for src in photos(&office.get(&one).await.text()) {
            office.get(&src).await.expect(200);
        }
    }
}

#[tokio::test]
async fn a_draw_of_cases_and_rectifications_can_be_made_again() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        for _ in 0..3 {
            crate::representatives::answered(&t, "食堂三楼", &[]).await;
            let number = with_canteen(&t, "汤是凉的").await;
            let one = made(&office, &number).await;
            report(&office, &one, "换好了").await.expect(303);
        }
        let draw = drawn(&office, "阿依古丽", "4").await;
        let json = office.get(&format!("{draw}?format=json")).await.expect(200).json();
        assert_eq!(json["equal"], true, "{engine:?}");
        assert_eq!(json["population"].as_array().unwrap().len(), 6);
        assert_eq!(json["recorded"], json["drawn_again"]);
        let page = office.get(&draw).await.expect(200).text();
        assert!(page.contains("一致：") && page.contains("/desk/rectifications/"), "{page}");
        // Somebody puts a rectification in place of another behind the program's back.
        t.execute(
            "UPDATE rechecks SET case_id = NULL, rectification_id = (SELECT p.rectification_id FROM draw_population p
             WHERE p.rectification_id IS NOT NULL ORDER BY p.rectification_id LIMIT 1)",
        )
        .await;
        assert!(office.get(&draw).await.text().contains("不一致"), "{engine:?}");
    }
}

#[tokio::test]
async fn who_is_recused_finds_no_trace() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let logins: Vec<_> = t.demo.staff.iter().filter(|l| l.role == Role::Office).collect();
        let (first, second) = (t.signed_in(logins[0]).await, t.signed_in(logins[1]).await);
        let handler = t.signed_in(t.login(Role::Handler, Some("食堂"))).await;
        let shape = |html: String| html.split("id=\"main\"").nth(1).unwrap().to_string();
        let empty = [
            shape(second.get("/desk/rectifications").await.text()),
            shape(handler.get("/desk/rectifications").await.text()),
        ];
        let number = with_canteen(&t, "汤是凉的").await;
        let one = made(&first, &number).await;
        report(&first, &one, "换好了").await.expect(303);
        let draw = drawn(&first, "阿依古丽", "3").await;
        let src = photos(&first.get(&one).await.text()).remove(0);
        for (who, column, name) in [("staff", "username", logins[1].username.as_str()), ("department", "name", "食堂")]
        {
            let table = if who == "staff" { "staff" } else { "departments" };
            t.execute(&format!(
                "INSERT INTO recusals (id, case_id, {who}_id, state, reason, created_at)
                 SELECT s.id, c.id, s.id, 'confirmed', '', c.received_at FROM cases c, {table} s
                 WHERE c.number = '{number}' AND s.{column} = '{name}'"
            ))
            .await;
        }
        for (client, empty) in [(&second, &empty[0]), (&handler, &empty[1])] {
            for path in [one.clone(), src.clone(), format!("/desk/rectifications/new?case={number}")] {
                client.get(&path).await.expect(404);
            }
            assert_eq!(&shape(client.get("/desk/rectifications").await.text()), empty, "as in a world without it");
        }
        second.get(&draw).await.expect(404);
        // Nor is it shown to representatives any more, whose look it was.
        assert!(waiting(&representative(&t, "aygul").await).await.is_empty(), "{engine:?}");
        // And nobody gives the department new work of it.
        let new = format!("/desk/rectifications/new?case={number}");
        let canteen = department(&first, &new, "食堂").await;
        let page = first.post_multipart("/desk/rectifications/new", form(("case", &number), &canteen, &[])).await;
        assert!(page.expect(422).text().contains("回避"), "{engine:?}");
    }
}

#[tokio::test]
async fn what_a_patrol_found_is_put_in_order_with_its_photo() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let inspector = t.staff(Role::StudentInspector).await;
        let visit = crate::visits::send(&inspector, "卫生间", &[("a5", "no")], true).await;
        let office = t.staff(Role::Office).await;
        let visit = format!("/desk/visits/{}", visit.rsplit('/').next().unwrap());
        let page = office.get(&visit).await.expect(200).text();
        let new = page.split("href=\"/desk/rectifications/new").nth(1).unwrap().split('"').next().unwrap();
        let new = format!("/desk/rectifications/new{new}");
        let finding = new.split("finding=").nth(1).unwrap().to_string();
        let page = office.get(&new).await.expect(200).text();
        assert!(page.contains("看到的情况写在这里") && page.contains("用巡查时拍的照片"), "{page}");
        // A department makes none of a finding, and a leader none at all.
        t.signed_in(t.login(Role::Handler, Some("总务处"))).await.get(&new).await.expect(404);
        t.staff(Role::Leader).await.get(&new).await.expect(404);
        let leader = t.staff(Role::Leader).await.get(&visit).await.expect(200).text();
        assert!(!leader.contains("/desk/rectifications/new"));

        let general = department(&office, &new, "总务处").await;
        let post = form(("finding", &finding), &general, &[("finding_photo", "1")]);
        let one = office.post_multipart("/desk/rectifications/new", post).await.expect(303);
        let one = one.header("location").to_string();
        let handler = t.signed_in(t.login(Role::Handler, Some("总务处"))).await;
        let page = handler.get(&one).await.expect(200).text();
        assert!(page.contains("教学楼二层") && photos(&page).len() == 1, "{engine:?}: {page}");
        report(&handler, &one, "修好了").await.expect(303);
        // Whoever watches the place may be asked to look.
        drawn(&office, "宋家明", "1").await;
        let songjiaming = representative(&t, "songjiaming").await;
        let look = waiting(&songjiaming).await.remove(0);
        songjiaming.post(&look, &[("result", "not_fixed"), ("comment", "还在滴水")]).await.expect(303);
        assert!(handler.get(&one).await.text().contains("复查未整改"), "{engine:?}");
    }
}

#[tokio::test]
async fn the_list_is_narrowed_and_adds_up_what_it_costs() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        let number = with_canteen(&t, "汤是凉的").await;
        let new = format!("/desk/rectifications/new?case={number}");
        let canteen = department(&office, &new, "食堂").await;
        let general = department(&office, &new, "总务处").await;
        let make = async |department: &str, changes: &[(&str, &str)]| {
            office.post_multipart("/desk/rectifications/new", form(("case", &number), department, changes)).await
        };
        let key = key();
        let fields = [("measure", "换灯管"), ("planned", "60"), ("idempotency_key", key.as_str())];
        let first = make(&general, &fields).await.expect(303).header("location").to_string();
        // One press is one task.
        assert_eq!(make(&general, &fields).await.expect(303).header("location"), first);
        make(&canteen, &[("due_on", "2026-03-12")]).await.expect(303);
        assert_eq!(t.count("rectifications").await, 2, "{engine:?}");
        for (wrong, said) in [
            (("due_on", "2026-03-01"), "已经过了"),
            (("planned", "一千"), "请写数字"),
            (("measure", ""), "请写整改措施"),
        ] {
            assert!(make(&canteen, &[wrong]).await.expect(422).text().contains(said), "{said}");
        }
        let page = office.get("/desk/rectifications").await.expect(200).text();
        assert!(page.contains("换灯管") && page.contains("保温盖") && page.contains("计划 1340.50 元"), "{page}");
        t.clock.advance(TimeDelta::days(4));
        let office = t.staff(Role::Office).await;
        let of = async |query: &str| {
            let page = office.get(&format!("/desk/rectifications?{query}")).await.expect(200).text();
            (page.contains("换灯管</a>"), page.contains("换保温盖</a>"))
        };
        assert_eq!(of("overdue=1").await, (false, true), "{engine:?}");
        assert_eq!(of(&format!("department={general}")).await, (true, false));
        assert_eq!(of("state=open").await, (true, true));
        assert_eq!(of("state=fixed").await, (false, false));
        // A department makes one for itself, of a case that it has, and none for others.
        let handler = t.signed_in(t.login(Role::Handler, Some("食堂"))).await;
        let own = form(("case", &number), &canteen, &[("measure", "再买两个桶")]);
        handler.post_multipart("/desk/rectifications/new", own).await.expect(303);
        let other = form(("case", &number), &general, &[]);
        handler.post_multipart("/desk/rectifications/new", other).await.expect(422);
        let late = office.get(&first).await.expect(200).text();
        assert!(late.contains("换灯管") && !late.contains("逾期"));
    }
}
