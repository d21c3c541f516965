//! The results of the demo school's questionnaires: what came is counted; the one that is over is looked at by class.

use crate::{
    cli::demo::cases::School,
    error::Result,
    kernel::roles::Role,
    questionnaires::{
        self,
        model::OneAnswer,
        results::{actions, fields::By, stages},
    },
};

impl School<'_> {
    /// The office has the answers of closed questionnaires counted.
    pub(super) async fn count_answers(&self) -> Result<()> {
        let office = self.actor(|s| s.role == Role::Office)?;
        let mut c = self.app.db.read().await?;
        let all = questionnaires::actions::list(&mut c, office.organization_id).await?;
        let mut waiting = Vec::new();
        for listed in all.iter().filter(|q| q.responses > 0) {
            let results = actions::read(self.app, &mut c, office.organization_id, listed.id).await?;
            waiting.push((listed.id, results.waiting(), results.questionnaire.settings.one_answer));
        }
        drop(c);
        for (id, waiting, one_answer) in waiting {
            if one_answer != OneAnswer::Code {
                continue;
            }
            if stages::may_count(waiting) {
                actions::count_now(self.app, &office, id).await?;
            }
            actions::choose(self.app, &office, id, &By::Class).await?;
        }
        Ok(())
    }
}
