//! The questionnaires of the demo school: one that parents are answering now, one that is over and was answered with
//! codes, and one that is still being written.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    access_points::{
        self,
        model::{AccessPoint, Audience, NewAccessPoint},
    },
    accounts::model::Actor,
    cli::demo::{cases::School, questions, stage::Stage},
    error::{Error, Result},
    forms::{
        self,
        codes::NewCodes,
        model::{Answers, Definition},
    },
    kernel::{
        random,
        response_code::ResponseCode,
        roles::{Channel, Role},
    },
    questionnaires::{
        actions::{
            self, Published,
            answer::{NewAnswer, Received},
        },
        model::{OneAnswer, Questionnaire, Settings},
    },
    ui::time,
};

/// Where the access point hangs that opens the live questionnaire.
const PLACE: &str = "家长会签到处";
/// The classes of the one that is over, how many slips each got, and how many were used.
const CLASSES: [(&str, i64, usize); 3] = [("三（1）班", 24, 15), ("三（2）班", 24, 11), ("三（3）班", 24, 8)];
/// How many have answered the live one.
const ANSWERS: usize = 42;

impl School<'_> {
    /// Makes the questionnaires and answers two of them, over the last two weeks.
    pub(super) async fn ask(&self, stage: &Stage, now: DateTime<Utc>) -> Result<()> {
        let office = self.actor(|s| s.role == Role::Office)?;
        stage.at(now - TimeDelta::days(14)).await;
        self.sports_day(&office, stage, now).await?;
        stage.at(now - TimeDelta::days(6)).await;
        self.spring(&office, stage, now).await?;
        stage.at(now).await;
        actions::create(self.app, &office, questions::after_school()).await?;
        Ok(())
    }

    async fn published(&self, office: &Actor, draft: Definition, settings: &Settings) -> Result<Questionnaire> {
        let made = actions::create(self.app, office, draft).await?;
        actions::set_settings(self.app, office, made.id, settings).await?;
        match actions::publish(self.app, office, made.id, made.draft_version).await? {
            Published::Version(_) => {
                actions::by_id(&mut self.app.db.read().await?, office.organization_id, made.id).await
            }
            Published::Problems(found) => Err(Error::internal(format!("the demo's questionnaire: {found:?}"))),
        }
    }

    /// The live one: everybody may answer.
    async fn spring(&self, office: &Actor, stage: &Stage, now: DateTime<Utc>) -> Result<()> {
        let settings = Settings {
            opens_at: None,
            closes_at: Some(time::start_of(time::date(now + TimeDelta::days(10)))),
            one_answer: OneAnswer::Free,
            kiosk: true,
        };
        let live = self.published(office, questions::satisfaction(), &settings).await?;
        let points = access_points::actions::all_of(&mut self.app.db.read().await?, office.organization_id).await?;
        let point = points.into_iter().find(|p| p.place == PLACE).ok_or(Error::NotFound)?;
        let new = NewAccessPoint {
            channel: Channel::Questionnaire,
            title: "家长满意度问卷".to_string(),
            place: point.place.clone(),
            keeper: point.keeper.clone(),
            audience: Audience::Parents,
            form_id: live.form_id,
            topic_id: None,
            valid_from: None,
            valid_to: None,
        };
        let point = access_points::actions::change(self.app, office, point.id, new).await?;
        for at in 0..ANSWERS {
            let hours = i64::try_from(at * 140 / ANSWERS).unwrap_or(0);
            stage.at(now - TimeDelta::days(6) + TimeDelta::hours(hours)).await;
            self.answer(&live, &point, None, &questions::satisfaction_answers(at)).await?;
        }
        let version = forms::actions::live_version(&mut self.app.db.read().await?, live.form_id).await?;
        for (question, count) in questions::LEFT_AFTER {
            for _ in 0..count {
                actions::answer::leave(self.app, version.id, question).await?;
            }
        }
        Ok(())
    }

    /// The one that is over: one code, one answer.
    async fn sports_day(&self, office: &Actor, stage: &Stage, now: DateTime<Utc>) -> Result<()> {
        let settings = Settings {
            opens_at: Some(now - TimeDelta::days(14)),
            closes_at: Some(now - TimeDelta::days(7)),
            one_answer: OneAnswer::Code,
            kiosk: false,
        };
        let over = self.published(office, questions::sports_day(), &settings).await?;
        let new = NewAccessPoint {
            channel: Channel::Questionnaire,
            title: "运动会反馈".to_string(),
            place: "运动会纸条".to_string(),
            keeper: String::new(),
            audience: Audience::Everyone,
            form_id: over.form_id,
            topic_id: None,
            valid_from: None,
            valid_to: None,
        };
        let point = access_points::actions::add(self.app, office, new).await?;
        let mut slips = Vec::new();
        for (cohort, count, used) in CLASSES {
            let idempotency_key = random::secret(&*self.app.random);
            let new = NewCodes { cohort: cohort.to_string(), count, idempotency_key };
            let codes = actions::codes::make(self.app, office, over.id, &new).await?;
            slips.extend(codes.into_iter().take(used).enumerate());
        }
        slips.sort_by_key(|(at, _)| *at);
        for (at, code) in slips {
            stage.at(now - TimeDelta::days(13) + TimeDelta::hours(i64::try_from(at * 7).unwrap_or(0))).await;
            self.answer(&over, &point, Some(&code), &questions::sports_day_answers(at)).await?;
        }
        stage.at(now - TimeDelta::days(7)).await;
        actions::close(self.app, office, over.id).await
    }

    async fn answer(
        &self,
        questionnaire: &Questionnaire,
        point: &AccessPoint,
        code: Option<&ResponseCode>,
        given: &Answers,
    ) -> Result<()> {
        let version = forms::actions::live_version(&mut self.app.db.read().await?, questionnaire.form_id).await?;
        let (answers, wrong) = forms::check::check_all(&version.definition, given);
        if !wrong.is_empty() {
            return Err(Error::internal(format!("an answer of the demo: {wrong:?}")));
        }
        let key = random::secret(&*self.app.random);
        let new = NewAnswer { point, version: &version, idempotency_key: &key, code, answers: &answers, photos: &[] };
        match actions::answer::receive(self.app, questionnaire, new).await? {
            Received::Kept => Ok(()),
            other => Err(Error::internal(format!("an answer of the demo: {other:?}"))),
        }
    }
}
