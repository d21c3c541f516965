//! Mentions 提醒: `@name` in a note tells that person, who must be one who may see the case.

use crate::{
    accounts::model::Actor,
    cases::{model::Case, store, visibility::Scope},
    db::Conn,
    error::Result,
    kernel::ids::OrganizationId,
    organizations::{self, model::Staff},
};

/// So much of an unknown name is shown.
const LONGEST_NAME: usize = 6;

/// Whom a text mentions, each once. The longest name wins where one begins as another does.
fn mentioned<'a>(text: &str, staff: &'a [Staff]) -> Vec<&'a Staff> {
    let mut found: Vec<&Staff> = Vec::new();
    for (at, sign) in text.char_indices().filter(|(_, c)| matches!(c, '@' | '＠')) {
        let rest = &text[at + sign.len_utf8()..];
        let named = |person: &&Staff| begins_with(rest, &person.display_name) || begins_with(rest, &person.username);
        let longest = |person: &&Staff| {
            [&person.display_name, &person.username].into_iter().filter(|n| begins_with(rest, n)).map(String::len).max()
        };
        if let Some(person) = staff.iter().filter(named).max_by_key(longest)
            && found.iter().all(|f| f.id != person.id)
        {
            found.push(person);
        }
    }
    found
}

/// What stands after a sign like a name, and is nobody's here; with the sign. An address of mail is none.
fn strangers(text: &str, staff: &[Staff]) -> Vec<String> {
    let signs = text.char_indices().filter(|(_, c)| matches!(c, '@' | '＠'));
    let unknown = signs.filter_map(|(at, sign)| {
        let rest = &text[at + sign.len_utf8()..];
        let in_a_word = text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        let anybody = staff.iter().any(|p| begins_with(rest, &p.display_name) || begins_with(rest, &p.username));
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric()).take(LONGEST_NAME).collect();
        (!in_a_word && !anybody && name.starts_with(char::is_alphabetic)).then(|| format!("@{name}"))
    });
    unknown.collect()
}

/// What was heard in a note: the names of those who are meant, and what looks like a name and is nobody's.
pub(super) fn heard(text: &str, staff: &[Staff]) -> (Vec<String>, Vec<String>) {
    (mentioned(text, staff).iter().map(|p| p.display_name.clone()).collect(), strangers(text, staff))
}

/// Whether a text begins with a name. A name in letters ends with its word.
fn begins_with(text: &str, name: &str) -> bool {
    let name = name.trim();
    match text.strip_prefix(name) {
        Some(rest) if !name.is_empty() => {
            !name.is_ascii() || !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        }
        _ => false,
    }
}

/// What a person of the staff may see.
pub(super) const fn scope_of(org: OrganizationId, person: &Staff) -> Scope {
    Scope { organization: org, staff: person.id, department: person.department_id, role: person.role }
}

/// Whether a person of the staff may see a case.
pub(super) async fn may_see(c: &mut Conn, case: &Case, person: &Staff) -> Result<bool> {
    let scope = scope_of(case.organization_id, person);
    Ok(store::visible::by_id(c, &scope, case.id).await?.is_some())
}

/// Those whom a text mentions, but for who wrote it: who may see the case, and who may not.
pub(super) async fn of(c: &mut Conn, actor: &Actor, case: &Case, text: &str) -> Result<(Vec<Staff>, Vec<Staff>)> {
    let staff = organizations::actions::staff(c, case.organization_id).await?;
    let (mut told, mut refused) = (Vec::new(), Vec::new());
    for person in mentioned(text, &staff).into_iter().filter(|p| p.id != actor.staff_id) {
        match may_see(c, case, person).await? {
            true => told.push(person.clone()),
            false => refused.push(person.clone()),
        }
    }
    Ok((told, refused))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{ids::StaffId, roles::Role};

    fn person(n: u128, name: &str, username: &str) -> Staff {
        Staff {
            id: StaffId(uuid::Uuid::from_u128(n)),
            department_id: None,
            username: username.into(),
            display_name: name.into(),
            role: Role::Office,
            disabled_at: None,
            has_password: true,
        }
    }

    #[test]
    fn a_name_after_the_sign_is_found_and_the_longest_wins() {
        let staff = [person(1, "王芳", "wangfang"), person(2, "王芳芳", "wff"), person(3, "Li Na", "lina")];
        let names = |text: &str| mentioned(text, &staff).iter().map(|p| p.display_name.as_str()).collect::<Vec<_>>();
        assert_eq!(names("请@王芳看一下"), ["王芳"]);
        assert_eq!(names("请＠王芳芳看一下，@王芳也看，再@王芳"), ["王芳芳", "王芳"]);
        assert_eq!(names("@wff 和 @Li Na"), ["王芳芳", "Li Na"]);
        assert_eq!(names("王芳说写信到 a@linax.example"), Vec::<&str>::new());
        assert_eq!(names("@ @@ @谁"), Vec::<&str>::new());
        assert_eq!(strangers("@王芳 @王方，写信到 a@linax.example，@3 点 ＠Lee.", &staff), ["@王方", "@Lee"]);
        assert_eq!(heard("@wff @谁", &staff), (vec!["王芳芳".to_string()], vec!["@谁".to_string()]));
    }
}
