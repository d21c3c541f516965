//! What the demo school puts in order because of what was found: warm soup, which is reported, a tap that waits, a wall that
//! should have been painted by now, and the same wall once more by mistake.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    attachments::staged,
    cli::demo::{
        cases::{School, soup},
        stage::Stage,
        visits::moment,
    },
    error::{Error, Result},
    kernel::{random, roles::Role},
    rectifications::{actions, model::NewRectification, withdraw},
    ui::time,
    visits::{self, model::VisitKind},
};

/// What is put in order because of a finding.
struct Task {
    /// When: days ago.
    ago: i64,
    /// Who found it, and words of what they found.
    found: (VisitKind, &'static str),
    measure: &'static str,
    department: &'static str,
    /// Days until it is due.
    days: i64,
    /// In fen.
    cost: i64,
    /// What was reported, with a photo of the soup.
    reported: Option<&'static str>,
    /// Why the office took it back the same day.
    withdrawn: Option<&'static str>,
}

const TASKS: [Task; 4] = [
    Task {
        ago: 8,
        found: (VisitKind::Representative, "汤已经不热了"),
        measure: "给三楼的汤桶配保温盖，打完两排换一桶。",
        department: "食堂",
        days: 5,
        cost: 128_050,
        reported: Some("四个保温盖已经用上，第三排的汤测过是六十八度。"),
        withdrawn: None,
    },
    Task {
        ago: 5,
        found: (VisitKind::Patrol, "鞋印"),
        measure: "二层东头墙面补刷一遍，下半截换耐擦洗涂料。",
        department: "总务处",
        days: 3,
        cost: 38_000,
        reported: None,
        withdrawn: None,
    },
    Task {
        ago: 2,
        found: (VisitKind::Patrol, "鞋印"),
        measure: "二层东头墙面擦干净。",
        department: "总务处",
        days: 3,
        cost: 0,
        reported: None,
        withdrawn: Some("这面墙已经下达过补刷，不用再做一次。"),
    },
    Task {
        ago: 1,
        found: (VisitKind::Patrol, "水龙头"),
        measure: "一层卫生间最里面的水龙头换阀芯。",
        department: "总务处",
        days: 6,
        cost: 4_500,
        reported: None,
        withdrawn: None,
    },
];

impl School<'_> {
    /// The office has it put in order, the department reports one.
    pub(super) async fn put_in_order(&self, stage: &Stage, now: DateTime<Utc>) -> Result<()> {
        let (app, office) = (self.app, self.actor(|s| s.role == Role::Office)?);
        for task in TASKS {
            let department = self.department(task.department)?.id;
            let handler = self.actor(|s| s.role == Role::Handler && s.department_id == Some(department))?;
            stage.at(moment(now, task.ago) + TimeDelta::minutes(95)).await;
            let mut c = app.db.read().await?;
            let mut found = None;
            for walk in visits::actions::newest(&mut c, office.organization_id, task.found.0).await? {
                let whole = visits::actions::whole(&mut c, office.organization_id, walk.id).await?;
                found = found.or(whole.findings.into_iter().find(|f| f.comment.contains(task.found.1)));
            }
            let finding = found.ok_or(Error::NotFound)?;
            let source = actions::source(&mut c, &office, "", Some(finding.id)).await?;
            drop(c);
            let new = NewRectification {
                idempotency_key: random::secret(&*app.random),
                measure: task.measure.to_string(),
                department,
                person: Some(handler.staff_id),
                due_on: time::date(app.now() + TimeDelta::days(task.days)),
                planned_fen: Some(task.cost).filter(|fen| *fen > 0),
                takes_photo: true,
            };
            let mut photos = Vec::new();
            if task.reported.is_some() {
                let picture = soup().map_err(Error::internal)?;
                photos.push(staged::accept(app, picture.into()).await?.map_err(Error::internal)?.file);
            }
            let id = actions::make(app, &office, &source, &new, &photos).await?;
            if let Some(report) = task.reported {
                stage.at(moment(now, task.ago - 4) + TimeDelta::hours(5)).await;
                let one = actions::by_id(&mut app.db.read().await?, &handler, id).await?;
                actions::report(app, &handler, &one, report, Some(task.cost), &photos).await?;
            }
            if let Some(reason) = task.withdrawn {
                stage.at(moment(now, task.ago) + TimeDelta::minutes(110)).await;
                let one = actions::by_id(&mut app.db.read().await?, &office, id).await?;
                withdraw::withdraw(app, &office, &one, reason).await?;
            }
        }
        Ok(())
    }
}
