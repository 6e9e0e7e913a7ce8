//! The door: state, create, unlock, recover, restore, lock, language.

use desk::view::{Create, Created, Recover, Restore, Restored, Session, SetLanguage, Unlock};
use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Runtime, State, command, generate_handler};

use super::Args;
use crate::choosing;
use crate::error::{Error, Result};
use crate::keeper::Keeper;
use crate::window;

#[command]
async fn state(keeper: State<'_, Keeper>) -> Result<Session> {
    keeper.ask(|session, now| session.state(now)).await
}

#[command]
async fn create(keeper: State<'_, Keeper>, args: Args<Create>) -> Result<Created> {
    keeper
        .ask(move |session, now| session.create(&args.0, now))
        .await
}

#[command]
async fn unlock(keeper: State<'_, Keeper>, args: Args<Unlock>) -> Result<Session> {
    keeper
        .ask(move |session, now| session.unlock(&args.0, now))
        .await
}

#[command]
async fn recover(keeper: State<'_, Keeper>, args: Args<Recover>) -> Result<Session> {
    keeper
        .ask(move |session, now| session.recover(&args.0, now))
        .await
}

#[command]
async fn restore(keeper: State<'_, Keeper>, args: Args<Restore>) -> Result<Option<Restored>> {
    let ask = args.0;
    let ask = keeper
        .ask(move |session, _| session.may_restore(&ask).map(|()| ask))
        .await?;
    let Some(file) = choosing::file().await else {
        return Ok(None);
    };
    keeper
        .ask(move |session, now| session.restore(&file, &ask, now).map(Some))
        .await
}

#[command]
async fn lock<R: Runtime>(app: AppHandle<R>, keeper: State<'_, Keeper>) -> Result<()> {
    keeper.ask(|session, now| Ok(session.lock(now))).await?;
    window::renew(&app).map_err(|_| Error::Window)
}

#[command]
async fn language(keeper: State<'_, Keeper>, args: Args<SetLanguage>) -> Result<()> {
    keeper
        .ask(move |session, _| {
            session.speak(args.0.lang);
            Ok(())
        })
        .await
}

pub(super) fn topic<R: Runtime>() -> TauriPlugin<R> {
    super::topic(
        "session",
        generate_handler![state, create, unlock, recover, restore, lock, language],
    )
}
