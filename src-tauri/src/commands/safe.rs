//! The office as a whole: backups, the log, tables for other programs, a lost laptop. Files and folders come from the system's dialogs.

use std::path::PathBuf;

use desk::Desk;
use desk::view::{
    BackupMade, BackupsView, CountAsk, CountView, LogAsk, LogPage, LogVerdict, LogVerify,
    LostVault, LostView, OpenWith, RehearsalView, WriteRecord, WriteTable, Written,
};
use tauri::plugin::TauriPlugin;
use tauri::{Runtime, State, command, generate_handler};

use super::Args;
use crate::choosing;
use crate::error::Result;
use crate::keeper::Keeper;
use crate::printer::Queue;
use crate::saving::Packets;

#[command]
async fn backups(keeper: State<'_, Keeper>) -> Result<BackupsView> {
    keeper
        .ask(|session, now| Ok(session.desk()?.backups(now)?))
        .await
}

#[command]
async fn backup(
    keeper: State<'_, Keeper>,
    packets: State<'_, Packets>,
) -> Result<Option<BackupMade>> {
    keeper
        .ask(|session, now| Ok(session.desk()?.backups(now).map(drop)?))
        .await?;
    let Some(folder) = packets.folder().await else {
        return Ok(None);
    };
    keeper
        .ask(move |session, now| Ok(Some(session.desk()?.write_backup(&folder, now)?)))
        .await
}

#[command]
async fn folder(keeper: State<'_, Keeper>, packets: State<'_, Packets>) -> Result<BackupsView> {
    keeper
        .ask(|session, _| Ok(session.desk()?.may_set()?))
        .await?;
    let chosen = packets.folder().await;
    keeper
        .ask(move |session, now| {
            let desk = session.desk()?;
            match chosen {
                Some(folder) => Ok(desk.set_backup_folder(Some(&folder), now)?),
                None => Ok(desk.backups(now)?),
            }
        })
        .await
}

#[command]
async fn no_folder(keeper: State<'_, Keeper>) -> Result<BackupsView> {
    keeper
        .ask(|session, now| Ok(session.desk()?.set_backup_folder(None, now)?))
        .await
}

#[command]
async fn rehearse(
    keeper: State<'_, Keeper>,
    args: Args<OpenWith>,
) -> Result<Option<RehearsalView>> {
    let Some(file) = file(&keeper, |desk| Ok(desk.may_back_up()?)).await? else {
        return Ok(None);
    };
    keeper
        .ask(move |session, now| {
            Ok(Some(session.desk()?.rehearse(
                &file,
                &args.0.secret,
                now,
            )?))
        })
        .await
}

#[command]
async fn log(keeper: State<'_, Keeper>, args: Args<LogAsk>) -> Result<LogPage> {
    keeper
        .ask(move |session, _| Ok(session.desk()?.log(&args.0)?))
        .await
}

#[command]
async fn verify(keeper: State<'_, Keeper>, args: Args<LogVerify>) -> Result<LogVerdict> {
    keeper
        .ask(move |session, _| Ok(session.desk()?.verify(&args.0)?))
        .await
}

#[derive(serde::Deserialize)]
struct From {
    from: i64,
}

#[command]
async fn print_log(keeper: State<'_, Keeper>, args: Args<From>) -> Result<()> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.print_log(args.0.from, &mut Queue, now)?))
        .await
}

#[command]
async fn save_log(
    keeper: State<'_, Keeper>,
    packets: State<'_, Packets>,
    args: Args<From>,
) -> Result<Option<Written>> {
    keeper
        .ask(|session, _| Ok(session.desk()?.may_read_the_log()?))
        .await?;
    let Some(folder) = packets.folder().await else {
        return Ok(None);
    };
    keeper
        .ask(move |session, now| Ok(Some(session.desk()?.save_log(args.0.from, &folder, now)?)))
        .await
}

#[command]
async fn table(
    keeper: State<'_, Keeper>,
    packets: State<'_, Packets>,
    args: Args<WriteTable>,
) -> Result<Option<Written>> {
    let layout = if args.0.layout == "file" {
        match file(&keeper, |desk| Ok(desk.may_export()?)).await? {
            Some(layout) => Some(layout),
            None => return Ok(None),
        }
    } else {
        keeper
            .ask(|session, _| Ok(session.desk()?.may_export()?))
            .await?;
        None
    };
    let Some(folder) = packets.folder().await else {
        return Ok(None);
    };
    keeper
        .ask(move |session, now| {
            let desk = session.desk()?;
            Ok(Some(desk.write_table(
                &args.0,
                layout.as_deref(),
                &folder,
                now,
            )?))
        })
        .await
}

#[command]
async fn record(
    keeper: State<'_, Keeper>,
    packets: State<'_, Packets>,
    args: Args<WriteRecord>,
) -> Result<Option<Written>> {
    keeper
        .ask(|session, _| Ok(session.desk()?.may_export()?))
        .await?;
    let Some(folder) = packets.folder().await else {
        return Ok(None);
    };
    keeper
        .ask(move |session, now| Ok(Some(session.desk()?.write_record(&args.0, &folder, now)?)))
        .await
}

#[command]
async fn count(keeper: State<'_, Keeper>, args: Args<CountAsk>) -> Result<CountView> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.count(&args.0, now)?))
        .await
}

#[command]
async fn lost_backup(keeper: State<'_, Keeper>, args: Args<OpenWith>) -> Result<Option<LostView>> {
    let Some(file) = file(&keeper, |desk| Ok(desk.may_report_a_lost_laptop()?)).await? else {
        return Ok(None);
    };
    keeper
        .ask(move |session, _| Ok(Some(session.desk()?.lost_by_backup(&file, &args.0.secret)?)))
        .await
}

#[command]
async fn lost_laptop(keeper: State<'_, Keeper>, args: Args<LostVault>) -> Result<LostView> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.lost_by_hand_overs(&args.0, now)?))
        .await
}

/// A file that a person chooses; whoever may not do it chooses nothing.
pub(super) async fn file(
    keeper: &Keeper,
    allowed: impl FnOnce(&mut Desk) -> Result<()> + Send + 'static,
) -> Result<Option<PathBuf>> {
    keeper.ask(|session, _| allowed(session.desk()?)).await?;
    Ok(choosing::file().await)
}

pub(super) fn topic<R: Runtime>() -> TauriPlugin<R> {
    super::topic(
        "safe",
        generate_handler![
            backups,
            backup,
            folder,
            no_folder,
            rehearse,
            log,
            verify,
            print_log,
            save_log,
            table,
            record,
            count,
            lost_backup,
            lost_laptop
        ],
    )
}
