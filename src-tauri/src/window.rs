//! The one window. What a page held does not outlive the session: at every lock its process ends and a fresh one begins.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use tauri::{AppHandle, Manager, Runtime, WebviewWindow, WebviewWindowBuilder};

/// Counts the windows and knows where a web view may keep files of its own. An ephemeral one writes nothing of a page there.
pub(crate) struct Window {
    opened: AtomicU32,
    folder: PathBuf,
}

impl Window {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self {
            opened: AtomicU32::new(0),
            folder,
        }
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
    // run on one that may keep things, and then search its folder: the harder case. A release never takes this way.
    if cfg!(debug_assertions) && std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some() {
        config.incognito = false;
    }
    let window = WebviewWindowBuilder::from_config(app, &config)?
        .data_directory(window.folder.clone())
        .build()?;
    settle(&window)
}

/// A file's name may be a client's name: the file dialogs must not add it to the desktop's list of recent files. And scrollbars stay where
/// they are: those that fade in and out are drawn sixty times a second for some seconds after each change of a page's height, and where no
/// graphics card helps, each time the whole window anew.
#[cfg(target_os = "linux")]
fn settle<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    use gtk::prelude::{GtkSettingsExt, ObjectExt};
    window.with_webview(|_| {
        if let Some(settings) = gtk::Settings::default() {
            settings.set_gtk_recent_files_enabled(false);
            // The oldest GTK that the window runs on does not know the setting.
            if settings.find_property("gtk-overlay-scrolling").is_some() {
                settings.set_property("gtk-overlay-scrolling", false);
            }
        }
    })
}

/// Elsewhere the system's own dialogs keep their own lists, which the program cannot switch off.
#[cfg(not(target_os = "linux"))]
fn settle<R: Runtime>(_window: &WebviewWindow<R>) -> tauri::Result<()> {
    Ok(())
}

/// Ends the page and everything it held in memory, and begins afresh at the unlock screen.
///
/// On Linux the page's process is killed and the same window loads again. A second ephemeral window would stay empty there (Tauri
/// registers our protocol once for each data folder, on a context that an ephemeral view does not use), and each would leave
/// a network process of WebKit behind.
#[cfg(target_os = "linux")]
pub(crate) fn renew<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    use webkit2gtk::WebViewExt;
    for window in app.webview_windows().into_values() {
        window.with_webview(|page| {
            let page = page.inner();
            page.terminate_web_process();
            page.reload();
        })?;
    }
    Ok(())
}

/// Opens a fresh window, then destroys every older one with all it held.
#[cfg(not(target_os = "linux"))]
pub(crate) fn renew<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let old = app.webview_windows();
    open(app)?;
    for window in old.into_values() {
        window.destroy()?;
    }
    Ok(())
}
