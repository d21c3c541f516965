mod answer;
mod attack;
mod build;
mod codes;
mod exchange;
pub mod results;
mod secrecy;

use huiyin::{
    forms::model::{Answers, Choice, Condition, Definition, Op, Question, QuestionKind, Section, Text},
    kernel::roles::Role,
};

use crate::support::{Client, Reply, TestApp, key};

/// A small questionnaire with a condition, a matrix, a photo and two sections.
pub fn small() -> Definition {
    let text = |zh: &str| Text::new(zh, "");
    let choices = |labels: &[(&str, &str)]| -> Vec<Choice> {
        labels.iter().map(|(code, zh)| Choice { code: (*code).into(), label: text(zh) }).collect()
    };
    let mut boards = Question::new("q1", QuestionKind::Single, text("住校吗"));
    boards.choices = choices(&[("c1", "住校"), ("c2", "走读")]);
    boards.required = true;
    let mut room = Question::new("q2", QuestionKind::ShortText, text("宿舍缺什么"));
    room.show_if = Some(Condition::test("q1", Op::Is, "c1"));
    let mut food = Question::new("q3", QuestionKind::Matrix, text("食堂怎么样"));
    food.choices = choices(&[("good", "好"), ("bad", "不好")]);
    food.rows = choices(&[("taste", "味道"), ("price", "价格")]);
    let mut photo = Question::new("q4", QuestionKind::Photo, text("拍一张"));
    photo.max = Some(1);
    let one = Section { key: "s1".into(), questions: vec![boards, room], ..Section::default() };
    let two = Section { key: "s2".into(), title: text("食堂"), questions: vec![food, photo], ..Section::default() };
    Definition { title: text("住校生活"), sections: vec![one, two], ..Definition::default() }
}

/// Fields of a form that is answered whole.
pub fn answered(key: &str) -> Vec<(&str, &str)> {
    vec![
        ("idempotency_key", key),
        ("answer.q1", "c1"),
        ("answer.q2", "台灯"),
        ("answer.q3.taste", "good"),
        ("answer.q3.price", "bad"),
    ]
}

/// What a published questionnaire is reached by.
pub struct Asked {
    /// `/desk/questionnaires/…`.
    pub desk: String,
    /// The code of its access point.
    pub code: String,
}

/// The value of a hidden field on a page.
pub async fn hidden(client: &Client<'_>, path: &str, name: &str) -> String {
    client.get(path).await.expect(200).input(name).unwrap_or_default()
}

/// Makes, publishes and hangs up a questionnaire through the pages; its draft is written by the slice's own action.
pub async fn asked(t: &TestApp, draft: Definition, one_answer: &str) -> Asked {
    let office = t.staff(Role::Office).await;
    let desk = drafted(t, draft).await;
    publish(&office, &desk).await.expect(303);
    office.post(&format!("{desk}/settings"), &[("one_answer", one_answer), ("kiosk", "1")]).await.expect(303);
    office.post(&format!("{desk}/points"), &[("place", "宿舍楼")]).await.expect(303);
    let code = t.column("SELECT code FROM access_points WHERE place = '宿舍楼'").await.remove(0);
    Asked { desk, code }
}

/// A draft of the demo's organisation.
pub async fn drafted(t: &TestApp, draft: Definition) -> String {
    let office = t.login(Role::Office, None);
    let actor = actor(t, &office.username).await;
    let made = huiyin::questionnaires::actions::create(&t.app, &actor, draft).await.unwrap();
    format!("/desk/questionnaires/{}", made.id)
}

/// The signed-in person of this name, as actions want them.
async fn actor(t: &TestApp, username: &str) -> huiyin::accounts::model::Actor {
    let mut c = t.app.db.read().await.unwrap();
    let org = huiyin::organizations::actions::organization_by_slug(&mut c, "xuelian").await.unwrap();
    let staff = huiyin::organizations::actions::staff(&mut c, org.id).await.unwrap();
    let person = staff.into_iter().find(|s| s.username == username).unwrap();
    huiyin::accounts::model::Actor {
        session_id: huiyin::kernel::ids::SessionId::new(t.app.now(), &*t.app.random),
        staff_id: person.id,
        organization_id: org.id,
        organization_name: org.name,
        organization_slug: org.slug,
        emblem: org.emblem,
        department_id: None,
        role: person.role,
        display_name: person.display_name,
        username: person.username,
        lang: huiyin::i18n::Lang::ZhCn,
        teaches_class: false,
    }
}

/// Presses "publish" as the page shows it.
pub async fn publish(office: &Client<'_>, desk: &str) -> Reply {
    let version = hidden(office, &format!("{desk}/edit"), "draft_version").await;
    office.post(&format!("{desk}/publish"), &[("draft_version", &version)]).await
}

/// Sends answers as a program.
pub async fn send(t: &TestApp, code: &str, fields: &[(&str, &str)]) -> Reply {
    t.visitor().json().post(&format!("/q/{code}"), fields).await
}

/// What is stored of the newest response.
pub async fn stored(t: &TestApp) -> Answers {
    let rows = t.column("SELECT answers FROM responses ORDER BY id DESC").await;
    serde_json::from_str(&rows[0]).unwrap()
}

/// A new key and a whole answer.
pub async fn answer(t: &TestApp, code: &str) -> Reply {
    let key = key();
    send(t, code, &answered(&key)).await
}
