//! The office keeps its checklists.

use huiyin::kernel::roles::Role;

use super::{form_of, send};
use crate::support::TestApp;

/// The address of a checklist in the office's list.
async fn edit_of(office: &crate::support::Client<'_>, title: &str) -> String {
    let list = office.get("/desk/checklists").await.expect(200).text();
    let row = list.split("<tr>").find(|r| r.contains(title)).unwrap_or_else(|| panic!("no {title}"));
    row.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_string()
}

#[tokio::test]
async fn a_checklist_is_switched_off_and_moved() {
    let t = TestApp::start().await;
    let (office, rep) = (t.staff(Role::Office).await, t.staff(Role::Representative).await);
    let form = form_of(&rep, "/rep/visits", "校门巡查").await;
    let edit = edit_of(&office, "校门巡查").await;
    office.post(&edit, &[("do", "up")]).await.expect(303);
    let page = rep.get("/rep/visits").await.text();
    assert!(page.find("校门巡查").unwrap() < page.find("食堂巡查").unwrap());
    office.post(&edit, &[("do", "off")]).await.expect(303);
    assert!(!rep.get("/rep/visits").await.text().contains("校门巡查"));
    rep.get(&form).await.expect(404);
    office.post(&edit, &[("do", "on")]).await.expect(303);
    rep.get(&form).await.expect(200);
}

#[tokio::test]
async fn changed_items_are_a_new_version_and_old_visits_stay_as_they_were() {
    let t = TestApp::start().await;
    let (office, rep) = (t.staff(Role::Office).await, t.staff(Role::Representative).await);
    let visit = send(&rep, "图书室巡查", &[("a1", "no")], false).await;
    let edit = edit_of(&office, "图书室巡查").await;
    let change = [
        ("do", "items"),
        ("title", "图书馆巡查"),
        ("title_en", "Library"),
        ("items", "# 开放\n周末也开门\n* 座位够不够"),
    ];
    office.post(&edit, &change).await.expect(303);
    let form = form_of(&rep, "/rep/visits", "图书馆巡查").await;
    let page = rep.get(&form).await.expect(200).text();
    assert!(page.contains("周末也开门") && page.contains("座位够不够") && !page.contains("按公示的时间开放"));
    assert!(rep.get(&visit).await.expect(200).text().contains("按公示的时间开放"));
    let wrong = [("do", "items"), ("title", ""), ("items", "# 没有检查项")];
    let page = office.post(&edit, &wrong).await.expect(422).text();
    assert!(page.contains("请写标题") && page.contains("请至少写一项") && page.contains("# 没有检查项"));
}

#[tokio::test]
async fn a_copy_is_a_checklist_of_its_own_and_no_form_of_access_points() {
    let t = TestApp::start().await;
    let office = t.staff(Role::Office).await;
    let edit = edit_of(&office, "楼道检查").await;
    let id = edit.rsplit('/').next().unwrap();
    let page = office.get(&format!("/desk/checklists/new?copy={id}")).await.expect(200).text();
    assert!(page.contains("楼道检查（副本）") && page.contains("地面和墙角干净 | Floor and corners are clean"));
    let new = [("kind", "patrol"), ("area", "corridor"), ("title", "楼道午检"), ("items", "灯都亮\n地面干净")];
    office.post("/desk/checklists/new", &new).await.expect(303);
    let inspector = t.staff(Role::StudentInspector).await;
    form_of(&inspector, "/patrol/visits", "楼道午检").await;
    assert!(!office.get("/desk/access-points/new").await.text().contains("楼道午检"));
}
