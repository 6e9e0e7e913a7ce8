//! What the window can ask for, one plugin per topic. `build.rs` gives each command a permission, the capability file grants it.

mod bulk;
mod clients;
mod clinic;
mod filings;
mod forms;
mod keeping;
mod laptops;
mod papers;
mod people;
mod reading;
mod results;
mod review;
mod safe;
mod session;

use desk::view::ClientId;
use serde::de::DeserializeOwned;
use tauri::ipc::{CommandArg, CommandItem, InvokeBody, InvokeError};
use tauri::plugin::TauriPlugin;
use tauri::{Builder, Runtime};

use crate::error::Error;

/// Adds every topic.
pub(crate) fn register<R: Runtime>(builder: Builder<R>) -> Builder<R> {
    builder
        .plugin(session::topic())
        .plugin(clients::topic())
        .plugin(reading::topic())
        .plugin(results::topic())
        .plugin(papers::topic())
        .plugin(bulk::topic())
        .plugin(filings::topic())
        .plugin(forms::topic())
        .plugin(review::topic())
        .plugin(clinic::topic())
        .plugin(people::topic())
        .plugin(safe::topic())
        .plugin(laptops::topic())
        .plugin(keeping::topic())
}

fn topic<R: Runtime>(
    name: &'static str,
    commands: impl Fn(tauri::ipc::Invoke<R>) -> bool + Send + Sync + 'static,
) -> TauriPlugin<R> {
    tauri::plugin::Builder::new(name)
        .invoke_handler(commands)
        .build()
}

/// The whole of what the window sent, as one object.
struct Args<T>(T);

impl<'de, R: Runtime, T: DeserializeOwned> CommandArg<'de, R> for Args<T> {
    fn from_command(command: CommandItem<'de, R>) -> Result<Self, InvokeError> {
        let InvokeBody::Json(sent) = command.message.payload() else {
            return Err(Error::Arguments("this command takes no bytes".into()).into());
        };
        T::deserialize(sent).map(Self).map_err(|error| {
            // Only what names a key of ours is repeated: a refused value may be somebody's data.
            let what = Some(error.to_string())
                .filter(|what| {
                    what.starts_with("missing field") || what.starts_with("unknown field")
                })
                .unwrap_or_else(|| "a value of another kind was expected".into());
            Error::Arguments(what).into()
        })
    }
}

/// A file's bytes, which travel raw; whose and which file stands in headers.
struct File {
    client: ClientId,
    name: String,
    bytes: Vec<u8>,
}

impl<'de, R: Runtime> CommandArg<'de, R> for File {
    fn from_command(command: CommandItem<'de, R>) -> Result<Self, InvokeError> {
        let header = |name: &str| -> Result<String, Error> {
            let value = command.message.headers().get(name);
            let text = value.and_then(|value| value.to_str().ok());
            let text = text.ok_or_else(|| Error::Arguments(format!("missing header `{name}`")))?;
            // A header holds no letters beyond ASCII, a file's name does.
            Ok(percent_encoding::percent_decode_str(text)
                .decode_utf8_lossy()
                .into_owned())
        };
        let InvokeBody::Raw(bytes) = command.message.payload() else {
            return Err(Error::Arguments("the file's bytes are missing".into()).into());
        };
        let client = header("id")?
            .parse()
            .map_err(|_| Error::Arguments("header `id` is no number".into()))?;
        Ok(Self {
            client,
            name: header("name")?,
            bytes: bytes.clone(),
        })
    }
}

/// Bytes that travel raw and are about nobody.
struct Raw(Vec<u8>);

impl<'de, R: Runtime> CommandArg<'de, R> for Raw {
    fn from_command(command: CommandItem<'de, R>) -> Result<Self, InvokeError> {
        match command.message.payload() {
            InvokeBody::Raw(bytes) => Ok(Self(bytes.clone())),
            InvokeBody::Json(_) => {
                Err(Error::Arguments("the file's bytes are missing".into()).into())
            }
        }
    }
}
