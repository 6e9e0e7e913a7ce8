//! The packet: made, looked at, printed, saved; and what an attorney or the client says about it.

use desk::view::{
    Bytes, Clear, Client, Elect, Id, PacketView, Print, Printed, Save, Saved, SavedForEfiling,
    SendBack, SetDeclaration, SignOff,
};
use tauri::ipc::Response;
use tauri::plugin::TauriPlugin;
use tauri::{Runtime, State, command, generate_handler};

use super::Args;
use crate::error::Result;
use crate::keeper::Keeper;
use crate::printer::Queue;
use crate::saving::Packets;

#[command]
async fn prepare(keeper: State<'_, Keeper>, args: Args<Id>) -> Result<PacketView> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.prepare(args.0.id, now)?))
        .await
}

#[command]
async fn bytes(keeper: State<'_, Keeper>, args: Args<Bytes>) -> Result<Response> {
    keeper
        .ask(move |session, _| Ok(Response::new(session.desk()?.bytes(&args.0)?)))
        .await
}

#[command]
async fn print(keeper: State<'_, Keeper>, args: Args<Print>) -> Result<Printed> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.print(&args.0, &mut Queue, now)?))
        .await
}

#[command]
async fn save(
    keeper: State<'_, Keeper>,
    packets: State<'_, Packets>,
    args: Args<Save>,
) -> Result<Option<Saved>> {
    let Some(folder) = packets.folder().await else {
        return Ok(None);
    };
    keeper
        .ask(move |session, now| Ok(Some(session.desk()?.save(&args.0, &folder, now)?)))
        .await
}

#[command]
async fn save_for_efiling(
    keeper: State<'_, Keeper>,
    packets: State<'_, Packets>,
    args: Args<Save>,
) -> Result<Option<SavedForEfiling>> {
    let Some(folder) = packets.folder().await else {
        return Ok(None);
    };
    keeper
        .ask(move |session, now| {
            let desk = session.desk()?;
            Ok(Some(desk.save_for_efiling(&args.0, &folder, now)?))
        })
        .await
}

#[command]
async fn sign_off(keeper: State<'_, Keeper>, args: Args<SignOff>) -> Result<PacketView> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.sign_off(&args.0, now)?))
        .await
}

#[command]
async fn send_back(keeper: State<'_, Keeper>, args: Args<SendBack>) -> Result<Client> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.send_back(&args.0, now)?))
        .await
}

#[command]
async fn clear(keeper: State<'_, Keeper>, args: Args<Clear>) -> Result<Client> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.clear(&args.0, now)?))
        .await
}

#[command]
async fn withdraw(keeper: State<'_, Keeper>, args: Args<Id>) -> Result<Client> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.withdraw(&args.0.id, now)?))
        .await
}

#[command]
async fn declare(keeper: State<'_, Keeper>, args: Args<SetDeclaration>) -> Result<Client> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.declare(args.0, now)?))
        .await
}

#[command]
async fn elect(keeper: State<'_, Keeper>, args: Args<Elect>) -> Result<Client> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.elect(args.0, now)?))
        .await
}

pub(super) fn topic<R: Runtime>() -> TauriPlugin<R> {
    super::topic(
        "papers",
        generate_handler![
            prepare,
            bytes,
            print,
            save,
            save_for_efiling,
            sign_off,
            send_back,
            clear,
            withdraw,
            declare,
            elect
        ],
    )
}
