//! Every setting, declared once: the reader, the error messages and docs/settings.md follow this list.

use std::fmt::Write as _;

/// One setting as the operator sees it.
#[derive(Debug)]
pub struct Setting {
    /// Its key in the file; in the environment `ONEDOOR_` and the same in capitals.
    pub name: &'static str,
    /// What holds when it is not given; empty for none.
    pub default: &'static str,
    /// What it takes.
    pub takes: &'static str,
    /// What it does.
    pub about: &'static str,
}

const fn setting(
    name: &'static str,
    default: &'static str,
    takes: &'static str,
    about: &'static str,
) -> Setting {
    Setting { name, default, takes, about }
}

/// All of them, in the order of the document.
pub const SETTINGS: [Setting; 24] = [
    setting(
        "listen",
        "127.0.0.1:8080",
        "address and port",
        "Where pages are answered. An address other than this machine's own needs `trusted_proxy`, because the program itself does not encrypt.",
    ),
    setting(
        "public_url",
        "http:// and `listen`",
        "https:// address without a path",
        "The address people type. Links in messages begin with it. Must be https unless it is this machine.",
    ),
    setting(
        "trusted_proxy",
        "",
        "IP addresses, separated by commas",
        "The reverse proxy that encrypts and whose `X-Forwarded-For` is believed. It must pass `Host` and `Origin` unchanged.",
    ),
    setting(
        "data",
        "/var/lib/onedoor for root, else ~/.local/share/onedoor",
        "directory",
        "Holds the private database, the key and spooled messages.",
    ),
    setting(
        "database_url",
        "",
        "postgres:// address",
        "An existing PostgreSQL (15 to 18). On another machine it needs `?sslmode=verify-full`. Without it the program runs a private one in `data`.",
    ),
    setting(
        "metrics_listen",
        "127.0.0.1:9464",
        "loopback address and port, or off",
        "Where Prometheus reads the numbers. Never reachable from outside this machine.",
    ),
    setting(
        "log_format",
        "text",
        "text or json",
        "How log lines are written (to standard error). They hold no personal data.",
    ),
    setting("log_level", "info", "error, warn, info, debug or trace", "How much is logged."),
    setting(
        "smtp_url",
        "",
        "smtp:// or smtps:// address",
        "The mail server; on another machine by `smtps://`, or with `?tls=required`. Without it e-mails are written to `spool_dir` and shown as not sent.",
    ),
    setting(
        "mail_from",
        "",
        "e-mail address, with or without a name",
        "The sender of e-mails. Needed with `smtp_url`.",
    ),
    setting(
        "spool_dir",
        "spool in `data`",
        "directory",
        "Where messages wait that are not sent by the program: texts, letters, and e-mails without `smtp_url`.",
    ),
    setting(
        "checkpoint_dir",
        "checkpoints in `data`",
        "directory",
        "Where signed checkpoints of the audit are written, a file a day. Copy it to where nobody who runs the database can write: it proves what the audit said (docs/audit.md).",
    ),
    setting(
        "backup_dir",
        "",
        "directory",
        "Where `onedoor backup` writes (docs/backup.md). On another disk than the database.",
    ),
    setting(
        "backup_recipient",
        "",
        "public key, age1…",
        "Whoever has the secret part can read backups; this installation cannot. Make it with age-keygen.",
    ),
    setting(
        "backup_at",
        "02:30",
        "time",
        "When the worker makes a backup each day, where `backup_dir` and `backup_recipient` are given.",
    ),
    setting(
        "checkpoint_to",
        "",
        "e-mail address, http:// or https:// address, or one of each with a comma",
        "Gets checkpoints of the audit: an e-mail address one a day, a web address one an hour as the text of a POST. Somebody who does not run the database, such as the Caldicott guardian.",
    ),
    setting(
        "leave_url",
        "https://www.bbc.co.uk/weather",
        "https:// address",
        "Where \"Leave this page quickly\" goes. Choose a page nobody would wonder about.",
    ),
    setting(
        "languages_dir",
        "",
        "directory",
        "More languages, a folder each (docs/languages.md). Read once, at the start.",
    ),
    setting("idle_lock_minutes", "15", "1 to 60", "A staff session locks after so many minutes without use."),
    setting("session_hours", "12", "1 to 24", "A staff session ends after so many hours, used or not."),
    setting(
        "hash_parallel",
        "half of the processors",
        "1 to 16",
        "Passwords checked at the same time; each takes a processor, and 19 MiB of memory that is kept.",
    ),
    setting(
        "secret_file",
        "secret.key in `data`",
        "file",
        "The key that encrypts parked answers and second factors. Made at the first start, readable by its owner only. Back it up apart from the database.",
    ),
    setting(
        "scan_command",
        "",
        "program with its arguments, separated by spaces",
        "Looks at each file somebody sends, on its standard input. It ends with 0 when the file is clean, 1 when something was found, anything else when it did not work (as `clamscan -` does). Without it files are shown as not checked, and only a senior opens them, with a reason.",
    ),
    setting("worker", "on", "on or off", "Whether `serve` also works through queued jobs."),
];

/// Names that belong to developer commands and tests, not to the program.
pub const DEVELOPER: [&str; 5] = ["cases", "fuzz_seconds", "sqlx_url", "test_dir", "write_docs"];

/// docs/settings.md.
pub fn document() -> String {
    let mut text = String::from(
        "# Settings\n\n\
         Written from the list in `crates/app/src/settings/list.rs`; a test keeps it so.\n\n\
         A setting is given in `onedoor.toml` (or the file named by `--config`) as `name = value`, or in the environment as\n\
         `ONEDOOR_NAME`. The command line wins over the environment, the environment over the file. An unknown or wrong\n\
         setting stops the start and is named, all of them at once. Demonstration data is no setting: it comes only from\n\
         `onedoor serve --demo`.\n\n\
         | setting | takes | without it | what it does |\n|---|---|---|---|\n",
    );
    for setting in &SETTINGS {
        let default = if setting.default.is_empty() { "none" } else { setting.default };
        let Setting { name, takes, about, .. } = setting;
        writeln!(text, "| `{name}` | {takes} | {default} | {about} |").ok();
    }
    text
}
