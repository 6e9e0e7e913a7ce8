//! The one window. It is destroyed and made afresh at every lock, so that nothing a page held outlives the session.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use tauri::{AppHandle, Manager, Runtime, WebviewWindowBuilder};

/// Counts the windows and knows where a web view may keep its own files.
pub(crate) struct Window {
    opened: AtomicU32,
    folder: PathBuf,
}

impl Window {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self {
            opened: AtomicU32::new(0),
            folder: folder.join("window"),
        }
    }

    /// The web view's own folder. An ephemeral view writes nothing there, but Tauri tells web contexts apart by this path and
    /// registers our protocol once for each: a second ephemeral window under the same path would stay empty. So each window names
    /// the one folder in another way.
    fn place(&self, number: u32) -> PathBuf {
        let mut place = self.folder.clone();
        for _ in 1..number {
            place.push("..");
            place.push(self.folder.file_name().unwrap_or_default());
        }
        place
    }
}

/// Opens the window that `tauri.conf.json` describes.
pub(crate) fn open<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let window = app.state::<Window>();
    let number = window.opened.fetch_add(1, Ordering::Relaxed) + 1;
    let mut config = app
        .config()
        .app
        .windows
        .first()
        .cloned()
        .unwrap_or_default();
    config.label = format!("desk-{number}");
    // On Linux a view that keeps nothing lives in a web context of its own, which no driver reaches. The window tests therefore
    // run on one that may keep things, and then search its folders: the harder case. A release never takes this way.
    if cfg!(debug_assertions) && std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some() {
        config.incognito = false;
    }
    WebviewWindowBuilder::from_config(app, &config)?
        .data_directory(window.place(number))
        .build()?;
    Ok(())
}

/// Opens a fresh window, then destroys every older one with all it held.
pub(crate) fn reopen<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let old = app.webview_windows();
    open(app)?;
    for window in old.into_values() {
        window.destroy()?;
    }
    Ok(())
}
