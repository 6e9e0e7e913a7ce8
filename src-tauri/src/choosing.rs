//! The system's dialogs for files and folders that a person chooses. What they give goes to the desk; the page never names a path.

use std::path::PathBuf;

use rfd::{AsyncFileDialog, FileHandle};

fn dialog() -> AsyncFileDialog {
    AsyncFileDialog::new().set_title("Relief Desk")
}

fn path(chosen: &FileHandle) -> PathBuf {
    chosen.path().to_owned()
}

/// Some files; none where the person chose none.
pub(crate) async fn files() -> Vec<PathBuf> {
    let chosen = dialog().pick_files().await.unwrap_or_default();
    chosen.iter().map(path).collect()
}

/// One file.
pub(crate) async fn file() -> Option<PathBuf> {
    dialog().pick_file().await.as_ref().map(path)
}

/// One folder.
pub(crate) async fn folder() -> Option<PathBuf> {
    dialog().pick_folder().await.as_ref().map(path)
}

/// A file that is to be written; the system asks before it replaces one.
pub(crate) async fn new_file(name: &str) -> Option<PathBuf> {
    let dialog = dialog().set_file_name(name);
    dialog.save_file().await.as_ref().map(path)
}
