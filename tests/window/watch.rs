//! A network of a run's own: every packet that leaves it is counted, and every socket that the app opens is listed. Nothing outside is
//! asked, and nobody's network is touched: the one way out ends in the air.

use std::collections::BTreeMap;
use std::fs;
use std::net::UdpSocket;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::journey::check;

/// Set for the copy of this program that runs inside. Every process that it starts has it too, so that none can hide.
pub(crate) const INSIDE: &str = "RELIEF_WATCHED";

/// A cable whose other end nobody holds, with the way to everywhere through it: what is sent is counted, and lost. There is no IPv6 on it;
/// whoever tries is counted as one who found no way. And no limit on core dumps: that there are none must be the app's own doing.
const CABLE: &str = "ip link set lo up && { [ ! -d /proc/sys/net/ipv6 ] || echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6; } \
    && ip link add out type veth peer name far && ip addr add 192.0.2.1/24 dev out && ip link set far up && ip link set out up \
    && ip route add default via 192.0.2.2 && ip neigh add 192.0.2.2 lladdr 02:00:00:00:00:02 dev out \
    && { ulimit -c unlimited || :; } && exec \"$@\"";

fn namespace() -> Command {
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--net", "--"]);
    command.args(["sh", "-c", CABLE, "sh"]);
    command
}

/// Why nothing can be watched here, or nothing.
pub(crate) fn lacking() -> Option<String> {
    let runs = |command: &mut Command| {
        let done = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
        done.is_ok_and(|status| status.success())
    };
    if !runs(namespace().arg("true")) {
        return Some("needs a network namespace of its own (unshare, ip)".into());
    }
    let traced = runs(Command::new("strace").args(["-D", "-f", "--seccomp-bpf", "true"]));
    (!traced).then(|| "needs strace, allowed to trace".into())
}

/// Runs this program again, inside; then sees that no process of it is left.
pub(crate) fn run() -> Result<Output, String> {
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let number = std::process::id().to_string();
    let said = namespace().arg(this).env(INSIDE, &number).output();
    let left = left_over(&format!("{INSIDE}={number}"));
    check(left.is_empty(), format!("left running: {left:?}"))?;
    said.map_err(|error| error.to_string())
}

/// The processes that did not end by themselves, by name. They are ended here.
fn left_over(marker: &str) -> Vec<String> {
    let start = Instant::now();
    loop {
        let left = marked(marker);
        let patient = start.elapsed() < Duration::from_secs(5);
        if left.is_empty() || !patient {
            for pid in left.keys() {
                let _ = Command::new("kill").args(["-9", &pid.to_string()]).status();
            }
            return left.into_values().collect();
        }
        sleep(Duration::from_millis(100));
    }
}

fn marked(marker: &str) -> BTreeMap<u32, String> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|entry| {
            let pid: u32 = entry.file_name().to_str()?.parse().ok()?;
            let variables = fs::read(entry.path().join("environ")).ok()?;
            variables
                .split(|byte| *byte == 0)
                .any(|variable| variable == marker.as_bytes())
                .then_some(())?;
            let name = fs::read_to_string(entry.path().join("comm")).ok()?;
            Some((pid, name.trim().to_owned()))
        })
        .collect()
}

/// What the system counted in this network, by name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Counters(BTreeMap<String, u64>);

impl Counters {
    pub(crate) fn now() -> Result<Self, String> {
        let read = |file: &str| fs::read_to_string(file).map_err(|error| error.to_string());
        let mut all = BTreeMap::new();
        // Sent is the tenth number after the name.
        let devices = read("/proc/net/dev")?;
        let cable = devices
            .lines()
            .find_map(|line| line.trim().strip_prefix("out:"));
        let sent = cable.and_then(|line| line.split_whitespace().nth(9)?.parse().ok());
        all.insert("packets sent".to_owned(), sent.ok_or("there is no cable")?);
        // Two lines for each protocol: the names, and their numbers.
        let counted = read("/proc/net/snmp")?;
        let lines: Vec<&str> = counted.lines().collect();
        for (names, numbers) in lines.iter().zip(lines.iter().skip(1)).step_by(2) {
            let (names, numbers) = (names.split_whitespace(), numbers.split_whitespace());
            let protocol = names.clone().next().unwrap_or_default();
            for (name, number) in names.zip(numbers) {
                if ["OutNoRoutes", "OutDatagrams"].contains(&name) {
                    all.insert(
                        format!("{protocol} {name}"),
                        number.parse().unwrap_or_default(),
                    );
                }
            }
        }
        for line in read("/proc/net/snmp6").unwrap_or_default().lines() {
            if let Some((name @ ("Ip6OutNoRoutes" | "Udp6OutDatagrams"), number)) =
                line.split_once(char::is_whitespace)
            {
                all.insert(name.to_owned(), number.trim().parse().unwrap_or_default());
            }
        }
        Ok(Self(all))
    }

    /// One packet of the test's own is counted: had the app sent one, it would have been too.
    pub(crate) fn count() -> Result<(), String> {
        let before = Self::now()?;
        UdpSocket::bind("0.0.0.0:0")
            .and_then(|socket| socket.send_to(b"packet", "198.51.100.7:9"))
            .map_err(|error| error.to_string())?;
        let after = Self::now()?;
        let rose: Vec<&str> = before
            .0
            .iter()
            .filter(|(name, number)| after.0.get(*name) == Some(&(*number + 1)))
            .map(|(name, _)| name.as_str())
            .collect();
        check(
            rose == ["Udp: OutDatagrams", "packets sent"],
            format!("a packet is sent, and counted is {rose:?}"),
        )
    }
}

/// The app started under a list of its sockets. Its process is the app itself; the lister stands beside it.
pub(crate) fn listed(program: &Path, bin: &Path, log: &Path) -> Result<PathBuf, String> {
    let script = bin.join("listed");
    let (log, program) = (log.display(), program.display());
    let words = format!(
        "#!/bin/sh\nexec strace -D -f -qq -A --seccomp-bpf -e trace=socket,bind,connect -e signal=none -o '{log}' '{program}' \"$@\"\n"
    );
    fs::write(&script, words)
        .and_then(|()| fs::set_permissions(&script, fs::Permissions::from_mode(0o755)))
        .map_err(|error| error.to_string())?;
    Ok(script)
}

/// The app and its web view open no socket of a network but the one by which the driver drives it, once a start.
pub(crate) fn only_the_driver(log: &Path, inspectors: &[String]) -> Result<(), String> {
    let log = fs::read_to_string(log).map_err(|error| error.to_string())?;
    let calls: Vec<&str> = log
        .lines()
        .filter(|line| !line.contains(" resumed>") && line.contains('('))
        // Where a process was let go at the end: no call was begun.
        .filter(|line| !line.contains("???("))
        .collect();
    let mine = |line: &&&str| line.contains("AF_UNIX") || line.contains("AF_NETLINK");
    let within_the_system = calls.iter().filter(mine).count();
    let ports: Vec<String> = inspectors
        .iter()
        .filter_map(|address| Some(format!("htons({})", address.rsplit(':').next()?)))
        .collect();
    let (mut opened, mut led, mut waits) = (0, 0, 0);
    for line in calls.iter().filter(|line| !mine(line)) {
        let to_the_driver = line.contains("inet_addr(\"127.0.0.1\")")
            && ports.iter().any(|port| line.contains(port));
        if line.contains(" socket(AF_INET") {
            opened += 1;
        } else if to_the_driver && line.contains(" bind(") {
            waits += 1;
            led += 1;
        } else if to_the_driver && line.contains(" connect(") {
            // The web view and its own waiting place, once one is asked for.
            led += 1;
        } else {
            return Err(format!("a socket of the network: {line}"));
        }
    }
    check(
        (1..=inspectors.len()).contains(&waits) && opened == led,
        format!("{opened} sockets of the network, of which {led} are the driver's"),
    )?;
    check(
        within_the_system > 0,
        "not even the display's socket is listed: nothing was watched",
    )
}
