//! The real window, driven as a person drives it: from an empty folder to a saved packet.
//!
//! Runs on a display of its own (Xvfb) through WebKitWebDriver. Where either is missing, as on macOS and Windows, every test
//! here is counted as ignored, with the reason. Pictures and the driver's log are kept in `target/window/`.

#![expect(
    clippy::print_stdout,
    reason = "the times and the memory it measured are told to whoever runs it"
)]

#[cfg(target_os = "linux")]
mod app;
#[cfg(target_os = "linux")]
mod back;
#[cfg(target_os = "linux")]
#[expect(
    clippy::unwrap_used,
    reason = "a blank that cannot be made up stops the test"
)]
#[path = "../../src-tauri/crates/papers/tests/support/blank.rs"]
mod blank;
#[cfg(target_os = "linux")]
mod day;
#[cfg(target_os = "linux")]
mod dialog;
#[cfg(target_os = "linux")]
mod display;
#[cfg(target_os = "linux")]
mod driver;
#[cfg(target_os = "linux")]
mod home;
#[cfg(target_os = "linux")]
mod http;
#[cfg(target_os = "linux")]
mod journey;
#[cfg(target_os = "linux")]
mod keyboard;
#[cfg(target_os = "linux")]
mod kills;
#[cfg(target_os = "linux")]
mod many;
#[cfg(target_os = "linux")]
mod memory;
#[cfg(target_os = "linux")]
mod own_form;
#[cfg(target_os = "linux")]
mod page;
#[cfg(target_os = "linux")]
mod planted;
#[cfg(target_os = "linux")]
#[path = "../../src-tauri/crates/vault/tests/day/plants.rs"]
mod plants;
#[cfg(target_os = "linux")]
mod remains;
#[cfg(target_os = "linux")]
mod review;
#[cfg(target_os = "linux")]
mod safe;
#[cfg(target_os = "linux")]
mod scan;
#[cfg(target_os = "linux")]
mod starts;
#[cfg(target_os = "linux")]
mod system;
#[cfg(target_os = "linux")]
mod telling;
#[cfg(target_os = "linux")]
mod volunteer;
#[cfg(target_os = "linux")]
mod watch;

use libtest_mimic::{Arguments, Trial};

/// Why no window can be driven here, or nothing.
fn lacking() -> Option<String> {
    if !cfg!(target_os = "linux") {
        return Some("no driver for this system's web view".into());
    }
    let there = |program: &str| {
        let path = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&path).any(|dir| dir.join(program).is_file())
    };
    let missing: Vec<&str> = [
        "Xvfb",
        "WebKitWebDriver",
        "xdotool",
        "pdftotext",
        "pdftoppm",
        "dbus-daemon",
    ]
    .into_iter()
    .filter(|program| !there(program))
    .collect();
    (!missing.is_empty()).then(|| format!("needs {}", missing.join(", ")))
}

fn main() -> std::process::ExitCode {
    // The copy of this program that lives through a day in a network of its own.
    #[cfg(target_os = "linux")]
    if std::env::var_os(watch::INSIDE).is_some() {
        day::inside();
        return std::process::ExitCode::SUCCESS;
    }
    let mut args = Arguments::from_args();
    // One window at a time: the driver allows one, and the times that are printed should be the app's alone.
    args.test_threads = Some(1);
    let lacking = lacking();
    let given = |lacking: &Option<String>, name: &str, run: fn() -> Result<(), String>| {
        let trial = Trial::test(name, move || run().map_err(Into::into));
        match lacking {
            Some(why) => trial.with_kind(why).with_ignored_flag(true),
            None => trial,
        }
    };
    let trial = |name: &str, run| given(&lacking, name, run);
    #[cfg(target_os = "linux")]
    let trials = vec![
        trial(
            "a_first_start_opens_a_window_that_says_what_it_is",
            starts::first_start,
        ),
        trial(
            "an_office_is_set_up_by_keyboard_alone_and_the_web_view_keeps_none_of_it",
            starts::keyboard,
        ),
        trial("training_is_said_on_every_page", starts::training),
        trial("from_an_empty_folder_to_a_saved_packet", journey::whole),
        trial(
            "papers_are_signed_off_edited_signed_again_and_fifty_packets_are_one_job",
            many::fifty,
        ),
        trial(
            "own_words_postal_addresses_and_files_for_efiling_in_both_languages",
            telling::english_and_spanish,
        ),
        trial(
            "a_form_that_the_office_describes_is_added_used_and_doubted",
            own_form::added_and_used,
        ),
        trial(
            "a_volunteer_does_the_work_and_gives_nothing_up_for_anybody",
            volunteer::day,
        ),
        trial(
            "a_county_is_reviewed_looked_through_and_another_run_cancelled",
            review::county,
        ),
        trial(
            "the_safe_a_backup_another_laptop_a_log_and_a_record_destroyed",
            safe::journey,
        ),
        trial(
            "the_code_two_sheets_and_a_backup_bring_an_office_back",
            back::ways,
        ),
        trial("a_sleep_and_a_locked_screen_lock_the_office", system::locks),
        trial(
            "a_scan_is_read_compared_corrected_by_keyboard_and_becomes_a_packet",
            scan::journey,
        ),
        trial(
            "the_app_killed_while_it_saves_has_every_acknowledged_save",
            kills::anywhere,
        ),
        trial(
            "two_hundred_planted_names_are_in_no_file_of_a_day_in_the_window",
            day::nothing_in_clear,
        ),
        trial(
            "behind_the_lock_no_key_is_in_memory_and_no_planted_name",
            remains::after_lock,
        ),
        given(
            &lacking.clone().or_else(watch::lacking),
            "a_day_in_the_window_sends_no_packet",
            day::nothing_sent,
        ),
    ];
    #[cfg(not(target_os = "linux"))]
    let trials = vec![trial("the_real_window", || Err("cannot be reached".into()))];
    libtest_mimic::run(&args, trials).exit_code()
}
