//! A sheet's bytes into a client's record, page by page where they are pictures; its original back, and what a person said of it.
//!
//! Recognising a page takes seconds, so nobody waits on the session's thread: a reading is asked for once, and waited for beside it.

use std::sync::Arc;

use desk::Scan;
use desk::view::{CheckPlace, Client, Imported, KeepRead, Original, PageOf, ReadStep};
use tauri::async_runtime::spawn_blocking;
use tauri::ipc::Response;
use tauri::plugin::TauriPlugin;
use tauri::{Runtime, State, command, generate_handler};

use super::{Args, File, Raw};
use crate::error::{Error, Result};
use crate::keeper::Keeper;

#[command]
async fn begin(keeper: State<'_, Keeper>, file: File) -> Result<ReadStep> {
    let scan = keeper
        .ask(move |session, _| {
            let desk = session.desk()?;
            Ok(desk.begin_reading(file.client, &file.name, &file.bytes)?)
        })
        .await?;
    next(scan).await
}

#[command]
async fn picture(keeper: State<'_, Keeper>) -> Result<Response> {
    // Pages that the window reads by itself are no sign that somebody is there.
    let scan = keeper
        .glance(|session, _| Ok(session.desk()?.reading()?))
        .await?;
    Ok(Response::new(scan.picture()?))
}

#[command]
async fn words(keeper: State<'_, Keeper>, table: Raw) -> Result<ReadStep> {
    let scan = keeper
        .glance(|session, _| Ok(session.desk()?.reading()?))
        .await?;
    scan.words(&String::from_utf8_lossy(&table.0))?;
    next(scan).await
}

#[command]
async fn keep(keeper: State<'_, Keeper>, args: Args<KeepRead>) -> Result<Imported> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.keep_read(args.0.sure, now)?))
        .await
}

#[command]
async fn stop(keeper: State<'_, Keeper>) -> Result<()> {
    keeper
        .ask(|session, _| {
            session.desk()?.stop_reading();
            Ok(())
        })
        .await
}

#[command]
async fn original(keeper: State<'_, Keeper>, args: Args<Original>) -> Result<Response> {
    keeper
        .ask(move |session, _| Ok(Response::new(session.desk()?.original(&args.0)?)))
        .await
}

#[command]
async fn page(keeper: State<'_, Keeper>, args: Args<PageOf>) -> Result<Response> {
    keeper
        .ask(move |session, _| Ok(Response::new(session.desk()?.page(&args.0)?)))
        .await
}

#[command]
async fn check(keeper: State<'_, Keeper>, args: Args<CheckPlace>) -> Result<Client> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.check(args.0, now)?))
        .await
}

async fn next(scan: Arc<Scan>) -> Result<ReadStep> {
    let step = spawn_blocking(move || scan.next()).await;
    Ok(step.map_err(|_| Error::Gone)??)
}

pub(super) fn topic<R: Runtime>() -> TauriPlugin<R> {
    super::topic(
        "reading",
        generate_handler![begin, picture, words, keep, stop, original, page, check],
    )
}
