//! Who has a key here.

use desk::view::{AddPerson, ChangePassphrase, CodeSheet, Created, Session, SetRoles, Who};
use tauri::plugin::TauriPlugin;
use tauri::{Runtime, State, command, generate_handler};

use super::Args;
use crate::error::Result;
use crate::keeper::Keeper;
use crate::printer::Queue;

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

#[command]
async fn roles(keeper: State<'_, Keeper>, args: Args<SetRoles>) -> Result<Session> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.set_roles(&args.0, now)?))
        .await
}

#[command]
async fn force(keeper: State<'_, Keeper>, args: Args<Who>) -> Result<Session> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.force_change(&args.0, now)?))
        .await
}

#[command]
async fn change_key(keeper: State<'_, Keeper>) -> Result<Session> {
    keeper.ask(|session, now| session.change_key(now)).await
}

#[command]
async fn new_code(keeper: State<'_, Keeper>) -> Result<Created> {
    keeper
        .ask(|session, now| Ok(session.desk()?.new_code(now)?))
        .await
}

#[command]
async fn code_written(keeper: State<'_, Keeper>) -> Result<()> {
    keeper
        .ask(|session, now| Ok(session.desk()?.code_written(now)?))
        .await
}

#[command]
async fn print_code(keeper: State<'_, Keeper>, args: Args<CodeSheet>) -> Result<()> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.print_code(&args.0, &mut Queue, now)?))
        .await
}

pub(super) fn topic<R: Runtime>() -> TauriPlugin<R> {
    super::topic(
        "people",
        generate_handler![
            add,
            remove,
            passphrase,
            roles,
            force,
            change_key,
            new_code,
            code_written,
            print_code
        ],
    )
}
