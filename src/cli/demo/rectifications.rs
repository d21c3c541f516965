//! What the demo school puts in order because of what patrols found: a bar that is fixed and reported, a tap that waits,
//! and a wall that should have been painted by now.

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
    rectifications::{actions, model::NewRectification},
    ui::time,
    visits::{self, model::VisitKind},
};

/// Days ago, words of the finding, the measure, days until it is due, the cost in fen, and what was reported.
type Task = (i64, &'static str, &'static str, i64, i64, Option<&'static str>);

const TASKS: [Task; 3] = [
    (5, "鞋印", "二层东头墙面补刷一遍，下半截换耐擦洗涂料。", 3, 38_000, None),
    (
        4,
        "单杠",
        "西边单杠两头重新紧固，其余器材一并检查。",
        3,
        12_050,
        Some("松的一根已经换了螺栓，其他器材都查过，有检查记录。"),
    ),
    (1, "水龙头", "一层卫生间最里面的水龙头换阀芯。", 6, 4_500, None),
];

impl School<'_> {
    /// The office has it put in order, the department reports one.
    pub(super) async fn put_in_order(&self, stage: &Stage, now: DateTime<Utc>) -> Result<()> {
        let (app, office) = (self.app, self.actor(|s| s.role == Role::Office)?);
        let general = self.department("总务处")?.id;
        let handler = self.actor(|s| s.role == Role::Handler && s.department_id == Some(general))?;
        for (ago, words, measure, days, cost, reported) in TASKS {
            stage.at(moment(now, ago) + TimeDelta::minutes(95)).await;
            let mut c = app.db.read().await?;
            let walks = visits::actions::newest(&mut c, office.organization_id, VisitKind::Patrol).await?;
            let mut found = None;
            for walk in walks {
                let whole = visits::actions::whole(&mut c, office.organization_id, walk.id).await?;
                found = found.or(whole.findings.into_iter().find(|f| f.comment.contains(words)));
            }
            let finding = found.ok_or(Error::NotFound)?;
            let source = actions::source(&mut c, &office, "", Some(finding.id)).await?;
            drop(c);
            let new = NewRectification {
                idempotency_key: random::secret(&*app.random),
                measure: measure.to_string(),
                department: general,
                person: Some(handler.staff_id),
                due_on: time::date(app.now() + TimeDelta::days(days)),
                planned_fen: Some(cost),
                takes_photo: true,
            };
            let picture = soup().map_err(Error::internal)?;
            let photo = staged::accept(app, picture.into()).await?.map_err(Error::internal)?.file;
            let id = actions::make(app, &office, &source, &new, std::slice::from_ref(&photo)).await?;
            if let Some(report) = reported {
                stage.at(moment(now, ago - 2) + TimeDelta::hours(5)).await;
                let one = actions::by_id(&mut app.db.read().await?, &handler, id).await?;
                actions::report(app, &handler, &one, report, Some(cost), &[photo]).await?;
            }
        }
        Ok(())
    }
}
