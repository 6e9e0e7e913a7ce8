//! What the law says.

use desk::view::{Rescreen, Rescreened, Results, RulesNews, Screen};
use tauri::plugin::TauriPlugin;
use tauri::{Runtime, State, command, generate_handler};

use super::Args;
use crate::error::Result;
use crate::keeper::Keeper;

#[command]
async fn screen(keeper: State<'_, Keeper>, args: Args<Screen>) -> Result<Results> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.screen(&args.0, now)?))
        .await
}

#[command]
async fn news(keeper: State<'_, Keeper>) -> Result<RulesNews> {
    keeper
        .ask(|session, _| Ok(session.desk()?.rules_news()?))
        .await
}

#[command]
async fn rescreen(keeper: State<'_, Keeper>, args: Args<Rescreen>) -> Result<Rescreened> {
    keeper
        .ask(move |session, now| Ok(session.desk()?.rescreen(&args.0, now)?))
        .await
}

pub(super) fn topic<R: Runtime>() -> TauriPlugin<R> {
    super::topic("results", generate_handler![screen, news, rescreen])
}
