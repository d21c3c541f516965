//! Counting of time limits: the rules and their sources stand in [`super`].

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use super::{WorkCalendar, zone};

impl WorkCalendar {
    /// The working day to which a moment counts: its own day, or the next working day when it comes after closing time or
    /// on a day that isn't worked.
    pub fn received_day(&self, at: DateTime<Utc>) -> NaiveDate {
        let date = self.local_date(at);
        if self.is_working_day(date) && at <= self.closing(date) { date } else { self.next_working_day(date) }
    }

    /// The end of a limit of `days` working days: closing time of the n-th working day after [`Self::received_day`].
    /// With 0: closing time of that day itself.
    ///
    /// Adding in two steps gives the same as adding at once, so "two working days after it fell due" is exact.
    pub fn add_working_days(&self, from: DateTime<Utc>, days: u16) -> DateTime<Utc> {
        let last = (0..days).fold(self.received_day(from), |day, _| self.next_working_day(day));
        self.closing(last)
    }

    /// The end of a limit of `days` calendar days (the ceilings of 信访工作条例): closing time of the last day. The local
    /// day of `from` isn't counted; a last day that is a weekend or holiday moves to the next day that is neither.
    pub fn add_calendar_days(&self, from: DateTime<Utc>, days: u16) -> DateTime<Utc> {
        let received = self.local_date(from);
        let mut last = received.checked_add_days(Days::new(days.into())).unwrap_or(received);
        // The table's longest run is the nine days of 春节 2026; the bound only keeps senseless overrides from looping on.
        for _ in 0..super::LONGEST_CLOSURE_DAYS {
            match last.succ_opt() {
                Some(next) if self.day_kind(last).is_statutory_rest() => last = next,
                _ => break,
            }
        }
        self.closing(last)
    }

    /// The moment itself when the office is open then, else the next opening (or end of lunch). At the very moment of
    /// closing the office is closed.
    pub fn next_working_moment(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let date = self.local_date(at);
        let later_today = self.sessions(date).find(|(_, end)| at < *end).map(|(start, _)| start.max(at));
        later_today.unwrap_or_else(|| self.opening(self.next_working_day(date)))
    }

    /// The end of a limit of so many minutes of office time. With 0: [`Self::next_working_moment`]. A limit that is used
    /// up when the office closes ends at closing time, not at the next opening.
    pub fn add_working_hours(&self, from: DateTime<Utc>, minutes: u32) -> DateTime<Utc> {
        let mut left = TimeDelta::minutes(minutes.into());
        let mut at = self.next_working_moment(from);
        loop {
            let date = self.local_date(at);
            for (start, end) in self.sessions_even_if_closed(date) {
                let start = start.max(at);
                let room = (end - start).max(TimeDelta::zero());
                if left <= room {
                    return start + left;
                }
                left -= room;
            }
            let next = self.next_working_day(date);
            if next <= date {
                return at; // the end of the calendar, in the year 262142
            }
            at = self.opening(next);
        }
    }

    /// How many working days of a limit have begun: those after [`Self::received_day`] of `from` up to the local day of
    /// `to`. 0 when `to` is earlier. The inverse of [`Self::add_working_days`].
    ///
    /// From the moment a case fell due it tells for how many working days it is overdue (0 on the evening of that day).
    pub fn working_days_between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> u32 {
        let last = self.local_date(to);
        let mut day = self.received_day(from);
        let mut count: u32 = 0;
        while day < last {
            let next = self.next_working_day(day);
            if next > last || next <= day {
                break;
            }
            day = next;
            count = count.saturating_add(1);
        }
        count
    }

    /// Office time between two moments, in whole minutes, rounded down; 0 when `to` is earlier.
    pub fn working_minutes_between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> u32 {
        let (first, last) = (self.local_date(from), self.local_date(to));
        let time: TimeDelta = first
            .iter_days()
            .take_while(|date| *date <= last)
            .flat_map(|date| self.sessions(date))
            .map(|(start, end)| (end.min(to) - start.max(from)).max(TimeDelta::zero()))
            .sum();
        u32::try_from(time.num_minutes()).unwrap_or(u32::MAX)
    }

    /// How many ends of working days lie between two moments, the first included and the second not: as many working days
    /// a limit gains that stood still in between.
    pub fn closings_between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> u16 {
        let (mut day, last) = (self.received_day(from), self.received_day(to));
        let mut count: u16 = 0;
        while day < last {
            let next = self.next_working_day(day);
            if next <= day {
                break;
            }
            day = next;
            count = count.saturating_add(1);
        }
        count
    }

    /// Half time of a limit, where the first warning is due: half of its office time has passed. Never after `due`.
    pub fn half_time(&self, from: DateTime<Utc>, due: DateTime<Utc>) -> DateTime<Utc> {
        self.add_working_hours(from, self.working_minutes_between(from, due) / 2).min(due)
    }

    /// The stretches of work of a day as moments; none on a day that isn't worked.
    fn sessions(&self, date: NaiveDate) -> impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)> + use<> {
        self.is_working_day(date).then(|| self.sessions_even_if_closed(date)).into_iter().flatten()
    }

    fn sessions_even_if_closed(&self, date: NaiveDate) -> impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)> + use<> {
        let zone = self.zone;
        self.hours_on(date).sessions().map(move |(from, to)| {
            let start = zone::moment(zone, date, from, zone::Twice::First);
            let end = zone::moment(zone, date, to, zone::Twice::Second);
            (start, end)
        })
    }
}
