//! The figures a vault is held against, one line each: what was measured, the bound, and whether it holds.
//!
//! `cargo bench -p vault --bench yardstick`. Five years of a busy office (20,000 clients, 100,000 convictions); SQLCipher against plain
//! SQLite on the same rows and the same work; eight laptops that merge.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement stops at the first surprise, and tells its figures"
)]

mod office;

use std::path::Path;
use std::time::{Duration, Instant};

use mimalloc::MiMalloc;
use office::{now, passphrase};
use rusqlite::Connection;
use vault::{ABOUT_A_SECOND, Cost, Operation, Vault};
use zeroizing_alloc::ZeroAlloc;

/// As in the programs that open a vault.
#[global_allocator]
static MEMORY: ZeroAlloc<MiMalloc> = ZeroAlloc(MiMalloc);

const CLIENTS: usize = 20_000;
const OF_EACH: usize = 2_000;
/// What is done on a twin.
type Work = fn(&Connection);

const MIB: f64 = 1024.0 * 1024.0;

/// Prints a figure; above its bound it says by how much.
fn figure(what: &str, took: Duration, bound: f64) {
    let ms = took.as_secs_f64() * 1e3;
    let verdict = if ms <= bound { "holds" } else { "MISSED" };
    println!(
        "{what:<64} {ms:>10.1} ms of {bound:>8.0} ms   ratio {:.2}  {verdict}",
        ms / bound
    );
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}

/// The slowest of some.
fn slowest<T>(all: impl IntoIterator<Item = T>, mut work: impl FnMut(T)) -> Duration {
    all.into_iter()
        .map(|one| timed(|| work(one)).1)
        .max()
        .unwrap_or_default()
}

fn main() {
    let part = std::env::args().nth(1).filter(|arg| !arg.starts_with('-'));
    let wanted = |name: &str| part.as_deref().is_none_or(|part| part == name);
    if wanted("unlock") {
        unlock();
    }
    if wanted("office") {
        big_office();
    }
    if wanted("merge") {
        merge_of_others();
        merge_of_the_same();
    }
}

/// The cost that `relief-vault tune` would give this machine, and what one try takes with it.
fn unlock() {
    let (cost, tuning) = timed(|| Cost::tuned(ABOUT_A_SECOND).unwrap());
    let dir = tempfile::tempdir().unwrap();
    let clinic = office::clinic();
    let create = vault::Create {
        clinic: &clinic,
        person: "Ana Lee",
        passphrase: &passphrase(),
        cost,
        at: now(),
    };
    drop(Vault::create(dir.path(), &create).unwrap());
    let locked = Vault::open(dir.path()).unwrap();
    let who = locked.people().remove(0).id;
    let (_, took) = timed(|| locked.unlock(&who, &passphrase(), now()).unwrap());
    println!(
        "tuned in {:.1} s to {} MiB; unlocking takes {:.2} s, about one by design",
        tuning.as_secs_f64(),
        cost.memory_mib(),
        took.as_secs_f64()
    );
}

fn big_office() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("office");
    let ((vault, ids), made) = timed(|| office::vault(&home, 0..CLIENTS));
    println!(
        "{CLIENTS} clients, {} convictions, made in {:.0} s",
        CLIENTS * 5,
        made.as_secs_f64()
    );
    let who = vault.me().id.clone();
    let locked = vault.lock(now()).unwrap();
    let size = std::fs::metadata(home.join("vault.db")).unwrap().len() as f64 / MIB;
    let verdict = if size < 400.0 { "holds" } else { "MISSED" };
    println!(
        "{:<64} {size:>10.1} MB of      400 MB   {verdict}",
        "the file"
    );
    // The cost of a try is next to nothing here: what is left is the opening.
    let (vault, took) = timed(|| locked.unlock(&who, &passphrase(), now()).unwrap());
    figure("open, once the key is derived", took, 1000.0);
    drop(vault);
    let locked = Vault::open(&home).unwrap();
    let (mut vault, took) = timed(|| locked.unlock(&who, &passphrase(), now()).unwrap());
    figure("open, the second time", took, 1000.0);
    let words = [
        "m", "ma", "maria", "maria g", "mc", "de la c", "0", "05f", "05f0123", "zzz", "a 0",
    ];
    figure(
        "search, slowest of 11 questions",
        slowest(words, |w| drop(vault.read().clients(w, 200).unwrap())),
        30.0,
    );
    let read = vault.read();
    figure(
        "screen: the list, last changed first",
        timed(|| read.clients("", 200).unwrap()).1,
        100.0,
    );
    figure(
        "screen: a client, slowest of 500 (record, notes, sheets, filings)",
        slowest(ids.iter().step_by(40), |id| {
            drop(read.record(id).unwrap());
            drop(read.notes(id).unwrap());
            drop(read.sheets(id).unwrap());
            drop(read.filings(id).unwrap());
            drop(read.conflicts(id).unwrap());
        }),
        100.0,
    );
    figure(
        "screen: keep or destroy, slowest of 50",
        slowest(ids.iter().step_by(400), |id| {
            drop(read.holders(id).unwrap());
            drop(read.retention(id).unwrap());
        }),
        100.0,
    );
    figure(
        "screen: the log's last 100 rows",
        timed(|| read.audit_before(None, 100).unwrap()).1,
        100.0,
    );
    figure(
        "screen: the log's first 100 rows",
        timed(|| read.audit_before(Some(101), 100).unwrap()).1,
        100.0,
    );
    figure(
        "screen: laptops (sent, received, disputed)",
        timed(|| {
            (
                read.sent(50).unwrap(),
                read.received(50).unwrap(),
                read.disputed().unwrap(),
            )
        })
        .1,
        100.0,
    );
    figure(
        "screen: backups",
        timed(|| vault.last_backup().unwrap()).1,
        100.0,
    );
    let mut record = vault.read().record(&ids[7]).unwrap();
    let mut flip = false;
    figure(
        "saving one fact on the disk, slowest of 50",
        slowest(0..50, |_| {
            flip = !flip;
            record.cases[0].juvenile = Some(flip);
            vault
                .transact(Operation::ChangeRecord, now(), |tx| {
                    tx.set_record(&ids[7], &record)
                })
                .unwrap();
        }),
        100.0,
    );
    figure(
        "backup, written and proved",
        timed(|| vault.backup(&dir.path().join("backup"), now()).unwrap()).1,
        20_000.0,
    );
    ratio(&vault, dir.path());
    vault
        .transact(Operation::AddClient, now(), |tx| {
            tx.add_client(&office::made_up(CLIENTS))
        })
        .unwrap();
    drop(vault);
    let (_, took) = timed(|| locked.unlock(&who, &passphrase(), now()).unwrap());
    println!(
        "{:<64} {:>10.1} ms",
        "open after a kill: every page checked, the index made anew",
        took.as_secs_f64() * 1e3
    );
}

/// The same rows, in clear and under a raw key, and the same work on each.
fn ratio(vault: &Vault, dir: &Path) {
    let key = format!("x'{}'", "5a".repeat(32));
    let (plain, sealed) = (dir.join("plain.db"), dir.join("sealed.db"));
    let (_, took_plain) = timed(|| vault.twin(&plain, None).unwrap());
    let (_, took_sealed) = timed(|| vault.twin(&sealed, Some(&key)).unwrap());
    tell("writing all rows anew", took_sealed, took_plain);
    let open = |file: &Path, key: Option<&str>| {
        let conn = Connection::open(file).unwrap();
        if let Some(key) = key {
            conn.execute_batch(&format!("PRAGMA cipher_log_level = NONE; PRAGMA cipher_memory_security = ON; PRAGMA key = \"{key}\"")).unwrap();
        }
        conn.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536;",
        )
        .unwrap();
        conn
    };
    let work: [(&str, Work); 3] = [
        ("reading every record", |conn| {
            let mut all = conn.prepare("SELECT record FROM client_record").unwrap();
            let total: usize = all
                .query_map([], |row| Ok(row.get_ref(0)?.as_str()?.len()))
                .unwrap()
                .map(Result::unwrap)
                .sum();
            assert!(total > 0);
        }),
        ("1,000 searches", |conn| {
            let mut find = conn
                .prepare("SELECT count(*) FROM client_words WHERE client_words MATCH ?1")
                .unwrap();
            for n in 0..1000 {
                let _: i64 = find
                    .query_row([format!("\"{:02}F{:02}\" *", n % 30, n % 100)], |row| {
                        row.get(0)
                    })
                    .unwrap();
            }
        }),
        ("300 saves, each on the disk", |conn| {
            for n in 1..=300 {
                conn.execute(
                    "UPDATE client_record SET record = record || ' ' WHERE client = ?1",
                    [n * 61],
                )
                .unwrap();
            }
        }),
    ];
    for (what, work) in work {
        let took = |file: &Path, key: Option<&str>| {
            let conn = open(file, key);
            timed(|| work(&conn)).1
        };
        let (a, b) = (took(&plain, None), took(&sealed, Some(&key)));
        tell(what, b, a);
    }
}

fn tell(what: &str, sealed: Duration, plain: Duration) {
    println!(
        "{what:<64} SQLCipher {:>8.1} ms, plain SQLite {:>8.1} ms   ratio {:.2}",
        sealed.as_secs_f64() * 1e3,
        plain.as_secs_f64() * 1e3,
        sealed.as_secs_f64() / plain.as_secs_f64()
    );
}

/// Eight vaults that know each other as `of` and its seven.
fn eight(
    dir: &Path,
    people: impl Fn(usize) -> std::ops::Range<usize>,
) -> Vec<(Vault, Vec<vault::ClientId>)> {
    let mut all: Vec<_> = (0..8)
        .map(|n| office::vault(&dir.join(n.to_string()), people(n)))
        .collect();
    let hub = all[0].0.card(now()).unwrap();
    for n in 1..8 {
        let card = all[n].0.card(now()).unwrap();
        all[0].0.trust(&card, &card.words(), now()).unwrap();
        all[n].0.trust(&hub, &hub.words(), now()).unwrap();
    }
    all
}

/// Seven hand-overs of 2,000 clients each into an eighth vault that has 2,000 of its own.
fn merge_of_others() {
    let dir = tempfile::tempdir().unwrap();
    let mut all = eight(dir.path(), |n| n * OF_EACH..(n + 1) * OF_EACH);
    let hub = all[0].0.card(now()).unwrap().id();
    let mut files = Vec::new();
    let mut writing = Duration::ZERO;
    for (n, (vault, ids)) in all.iter_mut().enumerate().skip(1) {
        let file = dir.path().join(format!("hand-over-{n}"));
        writing += timed(|| vault.hand_over(&hub, ids, false, &file, now()).unwrap()).1;
        files.push(file);
    }
    let to = &mut all[0].0;
    let (_, took) = timed(|| {
        files
            .iter()
            .for_each(|file| drop(to.take_in(file, now()).unwrap()))
    });
    assert_eq!(to.read().count().unwrap(), 8 * OF_EACH as u64);
    println!(
        "writing seven hand-overs took {:.1} s",
        writing.as_secs_f64()
    );
    figure(
        "eight-way merge, 2,000 other clients in each",
        took,
        10_000.0,
    );
}

/// The same 2,000 clients on all eight, each changed on each.
fn merge_of_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let mut all = eight(dir.path(), |n| if n == 0 { 0..OF_EACH } else { 0..0 });
    let hub = all[0].0.card(now()).unwrap().id();
    let ids = all[0].1.clone();
    let mut files = Vec::new();
    for n in 1..8 {
        let out = dir.path().join(format!("out-{n}"));
        let name = all[n].0.card(now()).unwrap().id();
        all[0].0.hand_over(&name, &ids, false, &out, now()).unwrap();
        let vault = &mut all[n].0;
        vault.take_in(&out, now()).unwrap();
        vault
            .transact(Operation::ChangeRecord, now(), |tx| {
                for id in &ids {
                    let mut record = tx.read().record(id)?;
                    record.cases[n % 5].filed =
                        Some(format!("20{:02}-01-0{}", n, n).parse().unwrap());
                    tx.set_record(id, &record)?;
                }
                Ok(())
            })
            .unwrap();
        let back = dir.path().join(format!("back-{n}"));
        vault.hand_over(&hub, &ids, false, &back, now()).unwrap();
        files.push(back);
    }
    let to = &mut all[0].0;
    let (_, took) = timed(|| {
        files
            .iter()
            .for_each(|file| drop(to.take_in(file, now()).unwrap()))
    });
    assert_eq!(to.read().count().unwrap(), OF_EACH as u64);
    figure(
        "eight-way merge, the same 2,000 clients changed on each",
        took,
        10_000.0,
    );
}
