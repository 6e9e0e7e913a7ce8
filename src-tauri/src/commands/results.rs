//! What the law says.

use desk::view::{Results, Screen};
use tauri::plugin::TauriPlugin;
use tauri::{Runtime, State, command, generate_handler};

use super::Args;
use crate::error::Result;
use crate::keeper::Keeper;

#[command]
async fn screen(keeper: State<'_, Keeper>, args: Args<Screen>) -> Result<Results> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.screen(&args.0, now)?))
        .await
}

pub(super) fn topic<R: Runtime>() -> TauriPlugin<R> {
    super::topic("results", generate_handler![screen])
}
