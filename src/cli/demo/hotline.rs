//! A week at the telephone and at the desk of the demo school: cases, one that a second caller joins, answers on the spot,
//! a missed call to return, the roster.

use chrono::{DateTime, Days, TimeDelta, Utc};

use crate::{
    cases::model::{Identity, Lane, Person},
    cli::demo::{cases::School, stage::Stage},
    error::{Error, Result},
    forms::model::Answers,
    hotline::{
        self,
        model::{CallKind, Duty, Half, NewCall, Then},
        roster,
    },
    intake::{
        model::{Contact, NewSubmission},
        open::Open,
        submit::{Submitted, TakenDown, submit},
    },
    kernel::{random, roles::Role},
    organizations,
    ui::time,
};

/// What became of a call of the week.
enum Told {
    Case,
    Answered(&'static str),
    /// Joined to the case of the call at this place in the list.
    Joins(usize),
}

/// A call or visit of the week.
struct Call {
    kind: CallKind,
    /// Days ago, hour and minute in UTC.
    at: (i64, i64, i64),
    seconds: i64,
    topic: &'static str,
    place: &'static str,
    contact: Option<(&'static str, &'static str)>,
    said: &'static str,
    told: Told,
}

const WEEK: [Call; 6] = [
    Call {
        kind: CallKind::Call,
        at: (6, 1, 12),
        seconds: 214,
        topic: "safety",
        place: "北门",
        contact: Some(("王建军", "138 0991 2046")),
        said: "早上送孩子，北门只开一扇小门，七点四十到五十最堵，电动车和学生挤在一起，昨天有个孩子被车把碰了一下。希望早上把两扇都打开。",
        told: Told::Case,
    },
    Call {
        kind: CallKind::Call,
        at: (5, 7, 25),
        seconds: 96,
        topic: "other",
        place: "",
        contact: None,
        said: "问秋季校服什么时候发，转学来的孩子能不能补订。",
        told: Told::Answered("校服这周五放学时在操场按班发；转学来的向班主任报尺码，下周补订。"),
    },
    Call {
        kind: CallKind::Call,
        at: (3, 2, 5),
        seconds: 171,
        topic: "safety",
        place: "北门",
        contact: Some(("热依木", "139 9921 7755")),
        said: "也是说北门的事：早上只开一扇门，接送的车多，孩子走不过去，有没有老师在门口管一管。",
        told: Told::Joins(0),
    },
    Call {
        kind: CallKind::Visit,
        at: (2, 3, 40),
        seconds: 780,
        topic: "fees",
        place: "",
        contact: Some(("张玉珍", "家住南湖小区 3 号楼")),
        said: "孙女班上收了两次资料费，都是现金，没有收据。老人不会用手机，想当面问清楚能不能退。",
        told: Told::Case,
    },
    Call {
        kind: CallKind::Visit,
        at: (1, 8, 15),
        seconds: 240,
        topic: "facilities",
        place: "校门口",
        contact: None,
        said: "家长来问校门口的雨棚什么时候修好，下雨天接孩子没地方站。",
        told: Told::Answered("雨棚的材料已到，定在本周六施工，周一可以用。这几天下雨时开一楼大厅给家长等。"),
    },
    Call {
        kind: CallKind::Call,
        at: (1, 9, 2),
        seconds: 133,
        topic: "canteen",
        place: "食堂三楼",
        contact: None,
        said: "家长不愿说名字，说孩子连着三天在三楼打到凉菜，问热菜为什么十二点就没有了。",
        told: Told::Case,
    },
];

impl School<'_> {
    /// Takes the calls and visits of the last week, up to `now`, by a clock that runs along.
    pub(super) async fn take_calls(&self, stage: &Stage, now: DateTime<Utc>) -> Result<()> {
        let midnight = time::start_of(time::date(now)) + TimeDelta::hours(8);
        let mut numbers: Vec<String> = Vec::new();
        for call in &WEEK {
            let (days, hours, minutes) = call.at;
            let at = midnight - TimeDelta::days(days) + TimeDelta::hours(hours) + TimeDelta::minutes(minutes);
            stage.at(at).await;
            numbers.push(self.take(call, &numbers).await?);
        }
        let operator = self.actor(|s| s.role == Role::HotlineOperator)?;
        let called_at = now - TimeDelta::hours(2);
        stage.at(called_at).await;
        let back_at = Some(now + TimeDelta::minutes(20));
        hotline::actions::missed(self.app, &operator, called_at, "0991-5557310", back_at).await?;
        self.keep_roster(now).await
    }

    async fn take(&self, call: &Call, numbers: &[String]) -> Result<String> {
        let (app, org) = (self.app, &self.organization);
        let operator = self.actor(|s| s.role == Role::HotlineOperator)?;
        let mut c = app.db.read().await?;
        let open = Open::channel(app, &mut c, org.id, call.kind.channel()).await?.ok_or(Error::NotFound)?;
        let topic = organizations::actions::topic_or_other(&mut c, org.id, call.topic, None).await?;
        drop(c);
        let then = match call.told {
            Told::Case => Then::Case,
            Told::Answered(words) => Then::Answered(words.to_string()),
            Told::Joins(at) => Then::Attach(numbers.get(at).cloned().ok_or(Error::NotFound)?),
        };
        let taken = NewCall {
            kind: call.kind,
            started_at: app.now() - TimeDelta::seconds(call.seconds),
            place: call.place.to_string(),
            soon: false,
            then,
            call_back_at: None,
            draft: None,
        };
        let new = NewSubmission {
            idempotency_key: random::secret(&*app.random),
            form_version_id: open.version.id,
            person: Person::Parent,
            identity: if call.contact.is_some() { Identity::Named } else { Identity::Anonymous },
            topic,
            body: call.said.to_string(),
            answers: Answers::default(),
            contact: call.contact.map(|(name, contact)| Contact { name: name.into(), contact: contact.into() }),
            lane: Lane::Ordinary,
            files: Vec::new(),
        };
        let taken_down = TakenDown { by: &operator, opening: None, call: Some(&taken) };
        match submit(app, org, &open.point, Some(taken_down), new).await? {
            Submitted::Receipt(receipt) => Ok(receipt.case_number),
            Submitted::KeyUsed => Err(Error::internal("a new key was used before")),
        }
    }

    /// The operator in the mornings, the office in the afternoons; weekends are free.
    async fn keep_roster(&self, now: DateTime<Utc>) -> Result<()> {
        let office = self.actor(|s| s.role == Role::Office)?;
        let operator = self.actor(|s| s.role == Role::HotlineOperator)?;
        let monday = roster::monday_of(time::date(now));
        let week: Vec<Duty> = (0..5)
            .flat_map(|n| {
                let day = monday + Days::new(n);
                [
                    Duty { day, half: Half::Morning, staff_id: operator.staff_id },
                    Duty { day, half: Half::Afternoon, staff_id: office.staff_id },
                ]
            })
            .collect();
        roster::keep(self.app, &office, monday, &week).await
    }
}
