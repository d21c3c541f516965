//! What names in relevance stand for: `Q1.NAOK`, `Q1_SQ001.NAOK`, and the older `12X3X45SQ001`.

use crate::questionnaires::exchange::target::Target;

/// Names of a survey.
#[derive(Debug, Default)]
pub struct Names {
    all: Vec<(String, Target)>,
    /// Number in the file and code of each question.
    ids: Vec<(String, String)>,
}

impl Names {
    /// Remembers a name.
    pub fn insert(&mut self, name: impl Into<String>, target: Target) {
        self.all.push((name.into(), target));
    }

    /// Remembers the number of a question.
    pub fn insert_id(&mut self, id: &str, code: &str) {
        if !id.is_empty() {
            self.ids.push((id.to_string(), code.to_string()));
        }
    }

    /// What a name stands for.
    pub fn target(&self, name: &str) -> Option<Target> {
        let name = name.strip_prefix("that.").unwrap_or(name);
        let (bare, suffix) = name.split_once('.').map_or((name, ""), |(bare, suffix)| (bare, suffix));
        // `shown` is what people read, not what is stored.
        if !matches!(suffix, "" | "NAOK" | "value" | "value.NAOK" | "valueNAOK" | "code") {
            return None;
        }
        let find = |wanted: &str| self.all.iter().find(|(n, _)| n == wanted).map(|(_, target)| target.clone());
        find(bare).or_else(|| find(&self.by_number(bare)?))
    }

    /// The name of today for `survey X group X question part`.
    fn by_number(&self, name: &str) -> Option<String> {
        let mut parts = name.splitn(3, 'X');
        let (survey, group, rest) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(survey) || !digits(group) {
            return None;
        }
        // The longest number that fits: 4512 is question 4512 before it is part 12 of question 45.
        let (id, code) =
            self.ids.iter().filter(|(id, _)| rest.starts_with(id.as_str())).max_by_key(|(id, _)| id.len())?;
        let part = &rest[id.len()..];
        Some(if part.is_empty() { code.clone() } else { format!("{code}_{part}") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_and_old_names_are_understood() {
        let mut names = Names::default();
        names.insert("Q1", Target::free("q1", false));
        names.insert("Q1_SQ001", Target::free("q1.a", false));
        names.insert_id("45", "Q1");
        for name in ["Q1", "Q1.NAOK", "that.Q1.NAOK", "12X3X45", "12X3X45.NAOK"] {
            assert_eq!(names.target(name), Some(Target::free("q1", false)), "{name}");
        }
        assert_eq!(names.target("12X3X45SQ001.NAOK"), Some(Target::free("q1.a", false)));
        for name in ["Q1.shown", "Q2", "12X3X46", "X", "1X2"] {
            assert_eq!(names.target(name), None, "{name}");
        }
    }
}
