//! What makes the demo school's desk quick: words, templates, a shared view, a macro.

use crate::{
    cases::{
        list::{Filters, View},
        macros::{self, Steps},
        model::State,
        tags, views,
    },
    cli::demo::cases::School,
    error::{Error, Result},
    kernel::roles::{Channel, Role},
    personal_data::retention,
    templates::{self, form::Input},
};

const TAGS: [&str; 3] = ["要复查", "家长会答复", "涉及外包"];

/// Title, text, the state that it is for.
const TEXTS: [(&str, &str, Option<State>); 3] = [
    ("已转办", "您反映的 {编号}（{类别}）已转{处室}办理，{期限}前答复您。着急的话，请拨 {热线}。", None),
    ("当场已改", "谢谢您告诉我们。{编号} 说的事，今天已经改好。还有问题，请拨 {热线}。", Some(State::Received)),
    ("请补充地点", "您好，{编号} 还不清楚是在哪里、什么时候看到的，请补充一句，我们马上去看。", None),
];

impl School<'_> {
    /// What the office has kept for itself since the school began, and the canteen for its own.
    pub(super) async fn keep_tools(&self) -> Result<()> {
        let office = self.actor(|s| s.role == Role::Office)?;
        let mut words = Vec::new();
        for name in TAGS {
            words.push(self.agreed(tags::create(self.app, &office, name).await?)?);
        }
        let mut texts = Vec::new();
        for (title, body, state) in TEXTS {
            let input = Input { title: title.into(), body: body.into(), topic: None, state, in_use: true };
            texts.push(self.agreed(templates::actions::create(self.app, &office, input).await?)?);
        }
        let canteen = self.department("食堂")?.id;
        let head = self.actor(|s| s.role == Role::DepartmentHead && s.department_id == Some(canteen))?;
        let input = Input {
            title: "饭菜温度".into(),
            body: "{编号} 已查：当天保温台温度不够，已经调好，打菜前都会量温度。".into(),
            topic: None,
            state: None,
            in_use: true,
        };
        self.agreed(templates::actions::create(self.app, &head, input).await?)?;
        let late = Filters { view: View::Overdue, topic: Some("canteen".into()), ..Filters::default() };
        self.agreed(views::save(self.app, &office, "食堂超期", &late, true).await?)?;
        let steps = Steps {
            tags: words.into_iter().take(1).collect(),
            department: Some(self.department("总务处")?.id),
            instruction: "请一周内看现场，修好后拍照。".into(),
            template: texts.first().copied(),
            ..Steps::default()
        };
        self.agreed(macros::create(self.app, &office, "转总务处维修".into(), &steps).await?)
    }

    /// What the administrator wrote down about how long things are kept; nothing goes before it is switched on.
    pub(super) async fn keep_for(&self) -> Result<()> {
        let admin = self.actor(|s| s.role == Role::Admin)?;
        let mut settings = retention::actions::settings(&mut self.app.db.read().await?, self.organization.id).await?;
        settings.rules.channels.insert(Channel::Patrol.code(), 12);
        retention::actions::change(self.app, &admin, &settings).await
    }

    fn agreed<T>(&self, checked: crate::organizations::model::Checked<T>) -> Result<T> {
        checked.map_err(|refusal| Error::internal(refusal.key))
    }
}
