//! The window's TypeScript types are written from ours; the copies that are checked in must be current.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use desk::view;
use ts_rs::{Config, TS};

fn write_all(into: &Path) {
    // Our integers are indexes, counts and row ids: all far below 2^53.
    let config = Config::new().with_out_dir(into).with_large_int("number");
    macro_rules! export {
        ($($ty:ty),* $(,)?) => { $( <$ty as TS>::export_all(&config).unwrap(); )* };
    }
    export!(
        view::Session,
        view::Create,
        view::Created,
        view::Unlock,
        view::Recover,
        view::Restore,
        view::Restored,
        view::SetLanguage,
        view::List,
        view::ClientRow,
        view::Add,
        view::Id,
        view::Client,
        view::Imported,
        view::CheckPlace,
        view::Original,
        view::PageOf,
        view::ReadStep,
        view::KeepRead,
        view::SetContact,
        view::Answer,
        view::FindStatutes,
        view::StatutesFound,
        view::AddNote,
        view::Screen,
        view::Results,
        view::PacketView,
        view::Bytes,
        view::Print,
        view::Save,
        view::SignOff,
        view::SendBack,
        view::Printed,
        view::BeginBulk,
        view::PrintBulk,
        view::BulkView,
        view::FormsView,
        view::Saved,
        view::SavedForEfiling,
        view::Clear,
        view::SetDeclaration,
        view::Elect,
        view::SetFiling,
        view::Filing,
        view::ReviewView,
        view::NthFile,
        view::BeginReview,
        view::PauseReview,
        view::StopReview,
        view::ReviewUnder,
        view::ReviewNumbers,
        view::ReviewFind,
        view::ReviewPage,
        view::ReviewWhose,
        view::ReviewedPerson,
        view::DecideByHand,
        view::GoOn,
        view::KeepPolicy,
        view::AfterRun,
        view::MakePapers,
        view::CompareList,
        view::Refusal,
        view::SetClinic,
        view::AddPerson,
        view::Who,
        view::ChangePassphrase,
        view::BackupsView,
        view::BackupMade,
        view::OpenWith,
        view::RehearsalView,
        view::LogAsk,
        view::LogPage,
        view::LogVerify,
        view::LogVerdict,
        view::WriteTable,
        view::WriteRecord,
        view::Written,
        view::CountAsk,
        view::CountView,
        view::LostVault,
        view::LostView,
        view::SetRoles,
        view::CodeSheet,
        view::LaptopsView,
        view::Confirm,
        view::WhichLaptop,
        view::HandOver,
        view::TakenInView,
        view::ReceiptView,
        view::Purge,
        view::DisputedClient,
        view::DisputeView,
        view::Resolve,
        view::KeepingView,
        view::Decide,
        view::DestroyedView,
        view::RulesNews,
        view::Rescreen,
        view::Rescreened,
        record::clinic::Clinic,
    );
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return BTreeMap::new();
    };
    entries
        .map(|entry| entry.unwrap())
        .map(|entry| {
            (
                entry.file_name().into_string().unwrap(),
                fs::read_to_string(entry.path()).unwrap(),
            )
        })
        .collect()
}

#[test]
fn the_types_of_the_window_are_current() {
    let checked_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/host/types");
    let fresh = tempfile::tempdir().unwrap();
    write_all(fresh.path());

    let (fresh, old) = (files(fresh.path()), files(&checked_in));
    // `record` writes its own types to the same folder, so files that are not ours are left alone.
    let stale: Vec<_> = fresh
        .iter()
        .filter(|(name, text)| old.get(*name) != Some(*text))
        .collect();
    if stale.is_empty() {
        return;
    }
    fs::create_dir_all(&checked_in).unwrap();
    for (name, text) in stale {
        fs::write(checked_in.join(name), text).unwrap();
    }
    panic!(
        "ui/src/host/types was not current and has been written again: look at the difference and commit it"
    );
}
