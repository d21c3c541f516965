//! The audit page and one's own history of sign-ins.

use huiyin::kernel::roles::Role;

use crate::support::{TestApp, engines};

/// The table's rows, as text.
fn rows(page: &str) -> Vec<String> {
    let table = page.split("<tbody>").nth(1).unwrap_or_default().split("</tbody>").next().unwrap_or_default();
    table.split("<tr>").skip(1).map(str::to_string).collect()
}

#[tokio::test]
async fn an_auditor_reads_who_did_what_to_which_thing_in_words() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let code = t.point("北门");
        let named = [("identity", "named"), ("contact_name", "王女士"), ("contact", "13800138000")];
        let number = t.visitor().submit(code, &named).await.expect(201).word("case_number");
        let office = t.staff(Role::Office).await;
        office.get(&format!("/desk/cases/{number}")).await.expect(200);
        let auditor = t.staff(Role::Auditor).await;
        let page = auditor.get("/admin/audit").await.expect(200).text();
        let first = &rows(&page)[..6];
        let read = first.iter().find(|r| r.contains("看了来件")).unwrap_or_else(|| panic!("{first:?}"));
        assert!(read.contains("李秀英") && read.contains(&number), "{read}");
        assert!(
            first.iter().any(|r| r.contains("收到来件") && r.contains("系统或来件人") && r.contains("实名")),
            "{first:?}"
        );
        assert!(!rows(&page).iter().any(|r| r.contains("case.") || r.contains("account.")), "codes: {page}");
        let english = auditor.get("/admin/audit").await;
        assert_eq!(english.status.as_u16(), 200);

        // By person, by kind, by words, by thing: the link of the row.
        let only = async |query: &str| rows(&auditor.get(&format!("/admin/audit?{query}")).await.expect(200).text());
        let reading = only("kind=reading&q=李秀英").await;
        assert!(!reading.is_empty() && reading.iter().all(|r| r.contains("李秀英")), "{reading:?}");
        assert!(reading.iter().all(|r| !r.contains("登录")), "{reading:?}");
        let of_case = only(&format!("q={number}")).await;
        assert!(of_case.len() >= 3 && of_case.iter().all(|r| r.contains(&number)), "{of_case:?}");
        let link = read.split("href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
        assert_eq!(rows(&auditor.get(&link).await.expect(200).text()).len(), of_case.len());
        assert!(only("by=nobody").await.iter().all(|r| r.contains("系统或来件人")));
        assert_eq!(only("from=2031-01-01").await, Vec::<String>::new());
        assert_eq!(only("to=2001-01-01").await, Vec::<String>::new());
        assert!(only("from=2026-03-10&to=2026-03-10&kind=accounts").await.iter().any(|r| r.contains("登录")));
        assert_eq!(only("q=100%25").await, Vec::<String>::new(), "a word is a word");
    }
}

#[tokio::test]
async fn the_pages_of_the_log_hold_every_entry_once() {
    let t = TestApp::start().await;
    let auditor = t.staff(Role::Auditor).await;
    let all = t.count("audit_log").await;
    let (mut seen, mut next) = (0, "/admin/audit".to_string());
    loop {
        let page = auditor.get(&next).await.expect(200).text();
        seen += rows(&page).len();
        let older = page.split("class=\"pager\"").nth(1).and_then(|p| {
            p.split("href=\"")
                .skip(1)
                .map(|h| h.split('"').next().unwrap_or_default().replace("&amp;", "&"))
                .find(|h| h.contains("before="))
        });
        match older {
            Some(href) => next = href,
            None => break,
        }
    }
    assert!(all > 60, "{all} entries fill no two pages");
    assert_eq!(seen, all);
}

#[tokio::test]
async fn the_log_leaves_as_a_file_and_that_is_written_down() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let auditor = t.staff(Role::Auditor).await;
        let before = t.count("audit_log").await;
        let file = auditor.get("/admin/audit?format=csv").await.expect(200);
        assert!(file.header("content-disposition").contains("audit.csv"));
        let text = file.text();
        assert_eq!(text.lines().count(), before + 2, "the head, every entry, and this one");
        assert!(text.lines().nth(1).unwrap().contains("audit.exported"), "{text}");
        let narrowed = auditor.get("/admin/audit?format=csv&kind=accounts").await.expect(200).text();
        assert!(narrowed.lines().skip(1).all(|l| l.contains("\"account.") || l.contains("\"staff.")), "{narrowed}");
        for role in [Role::Office, Role::Admin, Role::Leader] {
            t.staff(role).await.get("/admin/audit?format=csv").await.expect(404);
        }
    }
}

#[tokio::test]
async fn everybody_reads_their_own_sign_ins_and_nobody_elses() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let login = t.login(Role::Office, None).clone();
        let fields = [("username", login.username.as_str()), ("password", login.password.as_str())];
        t.visitor()
            .with("user-agent", "Mozilla/5.0 (iPhone) Mobile MicroMessenger/8")
            .post("/login", &fields)
            .await
            .expect(303);
        let office = t.staff(Role::Office).await;
        let history = |page: String| page.split("登录记录").nth(1).unwrap().to_string();
        let own = history(office.get("/account").await.expect(200).text());
        assert!(own.contains("登录 · 微信"), "{own}");
        assert!(!own.contains("MicroMessenger") && !t.dump().await.contains("MicroMessenger"));
        let handler = history(t.staff(Role::Handler).await.get("/account").await.expect(200).text());
        assert!(!handler.contains("微信"), "{handler}");
    }
}
