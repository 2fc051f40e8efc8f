//! A form that is being filled in survives `kill -9` at every step: of the program each time, of its database too where most
//! has been told.

use std::io::Write as _;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use rustix::process::{Signal, kill_process};

use super::{Program, Room, onedoor, read};

/// A page, what is answered on it, and what "check your answers" then shows.
type Step = (&'static str, &'static str, &'static str);

const STEPS: [Step; 12] = [
    ("safety", "danger=none", "None of these"),
    ("age", "age=16-17", "16 or 17"),
    ("name", "called=Robin+Kept", "Robin Kept"),
    ("contact", "contact=text&text-phone=07700+900123&say-nhs=no", "Text 07700 900 123"),
    ("why-now", "why-now=I+cannot+sleep+any+more.", "I cannot sleep any more."),
    ("permissions", "tell-gp=no", "No, do not tell my GP"),
    ("help", "would-help=A+walk+with+somebody", "A walk with somebody"),
    ("needs", "needs=quiet-place", "A quiet place"),
    ("caring", "caring=young-carer", "under 18 and look after someone"),
    ("practical", "practical=money", "Money, debt or benefits"),
    ("before", "before=too-anxious", "too anxious to come"),
    ("about-you", "full-name=Robin+Example", "Robin Example"),
];

/// A browser of few words.
struct Visitor {
    cookie: String,
}

impl Visitor {
    fn send(&mut self, program: &Program, request: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&program.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        write!(
            stream,
            "{request} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\nCookie: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.cookie,
            body.len()
        )
        .unwrap();
        let answer = read(stream);
        if let Some(set) = header(&answer, "set-cookie") {
            set.split(';').next().unwrap().clone_into(&mut self.cookie);
        }
        answer
    }

    fn get(&mut self, program: &Program, path: &str) -> String {
        self.send(program, &format!("GET {path}"), "")
    }

    /// Posts a form that is taken, and says where that leads.
    fn post(&mut self, program: &Program, path: &str, body: &str) -> String {
        let answer = self.send(program, &format!("POST {path}"), body);
        header(&answer, "location").unwrap_or_else(|| panic!("{path}: {answer}"))
    }
}

fn header(answer: &str, name: &str) -> Option<String> {
    let head = answer.split("\r\n\r\n").next().unwrap_or_default();
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    text.split_once(from).and_then(|(_, rest)| rest.split_once(to)).expect("it is there").0
}

fn demonstration(room: &Room) -> Program {
    let mut command = onedoor(&room.0);
    command.args(["serve", "--demo", "--people", "1", "--listen", "127.0.0.1:0"]);
    Program::watch(command)
}

fn killed(room: &Room, mut program: Program, database_too: bool) -> Program {
    program.signal(Signal::KILL);
    program.child.wait().unwrap();
    if database_too {
        kill_process(room.server_pid().unwrap(), Signal::KILL).unwrap();
    }
    demonstration(room)
}

// seed: 73
#[test]
fn a_form_survives_kill_9_at_every_step_and_is_found_again_with_every_answer() {
    let room = Room::new("kill");
    let mut program = demonstration(&room);
    let mut visitor = Visitor { cookie: String::new() };
    let first = visitor.get(&program, "/ask");
    let draft = between(&first, "name=\"draft\" value=\"", "\"").to_owned();
    visitor.post(&program, "/ask", &format!("draft={draft}&who=me"));
    let since = Instant::now();
    for (at, (page, answer, _)) in STEPS.iter().enumerate() {
        visitor.post(&program, &format!("/ask/{draft}/{page}"), answer);
        // The database falls over with the program once early and once late.
        program = killed(&room, program, *page == "contact" || *page == "before");
        let check = visitor.get(&program, &format!("/ask/{draft}/check"));
        for (_, _, shown) in STEPS.iter().take(at + 1) {
            assert!(check.contains(shown), "after {page}: {shown} is lost: {check}");
        }
    }
    println!("measured: {} kills and restarts in {:?}", STEPS.len(), since.elapsed());
    let page = visitor.send(&program, &format!("POST /ask/{draft}/phrase"), "");
    let list = between(&page, "od-phrase\">", "</ol>");
    let words: Vec<&str> = list.split("<li>").skip(1).filter_map(|word| word.split('<').next()).collect();
    program = killed(&room, program, true);
    let mut elsewhere = Visitor { cookie: String::new() };
    let to = elsewhere.post(&program, "/return/phrase", &format!("phrase={}", words.join("+")));
    assert_eq!(to, format!("/ask/{draft}/check"));
    program = killed(&room, program, false);
    let check = elsewhere.get(&program, &to);
    for (_, _, shown) in STEPS {
        assert!(check.contains(shown), "in the other browser: {shown} is lost");
    }
    assert!(visitor.get(&program, &to).starts_with("HTTP/1.1 404"), "the first browser has lost it");
}
