//! Questions of LimeSurvey with several parts: boxes to tick, arrays, ranks, sliders, lists of lines.

use crate::{
    forms::model::{OTHER, Question, QuestionKind, Text, sub_name},
    questionnaires::exchange::{
        limesurvey::{
            borrowed::said,
            question::{Codes, Maker, kind_name},
            survey::Part,
        },
        target::Target,
    },
};

impl Maker<'_> {
    pub(super) fn multiple(&mut self) -> Vec<Question> {
        let is_consent = self.item.subs.len() == 1 && self.item.subs[0].code == "agree" && self.cell("other") != "Y";
        if is_consent {
            let q = self.question(QuestionKind::Consent);
            self.know("_agree", Target::Tick { key: q.key.clone(), code: "1".to_string(), of: 1 });
            return vec![q];
        }
        let mut q = self.question(QuestionKind::Multiple);
        self.with_other(&mut q);
        let (choices, codes) = self.choices(&self.item.subs, q.other);
        q.choices = choices;
        q.min = self.number_of("min_answers").filter(|n| *n > 0);
        q.max = self.number_of("max_answers").filter(|n| *n > 0);
        let of = q.choices.len() + usize::from(q.other);
        for (theirs, ours) in &codes {
            self.know(&format!("_{theirs}"), Target::Tick { key: q.key.clone(), code: ours.clone(), of });
        }
        if q.other {
            self.know("_other", Target::Tick { key: q.key.clone(), code: OTHER.to_string(), of });
        }
        self.know("", Target::Answer { name: q.key.clone(), codes, several: true, whole: false });
        let comment = (self.item.kind == "P").then(|| self.comment(&q, "_comment"));
        std::iter::once(q).chain(comment).collect()
    }

    /// Rows are the subquestions; columns the answers.
    pub(super) fn matrix(&mut self, columns: &[Part]) -> Vec<Question> {
        if self.item.subs.is_empty() || columns.is_empty() {
            self.lose("exchange.loss.no_choices", kind_name(&self.item.kind));
            return Vec::new();
        }
        let mut q = self.question(QuestionKind::Matrix);
        let (columns, codes) = self.choices(columns, false);
        let (rows, names) = self.choices(&self.item.subs, false);
        (q.choices, q.rows) = (columns, rows);
        for (theirs, ours) in names {
            let name = sub_name(&q.key, &ours);
            self.know(
                &format!("_{theirs}"),
                Target::Answer { name, codes: codes.clone(), several: false, whole: false },
            );
        }
        vec![q]
    }

    /// Two scales for the same rows: two matrices.
    pub(super) fn dual(&mut self) -> Vec<Question> {
        self.lose("exchange.loss.split", "");
        let mut made = Vec::new();
        for scale in ["0", "1"] {
            let columns = self.scale(scale);
            let mut matrix = self.matrix(&columns);
            let heading = self.cell(if scale == "0" { "dualscale_headera" } else { "dualscale_headerb" }).to_string();
            for q in &mut matrix {
                if !heading.is_empty() {
                    let place = if q.label.zh.is_empty() { &mut q.label.en } else { &mut q.label.zh };
                    *place = format!("{place} – {heading}");
                }
                let (key, rows) = (q.key.clone(), q.rows.clone());
                let codes: Codes =
                    columns.iter().zip(&q.choices).map(|(p, c)| (p.code.clone(), c.code.clone())).collect();
                for (part, row) in self.item.subs.iter().zip(&rows) {
                    let target = Target::Answer {
                        name: sub_name(&key, &row.code),
                        codes: codes.clone(),
                        several: false,
                        whole: false,
                    };
                    self.know(&format!("_{}_{scale}", part.code), target);
                }
            }
            made.append(&mut matrix);
        }
        made
    }

    pub(super) fn is_slider(&self) -> bool {
        let (min, max) = (self.number_of("slider_min").unwrap_or(0), self.number_of("slider_max").unwrap_or(100));
        self.cell("slider_layout") == "1"
            && self.item.subs.len() == 1
            && (1..=10).contains(&max.saturating_sub(min))
            && min >= -10
            && max <= 100
    }

    /// One slider with few steps is a scale; its words at both ends stand in the text of its only row.
    pub(super) fn slider(&mut self) -> Vec<Question> {
        let mut q = self.question(QuestionKind::Scale);
        (q.min, q.max) =
            (Some(self.number_of("slider_min").unwrap_or(0)), Some(self.number_of("slider_max").unwrap_or(100)));
        let mark = if self.cell("slider_separator").is_empty() { "|" } else { self.cell("slider_separator") };
        let Some(row) = self.item.subs.first() else { return Vec::new() };
        let end = |text: &str, at: usize| text.split(mark).nth(at).unwrap_or_default().trim().to_string();
        q.low = said(&Text { zh: end(&row.text.zh, 1), en: end(&row.text.en, 1) });
        q.high = said(&Text { zh: end(&row.text.zh, 2), en: end(&row.text.en, 2) });
        self.names.insert(format!("{}_{}", self.item.code, row.code), Target::free(q.key.clone(), true));
        vec![q]
    }

    /// Several lines under one title: a question each.
    pub(super) fn several(&mut self) -> Vec<Question> {
        let kind = if self.item.kind == "K" { QuestionKind::Number } else { QuestionKind::ShortText };
        self.lose("exchange.loss.split", "");
        let mut made = Vec::new();
        for part in &self.item.subs {
            let key = self.keys.take(&format!("{}_{}", self.item.code, part.code), "q");
            let join =
                |a: &str, b: &str| [a, b].iter().filter(|t| !t.is_empty()).copied().collect::<Vec<_>>().join(" – ");
            let (title, line) = (&self.item.text, said(&part.text));
            let label = Text { zh: join(&title.zh, &line.zh), en: join(&title.en, &line.en) };
            let mut q = Question::new(&key, kind, label);
            q.required = self.cell("mandatory") == "Y";
            if kind == QuestionKind::Number {
                q.decimals = if self.cell("num_value_int_only") == "1" { 0 } else { 6 };
                (q.min, q.max) = (self.limit("min_num_value_n"), self.limit("max_num_value_n"));
            } else {
                q.max = self.length();
            }
            self.know(&format!("_{}", part.code), Target::free(key, kind == QuestionKind::Number && q.decimals == 0));
            made.push(q);
        }
        made
    }

    pub(super) fn ranking(&mut self) -> Vec<Question> {
        let mut q = self.question(QuestionKind::Ranking);
        let parts = if self.item.answers.is_empty() { self.item.subs.clone() } else { self.item.answers.clone() };
        let (choices, codes) = self.choices(&parts, false);
        q.choices = choices;
        q.max = self.number_of("max_subquestions").or_else(|| self.number_of("max_answers")).filter(|n| *n > 0);
        self.know("", Target::Answer { name: q.key.clone(), codes, several: true, whole: false });
        vec![q]
    }
}
