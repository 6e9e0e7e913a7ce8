//! The app killed at any moment while it saves: what the page was told is kept is there afterwards, and everything is whole.
//!
//! `RELIEF_APP_KILLS` gives the rounds (`cargo xtask crash-app`); a test run does two. The moments are random; each run tells its seed, and
//! `RELIEF_SEED` repeats it.

use std::hash::{BuildHasher, RandomState};
use std::process::Command;
use std::time::Duration;

use desk::view::{List, LogVerify, Unlock};
use desk::{Desk, Door};
use serde_json::json;

use crate::display::Display;
use crate::home::Home;
use crate::journey::{PASSPHRASE, check, open};
use crate::safe::{made, now};

/// Saves one number after the other, and says which is kept.
const LOAD: &str = "window.kept = arguments[1]; const id = arguments[0];\
    (async () => { for (let n = arguments[1] + 1; ; n++) {\
      await window.__TAURI_INTERNALS__.invoke('plugin:clients|contact',\
        { id, contact: { address: [], phone: String(n), email: null, language: null } });\
      window.kept = n; } })().catch((why) => (window.failed = JSON.stringify(why)))";

pub(crate) fn anywhere() -> Result<(), String> {
    let rounds: u64 = std::env::var("RELIEF_APP_KILLS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(2);
    let home = Home::new()?;
    let folder = home.path("office/vault");
    let mut desk = made(&folder, "Lantern Street", &["Quill"])?;
    let told = |error: desk::Error| error.to_string();
    let ask = List {
        query: String::new(),
    };
    let id = desk.list(&ask).map_err(told)?[0].id.clone();
    let mut door = desk.door();
    let mut kept = 0;
    desk.lock(now());
    let mut all = 0;
    let seed: u64 = std::env::var("RELIEF_SEED")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or_else(|| RandomState::new().hash_one(std::process::id()));
    println!("RELIEF_SEED={seed}");
    for round in 0..rounds {
        let display = Display::start()?;
        let window = open(&display, &home)?;
        window.fill("Passphrase", PASSPHRASE)?;
        window.press("button", "Unlock*")?;
        window.find("testid", "new-client")?;
        window.script(LOAD, &[json!(id.to_string()), json!(kept)])?;
        // Anywhere in the next moments: from nearly at once to well into a second.
        std::thread::sleep(Duration::from_micros(moment(seed, round)));
        let acknowledged = window.script("return window.failed ?? window.kept", &[])?;
        let acknowledged = acknowledged
            .as_u64()
            .ok_or_else(|| format!("saving was refused: {acknowledged}"))?;
        let killed = Command::new("kill")
            .args(["-9", &window.pid().to_string()])
            .status();
        check(killed.is_ok_and(|status| status.success()), "no kill")?;
        drop(window);
        desk = reopened(&mut door)?;
        let verdict = desk.verify(&LogVerify { head: None }).map_err(told)?;
        check(
            verdict.problems.is_empty(),
            format!("round {round}: {:?}", verdict.problems),
        )?;
        let client = desk.open(id.clone(), now()).map_err(told)?;
        let found: u64 = client
            .contact
            .phone
            .and_then(|phone| phone.parse().ok())
            .unwrap_or_default();
        check(
            found >= acknowledged,
            format!("round {round}: {acknowledged} was acknowledged, {found} is there"),
        )?;
        all += found - kept;
        kept = found;
        desk.lock(now());
    }
    check(all > 0, "nothing was ever saved")?;
    println!("killed {rounds} times; {all} saves, every acknowledged one is there");
    Ok(())
}

/// From 20 milliseconds to a second, as the seed has it (splitmix64).
fn moment(seed: u64, round: u64) -> u64 {
    let mixed = seed.wrapping_add(round.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    20_000 + (mixed ^ (mixed >> 31)) % 980_000
}

/// As soon as the killed program has let go of the folder.
fn reopened(door: &mut Door) -> Result<Desk, String> {
    let session = door.session(now()).map_err(|error| error.to_string())?;
    let ask = Unlock {
        person: session.people[0].id.clone(),
        passphrase: PASSPHRASE.into(),
    };
    for _ in 0..50 {
        match door.unlock(&ask, now()) {
            Ok(desk) => return Ok(desk),
            Err(error) if error.refusal().code == "in_use" => {}
            Err(error) => return Err(error.to_string()),
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Err("the office stays in use after its program was killed".into())
}
