//! The press: a template and its data in, PDF bytes out. Offline and sandboxed: a template sees the project's own files and
//! `/data.json`, nothing else.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;

use jiff::civil::Date;
use rayon::{ThreadPool, ThreadPoolBuilder};
use serde::Serialize;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Content, Datetime, Duration, Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::{LazyHash, PicoStr};
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::fonts::{self, FACES};
use crate::{PaperError, Signature};

/// A finished document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Printed {
    /// The PDF.
    pub(crate) bytes: Vec<u8>,
    /// How many pages it has.
    pub(crate) pages: usize,
    /// Who signs where, in the order of the pages.
    pub(crate) signs: Vec<Signature>,
}

/// The layouts a paper can have; each is one file of `templates/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Numbered pleading paper, for what is filed.
    Pleading,
    /// The clinic's cover sheet.
    Cover,
    /// The client's sheet.
    Client,
    /// The sheet before a set of papers in a print job.
    Separator,
    /// A report of numbers.
    Figures,
    /// A schedule of cases.
    Schedule,
    /// A list for the desk.
    List,
    /// Labels to stick on envelopes.
    Labels,
    /// A letter.
    Letter,
}

impl Layout {
    /// Whether what it holds must read as it is written, or not be made at all.
    fn is_filed(self) -> bool {
        match self {
            Self::Pleading | Self::Schedule | Self::Figures | Self::Labels | Self::Letter => true,
            Self::Cover | Self::Client | Self::Separator | Self::List => false,
        }
    }

    /// The sizes of type, in points, in which it is set until one of them gives a single page; where none does, the first stays. None
    /// where the layout finds its own. To set a sheet of tables takes no longer than to measure it, and mostly the first fits.
    fn sizes(self) -> &'static [Option<f64>] {
        match self {
            Self::Cover => &[Some(10.0), Some(9.5), Some(9.0)],
            Self::Pleading
            | Self::Client
            | Self::Separator
            | Self::Figures
            | Self::Schedule
            | Self::List
            | Self::Labels
            | Self::Letter => &[None],
        }
    }

    fn file(self) -> &'static str {
        match self {
            Self::Pleading => "pleading.typ",
            Self::Cover => "cover.typ",
            Self::Client => "client.typ",
            Self::Separator => "separator.typ",
            Self::Figures => "figures.typ",
            Self::Schedule => "schedule.typ",
            Self::List => "list.typ",
            Self::Labels => "labels.typ",
            Self::Letter => "letter.typ",
        }
    }
}

/// Sets one paper. The same layout, data and day give the same bytes.
///
/// # Errors
/// A character no face has, or a template that does not typeset.
pub(crate) fn print<D: Serialize>(
    layout: Layout,
    data: &D,
    day: Date,
) -> Result<Printed, PaperError> {
    let failed = || PaperError::Typeset {
        template: layout.file().to_owned(),
        line: 0,
    };
    let mut value = serde_json::to_value(data).map_err(|_| failed())?;
    if layout.is_filed() {
        check(&value)?;
    } else {
        // What stays in the office or goes home is made all the same: a question mark stands where a letter cannot.
        legible(&mut value);
    }
    let mut first = None;
    for size in layout.sizes() {
        if let (Some(size), Some(value)) = (size, value.as_object_mut()) {
            value.insert("size".to_owned(), (*size).into());
        }
        let data = serde_json::to_vec(&value).map_err(|_| failed())?;
        let printed = set_on_a_press(layout, Bytes::new(data), day)?;
        if printed.pages == 1 {
            return Ok(printed);
        }
        first.get_or_insert(printed);
    }
    first.ok_or_else(failed)
}

fn set_on_a_press(layout: Layout, data: Bytes, day: Date) -> Result<Printed, PaperError> {
    let failed = PaperError::Typeset {
        template: layout.file().to_owned(),
        line: 0,
    };
    let world = Sheet {
        main: layout_id(layout),
        data,
        day: Datetime::from_ymd(
            i32::from(day.year()),
            day.month().unsigned_abs(),
            day.day().unsigned_abs(),
        ),
    };
    on_a_press(|| {
        let printed = set(&world).map_err(|errors| place(&world, &errors, failed));
        // Typst remembers every intermediate result. What the papers of a packet share (the grid, the caption) is worth keeping from one
        // to the next; all of it would make memory grow by about a megabyte a paper. To look through it takes time too, so not each time.
        if SET.fetch_add(1, Ordering::Relaxed) % 32 == 31 {
            comemo::evict(1);
        }
        printed
    })
}

/// While it lives, the presses may use again what papers share. When it is dropped, they forget everything, also what a packet made at
/// the same time shared: after the last one no word of a client stays in their memory. What is forgotten too early is only set again.
pub(crate) struct Run(());

impl Run {
    pub(crate) fn start() -> Self {
        Self(())
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        comemo::evict(0);
    }
}

fn set(world: &Sheet) -> Result<Printed, Vec<SourceDiagnostic>> {
    let document: PagedDocument = typst::compile(world)
        .output
        .map_err(|errors| errors.to_vec())?;
    let options = PdfOptions {
        standards: STANDARDS.clone(),
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|errors| errors.to_vec())?;
    Ok(Printed {
        bytes,
        pages: document.pages().len(),
        signs: signatures(&document),
    })
}

/// The lines to sign on, as the template marked them.
fn signatures(document: &PagedDocument) -> Vec<Signature> {
    let introspector = document.introspector();
    let marked = Label::new(PicoStr::intern("signs")).map(Selector::Label);
    let found = marked.map_or_else(Default::default, |marked| introspector.query(&marked));
    let one = |line: Content| {
        let page = introspector.page(line.location()?)?.get();
        let Value::Str(by) = &line.to_packed::<MetadataElem>()?.value else {
            return None;
        };
        let by = serde_json::from_value(by.as_str().into()).ok()?;
        Some(Signature { by, page })
    };
    found.into_iter().filter_map(one).collect()
}

/// Where a template failed. Typst's own message may repeat a value, so it is left out, except while testing.
fn place(world: &Sheet, errors: &[SourceDiagnostic], unknown: PaperError) -> PaperError {
    #[cfg(test)]
    for error in errors {
        println!("{}", error.message);
    }
    let Some((error, id)) = errors
        .iter()
        .find_map(|error| Some((error, error.span.id()?)))
    else {
        return unknown;
    };
    let line = world.range(error.span).and_then(|range| {
        let source = world.source(id).ok()?;
        source.lines().byte_to_line(range.start)
    });
    PaperError::Typeset {
        template: id.vpath().get_without_slash().to_owned(),
        line: line.map_or(0, |line| line + 1),
    }
}

/// Every text of the data, not only those that one layout shows.
fn check(value: &serde_json::Value) -> Result<(), PaperError> {
    match value {
        serde_json::Value::String(text) => fonts::check(text),
        serde_json::Value::Array(items) => items.iter().try_for_each(check),
        serde_json::Value::Object(items) => items.values().try_for_each(check),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {
            Ok(())
        }
    }
}

fn legible(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::String(text) => *text = fonts::legible(text),
        serde_json::Value::Array(items) => items.iter_mut().for_each(legible),
        serde_json::Value::Object(items) => items.values_mut().for_each(legible),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}

/// The presses of this machine, one for each core. Each is one thread with a deep stack: Typst recurses deeply and shares work
/// through rayon, and on rayon's ordinary threads (2 MiB) jobs stolen into one another can overflow the stack, which would take the
/// whole program down. A press steals nothing from another.
struct Presses {
    all: Vec<ThreadPool>,
    free: Mutex<Vec<usize>>,
    one_is_free: Condvar,
}

static PRESSES: LazyLock<Presses> = LazyLock::new(|| {
    let press = |n| {
        ThreadPoolBuilder::new()
            .num_threads(1)
            .stack_size(64 << 20)
            .thread_name(move |_| format!("press {n}"))
            .build()
            .expect("the machine can start one more thread")
    };
    let count = cores();
    Presses {
        all: (0..count).map(press).collect(),
        free: Mutex::new((0..count).collect()),
        one_is_free: Condvar::new(),
    }
});

/// How many papers were set.
static SET: AtomicUsize = AtomicUsize::new(0);

/// A press in use. It is free again when this is dropped, also when the work on it panicked.
struct Held(usize);

impl Held {
    fn wait() -> Self {
        let mut free = PRESSES.free();
        loop {
            if let Some(press) = free.pop() {
                return Self(press);
            }
            free = PRESSES
                .one_is_free
                .wait(free)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        PRESSES.free().push(self.0);
        PRESSES.one_is_free.notify_one();
    }
}

impl Presses {
    fn free(&self) -> MutexGuard<'_, Vec<usize>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How many packets to ask for in one go: enough that no core waits long for the slowest of them, few enough to say how far it is and to
/// stop soon.
#[must_use]
pub fn in_one_go() -> usize {
    4 * cores()
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Does the same work for each item, as many at a time as there are presses, and gives the results in the items' order.
///
/// The threads are no threads of rayon: one of those would take up the next item while it waits for a press, and wait for ever.
pub(crate) fn side_by_side<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    if items.len() < 2 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let hand = || {
        let mut done = Vec::new();
        loop {
            let n = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(n) else {
                return done;
            };
            done.push((n, work(item)));
        }
    };
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let hands: Vec<_> = (0..cores().min(items.len()))
            .map(|_| scope.spawn(hand))
            .collect();
        let results = hands.into_iter().map(|hand| hand.join());
        let whole =
            |result: thread::Result<Vec<_>>| result.unwrap_or_else(|panic| resume_unwind(panic));
        results.flat_map(whole).collect()
    });
    done.sort_unstable_by_key(|(n, _)| *n);
    done.into_iter().map(|(_, result)| result).collect()
}

fn on_a_press<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    let press = Held::wait();
    PRESSES.all[press.0].install(work)
}

/// Archivable and accessible: tagged, with a title, a language and every glyph mapped to text.
static STANDARDS: LazyLock<PdfStandards> = LazyLock::new(|| {
    PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .expect("these two standards go together")
});

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

static TEMPLATES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    [
        ("pleading.typ", include_str!("../templates/pleading.typ")),
        ("cover.typ", include_str!("../templates/cover.typ")),
        ("client.typ", include_str!("../templates/client.typ")),
        ("separator.typ", include_str!("../templates/separator.typ")),
        ("figures.typ", include_str!("../templates/figures.typ")),
        ("schedule.typ", include_str!("../templates/schedule.typ")),
        ("list.typ", include_str!("../templates/list.typ")),
        ("labels.typ", include_str!("../templates/labels.typ")),
        ("letter.typ", include_str!("../templates/letter.typ")),
        ("common.typ", include_str!("../templates/common.typ")),
    ]
    .into_iter()
    .map(|(name, text)| Source::new(id(name), text.to_owned()))
    .collect()
});

static DATA: LazyLock<FileId> = LazyLock::new(|| id("data.json"));

fn id(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("our own file names are valid");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

fn layout_id(layout: Layout) -> FileId {
    static IDS: LazyLock<Vec<(Layout, FileId)>> = LazyLock::new(|| {
        [
            Layout::Pleading,
            Layout::Cover,
            Layout::Client,
            Layout::Separator,
            Layout::Figures,
            Layout::Schedule,
            Layout::List,
            Layout::Labels,
            Layout::Letter,
        ]
        .map(|layout| (layout, id(layout.file())))
        .to_vec()
    });
    let known = IDS.iter().find(|(one, _)| *one == layout);
    known.map_or_else(|| id(layout.file()), |(_, id)| *id)
}

/// What a template can see.
struct Sheet {
    main: FileId,
    data: Bytes,
    day: Option<Datetime>,
}

impl World for Sheet {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FACES.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        TEMPLATES
            .iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *DATA {
            Ok(self.data.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FACES.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.day
    }
}
