//! The command line: what can be said to the program. Must not do any of it.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Integrated mental-health services: one door, no wrong doors.
#[derive(Debug, Parser)]
#[command(name = "onedoor", version, about)]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub common: Common,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// Said before or after any command.
#[derive(Args, Clone, Debug, Default)]
pub struct Common {
    /// Settings file (without it: onedoor.toml in the current directory, if there is one)
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Directory for the private database, the key and spooled messages
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Answer requests, and work through queued jobs
    Serve(Serve),
    /// Work through queued jobs only
    Work,
    /// Bring the database to the schema of this version
    Migrate,
    /// Fill a new database
    Seed(Seed),
    /// Manage administrators
    #[command(subcommand)]
    Admin(Admin),
    /// Take in what others publish
    #[command(subcommand)]
    Import(Import),
    /// Write a backup, encrypted, and bring it back on trial
    Backup(Backup),
    /// Bring a backup back into an empty database
    Restore(Restore),
    /// The sealed record of who looked at and changed what
    #[command(subcommand)]
    Audit(Audit),
    /// Look at settings and set-up, and say what is missing
    Check(Check),
}

/// Options of `serve`.
#[derive(Args, Clone, Debug, Default)]
pub struct Serve {
    /// Start with invented people and a persona picker; never with real data
    #[arg(long)]
    pub demo: bool,
    /// How many invented people
    #[arg(long, requires = "demo", value_name = "N")]
    pub people: Option<u32>,
    /// Address to answer on
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    /// Leave queued jobs to another process
    #[arg(long)]
    pub no_work: bool,
}

/// Options of `seed`.
#[derive(Args, Clone, Debug)]
pub struct Seed {
    /// Invented people of a fictional county
    #[arg(long, required = true)]
    pub demo: bool,
    /// How many
    #[arg(long, value_name = "N")]
    pub people: Option<u32>,
}

/// Commands about administrators.
#[derive(Clone, Debug, Subcommand)]
pub enum Admin {
    /// Make the first system administrator and print a one-time sign-in link
    Create(Create),
}

/// Options of `admin create`.
#[derive(Args, Clone, Debug)]
pub struct Create {
    /// Full name
    #[arg(long)]
    pub name: String,
    /// Work e-mail address
    #[arg(long)]
    pub email: String,
    /// Name of the service, for a new county; can be changed later
    #[arg(long, default_value = "New service")]
    pub county: String,
    /// Name of the first organisation, for a new county; can be changed later
    #[arg(long, default_value = "New organisation")]
    pub organisation: String,
    /// One more, although there is one
    #[arg(long)]
    pub again: bool,
}

/// What can be taken in.
#[derive(Clone, Debug, Subcommand)]
pub enum Import {
    /// A feed of services in the published format (Open Referral UK 3); goes on where it was cut
    Directory(Directory),
}

/// Options of `import directory`.
#[derive(Args, Clone, Debug)]
pub struct Directory {
    /// A file, or the http:// or https:// address of the feed
    #[arg(value_name = "FILE|URL")]
    pub from: String,
    /// Name of the feed: its services are known by it (without it: its address, or the name of the file)
    #[arg(long, value_name = "NAME")]
    pub feed: Option<String>,
    /// Host name of the county, where there are several
    #[arg(long, value_name = "HOST")]
    pub county: Option<String>,
    /// Drop what an unfinished import of this feed laid aside
    #[arg(long)]
    pub from_start: bool,
    /// Take services off the directory that are not in the feed, even if that is more than half of them
    #[arg(long)]
    pub retire_many: bool,
}

/// Options of `backup`.
#[derive(Args, Clone, Debug, Default)]
pub struct Backup {
    /// Directory (without it: `backup_dir`)
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
    /// Public key of whoever may read it, age1… (without it: `backup_recipient`)
    #[arg(long, value_name = "KEY")]
    pub recipient: Option<String>,
    /// Do not bring it back on trial; it is then not known whether it can be
    #[arg(long)]
    pub untried: bool,
}

/// Options of `restore`.
#[derive(Args, Clone, Debug)]
pub struct Restore {
    /// The backup; its .json lies beside it
    pub file: PathBuf,
    /// The secret key, as age-keygen writes it
    #[arg(long, value_name = "FILE")]
    pub identity: PathBuf,
}

/// What can be done with the audit.
#[derive(Clone, Debug, Subcommand)]
pub enum Audit {
    /// Prove that no sealed row was changed, removed, put in or moved; needs no network
    Verify(Verify),
    /// Print the keys that checkpoints are checked with
    Key,
    /// Remove rows that were kept for twenty years, with a certificate that stays
    Dispose(Dispose),
}

/// Options of `audit verify`.
#[derive(Args, Clone, Debug, Default)]
pub struct Verify {
    /// A file of checkpoints; can be given several times (without it: all of `checkpoint_dir`)
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Vec<PathBuf>,
    /// The key that `onedoor audit key` printed (without it: made from `secret_file`)
    #[arg(long, value_name = "KEY")]
    pub key: Option<String>,
}

/// Options of `audit dispose`.
#[derive(Args, Clone, Debug)]
pub struct Dispose {
    /// Rows written before this day go
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub before: jiff::civil::Date,
    /// Who decided it
    #[arg(long, value_name = "NAME")]
    pub by: String,
    /// Why
    #[arg(long)]
    pub reason: String,
}

/// Options of `check`.
#[derive(Args, Clone, Debug, Default)]
pub struct Check {
    /// A file with one referral reference a line; prints those that are missing
    #[arg(long, value_name = "FILE")]
    pub references: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn common_options_are_taken_on_either_side() {
        for line in
            ["onedoor --data /d serve --demo --people 20", "onedoor serve --demo --people 20 --data /d"]
        {
            let cli = Cli::try_parse_from(line.split(' ')).unwrap();
            assert_eq!(cli.common.data, Some(PathBuf::from("/d")));
            let Command::Serve(serve) = cli.command else { panic!("{line}") };
            assert!(serve.demo);
            assert_eq!(serve.people, Some(20));
        }
    }

    #[test]
    fn people_are_only_invented_on_purpose() {
        assert!(Cli::try_parse_from(["onedoor", "serve", "--people", "5"]).is_err());
        assert!(Cli::try_parse_from(["onedoor", "seed"]).is_err());
    }
}
