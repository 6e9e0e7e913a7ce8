//! The mass review. Files and folders come from the system's dialogs; the window names none.

use desk::view::{
    BeginReview, NthFile, PauseReview, ReviewFind, ReviewNumbers, ReviewPage, ReviewRun,
    ReviewUnder, ReviewView, ReviewWhose, ReviewedPerson, StopReview,
};
use tauri::plugin::TauriPlugin;
use tauri::{Runtime, State, command, generate_handler};

use super::Args;
use crate::choosing;
use crate::error::{Error, Result};
use crate::keeper::Keeper;

#[command]
async fn open(keeper: State<'_, Keeper>) -> Result<ReviewView> {
    keeper.ask(|session, _| Ok(session.desk()?.review()?)).await
}

/// Asked many times a minute while nobody may be there: no sign that somebody is.
#[command]
async fn run(keeper: State<'_, Keeper>) -> Result<ReviewRun> {
    keeper
        .glance(|session, _| Ok(session.desk()?.review_run()?))
        .await
}

#[command]
async fn files(keeper: State<'_, Keeper>) -> Result<ReviewView> {
    allowed(&keeper).await?;
    let chosen = choosing::files().await;
    let looking = keeper
        .ask(|session, _| Ok(session.desk()?.review_files(chosen)?))
        .await?;
    // Comparing two large files takes a while; the office answers meanwhile.
    let looked = tauri::async_runtime::spawn_blocking(|| looking.look()).await;
    let looked = looked.map_err(|_| Error::Gone)?;
    keeper
        .ask(|session, _| Ok(session.desk()?.add_review_files(looked)?))
        .await
}

#[command]
async fn drop_file(keeper: State<'_, Keeper>, args: Args<NthFile>) -> Result<ReviewView> {
    keeper
        .ask(move |session, _| Ok(session.desk()?.drop_review_file(&args.0)?))
        .await
}

#[command]
async fn folder(keeper: State<'_, Keeper>) -> Result<ReviewView> {
    allowed(&keeper).await?;
    let chosen = choosing::folder().await;
    keeper
        .ask(move |session, _| {
            let desk = session.desk()?;
            match chosen {
                Some(folder) => Ok(desk.choose_review_folder(folder)?),
                None => Ok(desk.review()?),
            }
        })
        .await
}

#[command]
async fn policy(keeper: State<'_, Keeper>) -> Result<ReviewView> {
    allowed(&keeper).await?;
    let chosen = choosing::file().await;
    keeper
        .ask(move |session, _| {
            let desk = session.desk()?;
            match chosen {
                Some(file) => Ok(desk.add_review_policy(&file)?),
                None => Ok(desk.review()?),
            }
        })
        .await
}

#[command]
async fn decisions(keeper: State<'_, Keeper>) -> Result<ReviewView> {
    allowed(&keeper).await?;
    let chosen = choosing::file().await;
    keeper
        .ask(move |session, _| Ok(session.desk()?.choose_review_decisions(chosen)?))
        .await
}

#[command]
async fn begin(keeper: State<'_, Keeper>, args: Args<BeginReview>) -> Result<ReviewView> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.begin_review(&args.0, now)?))
        .await
}

#[command]
async fn go_on(keeper: State<'_, Keeper>) -> Result<ReviewView> {
    keeper
        .ask(|session, now| Ok(session.desk()?.go_on_with_review(now)?))
        .await
}

#[command]
async fn forget(keeper: State<'_, Keeper>) -> Result<ReviewView> {
    keeper
        .ask(|session, _| Ok(session.desk()?.forget_unfinished_review()?))
        .await
}

#[command]
async fn pause(keeper: State<'_, Keeper>, args: Args<PauseReview>) -> Result<ReviewView> {
    keeper
        .ask(move |session, _| Ok(session.desk()?.pause_review(&args.0)?))
        .await
}

#[command]
async fn stop(keeper: State<'_, Keeper>, args: Args<StopReview>) -> Result<ReviewView> {
    keeper
        .ask(move |session, _| Ok(session.desk()?.stop_review(&args.0)?))
        .await
}

#[command]
async fn leave(keeper: State<'_, Keeper>) -> Result<ReviewView> {
    keeper
        .ask(|session, _| Ok(session.desk()?.leave_review()?))
        .await
}

#[command]
async fn numbers(keeper: State<'_, Keeper>, args: Args<ReviewUnder>) -> Result<ReviewNumbers> {
    keeper
        .ask(move |session, _| Ok(session.desk()?.review_numbers(&args.0)?))
        .await
}

#[command]
async fn rows(keeper: State<'_, Keeper>, args: Args<ReviewFind>) -> Result<ReviewPage> {
    keeper
        .ask(move |session, _| Ok(session.desk()?.review_rows(&args.0)?))
        .await
}

#[command]
async fn person(keeper: State<'_, Keeper>, args: Args<ReviewWhose>) -> Result<ReviewedPerson> {
    keeper
        .ask(move |session, _| Ok(session.desk()?.review_person(&args.0)?))
        .await
}

/// Asked before a dialog comes up: whoever may not review chooses nothing.
async fn allowed(keeper: &Keeper) -> Result<()> {
    keeper
        .ask(|session, _| Ok(session.desk()?.may_review()?))
        .await
}

pub(super) fn topic<R: Runtime>() -> TauriPlugin<R> {
    super::topic(
        "review",
        generate_handler![
            open, run, files, drop_file, folder, policy, decisions, begin, go_on, forget, pause,
            stop, leave, numbers, rows, person
        ],
    )
}
