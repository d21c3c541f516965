//! Import, export and templates over HTTP.

use huiyin::{
    forms::model::Definition,
    kernel::roles::Role,
    questionnaires::{exchange, templates},
};

use super::small;
use crate::support::{Client, Multipart, Reply, TestApp, engines};

const IMPORT: &str = "/desk/questionnaires/import";

const SURVEYJS: &str = r#"{ "title": "食堂调查", "pages": [{ "name": "p", "elements": [
    { "type": "radiogroup", "name": "q1", "title": "在食堂吃吗", "choices": ["吃", "不吃"] },
    { "type": "signaturepad", "name": "q2", "title": "<b>签名</b>" },
    { "type": "comment", "name": "q3", "title": "为什么不吃", "visibleIf": "{q1} = '不吃'" } ] }] }"#;

async fn shown(office: &Client<'_>, text: &str) -> Reply {
    office.post_multipart(IMPORT, Multipart::new().text("text", text)).await
}

/// The definition of the newest questionnaire, as our own export gives it.
async fn exported(office: &Client<'_>, desk: &str) -> Definition {
    let file = office.get(&format!("{desk}/export?format=huiyin")).await.expect(200);
    exchange::read(file.text().as_bytes()).unwrap().definition
}

/// Makes a draft of what a page of the import shows; its address.
async fn drafted(office: &Client<'_>, page: &Reply) -> String {
    let definition = unescaped(&page.input("definition").unwrap());
    let form = Multipart::new().text("definition", &definition);
    let made = office.post_multipart(&format!("{IMPORT}/draft"), form).await.expect(303);
    made.header("location").trim_end_matches("/edit").to_string()
}

fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&#x27;", "'").replace("&amp;", "&")
}

#[tokio::test]
async fn a_file_is_shown_with_its_losses_and_saved_when_somebody_says_so() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        let before = t.count("questionnaires").await;
        let page = shown(&office, SURVEYJS).await.expect(200);
        let text = page.text();
        assert!(text.contains("食堂调查") && text.contains("为什么不吃"), "{text}");
        assert!(text.contains("没有这种题型（signaturepad）"), "{text}");
        assert!(!text.contains("<b>签名"), "{text}");
        assert_eq!(t.count("questionnaires").await, before, "nothing is saved yet");

        let desk = drafted(&office, &page).await;
        assert_eq!(t.count("questionnaires").await, before + 1, "{engine:?}");
        let draft = exported(&office, &desk).await;
        assert_eq!(draft, exchange::read(SURVEYJS.as_bytes()).unwrap().definition);
        office.get(&format!("{desk}/edit")).await.expect(200);
        assert!(office.get(&desk).await.expect(200).text().contains("草稿"));
        let audit = t.column("SELECT action FROM audit_log WHERE action LIKE 'questionnaire.%' ORDER BY seq").await;
        assert!(audit.iter().any(|a| a == "questionnaire.created"), "{audit:?}");
        assert!(audit.iter().any(|a| a == "questionnaire.exported"), "{audit:?}");
    }
}

#[tokio::test]
async fn a_file_counts_before_what_was_pasted_and_each_format_is_known() {
    let t = TestApp::start().await;
    let admin = t.staff(Role::Admin).await;
    for format in exchange::Format::ALL {
        let written = exchange::write(*format, &small()).text;
        let form =
            Multipart::new().text("text", "这不是文件").file("file", "问卷.txt", "text/plain", written.as_bytes());
        let page = admin.post_multipart(IMPORT, form).await.expect(200);
        assert!(page.text().contains("住校生活"), "{format}");
        let desk = drafted(&admin, &page).await;
        assert_eq!(exported(&admin, &desk).await.questions().count(), 4, "{format}");
    }
}

#[tokio::test]
async fn what_is_no_questionnaire_is_refused_beside_its_field_and_given_back() {
    let t = TestApp::start().await;
    let office = t.staff(Role::Office).await;
    let before = t.count("questionnaires").await;
    for (wrong, words) in [
        ("", "请选一个文件"),
        ("{\"a\":", "JSON 不完整"),
        ("<document></document>", "这是 XML 文件"),
        ("姓名\t年龄", "认不出这种文件"),
        ("{\"format\":\"huiyin-questionnaire\",\"version\":9,\"definition\":{}}", "更新的版本"),
        ("</textarea><script>1</script>", "XML"),
    ] {
        let page = shown(&office, wrong).await.expect(422).text();
        assert!(page.contains(words), "{wrong}: {page}");
        assert!(!page.contains("<script>1"), "{wrong}");
    }
    let image = std::fs::read("end2end/fixtures/canteen.jpg").unwrap();
    let form = Multipart::new().file("file", "a.jpg", "image/jpeg", &image);
    office.post_multipart(IMPORT, form).await.expect(422);
    let huge = Multipart::new().file("file", "a.txt", "text/plain", &vec![b'x'; exchange::MOST_BYTES * 9]);
    office.post_multipart(IMPORT, huge).await.expect(413);
    for bent in [
        "",
        "[]",
        "{\"format\":\"huiyin-questionnaire\",\"version\":1,\"definition\":{\"title\":{\"zh\":\"x\"},\"sections\":[{\"key\":\"../a\"}]}}",
    ] {
        office.post_multipart(&format!("{IMPORT}/draft"), Multipart::new().text("definition", bent)).await.expect(400);
    }
    assert_eq!(t.count("questionnaires").await, before);
}

#[tokio::test]
async fn a_draft_leaves_in_every_format_as_a_file_that_no_browser_runs() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        let page = shown(&office, &exchange::write(exchange::Format::Own, &small()).text).await.expect(200);
        let desk = drafted(&office, &page).await;
        let page = office.get(&format!("{desk}/export")).await.expect(200).text();
        assert!(page.contains("LimeSurvey") && page.contains("SurveyJS"));
        for format in exchange::Format::ALL {
            let file = office.get(&format!("{desk}/export?format={format}")).await.expect(200);
            assert!(file.header("content-disposition").starts_with("attachment; filename=\"questionnaire."));
            assert_eq!(exchange::read(file.text().as_bytes()).unwrap().format, *format);
        }
        office.get(&format!("{desk}/export?format=pdf")).await.expect(404);
        assert_eq!(exported(&office, &desk).await, small(), "{engine:?}");
    }
}

#[tokio::test]
async fn templates_are_offered_looked_at_and_begun_with() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        let page = office.get("/desk/questionnaires/new").await.expect(200).text();
        for template in templates::all() {
            assert!(page.contains(&template.title.zh), "{}", template.code);
            let look =
                office.get(&format!("/desk/questionnaires/templates/{}", template.code)).await.expect(200).text();
            assert!(look.contains(template.definition.sections[0].questions[0].label.zh.lines().next().unwrap()));
        }
        office.get("/desk/questionnaires/templates/nothing").await.expect(404);
        let form = [("source", "template:bullying"), ("title", "校园欺凌情况调查")];
        let made = office.post("/desk/questionnaires/new", &form).await.expect(303);
        let desk = made.header("location").trim_end_matches("/edit").to_string();
        assert_eq!(exported(&office, &desk).await, templates::by_code("bullying").unwrap().definition);
        let own = [("source", "template:canteen"), ("title", "我们的食堂")];
        let made = office.post("/desk/questionnaires/new", &own).await.expect(303);
        let draft = exported(&office, made.header("location").trim_end_matches("/edit")).await;
        assert_eq!((draft.title.zh.as_str(), draft.title.en.as_str()), ("我们的食堂", ""), "{engine:?}");
    }
}

#[tokio::test]
async fn a_template_can_be_published_as_it_is() {
    let t = TestApp::start().await;
    let office = t.staff(Role::Office).await;
    for template in templates::all() {
        let form = [("source", format!("template:{}", template.code)), ("title", template.title.zh.clone())];
        let form: Vec<(&str, &str)> = form.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let made = office.post("/desk/questionnaires/new", &form).await.expect(303);
        let desk = made.header("location").trim_end_matches("/edit").to_string();
        let version = super::hidden(&office, &desk, "draft_version").await;
        office.post(&format!("{desk}/publish"), &[("draft_version", version.as_str())]).await.expect(303);
        assert!(office.get(&desk).await.text().contains("正在收"), "{}", template.code);
    }
}
