//! What the stories of cases leave to be counted: returns, reopenings, merges, answers that say little. Pure.

use std::collections::{HashMap, HashSet};

use crate::{
    cases::facts::{AnswerRow, HappenedRow},
    kernel::{ids::CaseId, text::char_count},
    reports::model::Trace,
};

/// An answer without blanks and marks: what is left of it is compared.
fn essence(body: &str) -> String {
    body.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The traces of cases. `happened` is in the order of each case, `answers` the oldest first.
pub fn traces(happened: &[HappenedRow], answers: &[AnswerRow], short: usize) -> HashMap<CaseId, Trace> {
    let mut traces: HashMap<CaseId, Trace> = HashMap::new();
    let mut answered_by: HashMap<CaseId, String> = HashMap::new();
    for row in happened {
        let trace = traces.entry(row.case_id).or_default();
        let department = row.department.clone().unwrap_or_default();
        match row.kind.as_str() {
            "answered" => {
                answered_by.insert(row.case_id, department);
            }
            "reopened" => trace.reopened.extend(answered_by.get(&row.case_id).cloned()),
            "objected" => trace.returned.push(department),
            "objection_upheld" => trace.upheld.push(department),
            "topic_changed" => trace.topic_changes += 1,
            "joined" | "merged" => trace.merges += 1,
            "message_out" => trace.messages += 1,
            "supervised" => trace.supervised = true,
            _ => {}
        }
    }
    let mut earlier: HashMap<String, HashSet<CaseId>> = HashMap::new();
    for answer in answers {
        let essence = essence(&answer.body);
        let cases = earlier.entry(essence).or_default();
        let trace = traces.entry(answer.case_id).or_default();
        // The last answer of a case decides.
        trace.short_answer = char_count(answer.body.trim()) < short;
        trace.same_answer = cases.iter().any(|case| *case != answer.case_id);
        cases.insert(answer.case_id);
    }
    traces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(n: u128) -> CaseId {
        CaseId(uuid::Uuid::from_u128(n))
    }

    fn row(n: u128, kind: &str, department: &str) -> HappenedRow {
        let department = (!department.is_empty()).then(|| department.to_string());
        HappenedRow { case_id: case(n), kind: kind.into(), department }
    }

    fn answer(n: u128, body: &str) -> AnswerRow {
        AnswerRow { case_id: case(n), body: body.into(), sent_at: chrono::DateTime::UNIX_EPOCH }
    }

    #[test]
    fn a_reopening_is_counted_of_who_had_answered() {
        let rows = [
            row(1, "objected", "食堂"),
            row(1, "objection_upheld", "食堂"),
            row(1, "answered", "总务处"),
            row(1, "reopened", ""),
            row(2, "reopened", ""),
        ];
        let traces = traces(&rows, &[], 20);
        assert_eq!(traces[&case(1)].returned, ["食堂"]);
        assert_eq!(traces[&case(1)].upheld, ["食堂"]);
        assert_eq!(traces[&case(1)].reopened, ["总务处"]);
        assert_eq!(traces[&case(2)].reopened, Vec::<String>::new(), "declined and reopened: nobody had answered");
    }

    #[test]
    fn the_second_of_two_equal_answers_is_the_copy_whatever_the_marks() {
        let answers = [
            answer(1, "已转有关部门处理，谢谢！"),
            answer(2, "已转有关部门处理。谢谢"),
            answer(1, "已转有关部门处理，谢谢"),
        ];
        let traces = traces(&[], &answers, 5);
        assert!(traces[&case(2)].same_answer && !traces[&case(2)].short_answer);
        assert!(traces[&case(1)].same_answer, "the last answer decides");
        let alone = super::traces(&[], &[answer(1, "已办"), answer(1, "已办")], 20);
        assert!(!alone[&case(1)].same_answer, "the same case twice is no copy");
        assert!(alone[&case(1)].short_answer);
    }
}
