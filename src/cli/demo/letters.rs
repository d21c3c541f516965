//! The letters of the demo school: one about homework, answered by three of four classes, sorted and decided, with its
//! adoption table published; one about the price of lunch, to which replies still come in; a draft; the letter to the head.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    access_points::{self, model::AccessPoint},
    accounts::model::Actor,
    cases::model::Lane,
    cli::demo::{Point, cases::School, stage::Stage},
    error::{Error, Result},
    forms::model::{Answers, Text},
    kernel::{ids::LetterId, random, roles::Role},
    letters::{
        actions::{
            head,
            replies::{self, By, NewReply, Replies},
            sort::{self, Sorting},
            table, write,
        },
        model::{COMMENT, Class, CommentId, Content, Decision, Letter, Suggestion, Way, reason_key, statement_key},
    },
    ui::time,
};

use super::letter_texts::{CLASSES, Deal, HOMEWORK, LUNCH, Reply, SPRING, SUGGESTIONS, Words};

impl School<'_> {
    /// Writes the letters, lets families reply, sorts, decides, publishes. Gives the access points, the open letter's first.
    pub(super) async fn write_letters(&self, stage: &Stage, now: DateTime<Utc>) -> Result<Vec<Point>> {
        let office = self.actor(|s| s.role == Role::Office)?;
        let days = TimeDelta::days;
        stage.at(now - days(16)).await;
        let homework = self.send(&office, &HOMEWORK, now - days(3)).await?;
        self.reply(stage, &homework, HOMEWORK.replies, now - days(15)).await?;
        stage.at(now - days(4)).await;
        let lunch = self.send(&office, &LUNCH, now + days(10)).await?;
        self.reply(stage, &lunch, LUNCH.replies, now - days(3)).await?;

        stage.at(now - days(2)).await;
        self.sort_and_decide(&office, homework.id).await?;
        stage.at(now - days(1)).await;
        table::publish(self.app, &office, homework.id).await?;
        stage.at(now).await;
        write::create(self.app, &office, &self.content(&SPRING)).await?;
        let head = head::open(self.app, &office).await?;
        let (lunch, homework) = (self.point_of(&lunch).await?, self.point_of(&homework).await?);
        Ok([lunch, homework, head].map(shown).into())
    }

    fn content(&self, words: &Words) -> Content {
        let text = |(zh, en): &(&str, &str)| Text::new(zh, en);
        let class = |(name, pupils): &(&str, i64)| Class { name: (*name).to_string(), pupils: Some(*pupils) };
        Content {
            title: text(&words.title),
            greeting: text(&words.greeting),
            body: text(&words.body),
            signature: Text::new(&self.organization.name, "Xuelian Primary School"),
            day: time::date(self.app.now()),
            classes: CLASSES.iter().map(class).collect(),
            statements: words.statements.iter().map(text).collect(),
        }
    }

    async fn send(&self, office: &Actor, words: &Words, until: DateTime<Utc>) -> Result<Letter> {
        let id = write::create(self.app, office, &self.content(words)).await?;
        write::publish(self.app, office, id, 1, Way { until, with_codes: false }).await
    }

    async fn point_of(&self, letter: &Letter) -> Result<AccessPoint> {
        let id = letter.access_point_id.ok_or(Error::NotFound)?;
        access_points::actions::by_id(&mut self.app.db.read().await?, self.organization.id, id).await
    }

    /// Families reply, some hours apart.
    async fn reply(&self, stage: &Stage, letter: &Letter, all: &[Reply], from: DateTime<Utc>) -> Result<()> {
        let point = self.point_of(letter).await?;
        let slip = replies::slip(&mut self.app.db.read().await?, letter).await?;
        for (i, (class, stances, words)) in (0..).zip(all) {
            stage.at(from + TimeDelta::minutes(97 * i)).await;
            let mut answers = Answers::default();
            for (n, stance) in stances.iter().enumerate() {
                answers.add(&statement_key(n), stance.map_or("", |s| s.code()));
            }
            match words {
                (Some(statement), text) => answers.add(&reason_key(*statement), text),
                (None, text) => answers.add(COMMENT, text),
            }
            let new = NewReply {
                version: &slip,
                by: By::Choice(CLASSES.get(*class).map_or("", |(name, _)| name)),
                idempotency_key: &random::secret(&*self.app.random),
                answers: &answers,
            };
            replies::take(self.app, &point, letter.id, new).await?;
        }
        Ok(())
    }

    async fn sort_and_decide(&self, office: &Actor, letter: LetterId) -> Result<()> {
        let (_, read) = replies::open(self.app, office, letter).await?;
        for deal in SUGGESTIONS {
            let ids = with_words(&read, deal.words);
            sort::sort(self.app, office, letter, &ids, &Sorting::IntoNew(deal.title.to_string())).await?;
        }
        sort::sort(self.app, office, letter, &with_words(&read, &["谢谢", "支持"]), &Sorting::Nothing).await?;
        sort::to_cases(self.app, office, letter, &with_words(&read, &["排名"]), Lane::Ordinary).await?;
        let (_, read) = replies::open(self.app, office, letter).await?;
        for suggestion in read.suggestions {
            let deal = SUGGESTIONS.iter().find(|d| d.title == suggestion.title).ok_or(Error::NotFound)?;
            sort::decide(self.app, office, &self.decided(suggestion, deal)?).await?;
        }
        Ok(())
    }

    fn decided(&self, suggestion: Suggestion, deal: &Deal) -> Result<Suggestion> {
        let decision = Decision::parse(deal.decision);
        let department_id = Some(deal.department).filter(|d| !d.is_empty()).map(|d| self.department(d)).transpose()?;
        let day = (!deal.department.is_empty()).then(|| time::date(self.app.now() + TimeDelta::days(14)));
        let department_id = department_id.map(|d| d.id);
        Ok(Suggestion { decision, reason: deal.reason.to_string(), department_id, day, ..suggestion })
    }
}

/// The comments in which one of these words stands.
fn with_words(read: &Replies, words: &[&str]) -> Vec<CommentId> {
    let has = |text: &str| words.iter().any(|w| text.contains(w));
    read.tally.comments.iter().filter(|c| has(&c.text)).map(|c| c.id.clone()).collect()
}

fn shown(point: AccessPoint) -> Point {
    Point { code: point.code, channel: point.channel, place: point.place, topic: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_replies_are_of_three_classes_and_answer_what_is_asked() {
        for words in [&HOMEWORK, &LUNCH] {
            for (class, stances, _) in words.replies {
                assert!(*class < 3 && stances.len() == words.statements.len(), "{class}");
            }
        }
        assert!(HOMEWORK.replies.len() >= 30);
    }
}
