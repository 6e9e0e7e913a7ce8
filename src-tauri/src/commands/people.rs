//! Who has a key here.

use desk::view::{AddPerson, ChangePassphrase, Session, Who};
use tauri::plugin::TauriPlugin;
use tauri::{Runtime, State, command, generate_handler};

use super::Args;
use crate::error::Result;
use crate::keeper::Keeper;

#[command]
async fn add(keeper: State<'_, Keeper>, args: Args<AddPerson>) -> Result<Session> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.add_person(&args.0, now)?))
        .await
}

#[command]
async fn remove(keeper: State<'_, Keeper>, args: Args<Who>) -> Result<Session> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.remove_person(&args.0, now)?))
        .await
}

#[command]
async fn passphrase(keeper: State<'_, Keeper>, args: Args<ChangePassphrase>) -> Result<Session> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.change_passphrase(&args.0, now)?))
        .await
}

pub(super) fn topic<R: Runtime>() -> TauriPlugin<R> {
    super::topic("people", generate_handler![add, remove, passphrase])
}
