//! The cases of the demo school: every story is told through the same actions that people use, in the order of time, with
//! a clock that runs through the last weeks.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    access_points,
    accounts::model::Actor,
    attachments::staged,
    audit,
    cases::{
        self,
        handle::AnswerText,
        model::{Outcome, Rating},
        transfer::Handed,
        triage::Order,
        work::Seen,
    },
    cli::demo::{
        Point, many,
        stage::{Scene, Stage},
        stories::{self, Step, Story},
    },
    error::{Error, Result},
    forms::{self, model::Answers},
    http::App,
    i18n::Lang,
    intake::{
        self,
        model::{Contact, NewSubmission},
        submit::{Submitted, submit},
    },
    kernel::{
        clock::ManualClock,
        ids::{CaseId, SessionId},
        random,
        roles::Role,
    },
    organizations::{
        self,
        model::{Department, Organization, Staff},
    },
    personal_data::{
        self,
        model::{Basis, Proof},
        requests::Wish,
    },
    supervision,
};

/// The hour at which people write, in UTC: ten in the morning in Shanghai.
const HOUR: i64 = 2;

/// Nobody has looked at their notices since then.
const NOT_READ: TimeDelta = TimeDelta::hours(20);

/// The school while its stories are told.
pub(super) struct School<'a> {
    pub app: &'a Arc<App>,
    pub organization: Organization,
    staff: Vec<Staff>,
    departments: Vec<Department>,
}

/// What has come of a story so far.
struct Told {
    number: String,
    case: CaseId,
}

/// Tells all stories up to `now`, and `more` that are made up, and writes the letters, whose access points it gives.
///
/// # Errors
/// When a story does not go as it is written; the database's.
pub(super) async fn tell(
    app: &Arc<App>,
    clock: &ManualClock,
    slug: &str,
    now: DateTime<Utc>,
    more: usize,
) -> Result<Vec<Point>> {
    let mut c = app.db.read().await?;
    let organization = organizations::actions::organization_by_slug(&mut c, slug).await?;
    let staff = organizations::actions::staff(&mut c, organization.id).await?;
    let departments = organizations::actions::departments(&mut c, organization.id).await?;
    drop(c);
    let school = School { app, organization, staff, departments };
    school.agree_on_routing().await?;
    school.keep_tools().await?;
    school.keep_for().await?;
    let stage = Stage::new(clock);
    let points = Mutex::new(Vec::new());
    let scenes: Vec<Scene<'_>> = vec![
        Box::pin(school.tell_stories(&stage, now, more)),
        Box::pin(school.take_calls(&stage, now)),
        Box::pin(async {
            let written = school.write_letters(&stage, now).await?;
            points.lock().unwrap_or_else(PoisonError::into_inner).extend(written);
            Ok(())
        }),
        Box::pin(async {
            stage.at(now - TimeDelta::hours(3)).await;
            school.look_again().await
        }),
        Box::pin(school.ask(&stage, now)),
        Box::pin(school.walk(&stage, now)),
        Box::pin(school.answer_first_finding(&stage, now)),
        Box::pin(school.put_in_order(&stage, now)),
        Box::pin(async {
            stage.at(now - NOT_READ).await;
            school.read_notices().await
        }),
    ];
    // As the job does: what anonymous people did joins the audit log when their hour is over.
    stage.play(scenes, async || audit::waiting::settle(app).await).await?;
    clock.set(now);
    audit::waiting::settle(app).await?;
    school.see_papers().await?;
    school.open_boxes(now).await?;
    school.count_answers().await?;
    Ok(points.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// When a story began, which is the `i`th.
fn came(story: &Story, i: usize, now: DateTime<Utc>) -> DateTime<Utc> {
    if story.ago == 0 {
        return now - TimeDelta::minutes(20);
    }
    let midnight = now - TimeDelta::seconds(now.timestamp().rem_euclid(86_400));
    let minutes = TimeDelta::minutes(i64::try_from(i * 7 % 50).unwrap_or(0));
    midnight - TimeDelta::days(story.ago) + TimeDelta::hours(HOUR) + minutes
}

/// Everything that has happened by now, in the order of time; no step is the submission.
fn in_order(stories: &[(DateTime<Utc>, Story)], now: DateTime<Utc>) -> Vec<(DateTime<Utc>, usize, Option<Step>)> {
    let mut all = Vec::new();
    for (i, (came, story)) in stories.iter().enumerate() {
        all.push((*came, i, None));
        all.extend(story.steps.iter().map(|(hours, step)| (*came + TimeDelta::hours(*hours), i, Some(*step))));
    }
    all.retain(|(at, ..)| *at <= now);
    all.sort_by_key(|(at, ..)| *at);
    all
}

impl School<'_> {
    async fn tell_stories(&self, stage: &Stage, now: DateTime<Utc>, more: usize) -> Result<()> {
        let made_up = many::make_up(more, now);
        let written = stories::all().enumerate().map(|(i, story)| (came(story, i, now), Story { ..*story }));
        let stories: Vec<(DateTime<Utc>, Story)> = written.chain(made_up.iter().map(|m| (m.came, m.story()))).collect();
        let mut told: Vec<Option<Told>> = stories.iter().map(|_| None).collect();
        let (all, mut done) = (in_order(&stories, now), 0);
        let whole = all.len();
        for (at, story, step) in all {
            done += 1;
            if more > 0 && done % 10_000 == 0 {
                eprintln!("{done} of {whole} steps");
            }
            stage.at(at).await;
            match step {
                None => told[story] = Some(self.receive(&stories[story].1).await?),
                Some(step) => {
                    let told = told[story].as_ref().ok_or_else(|| Error::internal("a step before its story"))?;
                    self.act(told, step)
                        .await
                        .map_err(|e| Error::internal(format!("story {story}, {step:?}: {e:?}")))?;
                }
            }
        }
        Ok(())
    }

    /// Everybody has read what there was until now, also of limits that had passed: a school that works looks at its notices.
    async fn read_notices(&self) -> Result<()> {
        supervision::ladder::climb(self.app).await?;
        for person in &self.staff {
            let actor = self.actor(|s| s.id == person.id)?;
            cases::notices::mark_read(self.app, &actor).await?;
        }
        Ok(())
    }

    async fn receive(&self, story: &Story<'_>) -> Result<Told> {
        let app = self.app;
        let mut c = app.db.read().await?;
        let points = access_points::actions::all_of(&mut c, self.organization.id).await?;
        let point = points.into_iter().find(|p| p.place == story.place).ok_or(Error::NotFound)?;
        let version = forms::actions::live_version(&mut c, point.form_id).await?;
        let topic = organizations::actions::topic_or_other(&mut c, self.organization.id, story.topic, None).await?;
        drop(c);
        let mut files = Vec::new();
        if story.photo {
            let picture = soup().map_err(Error::internal)?;
            let staged = staged::accept(app, picture.into()).await?.map_err(Error::internal)?;
            files.push(staged.file);
        }
        let new = NewSubmission {
            idempotency_key: random::secret(&*app.random),
            form_version_id: version.id,
            person: story.person,
            identity: story.identity,
            topic,
            body: story.text.to_string(),
            answers: Answers::default(),
            contact: story.contact.map(|(name, contact)| Contact { name: name.into(), contact: contact.into() }),
            lane: story.lane,
            files,
        };
        let Submitted::Receipt(receipt) = submit(app, &self.organization, &point, None, new).await? else {
            return Err(Error::internal("a new key was used before"));
        };
        let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let found = intake::track::find(app, &receipt.tracking_code.grouped(), here).await?;
        let (_, tracked) = found.ok_or(Error::NotFound)?;
        Ok(Told { number: receipt.case_number, case: tracked.case_id })
    }

    /// Everybody of the office.
    fn office(&self) -> Result<Vec<Actor>> {
        self.staff.iter().filter(|s| s.role == Role::Office).map(|s| self.actor(|p| p.id == s.id)).collect()
    }

    /// The first person for whom this holds, as if they were signed in.
    pub(super) fn actor(&self, fits: impl Fn(&Staff) -> bool) -> Result<Actor> {
        let person = self.staff.iter().find(|s| fits(s)).ok_or(Error::NotFound)?;
        let organization = &self.organization;
        Ok(Actor {
            session_id: SessionId::new(self.app.now(), &*self.app.random),
            staff_id: person.id,
            organization_id: organization.id,
            organization_name: organization.name.clone(),
            organization_slug: organization.slug.clone(),
            emblem: organization.emblem.clone(),
            department_id: person.department_id,
            role: person.role,
            display_name: person.display_name.clone(),
            username: person.username.clone(),
            lang: Lang::ZhCn,
            teaches_class: false,
        })
    }

    pub(super) fn department(&self, name: &str) -> Result<&Department> {
        self.departments.iter().find(|d| d.name == name).ok_or(Error::NotFound)
    }

    /// The handler of a department, or its head where there is none.
    fn worker(&self, department: &str) -> Result<Actor> {
        let id = Some(self.department(department)?.id);
        let of = |role| self.actor(|s: &Staff| s.department_id == id && s.role == role);
        of(Role::Handler).or_else(|_| of(Role::DepartmentHead))
    }

    async fn act(&self, told: &Told, step: Step) -> Result<()> {
        let (app, number) = (&**self.app, told.number.as_str());
        let office = self.actor(|s| s.role == Role::Office)?;
        let seen = || Seen { number, version: None };
        let answer = |body: &str, outcome: Option<Outcome>| AnswerText { outcome, ..AnswerText::of(body) };
        match step {
            Step::Assign(department) => {
                let department = self.department(department)?.id;
                let order = Order { department, due_on: None, instruction: String::new() };
                cases::triage::assign(app, &office, seen(), &order).await
            }
            Step::Assist(department, what) => {
                let department = self.department(department)?.id;
                let order = Order { department, due_on: None, instruction: what.to_string() };
                cases::assist::ask(app, &office, seen(), &order).await
            }
            Step::Contribute(department, text) => {
                cases::assist::contribute(app, &self.worker(department)?, number, text).await
            }
            Step::Transfer(to, reason, summary) => {
                let to = Handed {
                    body: to.to_string(),
                    contact: String::new(),
                    reason: reason.to_string(),
                    summary: summary.to_string(),
                };
                cases::transfer::transfer(app, &office, seen(), &to).await
            }
            Step::Start(department) => cases::handle::start(app, &self.worker(department)?, seen()).await,
            Step::Draft(department, text) => {
                cases::handle::draft(app, &self.worker(department)?, seen(), &answer(text, None)).await
            }
            Step::HandIn(department, text) => {
                cases::handle::hand_in(app, &self.worker(department)?, seen(), &answer(text, None)).await
            }
            Step::SendBack(comment) => cases::review::send_back(app, &office, seen(), comment).await,
            Step::LetOut(text, outcome) => {
                // An answer about people waits for the second person, who lets the same words out.
                for person in self.office()? {
                    match cases::review::let_out(app, &person, seen(), &answer(text, outcome)).await {
                        Err(Error::Conflict) => break,
                        other => other?,
                    }
                }
                Ok(())
            }
            Step::Decline(reason) => cases::triage::decline(app, &office, seen(), reason, None).await,
            Step::Close => cases::close::close(app, &office, seen(), None).await,
            Step::Note(text) => cases::write::note(app, &office, number, text).await.map(drop),
            Step::Ask(text) => cases::write::message(app, &office, number, text).await,
            Step::Press(words) => {
                cases::write::press(app, &self.actor(|s| s.role == Role::Leader)?, number, words).await
            }
            Step::Hold(why) => cases::legal_hold::set(app, &office, seen(), why).await,
            Step::AskErasure(words) => {
                let (basis, proof) = (Basis::Purpose, Proof::CalledBack);
                let wish = Wish { submission: None, basis, proof, words: words.to_string() };
                personal_data::requests::ask(app, &office, number, &wish).await
            }
            Step::Add(text) => {
                let key = random::bytes::<32>(&*app.random);
                cases::submitter::message(self.app, told.case, None, &key, text, &[], app.now()).await
            }
            Step::Urge => cases::submitter::urge(app, told.case).await,
            Step::Withdraw => cases::submitter::withdraw(app, told.case).await,
            Step::Rate(contacted, solved, satisfied) => {
                let rating = Rating { contacted, solved, satisfied, comment: String::new() };
                cases::submitter::rate(app, told.case, rating).await
            }
        }
    }
}

/// A picture of a bowl of soup on a tray, drawn, so that no real photo has to travel with the program.
pub(super) fn soup() -> Result<Vec<u8>, image::ImageError> {
    let (width, height) = (960u32, 720u32);
    let picture = image::RgbImage::from_fn(width, height, |x, y| {
        let (dx, dy) = (f64::from(x) - 470.0, (f64::from(y) - 380.0) * 1.25);
        let far = dx.hypot(dy);
        let shade = 1.0 - far / 1400.0;
        let ripple = ((far / 13.0).sin() * 6.0) + ((dx / 31.0).cos() * (dy / 23.0).sin() * 14.0);
        let [r, g, b] = match far {
            f if f < 250.0 => [214.0 + ripple, 122.0 + ripple, 60.0],
            f if f < 300.0 => [242.0, 240.0, 234.0],
            f if f < 312.0 => [196.0, 194.0, 188.0],
            _ => [148.0 + (f64::from(y) / 7.0).sin() * 5.0, 160.0, 168.0],
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 255")]
        let byte = |v: f64| (v * shade).clamp(0.0, 255.0) as u8;
        image::Rgb([byte(r), byte(g), byte(b)])
    });
    let mut bytes = Vec::new();
    picture.write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Jpeg)?;
    Ok(bytes)
}
