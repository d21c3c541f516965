//! What a phone at the school gate has to load before it can write.

use crate::support::TestApp;

/// HTML and CSS of the public form, compressed, in bytes.
const FORM: usize = 14 * 1024;

#[tokio::test]
async fn the_form_with_its_style_is_small() {
    let t = TestApp::start().await;
    let browser = t.visitor().with("accept-encoding", "gzip, deflate, br");
    let form = browser.get(&format!("/q/{}", t.point("食堂三楼"))).await.expect(200);
    assert_eq!(form.header("content-encoding"), "br");
    let plain = t.visitor().get(&format!("/q/{}", t.point("食堂三楼"))).await.text();
    let style = plain.split("href=\"").filter_map(|s| s.split('"').next()).find(|s| s.ends_with(".css")).unwrap();
    let css = browser.get(style).await;
    if css.status.as_u16() == 404 {
        panic!("there is no built site; run scripts/front first");
    }
    assert_eq!(css.header("content-encoding"), "br");
    let size = form.body.len() + css.body.len();
    assert!(size <= FORM, "{size} bytes; at most {FORM}");
    // Nothing else is needed before somebody can write: the script comes last and is a module, which waits.
    assert!(plain.matches("<link rel=\"stylesheet\"").count() == 1 && !plain.contains("<script src"), "{plain}");
}

#[tokio::test]
async fn no_public_page_names_another_host_but_where_links_lead() {
    let t = TestApp::start().await;
    // "/" leads to the only organisation.
    for path in ["/xuelian", "/xuelian/board", "/track", "/privacy", "/login", &format!("/q/{}", t.point("北门"))] {
        let html = t.visitor().get(path).await.expect(200).text();
        for attribute in ["src=\"", "href=\"", "action=\"", "url("] {
            for value in html.split(attribute).skip(1).filter_map(|s| s.split(['"', ')']).next()) {
                let own = value.starts_with('/')
                    || value.starts_with('#')
                    || value.starts_with("tel:")
                    || value.starts_with("http://127.0.0.1:3000");
                assert!(own, "{path}: {attribute}{value}");
            }
        }
    }
}
