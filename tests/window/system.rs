//! The computer goes to sleep or locks its screen: the office is closed by then. A real bus of this run's own, on which this test takes the
//! part of logind, the system's own teller.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use gtk::gio::{Cancellable, DBusCallFlags, DBusConnection, DBusConnectionFlags};
use gtk::glib::{ToVariant, Variant, VariantDict};

use crate::app::App;
use crate::display::Display;
use crate::home::Home;
use crate::journey::{PASSPHRASE, check, program};
use crate::safe::made;

const NONE: Option<&Cancellable> = None;
const SESSION: &str = "org.freedesktop.login1.Session";

/// Says one thing on the bus.
type Tell<'a> = Box<dyn Fn() -> Result<(), String> + 'a>;

/// A bus that ends with this value.
struct Bus {
    daemon: Child,
    address: String,
}

impl Bus {
    fn start() -> Result<Self, String> {
        let mut daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("dbus-daemon does not start: {error}"))?;
        let mut address = String::new();
        if let Some(out) = daemon.stdout.take() {
            BufReader::new(out)
                .read_line(&mut address)
                .map_err(|error| error.to_string())?;
        }
        Ok(Self {
            daemon,
            address: address.trim().to_owned(),
        })
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

/// Somebody on the bus.
struct Teller(DBusConnection);

impl Teller {
    fn on(bus: &Bus) -> Result<Self, String> {
        let flags = DBusConnectionFlags::AUTHENTICATION_CLIENT
            | DBusConnectionFlags::MESSAGE_BUS_CONNECTION;
        DBusConnection::for_address_sync(&bus.address, flags, None, NONE)
            .map(Self)
            .map_err(|error| error.to_string())
    }

    fn become_logind(&self) -> Result<(), String> {
        let bus = "org.freedesktop.DBus";
        let name = ("org.freedesktop.login1", 0_u32).to_variant();
        let flags = DBusCallFlags::NONE;
        let path = "/org/freedesktop/DBus";
        self.0
            .call_sync(
                Some(bus),
                path,
                bus,
                "RequestName",
                Some(&name),
                None,
                flags,
                5000,
                NONE,
            )
            .map(drop)
            .map_err(|error| error.to_string())
    }

    fn tells(&self, interface: &str, signal: &str, what: &Variant) -> Result<(), String> {
        let path = match interface {
            "org.freedesktop.login1.Manager" => "/org/freedesktop/login1",
            _ => "/org/freedesktop/login1/session/_31",
        };
        self.0
            .emit_signal(None, path, interface, signal, Some(what))
            .and_then(|()| self.0.flush_sync(NONE))
            .map_err(|error| error.to_string())
    }

    fn sleep(&self, begins: bool) -> Result<(), String> {
        let manager = "org.freedesktop.login1.Manager";
        self.tells(manager, "PrepareForSleep", &(begins,).to_variant())
    }
}

pub(crate) fn locks() -> Result<(), String> {
    let bus = Bus::start()?;
    let display = Display::start()?;
    let home = Home::new()?;
    drop(made(
        &home.path("office/vault"),
        "Lantern Street",
        &["Quill"],
    )?);
    let data = home.path("office").display().to_string();
    let more = [("DBUS_SYSTEM_BUS_ADDRESS", bus.address.clone())];
    let mut window = App::open_with(&program(), &["--data", &data], &display, &home, &more)?;
    let enter = |window: &App| {
        window.fill("Passphrase", PASSPHRASE)?;
        window.press("button", "Unlock*")?;
        window.find("testid", "client-row").map(drop)
    };
    let logind = Teller::on(&bus)?;
    enter(&window)?;
    // Anybody on the bus may say so; only the owner of the name is believed. And a sleep that is over locks nothing.
    logind.sleep(true)?;
    logind.become_logind()?;
    logind.sleep(false)?;
    std::thread::sleep(Duration::from_secs(1));
    check(
        window.count("testid", "client-row")? == 1,
        "the office was locked by a stranger, or after a sleep",
    )?;
    let hint = VariantDict::new(None);
    hint.insert_value("LockedHint", &true.to_variant());
    let nothing: Vec<String> = Vec::new();
    let changed =
        Variant::tuple_from_iter([SESSION.to_variant(), hint.end(), nothing.to_variant()]);
    let none = Variant::tuple_from_iter(Vec::<Variant>::new());
    let tell: [(&str, Tell<'_>); 3] = [
        ("a sleep", Box::new(|| logind.sleep(true))),
        (
            "a request to lock",
            Box::new(|| logind.tells(SESSION, "Lock", &none)),
        ),
        (
            "a locked screen",
            Box::new(|| {
                logind.tells(
                    "org.freedesktop.DBus.Properties",
                    "PropertiesChanged",
                    &changed,
                )
            }),
        ),
    ];
    for (number, (what, tell)) in tell.iter().enumerate() {
        if number > 0 {
            enter(&window)?;
        }
        tell()?;
        window.take_over().map_err(|why| format!("{what}: {why}"))?;
        window
            .find("testid", "unlock")
            .map_err(|why| format!("{what} locked nothing: {why}"))?;
    }
    Ok(())
}
