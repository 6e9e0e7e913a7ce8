//! How long a keystroke, an opening and a save take with five years of a busy office in one vault: 20,000 clients.
//!
//! `cargo bench -p vault`. The bounds that these figures are held against stand beside each.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark stops at the first surprise"
)]

mod office;

use std::sync::{Mutex, MutexGuard, OnceLock};

use divan::{Bencher, black_box};
use office::{clinic, now, passphrase};
use vault::{ABOUT_A_SECOND, Cost, Create, Operation, Vault};

const CLIENTS: usize = 20_000;

/// What the window shows at once.
const SHOWN: u32 = 100;

fn main() {
    drop(office());
    divan::main();
}

/// One keystroke, at each length of what was typed: under 30 ms.
#[divan::bench(args = ["m", "ma", "mar", "maria", "maria g", "maria garcia", "mc", "de la c", "0", "05f", "05f0123", "zzz", ""])]
fn keystroke(bencher: Bencher<'_, '_>, typed: &str) {
    let office = office();
    bencher.bench_local(|| black_box(office.read().clients(black_box(typed), SHOWN).unwrap()));
}

/// Opening one client's record.
#[divan::bench]
fn record(bencher: Bencher<'_, '_>) {
    let office = office();
    let ids: Vec<_> = office
        .read()
        .clients("", 500)
        .unwrap()
        .into_iter()
        .map(|row| row.id)
        .collect();
    let mut next = ids.iter().cycle();
    bencher.bench_local(|| black_box(office.read().record(next.next().unwrap()).unwrap()));
}

/// Keeping one changed fact, on the disk.
#[divan::bench]
fn save(bencher: Bencher<'_, '_>) {
    let mut office = office();
    let id = office.read().clients("", 1).unwrap().remove(0).id;
    let mut record = office.read().record(&id).unwrap();
    let mut flip = false;
    bencher.bench_local(|| {
        flip = !flip;
        record.cases[0].juvenile = Some(flip);
        office
            .transact(Operation::ChangeRecord, now(), |tx| {
                tx.set_record(&id, &record)
            })
            .unwrap();
    });
}

/// Closing and opening again once the key is derived: under 1 s.
#[divan::bench]
fn open_after_key(bencher: Bencher<'_, '_>) {
    let dir = tempfile::tempdir().unwrap();
    let backup = dir.path().join("backup");
    office().backup(&backup, now()).unwrap();
    let home = dir.path().join("home");
    let backup = vault::Backup::open(&backup).unwrap();
    let who = backup.people().remove(0).id;
    drop(
        backup
            .restore(&home, vault::Opener::Passphrase(&who, &passphrase()), now())
            .unwrap(),
    );
    let locked = Vault::open(&home).unwrap();
    bencher.bench_local(|| {
        drop(black_box(
            locked.unlock(&who, &passphrase(), now()).unwrap(),
        ))
    });
}

/// Writing a backup and proving it: under 20 s.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn backup(bencher: Bencher<'_, '_>) {
    let dir = tempfile::tempdir().unwrap();
    let mut office = office();
    let mut n = 0;
    bencher.bench_local(|| {
        n += 1;
        office
            .backup(&dir.path().join(n.to_string()), now())
            .unwrap()
    });
}

/// One try at a passphrase with the cost this machine is given: about a second by design.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn passphrase_try(bencher: Bencher<'_, '_>) {
    let dir = tempfile::tempdir().unwrap();
    let create = Create {
        clinic: &clinic(),
        person: "Ana Lee",
        passphrase: &passphrase(),
        cost: Cost::tuned(ABOUT_A_SECOND).unwrap(),
        at: now(),
    };
    drop(Vault::create(dir.path(), &create).unwrap());
    let locked = Vault::open(dir.path()).unwrap();
    let who = locked.people().remove(0).id;
    bencher.bench_local(|| drop(locked.unlock(&who, &passphrase(), now()).unwrap()));
}

/// The one big vault, made at the first call.
fn office() -> MutexGuard<'static, Vault> {
    static OFFICE: OnceLock<(tempfile::TempDir, Mutex<Vault>)> = OnceLock::new();
    let (_, vault) = OFFICE.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let (vault, _) = office::vault(dir.path(), 0..CLIENTS);
        (dir, Mutex::new(vault))
    });
    vault.lock().unwrap()
}
