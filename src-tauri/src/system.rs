//! What the system tells: the computer goes to sleep, or its screen is locked. The office locks then too.
//!
//! On Linux logind says it on the system's bus, a socket of this machine, and waits with the sleep until the office is locked: the program
//! holds one of its *delay* locks. Elsewhere, and where no logind is, a sleep is noticed at waking, by the clocks: see [`crate::keeper`].

#[cfg(target_os = "linux")]
pub(crate) use linux::listen;

/// Nothing tells it here.
#[cfg(not(target_os = "linux"))]
pub(crate) fn listen<R: tauri::Runtime>(_app: &tauri::AppHandle<R>) {}

#[cfg(target_os = "linux")]
mod linux {
    use std::cell::RefCell;

    use gtk::gio::{
        BusType, Cancellable, DBusCallFlags, DBusConnection, DBusSignalFlags, UnixFDList,
        bus_get_sync,
    };
    use gtk::glib::{ToVariant, Variant, VariantDict, VariantTy};
    use tauri::{AppHandle, Manager, Runtime};

    use crate::keeper;

    /// The bus names it; only its owner's signals come through.
    const LOGIND: &str = "org.freedesktop.login1";
    const MANAGER: &str = "org.freedesktop.login1.Manager";
    const SESSION: &str = "org.freedesktop.login1.Session";

    /// What logind is asked once may take as long as a computer that has just started needs.
    const PATIENCE_MS: i32 = 10_000;

    thread_local! {
        /// The sleep waits as long as this file is open. On the main thread only, where the bus is listened to.
        static HELD: RefCell<Option<UnixFDList>> = const { RefCell::new(None) };
    }

    /// Kept as long as the program runs: letting go of it ends the listening.
    struct Listening {
        _bus: DBusConnection,
    }

    /// Locks the office before a sleep, when the session is asked to lock, and when the desktop says that it locked the screen. A
    /// computer without a system's bus tells nothing, which is no reason not to start.
    pub(crate) fn listen<R: Runtime>(app: &AppHandle<R>) {
        let Ok(bus) = bus_get_sync(BusType::System, None::<&Cancellable>) else {
            return;
        };
        // Otherwise the end of the bus would be the end of the program.
        bus.set_exit_on_close(false);
        hold(&bus);
        let asleep = app.clone();
        on(
            &bus,
            MANAGER,
            "PrepareForSleep",
            None,
            move |bus, told| match told.get::<(bool,)>() {
                Some((true,)) => keeper::lock_then(asleep.clone(), let_go),
                Some((false,)) => hold(bus),
                None => {}
            },
        );
        let asked = app.clone();
        on(&bus, SESSION, "Lock", None, move |_, _| {
            keeper::lock_now(asked.clone());
        });
        let properties = "org.freedesktop.DBus.Properties";
        let changed = app.clone();
        on(
            &bus,
            properties,
            "PropertiesChanged",
            Some(SESSION),
            move |_, told| {
                if screen_locked(told) {
                    keeper::lock_now(changed.clone());
                }
            },
        );
        app.manage(Listening { _bus: bus });
    }

    fn on(
        bus: &DBusConnection,
        interface: &str,
        signal: &str,
        first: Option<&str>,
        heard: impl Fn(&DBusConnection, &Variant) + 'static,
    ) {
        bus.signal_subscribe(
            Some(LOGIND),
            Some(interface),
            Some(signal),
            None,
            first,
            DBusSignalFlags::NONE,
            move |bus, _, _, _, _, told| heard(bus, told),
        );
    }

    /// Asks logind to wait with the next sleep, at most as long as it is set to (five seconds by default). Where it does not, nothing waits,
    /// and the office is locked as quickly as may be.
    fn hold(bus: &DBusConnection) {
        let what = (
            "sleep",
            "Relief Desk",
            "The office is locked before the computer sleeps",
            "delay",
        );
        bus.call_with_unix_fd_list(
            Some(LOGIND),
            "/org/freedesktop/login1",
            MANAGER,
            "Inhibit",
            Some(&what.to_variant()),
            Some(VariantTy::new("(h)").unwrap_or(VariantTy::TUPLE)),
            DBusCallFlags::NO_AUTO_START,
            PATIENCE_MS,
            None::<&UnixFDList>,
            None::<&Cancellable>,
            |answer| {
                if let Ok((_, file)) = answer {
                    HELD.with(|held| held.replace(Some(file)));
                }
            },
        );
    }

    /// The office is locked: the computer may sleep.
    fn let_go<R: Runtime>(app: &AppHandle<R>) {
        let _ = app.run_on_main_thread(|| {
            // Closes the file.
            HELD.with(|held| held.replace(None));
        });
    }

    /// Whether the desktop says that its screen is locked now.
    fn screen_locked(told: &Variant) -> bool {
        let changed = told
            .try_child_value(1)
            .map(|changed| VariantDict::new(Some(&changed)));
        changed.is_some_and(|changed| changed.lookup::<bool>("LockedHint") == Ok(Some(true)))
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn only_what_means_a_lock_is_one() {
            let told = |name: &str, value: Variant| {
                let changed = VariantDict::new(None);
                changed.insert_value(name, &value);
                let nothing: Vec<String> = Vec::new();
                Variant::tuple_from_iter([
                    SESSION.to_variant(),
                    changed.end(),
                    nothing.to_variant(),
                ])
            };
            assert!(screen_locked(&told("LockedHint", true.to_variant())));
            assert!(!screen_locked(&told("LockedHint", false.to_variant())));
            assert!(!screen_locked(&told("LockedHint", 1.to_variant())));
            assert!(!screen_locked(&told("IdleHint", true.to_variant())));
            assert!(!screen_locked(&("x",).to_variant()));
        }
    }
}
