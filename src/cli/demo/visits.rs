//! A week of the demo school's representatives and student inspectors: two visits of which one finding was answered, and
//! patrols every school day, in which one class's bin is full again and again.

use chrono::{DateTime, Datelike, TimeDelta, Utc};

use crate::{
    access_points,
    accounts::model::Actor,
    cases::{self, handle::AnswerText, triage::Order, work::Seen},
    cli::demo::{cases::School, stage::Stage},
    error::{Error, Result},
    forms::{self, model::Answers},
    kernel::{random, roles::Role},
    ui::time,
    visits::{
        self,
        actions::{NewVisit, Outcome},
        model::{Area, PatrolClass, VisitKind},
        rules::{self, NO, YES},
    },
};

/// Classes, and whether a head of a department teaches them.
const CLASSES: [&str; 9] =
    ["三(1)班", "三(2)班", "三(3)班", "四(1)班", "四(2)班", "五(1)班", "五(2)班", "六(1)班", "六(2)班"];

/// A signature as a finger draws it.
const BY_HAND: &str = "92,58 118,66 150,60;128,34 124,74 110,112 84,142;126,92 150,120 176,138;226,44 222,80 214,118 204,148;226,44 262,40 268,66 230,84;230,84 274,92 268,128 206,132;318,76 352,70 388,72;352,40 350,84 344,128 330,150;350,86 322,118;356,92 384,122 420,112 452,84 486,92 524,80";

/// Which checklist the QR codes of these places begin.
const PLACES: [(&str, VisitKind, Area); 2] =
    [("家长接待室", VisitKind::Representative, Area::Canteen), ("操场", VisitKind::Patrol, Area::Playground)];

/// A visit or patrol: days ago, kind, area, place or class, item by its number with its answer and words.
struct Walk {
    ago: i64,
    kind: VisitKind,
    area: Area,
    place: &'static str,
    found: &'static [(usize, &'static str, &'static str)],
}

const fn walk(
    ago: i64,
    kind: VisitKind,
    area: Area,
    place: &'static str,
    found: &'static [(usize, &'static str, &'static str)],
) -> Walk {
    Walk { ago, kind, area, place, found }
}

const REP: VisitKind = VisitKind::Representative;
const PATROL: VisitKind = VisitKind::Patrol;

/// In the order of time.
const WALKS: [Walk; 14] = [
    walk(
        9,
        REP,
        Area::Canteen,
        "食堂三楼",
        &[(8, NO, "留样盒上没有写日期，昨天午餐的两样菜找不到留样记录。"), (14, "2", "打到第三排的时候汤已经不热了。")],
    ),
    walk(6, PATROL, Area::Classroom, "三(2)班", &[(4, NO, "垃圾桶满了，旁边也有。")]),
    walk(6, PATROL, Area::Classroom, "四(1)班", &[]),
    walk(
        5,
        PATROL,
        Area::Corridor,
        "教学楼二层",
        &[(2, NO, "墙上有新的鞋印，东头那一段。"), (4, "2", "上操的时候楼梯口挤在一起。")],
    ),
    walk(5, PATROL, Area::Classroom, "五(1)班", &[(2, "2", "后两排桌子没有对齐。")]),
    walk(4, PATROL, Area::Classroom, "三(2)班", &[(4, NO, "早读时垃圾还没有倒。")]),
    walk(4, PATROL, Area::Playground, "操场", &[(6, NO, "西边单杠有一根松了。")]),
    walk(3, PATROL, Area::Canteen, "食堂一楼", &[(5, "2", "收餐处剩下的青菜比较多。")]),
    walk(3, REP, Area::Gate, "校门口", &[(6, NO, "放学时门口停了四辆接孩子的车，占了斑马线。")]),
    walk(2, PATROL, Area::Classroom, "三(2)班", &[(4, NO, "垃圾桶又满了。"), (1, "2", "讲台边有纸屑。")]),
    walk(2, PATROL, Area::Classroom, "六(1)班", &[]),
    walk(1, PATROL, Area::Toilet, "教学楼一层", &[(5, NO, "最里面的水龙头关不紧。")]),
    walk(0, PATROL, Area::Classroom, "四(2)班", &[(9, NO, "做操时教室灯没有关。")]),
    walk(0, PATROL, Area::Classroom, "三(1)班", &[]),
];

/// What the canteen answered to the first finding.
const ANSWER: &str = "您好，感谢代表监督。当天的两样菜有留样，但盒上漏贴了日期标签，留样记录也晚填了半天。食堂已换成带日期格的留样盒，\
    每餐由专人贴签、拍照、登记，食品安全员每天下班前核对。欢迎下次巡查时再看。";

impl School<'_> {
    /// The walks, up to `now`.
    pub(super) async fn walk(&self, stage: &Stage, now: DateTime<Utc>) -> Result<()> {
        stage.at(moment(now, 10)).await;
        self.prepare_walks().await?;
        for walk in &WALKS {
            stage.at(moment(now, walk.ago)).await;
            self.walked(walk).await?;
        }
        Ok(())
    }

    /// Classes with their teachers, and QR codes with their checklists.
    async fn prepare_walks(&self) -> Result<()> {
        let office = self.actor(|s| s.role == Role::Office)?;
        let names: Vec<String> = CLASSES.iter().map(ToString::to_string).collect();
        visits::classes::add(self.app, &office, &names).await?;
        let mut c = self.app.db.read().await?;
        let classes = visits::classes::all(&mut c, office.organization_id).await?;
        let lists = visits::checklists::all(&mut c, office.organization_id).await?;
        let points = access_points::actions::all_of(&mut c, office.organization_id).await?;
        drop(c);
        let teacher = self.actor(|s| s.display_name == "周建平")?.staff_id;
        let class = classes.iter().find(|k| k.name == "三(2)班").ok_or(Error::NotFound)?;
        visits::classes::change(self.app, &office, class.id, Some(teacher), true).await?;
        for (place, kind, area) in PLACES {
            let list = lists.iter().find(|k| k.kind == kind && k.area == area).ok_or(Error::NotFound)?;
            let point = points.iter().find(|p| p.place == place).ok_or(Error::NotFound)?;
            visits::checklists::set_places(self.app, &office, list.id, &[point.id]).await?;
        }
        Ok(())
    }

    async fn walked(&self, walk: &Walk) -> Result<()> {
        let actor = self.actor(|s| s.role == walk.kind.role())?;
        let mut c = self.app.db.read().await?;
        let lists = visits::checklists::of_kind(&mut c, actor.organization_id, walk.kind).await?;
        let checklist = lists.iter().find(|k| k.area == walk.area).ok_or(Error::NotFound)?;
        let version = forms::actions::live_version(&mut c, checklist.form_id).await?;
        let classes: Vec<PatrolClass> = visits::classes::all(&mut c, actor.organization_id).await?;
        drop(c);
        let at = self.app.now();
        let new = NewVisit {
            checklist,
            version: &version,
            access_point_id: None,
            class_id: classes.iter().find(|k| k.name == walk.place).map(|k| k.id),
            place: walk.place,
            started_at: at - TimeDelta::minutes(18),
            ended_at: at,
            signature: &actor.display_name,
            drawing: if walk.kind == VisitKind::Representative { BY_HAND } else { "" },
            idempotency_key: &random::secret(&*self.app.random),
            answers: &answers(walk, &version.definition),
            photos: &[],
        };
        match visits::actions::take(self.app, &actor, new).await? {
            Outcome::Visit(_) => Ok(()),
            Outcome::KeyUsed => Err(Error::Conflict),
        }
    }

    /// The first finding of the first visit goes to the canteen, which answers it.
    pub(super) async fn answer_first_finding(&self, stage: &Stage, now: DateTime<Utc>) -> Result<()> {
        let hour = |n| moment(now, 9) + TimeDelta::hours(n);
        stage.at(hour(2)).await;
        let (app, office) = (self.app, self.actor(|s| s.role == Role::Office)?);
        let canteen = self.department("食堂")?;
        let handler = self.actor(|s| s.role == Role::Handler && s.department_id == Some(canteen.id))?;
        let walker: Actor = self.actor(|s| s.role == Role::Representative)?;
        let mut c = app.db.read().await?;
        let fates =
            visits::actions::findings_of(app, &mut c, office.organization_id, walker.staff_id, office.lang).await?;
        drop(c);
        let first = fates.iter().find(|f| f.item.contains("留样")).and_then(|f| f.case.as_ref());
        let number = first.ok_or(Error::NotFound)?.number.clone();
        let seen = Seen { number: &number, version: None };
        let order =
            Order { department: canteen.id, instruction: "请核对留样并补记录。".to_string(), due_on: None };
        cases::triage::assign(app, &office, seen, &order).await?;
        stage.at(hour(26)).await;
        cases::handle::start(app, &handler, seen).await?;
        stage.at(hour(50)).await;
        let answer = AnswerText::of(ANSWER);
        cases::handle::hand_in(app, &handler, seen, &answer).await?;
        stage.at(hour(53)).await;
        cases::review::let_out(app, &office, seen, &answer).await
    }
}

/// Ten past eight in the morning of a day ago, but never after `now`, and never on a Sunday.
pub(super) fn moment(now: DateTime<Utc>, ago: i64) -> DateTime<Utc> {
    let morning = time::start_of(time::date(now)) + TimeDelta::minutes(8 * 60 + 10) - TimeDelta::days(ago);
    let sunday = morning.with_timezone(&time::ZONE).weekday() == chrono::Weekday::Sun;
    (if sunday { morning - TimeDelta::days(1) } else { morning }).min(now - TimeDelta::minutes(5))
}

/// Everything in order but what was found.
fn answers(walk: &Walk, definition: &forms::model::Definition) -> Answers {
    let mut answers = Answers::default();
    for (number, item) in (1..).zip(rules::items(definition)) {
        let found = walk.found.iter().find(|(n, _, _)| *n == number);
        let well = if item.choices.is_empty() { "5" } else { YES };
        answers.add(&item.key, found.map_or(well, |(_, answer, _)| answer));
        if let Some((_, _, words)) = found {
            answers.add(&rules::comment_key(&item.key), words);
        }
    }
    answers
}
