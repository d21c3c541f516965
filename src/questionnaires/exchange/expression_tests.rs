use super::*;
use proptest::prelude::*;

fn name(n: &str) -> Operand {
    Operand::Name(n.to_string())
}

fn value(v: &str) -> Operand {
    Operand::Value(v.to_string())
}

#[test]
fn both_languages_read_alike() {
    let expected = Expr::All(vec![
        Expr::Compare(name("a"), Cmp::Is, value("x y")),
        Expr::Any(vec![
            Expr::Compare(name("b"), Cmp::AtLeast, value("-3.5")),
            Expr::Not(Box::new(Expr::Bare(name("c")))),
        ]),
    ]);
    assert_eq!(parse("{a} = 'x y' and ({b} >= -3.5 or !{c})", Dialect::Braces), Some(expected.clone()));
    assert_eq!(parse("a == \"x y\" && (b ge -3.5 || !c)", Dialect::Words), Some(expected));
}

#[test]
fn words_and_functions_of_each_language() {
    assert_eq!(
        parse("{a} anyof ['x', 2] or {b.row 1} notempty", Dialect::Braces),
        Some(Expr::Any(vec![
            Expr::Compare(name("a"), Cmp::AnyOf, Operand::List(vec!["x".into(), "2".into()])),
            Expr::Empty(name("b.row 1"), false),
        ]))
    );
    assert_eq!(
        parse("((!is_empty(Q1_SQ001.NAOK)))", Dialect::Words),
        Some(Expr::Not(Box::new(Expr::Bare(Operand::Call("is_empty".into(), vec![name("Q1_SQ001.NAOK")])))))
    );
    assert_eq!(
        parse("(12X3X45.NAOK) == 'A\\'1'", Dialect::Words),
        Some(Expr::Compare(name("12X3X45.NAOK"), Cmp::Is, value("A'1")))
    );
}

#[test]
fn sums_and_broken_ones_are_not_understood() {
    for wrong in ["{a} + 1 > 2", "{a", "{a} =", "({a}", "{a} {b}", "'x", "", "!", "{a} = [1, {b}]"] {
        assert_eq!(parse(wrong, Dialect::Braces), None, "{wrong}");
    }
    assert_eq!(parse(&"(".repeat(7_000), Dialect::Braces), None);
    assert_eq!(parse(&"!".repeat(7_000), Dialect::Braces), None);
    assert_eq!(parse(&"a(".repeat(3_000), Dialect::Words), None);
    assert_eq!(parse(&"[".repeat(7_000), Dialect::Braces), None);
}

proptest! {
    #[test]
    fn anything_is_read_without_a_panic(text in "[{}()\\[\\]!=<>&|,'\"a-c0-2. \\\\中-]{0,50}|.{0,40}") {
        drop(parse(&text, Dialect::Braces));
        drop(parse(&text, Dialect::Words));
    }
}
