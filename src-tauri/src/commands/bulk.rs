//! Many clients' packets in one job.

use desk::view::{BeginBulk, BulkView, PrintBulk, Printed, Saved, SavedForEfiling};
use tauri::plugin::TauriPlugin;
use tauri::{Runtime, State, command, generate_handler};

use super::Args;
use crate::error::Result;
use crate::keeper::Keeper;
use crate::printer::Queue;
use crate::saving::Packets;

#[command]
async fn begin(keeper: State<'_, Keeper>, args: Args<BeginBulk>) -> Result<BulkView> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.begin_bulk(&args.0, now)?))
        .await
}

#[command]
async fn next(keeper: State<'_, Keeper>) -> Result<BulkView> {
    keeper
        .ask(|session, now| Ok(session.desk()?.next_of_bulk(now)?))
        .await
}

#[command]
async fn stop(keeper: State<'_, Keeper>) -> Result<()> {
    keeper
        .ask(|session, _| {
            session.desk()?.stop_bulk();
            Ok(())
        })
        .await
}

#[command]
async fn print(keeper: State<'_, Keeper>, args: Args<PrintBulk>) -> Result<Printed> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.print_bulk(&args.0, &mut Queue, now)?))
        .await
}

#[command]
async fn save(
    keeper: State<'_, Keeper>,
    packets: State<'_, Packets>,
    args: Args<PrintBulk>,
) -> Result<Option<Saved>> {
    let Some(folder) = packets.folder().await else {
        return Ok(None);
    };
    keeper
        .ask(move |session, now| Ok(Some(session.desk()?.save_bulk(&args.0, &folder, now)?)))
        .await
}

#[command]
async fn save_for_efiling(
    keeper: State<'_, Keeper>,
    packets: State<'_, Packets>,
) -> Result<Option<SavedForEfiling>> {
    let Some(folder) = packets.folder().await else {
        return Ok(None);
    };
    keeper
        .ask(move |session, now| {
            let desk = session.desk()?;
            Ok(Some(desk.save_bulk_for_efiling(&folder, now)?))
        })
        .await
}

pub(super) fn topic<R: Runtime>() -> TauriPlugin<R> {
    super::topic(
        "bulk",
        generate_handler![begin, next, stop, print, save, save_for_efiling],
    )
}
