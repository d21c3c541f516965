//! Expressions of other programs: `{food} = 'good' and {count} >= 3` of SurveyJS, `(Q1.NAOK == "A1" or !is_empty(Q2))` of
//! LimeSurvey. One reader for both: they differ in how a name is written.

/// How names are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// In braces; bare words are values.
    Braces,
    /// Bare words are names.
    Words,
}

/// An expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// All hold.
    All(Vec<Expr>),
    /// One holds.
    Any(Vec<Expr>),
    /// It does not hold.
    Not(Box<Expr>),
    /// A comparison.
    Compare(Operand, Cmp, Operand),
    /// Something is there, or not.
    Empty(Operand, bool),
    /// An operand alone.
    Bare(Operand),
}

/// What is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// The answer of a name.
    Name(String),
    /// A number, text or truth.
    Value(String),
    /// Several of them.
    List(Vec<String>),
    /// A function.
    Call(String, Vec<Operand>),
}

/// How.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cmp {
    /// `=`
    Is,
    /// `<>`
    IsNot,
    /// `>`
    Above,
    /// `<`
    Below,
    /// `>=`
    AtLeast,
    /// `<=`
    AtMost,
    /// The list has it.
    Contains,
    /// The list does not have it.
    Lacks,
    /// It has one of these.
    AnyOf,
    /// It has all of these.
    AllOf,
    /// It has none of these.
    NoneOf,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Name(String),
    Value(String),
    Word(String),
    Sign(&'static str),
}

/// Longer ones were not written by people.
const MOST_CHARS: usize = 8_000;
/// Deeper ones neither.
const MOST_DEPTH: usize = 40;

const SIGNS: [&str; 19] =
    ["&&", "||", "==", "!=", "<>", "<=", ">=", "(", ")", "[", "]", ",", "!", "<", ">", "=", "+", "*", "-"];

/// Reads an expression; `None` when it is none, or says what is not understood.
pub fn parse(text: &str, dialect: Dialect) -> Option<Expr> {
    if text.len() > MOST_CHARS {
        return None;
    }
    let tokens = tokens(text, dialect)?;
    let mut parser = Parser { tokens: &tokens, at: 0, dialect, depth: 0 };
    let expr = parser.any()?;
    (parser.at == tokens.len()).then_some(expr)
}

fn tokens(text: &str, dialect: Dialect) -> Option<Vec<Token>> {
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while let Some(c) = rest.chars().next() {
        let (token, after) = match c {
            '{' if dialect == Dialect::Braces => {
                let end = rest.find('}')?;
                (Token::Name(rest[1..end].trim().to_string()), &rest[end + 1..])
            }
            '"' | '\'' => quoted(rest, c)?,
            _ if is_number(rest, out.last()) => {
                let len = rest
                    .char_indices()
                    .skip(1)
                    .find(|(_, c)| !c.is_ascii_digit() && *c != '.')
                    .map_or(rest.len(), |(i, _)| i);
                // `1X2X3` is a name of LimeSurvey, `2x` a word.
                let len = if rest[len..].starts_with(is_word) { word_len(rest) } else { len };
                let text = rest[..len].to_string();
                let is_value = text.trim_start_matches('-').chars().all(|c| c.is_ascii_digit() || c == '.');
                (if is_value { Token::Value(text) } else { Token::Word(text) }, &rest[len..])
            }
            _ if is_word(c) => {
                let len = word_len(rest);
                (Token::Word(rest[..len].to_string()), &rest[len..])
            }
            _ => {
                let sign = SIGNS.iter().find(|s| rest.starts_with(**s))?;
                (Token::Sign(sign), &rest[sign.len()..])
            }
        };
        out.push(token);
        rest = after.trim_start();
    }
    Some(out)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '.' || c == '$' || c == ':'
}

fn word_len(rest: &str) -> usize {
    rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())
}

fn is_number(rest: &str, before: Option<&Token>) -> bool {
    let digits = rest.strip_prefix('-').unwrap_or(rest);
    let signed = digits.len() < rest.len();
    let after_operand = matches!(before, Some(Token::Name(_) | Token::Value(_) | Token::Sign(")")));
    digits.starts_with(|c: char| c.is_ascii_digit()) && !(signed && after_operand)
}

fn quoted(rest: &str, quote: char) -> Option<(Token, &str)> {
    let mut value = String::new();
    let mut chars = rest.char_indices().skip(1);
    while let Some((i, c)) = chars.next() {
        match c {
            '\\' => value.push(chars.next()?.1),
            c if c == quote => return Some((Token::Value(value), &rest[i + 1..])),
            c => value.push(c),
        }
    }
    None
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    dialect: Dialect,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Sign(s)) if *s == sign);
        self.at += usize::from(found);
        found
    }

    fn word(&mut self, words: &[&str]) -> bool {
        let found = matches!(self.peek(), Some(Token::Word(w)) if words.contains(&w.to_lowercase().as_str()));
        self.at += usize::from(found);
        found
    }

    fn any(&mut self) -> Option<Expr> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return None;
        }
        let mut parts = vec![self.all()?];
        while self.sign("||") || self.word(&["or"]) {
            parts.push(self.all()?);
        }
        self.depth -= 1;
        if parts.len() > 1 { Some(Expr::Any(parts)) } else { parts.pop() }
    }

    fn all(&mut self) -> Option<Expr> {
        let mut parts = vec![self.not()?];
        while self.sign("&&") || self.word(&["and"]) {
            parts.push(self.not()?);
        }
        if parts.len() > 1 { Some(Expr::All(parts)) } else { parts.pop() }
    }

    fn not(&mut self) -> Option<Expr> {
        let mut times = 0usize;
        while self.sign("!") || self.word(&["not", "negate"]) {
            times += 1;
        }
        if times > MOST_DEPTH {
            return None;
        }
        let mut expr = self.compare()?;
        for _ in 0..times {
            expr = Expr::Not(Box::new(expr));
        }
        Some(expr)
    }

    fn compare(&mut self) -> Option<Expr> {
        if self.sign("(") {
            let inner = self.any()?;
            if !self.sign(")") {
                return None;
            }
            // `(Q1) == 2`: brackets around an operand.
            return match inner {
                Expr::Bare(left) => self.right_of(left),
                inner => Some(inner),
            };
        }
        let left = self.operand()?;
        self.right_of(left)
    }

    fn right_of(&mut self, left: Operand) -> Option<Expr> {
        if self.word(&["empty"]) {
            return Some(Expr::Empty(left, true));
        }
        if self.word(&["notempty"]) {
            return Some(Expr::Empty(left, false));
        }
        let Some(cmp) = self.cmp() else { return Some(Expr::Bare(left)) };
        Some(Expr::Compare(left, cmp, self.operand()?))
    }

    fn cmp(&mut self) -> Option<Cmp> {
        let found = match self.peek()? {
            Token::Sign("=" | "==") => Cmp::Is,
            Token::Sign("!=" | "<>") => Cmp::IsNot,
            Token::Sign(">") => Cmp::Above,
            Token::Sign("<") => Cmp::Below,
            Token::Sign(">=") => Cmp::AtLeast,
            Token::Sign("<=") => Cmp::AtMost,
            Token::Word(word) => match word.to_lowercase().as_str() {
                "equal" | "eq" => Cmp::Is,
                "notequal" | "ne" => Cmp::IsNot,
                "greater" | "gt" => Cmp::Above,
                "less" | "lt" => Cmp::Below,
                "greaterorequal" | "ge" => Cmp::AtLeast,
                "lessorequal" | "le" => Cmp::AtMost,
                "contains" | "contain" => Cmp::Contains,
                "notcontains" | "notcontain" => Cmp::Lacks,
                "anyof" => Cmp::AnyOf,
                "allof" => Cmp::AllOf,
                "noneof" => Cmp::NoneOf,
                _ => return None,
            },
            _ => return None,
        };
        self.at += 1;
        Some(found)
    }

    fn operand(&mut self) -> Option<Operand> {
        self.depth += 1;
        let operand = if self.depth > MOST_DEPTH { None } else { self.operand_within() };
        self.depth -= 1;
        operand
    }

    fn operand_within(&mut self) -> Option<Operand> {
        if self.sign("(") {
            let inner = self.operand()?;
            return self.sign(")").then_some(inner);
        }
        if self.sign("[") {
            return self.list();
        }
        let token = self.peek()?.clone();
        self.at += 1;
        match token {
            Token::Name(name) => Some(Operand::Name(name)),
            Token::Value(value) => Some(Operand::Value(value)),
            Token::Word(word) if self.sign("(") => self.call(&word),
            Token::Word(word) => {
                let lower = word.to_lowercase();
                Some(match (lower.as_str(), self.dialect) {
                    ("true" | "false", _) => Operand::Value(lower),
                    (_, Dialect::Words) => Operand::Name(word),
                    _ => Operand::Value(word),
                })
            }
            Token::Sign(_) => None,
        }
    }

    fn list(&mut self) -> Option<Operand> {
        let mut values = Vec::new();
        while !self.sign("]") {
            match self.operand()? {
                Operand::Value(value) => values.push(value),
                _ => return None,
            }
            self.sign(",");
        }
        Some(Operand::List(values))
    }

    fn call(&mut self, word: &str) -> Option<Operand> {
        let mut values = Vec::new();
        while !self.sign(")") {
            values.push(self.operand()?);
            self.sign(",");
        }
        Some(Operand::Call(word.to_lowercase(), values))
    }
}

#[cfg(test)]
#[path = "expression_tests.rs"]
mod tests;
