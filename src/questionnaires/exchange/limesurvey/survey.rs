//! Rows → groups, questions and their parts, each with its texts in our two languages.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    forms::model::Text,
    questionnaires::exchange::{
        Loss,
        finish::called,
        limesurvey::{
            borrowed::{bare, marked, said},
            table::{Row, Table},
        },
        plain,
    },
};

/// A subquestion or an answer.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// Its code.
    pub code: String,
    /// Its scale.
    pub scale: String,
    /// Its words.
    pub text: Text,
}

/// A question.
#[derive(Debug, Default)]
pub struct Item {
    /// Its number in the file; may be missing.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Its type: one sign.
    pub kind: String,
    /// What is asked.
    pub text: Text,
    /// Its help.
    pub help: Text,
    /// Its relevance.
    pub relevance: String,
    /// Subquestions.
    pub subs: Vec<Part>,
    /// Answers.
    pub answers: Vec<Part>,
    /// Every other cell of its first row.
    pub cells: BTreeMap<String, String>,
}

/// A group.
#[derive(Debug, Default)]
pub struct Group {
    id: String,
    /// Its title.
    pub title: Text,
    /// Its description.
    pub text: Text,
    /// Its relevance.
    pub relevance: String,
    /// Its questions.
    pub items: Vec<Item>,
}

/// A survey.
#[derive(Debug, Default)]
pub struct Survey {
    /// Its title.
    pub title: Text,
    /// Description and welcome.
    pub intro: Text,
    /// The words at the end.
    pub thanks: Text,
    /// Its groups.
    pub groups: Vec<Group>,
    /// What could not be carried over.
    pub losses: Vec<Loss>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Chinese,
    English,
}

/// Which language goes where.
struct Languages {
    first: String,
    places: HashMap<String, Place>,
    others: BTreeSet<String>,
}

impl Languages {
    fn read(table: &Table) -> Self {
        let named = table.rows().find(|r| r.get("class") == "S" && r.get("name") == "language").map(|r| r.get("text"));
        let mut all: Vec<&str> = named.filter(|l| !l.is_empty()).into_iter().collect();
        for row in table.rows() {
            let language = row.get("language");
            if !language.is_empty() && !all.contains(&language) {
                all.push(language);
            }
        }
        // The language of the settings, unless nothing is asked in it: then nothing would be left.
        let asked = |language: &str| {
            let mut questions = table.rows().filter(|r| matches!(r.get("class"), "G" | "Q"));
            questions.any(|r| r.get("language").is_empty() || r.get("language") == language)
        };
        let first = all.iter().find(|l| asked(l)).or(all.first()).copied().unwrap_or("zh-Hans").to_string();
        let mut out = Self { first: first.clone(), places: HashMap::new(), others: BTreeSet::new() };
        for (prefix, place) in [("zh", Place::Chinese), ("en", Place::English)] {
            // The first language before others of its kind; simplified before traditional.
            let mut fitting: Vec<&str> = all.iter().copied().filter(|l| l.to_lowercase().starts_with(prefix)).collect();
            fitting.sort_by_key(|l| (*l != first, l.to_lowercase().contains("hant")));
            if let Some(language) = fitting.first() {
                out.places.insert((*language).to_string(), place);
            }
        }
        if !out.places.contains_key(&first) {
            let english = out.places.values().any(|p| *p == Place::English);
            out.places.insert(first.clone(), if english { Place::Chinese } else { Place::English });
            out.others.insert(first);
        }
        out.others.extend(all.iter().filter(|l| !out.places.contains_key(**l)).map(|l| (*l).to_string()));
        out
    }

    /// The language of a row, and where its texts go.
    fn of<'a>(&'a self, row: &Row<'a>) -> (&'a str, Option<Place>) {
        let language = row.get("language");
        let language = if language.is_empty() { &self.first } else { language };
        (language, self.places.get(language).copied())
    }
}

/// Where rows of one language are.
#[derive(Clone, Copy, Default)]
struct Cursor {
    /// Groups seen.
    groups: usize,
    group: usize,
    item: Option<(usize, usize)>,
}

impl Survey {
    /// Reads the rows.
    pub fn read(table: &Table) -> Result<Self, &'static str> {
        let languages = Languages::read(table);
        let mut survey = Self::default();
        let mut cursors: HashMap<&str, Cursor> = HashMap::new();
        let mut intro = [Text::default(), Text::default()];
        // What the first language begins, the others follow, wherever they stand in the file.
        let (own, others): (Vec<_>, Vec<_>) = table.rows().partition(|row| languages.of(row).0 == languages.first);
        for row in own.into_iter().chain(others) {
            let (language, place) = languages.of(&row);
            let cursor = cursors.entry(language).or_default();
            match row.get("class") {
                "S" => survey.setting(&row),
                "SL" => survey.words(&row, place, &mut intro),
                "G" => survey.group(&row, place, language == languages.first, cursor),
                "Q" => survey.question(&row, place, language == languages.first, cursor),
                class @ ("SQ" | "A") => survey.part(&row, place, language == languages.first, class == "A", cursor),
                // Relevance says the same as these conditions.
                "" | "C" => {}
                other => survey.lose_once("exchange.loss.rows", other),
            }
        }
        for language in &languages.others {
            survey.losses.push(Loss::new("", "exchange.loss.language", language.as_str()));
        }
        let [description, welcome] = intro;
        let joined =
            |a: &str, b: &str| [a, b].iter().filter(|t| !t.is_empty()).copied().collect::<Vec<_>>().join("\n\n");
        survey.intro = Text { zh: joined(&description.zh, &welcome.zh), en: joined(&description.en, &welcome.en) };
        survey.tidy();
        Ok(survey)
    }

    fn lose_once(&mut self, key: &'static str, detail: &str) {
        let loss = Loss::new("", key, detail);
        if !self.losses.contains(&loss) {
            self.losses.push(loss);
        }
    }

    /// Settings that decide who may answer and when.
    fn setting(&mut self, row: &Row<'_>) {
        let (name, value) = (row.get("name"), row.get("text"));
        let decides = match name {
            "expires" | "startdate" => !value.is_empty(),
            "usetokens" | "assessments" | "allowregister" => value == "Y",
            _ => false,
        };
        if decides {
            self.lose_once("exchange.loss.setting", &format!("{name}: {value}"));
        }
    }

    fn words(&mut self, row: &Row<'_>, place: Option<Place>, intro: &mut [Text; 2]) {
        let target = match row.get("name") {
            "surveyls_title" => &mut self.title,
            "surveyls_description" => &mut intro[0],
            "surveyls_welcometext" => &mut intro[1],
            "surveyls_endtext" => &mut self.thanks,
            name @ ("surveyls_url" | "surveyls_policy_notice") => {
                let value = plain::plain(row.get("text")).text;
                if !value.is_empty() {
                    self.lose_once("exchange.loss.setting", &format!("{name}: {value}"));
                }
                return;
            }
            _ => return,
        };
        put(target, place, row.get("text"), "", &mut self.losses);
    }

    fn group(&mut self, row: &Row<'_>, place: Option<Place>, first: bool, cursor: &mut Cursor) {
        let id = row.get("id");
        let by_id = self.groups.iter().position(|g| !id.is_empty() && g.id == id);
        let at = match by_id {
            Some(at) => at,
            None if first => {
                let relevance = row.get("relevance").to_string();
                self.groups.push(Group { id: id.to_string(), relevance, ..Group::default() });
                self.groups.len() - 1
            }
            None => cursor.groups,
        };
        (cursor.groups, cursor.group, cursor.item) = (cursor.groups + 1, at, None);
        let Some(group) = self.groups.get_mut(at) else { return };
        let name = row.get("name");
        put(&mut group.title, place, name, name, &mut self.losses);
        put(&mut group.text, place, row.get("text"), name, &mut self.losses);
        if first && !row.get("random_group").is_empty() {
            self.losses.push(Loss::new(name, "exchange.loss.random", ""));
        }
    }

    fn question(&mut self, row: &Row<'_>, place: Option<Place>, first: bool, cursor: &mut Cursor) {
        let (id, code) = (row.get("id"), row.get("name"));
        if first {
            if self.groups.is_empty() {
                self.groups.push(Group::default());
            }
            let group = self
                .groups
                .iter()
                .position(|g| !g.id.is_empty() && g.id == row.get("related_id"))
                .unwrap_or(cursor.group);
            let group = group.min(self.groups.len() - 1);
            let cells = row.filled().map(|(k, v)| (k.to_string(), v.to_string())).collect();
            let items = &mut self.groups[group].items;
            items.push(Item {
                id: id.to_string(),
                code: code.to_string(),
                kind: row.get("type/scale").to_string(),
                relevance: row.get("relevance").to_string(),
                cells,
                ..Item::default()
            });
            cursor.item = Some((group, items.len() - 1));
        } else {
            let same = |i: &Item| (!id.is_empty() && i.id == id) || i.code == code;
            let found =
                self.groups.iter().enumerate().find_map(|(g, of)| of.items.iter().position(same).map(|i| (g, i)));
            cursor.item = found;
        }
        let Some((group, item)) = cursor.item else { return };
        let item = &mut self.groups[group].items[item];
        put(&mut item.text, place, row.get("text"), code, &mut self.losses);
        put(&mut item.help, place, row.get("help"), code, &mut self.losses);
    }

    fn part(&mut self, row: &Row<'_>, place: Option<Place>, first: bool, is_answer: bool, cursor: &Cursor) {
        let parent = row.get("related_id");
        let by_id = self
            .groups
            .iter()
            .enumerate()
            .find_map(|(g, of)| of.items.iter().position(|i| !parent.is_empty() && i.id == parent).map(|i| (g, i)));
        let Some((group, item)) = by_id.or(cursor.item) else {
            self.lose_once("exchange.loss.rows", &format!("{} {}", row.get("class"), row.get("name")));
            return;
        };
        let item = &mut self.groups[group].items[item];
        let (code, scale) = (row.get("name"), row.get("type/scale"));
        if first && !is_answer && !matches!(row.get("relevance"), "" | "1") {
            let at = if item.code.is_empty() { code } else { &item.code };
            self.losses.push(Loss::new(at, "exchange.loss.condition", format!("{code}: {}", row.get("relevance"))));
        }
        let list = if is_answer { &mut item.answers } else { &mut item.subs };
        let at = list.iter().position(|p| p.code == code && p.scale == scale);
        let at = match at {
            Some(at) if !first => at,
            _ if first => {
                list.push(Part { code: code.to_string(), scale: scale.to_string(), text: Text::default() });
                list.len() - 1
            }
            _ => return,
        };
        put(&mut list[at].text, place, row.get("text"), code, &mut self.losses);
    }

    /// Says once what both languages say alike. The row of a slider is three texts, which its reader tells apart.
    fn tidy(&mut self) {
        let say = |text: &mut Text| *text = said(text);
        for text in [&mut self.title, &mut self.intro, &mut self.thanks] {
            say(text);
        }
        for group in &mut self.groups {
            say(&mut group.title);
            say(&mut group.text);
            for item in &mut group.items {
                say(&mut item.text);
                say(&mut item.help);
                let subs = item.subs.iter_mut().filter(|_| item.kind != "K");
                subs.chain(&mut item.answers).for_each(|p| say(&mut p.text));
            }
        }
    }
}

/// Puts marked-up words where they belong.
fn put(text: &mut Text, place: Option<Place>, words: &str, at: &str, losses: &mut Vec<Loss>) {
    let read = plain::plain(&marked(words));
    let target = match place {
        Some(Place::Chinese) => &mut text.zh,
        Some(Place::English) => &mut text.en,
        None => return,
    };
    let shown = || called(&Text::new(&bare(&read.text), ""), "");
    if read.lost {
        losses.push(Loss::new(at, "exchange.loss.markup", shown()));
    }
    if plain::has_piece(words) {
        losses.push(Loss::new(at, "exchange.loss.piece", shown()));
    }
    *target = read.text;
}
