//! The real program, started and stopped the way an operator does.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

#[path = "program/kill.rs"]
mod kill;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use onedoor::web::Clock;
use onedoor_domain::actor::{Actor, Ctx, SystemScope};
use onedoor_domain::county::County;
use rustix::process::{Pid, Signal, kill_process};

/// A data directory the database's user can reach.
struct Room(PathBuf);

impl Room {
    fn new(name: &str) -> Room {
        let dir = std::env::temp_dir().join(format!("onedoor-program-{}-{name}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        fs::set_permissions(&dir, fs::Permissions::from_mode(0o755)).unwrap();
        Room(dir)
    }

    fn server_pid(&self) -> Option<Pid> {
        let text = fs::read_to_string(self.0.join("postgres/postmaster.pid")).ok()?;
        Pid::from_raw(text.lines().next()?.parse().ok()?)
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        if let Some(pid) = self.server_pid() {
            kill_process(pid, Signal::QUIT).ok();
        }
        fs::remove_dir_all(&self.0).ok();
    }
}

fn onedoor(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onedoor"));
    command.arg("--data").arg(data).current_dir("/").env("ONEDOOR_METRICS_LISTEN", "off");
    command
}

struct Program {
    child: Child,
    address: String,
}

impl Program {
    fn serve(data: &Path) -> Program {
        Program::start(onedoor(data))
    }

    fn start(mut command: Command) -> Program {
        command.args(["serve", "--listen", "127.0.0.1:0"]);
        Program::watch(command)
    }

    /// Starts it as it is given, and waits until it says where it listens.
    fn watch(mut command: Command) -> Program {
        command.env("ONEDOOR_LOG_FORMAT", "json").stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut address = None;
        let mut said = String::new();
        while address.is_none() {
            let mut line = String::new();
            assert!(log.read_line(&mut line).unwrap() > 0, "it ended: {said}");
            address = line
                .split("\"address\":\"")
                .nth(1)
                .and_then(|rest| rest.split('"').next())
                .map(str::to_owned);
            said.push_str(&line);
        }
        std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        Program { child, address: address.unwrap() }
    }

    fn ask(&self, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
        stream
    }

    fn get(&self, path: &str) -> String {
        read(self.ask(path))
    }

    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn read(mut stream: TcpStream) -> String {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// The server and its helpers: whoever has it as parent, and itself.
fn family(server: Pid) -> Vec<Pid> {
    let parent = |pid: i32| -> Option<i32> {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        stat.rsplit(')').next()?.split_whitespace().nth(1)?.parse().ok()
    };
    let all =
        fs::read_dir("/proc").unwrap().flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let server = server.as_raw_nonzero().get();
    all.filter(|pid| *pid == server || parent(*pid) == Some(server)).filter_map(Pid::from_raw).collect()
}

#[test]
fn it_starts_answers_finishes_what_runs_and_stops_its_database() {
    let room = Room::new("stop");
    let mut program = Program::serve(&room.0);
    assert!(program.get("/health/live").starts_with("HTTP/1.1 200"));
    assert!(program.get("/health/ready").starts_with("HTTP/1.1 200"));
    let server = room.server_pid().expect("a private database runs");

    // A request made slow by a database that stands still, and the word to stop while it runs.
    let family = family(server);
    for pid in &family {
        kill_process(*pid, Signal::STOP).unwrap();
    }
    let slow = program.ask("/health/ready");
    std::thread::sleep(Duration::from_millis(200));
    program.signal(Signal::TERM);
    std::thread::sleep(Duration::from_millis(200));
    assert!(program.child.try_wait().unwrap().is_none(), "it waits for the request");
    assert!(TcpStream::connect(&program.address).is_err(), "it takes no new one");
    for pid in &family {
        kill_process(*pid, Signal::CONT).unwrap();
    }

    assert!(read(slow).starts_with("HTTP/1.1 200"), "the request was finished");
    assert!(program.child.wait().unwrap().success());
    assert!(room.server_pid().is_none(), "the database was stopped");
    assert!(room.0.join("secret.key").exists());
}

#[test]
fn a_second_start_is_quick_even_after_both_were_killed() {
    let room = Room::new("again");
    let mut program = Program::serve(&room.0);
    program.signal(Signal::INT);
    assert!(program.child.wait().unwrap().success());

    let since = Instant::now();
    let mut program = Program::serve(&room.0);
    assert!(program.get("/health/ready").starts_with("HTTP/1.1 200"));
    println!("measured: second start to first answer {:?}", since.elapsed());
    assert!(since.elapsed() < Duration::from_secs(2));

    program.signal(Signal::KILL);
    program.child.wait().unwrap();
    let since = Instant::now();
    let mut program = Program::serve(&room.0);
    assert!(program.get("/health/ready").starts_with("HTTP/1.1 200"));
    println!("measured: after kill -9 of the program {:?}", since.elapsed());

    program.signal(Signal::KILL);
    program.child.wait().unwrap();
    kill_process(room.server_pid().unwrap(), Signal::KILL).unwrap();
    let since = Instant::now();
    let program = Program::serve(&room.0);
    assert!(program.get("/health/ready").starts_with("HTTP/1.1 200"));
    println!("measured: after kill -9 of both {:?}", since.elapsed());
}

#[test]
fn a_wrong_setting_stops_the_start_with_its_name() {
    let room = Room::new("wrong");
    let output = onedoor(&room.0)
        .arg("serve")
        .env("ONEDOOR_SESSION_HOURS", "99")
        .env("ONEDOOR_TYPO", "1")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("ONEDOOR_SESSION_HOURS") && said.contains("ONEDOOR_TYPO"), "{said}");
    assert!(!room.0.join("postgres").exists(), "nothing was started");
}

#[test]
fn an_address_in_use_is_named_before_anything_starts() {
    let room = Room::new("busy");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = onedoor(&room.0).args(["serve", "--listen", &address]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains(&address));
    assert!(!room.0.join("postgres").exists());
}

#[test]
fn check_and_migrate_work_beside_each_other() {
    let room = Room::new("check");
    let mut children: Vec<Child> =
        ["migrate", "check"].iter().map(|command| onedoor(&room.0).arg(command).spawn().unwrap()).collect();
    assert!(children[0].wait().unwrap().success());
    // Nothing is set up, and it says so; that is an answer, not a crash.
    assert_eq!(children[1].wait().unwrap().code(), Some(1));
    assert!(room.server_pid().is_none(), "the last one stopped the database");
}

/// Architecture §4: the database that was named is used, and none is started.
#[tokio::test(flavor = "multi_thread")]
async fn with_an_address_it_uses_that_database_and_starts_none_of_its_own() {
    let database = onedoor_store::testing::database().await;
    let room = Room::new("address");
    let mut command = onedoor(&room.0);
    command.env("ONEDOOR_DATABASE_URL", &database.url);
    let mut program = Program::start(command);
    assert!(program.get("/health/ready").starts_with("HTTP/1.1 200"));
    program.signal(Signal::TERM);
    assert!(program.child.wait().unwrap().success());
    assert!(!room.0.join("postgres").exists());
}

fn seed(room: &Room, url: &str) -> std::process::Output {
    let mut command = onedoor(&room.0);
    command.args(["seed", "--demo", "--people", "3"]).env("ONEDOOR_DATABASE_URL", url).output().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn invented_people_are_made_once_and_never_in_a_real_county() {
    let (demo, real) = tokio::join!(onedoor_store::testing::database(), onedoor_store::testing::database());
    let room = Room::new("invented");
    for _ in 0..2 {
        let output = seed(&room, &demo.url);
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && said.contains("3 invented people"), "{said}");
    }
    let db = onedoor_store::Db::connect(real.options.clone()).await.unwrap();
    let tenant = onedoor::web::app::new_id().into();
    let ctx = Ctx {
        tenant,
        actor: Actor::System(SystemScope::Command),
        now: Clock::system().now(),
        request: onedoor::web::app::new_id(),
        ids: onedoor::web::app::new_id,
    };
    onedoor_store::migrate::make_tenant(&db, &ctx, None).await.unwrap();
    let county = County::new("Somewhere".parse().unwrap());
    db.begin(&ctx).await.unwrap().commit(county.change(&ctx, 0)).await.unwrap();
    let output = seed(&room, &real.url);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("not the demonstration"));
    let mut tx = db.begin(&ctx).await.unwrap();
    assert!(tx.teams().await.unwrap().is_empty(), "nothing was added");
}
