//! The matrix as a file: its rows by name, and read back from what somebody wrote in a spreadsheet.

use crate::{
    cases::{export::csv, model::Person},
    http::Cx,
    i18n::Lang,
    kernel::{
        ids::DepartmentId,
        text::{char_count, normalize_line},
    },
    organizations::model::{Department, Topic},
    routing::{
        form::PLACE,
        model::{Match, Row},
        words,
    },
};

/// Most lines of a file that are told of by themselves.
const TOLD: usize = 100;

/// A line that can't be used, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable {
    /// Its number in the file.
    pub line: u64,
    /// The key of the sentence that says why.
    pub key: &'static str,
    /// What stands there.
    pub what: String,
}

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The rows.
    pub rows: Vec<(Match, DepartmentId)>,
    /// The first lines that can't be used.
    pub unusable: Vec<Unusable>,
    /// How many more there are.
    pub more: usize,
}

/// The names that a file may use.
pub struct Known<'a> {
    /// Topics in use.
    pub topics: &'a [Topic],
    /// Departments in use.
    pub departments: &'a [Department],
    /// The places of access points.
    pub places: &'a [String],
}

/// The file of a version.
pub fn write(cx: &Cx, topics: &[Topic], departments: &[Department], rows: &[Row]) -> String {
    let head = HEAD.map(|key| cx.t(key).into_owned());
    let lines = rows.iter().map(|row| {
        csv::line([
            words::topic(cx, topics, row.names.topic),
            words::place(cx, &row.names.place),
            words::person(cx, row.names.person),
            words::department(cx, departments, Some(row.department)),
        ])
    });
    std::iter::once(csv::line(head)).chain(lines).collect()
}

/// The columns.
const HEAD: [&str; 4] = ["routing.topic", "routing.place", "routing.person", "routing.department"];

/// Whether a cell says this, in either language.
fn says(cell: &str, key: &str) -> bool {
    Lang::ALL.iter().any(|lang| lang.t(key).eq_ignore_ascii_case(cell))
}

/// A cell that may name something or anything.
fn any_or<T>(cell: &str, any: &str, find: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, ()> {
    if cell.is_empty() || says(cell, any) { Ok(None) } else { find(cell).map(Some).ok_or(()) }
}

/// Reads a file: `most` rows at most. `None` when it can't be read as a table.
pub fn read(bytes: &[u8], known: &Known<'_>, most: usize) -> Option<Table> {
    let mut table = Table::default();
    for (line, cells) in csv::read(bytes)? {
        if cells.iter().zip(HEAD).all(|(cell, key)| says(cell, key)) {
            continue;
        }
        match row(&cells, known) {
            Ok((names, _)) if table.rows.iter().any(|(other, _)| other.key() == names.key()) => {
                table.refuse(line, "routing.import.double", cells.join(" · "));
            }
            Ok(_) if table.rows.len() >= most => table.refuse(line, "routing.error.many", String::new()),
            Ok(row) => table.rows.push(row),
            Err((key, what)) => table.refuse(line, key, what),
        }
    }
    Some(table)
}

impl Table {
    fn refuse(&mut self, line: u64, key: &'static str, what: String) {
        if self.unusable.len() < TOLD {
            self.unusable.push(Unusable { line, key, what: what.chars().take(PLACE).collect() });
        } else {
            self.more += 1;
        }
    }
}

fn row(cells: &[String], known: &Known<'_>) -> Result<(Match, DepartmentId), (&'static str, String)> {
    let [topic, place, person, department, ..] = cells else {
        return Err(("routing.import.columns", cells.join(" · ")));
    };
    let same = |a: &str, b: &str| !a.is_empty() && a.eq_ignore_ascii_case(b);
    let topic = any_or(topic, "routing.any_topic", |name| {
        let named = |t: &&Topic| [t.code.as_str(), &t.name, &t.name_en].iter().any(|known| same(known, name));
        known.topics.iter().find(named).map(|t| t.id)
    })
    .map_err(|()| ("routing.import.topic", topic.clone()))?;
    let written = normalize_line(place);
    if char_count(&written) > PLACE {
        return Err(("routing.import.place", written));
    }
    let place = any_or(&written, "routing.any_place", |name| known.places.iter().find(|p| same(p, name)).cloned())
        .map_err(|()| ("routing.import.place", written.clone()))?;
    let person = any_or(person, "routing.anybody", |name| {
        let named = |p: &&Person| {
            p.code() == name || Lang::ALL.iter().any(|lang| same(&lang.code_word("intake.person", p.code()), name))
        };
        Person::ALL.iter().find(named).copied()
    })
    .map_err(|()| ("routing.import.person", person.clone()))?;
    let found = known.departments.iter().find(|d| same(&d.name, department));
    let department = found.ok_or_else(|| ("routing.import.department", department.clone()))?.id;
    Ok((Match { topic, place: place.unwrap_or_default(), person }, department))
}
