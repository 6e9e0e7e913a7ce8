//! A sheet's bytes into a client's record.

use desk::view::Imported;
use tauri::plugin::TauriPlugin;
use tauri::{Runtime, State, command, generate_handler};

use super::File;
use crate::error::Result;
use crate::keeper::Keeper;

#[command]
async fn import(keeper: State<'_, Keeper>, file: File) -> Result<Imported> {
    keeper
        .ask(move |session, now| {
            let desk = session.desk()?;
            let (id, name, bytes) = (file.client, &file.name, &file.bytes);
            Ok(if file.sure {
                Imported::kept(desk.import(id, name, bytes, now)?)
            } else {
                desk.import_asking(id, name, bytes, now)?
            })
        })
        .await
}

pub(super) fn topic<R: Runtime>() -> TauriPlugin<R> {
    super::topic("reading", generate_handler![import])
}
