//! An organisation from nothing: what a school does on its first Monday.

mod calendar;

use std::sync::Arc;

use huiyin::{
    accounts,
    config::Config,
    http::App,
    i18n::Lang,
    kernel::{
        clock::ManualClock,
        random::{self, SystemRandom},
        roles::Role,
    },
    organizations::{self, actions::NewOrganization, staff::NewStaffDetails},
};

use crate::support::{TestApp, tuesday};

#[tokio::test]
async fn a_founded_organisation_makes_its_first_access_point_and_takes_its_first_submission() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::at(tuesday());
    let config = Config::for_tests(folder.path(), None);
    let app = App::open_with(config, Arc::new(clock), Arc::new(SystemRandom)).await.unwrap();
    let mut tx = app.db.write().await.unwrap();
    let new = NewOrganization {
        name: "龙水实验中学".into(),
        slug: "longshui".into(),
        emblem: "龙".into(),
        office_name: "文明办".into(),
        ..NewOrganization::default()
    };
    let school = organizations::actions::create_organization(&app, &mut tx, new).await.unwrap();
    let details = NewStaffDetails {
        username: "admin".into(),
        display_name: "何老师".into(),
        role: Role::Admin,
        department_id: None,
        lang: Lang::ZhCn,
    };
    let id = organizations::actions::create_staff(&app, &mut tx, school.id, details).await.unwrap();
    let password = random::password(&*app.random);
    accounts::actions::set_password(&app, &mut tx, school.id, id, &password).await.unwrap();
    tx.commit().await.unwrap();

    let t = TestApp::start().await.over(app);
    let admin = t.visitor().sign_in("admin", &password).await;
    assert!(admin.get("/admin").await.expect(200).text().contains("/admin/departments"));
    let page = admin.get("/desk/access-points/new").await.expect(200).text();
    let form = page.split("name=\"form\"").nth(1).unwrap().split("value=\"").find(|v| v.len() > 32).unwrap();
    let form = form.split('"').next().unwrap().to_string();
    let point = [
        ("channel", "box"),
        ("title", "有话对学校说"),
        ("place", "校门口"),
        ("keeper", ""),
        ("audience", "everyone"),
        ("form", form.as_str()),
        ("topic", ""),
    ];
    let made = admin.post("/desk/access-points/new", &point).await;
    assert_eq!(made.status.as_u16(), 303, "{}", made.text());
    let poster = admin.get(&format!("{}/print", made.header("location"))).await.expect(200).text();
    let code = poster.split("/q/").nth(1).unwrap().chars().take(6).collect::<String>();
    let receipt = t.visitor().submit(&code, &[("body", "第一件")]).await.expect(201);
    assert!(receipt.word("case_number").starts_with("HY-"));
}
