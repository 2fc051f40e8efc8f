use super::*;

fn sources(file: &str, environment: &[(&str, &str)]) -> Sources {
    Sources {
        file: Some(("onedoor.toml".to_owned(), file.to_owned())),
        environment: environment
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        ..Sources::default()
    }
}

fn read(file: &str, environment: &[(&str, &str)]) -> Result<Settings, Problems> {
    Settings::from_sources(sources(file, environment))
}

/// The only problem, as the operator reads it.
#[track_caller]
fn refusal(file: &str, environment: &[(&str, &str)]) -> String {
    let Problems(problems) = read(file, environment).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    Problems(problems).to_string()
}

#[test]
fn nothing_given_is_a_complete_set_on_this_machine_only() {
    let settings = read("", &[]).unwrap();
    assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(settings.public_url, "http://127.0.0.1:8080");
    assert_eq!(settings.metrics_listen.unwrap().to_string(), "127.0.0.1:9464");
    assert_eq!((settings.idle_lock_minutes, settings.session_hours), (15, 12));
    assert!((1..=16).contains(&settings.hash_parallel));
    assert!(settings.worker && !settings.demo && !settings.encrypted());
    assert!(settings.smtp_url.is_none() && settings.database_url.is_none());
    assert!(
        settings.secret_file.starts_with(&settings.data) && settings.spool_dir.starts_with(&settings.data)
    );
}

#[test]
fn the_environment_wins_over_the_file_and_the_command_line_over_both() {
    let file = "listen = \"127.0.0.1:1001\"\nidle_lock_minutes = 10\nworker = false\nlog_format = \"json\"";
    let settings = read(file, &[("ONEDOOR_LISTEN", "127.0.0.1:1002"), ("HOME", "/x")]).unwrap();
    assert_eq!(settings.listen.port(), 1002);
    assert_eq!(settings.idle_lock_minutes, 10);
    assert!(!settings.worker);
    assert_eq!(settings.log_format, LogFormat::Json);
    let mut all = sources(file, &[("ONEDOOR_LISTEN", "127.0.0.1:1002"), ("ONEDOOR_DATA", "/env")]);
    all.data = Some(PathBuf::from("/flag"));
    all.serve = Serve { listen: Some("127.0.0.1:1003".parse().unwrap()), demo: true, ..Serve::default() };
    let settings = Settings::from_sources(all).unwrap();
    assert_eq!(
        (settings.listen.port(), settings.data.to_str().unwrap(), settings.demo),
        (1003, "/flag", true)
    );
}

#[test]
fn checkpoints_go_to_an_address_of_each_kind() {
    let to = |text: &str| read("", &[("ONEDOOR_CHECKPOINT_TO", text)]).unwrap().checkpoint_to;
    assert!(to("").mail.is_none() && to("").url.is_none());
    assert!(to("guardian@example.org").mail.is_some());
    let both = to("https://keep.example/county, guardian@example.org");
    assert_eq!(both.url.unwrap().to_string(), "https://keep.example/county");
    assert_eq!(both.mail.unwrap().to_string(), "guardian@example.org");
}

#[test]
fn an_empty_variable_counts_as_not_given() {
    assert!(read("", &[("ONEDOOR_SMTP_URL", "")]).unwrap().smtp_url.is_none());
}

#[test]
fn all_problems_are_reported_at_once() {
    let file = "liste = \"x\"\nsession_hours = 99\n[mail]\nfrom = \"a\"";
    let Problems(problems) =
        read(file, &[("ONEDOOR_LOG_LEVEL", "loud"), ("ONEDOOR_DATABASE", "x")]).unwrap_err();
    let mut names: Vec<&str> = problems.iter().map(|problem| problem.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "ONEDOOR_DATABASE",
            "ONEDOOR_LOG_LEVEL",
            "liste (in onedoor.toml)",
            "mail (in onedoor.toml)",
            "session_hours (in onedoor.toml)"
        ]
    );
    assert!(problems.iter().all(|problem| !problem.wrong.is_empty() && !problem.fix.is_empty()));
}

#[test]
fn each_refusal_names_the_setting_and_the_way_out() {
    let cases = [
        ("ONEDOOR_LISTEN", "8080", "address and port"),
        ("ONEDOOR_PUBLIC_URL", "http://door.example", "not encrypted"),
        ("ONEDOOR_PUBLIC_URL", "https://door.example/path", "more than a host"),
        ("ONEDOOR_PUBLIC_URL", "door.example", "not a web address"),
        ("ONEDOOR_TRUSTED_PROXY", "10.0.0.1, proxy", "IP addresses"),
        ("ONEDOOR_DATABASE_URL", "mysql://x", "postgres://"),
        ("ONEDOOR_METRICS_LISTEN", "0.0.0.0:9464", "other machines"),
        ("ONEDOOR_METRICS_LISTEN", "no", "or off"),
        ("ONEDOOR_LOG_FORMAT", "xml", "text or json"),
        ("ONEDOOR_LOG_LEVEL", "loud", "error, warn, info"),
        ("ONEDOOR_MAIL_FROM", "nobody", "e-mail address"),
        ("ONEDOOR_LEAVE_URL", "http://plain.example", "not encrypted"),
        ("ONEDOOR_BACKUP_AT", "25:00", "time"),
        ("ONEDOOR_BACKUP_RECIPIENT", "ssh-ed25519 AAAA", "age1"),
        ("ONEDOOR_CHECKPOINT_TO", "nobody", "e-mail address"),
        ("ONEDOOR_CHECKPOINT_TO", "a@example.org, b@example.org", "e-mail address"),
        ("ONEDOOR_IDLE_LOCK_MINUTES", "0", "1 to 60"),
        ("ONEDOOR_IDLE_LOCK_MINUTES", "soon", "whole number"),
        ("ONEDOOR_SESSION_HOURS", "25", "1 to 24"),
        ("ONEDOOR_IDLE_LOCK_MINUTES", "61", "1 to 60"),
        ("ONEDOOR_HASH_PARALLEL", "17", "1 to 16"),
        ("ONEDOOR_WORKER", "maybe", "on or off"),
        ("ONEDOOR_DEMO", "1", "serve --demo"),
        ("ONEDOOR_NONSENSE", "1", "there is no such setting"),
    ];
    for (name, value, says) in cases {
        let refusal = refusal("", &[(name, value)]);
        assert!(refusal.contains(name) && refusal.contains(says), "{name}={value}: {refusal}");
    }
}

#[test]
fn other_machines_are_answered_only_behind_a_proxy_that_encrypts() {
    let open = [("ONEDOOR_LISTEN", "0.0.0.0:8080"), ("ONEDOOR_PUBLIC_URL", "https://door.example")];
    let message = refusal("", &open);
    assert!(message.contains("ONEDOOR_LISTEN") && message.contains("trusted_proxy"), "{message}");
    let mut demo = sources("", &open);
    demo.serve.demo = true;
    assert!(Settings::from_sources(demo).is_err(), "a demonstration is no exception");
    let behind = [open[0], open[1], ("ONEDOOR_TRUSTED_PROXY", "10.0.0.1, fd00::1")];
    let settings = read("", &behind).unwrap();
    assert_eq!(settings.trusted_proxy.len(), 2);
    assert!(settings.encrypted());
    assert!(refusal("", &[behind[0], behind[2]]).contains("public_url"));
}

#[test]
fn a_mail_server_needs_a_sender_and_its_password_is_never_shown() {
    let server = ("ONEDOOR_SMTP_URL", "smtps://user:pa55@mail.example");
    assert!(refusal("", &[server]).contains("mail_from"));
    let settings = read("", &[server, ("ONEDOOR_MAIL_FROM", "One Door <door@example.org>")]).unwrap();
    assert!(!format!("{settings:?}").contains("pa55"));
    let wrong =
        refusal("mail_from = \"a@example.org\"", &[("ONEDOOR_SMTP_URL", "ftp://user:pa55@mail.example")]);
    assert!(wrong.contains("ONEDOOR_SMTP_URL") && !wrong.contains("pa55"), "{wrong}");
}

#[test]
fn what_leaves_this_machine_is_encrypted_or_the_start_is_refused() {
    let from = ("ONEDOOR_MAIL_FROM", "door@example.org");
    for open in ["smtp://mail.example", "smtp://user:pa55@mail.example:25", "smtp://127.0.0.1.evil.example"] {
        let message = refusal("", &[("ONEDOOR_SMTP_URL", open), from]);
        assert!(message.contains("ONEDOOR_SMTP_URL") && !message.contains("pa55"), "{message}");
    }
    for closed in [
        "smtps://mail.example",
        "smtp://mail.example:587?tls=required",
        "smtp://127.0.0.1:25",
        "smtp://[::1]",
    ] {
        assert!(read("", &[("ONEDOOR_SMTP_URL", closed), from]).is_ok(), "{closed}");
    }
    for open in [
        "postgres://u:pa55@db.example/d",
        "postgres://u@10.0.0.2/d?sslmode=prefer",
        "postgres://u@db/d?sslmode=disable",
    ] {
        let message = refusal("", &[("ONEDOOR_DATABASE_URL", open)]);
        assert!(message.contains("ONEDOOR_DATABASE_URL") && message.contains("verify-full"), "{message}");
        assert!(!message.contains("pa55"), "{message}");
    }
    for closed in [
        "postgres://u@db.example/d?sslmode=verify-full",
        "postgres://u@db.example/d?sslmode=verify-ca",
        "postgres://u@localhost/d",
        "postgres://u@127.0.0.1:5433/d",
        "postgres:///d?host=/run/postgresql",
    ] {
        assert!(read("", &[("ONEDOOR_DATABASE_URL", closed)]).is_ok(), "{closed}");
    }
    assert!(
        refusal("", &[("ONEDOOR_PUBLIC_URL", "http://localhost.evil.example")]).contains("not encrypted")
    );
}

#[test]
fn a_file_that_is_not_toml_names_the_line() {
    assert!(refusal("worker = \"on\"\nthis is not toml", &[]).contains("line 2"));
}

#[test]
fn a_named_file_must_exist() {
    let common = Common { config: Some(PathBuf::from("/nowhere/onedoor.toml")), data: None };
    let Problems(problems) = Settings::load(&common, &Serve::default()).unwrap_err();
    assert!(problems[0].name.contains("/nowhere"), "{problems:?}");
}

#[test]
fn the_document_lists_every_setting() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/settings.md");
    if std::env::var_os("ONEDOOR_WRITE_DOCS").is_some() {
        std::fs::write(path, document()).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(written, document(), "refresh it: ONEDOOR_WRITE_DOCS=1 cargo test -p onedoor settings");
    assert!(SETTINGS.len() <= 25);
}
