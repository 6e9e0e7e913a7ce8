//! Where a packet is saved: the folder that the command line named, or the one a person chooses.

use std::path::PathBuf;

/// The folder that the command line named, if any.
pub(crate) struct Packets(pub(crate) Option<PathBuf>);

impl Packets {
    /// The folder to save in; `None` where the person chose none.
    pub(crate) async fn folder(&self) -> Option<PathBuf> {
        match &self.0 {
            Some(folder) => Some(folder.clone()),
            None => rfd::AsyncFileDialog::new()
                .set_title("Relief Desk")
                .pick_folder()
                .await
                .map(|chosen| chosen.path().to_owned()),
        }
    }
}
