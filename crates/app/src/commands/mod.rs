//! What each command does, one file each. Must not hold what belongs to a room or to the store.

mod admin;
mod audit;
mod backup;
mod check;
mod database;
mod import;
mod migrate;
mod seed;
mod serve;
mod work;

use std::future::Future;
use std::io;
use std::process::ExitCode;

use onedoor_store::cluster::ClusterError;

use crate::cli::{Cli, Command, Serve};
use crate::logs;
use crate::secret::SecretError;
use crate::settings::{Problems, Settings};

/// Why a command did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The settings are wrong.
    #[error(transparent)]
    Settings(#[from] Problems),
    /// The private database did not start.
    #[error(transparent)]
    Cluster(#[from] ClusterError),
    /// The database does not answer.
    #[error(
        "the database of ONEDOOR_DATABASE_URL does not answer. Look whether it runs, and at host, user and password"
    )]
    Unreachable,
    /// The schema could not be brought up to date, or is of another version.
    #[error("{0}")]
    Migrate(String),
    /// The key is missing or damaged.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// An address is taken.
    #[error("{setting} {address}: {source}. Choose another with {setting}, or stop the program that uses it")]
    Listen {
        /// The setting that named it.
        setting: &'static str,
        /// The address.
        address: std::net::SocketAddr,
        /// The system's answer.
        source: io::Error,
    },
    /// Something is wrong with the machine.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// The database did not do it.
    #[error("the database did not do it: {0}")]
    Store(#[from] onedoor_store::StoreError),
    /// What was asked for cannot be done, in words.
    #[error("{0}")]
    Said(String),
    /// Checks found something; it was printed.
    #[error("something has to be put right first")]
    Check,
    /// Not in this build.
    #[error("`{0}` is not part of this build yet")]
    NotYet(&'static str),
}

impl Failure {
    /// 2 where the operator has to change what was said, else 1.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(if matches!(self, Failure::Settings(_)) { 2 } else { 1 })
    }
}

/// Reads the settings, starts logging and does what was said.
pub fn run(cli: Cli) -> Result<(), Failure> {
    let serve = if let Command::Serve(serve) = &cli.command { serve.clone() } else { Serve::default() };
    let settings = Settings::load(&cli.common, &serve)?;
    logs::init(settings.log_format, settings.log_level);
    if let Some(folder) = &settings.languages_dir {
        crate::words::load(folder)
            .map_err(|error| Failure::Said(format!("languages_dir: {}: {error}", folder.display())))?;
    }
    match cli.command {
        Command::Serve(options) => finish(serve::run(settings, options)),
        Command::Work => finish(work::run(settings)),
        Command::Migrate => finish(migrate::run(settings)),
        Command::Seed(options) => finish(seed::run(settings, options)),
        Command::Admin(command) => finish(admin::run(settings, command)),
        Command::Import(crate::cli::Import::Directory(options)) => finish(import::run(settings, options)),
        Command::Backup(options) => finish(backup::write(settings, options)),
        Command::Restore(options) => finish(backup::restore(settings, options)),
        Command::Audit(command) => finish(audit::run(settings, command)),
        Command::Check(options) => finish(check::run(settings, options)),
    }
}

fn finish(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}
