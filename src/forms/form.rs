//! Posted forms → answers: `answer.<name>` fields, photos, and what is wrong, beside its question.

use std::sync::Arc;

use crate::{
    attachments::staged::{self, Place, Staged},
    error::Result,
    forms::{
        check::{self, Problem},
        model::{Answers, Definition, QuestionKind},
    },
    http::{App, Form},
    ui::FormState,
};

/// What stands before the name of an answer in the name of its field.
const PREFIX: &str = "answer.";

/// The name of the field of an answer.
pub fn field(name: &str) -> String {
    [PREFIX, name].concat()
}

/// The name of the field of the tokens of photos that were accepted already.
pub fn token_field(question: &str) -> String {
    ["staged.", question].concat()
}

/// The answers as they were posted; nothing is checked.
pub fn given(posted: &Form) -> Answers {
    posted.pairs().filter_map(|(name, value)| Some((name.strip_prefix(PREFIX)?, value))).collect()
}

/// What counts of the answers, as it is stored; what is wrong goes to `state`.
pub fn checked(definition: &Definition, given: &Answers, state: &mut FormState) -> Answers {
    let (stored, problems) = check::check_all(definition, given);
    for problem in problems {
        let Problem { question, reason, limit } = problem;
        state.error_with(field(&question), reason.key(), &[("limit", limit.to_string())]);
    }
    stored
}

/// The photos of a question.
#[derive(Clone, Debug)]
pub struct Photos {
    /// The key of the question.
    pub question: String,
    /// What was accepted.
    pub files: Vec<Staged>,
}

/// The photos that came with a form, or were accepted before it. Their tokens stand as answers in `given`, so that the
/// limits of their questions are checked like all others. Questions that take no photo cost nothing.
///
/// # Errors
/// The disk's and the database's.
pub async fn photos(
    app: &Arc<App>,
    posted: &Form,
    definition: &Definition,
    given: &mut Answers,
    state: &mut FormState,
) -> Result<Vec<Photos>> {
    let mut all = Vec::new();
    for question in definition.questions().filter(|q| q.kind == QuestionKind::Photo) {
        // What a client says of its photos is not trusted: only what was taken in counts.
        given.0.retain(|a| a.key != question.key);
        let (name, tokens) = (field(&question.key), token_field(&question.key));
        let most = usize::try_from(question.most_photos()).unwrap_or(1);
        let files = staged::files_of(app, posted, Place { field: &name, tokens: &tokens, most }, state).await?;
        for file in &files {
            given.add(&question.key, &file.token);
        }
        if !files.is_empty() {
            all.push(Photos { question: question.key.clone(), files });
        }
    }
    Ok(all)
}
