//! 工作日历 `WorkCalendar`: on which days and at which hours an organisation works, and how time limits are counted.
//!
//! # What a day is
//! The first that applies decides:
//! 1. the organisation's own overrides (a regional holiday such as 古尔邦节 in Xinjiang, a day off for a typhoon, an
//!    exam Saturday, a notice this release doesn't know yet);
//! 2. a holiday in the State Council's notice: of the year that the organisation imported ([`ImportedYear`]), or else of
//!    the table of this release ([`holidays`]);
//! 3. the organisation's vacations (a moved working Saturday inside the winter vacation isn't worked);
//! 4. a moved working day (调休) in the notice;
//! 5. the weekday. In a year without a notice only this is left: [`WorkCalendar::knows_year`].
//!
//! A Saturday inside a vacation is called a weekend: the more general reason names the day.
//!
//! # How limits are counted
//! Source: 民法典 §200–204 (Civil Code, counting of periods). §204 lets other laws and agreements differ.
//! - The first day is not counted (§201): a limit of one working day from Monday ends on Tuesday.
//! - It ends when business ends (§203, second paragraph): at closing time of the last day, in the organisation's zone.
//!   Acting at the very moment of closing is in time.
//! - Our own rule, where the Code says nothing: what arrives after closing time or on a day that isn't worked counts as
//!   arrived at the start of the next working day, as a letter would. Monday 18:00 with one working day ends on Wednesday.
//!   Before opening and in the lunch break counts as the same day.
//! - Limits in **working days** skip whatever isn't worked, vacations too.
//! - Limits in **days** (the ceilings of 信访工作条例: 15, 30, 60 days) run through; only when the last day is a weekend
//!   or holiday it moves to the next day that is neither (§203, first paragraph). A school's vacation is no 法定休假日
//!   and moves nothing: a ceiling can't be stretched by one's own calendar.
//! - Limits in **hours** count from the moment on (§201, second paragraph), in office hours only.
//!
//! The methods are in `limits.rs`; none of them can fail, also for senseless input: see [`WorkCalendar::next_working_day`].

use std::{borrow::Cow, collections::BTreeMap};

use chrono::{DateTime, Datelike, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub mod holidays;
mod hours;
mod imported;
mod limits;
mod range;
mod zone;

#[cfg(test)]
mod tests;

pub use hours::OfficeHours;
pub use imported::{ImportError, ImportedDay, ImportedYear};
pub use range::DateRange;

use holidays::NoticeDay;

/// After so many days in a row without work a calendar is taken as wrong (see [`WorkCalendar::next_working_day`]).
const LONGEST_CLOSURE_DAYS: usize = 400;

/// When an organisation works. Stored as JSON with the organisation; every field may be left out there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WorkCalendar {
    /// The zone in which days begin and offices close; stored as its IANA name. Default: Asia/Shanghai.
    #[serde(with = "zone::name")]
    pub zone: Tz,
    /// The hours of every working day without hours of its own.
    pub hours: OfficeHours,
    /// Hours of single days of the week, by their number from Monday, 1 to 7.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub weekday_hours: BTreeMap<u32, OfficeHours>,
    /// The State Council's notices that the organisation imported; they count instead of the release's table.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub years: BTreeMap<i32, ImportedYear>,
    /// 寒暑假 and other closures of the organisation; they may overlap.
    pub vacations: Vec<DateRange>,
    /// Single days that differ from everything else; when a day is named twice the later entry counts.
    pub overrides: Vec<(NaiveDate, DayKind)>,
}

/// What a day is in an organisation's calendar. As JSON: `"working"`, `{"holiday":"春节"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// 工作日: an ordinary weekday.
    Working,
    /// 周末: Saturday or Sunday.
    Weekend,
    /// 法定节假日, with its name.
    Holiday(Cow<'static, str>),
    /// 假期: the organisation is closed although the country works.
    Vacation,
    /// 调休上班: a Saturday or Sunday that is worked.
    AdjustedWorking,
}

impl DayKind {
    /// Whether the office is open on such a day.
    pub fn is_working(&self) -> bool {
        matches!(self, Self::Working | Self::AdjustedWorking)
    }

    /// 法定休假日 in the sense of 民法典 §203: a weekend or a holiday, but not an organisation's vacation.
    fn is_statutory_rest(&self) -> bool {
        matches!(self, Self::Weekend | Self::Holiday(_))
    }
}

/// Why a calendar's part was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// Opening, lunch and closing are not in order, or less than an hour of work remains.
    #[error("office hours must run from opening over lunch to closing, with at least one hour of work")]
    Hours,
    /// A range ends before it begins, or is longer than a year.
    #[error("a range of dates must not end before it begins, nor be longer than 366 days")]
    Range,
}

impl Default for WorkCalendar {
    fn default() -> Self {
        Self {
            zone: Tz::Asia__Shanghai,
            hours: OfficeHours::default(),
            weekday_hours: BTreeMap::new(),
            years: BTreeMap::new(),
            vacations: Vec::new(),
            overrides: Vec::new(),
        }
    }
}

impl WorkCalendar {
    /// What this day is; the order of the rules stands in the module's documentation.
    pub fn day_kind(&self, date: NaiveDate) -> DayKind {
        if let Some((_, kind)) = self.overrides.iter().rev().find(|(day, _)| *day == date) {
            return kind.clone();
        }
        let notice = self.notice(date);
        if let Some(DayKind::Holiday(name)) = notice {
            return DayKind::Holiday(name);
        }
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        let vacation = self.vacations.iter().any(|range| range.contains(date));
        match (notice, weekend, vacation) {
            (Some(_), _, false) => DayKind::AdjustedWorking,
            (None, true, _) => DayKind::Weekend,
            (_, _, true) => DayKind::Vacation,
            (_, _, false) => DayKind::Working,
        }
    }

    /// What the notice of the day's year says of it: a holiday or [`DayKind::AdjustedWorking`].
    fn notice(&self, date: NaiveDate) -> Option<DayKind> {
        if let Some(year) = self.years.get(&date.year()) {
            return year.day_kind(date);
        }
        holidays::notice_day(date).map(|day| match day {
            NoticeDay::Holiday(name) => DayKind::Holiday(Cow::Borrowed(name)),
            NoticeDay::Working(_) => DayKind::AdjustedWorking,
        })
    }

    /// Whether there is a notice for this year; without one only weekends count, and the office has to be told.
    pub fn knows_year(&self, year: i32) -> bool {
        self.years.contains_key(&year) || holidays::is_known_year(year)
    }

    /// The year whose holidays are missing at this moment: this one, or from December on the next.
    pub fn missing_year(&self, now: DateTime<Utc>) -> Option<i32> {
        let today = self.local_date(now);
        let next = (today.month() == 12).then(|| today.year() + 1);
        std::iter::once(today.year()).chain(next).find(|year| !self.knows_year(*year))
    }

    /// The office hours of a day, were it worked.
    pub fn hours_on(&self, date: NaiveDate) -> OfficeHours {
        self.weekday_hours.get(&date.weekday().number_from_monday()).copied().unwrap_or(self.hours)
    }

    /// Whether the office is open on this day.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        self.day_kind(date).is_working()
    }

    /// The first working day after this one.
    ///
    /// When none is found within 400 days the calendar is wrong (vacations end to end); then every day counts, so that
    /// limits still end rather than vanish.
    pub fn next_working_day(&self, after: NaiveDate) -> NaiveDate {
        self.search(after, NaiveDate::succ_opt)
    }

    /// The last working day before this one; without any, as in [`Self::next_working_day`].
    pub fn previous_working_day(&self, before: NaiveDate) -> NaiveDate {
        self.search(before, NaiveDate::pred_opt)
    }

    fn search(&self, from: NaiveDate, step: fn(&NaiveDate) -> Option<NaiveDate>) -> NaiveDate {
        std::iter::successors(step(&from), step)
            .take(LONGEST_CLOSURE_DAYS)
            .find(|day| self.is_working_day(*day))
            .or_else(|| step(&from))
            .unwrap_or(from)
    }

    /// The date of a moment where the organisation is.
    pub fn local_date(&self, at: DateTime<Utc>) -> NaiveDate {
        zone::local(self.zone, at).date()
    }

    /// The moment the office opens on this day, worked or not.
    pub fn opening(&self, date: NaiveDate) -> DateTime<Utc> {
        zone::moment(self.zone, date, self.hours_on(date).opens(), zone::Twice::First)
    }

    /// The moment the office closes on this day, worked or not.
    pub fn closing(&self, date: NaiveDate) -> DateTime<Utc> {
        zone::moment(self.zone, date, self.hours_on(date).closes(), zone::Twice::Second)
    }
}
