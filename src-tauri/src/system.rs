//! What the system tells: the computer goes to sleep, or its screen is locked. The office locks then too.
//!
//! On Linux logind says it on the system's bus, a socket of this machine. Elsewhere, and where no logind is, a sleep is noticed at waking,
//! by the clocks: see [`crate::keeper`].

#[cfg(target_os = "linux")]
pub(crate) use linux::listen;

/// Nothing tells it here.
#[cfg(not(target_os = "linux"))]
pub(crate) fn listen<R: tauri::Runtime>(_app: &tauri::AppHandle<R>) {}

#[cfg(target_os = "linux")]
mod linux {
    use gtk::gio::{BusType, Cancellable, DBusConnection, DBusSignalFlags, bus_get_sync};
    use gtk::glib::{Variant, VariantDict};
    use tauri::{AppHandle, Manager, Runtime};

    use crate::keeper;

    /// The bus names it; only its owner's signals come through.
    const LOGIND: &str = "org.freedesktop.login1";
    const SESSION: &str = "org.freedesktop.login1.Session";

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
        on(
            &bus,
            app,
            "org.freedesktop.login1.Manager",
            "PrepareForSleep",
            None,
            begins,
        );
        on(&bus, app, SESSION, "Lock", None, |_| true);
        let properties = "org.freedesktop.DBus.Properties";
        on(
            &bus,
            app,
            properties,
            "PropertiesChanged",
            Some(SESSION),
            screen_locked,
        );
        app.manage(Listening { _bus: bus });
    }

    fn on<R: Runtime>(
        bus: &DBusConnection,
        app: &AppHandle<R>,
        interface: &str,
        signal: &str,
        first: Option<&str>,
        means_lock: fn(&Variant) -> bool,
    ) {
        let app = app.clone();
        bus.signal_subscribe(
            Some(LOGIND),
            Some(interface),
            Some(signal),
            None,
            first,
            DBusSignalFlags::NONE,
            move |_, _, _, _, _, told| {
                if means_lock(told) {
                    keeper::lock_now(app.clone());
                }
            },
        );
    }

    /// True before a sleep, false after it.
    fn begins(told: &Variant) -> bool {
        told.get::<(bool,)>().is_some_and(|(begins,)| begins)
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
        use gtk::glib::ToVariant;

        use super::*;

        #[test]
        fn only_what_means_a_lock_is_one() {
            assert!(begins(&(true,).to_variant()));
            assert!(!begins(&(false,).to_variant()));
            assert!(!begins(&("x",).to_variant()));
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
