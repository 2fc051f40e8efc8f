//! The private PostgreSQL, with the real programs: it starts, survives, is found again and stops, without anybody's help.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

mod support;

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use onedoor_store::cluster::{Cluster, ClusterError};
use onedoor_store::probe::Probe;
use rustix::process::{Pid, Signal, kill_process};
use support::Room;

async fn answers(cluster: &Cluster) -> bool {
    Probe::new(cluster.options("postgres")).answers(Duration::from_secs(2)).await
}

async fn read(cluster: &Cluster, statement: &'static str) -> String {
    let mut connection = connect(cluster).await;
    let row = sqlx::raw_sql(statement).fetch_one(&mut connection).await.unwrap();
    sqlx::Row::get(&row, 0)
}

async fn connect(cluster: &Cluster) -> sqlx::PgConnection {
    let options = cluster.options("postgres");
    <sqlx::PgConnection as sqlx::Connection>::connect_with(&options).await.unwrap()
}

fn server_pid(dir: &Path) -> Pid {
    let text = fs::read_to_string(dir.join("postgres/postmaster.pid")).unwrap();
    Pid::from_raw(text.lines().next().unwrap().parse().unwrap()).unwrap()
}

/// Until no process has the id any more.
async fn wait_gone(pid: Pid) {
    let since = Instant::now();
    while rustix::process::test_kill_process(pid).is_ok() {
        assert!(since.elapsed() < Duration::from_secs(10), "the server is still there");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_directory_becomes_a_durable_private_server() {
    let room = Room::new("fresh");
    let since = Instant::now();
    let cluster = Cluster::start(room.path()).await.unwrap();
    println!("measured: first start {:?}", since.elapsed());
    assert!(!cluster.adopted());
    assert_eq!(read(&cluster, "SHOW listen_addresses").await, "", "nothing on the network");
    assert_eq!(read(&cluster, "SHOW fsync").await, "on");
    assert_eq!(read(&cluster, "SHOW full_page_writes").await, "on");
    assert_eq!(read(&cluster, "SHOW synchronous_commit").await, "on");
    assert_eq!(read(&cluster, "SHOW data_checksums").await, "on");
    assert_eq!(read(&cluster, "SHOW server_encoding").await, "UTF8");
    for private in ["postgres", "postgres.run"] {
        let meta = fs::metadata(room.path().join(private)).unwrap();
        assert_eq!(meta.mode() & 0o777, 0o700, "{private}");
    }
    let owner = fs::metadata(format!("/proc/{}", server_pid(room.path()).as_raw_nonzero())).unwrap().uid();
    assert_ne!(owner, 0, "the server never runs as root");
    cluster.stop().await.unwrap();
    assert!(!room.path().join("postgres/postmaster.pid").exists(), "stopped cleanly");

    let since = Instant::now();
    let again = Cluster::start(room.path()).await.unwrap();
    let took = since.elapsed();
    println!("measured: second start {took:?}");
    assert!(took < Duration::from_secs(2), "{took:?}");
    again.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_is_made_once_and_its_address_works() {
    let room = Room::new("with a space");
    let cluster = Cluster::start(room.path()).await.unwrap();
    cluster.database("one\"door").await.unwrap();
    let options = cluster.database("one\"door").await.unwrap();
    assert!(Probe::new(options).answers(Duration::from_secs(2)).await);
    let url = onedoor_store::parse_url(&cluster.url("postgres")).unwrap();
    assert!(Probe::new(url).answers(Duration::from_secs(2)).await);
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_path_too_long_for_a_socket_works_all_the_same() {
    let room = Room::new("long");
    let deep = room.path().join("a-rather-long-name/".repeat(6));
    let cluster = Cluster::start(&deep).await.unwrap();
    assert!(answers(&cluster).await);
    let again = Cluster::start(&deep).await.unwrap();
    assert!(again.adopted());
    again.stop().await.unwrap();
    cluster.stop().await.unwrap();
}

/// Not a test of its own: the child process of the next one.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "run by another test"]
async fn child_that_dies() {
    let Some(dir) = std::env::var_os("ONEDOOR_TEST_DIR") else {
        return;
    };
    let cluster = Cluster::start(Path::new(&dir)).await.unwrap();
    assert_eq!(
        read(&cluster, "CREATE TABLE kept (n text); INSERT INTO kept VALUES ('here') RETURNING n").await,
        "here"
    );
    std::process::abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_program_died_is_adopted_and_stopped() {
    let room = Room::new("adopt");
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_that_dies", "--ignored"])
        .env("ONEDOOR_TEST_DIR", room.path())
        .output()
        .unwrap();
    assert!(!child.status.success(), "it was meant to die");
    let survivor = server_pid(room.path());
    let cluster = Cluster::start(room.path()).await.unwrap();
    assert!(cluster.adopted());
    assert_eq!(server_pid(room.path()), survivor);
    assert_eq!(read(&cluster, "SELECT n FROM kept").await, "here");
    cluster.stop().await.unwrap();
    assert!(!room.path().join("postgres/postmaster.pid").exists(), "an adopted server is stopped too");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_comes_back_by_itself() {
    let room = Room::new("killed");
    let cluster = Cluster::start(room.path()).await.unwrap();
    let since = Instant::now();
    kill_process(server_pid(room.path()), Signal::KILL).unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    while !answers(&cluster).await {
        assert!(since.elapsed() < Duration::from_secs(25), "it did not come back");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    println!("measured: back after kill -9 in {:?}", since.elapsed());
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn program_and_server_killed_together_start_again() {
    let room = Room::new("both");
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_that_dies", "--ignored"])
        .env("ONEDOOR_TEST_DIR", room.path())
        .output()
        .unwrap();
    assert!(!child.status.success());
    kill_process(server_pid(room.path()), Signal::KILL).unwrap();
    let since = Instant::now();
    let cluster = Cluster::start(room.path()).await.unwrap();
    println!("measured: start after both were killed {:?}", since.elapsed());
    assert_eq!(read(&cluster, "SELECT n FROM kept").await, "here", "what was acknowledged is there");
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leftover_lock_is_waited_for() {
    let room = Room::new("lock");
    Cluster::start(room.path()).await.unwrap().stop().await.unwrap();
    let data = room.path().join("postgres");
    let owner = fs::metadata(&data).unwrap();
    let mut sleeper = Command::new("sleep");
    sleeper.arg("2");
    if rustix::process::geteuid().is_root() {
        sleeper.uid(owner.uid()).gid(owner.gid());
    }
    let mut sleeper = sleeper.spawn().unwrap();
    let lock = data.join("postmaster.pid");
    fs::write(&lock, format!("{}\n{}\n1\n5432\n", sleeper.id(), data.display())).unwrap();
    fs::set_permissions(&lock, fs::Permissions::from_mode(0o644)).unwrap();
    // A zombie would look alive for ever: it has to be waited for.
    let reaper = std::thread::spawn(move || sleeper.wait());
    let since = Instant::now();
    let cluster = Cluster::start(room.path()).await.unwrap();
    println!("measured: start over a leftover lock {:?}", since.elapsed());
    assert!(answers(&cluster).await);
    cluster.stop().await.unwrap();
    reaper.join().unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_server_nobody_waited_for_does_not_keep_the_lock() {
    let room = Room::new("zombie");
    let cluster = Cluster::start(room.path()).await.unwrap();
    cluster.stop().await.unwrap();
    let data = room.path().join("postgres");
    let owner = fs::metadata(&data).unwrap();
    let mut zombie = Command::new("true");
    if rustix::process::geteuid().is_root() {
        zombie.uid(owner.uid()).gid(owner.gid());
    }
    let mut zombie = zombie.spawn().unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let lock = data.join("postmaster.pid");
    fs::write(&lock, format!("{}\n{}\n1\n5432\n", zombie.id(), data.display())).unwrap();
    let since = Instant::now();
    let cluster = Cluster::start(room.path()).await.unwrap();
    println!("measured: start over a zombie's lock {:?}", since.elapsed());
    assert!(since.elapsed() < Duration::from_secs(3));
    cluster.stop().await.unwrap();
    zombie.wait().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_directory_of_another_version_is_refused_with_the_way_out() {
    let room = Room::new("version");
    let data = room.path().join("postgres");
    fs::create_dir(&data).unwrap();
    fs::write(data.join("PG_VERSION"), "9\n").unwrap();
    let error = Cluster::start(room.path()).await.unwrap_err();
    assert!(matches!(error, ClusterError::WrongVersion { .. }), "{error:?}");
    assert!(error.to_string().contains("pg_upgrade"), "{error}");
    assert!(data.join("PG_VERSION").exists(), "nothing was touched");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_directory_with_other_things_in_it_is_left_alone() {
    let room = Room::new("foreign");
    fs::create_dir(room.path().join("postgres")).unwrap();
    fs::write(room.path().join("postgres/letter.txt"), "mine").unwrap();
    let error = Cluster::start(room.path()).await.unwrap_err();
    assert!(matches!(error, ClusterError::NotACluster { .. }), "{error:?}");
    assert_eq!(fs::read_to_string(room.path().join("postgres/letter.txt")).unwrap(), "mine");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_directory_the_server_cannot_reach_is_named() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let room = Room::new("closed");
    fs::set_permissions(room.path(), fs::Permissions::from_mode(0o700)).unwrap();
    let error = Cluster::start(room.path()).await.unwrap_err();
    assert!(matches!(error, ClusterError::Unreachable { .. }), "{error:?}");
    assert!(error.to_string().contains("chmod o+x"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_cannot_start_says_why_at_once() {
    let room = Room::new("broken");
    Cluster::start(room.path()).await.unwrap().stop().await.unwrap();
    let control = room.path().join("postgres/global/pg_control");
    fs::remove_file(control).unwrap();
    let since = Instant::now();
    let error = Cluster::start(room.path()).await.unwrap_err();
    assert!(error.to_string().contains("pg_control"), "{error}");
    assert!(since.elapsed() < Duration::from_secs(5));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_users_of_one_directory_share_the_server_and_the_last_stops_it() {
    let room = Room::new("two");
    let (first, second) = tokio::join!(Cluster::start(room.path()), Cluster::start(room.path()));
    let (first, second) = (first.unwrap(), second.unwrap());
    assert!(first.adopted() != second.adopted(), "one started it, the other found it");
    first.stop().await.unwrap();
    assert!(answers(&second).await, "still in use");
    let pid = server_pid(room.path());
    second.stop().await.unwrap();
    wait_gone(pid).await;
}
