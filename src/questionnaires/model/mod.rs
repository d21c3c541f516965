//! Questionnaires and their life.
//!
//! ```mermaid
//! stateDiagram-v2
//!   [*] --> draft
//!   draft --> open: publish
//!   open --> open: publish (next version)
//!   open --> closed: close
//!   closed --> open: reopen
//!   closed --> closed: publish (next version)
//! ```

pub mod edit;

use chrono::{DateTime, Utc};

use crate::{
    forms::model::Definition,
    kernel::ids::{FormId, OrganizationId, QuestionnaireId},
};

/// Most codes that are made at once: a year of a large school.
pub const MOST_CODES: i64 = 400;
/// Most characters of a class.
pub const MOST_COHORT: usize = 20;
/// Most characters of a title.
pub const MOST_TITLE: usize = 60;

crate::code_enum! {
    /// Where in its life a questionnaire is.
    pub enum State {
        /// Nothing was published yet.
        Draft = "draft",
        /// People may answer, within its times.
        Open = "open",
        /// Nobody may answer.
        Closed = "closed",
    }
}

/// The state does not allow this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotNow;

impl State {
    /// A version was published.
    pub const fn publish(self) -> Self {
        match self {
            Self::Draft | Self::Open => Self::Open,
            Self::Closed => Self::Closed,
        }
    }

    /// Somebody closes it.
    ///
    /// # Errors
    /// When it is not open.
    pub const fn close(self) -> Result<Self, NotNow> {
        match self {
            Self::Open => Ok(Self::Closed),
            Self::Draft | Self::Closed => Err(NotNow),
        }
    }

    /// Somebody opens it again.
    ///
    /// # Errors
    /// When it is not closed.
    pub const fn reopen(self) -> Result<Self, NotNow> {
        match self {
            Self::Closed => Ok(Self::Open),
            Self::Draft | Self::Open => Err(NotNow),
        }
    }
}

crate::code_enum! {
    /// How it is seen to that nobody answers twice.
    pub enum OneAnswer {
        /// Not at all: everybody may answer.
        Free = "free",
        /// Only with a one-time code.
        Code = "code",
    }
}

/// Whether people can answer now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// They can.
    Open,
    /// Its first moment is still to come, when it is known.
    NotYet(Option<DateTime<Utc>>),
    /// It is over.
    Closed,
}

/// What is decided about a questionnaire besides its questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Not open before this.
    pub opens_at: Option<DateTime<Utc>>,
    /// Closed from this on.
    pub closes_at: Option<DateTime<Utc>>,
    /// How it is seen to that nobody answers twice.
    pub one_answer: OneAnswer,
    /// Whether one device may be handed around (`?kiosk=1`).
    pub kiosk: bool,
}

/// A questionnaire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Questionnaire {
    /// The id.
    pub id: QuestionnaireId,
    /// The organisation.
    pub organization_id: OrganizationId,
    /// The form whose versions are published.
    pub form_id: FormId,
    /// The Chinese title of the draft, for lists.
    pub title: String,
    /// What people work at.
    pub draft: Definition,
    /// Whether there is a change that can be undone.
    pub can_undo: bool,
    /// Grows with every change of the draft.
    pub draft_version: i64,
    /// The draft that was published last; 0 when none was.
    pub published_draft: i64,
    /// Where in its life it is.
    pub state: State,
    /// What is decided besides its questions.
    pub settings: Settings,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

impl Questionnaire {
    /// Whether people can answer now.
    pub fn window(&self, now: DateTime<Utc>) -> Window {
        match (self.state, self.settings.opens_at, self.settings.closes_at) {
            (State::Draft, opens, _) => Window::NotYet(opens.filter(|at| now < *at)),
            (State::Closed, ..) => Window::Closed,
            (State::Open, _, Some(closes)) if now >= closes => Window::Closed,
            (State::Open, Some(opens), _) if now < opens => Window::NotYet(Some(opens)),
            (State::Open, ..) => Window::Open,
        }
    }

    /// Whether the draft holds changes that no version has yet.
    pub const fn has_changes(&self) -> bool {
        self.draft_version != self.published_draft
    }

    /// Whether anything was published.
    pub const fn is_published(&self) -> bool {
        self.published_draft > 0
    }
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Listed {
    /// The id.
    pub id: QuestionnaireId,
    /// The title.
    pub title: String,
    /// Where in its life it is.
    pub state: State,
    /// Not open before this.
    pub opens_at: Option<DateTime<Utc>>,
    /// Closed from this on.
    pub closes_at: Option<DateTime<Utc>>,
    /// How many have answered.
    pub responses: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// How many people went away after a question.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Leavings {
    /// The key of the last question that they answered.
    pub question: String,
    /// How many.
    pub count: i64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use uuid::Uuid;

    fn questionnaire(state: State) -> Questionnaire {
        Questionnaire {
            id: QuestionnaireId(Uuid::nil()),
            organization_id: OrganizationId(Uuid::nil()),
            form_id: FormId(Uuid::nil()),
            title: String::new(),
            draft: Definition::default(),
            can_undo: false,
            draft_version: 1,
            published_draft: 0,
            state,
            settings: Settings { opens_at: None, closes_at: None, one_answer: OneAnswer::Free, kiosk: false },
            created_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn it_is_open_from_its_first_moment_to_its_last_exclusively() {
        let hour = |n| DateTime::UNIX_EPOCH + TimeDelta::hours(n);
        let mut q = questionnaire(State::Open);
        assert_eq!(q.window(hour(0)), Window::Open);
        (q.settings.opens_at, q.settings.closes_at) = (Some(hour(1)), Some(hour(5)));
        assert_eq!(q.window(hour(0)), Window::NotYet(Some(hour(1))));
        assert_eq!(q.window(hour(1)), Window::Open);
        assert_eq!(q.window(hour(5)), Window::Closed);
        q.state = State::Closed;
        assert_eq!(q.window(hour(1)), Window::Closed);
        q.state = State::Draft;
        assert_eq!(q.window(hour(0)), Window::NotYet(Some(hour(1))));
        assert_eq!(q.window(hour(9)), Window::NotYet(None));
    }

    #[test]
    fn only_what_is_open_is_closed_and_only_what_is_closed_is_opened_again() {
        assert_eq!(State::Draft.publish(), State::Open);
        assert_eq!(State::Closed.publish(), State::Closed);
        assert_eq!(State::Open.close(), Ok(State::Closed));
        assert_eq!(State::Draft.close(), Err(NotNow));
        assert_eq!(State::Closed.reopen(), Ok(State::Open));
        assert_eq!(State::Draft.reopen(), Err(NotNow));
    }
}
