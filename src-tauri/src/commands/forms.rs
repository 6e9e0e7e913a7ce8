//! The office's blanks of official forms.

use desk::view::FormsView;
use tauri::plugin::TauriPlugin;
use tauri::{Runtime, State, command, generate_handler};

use super::Raw;
use crate::error::Result;
use crate::keeper::Keeper;

#[command]
async fn list(keeper: State<'_, Keeper>) -> Result<FormsView> {
    keeper
        .ask(|session, now| Ok(session.desk()?.forms(now)?))
        .await
}

#[command]
async fn add(keeper: State<'_, Keeper>, file: Raw) -> Result<FormsView> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.add_form(&file.0, now)?))
        .await
}

pub(super) fn topic<R: Runtime>() -> TauriPlugin<R> {
    super::topic("forms", generate_handler![list, add])
}
