//! The opening log of the demo school: one box with a letter that nobody typed in yet, an empty one, and one that waits
//! for too long.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    access_points,
    boxes::{self, model::NewOpening},
    cases::model::{Identity, Lane, Person},
    cli::demo::cases::School,
    error::{Error, Result},
    forms::{self, model::Answers},
    intake::{
        model::NewSubmission,
        submit::{TakenDown, submit},
    },
    kernel::{random, roles::Role},
    organizations,
};

/// Place, days ago, opened by, witness, letters.
const OPENINGS: [(&str, i64, &str, &str, i64); 3] = [
    ("北门", 10, "冯涛", "陈磊", 0),
    ("食堂三楼", 3, "韩梅", "家长代表宋家明", 0),
    ("校门口", 1, "冯涛", "家长代表宋家明", 2),
];

/// What the first letter of the last opening says.
const LETTER: &str = "老师您好，我是三年级一个孩子的奶奶，不会用手机，就写信了。放学时校门口的电动车太多，我接孩子走不过去，能不能留一条路给走路的人。谢谢。";

impl School<'_> {
    /// Opens the boxes, and types in one of two letters.
    pub(super) async fn open_boxes(&self, now: DateTime<Utc>) -> Result<()> {
        let (app, organization) = (self.app, &self.organization);
        let office = self.actor(|s| s.role == Role::Office)?;
        let points = access_points::actions::all_of(&mut app.db.read().await?, organization.id).await?;
        for (place, ago, opener, witness, letters) in OPENINGS {
            let point = points.iter().find(|p| p.place == place).ok_or(Error::NotFound)?;
            let new = NewOpening {
                access_point: point.id,
                opened_at: now - TimeDelta::days(ago),
                opener: opener.to_string(),
                witness: witness.to_string(),
                letters,
                seal: None,
            };
            let opening = boxes::actions::open(app, &office, &new).await?;
            if letters == 0 {
                continue;
            }
            let mut c = app.db.read().await?;
            let new = NewSubmission {
                idempotency_key: random::secret(&*app.random),
                form_version_id: forms::actions::live_version(&mut c, point.form_id).await?.id,
                person: Person::Parent,
                identity: Identity::Anonymous,
                topic: organizations::actions::topic_or_other(&mut c, organization.id, "safety", None).await?,
                body: LETTER.to_string(),
                answers: Answers::default(),
                contact: None,
                lane: Lane::Ordinary,
                files: Vec::new(),
            };
            drop(c);
            let taken_down = TakenDown { by: &office, opening: Some(opening), call: None };
            submit(app, organization, point, Some(taken_down), new).await?;
        }
        Ok(())
    }
}
