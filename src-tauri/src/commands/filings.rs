//! What became of a count in court.

use desk::view::{Client, SetFiling};
use tauri::plugin::TauriPlugin;
use tauri::{Runtime, State, command, generate_handler};

use super::Args;
use crate::error::Result;
use crate::keeper::Keeper;

#[command]
async fn set(keeper: State<'_, Keeper>, args: Args<SetFiling>) -> Result<Client> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.set_filing(&args.0, now)?))
        .await
}

pub(super) fn topic<R: Runtime>() -> TauriPlugin<R> {
    super::topic("filings", generate_handler![set])
}
