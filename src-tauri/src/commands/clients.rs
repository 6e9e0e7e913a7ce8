//! The list of clients, and one client's record, contact and notes.

use desk::view::{
    Add, AddNote, Answer, Client, ClientId, ClientRow, FindStatutes, Id, List, SetContact,
    StatutesFound,
};
use tauri::plugin::TauriPlugin;
use tauri::{Runtime, State, command, generate_handler};

use super::Args;
use crate::error::Result;
use crate::keeper::Keeper;

#[command]
async fn list(keeper: State<'_, Keeper>, args: Args<List>) -> Result<Vec<ClientRow>> {
    keeper
        .ask(move |session, _| Ok(session.desk()?.list(&args.0)?))
        .await
}

#[command]
async fn add(keeper: State<'_, Keeper>, args: Args<Add>) -> Result<ClientId> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.add(&args.0, now)?))
        .await
}

#[command]
async fn open(keeper: State<'_, Keeper>, args: Args<Id>) -> Result<Client> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.open(args.0.id, now)?))
        .await
}

#[command]
async fn contact(keeper: State<'_, Keeper>, args: Args<SetContact>) -> Result<Client> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.contact(args.0, now)?))
        .await
}

#[command]
async fn answer(keeper: State<'_, Keeper>, args: Args<Answer>) -> Result<Client> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.answer(args.0, now)?))
        .await
}

#[command]
async fn note(keeper: State<'_, Keeper>, args: Args<AddNote>) -> Result<Client> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.note(&args.0, now)?))
        .await
}

#[command]
async fn undo(keeper: State<'_, Keeper>, args: Args<Id>) -> Result<Client> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.undo(args.0.id, now)?))
        .await
}

#[command]
async fn statutes(keeper: State<'_, Keeper>, args: Args<FindStatutes>) -> Result<StatutesFound> {
    keeper
        .ask(move |session, _| Ok(session.desk()?.statutes(&args.0)?))
        .await
}

pub(super) fn topic<R: Runtime>() -> TauriPlugin<R> {
    super::topic(
        "clients",
        generate_handler![list, add, open, contact, answer, note, undo, statutes],
    )
}
