//! The shell: the only crate that knows Tauri. It gives the desk a window, a thread, a clock, a printer and a folder dialog,
//! and decides nothing.
//!
//! - [`options`]: the command line.
//! - [`keeper`]: the one thread that owns the session, behind a channel; the idle lock.
//! - [`session`]: locked or open, one enum.
//! - [`system`]: what the system tells of sleep and of its locked screen.
//! - [`window`]: the one window, made afresh at every lock.
//! - [`printer`]: bytes to the print queue, never a file.
//! - [`saving`]: the folder dialog.
//! - [`choosing`]: the dialogs for the files and the folder of a mass review.
//! - [`wiping`]: what the libraries under the window let go of is overwritten.
//! - [`error`]: what a refused command says.
//! - [`commands`]: one plugin per topic; each command decodes, makes one call into `desk`, encodes.

mod choosing;
mod commands;
mod error;
mod keeper;
mod options;
mod printer;
mod saving;
mod session;
mod system;
mod window;
mod wiping;

use desk::Door;
use tauri::{Builder, Context, Manager, Runtime};

pub use options::{Options, Usage};
pub use wiping::begin as wiping;

use keeper::Keeper;

/// The app on any runtime: the real one in `main`, the mock one in `tests/app`, with the same commands and permissions.
pub fn builder<R: Runtime>(builder: Builder<R>, options: Options) -> Builder<R> {
    commands::register(builder)
        .plugin(keeper::closing())
        .setup(move |app| {
            let door = match options {
                Options { training: true, .. } => Door::training()?,
                Options {
                    data: Some(folder), ..
                } => Door::at(folder.join("vault")),
                Options { data: None, .. } => {
                    Door::at(app.path().app_local_data_dir()?.join("vault"))
                }
            };
            app.manage(saving::Packets(options.packets));
            app.manage(window::Window::new(door.beside("window")));
            app.manage(Keeper::start(door)?);
            keeper::lock_when_idle(app.handle().clone());
            system::listen(app.handle());
            window::open(app.handle())?;
            Ok(())
        })
}

/// The configuration, the window's files and the permissions, baked in at build time.
#[must_use]
pub fn context<R: Runtime>() -> Context<R> {
    tauri::generate_context!()
}
