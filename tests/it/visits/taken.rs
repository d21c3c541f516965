//! Visits of representatives: taken in once, with cases for what was found, and read by who may.

use huiyin::{
    kernel::{ids::StaffId, roles::Role},
    visits::actions,
};

use super::{filled, form_of, send};
use crate::support::{Client, Multipart, TestApp, engines, key};

#[tokio::test]
async fn each_finding_of_a_representative_is_a_case_with_its_photo() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let rep = t.staff(Role::Representative).await;
        let form = form_of(&rep, "/rep/visits", "食堂巡查").await;
        let worse = [("a9", "no"), ("a11", "2")];
        let body = filled(&rep, &form, ("answer.place", "食堂三楼"), &worse, true, &key()).await;
        let answer = rep.post_multipart(&form, body).await.expect(303);
        let page = rep.get(answer.header("location")).await.expect(200).text();
        assert!(page.contains("每个问题都成了一件") && page.contains("餐具消毒记录完整") && page.contains("食堂三楼"));
        assert_eq!(
            t.column("SELECT DISTINCT channel || ' ' || place || ' ' || identity FROM cases").await,
            ["representative 食堂三楼 named"]
        );
        assert_eq!((t.count("cases").await, t.count("findings").await, t.count("attachments").await), (2, 2, 2));
        assert_eq!(t.column("SELECT DISTINCT state FROM findings").await, ["case"]);
        // One mark an item, comments not among them.
        assert_eq!(t.count("visit_marks").await, 15, "{engine:?}");
        let office = t.staff(Role::Office).await;
        let list = office.get("/desk?view=all").await.text();
        assert!(list.contains("餐具消毒记录完整，保洁柜关好：否"), "{list}");
        let number = t.column("SELECT number FROM cases ORDER BY id").await.remove(0);
        let case = office.get(&format!("/desk/cases/{number}")).await.expect(200).text();
        assert!(case.contains("看到的情况写在这里") && case.contains("巡查代表"));
        assert!(!case.contains("本人签名"), "the case names the role, not the person");
        // The photo is read by its finder and by the office.
        let address = answer.header("location").split('?').next().unwrap().to_string();
        let photo =
            page.split("src=\"").find(|s| s.starts_with(&address)).unwrap().split('"').next().unwrap().to_string();
        assert_eq!(rep.get(&photo).await.expect(200).header("content-type"), "image/jpeg");
        office.get(&photo.replace("/rep/", "/desk/")).await.expect(200);
    }
}

#[tokio::test]
async fn sending_twice_is_one_visit_and_another_one_needs_another_key() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let rep = t.staff(Role::Representative).await;
        let form = form_of(&rep, "/rep/visits", "校门巡查").await;
        let key = key();
        let body = async |place: &str| filled(&rep, &form, ("answer.place", place), &[("a1", "no")], true, &key).await;
        let copies = [body("南门").await, body("南门").await, body("南门").await, body("南门").await];
        let answers = futures::future::join_all(copies.map(|copy| rep.post_multipart(&form, copy))).await;
        let first = answers[0].header("location").to_string();
        assert!(answers.iter().all(|a| a.status.as_u16() == 303 && a.header("location") == first), "{engine:?}");
        assert_eq!((t.count("visits").await, t.count("cases").await), (1, 1), "{engine:?}");
        let other = rep.post_multipart(&form, body("北门").await).await.expect(422);
        assert!(other.text().contains("这次检查已经发出过"));
        assert_ne!(other.input("idempotency_key").unwrap(), key);
        assert_eq!(t.count("visits").await, 1);
    }
}

#[tokio::test]
async fn what_is_missing_is_said_and_nothing_is_lost() {
    let t = TestApp::start().await;
    let rep = t.staff(Role::Representative).await;
    let form = form_of(&rep, "/rep/visits", "卫生间巡查").await;
    let photo = std::fs::read("end2end/fixtures/canteen.jpg").unwrap();
    let body = Multipart::new()
        .texts(&[("idempotency_key", &key()), ("answer.place", "一楼"), ("answer.a3", "no")])
        .file("answer.a3_photo", "x.jpg", "image/jpeg", &photo);
    let page = rep.post_multipart(&form, body).await.expect(422);
    let html = page.text();
    assert!(html.contains("value=\"一楼\"") && html.contains("第 1 张照片已收到") && html.contains("这一项请填一下"));
    assert_eq!((t.count("visits").await, t.count("responses").await, t.count("cases").await), (0, 0, 0));
    // A phone that sends by itself gets the errors by field.
    let json = rep.clone().json().post(&form, &[("idempotency_key", &key())]).await.expect(422).json();
    assert!(
        json["errors"]["answer.place"][0].is_string() && json["errors"]["answer.signature"][0].is_string(),
        "{json}"
    );
}

#[tokio::test]
async fn what_one_person_made_is_never_sent_as_anothers() {
    let t = TestApp::start().await;
    let reps: Vec<_> = t.demo.staff.iter().filter(|s| s.role == Role::Representative).collect();
    let (first, second) = (t.signed_in(reps[0]).await, t.signed_in(reps[1]).await);
    let form = form_of(&first, "/rep/visits", "图书室巡查").await;
    let author = first.get(&form).await.input("author").unwrap();
    let body =
        async || filled(&first, &form, ("answer.place", "图书室"), &[], false, &key()).await.text("author", &author);
    second.clone().json().post_multipart(&form, body().await).await.expect(409);
    assert_eq!(t.count("visits").await, 0);
    let address = first.clone().json().post_multipart(&form, body().await).await.expect(201).word("address");
    first.get(&address).await.expect(200);
    second.get(&address).await.expect(404);
    // A session that ended asks to sign in and takes nothing.
    t.visitor().json().post_multipart(&form, body().await).await.expect(401);
    assert_eq!(t.count("visits").await, 1);
}

#[tokio::test]
async fn the_code_of_a_place_leads_to_its_checklist() {
    let t = TestApp::start().await;
    let (office, rep) = (t.staff(Role::Office).await, t.staff(Role::Representative).await);
    let code = t.point("家长接待室");
    let public = t.visitor().get(&format!("/q/{code}")).await.expect(200).text();
    assert!(public.contains(&format!("href=\"/rep/start?place={code}\"")));
    assert!(!t.visitor().get(&format!("/q/{}", t.point("北门"))).await.text().contains("/rep/start"));
    let start = format!("/rep/start?place={code}");
    assert_eq!(rep.get(&start).await.expect(303).header("location"), format!("/rep/visits?place={code}"));

    let list = office.get("/desk/checklists").await.text();
    let row = list.split("<tr>").find(|r| r.contains("食堂巡查")).unwrap();
    let edit = row.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_string();
    let page = office.get(&edit).await.expect(200).text();
    let point = page.split("name=\"point\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_string();
    office.post(&edit, &[("do", "places"), ("point", &point)]).await.expect(303);
    let form = rep.get(&start).await.expect(303).header("location").to_string();
    assert!(form.contains("/rep/visits/new/") && form.ends_with(code));
    assert!(rep.get(&form).await.expect(200).text().contains("value=\"家长接待室\""));
    // A patrol's code, another school's, or nonsense: the list.
    for other in [t.point("操场"), "NOPE99", ""] {
        assert_eq!(rep.get(&format!("/rep/start?place={other}")).await.header("location"), "/rep/visits");
    }
}

/// Signs in and gives the id.
async fn id_of(t: &TestApp, rep: &Client<'_>) -> StaffId {
    let form = form_of(rep, "/rep/visits", "校门巡查").await;
    let _ = t;
    StaffId::parse(&rep.get(&form).await.input("author").unwrap()).unwrap()
}

#[tokio::test]
async fn who_found_something_sees_what_became_of_it() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let rep = t.staff(Role::Representative).await;
        let visit = send(&rep, "操场巡查", &[("a5", "no")], false).await;
        let office = t.staff(Role::Office).await;
        let number = t.column("SELECT number FROM cases").await.remove(0);
        let case = format!("/desk/cases/{number}");
        office.get(&case).await.expect(200);
        let me = id_of(&t, &rep).await;
        let mut c = t.app.db.read().await.unwrap();
        let org = huiyin::organizations::actions::organization_by_slug(&mut c, "xuelian").await.unwrap();
        let lang = huiyin::i18n::Lang::ZhCn;
        let fates = actions::findings_of(&t.app, &mut c, org.id, me, lang).await.unwrap();
        assert_eq!(fates.len(), 1);
        let outward = fates[0].case.as_ref().unwrap();
        assert_eq!((outward.number.as_str(), fates[0].place.as_str()), (number.as_str(), "教学楼二层"));
        assert!(fates[0].item.contains("篮球架"), "{engine:?}");
        let page = rep.get(&visit).await.expect(200).text();
        assert!(page.contains(&number) && page.contains("文明办"), "{page}");
    }
}
