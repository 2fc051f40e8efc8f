//! The program's settings: from the command line, the environment and one file, read once at the start.
//! Must not be changed afterwards, and must not hold anything that belongs to one tenant.

mod list;
mod read;
#[cfg(test)]
mod tests;

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use axum::http::Uri;
use lettre::message::Mailbox;
use onedoor_domain::value::Email;
use onedoor_store::Options;
use onedoor_store::cluster::default_dir;
use tracing::level_filters::LevelFilter;

use crate::cli::{Common, Serve};
use crate::logs::LogFormat;
pub use list::{SETTINGS, Setting, document};
pub use read::{Problem, Problems};
use read::{Reader, parsed, web_address};

/// The file that is read when none is named.
const USUAL_FILE: &str = "onedoor.toml";

/// Text that must not be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Hidden(String);

impl Hidden {
    /// The text itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

/// Every setting with its value.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where pages are answered.
    pub listen: SocketAddr,
    /// The address people type, without a slash at the end.
    pub public_url: String,
    /// Proxies whose word about the client's address is believed.
    pub trusted_proxy: Vec<IpAddr>,
    /// Private database, key, spool.
    pub data: PathBuf,
    /// An existing database; none means the private one.
    pub database_url: Option<Options>,
    /// Where Prometheus reads; none means nowhere.
    pub metrics_listen: Option<SocketAddr>,
    /// Text or JSON.
    pub log_format: LogFormat,
    /// How much is logged.
    pub log_level: LevelFilter,
    /// The mail server; none means the spool.
    pub smtp_url: Option<Hidden>,
    /// The sender; always there when `smtp_url` is.
    pub mail_from: Option<Mailbox>,
    /// Where messages wait that the program does not send.
    pub spool_dir: PathBuf,
    /// Where checkpoints of the audit are written.
    pub checkpoint_dir: PathBuf,
    /// Where backups are written.
    pub backup_dir: Option<PathBuf>,
    /// The public key of whoever may read backups.
    pub backup_recipient: Option<String>,
    /// When a backup is made, by the clock on the wall.
    pub backup_at: jiff::civil::Time,
    /// Who gets checkpoints of the audit.
    pub checkpoint_to: CheckpointTo,
    /// Where "Leave this page quickly" goes.
    pub leave_url: String,
    /// More languages.
    pub languages_dir: Option<PathBuf>,
    /// A session locks after so long without use.
    pub idle_lock_minutes: u32,
    /// A session ends after so long.
    pub session_hours: u32,
    /// Password hashes at the same time.
    pub hash_parallel: usize,
    /// The key's file.
    pub secret_file: PathBuf,
    /// The scanner and its arguments; none means that files are not looked at.
    pub scan_command: Option<Vec<String>>,
    /// Whether `serve` also works through jobs.
    pub worker: bool,
    /// Invented people and a persona picker; only ever from the command line.
    pub demo: bool,
}

/// Who gets checkpoints of the audit, beside `checkpoint_dir`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CheckpointTo {
    /// One a day.
    pub mail: Option<Email>,
    /// One an hour.
    pub url: Option<Uri>,
}

/// Everything the settings are read from.
#[derive(Debug, Default)]
pub struct Sources {
    /// Name and text of the settings file.
    pub file: Option<(String, String)>,
    /// Variables of the environment.
    pub environment: Vec<(String, String)>,
    /// `--data`.
    pub data: Option<PathBuf>,
    /// Options of `serve`.
    pub serve: Serve,
}

impl Settings {
    /// Reads the file and the environment of this process.
    pub fn load(common: &Common, serve: &Serve) -> Result<Settings, Problems> {
        let file = settings_file(common.config.as_deref())?;
        let environment = std::env::vars_os()
            .filter_map(|(name, value)| {
                Some((name.into_string().ok()?, value.to_string_lossy().into_owned()))
            })
            .collect();
        Settings::from_sources(Sources { file, environment, data: common.data.clone(), serve: serve.clone() })
    }

    /// The same without touching the process: all problems at once, or a complete set.
    pub fn from_sources(sources: Sources) -> Result<Settings, Problems> {
        let mut reader = Reader::default();
        if let Some((name, text)) = &sources.file {
            reader.file(name, text);
        }
        reader.environment(sources.environment.into_iter());
        if let Some(data) = sources.data {
            reader.give("data", "--data", data.to_string_lossy().into_owned());
        }
        if let Some(listen) = sources.serve.listen {
            reader.give("listen", "--listen", listen.to_string());
        }
        if sources.serve.no_work {
            reader.give("worker", "--no-work", "off".to_owned());
        }
        let settings = read_all(&mut reader, sources.serve.demo);
        check_exposure(&mut reader, &settings);
        if reader.problems.is_empty() { Ok(settings) } else { Err(Problems(reader.problems)) }
    }

    /// Whether people reach the program over an encrypted connection, so that cookies may insist on it.
    pub fn encrypted(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

fn settings_file(named: Option<&Path>) -> Result<Option<(String, String)>, Problems> {
    let path = named.unwrap_or(Path::new(USUAL_FILE));
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some((path.display().to_string(), text))),
        Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Problems(vec![Problem {
            name: path.display().to_string(),
            wrong: format!("the settings file cannot be read: {error}"),
            fix: "Name a file that exists and that this user may read".to_owned(),
        }])),
    }
}

fn read_all(reader: &mut Reader, demo: bool) -> Settings {
    let on_off = [("on", true), ("off", false), ("true", true), ("false", false)];
    let data = reader.take("data", parsed).unwrap_or_else(default_dir);
    let listen = reader.take("listen", parsed).unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)));
    let proxies = |text: &str| text.split(',').map(|each| parsed(each.trim())).collect();
    Settings {
        public_url: reader.take("public_url", public_url).unwrap_or_else(|| format!("http://{listen}")),
        trusted_proxy: reader.take("trusted_proxy", proxies).unwrap_or_default(),
        database_url: reader.take("database_url", onedoor_store::parse_url),
        metrics_listen: reader
            .take("metrics_listen", metrics_listen)
            .unwrap_or(Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 9464)))),
        log_format: reader.choice(
            "log_format",
            LogFormat::Text,
            &[("text", LogFormat::Text), ("json", LogFormat::Json)],
        ),
        log_level: reader.choice("log_level", LevelFilter::INFO, &LEVELS),
        smtp_url: reader.take("smtp_url", smtp_url),
        mail_from: reader.take("mail_from", parsed),
        spool_dir: reader.take("spool_dir", parsed).unwrap_or_else(|| data.join("spool")),
        checkpoint_dir: reader.take("checkpoint_dir", parsed).unwrap_or_else(|| data.join("checkpoints")),
        backup_dir: reader.take("backup_dir", parsed),
        backup_at: reader.take("backup_at", backup_at).unwrap_or(jiff::civil::time(2, 30, 0, 0)),
        backup_recipient: reader.take("backup_recipient", backup_recipient),
        checkpoint_to: reader.take("checkpoint_to", checkpoint_to).unwrap_or_default(),
        leave_url: reader
            .take("leave_url", leave_url)
            .unwrap_or_else(|| "https://www.bbc.co.uk/weather".to_owned()),
        languages_dir: reader.take("languages_dir", parsed),
        idle_lock_minutes: reader.number("idle_lock_minutes", 15, 1..=60),
        session_hours: reader.number("session_hours", 12, 1..=24),
        hash_parallel: reader.number("hash_parallel", half_of_the_processors(), 1..=16) as usize,
        secret_file: reader.take("secret_file", parsed).unwrap_or_else(|| data.join("secret.key")),
        scan_command: reader.take("scan_command", scan_command),
        worker: reader.choice("worker", true, &on_off),
        listen,
        data,
        demo,
    }
}

/// However many people sign in at once, pages have the other half.
fn half_of_the_processors() -> u32 {
    let all = std::thread::available_parallelism().map_or(2, usize::from);
    u32::try_from(all / 2).unwrap_or(16).clamp(1, 16)
}

fn backup_at(text: &str) -> Result<jiff::civil::Time, String> {
    jiff::civil::Time::strptime("%H:%M", text).map_err(|_| format!("\"{text}\" is not a time such as 02:30"))
}

fn backup_recipient(text: &str) -> Result<String, String> {
    text.parse::<age::x25519::Recipient>()
        .map_err(|why| format!("{why}: a public key of age begins with age1"))?;
    Ok(text.to_owned())
}

fn checkpoint_to(text: &str) -> Result<CheckpointTo, String> {
    let mut to = CheckpointTo::default();
    for each in text.split(',').map(str::trim) {
        let twice = if each.contains("://") {
            let address = web_address(each)?;
            let address = address.parse().map_err(|_| format!("\"{each}\" is not a web address"))?;
            to.url.replace(address).is_some()
        } else {
            to.mail.replace(parsed(each)?).is_some()
        };
        if twice {
            return Err(format!("\"{each}\" is the second of its kind"));
        }
    }
    Ok(to)
}

const LEVELS: [(&str, LevelFilter); 5] = [
    ("error", LevelFilter::ERROR),
    ("warn", LevelFilter::WARN),
    ("info", LevelFilter::INFO),
    ("debug", LevelFilter::DEBUG),
    ("trace", LevelFilter::TRACE),
];

/// What only shows when several settings are seen together.
fn check_exposure(reader: &mut Reader, settings: &Settings) {
    if !settings.listen.ip().is_loopback() && settings.trusted_proxy.is_empty() {
        let name = reader.shown("listen");
        reader.problem(
            name,
            format!("{} can be reached from other machines and the program does not encrypt", settings.listen),
            "Listen on 127.0.0.1, or put a proxy that encrypts in front and name its address in trusted_proxy",
        );
    }
    if !settings.listen.ip().is_loopback() && !reader.is_given("public_url") {
        reader.problem(
            "public_url",
            "it is needed when `listen` is not this machine's own address",
            "Give the https:// address people type",
        );
    }
    if settings.database_url.as_ref().is_some_and(|database| !onedoor_store::is_private(database)) {
        let name = reader.shown("database_url");
        reader.problem(
            name,
            "it is on another machine and need not be encrypted",
            "Add ?sslmode=verify-full (and sslrootcert=FILE for a certificate of your own), or use one on this machine",
        );
    }
    if reader.is_given("smtp_url") && !reader.is_given("mail_from") {
        reader.problem("mail_from", "it is needed with `smtp_url`", "Give the sender's e-mail address");
    }
}

fn public_url(text: &str) -> Result<String, String> {
    let address = web_address(text.trim_end_matches('/'))?;
    let host = address.split("://").nth(1).unwrap_or_default();
    if host.contains(['/', '?', '#', '@']) {
        return Err(format!("\"{text}\" has more than a host and a port"));
    }
    if address.starts_with("http://") && !is_this_machine(host) {
        return Err(format!("\"{text}\" is not encrypted"));
    }
    Ok(address)
}

/// Whether a host, with or without a port, is this machine by its own name.
fn is_this_machine(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next(),
        None => host.split([':', '/', '?']).next(),
    };
    let name = name.unwrap_or_default();
    name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn scan_command(text: &str) -> Result<Vec<String>, String> {
    let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    match words.first() {
        Some(program) if Path::new(program).is_absolute() => Ok(words),
        _ => Err(format!("\"{text}\" does not begin with the whole path of a program")),
    }
}

fn leave_url(text: &str) -> Result<String, String> {
    let address = web_address(text)?;
    if address.starts_with("https://") { Ok(address) } else { Err(format!("\"{text}\" is not encrypted")) }
}

fn metrics_listen(text: &str) -> Result<Option<SocketAddr>, String> {
    if text == "off" {
        return Ok(None);
    }
    let address: SocketAddr = parsed(text)?;
    if address.ip().is_loopback() {
        Ok(Some(address))
    } else {
        Err(format!("{address} can be reached from other machines"))
    }
}

fn smtp_url(text: &str) -> Result<Hidden, String> {
    // The address may hold a password: the message names what is wrong, never the text.
    lettre::SmtpTransport::from_url(text).map_err(|_| "it is not the address of a mail server".to_owned())?;
    let open = text.strip_prefix("smtp://").filter(|rest| !rest.contains("tls=required"));
    let host = open.map(|rest| rest.rsplit('@').next().unwrap_or(rest));
    if host.is_some_and(|host| !is_this_machine(host)) {
        return Err(
            "it is on another machine and need not be encrypted: write smtps://, or ?tls=required".to_owned()
        );
    }
    Ok(Hidden(text.to_owned()))
}
