//! What the demo school asks, and what is answered.

use crate::forms::model::{Answers, Choice, Condition, Definition, Op, Question, QuestionKind, Section, Text};

/// After which question of the live questionnaire how many people went away.
pub(super) const LEFT_AFTER: [(&str, usize); 3] = [("class", 2), ("areas", 4), ("minutes", 1)];

/// Things that parents wrote.
const WISHES: [&str; 8] = [
    "食堂的汤常常是凉的，冬天孩子不爱喝。",
    "放学时校门口电动车太多，希望留一条走路的通道。",
    "老师很负责，谢谢。",
    "数学作业有时写到九点半。",
    "希望家长会早一周通知，方便请假。",
    "操场的单杠有点松，担心安全。",
    "课后服务能不能多一些体育活动。",
    "群里的通知太多，重要的事容易漏掉。",
];

fn text(zh: &str, en: &str) -> Text {
    Text::new(zh, en)
}

fn ask(key: &str, kind: QuestionKind, zh: &str, en: &str, choices: &[(&str, &str, &str)]) -> Question {
    let mut question = Question::new(key, kind, text(zh, en));
    question.choices = list(choices);
    question
}

fn list(choices: &[(&str, &str, &str)]) -> Vec<Choice> {
    choices.iter().map(|(code, zh, en)| Choice { code: (*code).to_string(), label: text(zh, en) }).collect()
}

fn required(question: Question) -> Question {
    Question { required: true, ..question }
}

fn section(key: &str, zh: &str, en: &str, questions: Vec<Question>) -> Section {
    Section { key: key.to_string(), title: text(zh, en), questions, ..Section::default() }
}

const CLASSES: [(&str, &str, &str); 3] =
    [("c1", "三（1）班", "3 (1)"), ("c2", "三（2）班", "3 (2)"), ("c3", "三（3）班", "3 (3)")];
const GRADES: [(&str, &str, &str); 3] =
    [("good", "满意", "Satisfied"), ("fair", "一般", "So-so"), ("bad", "不满意", "Not satisfied")];
const AREAS: [(&str, &str, &str); 4] = [
    ("canteen", "食堂", "Canteen"),
    ("safety", "校门口和校园安全", "Safety"),
    ("homework", "作业量", "Homework"),
    ("contact", "和老师的沟通", "Talking with teachers"),
];

/// The live one: how satisfied parents are.
pub(super) fn satisfaction() -> Definition {
    let scale = |key, zh, en| {
        let mut question = required(ask(key, QuestionKind::Scale, zh, en, &[]));
        (question.low, question.high) = (text("很不满意", "Not at all"), text("很满意", "Very"));
        question
    };
    let mut areas =
        required(ask("areas", QuestionKind::Matrix, "下面几方面，您满意吗", "How satisfied are you with", &GRADES));
    areas.rows = list(&AREAS);
    let mut why = ask("why", QuestionKind::LongText, "哪里让您不满意", "What was not good", &[]);
    why.show_if = Some(Condition::test("overall", Op::AtMost, "3"));
    let mut minutes =
        ask("minutes", QuestionKind::Number, "孩子每天写作业大约多少分钟", "Minutes of homework a day", &[]);
    (minutes.min, minutes.max) = (Some(0), Some(300));
    let mut first = ask("first", QuestionKind::Multiple, "最希望先改进什么", "What should get better first", &AREAS);
    (first.max, first.other) = (Some(2), true);
    let about = vec![
        required(ask("class", QuestionKind::Single, "孩子在哪个班", "Your child's class", &CLASSES)),
        scale("overall", "总的来说，您对学校满意吗", "All in all, how satisfied are you"),
        why,
    ];
    let rest = vec![first, ask("wish", QuestionKind::LongText, "还想对学校说什么", "Anything else", &[])];
    Definition {
        title: text("春季学期家长满意度问卷", "How satisfied are parents this spring"),
        intro: text(
            "您的看法会用来安排下学期先改什么。结果会在家长会上告诉大家。",
            "Your view decides what we improve first. The results are told at the parents' meeting.",
        ),
        thanks: Text::default(),
        sections: vec![
            section("s1", "", "", about),
            section("s2", "具体方面", "In detail", vec![areas, minutes]),
            section("s3", "您的建议", "Your wishes", rest),
        ],
    }
}

/// What the parents at this place in the row answer.
pub(super) fn satisfaction_answers(at: usize) -> Answers {
    let overall = [5, 4, 4, 3, 5, 2, 4, 5, 3, 4, 1, 4][at % 12];
    let grade = |n: usize| GRADES[[0, 0, 1, 0, 2, 0, 1][n % 7]].0;
    let mut given: Vec<(String, String)> = vec![
        ("class".into(), CLASSES[[0, 1, 0, 2, 1, 0, 2][at % 7]].0.into()),
        ("overall".into(), overall.to_string()),
        ("minutes".into(), (30 + at * 37 % 85).to_string()),
        ("first".into(), AREAS[[0, 2, 0, 1, 3, 0][at % 6]].0.into()),
    ];
    given.extend(
        AREAS.iter().enumerate().map(|(i, (code, ..))| (format!("areas.{code}"), grade(at * 3 + i * 2).into())),
    );
    if overall <= 3 {
        given.push(("why".into(), WISHES[at % 2].into()));
    }
    if at % 3 == 1 {
        given.push(("wish".into(), WISHES[at % WISHES.len()].into()));
    }
    given.into_iter().collect()
}

/// The one that is over: how the sports day was.
pub(super) fn sports_day() -> Definition {
    let mut stars = required(ask("stars", QuestionKind::Rating, "给运动会打几颗星", "Stars for the sports day", &[]));
    stars.max = Some(5);
    let liked = ask(
        "liked",
        QuestionKind::Multiple,
        "你喜欢哪些项目",
        "What did you like",
        &[
            ("relay", "接力", "Relay"),
            ("rope", "跳绳", "Rope skipping"),
            ("tug", "拔河", "Tug of war"),
            ("run", "短跑", "Sprint"),
        ],
    );
    let safe = ask(
        "safe",
        QuestionKind::Single,
        "场地安全吗",
        "Was the ground safe",
        &[("yes", "安全", "Yes"), ("no", "有点危险", "Not quite")],
    );
    let mut where_not = ask("where_not", QuestionKind::ShortText, "哪里危险", "Where not", &[]);
    where_not.show_if = Some(Condition::test("safe", Op::Is, "no"));
    Definition::of(text("秋季运动会反馈", "How was the sports day"), vec![stars, liked, required(safe), where_not])
}

/// What the child at this place in the row answers.
pub(super) fn sports_day_answers(at: usize) -> Answers {
    let mut given = vec![
        ("stars", ["5", "4", "5", "3", "4"][at % 5]),
        ("liked", ["relay", "tug", "rope"][at % 3]),
        ("liked", ["run", "tug"][usize::from(at % 3 != 1)]),
        ("safe", if at % 6 == 5 { "no" } else { "yes" }),
    ];
    given.dedup();
    if at % 6 == 5 {
        given.push(("where_not", "沙坑边上有石子"));
    }
    given.into_iter().collect()
}

/// The one that is still being written.
pub(super) fn after_school() -> Definition {
    let mut joins = ask(
        "q1",
        QuestionKind::Single,
        "孩子参加课后服务吗",
        "Does your child stay after school",
        &[("c1", "参加", "Yes"), ("c2", "不参加", "No")],
    );
    joins.required = true;
    let mut wishes = ask(
        "q2",
        QuestionKind::Ranking,
        "最想要哪些内容，请排序",
        "Please rank what you would like",
        &[("c1", "体育", "Sports"), ("c2", "阅读", "Reading"), ("c3", "作业辅导", "Homework help")],
    );
    wishes.show_if = Some(Condition::test("q1", Op::Is, "c1"));
    // Its words are still missing.
    let unfinished = Question::new("q3", QuestionKind::ShortText, Text::default());
    Definition::of(text("课后服务意见征集", "After-school care"), vec![joins, wishes, unfinished])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::{check::check_all, problems::problems};

    #[test]
    fn what_the_demo_asks_can_be_published_and_what_it_answers_be_sent() {
        for (form, answers) in [
            (satisfaction(), satisfaction_answers as fn(usize) -> Answers),
            (sports_day(), sports_day_answers as fn(usize) -> Answers),
        ] {
            assert_eq!(problems(&form), []);
            for at in 0..50 {
                assert_eq!(check_all(&form, &answers(at)).1, [], "{at}");
            }
        }
        assert_eq!(problems(&after_school()).len(), 1);
    }
}
