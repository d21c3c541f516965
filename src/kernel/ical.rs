//! Calendars in the form of RFC 5545 (iCalendar), as phones and mail programs subscribe to them.
//!
//! Written here because the kept library for it (`icalendar`) writes no `VTIMEZONE`, without which a `TZID` means nothing
//! (§3.2.19); tests read what is written here back with that library.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// Asia/Shanghai: eight hours before UTC, without daylight saving time since 1991.
const ZONE: &str = "Asia/Shanghai";
const OFFSET: TimeDelta = TimeDelta::hours(8);

/// Most bytes of a line, without its end (§3.1).
const LINE: usize = 75;

/// When something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// At a moment.
    At(DateTime<Utc>),
    /// All day, from the first to the last.
    Days(NaiveDate, NaiveDate),
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What stays the same when the entry is written again.
    pub uid: String,
    /// When it is.
    pub when: When,
    /// Its title.
    pub title: String,
}

/// Writes a calendar. `now` is the time of writing.
pub fn write(name: &str, entries: &[Entry], now: DateTime<Utc>) -> String {
    let mut out = String::new();
    for text in
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Huiyin//Huiyin//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    {
        line(&mut out, text);
    }
    line(&mut out, &format!("X-WR-CALNAME:{}", text(name)));
    for text in [
        "BEGIN:VTIMEZONE",
        &format!("TZID:{ZONE}"),
        "BEGIN:STANDARD",
        "DTSTART:19910915T010000",
        "TZOFFSETFROM:+0900",
        "TZOFFSETTO:+0800",
        "TZNAME:CST",
        "END:STANDARD",
        "END:VTIMEZONE",
    ] {
        line(&mut out, text);
    }
    for entry in entries {
        write_entry(&mut out, entry, now);
    }
    line(&mut out, "END:VCALENDAR");
    out
}

fn write_entry(out: &mut String, entry: &Entry, now: DateTime<Utc>) {
    line(out, "BEGIN:VEVENT");
    line(out, &format!("UID:{}", text(&entry.uid)));
    line(out, &format!("DTSTAMP:{}", now.format("%Y%m%dT%H%M%SZ")));
    match entry.when {
        When::At(at) => {
            let local = (at + OFFSET).format("%Y%m%dT%H%M%S");
            line(out, &format!("DTSTART;TZID={ZONE}:{local}"));
            line(out, "DURATION:PT0S");
        }
        When::Days(first, last) => {
            line(out, &format!("DTSTART;VALUE=DATE:{}", first.format("%Y%m%d")));
            // The end is the day after (§3.6.1).
            let end = last.succ_opt().unwrap_or(last);
            line(out, &format!("DTEND;VALUE=DATE:{}", end.format("%Y%m%d")));
        }
    }
    line(out, &format!("SUMMARY:{}", text(&entry.title)));
    line(out, "TRANSP:TRANSPARENT");
    line(out, "END:VEVENT");
}

/// Escapes a text (§3.3.11).
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A line, folded where it is longer than allowed, never inside a character (§3.1).
fn line(out: &mut String, text: &str) {
    let mut room = LINE;
    for c in text.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = LINE - 1;
        }
        out.push(c);
        room -= c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use icalendar::{Calendar, CalendarComponent, CalendarDateTime, Component, DatePerhapsTime};

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn another_library_reads_what_was_written() {
        let long = "件 HY-2345-6789，期限；还有一长串说明，长到一行写不下，要折成几行才行，每一行不超过七十五个字节";
        let entries = [
            Entry {
                uid: "a@huiyin".into(),
                when: When::At("2026-03-17T09:30:00Z".parse().unwrap()),
                title: long.into(),
            },
            Entry {
                uid: "b@huiyin".into(),
                when: When::Days(day("2026-10-01"), day("2026-10-07")),
                title: "放假, 国庆节; a\\b".into(),
            },
        ];
        let written = write("雪莲小学", &entries, "2026-03-10T02:00:00Z".parse().unwrap());
        assert!(written.split("\r\n").all(|line| line.len() <= LINE), "{written}");
        assert!(!written.replace("\r\n", "").contains(['\r', '\n']));
        let read: Calendar = written.parse().unwrap();
        let events: Vec<_> = read
            .components
            .iter()
            .filter_map(|c| match c {
                CalendarComponent::Event(event) => Some(event),
                _ => None,
            })
            .collect();
        assert_eq!(events.len(), 2);
        assert_eq!(events[0].get_summary(), Some(long));
        assert_eq!(events[0].get_uid(), Some("a@huiyin"));
        let local = day("2026-03-17").and_hms_opt(17, 30, 0).unwrap();
        let zoned = CalendarDateTime::WithTimezone { date_time: local, tzid: ZONE.into() };
        assert_eq!(events[0].get_start(), Some(DatePerhapsTime::DateTime(zoned)));
        assert_eq!(events[1].get_start(), Some(DatePerhapsTime::Date(day("2026-10-01"))));
        assert_eq!(events[1].get_end(), Some(DatePerhapsTime::Date(day("2026-10-08"))), "the day after the last");
        assert!(written.contains("SUMMARY:放假\\, 国庆节\\; a\\\\b\r\n"));
    }
}
