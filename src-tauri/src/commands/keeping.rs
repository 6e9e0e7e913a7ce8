//! What becomes of a client's record in the end.

use desk::view::{Decide, DestroyedView, Id, KeepingView};
use tauri::plugin::TauriPlugin;
use tauri::{Runtime, State, command, generate_handler};

use super::Args;
use crate::error::Result;
use crate::keeper::Keeper;

#[command]
async fn open(keeper: State<'_, Keeper>, args: Args<Id>) -> Result<KeepingView> {
    keeper
        .ask(move |session, _| Ok(session.desk()?.keeping(&args.0.id)?))
        .await
}

#[command]
async fn decide(keeper: State<'_, Keeper>, args: Args<Decide>) -> Result<KeepingView> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.decide(&args.0, now)?))
        .await
}

#[command]
async fn destroy(keeper: State<'_, Keeper>, args: Args<Id>) -> Result<DestroyedView> {
    keeper
        .ask(move |session, now| session.destroy(&args.0.id, now))
        .await
}

pub(super) fn topic<R: Runtime>() -> TauriPlugin<R> {
    super::topic("keeping", generate_handler![open, decide, destroy])
}
