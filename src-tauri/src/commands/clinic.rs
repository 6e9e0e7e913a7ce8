//! The clinic's own settings, as they stand on papers.

use desk::view::{Clinic, SetClinic};
use tauri::plugin::TauriPlugin;
use tauri::{Runtime, State, command, generate_handler};

use super::Args;
use crate::error::Result;
use crate::keeper::Keeper;

#[command]
async fn get(keeper: State<'_, Keeper>) -> Result<Clinic> {
    keeper.ask(|session, _| Ok(session.desk()?.clinic()?)).await
}

#[command]
async fn set(keeper: State<'_, Keeper>, args: Args<SetClinic>) -> Result<Clinic> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.set_clinic(args.0.clinic, now)?))
        .await
}

pub(super) fn topic<R: Runtime>() -> TauriPlugin<R> {
    super::topic("clinic", generate_handler![get, set])
}
