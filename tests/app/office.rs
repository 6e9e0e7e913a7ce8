//! An app to ask things of, as the window asks them.

use std::path::Path;

use relief_desk::{Options, builder, context};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tauri::http::HeaderMap;
use tauri::ipc::{CallbackFn, InvokeBody, InvokeResponseBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, Manager, WebviewWindow};

/// An app and its one window.
pub(crate) struct Office {
    app: App<MockRuntime>,
}

impl Office {
    /// Starts the app as `main` does, on a folder.
    pub(crate) fn start(data: &Path, packets: &Path) -> Self {
        Self::with(Options {
            training: false,
            data: Some(data.to_owned()),
            packets: Some(packets.to_owned()),
        })
    }

    /// Starts the app with options.
    pub(crate) fn with(options: Options) -> Self {
        let mut app = builder(mock_builder(), options).build(context()).unwrap();
        // The mock loop runs the set-up at its first turn.
        #[expect(deprecated, reason = "there is no display to run a loop on")]
        app.run_iteration(|_, _| {});
        Self { app }
    }

    /// The window.
    pub(crate) fn window(&self) -> WebviewWindow<MockRuntime> {
        self.app.webview_windows().into_values().next().unwrap()
    }

    /// The app itself.
    pub(crate) fn app(&self) -> &App<MockRuntime> {
        &self.app
    }

    /// Asks, and expects an answer.
    pub(crate) fn ask<T: DeserializeOwned>(&self, command: &str, arguments: Value) -> T {
        match self.try_ask(command, arguments) {
            Ok(body) => body.deserialize().unwrap(),
            Err(refusal) => panic!("{command} was refused: {refusal}"),
        }
    }

    /// Asks, and expects bytes.
    pub(crate) fn bytes(&self, command: &str, arguments: Value) -> Vec<u8> {
        match self.try_ask(command, arguments) {
            Ok(InvokeResponseBody::Raw(bytes)) => bytes,
            other => panic!("{command} gave no bytes: {other:?}"),
        }
    }

    /// Asks, and expects to be refused; the refusal's code, after seeing that it says what to do.
    pub(crate) fn refused(&self, command: &str, arguments: Value) -> String {
        let refusal = self
            .try_ask(command, arguments)
            .expect_err("the command was not refused");
        for part in ["message", "hint"] {
            let words = refusal[part].as_str().unwrap_or_default();
            assert!(!words.is_empty(), "{command}: no {part} in {refusal}");
        }
        refusal["code"].as_str().unwrap().to_owned()
    }

    /// Asks.
    pub(crate) fn try_ask(
        &self,
        command: &str,
        arguments: Value,
    ) -> Result<InvokeResponseBody, Value> {
        send(
            &self.window(),
            command,
            InvokeBody::Json(arguments),
            HeaderMap::new(),
        )
    }

    /// Hands a file to a client.
    pub(crate) fn import(&self, id: &str, name: &str, bytes: &[u8]) -> Result<Value, Value> {
        let mut headers = HeaderMap::new();
        headers.insert("id", id.parse().unwrap());
        headers.insert("name", name.parse().unwrap());
        let body = InvokeBody::Raw(bytes.to_vec());
        let step: Value = send(&self.window(), "reading.begin", body, headers)?
            .deserialize()
            .unwrap();
        assert_eq!(step, json!({"kind": "read"}));
        let imported: Value = self
            .try_ask("reading.keep", json!({"sure": false}))?
            .deserialize()
            .unwrap();
        assert_eq!(imported["kind"], "kept", "{imported}");
        Ok(imported["client"].clone())
    }

    /// Makes an office with one attorney and enters it; the recovery code.
    pub(crate) fn create(&self, passphrase: &str) -> String {
        let created: Value = self.ask(
            "session.create",
            json!({"clinic": "Lantern Street", "person": "Ada Lindqvist", "bar": "999001", "passphrase": passphrase}),
        );
        created["recovery_code"].as_str().unwrap().to_owned()
    }
}

/// Sends one command from a window, as its page would.
pub(crate) fn send(
    window: &WebviewWindow<MockRuntime>,
    command: &str,
    body: InvokeBody,
    headers: HeaderMap,
) -> Result<InvokeResponseBody, Value> {
    let (topic, verb) = command.split_once('.').unwrap();
    get_ipc_response(
        window,
        InvokeRequest {
            cmd: format!("plugin:{topic}|{verb}"),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: window.url().unwrap(),
            body,
            headers,
            invoke_key: INVOKE_KEY.to_owned(),
        },
    )
}
