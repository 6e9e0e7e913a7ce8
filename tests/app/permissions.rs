//! What the window may not do.

use serde_json::json;
use tauri::WebviewWindowBuilder;
use tauri::http::HeaderMap;
use tauri::ipc::InvokeBody;

use crate::office::{Office, send};

fn empty() -> InvokeBody {
    InvokeBody::Json(json!({}))
}

#[test]
fn a_command_that_was_not_granted_stays_denied() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::start(folder.path(), folder.path());
    for command in [
        "app.version",
        "window.create",
        "webview.print",
        "event.emit",
        "path.resolve_directory",
        "resources.close",
        "session.forget_everything",
        "shell.open",
        "fs.read_file",
        "http.fetch",
    ] {
        let denied = send(&office.window(), command, empty(), HeaderMap::new()).unwrap_err();
        let words = denied.as_str().unwrap_or_default();
        assert!(
            words.contains("not allowed") || words.contains("not found"),
            "{command}: {denied}"
        );
    }
}

#[test]
fn another_window_may_ask_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::start(folder.path(), folder.path());
    let other = WebviewWindowBuilder::new(office.app(), "other", Default::default())
        .build()
        .unwrap();
    let denied = send(&other, "session.state", empty(), HeaderMap::new()).unwrap_err();
    assert!(denied.as_str().unwrap().contains("not allowed"), "{denied}");
}

#[test]
fn a_page_from_elsewhere_may_ask_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::start(folder.path(), folder.path());
    let denied = tauri::test::get_ipc_response(
        &office.window(),
        tauri::webview::InvokeRequest {
            cmd: "plugin:session|state".into(),
            callback: tauri::ipc::CallbackFn(0),
            error: tauri::ipc::CallbackFn(1),
            url: "https://example.org".parse().unwrap(),
            body: empty(),
            headers: HeaderMap::new(),
            invoke_key: tauri::test::INVOKE_KEY.to_owned(),
        },
    )
    .unwrap_err();
    assert!(denied.as_str().unwrap().contains("not allowed"), "{denied}");
}

#[test]
fn a_locked_office_has_no_clients() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::start(folder.path(), folder.path());
    for (command, arguments) in [
        ("clients.list", json!({"query": ""})),
        ("clients.open", json!({"id": "0123456789abcdef"})),
        (
            "papers.bytes",
            json!({"id": "0123456789abcdef", "key": "0"}),
        ),
        ("clinic.get", json!({})),
        ("review.open", json!({})),
        ("review.run", json!({})),
        ("review.files", json!({})),
        ("review.numbers", json!({"policy": "statewide"})),
        ("review.person", json!({"person": 0})),
    ] {
        assert_eq!(office.refused(command, arguments), "locked", "{command}");
    }
}

#[test]
fn what_no_command_takes_is_refused_without_repeating_it() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::start(folder.path(), folder.path());
    for arguments in [
        json!({"query": 7}),
        json!({"query": "x", "more": "Tarragon"}),
        json!({}),
        json!("Tarragon"),
    ] {
        let refusal = office.try_ask("clients.list", arguments).unwrap_err();
        assert_eq!(refusal["code"], "arguments");
        assert!(!refusal.to_string().contains("Tarragon"), "{refusal}");
    }
}
