//! Hand-over to another laptop, and disputed facts. Files and folders come from the system's dialogs.

use desk::view::{
    Client, Confirm, DisputeView, DisputedClient, HandOver, Id, LaptopsView, Purge, ReceiptView,
    Resolve, TakenInView, WhichLaptop, Written,
};
use tauri::plugin::TauriPlugin;
use tauri::{Runtime, State, command, generate_handler};

use super::Args;
use super::safe::file;
use crate::error::Result;
use crate::keeper::Keeper;
use crate::saving::Packets;

#[command]
async fn open(keeper: State<'_, Keeper>) -> Result<LaptopsView> {
    keeper
        .ask(|session, now| Ok(session.desk()?.laptops(now)?))
        .await
}

#[command]
async fn card(keeper: State<'_, Keeper>, packets: State<'_, Packets>) -> Result<Option<Written>> {
    allowed(&keeper).await?;
    let Some(folder) = packets.folder().await else {
        return Ok(None);
    };
    keeper
        .ask(move |session, now| Ok(Some(session.desk()?.save_card(&folder, now)?)))
        .await
}

#[command]
async fn confirm(keeper: State<'_, Keeper>, args: Args<Confirm>) -> Result<Option<LaptopsView>> {
    let Some(file) = file(&keeper, |desk| Ok(desk.may_trust()?)).await? else {
        return Ok(None);
    };
    keeper
        .ask(move |session, now| Ok(Some(session.desk()?.confirm_laptop(&file, &args.0, now)?)))
        .await
}

#[command]
async fn forget(keeper: State<'_, Keeper>, args: Args<WhichLaptop>) -> Result<LaptopsView> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.forget_laptop(&args.0, now)?))
        .await
}

#[command]
async fn send(
    keeper: State<'_, Keeper>,
    packets: State<'_, Packets>,
    args: Args<HandOver>,
) -> Result<Option<Written>> {
    allowed(&keeper).await?;
    let Some(folder) = packets.folder().await else {
        return Ok(None);
    };
    keeper
        .ask(move |session, now| Ok(Some(session.desk()?.hand_over(&args.0, &folder, now)?)))
        .await
}

#[command]
async fn take_in(keeper: State<'_, Keeper>) -> Result<Option<TakenInView>> {
    let Some(file) = file(&keeper, |desk| Ok(desk.may_hand_over()?)).await? else {
        return Ok(None);
    };
    keeper
        .ask(move |session, now| Ok(Some(session.desk()?.take_in(&file, now)?)))
        .await
}

#[command]
async fn save_receipt(
    keeper: State<'_, Keeper>,
    packets: State<'_, Packets>,
) -> Result<Option<Written>> {
    allowed(&keeper).await?;
    let Some(folder) = packets.folder().await else {
        return Ok(None);
    };
    keeper
        .ask(move |session, _| Ok(Some(session.desk()?.save_receipt(&folder)?)))
        .await
}

#[command]
async fn receipt(keeper: State<'_, Keeper>) -> Result<Option<ReceiptView>> {
    let Some(file) = file(&keeper, |desk| Ok(desk.may_hand_over()?)).await? else {
        return Ok(None);
    };
    keeper
        .ask(move |session, now| Ok(Some(session.desk()?.read_receipt(&file, now)?)))
        .await
}

#[command]
async fn purge(keeper: State<'_, Keeper>, args: Args<Purge>) -> Result<LaptopsView> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.purge(&args.0, now)?))
        .await
}

#[command]
async fn disputed(keeper: State<'_, Keeper>) -> Result<Vec<DisputedClient>> {
    keeper
        .ask(|session, _| Ok(session.desk()?.disputed()?))
        .await
}

#[command]
async fn disputes(keeper: State<'_, Keeper>, args: Args<Id>) -> Result<Vec<DisputeView>> {
    keeper
        .ask(move |session, _| Ok(session.desk()?.disputes(&args.0.id)?))
        .await
}

#[command]
async fn resolve(keeper: State<'_, Keeper>, args: Args<Resolve>) -> Result<Client> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.resolve(&args.0, now)?))
        .await
}

/// Asked before a dialog comes up: whoever may not hand over chooses nothing.
async fn allowed(keeper: &Keeper) -> Result<()> {
    keeper
        .ask(|session, _| Ok(session.desk()?.may_hand_over()?))
        .await
}

pub(super) fn topic<R: Runtime>() -> TauriPlugin<R> {
    super::topic(
        "laptops",
        generate_handler![
            open,
            card,
            confirm,
            forget,
            send,
            take_in,
            save_receipt,
            receipt,
            purge,
            disputed,
            disputes,
            resolve
        ],
    )
}
