//! A sheet's bytes into a client's record.

use desk::view::Client;
use tauri::plugin::TauriPlugin;
use tauri::{Runtime, State, command, generate_handler};

use super::File;
use crate::error::Result;
use crate::keeper::Keeper;

#[command]
async fn import(keeper: State<'_, Keeper>, file: File) -> Result<Client> {
    keeper
        .ask(move |session, now| {
            Ok(session
                .desk()?
                .import(file.client, &file.name, &file.bytes, now)?)
        })
        .await
}

pub(super) fn topic<R: Runtime>() -> TauriPlugin<R> {
    super::topic("reading", generate_handler![import])
}
