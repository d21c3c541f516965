//! Round trips of arbitrary questionnaires, and files that mean harm.

use proptest::prelude::*;

use super::*;
use crate::forms::model::{Choice, Condition, Jump, Op, Question, QuestionKind, Section, Test, Text};

/// A text in Chinese, in English, or in both.
fn text() -> impl Strategy<Value = Text> {
    ("[食堂学校好不{}<&']{0,6}[满意]", "[a-z]{1,6}( [a-z{}<&\"]{1,4})?", 0..4u8).prop_map(|(zh, en, which)| Text {
        zh: if which == 0 { String::new() } else { zh },
        en: if which > 1 { String::new() } else { en },
    })
}

/// Perhaps none.
fn maybe() -> impl Strategy<Value = Text> {
    prop_oneof![Just(Text::default()), text()]
}

fn choices(prefix: &'static str) -> impl Strategy<Value = Vec<Choice>> {
    prop::collection::vec(text(), 2..5).prop_map(move |labels| {
        let numbered = labels.into_iter().enumerate();
        numbered.map(|(i, label)| Choice { code: format!("{prefix}{i}"), label }).collect()
    })
}

/// A question as the builder makes them, with limits that LimeSurvey has too.
fn question() -> impl Strategy<Value = Question> {
    let parts = (text(), maybe(), any::<bool>(), any::<bool>(), choices("c"), choices("r"), maybe(), maybe());
    let limits = (prop::option::of(1i64..2), prop::option::of(3i64..9));
    ((0..QuestionKind::ALL.len()), parts, limits, any::<bool>()).prop_map(|(kind, parts, (min, max), fine)| {
        let mut q = Question::new("", QuestionKind::ALL[kind], parts.0);
        q.hint = parts.1;
        q.required = parts.2 && q.kind != QuestionKind::Notice;
        q.other = parts.3 && matches!(q.kind, QuestionKind::Single | QuestionKind::Multiple);
        if q.kind.has_choices() {
            q.choices = parts.4;
        }
        match q.kind {
            QuestionKind::Matrix => q.rows = parts.5,
            QuestionKind::Scale => {
                (q.min, q.max, q.low, q.high) = (Some(min.unwrap_or(0)), Some(max.unwrap_or(10)), parts.6, parts.7);
                if fine {
                    (q.min, q.max, q.low, q.high) = (None, None, Text::default(), Text::default());
                }
            }
            QuestionKind::Number => (q.min, q.max, q.decimals) = (min, max, if fine { 6 } else { 0 }),
            QuestionKind::Multiple => (q.min, q.max) = (min, Some(2)),
            QuestionKind::Ranking => q.max = min,
            QuestionKind::ShortText | QuestionKind::LongText => q.max = max,
            QuestionKind::Photo => q.max = min,
            QuestionKind::Notice => q.hint = Text::default(),
            _ => {}
        }
        q
    })
}

/// A look at one of the questions, as can be said of its kind.
fn look(earlier: &[Question], at: usize, op: usize, pick: usize) -> Option<Condition> {
    let q = earlier.get(at % earlier.len().max(1))?;
    let code = |list: &[Choice]| list[pick % list.len()].code.clone();
    let ops = |list: &[Op]| list[op % list.len()];
    let any = [Op::Is, Op::IsNot, Op::Answered, Op::Unanswered];
    let (name, op, value) = match q.kind {
        QuestionKind::Single | QuestionKind::Multiple => (q.key.clone(), ops(&any), code(&q.choices)),
        QuestionKind::Matrix => (format!("{}.{}", q.key, code(&q.rows)), ops(&any), code(&q.choices)),
        QuestionKind::Scale | QuestionKind::Rating | QuestionKind::Number => {
            (q.key.clone(), ops(&[Op::AtLeast, Op::AtMost, Op::Is, Op::IsNot, Op::Answered]), pick.to_string())
        }
        QuestionKind::Date => {
            (q.key.clone(), ops(&[Op::AtLeast, Op::AtMost, Op::Unanswered]), "2026-09-01".to_string())
        }
        QuestionKind::Consent => (q.key.clone(), ops(&[Op::Is, Op::IsNot]), "1".to_string()),
        QuestionKind::ShortText => (q.key.clone(), ops(&any), "食'\"\\堂".to_string()),
        _ => return None,
    };
    let value = if matches!(op, Op::Answered | Op::Unanswered) { "" } else { &value };
    Some(Condition::test(&name, op, value))
}

type Seed = (bool, u8, Vec<(usize, usize, usize)>);

fn condition(earlier: &[Question], (on, shape, looks): &Seed) -> Option<Condition> {
    let mut tests: Vec<Condition> =
        looks.iter().filter_map(|(at, op, pick)| look(earlier, *at, *op, *pick)).filter(|_| *on).collect();
    let not_empty = |c: &Condition| !matches!(c, Condition::Test(Test { op: Op::Unanswered, .. }));
    match (shape % 6, tests.len()) {
        (_, 0) => on.then(|| if shape % 2 == 0 { Condition::All(Vec::new()) } else { Condition::Any(Vec::new()) }),
        (0, _) => tests.pop(),
        (1, _) => tests.pop().filter(not_empty).map(|c| Condition::Not(Box::new(c))),
        (_, 1) => tests.pop(),
        (2, _) => Some(Condition::All(tests)),
        (3, _) => Some(Condition::Any(tests)),
        (4, _) => Some(Condition::Not(Box::new(Condition::Any(tests)))),
        _ => {
            let last = tests.pop()?;
            let inner = if tests.len() > 1 { Condition::Any(tests) } else { tests.pop()? };
            Some(Condition::All(vec![inner, last, Condition::All(Vec::new())]))
        }
    }
}

fn seed() -> impl Strategy<Value = Seed> {
    (any::<bool>(), any::<u8>(), prop::collection::vec((0..20usize, 0..20usize, 0..20usize), 0..4))
}

/// An arbitrary questionnaire without jumps.
fn definition() -> impl Strategy<Value = Definition> {
    let section = (maybe(), maybe(), seed(), prop::collection::vec((question(), seed()), 1..5));
    let sections = prop::collection::vec(section, 1..4);
    (text(), maybe(), maybe(), sections).prop_map(|(title, intro, thanks, sections)| {
        let mut earlier: Vec<Question> = Vec::new();
        let mut out = Definition { title, intro, thanks, sections: Vec::new() };
        for (i, (title, text, shown, questions)) in sections.into_iter().enumerate() {
            let mut section = Section { key: format!("s{}", i + 1), title, text, ..Section::default() };
            section.show_if = condition(&earlier, &shown);
            for (mut q, shown) in questions {
                q.key = format!("q{}", earlier.len());
                q.show_if = condition(&earlier, &shown);
                earlier.push(q.clone());
                section.questions.push(q);
            }
            out.sections.push(section);
        }
        out
    })
}

fn back(format: Format, definition: &Definition) -> (Imported, Vec<Loss>) {
    let Exported { text, losses } = write(format, definition);
    (read(text.as_bytes()).unwrap(), losses)
}

proptest! {
    #[test]
    fn our_own_json_comes_back_exactly(
        mut form in definition(),
        odd in "\\PC{0,12}",
        // Limits that no builder lets through are carried, too: the builder says what is wrong with them.
        limits in prop::collection::vec((any::<Option<i64>>(), any::<Option<i64>>(), any::<u8>(), any::<[bool; 2]>()), 1..6),
        jumps in prop::collection::vec((any::<usize>(), any::<bool>(), "[a-z0-9_]{1,8}", "\\PC{0,6}"), 0..5),
    ) {
        form.intro.en = odd;
        let questions = form.sections.iter_mut().flat_map(|s| &mut s.questions);
        for (question, (min, max, decimals, [required, other])) in questions.zip(limits.iter().cycle()) {
            (question.min, question.max, question.decimals) = (*min, *max, *decimals);
            (question.required, question.other) = (*required, *other);
        }
        for (at, always, to, value) in jumps {
            let when = (!always).then(|| Condition::Not(Box::new(Condition::test("q0", Op::IsNot, &value))));
            let sections = form.sections.len();
            form.sections[at % sections].jumps.push(Jump { when, to });
        }
        let (read, losses) = back(Format::Own, &form);
        prop_assert_eq!(read, Imported { format: Format::Own, definition: form, losses: Vec::new() });
        prop_assert_eq!(losses, []);
    }

    #[test]
    fn surveyjs_comes_back(form in definition()) {
        let (read, losses) = back(Format::SurveyJs, &form);
        let read_losses: Vec<&Loss> = read.losses.iter().filter(|l| l.key != "exchange.loss.piece").collect();
        prop_assert_eq!(&read.definition, &form);
        prop_assert_eq!((read_losses, losses), (vec![], vec![]));
    }

    #[test]
    fn limesurvey_comes_back(form in definition()) {
        let (read, losses) = back(Format::LimeSurvey, &form);
        prop_assert_eq!(&read.definition, &for_limesurvey(form));
        prop_assert_eq!((read.losses, losses), (vec![], vec![]));
    }

    #[test]
    fn what_exists_only_in_english_comes_back_in_english(form in definition()) {
        let mut form = for_limesurvey(form);
        for text in finish::texts(&mut form) {
            if text.en.is_empty() && !text.zh.is_empty() {
                text.en = format!("e{}", text.zh.chars().count());
            }
            text.zh.clear();
        }
        for format in Format::ALL {
            let (read, losses) = back(*format, &form);
            prop_assert_eq!(&read.definition, &form, "{}", format);
            prop_assert_eq!(losses, []);
        }
    }

    #[test]
    fn bent_files_are_refused_or_read_but_never_panic(
        form in definition(), format in 0..3usize, at in 0..10_000usize, cut in 0..40usize, junk in "[\"{}\\[\\]:,\t\n0-9a-z<&]{0,12}",
    ) {
        let mut bytes = write(Format::ALL[format], &form).text.into_bytes();
        let from = at % bytes.len();
        bytes.splice(from..(from + cut).min(bytes.len()), junk.bytes());
        drop(read(&bytes));
    }
}

/// Five points without words are what LimeSurvey takes for granted, as we do.
fn for_limesurvey(mut form: Definition) -> Definition {
    let plain =
        |q: &Question| q.kind == QuestionKind::Scale && q.range() == (1, 5) && q.low.is_empty() && q.high.is_empty();
    for question in form.sections.iter_mut().flat_map(|s| &mut s.questions).filter(|q| plain(q)) {
        (question.min, question.max) = (None, None);
    }
    form
}

#[test]
fn every_format_is_known_by_itself() {
    let form = Definition::standard();
    for format in Format::ALL {
        let (read, _) = back(*format, &form);
        assert_eq!(read.format, *format);
        assert_eq!(read.definition.questions().count(), 2);
    }
    let text = write(Format::LimeSurvey, &form).text;
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(&wide).unwrap().format, Format::LimeSurvey);
}

#[test]
fn other_files_are_refused_with_a_sentence() {
    let refused = |bytes: &[u8]| read(bytes).unwrap_err();
    assert_eq!(refused(b""), "exchange.error.empty");
    assert_eq!(refused(b" \n"), "exchange.error.empty");
    assert_eq!(refused(b"<?xml version='1.0'?><document/>"), "exchange.error.markup");
    assert_eq!(refused(b"{\"a\": 1}"), "exchange.error.unknown_json");
    assert_eq!(refused(b"{\"a\": "), "exchange.error.json");
    assert_eq!(refused(b"a\tb\nc\td"), "exchange.error.unknown_text");
    assert_eq!(refused(&[0xb1, 0xed, 0xb5, 0xa5]), "exchange.error.encoding");
    assert_eq!(refused(&vec![b'x'; MOST_BYTES + 1]), "exchange.error.too_large");
    assert_eq!(refused(b"{\"pages\": []}"), "exchange.error.no_questions");
    assert_eq!(refused(b"class\ttype/scale\tname\ttext\n"), "exchange.error.no_questions");
}

#[test]
fn deep_and_huge_files_are_refused() {
    let deep = format!("{{\"pages\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(read(deep.as_bytes()).unwrap_err(), "exchange.error.json");
    let panels = "{\"type\":\"panel\",\"elements\":[".repeat(60);
    let nested = format!("{{\"elements\":[{panels}{{\"type\":\"text\",\"name\":\"a\"}}{}]}}", "]}".repeat(60));
    drop(read(nested.as_bytes()));
    let many: Vec<String> = (0..2_000).map(|i| format!("{{\"type\":\"text\",\"name\":\"a{i}\"}}")).collect();
    let many = format!("{{\"elements\":[{}]}}", many.join(","));
    assert_eq!(read(many.as_bytes()).unwrap_err(), "exchange.error.too_many");
    let brackets = "(".repeat(7_000);
    let form = format!("{{\"elements\":[{{\"type\":\"text\",\"name\":\"a\",\"visibleIf\":\"{brackets}\"}}]}}");
    assert_eq!(read(form.as_bytes()).unwrap().losses.len(), 1);
}

#[test]
fn jumps_leave_as_conditions_and_it_is_said() {
    let mut form = Definition::standard();
    form.sections[0].jumps = vec![Jump { when: Some(Condition::test("where", Op::Is, "家")), to: "end".into() }];
    let more = Question::new("more", QuestionKind::LongText, Text::new("还有", ""));
    form.sections.push(Section { key: "s2".into(), questions: vec![more], ..Section::default() });
    for format in [Format::SurveyJs, Format::LimeSurvey] {
        let (read, losses) = back(format, &form);
        assert_eq!(losses.iter().map(|l| l.key).collect::<Vec<_>>(), ["exchange.loss.jumps"]);
        let not = Condition::Not(Box::new(Condition::test("where", Op::Is, "家")));
        assert_eq!(read.definition.sections[1].show_if, Some(not));
    }
}
