//! The command line: one subcommand a file. What it prints is for the operator; programs read `--json`.

mod audit;
pub mod demo;
mod doctor;
pub mod logging;
mod serve;
mod setup;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::{backup, config::Config, error::StartError, http::App, i18n::Lang, kernel::roles::Role};

/// 回音 Huiyin: the feedback and complaint intake of schools.
#[derive(Parser, Debug)]
#[command(name = "huiyin", version, about)]
pub struct Cli {
    /// Flags that every command has.
    #[command(flatten)]
    pub config: Config,
    /// What to do; `serve` when nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What can be done.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Run the server (the default).
    Serve,
    /// Bring the database's schema up to date and exit.
    Migrate,
    /// Fill an empty database with a demo school; print addresses, logins and codes.
    Demo {
        /// As one JSON object.
        #[arg(long)]
        json: bool,
        /// So many cases more, made up, spread over months or years: for a look at a full desk.
        #[arg(long, default_value_t = 0)]
        cases: usize,
    },
    /// Write everything into one file, while the server runs or stands.
    Backup {
        /// The file; an older one of this name is replaced when the new one is whole.
        file: PathBuf,
    },
    /// Fill an empty folder and database from a backup.
    Restore {
        /// The file that `backup` wrote.
        file: PathBuf,
    },
    /// The audit log.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Check configuration, database, disk, clock; say what to do.
    Doctor,
    /// Organisations.
    #[command(subcommand)]
    Org(OrgCommand),
    /// People with an account.
    #[command(subcommand)]
    Staff(StaffCommand),
    /// Print every route: method, path, who may use it, whether it changes anything.
    Routes {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

/// The audit log.
#[derive(Subcommand, Debug)]
pub enum AuditCommand {
    /// Check that nobody changed the log; exit code 1 when somebody did.
    Verify {
        /// Ends of the chains that were seen before: finds a log that was cut off.
        #[arg(long)]
        checkpoint: Option<PathBuf>,
        /// Write the present ends here when the log holds; keep the file elsewhere.
        #[arg(long)]
        write_checkpoint: Option<PathBuf>,
    },
}

/// Organisations.
#[derive(Subcommand, Debug)]
pub enum OrgCommand {
    /// Make an organisation with the usual topics.
    Create {
        /// Its name: 雪莲小学.
        name: String,
        /// Its short name in addresses: lower-case letters, digits and hyphens.
        #[arg(long)]
        slug: String,
    },
}

/// People with an account.
#[derive(Subcommand, Debug)]
pub enum StaffCommand {
    /// Make an account and print its one-time password.
    Create {
        /// The organisation's slug.
        #[arg(long)]
        org: String,
        /// The sign-in name, unique in the installation.
        #[arg(long)]
        username: String,
        /// The name shown: 王芳.
        #[arg(long)]
        name: String,
        /// The role: admin, office, handler, …
        #[arg(long, value_parser = parse_role)]
        role: Role,
        /// The department, for handlers and heads.
        #[arg(long)]
        department: Option<String>,
        /// The language of their pages: zh-CN or en.
        #[arg(long, default_value = "zh-CN", value_parser = parse_lang)]
        lang: Lang,
    },
    /// Take the second step of signing in off an account: for an administrator who lost phone and recovery codes.
    ResetSecondFactor {
        /// The sign-in name.
        username: String,
    },
}

fn parse_role(word: &str) -> Result<Role, String> {
    let known = || Role::ALL.iter().map(|r| r.code()).collect::<Vec<_>>().join(", ");
    Role::parse(word).ok_or_else(|| format!("one of {}", known()))
}

fn parse_lang(word: &str) -> Result<Lang, String> {
    Lang::parse(word).ok_or_else(|| "zh-CN or en".to_string())
}

/// Does what the command line says; the exit code is not 0 when a check found something.
///
/// # Errors
/// A sentence for the operator.
pub async fn run(cli: Cli) -> Result<ExitCode, StartError> {
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::serve(cli.config).await?,
        Command::Migrate => {
            App::open(cli.config).await?.db.close().await;
            println!("The database's schema is up to date ({}).", crate::db::NEWEST_SCHEMA);
        }
        Command::Demo { json, cases } => demo::run(cli.config, json, cases).await?,
        Command::Backup { file } => {
            let made = backup::backup(&cli.config, &file).await?;
            println!("ok: {} with {} attachments, checked", file.display(), made.attachments);
            if !made.has_database {
                println!(
                    "The database is on PostgreSQL: this file holds attachments and keys; run pg_dump for the rest."
                );
            }
        }
        Command::Restore { file } => {
            let done = backup::restore(&cli.config, &file).await?;
            println!(
                "ok: {} attachments, the keys{}",
                done.attachments,
                if done.has_database { ", the database" } else { "" }
            );
            if !done.has_database {
                println!("The database is on PostgreSQL: restore its dump with pg_restore.");
            }
        }
        Command::Audit(AuditCommand::Verify { checkpoint, write_checkpoint }) => {
            return audit::verify(cli.config, checkpoint.as_deref(), write_checkpoint.as_deref()).await;
        }
        Command::Doctor => return doctor::run(cli.config).await,
        Command::Org(OrgCommand::Create { name, slug }) => setup::create_organization(cli.config, &name, &slug).await?,
        Command::Staff(StaffCommand::Create { org, username, name, role, department, lang }) => {
            let person = setup::Person { username, name, role, department, lang };
            setup::create_staff(cli.config, &org, person).await?;
        }
        Command::Staff(StaffCommand::ResetSecondFactor { username }) => {
            setup::reset_second_factor(cli.config, &username).await?;
        }
        Command::Routes { json } => print_routes(json),
    }
    Ok(ExitCode::SUCCESS)
}

fn print_routes(json: bool) {
    let table = crate::http::router::table_json();
    if json {
        println!("{table:#}");
        return;
    }
    for route in table.as_array().into_iter().flatten() {
        let word = |key: &str| route[key].as_str().unwrap_or_default().to_string();
        let roles = route["roles"].as_array().map_or_else(
            || word("roles"),
            |roles| roles.iter().filter_map(|r| r.as_str()).collect::<Vec<_>>().join(", "),
        );
        println!("{:<5} {:<44} {roles}", word("method"), word("path"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent_and_serve_is_the_default() {
        Cli::command().debug_assert();
        assert!(Cli::try_parse_from(["huiyin"]).unwrap().command.is_none());
        let cli = Cli::try_parse_from(["huiyin", "serve", "--addr", "127.0.0.1:1"]).unwrap();
        assert_eq!(cli.config.addr.port(), 1);
    }

    #[test]
    fn an_unknown_role_is_answered_with_the_known_ones() {
        let words = ["huiyin", "staff", "create", "--org", "x", "--username", "y", "--name", "z", "--role", "boss"];
        let error = Cli::try_parse_from(words).unwrap_err().to_string();
        assert!(error.contains("safeguarding_lead"), "{error}");
    }
}
