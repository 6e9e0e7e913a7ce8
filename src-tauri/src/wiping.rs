//! What the libraries under the window let go of is overwritten, as Rust's own memory is.
//!
//! Every question and answer of the page passes through the app's process in buffers of GLib and WebKit, which C's allocator hands out. It
//! overwrites what it takes back only if it was told so before the program's first line. So on Linux the program begins a second time in the
//! same process, with four settings:
//!
//! - `glibc.malloc.perturb`: freed memory is filled with a byte;
//! - `glibc.malloc.tcache_count=0`: the small blocks that a thread keeps at hand would be left out of it;
//! - `G_SLICE=always-malloc`: so does GLib before 2.76 with pools of its own;
//! - `Malloc=1`: so does WebKit.
//!
//! The page's process gets none of them: it ends at every lock, and reading pictures takes twice as long in it with the last.
//! Elsewhere the systems have no such settings: `SECURITY.md` says so.

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod gnu {
    use std::env;
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    use gtk::glib;

    const TUNABLES: &str = "GLIBC_TUNABLES";
    /// Any byte but zero; 0x55 is no letter that stands beside others by chance.
    const OURS: &str = "glibc.malloc.perturb=85:glibc.malloc.tcache_count=0";
    const POOLS: [(&str, &str); 2] = [("G_SLICE", "always-malloc"), ("Malloc", "1")];

    pub(super) fn begin() {
        let theirs = env::var(TUNABLES).unwrap_or_default();
        match theirs.strip_suffix(OURS) {
            None => again(&theirs),
            Some(theirs) => hide(theirs.trim_end_matches(':')),
        }
    }

    /// Comes back only where the system refuses: the program then goes on as it is.
    fn again(theirs: &str) {
        let Ok(program) = env::current_exe() else {
            return;
        };
        let mut args = env::args_os();
        let mut again = Command::new(program);
        if let Some(name) = args.next() {
            again.arg0(name);
        }
        let all = [theirs, OURS].map(str::to_owned);
        let all: Vec<String> = all.into_iter().filter(|part| !part.is_empty()).collect();
        again.args(args).env(TUNABLES, all.join(":"));
        for (name, value) in POOLS {
            if env::var_os(name).is_none() {
                again.env(name, value);
            }
        }
        let _ = again.exec();
    }

    /// The settings hold for this process; those that it starts see what the program was started with.
    fn hide(theirs: &str) {
        if theirs.is_empty() {
            glib::unsetenv(TUNABLES);
        } else {
            let _ = glib::setenv(TUNABLES, theirs, true);
        }
        for (name, value) in POOLS {
            if env::var(name).is_ok_and(|now| now == value) {
                glib::unsetenv(name);
            }
        }
    }
}

/// First thing in `main`, before there is a second thread.
pub fn begin() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    gnu::begin();
}
