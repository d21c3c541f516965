//! A clock and the rule by which it is counted; pure.

use chrono::{DateTime, Utc};

use crate::{kernel::calendar::WorkCalendar, organizations::model::TimeLimits};

crate::code_enum! {
    /// What a clock is for.
    pub enum Stage {
        /// Triage by the office.
        Triage = "triage",
        /// Telling the submitter whether it is accepted.
        Acceptance = "acceptance",
        /// The department may object.
        Objection = "objection",
        /// Handling by a department.
        Handling = "handling",
        /// A wish for more time waits.
        Extension = "extension",
        /// The answer that the submitter was promised.
        Answer = "answer",
        /// The submitter judges the answer.
        Callback = "callback",
        /// The submitter may ask to look again.
        Review = "review",
    }
}

crate::code_enum! {
    /// How a limit is counted.
    pub enum Unit {
        /// In working days.
        Working = "working",
        /// In calendar days.
        Calendar = "calendar",
        /// Until a day that somebody named.
        Day = "day",
    }
}

crate::code_enum! {
    /// How a clock ended.
    pub enum Outcome {
        /// In time.
        Met = "met",
        /// After its end.
        Late = "late",
        /// Nobody used the time, which is no fault.
        Lapsed = "lapsed",
        /// It was needed no longer.
        Cancelled = "cancelled",
    }
}

crate::code_enum! {
    /// Where a clock stands now.
    pub enum Standing {
        /// It runs.
        Running = "running",
        /// It runs, and its warn point has passed.
        Warned = "warned",
        /// It stands still.
        Paused = "paused",
        /// Its end has passed.
        Overdue = "overdue",
        /// It ended in time.
        Met = "met",
        /// It ended late.
        Late = "late",
        /// The time passed unused.
        Lapsed = "lapsed",
        /// It was needed no longer.
        Cancelled = "cancelled",
    }
}

/// Days until an answer must be out (信访工作条例 §34).
pub const ANSWER_DAYS: i64 = 60;
/// Days until the answer after a review must be out (§36).
pub const REVIEW_ANSWER_DAYS: i64 = 30;
/// Days that more time adds at most (§34).
pub const MORE_DAYS: i64 = 30;
/// Days until the office must have passed a case on, and until the submitter must know (§22, §23).
pub const FIRST_DAYS: i64 = 15;
/// Days in which the submitter may ask to look again (§35).
pub const REVIEW_DAYS: i64 = 30;

/// How a clock is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// In what.
    pub unit: Unit,
    /// How many.
    pub amount: i64,
    /// From when; with [`Unit::Day`], the day itself.
    pub from: DateTime<Utc>,
    /// Working days that pauses added.
    pub stood: i64,
    /// Calendar days that it never passes; 0 for none.
    pub ceiling_days: i64,
    /// From when those are counted.
    pub ceiling_from: DateTime<Utc>,
}

fn days(n: i64) -> u16 {
    u16::try_from(n.max(0)).unwrap_or(u16::MAX)
}

impl Rule {
    /// Working days from a moment, never past so many calendar days.
    pub const fn working(amount: u16, from: DateTime<Utc>, ceiling_days: i64) -> Self {
        Self { unit: Unit::Working, amount: amount as i64, from, stood: 0, ceiling_days, ceiling_from: from }
    }

    /// Calendar days from a moment.
    pub const fn calendar(amount: i64, from: DateTime<Utc>) -> Self {
        Self { unit: Unit::Calendar, amount, from, stood: 0, ceiling_days: 0, ceiling_from: from }
    }

    /// Until the end of a day, under this rule's ceiling.
    #[must_use]
    pub const fn day(self, day: DateTime<Utc>) -> Self {
        Self { unit: Unit::Day, amount: 0, from: day, stood: 0, ..self }
    }

    /// Moved by so many working days, or back.
    #[must_use]
    pub fn moved(self, by: i64) -> Self {
        Self { stood: (self.stood + by).max(0), ..self }
    }

    /// Triage by the office.
    pub const fn triage(limits: &TimeLimits, at: DateTime<Utc>) -> Self {
        Self::working(limits.triage, at, FIRST_DAYS)
    }

    /// The answer within so many working days, in the round of the case.
    pub const fn answer(amount: u16, at: DateTime<Utc>, round: i64) -> Self {
        Self::working(amount, at, 0).longest(round, false)
    }

    /// With the longest time that the law gives an answer in this round.
    #[must_use]
    pub const fn longest(self, round: i64, extended: bool) -> Self {
        let base = if round == 0 { ANSWER_DAYS } else { REVIEW_ANSWER_DAYS };
        Self { ceiling_days: base + if extended { MORE_DAYS } else { 0 }, ..self }
    }

    /// The moment that it never passes.
    pub fn ceiling(&self, calendar: &WorkCalendar) -> Option<DateTime<Utc>> {
        (self.ceiling_days > 0).then(|| calendar.add_calendar_days(self.ceiling_from, days(self.ceiling_days)))
    }

    /// When it ends.
    pub fn due(&self, calendar: &WorkCalendar) -> DateTime<Utc> {
        let end = match self.unit {
            Unit::Working => calendar.add_working_days(self.from, days(self.amount + self.stood)),
            Unit::Calendar => calendar.add_calendar_days(self.from, days(self.amount)),
            Unit::Day => {
                let end = calendar.closing(calendar.local_date(self.from));
                if self.stood == 0 { end } else { calendar.add_working_days(end, days(self.stood)) }
            }
        };
        self.ceiling(calendar).map_or(end, |ceiling| end.min(ceiling))
    }
}

/// Working days after which a pause ends by itself.
pub const PAUSE_DAYS: u16 = 5;

/// A pause, as it moves clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Still {
    /// When it began.
    pub started: DateTime<Utc>,
    /// When it ends by itself.
    pub last: DateTime<Utc>,
    /// Working days that it adds, as long as nothing ends it earlier.
    pub moved: i64,
}

impl Still {
    /// A pause that begins.
    pub fn begin(calendar: &WorkCalendar, at: DateTime<Utc>) -> Self {
        let last = calendar.add_working_days(at, PAUSE_DAYS);
        Self { started: at, last, moved: i64::from(calendar.closings_between(at, last)) }
    }

    /// When it really ended, and the working days that it added: the ends of working days while it lasted. What anonymous
    /// people do is written down by the hour, which may have begun before the pause.
    pub fn end(&self, calendar: &WorkCalendar, at: DateTime<Utc>) -> (DateTime<Utc>, i64) {
        let ended = at.clamp(self.started, self.last);
        (ended, i64::from(calendar.closings_between(self.started, ended)))
    }
}

/// A clock of a case.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Clock {
    /// What it is for.
    pub stage: Stage,
    /// How often the stage was entered, from 1.
    pub run: i64,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ends.
    pub due_at: DateTime<Utc>,
    /// From when on it is worth a warning: one working day before its end, or half time when that is later.
    pub warn_at: DateTime<Utc>,
    /// How it is counted.
    pub unit: Unit,
    /// How many of the unit.
    pub amount: i64,
    /// From when it is counted.
    pub counted_at: DateTime<Utc>,
    /// Working days that pauses added.
    pub stood: i64,
    /// Calendar days that it never passes; 0 for none.
    pub ceiling_days: i64,
    /// From when those are counted.
    pub ceiling_from_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// How.
    pub outcome: Option<Outcome>,
}

impl Clock {
    /// A clock that begins.
    pub fn start(stage: Stage, at: DateTime<Utc>, rule: Rule, calendar: &WorkCalendar) -> Self {
        let clock = Self {
            stage,
            run: 0,
            started_at: at,
            due_at: at,
            warn_at: at,
            unit: rule.unit,
            amount: rule.amount,
            counted_at: rule.from,
            stood: rule.stood,
            ceiling_days: rule.ceiling_days,
            ceiling_from_at: rule.ceiling_from,
            ended_at: None,
            outcome: None,
        };
        clock.with_rule(rule, calendar)
    }

    /// How it is counted.
    pub const fn rule(&self) -> Rule {
        Rule {
            unit: self.unit,
            amount: self.amount,
            from: self.counted_at,
            stood: self.stood,
            ceiling_days: self.ceiling_days,
            ceiling_from: self.ceiling_from_at,
        }
    }

    /// The same clock counted by another rule, or by another calendar.
    #[must_use]
    pub fn with_rule(&self, rule: Rule, calendar: &WorkCalendar) -> Self {
        let due_at = rule.due(calendar);
        let day_before = calendar.closing(calendar.previous_working_day(calendar.local_date(due_at)));
        Self {
            due_at,
            warn_at: day_before.max(calendar.half_time(self.started_at, due_at)).min(due_at),
            unit: rule.unit,
            amount: rule.amount,
            counted_at: rule.from,
            stood: rule.stood,
            ceiling_days: rule.ceiling_days,
            ceiling_from_at: rule.ceiling_from,
            ..self.clone()
        }
    }

    /// Where it stands.
    pub fn standing(&self, paused: bool, now: DateTime<Utc>) -> Standing {
        match self.outcome {
            Some(Outcome::Met) => Standing::Met,
            Some(Outcome::Late) => Standing::Late,
            Some(Outcome::Lapsed) => Standing::Lapsed,
            Some(Outcome::Cancelled) => Standing::Cancelled,
            None if paused && matches!(self.stage, Stage::Handling | Stage::Answer) => Standing::Paused,
            None if now > self.due_at && matches!(self.stage, Stage::Objection | Stage::Review) => Standing::Lapsed,
            None if now > self.due_at => Standing::Overdue,
            None if now > self.warn_at => Standing::Warned,
            None => Standing::Running,
        }
    }
}
