//! What pages say to a phone: which keyboard a field wants, how the menu opens, how one goes back.

use huiyin::kernel::roles::Role;

use crate::support::TestApp;

/// The tag of the control with this name.
fn control(html: &str, name: &str) -> String {
    let tag = html.split('<').find(|tag| tag.starts_with("input") && tag.contains(&format!("name=\"{name}\"")));
    tag.unwrap_or_else(|| panic!("no {name}: {html}")).split('>').next().unwrap().to_string()
}

#[tokio::test]
async fn a_field_says_which_keyboard_it_wants() {
    let t = TestApp::start().await;
    let login = t.visitor().get("/login").await.expect(200).text();
    let (username, password) = (control(&login, "username"), control(&login, "password"));
    assert!(username.contains("autocapitalize=\"none\"") && username.contains("spellcheck=\"false\""), "{username}");
    assert!(username.contains("type=\"text\"") && username.contains("autocomplete=\"username\""), "{username}");
    assert!(password.contains("type=\"password\"") && password.contains("enterkeyhint=\"go\""), "{password}");
    let code = control(&t.visitor().get("/q").await.expect(200).text(), "code");
    assert!(code.contains("autocapitalize=\"characters\"") && code.contains("enterkeyhint=\"go\""), "{code}");
    let tracking = control(&t.visitor().get("/track").await.expect(200).text(), "tracking_code");
    assert!(
        tracking.contains("autocapitalize=\"characters\"") && tracking.contains("enterkeyhint=\"go\""),
        "{tracking}"
    );
    let leader = t.staff(Role::Leader).await;
    let cases = control(&leader.get("/desk/orders/new").await.expect(200).text(), "cases");
    assert!(cases.contains("autocapitalize=\"characters\"") && !cases.contains("enterkeyhint"), "{cases}");
}

#[tokio::test]
async fn the_menu_opens_in_place_or_by_its_address_and_a_page_leads_back() {
    let t = TestApp::start().await;
    let page = t.staff(Role::Leader).await.get("/desk/orders/new").await.expect(200).text();
    let has = |element: &str, parts: &[&str]| {
        page.split('<')
            .filter(|tag| tag.starts_with(element))
            .any(|tag| parts.iter().all(|part| tag.split('>').next().unwrap_or_default().contains(part)))
    };
    assert!(has("nav", &["id=\"nav\"", "popover=\"auto\""]), "{page}");
    assert!(has("button", &["popovertarget=\"nav\"", "popovertargetaction=\"hide\""]), "{page}");
    assert!(
        has("a", &["href=\"#nav\"", "by-address"]) && has("button", &["popovertarget=\"nav\"", "in-place"]),
        "{page}"
    );
    assert!(has("a", &["href=\"/desk/orders\"", "pane-back"]), "{page}");
}

#[tokio::test]
async fn keys_behind_a_label_stand_apart_from_it() {
    let t = TestApp::start().await;
    let page = t.staff(Role::HotlineOperator).await.get("/desk/hotline/new").await.expect(200).text();
    assert!(page.contains("对方说了什么<span class=\"keys\">〔Alt 1〕</span>"), "{page}");
    assert_eq!(page.matches("<span class=\"keys\">").count(), page.matches("〔Alt").count(), "{page}");
}

#[tokio::test]
async fn who_gives_a_name_is_told_that_nobody_calls_without_a_number() {
    let t = TestApp::start().await;
    let form = t.visitor().get(&format!("/q/{}", t.point("食堂三楼"))).await.expect(200).text();
    let fold = form.split("id=\"contact-part\"").nth(1).unwrap().split("</summary>").next().unwrap();
    assert!(fold.contains("没人能打给您"), "{fold}");
}
