//! What a volunteer does on the first day.

use std::path::Path;

use crate::display::Display;
use crate::driver::Window;
use crate::home::Home;

/// The program as cargo built it, or another to measure (a release) in `RELIEF_APP`.
fn app() -> std::path::PathBuf {
    std::env::var_os("RELIEF_APP").unwrap_or_else(|| env!("CARGO_BIN_EXE_relief-desk").into()).into()
}

/// An empty folder: the window opens and says what it is.
pub(crate) fn first_start() -> Result<(), String> {
    let display = Display::start()?;
    let home = Home::new()?;
    let vault = home.path("vault").join("clinic");
    let window = Window::open(&app(), &["--data", &vault.display().to_string()], &display, &home)?;
    window.see("Relief Desk")?;
    window.picture("first-start")?;
    println!("from start to the first heading: {} ms, the driver's work included", window.opened_in.as_millis());
    let memory = window.memory();
    for (name, resident, proportional) in &memory {
        println!("memory at rest: {name} {} MiB resident, {} MiB proportional", resident / 1024, proportional / 1024);
    }
    if Path::new(&vault).join("vault.db").exists() {
        return Err("a vault was made before anybody asked for it".into());
    }
    Ok(())
}

/// From vault creation to a saved packet.
pub(crate) fn whole() -> Result<(), String> {
    Err("not written".into())
}
