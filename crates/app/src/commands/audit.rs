//! `onedoor audit`: proves, from the database and checkpoints alone, that nobody changed what was sealed; and disposes of what was
//! kept long enough.

use jiff::ToSpan as _;
use jiff::civil::Date;
use onedoor_domain::actor::{Actor, Ctx, SystemScope};
use onedoor_domain::calendar::{LONDON, local_date};
use onedoor_domain::ids::TenantId;
use onedoor_store::seal::{Certificate, Finding, Known, Report, Sealer, Wrong, dispose};
use onedoor_store::{Db, Outside};

use super::Failure;
use super::database::Database;
use crate::audit::book::Book;
use crate::audit::key::{Key, KeyError, read};
use crate::cli::{Audit, Dispose, Verify};
use crate::secret::Secret;
use crate::settings::Settings;
use crate::web::Clock;
use crate::web::app::new_id;

/// So long the audit is kept at least: as long as the records it is about. Source: Records Management Code of Practice 2021,
/// mental health records (sharing.md §8).
const YEARS: i32 = 20;
/// So many findings are printed.
const PRINTED: usize = 100;

pub(super) async fn run(settings: Settings, command: Audit) -> Result<(), Failure> {
    let database = Database::open(&settings).await?;
    let done = Box::pin(doing(&settings, &database, command)).await;
    let closed = database.close().await;
    done.and(closed)
}

async fn doing(settings: &Settings, database: &Database, command: Audit) -> Result<(), Failure> {
    if database.place().await?.missing > 0 {
        return Err(Failure::Said("the database is behind this version. Run: onedoor migrate".to_owned()));
    }
    let db = Db::connect(database.options.clone()).await?;
    let done = match command {
        Audit::Verify(options) => verify(settings, &db, &options).await,
        Audit::Key => keys(settings, &db).await,
        Audit::Dispose(options) => disposed(settings, (&db, database), &options).await,
    };
    db.close().await;
    done
}

async fn name(db: &Db, tenant: TenantId) -> String {
    let county = Outside::of(db).county(tenant).await;
    county.map_or_else(|_| tenant.0.to_string(), |county| county.name.to_string())
}

async fn keys(settings: &Settings, db: &Db) -> Result<(), Failure> {
    let secret = Secret::load_or_create(&settings.secret_file)?;
    for tenant in Sealer::of(db).tenants().await? {
        println!("{}: {}", name(db, tenant).await, Key::of(&secret, tenant).public());
    }
    Ok(())
}

async fn verify(settings: &Settings, db: &Db, options: &Verify) -> Result<(), Failure> {
    let (mut well, mut known_at_all) = (true, false);
    for tenant in Sealer::of(db).tenants().await? {
        let Some(known) = known(settings, tenant, options)? else { continue };
        known_at_all = true;
        let report = Sealer::of(db).verify(tenant, &known, Clock::system().now()).await?;
        tell(&name(db, tenant).await, known.len(), &report);
        well &= report.is_whole();
    }
    if !known_at_all {
        let said = "no checkpoint of a county of this database was given. Name the file: onedoor audit verify --checkpoint FILE";
        return Err(Failure::Said(said.to_owned()));
    }
    if well { Ok(()) } else { Err(Failure::Check) }
}

/// The checkpoints of a county; none where no file names it.
fn known(settings: &Settings, tenant: TenantId, options: &Verify) -> Result<Option<Vec<Known>>, Failure> {
    let public = match &options.key {
        Some(key) if !key.starts_with(&crate::audit::key::origin(tenant)) => return Ok(None),
        Some(key) => key.clone(),
        None => Key::of(&Secret::load_or_create(&settings.secret_file)?, tenant).public(),
    };
    let mut all = Vec::new();
    if options.checkpoint.is_empty() {
        let book = Book::of(&settings.checkpoint_dir, tenant);
        all = book.all(&public).map_err(|error| Failure::Said(error.to_string()))?;
    }
    for file in &options.checkpoint {
        let shown = file.display();
        let text =
            std::fs::read_to_string(file).map_err(|error| Failure::Said(format!("{shown}: {error}")))?;
        match read(&text, tenant, &public) {
            Ok(known) => all.extend(known),
            Err(KeyError::Nothing) => {}
            Err(error) => return Err(Failure::Said(format!("{shown}: {error}"))),
        }
    }
    all.sort_by_key(|known| known.size);
    Ok((!all.is_empty()).then_some(all))
}

fn tell(county: &str, checkpoints: usize, report: &Report) {
    println!(
        "{county}: {} rows sealed, {} of them disposed of; {checkpoints} checkpoints",
        report.size, report.disposed
    );
    for finding in report.findings.iter().take(PRINTED) {
        println!("{county}: {}", words(finding));
    }
    if report.wrong > PRINTED as u64 {
        println!("{county}: and {} more", report.wrong - PRINTED as u64);
    }
    if let Some((count, first)) = report.misdated {
        println!(
            "{county}: {count} rows say that they are hours older than the row sealed before them, the first at position {first}: a clock was set, or they were added later"
        );
    }
    match report.last_proved {
        Some((n, row, at)) => {
            let at = at.map(|at| format!(", written {at:.0}")).unwrap_or_default();
            println!("{county}: whole. The last row that is proved is at position {n} ({row}{at})");
        }
        None if report.is_whole() => println!("{county}: whole, and no checkpoint covers a row"),
        None => println!("{county}: {} things are wrong", report.wrong),
    }
    println!(
        "{county}: {} rows are sealed and not covered by these checkpoints, {} not sealed yet",
        report.unsigned, report.unsealed
    );
}

fn words(finding: &Finding) -> String {
    let row = finding.audit.map(|id| format!(" ({id})")).unwrap_or_default();
    let what = match finding.wrong {
        Wrong::Altered => "the row was changed after it was sealed".to_owned(),
        Wrong::Deleted => "the row is gone, and no certificate says why".to_owned(),
        Wrong::Moved(from) => format!("the row that stands here was sealed at position {from}"),
        Wrong::LeafAltered => "its seal was changed".to_owned(),
        Wrong::LeafDeleted => "its seal is gone".to_owned(),
        Wrong::Truncated(signed) => format!("nothing stands from here on, and {signed} rows were signed"),
        Wrong::Inserted => "the row was not there when its time was sealed: it was put in later".to_owned(),
        Wrong::Resealed(to) => {
            format!(
                "from here to position {} it was changed and sealed anew: it is not what was signed",
                to.saturating_sub(1)
            )
        }
    };
    match finding.n {
        Some(n) => format!("position {n}{row}: {what}"),
        None => format!("without a position{row}: {what}"),
    }
}

async fn disposed(
    settings: &Settings,
    (db, database): (&Db, &Database),
    options: &Dispose,
) -> Result<(), Failure> {
    let now = Clock::system().now();
    let certificate = certificate(options, local_date(now))?;
    let secret = Secret::load_or_create(&settings.secret_file)?;
    for tenant in Sealer::of(db).tenants().await? {
        let book = Book::of(&settings.checkpoint_dir, tenant);
        let signed = book
            .last(&Key::of(&secret, tenant).public())
            .map_err(|error| Failure::Said(error.to_string()))?;
        let signed = signed.map_or(0, |known| known.size);
        let county = name(db, tenant).await;
        let actor = Actor::System(SystemScope::Command);
        let ctx = Ctx { tenant, actor, now, request: new_id(), ids: new_id };
        let mut count = 0;
        while let Some(gone) = dispose(&database.options, &ctx, &certificate, signed)
            .await
            .map_err(|error| Failure::Said(error.to_string()))?
        {
            let (from, to) = gone.positions;
            println!(
                "{county}: {} rows between positions {from} and {to} are gone; certificate {}",
                gone.rows, gone.id
            );
            count += gone.rows;
        }
        if count == 0 {
            println!("{county}: no signed row is from before {}", options.before);
        }
    }
    Ok(())
}

/// # Errors
/// Where the day is too late, or nobody is named.
fn certificate(options: &Dispose, today: Date) -> Result<Certificate, Failure> {
    let latest = today.saturating_sub(YEARS.years());
    if options.before > latest {
        let said = format!("--before: the audit is kept for {YEARS} years. The latest day is {latest}");
        return Err(Failure::Said(said));
    }
    let given = |name: &str, text: &str| match text.trim() {
        "" => Err(Failure::Said(format!("{name}: say it; it stands on the certificate for ever"))),
        text => Ok(text.to_owned()),
    };
    let (by, reason) = (given("--by", &options.by)?, given("--reason", &options.reason)?);
    let before = options.before.to_zoned(LONDON.clone()).map_err(|error| Failure::Said(error.to_string()))?;
    Ok(Certificate { by, reason, before: before.timestamp() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(before: &str, by: &str) -> Dispose {
        Dispose { before: before.parse().unwrap(), by: by.to_owned(), reason: "Kept long enough".to_owned() }
    }

    #[test]
    fn nothing_goes_before_twenty_years_or_without_a_name() {
        let today = "2046-11-30".parse().unwrap();
        let told = |options: Dispose| certificate(&options, today).unwrap_err().to_string();
        assert!(told(options("2026-12-01", "A. Keeper")).contains("The latest day is 2026-11-30"));
        assert!(told(options("2026-11-30", "  ")).contains("--by"));
        let made = certificate(&options("2026-11-30", "A. Keeper"), today).unwrap();
        assert_eq!(
            (made.by.as_str(), made.before.to_string()),
            ("A. Keeper", "2026-11-30T00:00:00Z".to_owned())
        );
    }
}
