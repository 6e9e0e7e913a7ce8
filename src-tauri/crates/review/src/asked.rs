//! What was asked, as one line that tells two questions apart; and the county somebody may have meant.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use jiff::civil::Date;
use packs::policy::Policy;
use packs::route::{Kind, Route};
use packs::test::{Leaf, Test};
use packs::{Pack, Packs};
use reading::export::JURISDICTION;
use record::findings::RouteId;
use sha2::{Digest, Sha256};

use crate::ReviewError;
use crate::files::Files;
use crate::job::Job;
use crate::whole::{Asked, question};

/// Bytes from both ends of a file that tell it from another.
const ENDS: u64 = 1 << 16;

/// The same for the same files, question and program, and for nothing else.
///
/// A file is told by its name, length, time of change and both ends; reading all of it would take as long as the review.
pub(crate) fn identity(job: &Job<'_>, pack: &Pack, files: &Files) -> Result<String, ReviewError> {
    let mut sha = Sha256::new();
    let mut put = |text: String| {
        sha.update((text.len() as u64).to_le_bytes());
        sha.update(text);
    };
    let program = std::env::current_exe().and_then(|path| path.metadata());
    put(program.map_or_else(
        |_| String::new(),
        |about| format!("{} {:?}", about.len(), about.modified().ok()),
    ));
    put(env!("CARGO_PKG_VERSION").to_owned());
    put(format!("{} {}", pack.id, pack.version));
    put(format!("{:?}", job.policy));
    let facts = job.facts || !job.what_if.is_empty();
    put(format!(
        "{} {} {} {facts}",
        job.county, job.as_of, job.memory
    ));
    put(job.decisions.identity());
    for path in &files.paths {
        put(format!("{} {}", path.display(), of_file(path)?));
    }
    for (path, _) in &files.twice {
        put(path.display().to_string());
    }
    Ok(hex(&sha.finalize()))
}

/// The question in the pack's terms.
pub(crate) fn asked<'p>(
    county: &str,
    as_of: Date,
    policy: Policy,
    packs: &'p Packs,
) -> Result<Asked<'p>, ReviewError> {
    let pack = packs.pack(JURISDICTION).ok_or(ReviewError::Pack)?;
    let courts = pack.courts.as_ref().ok_or(ReviewError::Pack)?;
    let route = pack.route(&policy.route).ok_or(ReviewError::Pack)?;
    if !route.exists(as_of) {
        return Err(ReviewError::NoLaw {
            as_of,
            from: route.from,
            until: route.until,
        });
    }
    let known = courts.county(county).ok_or_else(|| ReviewError::County {
        name: county.to_owned(),
        nearest: nearest(county, courts.counties().iter().map(|c| c.name.as_str())),
    })?;
    Ok(Asked {
        packs,
        pack,
        since: route.from,
        of_every_row: undated(route, pack),
        county: known.name.clone(),
        ask: question(as_of, RouteId(format!("{}/{}", pack.id, route.id))),
        policy,
    })
}

// Where it is cited that a record gives no day of the offense.
fn undated<'p>(route: &'p Route, pack: &'p Pack) -> Vec<&'p str> {
    let Kind::Rules(rules) = &route.kind else {
        return Vec::new();
    };
    let notices = rules.notices.iter();
    let undated = notices.filter(|notice| matches!(notice.test, Test::One(Leaf::Undated)));
    undated
        .map(|notice| pack.sources.get(notice.review.cite).cite.as_str())
        .collect()
}

fn of_file(path: &Path) -> Result<String, ReviewError> {
    let read = || {
        let mut file = File::open(path)?;
        let about = file.metadata()?;
        let mut ends = Vec::new();
        Read::by_ref(&mut file).take(ENDS).read_to_end(&mut ends)?;
        file.seek(SeekFrom::Start(about.len().saturating_sub(ENDS)))?;
        file.take(ENDS).read_to_end(&mut ends)?;
        let ends = hex(&Sha256::digest(&ends));
        Ok(format!(
            "{} {:?} {ends}",
            about.len(),
            about.modified().ok()
        ))
    };
    read().map_err(ReviewError::io(path))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The name with the most letters in common from the start; nothing where none has any.
fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let name = name.trim().to_lowercase();
    let alike = |other: &str| {
        let other = other.to_lowercase();
        name.chars()
            .zip(other.chars())
            .take_while(|(a, b)| a == b)
            .count()
    };
    known
        .map(|other| (alike(other), other))
        .filter(|(n, _)| *n > 1)
        .max_by_key(|(n, other)| (*n, std::cmp::Reverse(other.len())))
        .map(|(_, other)| other.to_owned())
}
