//! A week of an office over 国庆 2026: 200 submissions, 12 departments, three late ones, two objections, more time, a pause,
//! a supervision order, judgements. Every clock, every event and the rates are worked out again here, by other code that
//! knows only which days of these weeks were worked, and compared.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Timelike, Utc};
use huiyin::{
    accounts::model::Actor,
    cases::{
        self,
        clocks::{self, model::Outcome},
        extend, handle,
        handle::AnswerText,
        merge,
        model::{Case, Rating},
        object, review, submitter, triage,
        triage::Order,
        work::Seen,
    },
    i18n::Lang,
    kernel::{
        ids::{DepartmentId, SessionId, StaffId},
        roles::Role,
    },
    organizations::{self, staff::NewStaffDetails},
    reports::{self, model::Rate, period::Period},
    supervision::{
        self, ladder,
        model::{Level, NewOrder},
    },
};

use crate::support::TestApp;

/// Another implementation of the few weeks: 1 to 7 October were free, Saturday the 10th was worked.
fn worked(day: NaiveDate) -> bool {
    match (day.month(), day.day()) {
        (10, 1..=7) => false,
        (10, 10) => true,
        _ => day.weekday().number_from_monday() <= 5,
    }
}

fn local_day(t: DateTime<Utc>) -> NaiveDate {
    (t + TimeDelta::hours(8)).date_naive()
}

fn closing(day: NaiveDate) -> DateTime<Utc> {
    day.and_hms_opt(9, 30, 0).unwrap().and_utc()
}

/// The end of so many working days, day by day.
fn plus(from: DateTime<Utc>, days: i64) -> DateTime<Utc> {
    let mut day = local_day(from);
    if from > closing(day) {
        day = day.succ_opt().unwrap();
    }
    while !worked(day) {
        day = day.succ_opt().unwrap();
    }
    for _ in 0..days {
        day = day.succ_opt().unwrap();
        while !worked(day) {
            day = day.succ_opt().unwrap();
        }
    }
    closing(day)
}

/// So many days through, then on to a day that is worked.
fn through(from: DateTime<Utc>, days: u64) -> DateTime<Utc> {
    let mut day = local_day(from) + Days::new(days);
    while !worked(day) {
        day = day.succ_opt().unwrap();
    }
    closing(day)
}

fn at(text: &str) -> DateTime<Utc> {
    format!("2026-{text}:00+08:00").parse().unwrap()
}

/// A clock as it should be: stage, run, begin, end of the limit, end, outcome.
type Expected = (&'static str, i64, DateTime<Utc>, DateTime<Utc>, Option<DateTime<Utc>>, Option<Outcome>);

/// What the test did with a case, and what should have come of it.
#[derive(Default)]
struct Script {
    number: String,
    hourly: bool,
    received: DateTime<Utc>,
    promised: DateTime<Utc>,
    clocks: Vec<Expected>,
    events: Vec<&'static str>,
}

impl Script {
    fn start(&mut self, stage: &'static str, from: DateTime<Utc>, due: DateTime<Utc>) {
        let run = 1 + self.clocks.iter().filter(|c| c.0 == stage).count();
        self.clocks.push((stage, i64::try_from(run).unwrap(), from, due, None, None));
    }

    fn running(&mut self, stage: &str) -> &mut Expected {
        self.clocks.iter_mut().rev().find(|c| c.0 == stage && c.4.is_none()).unwrap_or_else(|| panic!("no {stage}"))
    }

    fn end(&mut self, stage: &str, t: DateTime<Utc>, outcome: Outcome) {
        let clock = self.running(stage);
        (clock.4, clock.5) = (Some(t), Some(outcome));
    }

    fn end_measured(&mut self, stage: &str, t: DateTime<Utc>) {
        let outcome = if t <= self.running(stage).3 { Outcome::Met } else { Outcome::Late };
        self.end(stage, t, outcome);
    }

    fn end_unused(&mut self, stage: &str, t: DateTime<Utc>) {
        let outcome = if t > self.running(stage).3 { Outcome::Lapsed } else { Outcome::Cancelled };
        self.end(stage, t, outcome);
    }

    /// Anonymous people's acts are written down by the hour.
    fn coarse(&self, t: DateTime<Utc>) -> DateTime<Utc> {
        if self.hourly { t.with_minute(0).unwrap() } else { t }
    }
}

/// The office at work.
struct Week {
    t: TestApp,
    office: Actor,
    leader: Actor,
    handlers: Vec<(DepartmentId, Actor)>,
    scripts: Vec<Script>,
}

impl Week {
    async fn begin(t: TestApp) -> Self {
        t.clock.set(at("09-28T08:30"));
        let mut tx = t.app.db.write().await.unwrap();
        let school = organizations::actions::organization_by_slug(&mut tx, &t.demo.organization.slug).await.unwrap();
        let actor = |staff_id: StaffId, role, department_id| Actor {
            session_id: SessionId(uuid::Uuid::nil()),
            staff_id,
            organization_id: school.id,
            organization_name: school.name.clone(),
            organization_slug: school.slug.clone(),
            emblem: school.emblem.clone(),
            department_id,
            role,
            display_name: String::new(),
            username: String::new(),
            lang: Lang::ZhCn,
            teaches_class: false,
        };
        let mut handlers = Vec::new();
        for n in 1..=12 {
            let name = format!("第{n}处");
            let id = organizations::actions::create_department(&t.app, &mut tx, school.id, &name, None).await.unwrap();
            let details = NewStaffDetails {
                username: format!("week{n}"),
                display_name: format!("承办{n}号"),
                role: Role::Handler,
                department_id: Some(id),
                lang: Lang::ZhCn,
            };
            let staff = organizations::actions::create_staff(&t.app, &mut tx, school.id, details).await.unwrap();
            handlers.push((id, actor(staff, Role::Handler, Some(id))));
        }
        let people = organizations::actions::staff(&mut tx, school.id).await.unwrap();
        let of = |role| actor(people.iter().find(|s| s.role == role).unwrap().id, role, None);
        let (office, leader) = (of(Role::Office), of(Role::Leader));
        tx.commit().await.unwrap();
        Self { t, office, leader, handlers, scripts: Vec::new() }
    }

    fn seen(&self, i: usize) -> Seen<'_> {
        Seen { number: &self.scripts[i].number, version: None }
    }

    async fn case(&self, i: usize) -> Case {
        let mut c = self.t.app.db.read().await.unwrap();
        cases::visibility::case_for(&mut c, &self.office, &self.scripts[i].number).await.unwrap()
    }

    async fn submit(&mut self, now: DateTime<Utc>) {
        self.t.clock.set(now);
        let i = self.scripts.len();
        let hourly = i.is_multiple_of(2);
        let identity = if hourly { "anonymous" } else { "named" };
        let body = format!("第 {i} 件：走廊的灯不亮了");
        let fields = [
            ("body", body.as_str()),
            ("identity", identity),
            ("contact_name", if hourly { "" } else { "张家长" }),
            ("contact", if hourly { "" } else { "13900000000" }),
        ];
        let address = [10, 9, u8::try_from(i / 100).unwrap(), u8::try_from(i % 100).unwrap()];
        let code = self.t.point("北门").to_string();
        let receipt = self.t.visitor().from(address).submit(&code, &fields).await.expect(201);
        let mut script = Script { number: receipt.word("case_number"), hourly, ..Script::default() };
        let received = script.coarse(now);
        (script.received, script.promised) = (received, plus(received, 5));
        assert_eq!(receipt.word("due_at").parse::<DateTime<Utc>>().unwrap(), script.promised, "{i}");
        script.start("triage", received, plus(received, 1));
        script.start("acceptance", received, plus(received, 3));
        script.start("answer", received, script.promised);
        script.events.push("received");
        self.scripts.push(script);
    }

    async fn assign(&mut self, i: usize, to: usize, now: DateTime<Utc>) {
        self.t.clock.set(now);
        let order = Order { department: self.handlers[to].0, due_on: None, instruction: String::new() };
        triage::assign(&self.t.app, &self.office, self.seen(i), &order).await.unwrap();
        let again = self.scripts[i].clocks.iter().any(|c| c.0 == "handling");
        let script = &mut self.scripts[i];
        script.end_measured("triage", now);
        if !again {
            script.end_measured("acceptance", now);
        }
        script.start("handling", now, script.promised);
        script.start("objection", now, plus(now, 1));
        script.events.extend(["accepted", "assigned"]);
    }

    async fn answer(&mut self, i: usize, by: usize, now: DateTime<Utc>) {
        self.t.clock.set(now);
        let text = AnswerText::of("已经换好了灯。");
        handle::hand_in(&self.t.app, &self.handlers[by].1, self.seen(i), &text).await.unwrap();
        review::let_out(&self.t.app, &self.office, self.seen(i), &text).await.unwrap();
        let script = &mut self.scripts[i];
        if script.clocks.iter().any(|c| c.0 == "objection" && c.4.is_none()) {
            script.end_unused("objection", now);
        }
        script.end_measured("handling", now);
        script.end_measured("answer", now);
        script.start("callback", now, script.promised.max(plus(now, 0)));
        script.start("review", now, through(now, 30));
        script.events.extend(["submitted", "answered"]);
    }

    async fn rate(&mut self, i: usize, solved: bool, satisfied: bool, now: DateTime<Utc>) {
        self.t.clock.set(now);
        let rating = Rating { contacted: true, solved, satisfied, comment: String::new() };
        submitter::rate(&self.t.app, self.case(i).await.id, rating).await.unwrap();
        let script = &mut self.scripts[i];
        let then = script.coarse(now);
        script.end_measured("callback", then);
        script.events.push("rated");
        if solved {
            script.events.push("closed");
            return;
        }
        script.end("review", then, Outcome::Met);
        script.promised = plus(then, 5);
        script.start("triage", then, plus(then, 1));
        script.start("acceptance", then, plus(then, 3));
        script.start("answer", then, script.promised);
        script.events.push("reopened");
    }

    async fn objections(&mut self) {
        for (i, upheld) in [(5, true), (17, false)] {
            let raised = at("09-29T10:00");
            self.t.clock.set(raised);
            object::object(&self.t.app, &self.handlers[i % 12].1, self.seen(i), "不归我们管").await.unwrap();
            self.scripts[i].end("objection", raised, Outcome::Met);
            self.scripts[i].events.push("objected");
            let ruled = at("09-29T10:40");
            self.t.clock.set(ruled);
            object::rule(&self.t.app, &self.office, self.seen(i), upheld, "看过了").await.unwrap();
            let script = &mut self.scripts[i];
            script.events.push(if upheld { "objection_upheld" } else { "objection_overruled" });
            if upheld {
                script.end("handling", ruled, Outcome::Cancelled);
                script.start("triage", ruled, plus(ruled, 1));
                self.assign(i, (i + 1) % 12, at("09-29T11:00")).await;
            }
        }
    }

    async fn more_time(&mut self, i: usize) {
        let asked = at("09-30T16:30");
        self.t.clock.set(asked);
        let day = "2026-10-20".parse().unwrap();
        extend::ask(&self.t.app, &self.handlers[i % 12].1, self.seen(i), day, "等配件").await.unwrap();
        self.scripts[i].start("extension", asked, plus(asked, 1));
        let granted = at("10-08T08:10");
        self.t.clock.set(granted);
        extend::decide(&self.t.app, &self.office, self.seen(i), true, "配件二十号到").await.unwrap();
        let script = &mut self.scripts[i];
        script.end_measured("extension", granted);
        script.promised = closing(day);
        script.running("answer").3 = closing(day);
        script.running("handling").3 = closing(day);
        script.events.extend(["extension_asked", "extended"]);
    }

    async fn paused(&mut self, i: usize) {
        let begun = at("09-29T15:00");
        self.t.clock.set(begun);
        clocks::pause(&self.t.app, &self.handlers[i % 12].1, self.seen(i), "请告诉我们是哪一层").await.unwrap();
        // Five working days at most: 30 September, 8, 9, 10 and 12 October.
        assert_eq!(self.case(i).await.paused_until, Some(at("10-12T17:30")));
        self.scripts[i].events.push("paused");
    }

    async fn submitter_writes(&mut self, i: usize) {
        let now = at("10-08T08:20");
        self.t.clock.set(now);
        let id = self.case(i).await.id;
        submitter::message(&self.t.app, id, None, b"week", "三楼东边", &[], now).await.unwrap();
        assert_eq!(self.case(i).await.paused_until, None);
        // 29 and 30 September ended meanwhile.
        let script = &mut self.scripts[i];
        script.promised = plus(script.received, 7);
        script.running("answer").3 = script.promised;
        script.running("handling").3 = script.promised;
        script.events.extend(["message_in", "resumed"]);
    }

    /// The first case takes in the others: their clocks stop, its own go on as they were.
    async fn merge(&mut self, now: DateTime<Utc>) {
        self.t.clock.set(now);
        let others: Vec<String> = TOGETHER.skip(1).map(|i| self.scripts[i].number.clone()).collect();
        let refused = merge::merge(&self.t.app, &self.office, self.seen(TOGETHER.start), &others).await.unwrap();
        assert_eq!(refused, Vec::new());
        self.scripts[TOGETHER.start].events.push("took_in");
        for i in TOGETHER.skip(1) {
            let script = &mut self.scripts[i];
            for stage in ["objection", "handling", "answer"] {
                script.end(stage, now, Outcome::Cancelled);
            }
            script.events.push("merged");
        }
    }

    /// Who sent a merged case judges the lead's answer; among them are anonymous people, so the hour is all that is kept.
    async fn rate_merged(&mut self, i: usize, solved: bool, satisfied: bool, now: DateTime<Utc>) {
        self.t.clock.set(now);
        let rating = Rating { contacted: true, solved, satisfied, comment: String::new() };
        submitter::rate(&self.t.app, self.case(i).await.id, rating).await.unwrap();
        self.scripts[i].events.push("rated");
    }

    async fn check_clocks(&self, i: usize) {
        let case = self.case(i).await;
        let mut c = self.t.app.db.read().await.unwrap();
        let mut kept: Vec<_> = cases::store::clocks::of_case(&mut c, case.id)
            .await
            .unwrap()
            .into_iter()
            .map(|k| (k.stage.code(), k.run, k.started_at, k.due_at, k.ended_at, k.outcome))
            .collect();
        let mut expected = self.scripts[i].clocks.clone();
        kept.sort_by_key(|k| (k.0, k.1));
        expected.sort_by_key(|k| (k.0, k.1));
        assert_eq!(kept, expected, "the clocks of case {i}");
        assert_eq!(case.promised_at, self.scripts[i].promised, "{i}");
        let events = cases::store::events::of_case(&mut c, case.id).await.unwrap();
        let kinds: Vec<_> = events.iter().map(|e| e.kind.code()).collect();
        assert_eq!(kinds, self.scripts[i].events, "the events of case {i}");
    }

    /// Response, solution, satisfaction, each with its denominator, from clocks and judgements, against the script.
    async fn check_rates(&self, judged: &BTreeMap<usize, (bool, bool)>) {
        let mut c = self.t.app.db.read().await.unwrap();
        let (mut met, mut answered, mut solved, mut satisfied, mut silent) = (0, 0, 0, 0, 0);
        for i in 0..self.scripts.len() {
            let id = self.case(i).await.id;
            let clocks = cases::store::clocks::of_case(&mut c, id).await.unwrap();
            let first = clocks.iter().find(|k| k.stage == clocks::Stage::Answer && k.run == 1).unwrap();
            answered += usize::from(matches!(first.outcome, Some(Outcome::Met | Outcome::Late)));
            met += usize::from(first.outcome == Some(Outcome::Met));
            let callbacks = cases::store::callbacks::of_case(&mut c, id).await.unwrap();
            silent += usize::from(callbacks.is_empty());
            solved += callbacks.iter().filter(|k| k.solved).count();
            satisfied += callbacks.iter().filter(|k| k.satisfied).count();
        }
        assert_eq!((met, answered), (183, 186), "three were late, fourteen were answered as part of another");
        let count = |f: fn(&(bool, bool)) -> bool| judged.values().filter(|j| f(j)).count();
        assert_eq!((solved, satisfied, silent), (count(|j| j.0), count(|j| j.1), 200 - judged.len()));
        drop(c);
        self.check_report(judged).await;
    }

    /// What the report says, as its numbers and as its page, against the script.
    async fn check_report(&self, judged: &BTreeMap<usize, (bool, bool)>) {
        let period = Period { first: "2026-09-28".parse().unwrap(), last: "2026-09-30".parse().unwrap() };
        let mut c = self.t.app.db.read().await.unwrap();
        let report = reports::actions::report(&self.t.app, &mut c, &self.office, period).await.unwrap();
        drop(c);
        let again = judged.iter().filter(|(i, j)| !j.0 && !TOGETHER.contains(i)).count();
        let count = |f: fn(&(bool, bool)) -> bool| judged.values().filter(|j| f(j)).count() as u64;
        let rate = |of| Rate { of, all: judged.len() as u64 };
        let all = &report.all;
        assert_eq!((all.received, all.submissions, all.merged), (200, 200, 14));
        assert_eq!(
            (all.open, all.late),
            (again as u64, again as u64),
            "what was reopened waits, and its limit has passed"
        );
        assert_eq!((all.solved, all.satisfied), (rate(count(|j| j.0)), rate(count(|j| j.1))));
        assert_eq!(all.silent, (200 - judged.len()) as u64);
        assert_eq!(all.on_time.all, 186);
        assert_eq!(all.on_time.of, (186 - LATE.len() - again) as u64);
        // By department: every case stands with the department that answered it, the merged ones with their lead's.
        let lead = &report.departments["第1处"];
        assert_eq!(lead.merged, 14);
        let parts = |f: fn(&reports::model::Numbers) -> u64| report.departments.values().map(f).sum::<u64>();
        assert_eq!((parts(|n| n.received), parts(|n| n.merged), parts(|n| n.silent)), (200, 14, all.silent));
        assert_eq!(parts(|n| n.solved.all), judged.len() as u64);
        let page = self.t.staff(Role::Office).await;
        let page = page.get("/desk/reports?from=2026-09-28&to=2026-09-30").await.expect(200).text();
        for rate in [all.on_time, all.solved, all.satisfied] {
            assert!(page.contains(&format!("{}/{}", rate.of, rate.all)), "{rate:?}: {page}");
        }
    }
}

const LATE: [usize; 3] = [50, 51, 52];
const MORE_TIME: usize = 30;
const PAUSED: usize = 31;
const ORDERED: usize = 40;
/// Fifteen about one matter: the first becomes the lead of the others.
const TOGETHER: std::ops::Range<usize> = 180..195;

#[tokio::test]
async fn a_week_over_a_holiday_is_counted_as_other_code_counts_it() {
    let mut week = Week::begin(TestApp::start().await).await;
    for (day, from) in [("09-28", 0), ("09-29", 70), ("09-30", 140)] {
        if day == "09-29" {
            for n in 0..10 {
                week.submit(at("09-29T08:35") + TimeDelta::minutes(n)).await;
            }
            week.objections().await;
        }
        while week.scripts.len() < (from + 70).min(200) {
            let n = i64::try_from(week.scripts.len() - from).unwrap();
            week.submit(at(&format!("{day}T08:30")).max(week.t.app.now()) + TimeDelta::minutes(n % 4)).await;
        }
        if day == "09-29" {
            week.paused(PAUSED).await;
        }
        for i in from..week.scripts.len() {
            week.assign(i, i % 12, at(&format!("{day}T16:00"))).await;
        }
        ladder::climb(&week.t.app).await.unwrap();
    }
    week.more_time(MORE_TIME).await;
    week.submitter_writes(PAUSED).await;
    let order = NewOrder {
        cases: vec![week.scripts[ORDERED].number.clone()],
        level: Level::Written,
        basis: "多人反映".into(),
        demand: "今天换灯".into(),
        due_on: "2026-10-08".parse().unwrap(),
    };
    supervision::actions::issue(&week.t.app, &week.leader, &order).await.unwrap();
    week.scripts[ORDERED].events.push("supervised");
    week.merge(at("10-08T08:25")).await;
    let merged = |i: usize| TOGETHER.contains(&i) && i != TOGETHER.start;
    for i in (0..200).filter(|i| !LATE.contains(i) && *i != MORE_TIME && !merged(*i)) {
        let by = if i == 5 { 6 } else { i % 12 };
        week.answer(i, by, at("10-08T08:30") + TimeDelta::minutes(i64::try_from(i).unwrap() / 2)).await;
    }
    let mut judged = BTreeMap::new();
    for i in (0..200).filter(|i| !LATE.contains(i) && *i != MORE_TIME) {
        let judgement = match i % 10 {
            0 | 4 => (true, true),
            1 => (true, false),
            // Those of the fifteen are content, or their lead would be open again.
            2 if !merged(i) => (false, false),
            _ => continue,
        };
        judged.insert(i, judgement);
        let then = at("10-09T09:00") + TimeDelta::minutes(i64::try_from(i).unwrap());
        if merged(i) {
            week.rate_merged(i, judgement.0, judgement.1, then).await;
        } else {
            week.rate(i, judgement.0, judgement.1, then).await;
        }
    }
    // Due on Saturday the tenth, which was worked; on Monday the office is told, once.
    week.t.clock.set(at("10-12T09:00"));
    ladder::climb(&week.t.app).await.unwrap();
    ladder::climb(&week.t.app).await.unwrap();
    for i in LATE {
        week.scripts[i].events.push("overdue");
        week.answer(i, i % 12, at("10-12T10:00")).await;
    }
    week.answer(MORE_TIME, MORE_TIME % 12, at("10-19T10:00")).await;
    // What was reopened on the ninth waits at the office, late since Saturday or Monday.
    for i in 0..200 {
        if judged.get(&i).is_some_and(|j| !j.0) && week.scripts[i].running("triage").3 < at("10-12T09:00") {
            week.scripts[i].events.push("overdue");
        }
        week.check_clocks(i).await;
    }
    week.check_rates(&judged).await;
}
