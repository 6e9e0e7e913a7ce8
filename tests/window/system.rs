//! The computer goes to sleep or locks its screen: the office is closed by then. A real bus of this run's own, on which this test takes the
//! part of logind, the system's own teller.

use std::io::{BufRead, BufReader, PipeReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use desk::Door;
use desk::view::Unlock;
use gtk::gio::{
    Cancellable, DBusCallFlags, DBusConnection, DBusConnectionFlags, DBusNodeInfo, UnixFDList,
};
use gtk::glib::{MainContext, ToVariant, Variant, VariantDict};

use crate::app::App;
use crate::display::Display;
use crate::home::Home;
use crate::journey::{PASSPHRASE, check, program};
use crate::safe::{made, now};

const NONE: Option<&Cancellable> = None;
const SESSION: &str = "org.freedesktop.login1.Session";

/// The one thing of logind that is asked for an answer.
const MANAGER: &str = "<node><interface name='org.freedesktop.login1.Manager'><method name='Inhibit'>\
    <arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>\
    <arg type='h' direction='out'/></method></interface></node>";

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
    fn on(address: &str) -> Result<Self, String> {
        let flags = DBusConnectionFlags::AUTHENTICATION_CLIENT
            | DBusConnectionFlags::MESSAGE_BUS_CONNECTION;
        DBusConnection::for_address_sync(address, flags, None, NONE)
            .map(Self)
            .map_err(|error| error.to_string())
    }

    /// One whose questions are answered, on a thread that lives as long as the tests.
    fn answering(address: String, asked: Sender<(String, PipeReader)>) -> Result<Self, String> {
        let (tell, told) = channel();
        std::thread::spawn(move || {
            let context = MainContext::new();
            let _ = context.with_thread_default(|| {
                let teller = Self::on(&address);
                let teller = teller.and_then(|one| one.waits_where_asked(asked).map(|()| one));
                let goes_on = teller.is_ok();
                let _ = tell.send(teller);
                if goes_on {
                    loop {
                        context.iteration(true);
                    }
                }
            });
        });
        let teller = told.recv().map_err(|error| error.to_string())??;
        teller.become_logind()?;
        Ok(teller)
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

    /// Whoever asks that the sleep waits gets the one end of a pipe, and the test the other.
    fn waits_where_asked(&self, asked: Sender<(String, PipeReader)>) -> Result<(), String> {
        let told = |error: gtk::glib::Error| error.to_string();
        let interface = DBusNodeInfo::for_xml(MANAGER)
            .map_err(told)?
            .lookup_interface("org.freedesktop.login1.Manager")
            .ok_or("the interface is not described")?;
        let answer = move |what: Variant| -> Option<UnixFDList> {
            let (what, _, _, mode) = what.get::<(String, String, String, String)>()?;
            let (reader, writer) = std::io::pipe().ok()?;
            asked.send((format!("{what} {mode}"), reader)).ok()?;
            Some(UnixFDList::from_array([std::os::fd::OwnedFd::from(writer)]))
        };
        self.0
            .register_object(
                "/org/freedesktop/login1",
                &interface,
                move |_, _, _, _, _, what, call| match answer(what) {
                    Some(files) => {
                        let first = gtk::glib::variant::Handle(0).to_variant();
                        let body = Variant::tuple_from_iter([first]);
                        call.return_value_with_unix_fd_list(Some(&body), Some(&files));
                    }
                    None => call.return_dbus_error("org.test.Wrong", "no such question"),
                },
                |_, _, _, _, _| false.to_variant(),
                |_, _, _, _, _, _| false,
            )
            .map(drop)
            .map_err(told)
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

/// What the program asked logind to wait with, and when it lets go.
fn held(asks: &Receiver<(String, PipeReader)>) -> Result<Receiver<()>, String> {
    let (what, mut pipe) = asks
        .recv_timeout(Duration::from_secs(20))
        .map_err(|_| "logind is not asked to wait with a sleep")?;
    check(what == "sleep delay", format!("logind is asked for {what}"))?;
    let (tell, told) = channel();
    std::thread::spawn(move || {
        let _ = pipe.read_to_end(&mut Vec::new());
        let _ = tell.send(());
    });
    Ok(told)
}

/// The sleep waits until the office is locked: at the moment in which it may go on, the folder is free, and somebody else could open it.
fn sleep_waits(logind: &Teller, held: &Receiver<()>, folder: &Path) -> Result<(), String> {
    check(
        held.recv_timeout(Duration::from_millis(300)).is_err(),
        "a sleep would not wait for the office",
    )?;
    logind.sleep(true)?;
    held.recv_timeout(Duration::from_secs(20))
        .map_err(|_| "the computer is kept from sleeping")?;
    let mut door = Door::at(folder.to_owned());
    let session = door.session(now()).map_err(|error| error.to_string())?;
    let ask = Unlock {
        person: session.people[0].id.clone(),
        passphrase: PASSPHRASE.into(),
    };
    let desk = door
        .unlock(&ask, now())
        .map_err(|error| format!("the computer sleeps before the office is locked: {error}"))?;
    desk.lock(now());
    Ok(())
}

pub(crate) fn locks() -> Result<(), String> {
    let bus = Bus::start()?;
    let (asked, asks) = channel();
    let logind = Teller::answering(bus.address.clone(), asked)?;
    let display = Display::start()?;
    let home = Home::new()?;
    let folder = home.path("office/vault");
    drop(made(&folder, "Lantern Street", &["Quill"])?);
    let data = home.path("office").display().to_string();
    let more = [("DBUS_SYSTEM_BUS_ADDRESS", bus.address.clone())];
    let mut window = App::open_with(&program(), &["--data", &data], &display, &home, &more)?;
    let enter = |window: &App| {
        window.fill("Passphrase", PASSPHRASE)?;
        window.press("button", "Unlock*")?;
        window.find("testid", "client-row").map(drop)
    };
    held(&asks)?;
    enter(&window)?;
    // Anybody on the bus may say so; only the owner of the name is believed. And a sleep that is over locks nothing.
    Teller::on(&bus.address)?.sleep(true)?;
    logind.sleep(false)?;
    let waits = held(&asks)?;
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
        (
            "a sleep",
            Box::new(|| sleep_waits(&logind, &waits, &folder)),
        ),
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
