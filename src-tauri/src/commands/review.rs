//! The mass review. Files and folders come from the system's dialogs; the window names none.

use desk::view::{
    AfterRun, BeginReview, CompareList, DecideByHand, GoOn, KeepPolicy, MakePapers, NthFile,
    PauseReview, PolicyRules, ReviewFind, ReviewNumbers, ReviewPage, ReviewRun, ReviewUnder,
    ReviewView, ReviewWhose, ReviewedPerson, StopReview,
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
async fn go_on(keeper: State<'_, Keeper>, args: Args<GoOn>) -> Result<ReviewView> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.go_on_with_review(&args.0, now)?))
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

#[command]
async fn decide(keeper: State<'_, Keeper>, args: Args<DecideByHand>) -> Result<ReviewedPerson> {
    keeper
        .ask(move |session, _| Ok(session.desk()?.decide_by_hand(&args.0)?))
        .await
}

/// Writes the tables again with what people decided.
#[command]
async fn write_again(keeper: State<'_, Keeper>) -> Result<ReviewView> {
    keeper
        .ask(|session, now| Ok(session.desk()?.write_review_again(now)?))
        .await
}

/// Opens the results of a review from a folder that the person chooses.
#[command]
async fn open_results(keeper: State<'_, Keeper>) -> Result<ReviewView> {
    allowed(&keeper).await?;
    let chosen = choosing::folder().await;
    keeper
        .ask(move |session, now| {
            let desk = session.desk()?;
            match chosen {
                Some(folder) => Ok(desk.open_review(folder, now)?),
                None => Ok(desk.review()?),
            }
        })
        .await
}

#[command]
async fn open_last(keeper: State<'_, Keeper>) -> Result<ReviewView> {
    keeper
        .ask(|session, now| Ok(session.desk()?.open_last_review(now)?))
        .await
}

#[command]
async fn rules(keeper: State<'_, Keeper>, args: Args<ReviewUnder>) -> Result<PolicyRules> {
    keeper
        .ask(move |session, _| Ok(session.desk()?.review_rules(&args.0)?))
        .await
}

#[command]
async fn keep_policy(keeper: State<'_, Keeper>, args: Args<KeepPolicy>) -> Result<ReviewView> {
    keeper
        .ask(move |session, _| Ok(session.desk()?.keep_review_policy(&args.0)?))
        .await
}

/// Saves a policy as a file that the headless command reads too; false where the person chose no place.
#[command]
async fn save_policy(keeper: State<'_, Keeper>, args: Args<ReviewUnder>) -> Result<bool> {
    let name = format!("{}.toml", args.0.policy);
    let text = keeper
        .ask(move |session, _| Ok(session.desk()?.review_policy_text(&args.0)?))
        .await?;
    let Some(path) = choosing::new_file(&name).await else {
        return Ok(false);
    };
    std::fs::write(path, text).map_err(|error| desk::Error::Folder(error.kind()))?;
    Ok(true)
}

/// Asked many times a minute while nobody may be there: no sign that somebody is.
#[command]
async fn after(keeper: State<'_, Keeper>) -> Result<AfterRun> {
    keeper
        .glance(|session, _| Ok(session.desk()?.after_review()?))
        .await
}

#[command]
async fn papers(keeper: State<'_, Keeper>, args: Args<MakePapers>) -> Result<ReviewView> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.make_review_papers(&args.0, now)?))
        .await
}

#[command]
async fn list(keeper: State<'_, Keeper>) -> Result<ReviewView> {
    allowed(&keeper).await?;
    let chosen = choosing::file().await;
    keeper
        .ask(move |session, _| {
            let desk = session.desk()?;
            match chosen {
                Some(file) => Ok(desk.choose_review_list(&file)?),
                None => Ok(desk.review()?),
            }
        })
        .await
}

#[command]
async fn papers_folder(keeper: State<'_, Keeper>) -> Result<ReviewView> {
    allowed(&keeper).await?;
    let chosen = choosing::folder().await;
    keeper
        .ask(move |session, _| {
            let desk = session.desk()?;
            match chosen {
                Some(folder) => Ok(desk.choose_review_papers(folder)?),
                None => Ok(desk.review()?),
            }
        })
        .await
}

#[command]
async fn compare(keeper: State<'_, Keeper>, args: Args<CompareList>) -> Result<ReviewView> {
    keeper
        .ask(move |session, _| Ok(session.desk()?.compare_review(&args.0)?))
        .await
}

#[command]
async fn stop_after(keeper: State<'_, Keeper>) -> Result<ReviewView> {
    keeper
        .ask(|session, _| Ok(session.desk()?.stop_after_review()?))
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
            open,
            run,
            files,
            drop_file,
            folder,
            policy,
            decisions,
            begin,
            go_on,
            forget,
            pause,
            stop,
            leave,
            numbers,
            rows,
            person,
            decide,
            write_again,
            open_results,
            open_last,
            rules,
            keep_policy,
            save_policy,
            after,
            papers,
            list,
            papers_folder,
            compare,
            stop_after
        ],
    )
}
