//! Reading a file whose pages may be pictures, with an engine that lives elsewhere: the window's.
//!
//! The reader runs on a thread of its own. When it meets a picture it waits: the picture is fetched, its letters are recognised in the
//! window, and the words come back through the same door that the native engine uses ([`reading::Recognizer`]). Nothing of a page stays
//! once its words are there. A stop is seen at once by whoever waits; the thread ends at its next look.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use packs::Packs;
use reading::{Draft, Picture, Progress, ReadError, Recognizer, Word};
use vault::{Act, ClientId};

use crate::view::{Imported, ReadStep};
use crate::{Desk, Error, Moment, Result};

/// A file that is being read. Shared with whoever waits for its next step; the desk holds it.
pub struct Scan {
    steps: Mutex<Receiver<Step>>,
    words: Mutex<Option<Sender<Vec<Word>>>>,
    picture: Mutex<Option<Picture>>,
    draft: Mutex<Option<Draft>>,
    stopped: Arc<AtomicBool>,
}

enum Step {
    Picture(Picture, Progress),
    Done(Box<std::result::Result<Draft, ReadError>>),
}

impl Scan {
    fn begin(bytes: Arc<[u8]>, packs: &'static Packs) -> Result<Self> {
        let (tell, steps) = channel();
        let (words, answers) = channel();
        let stopped = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&stopped);
        let read = move || {
            let progress = std::cell::Cell::new(Progress { page: 0, pages: 0 });
            let mut engine = Elsewhere {
                tell: &tell,
                answers: &answers,
                progress: &progress,
            };
            let draft = reading::read_pages(&bytes, packs, Some(&mut engine), &mut |now| {
                progress.set(now);
                !stop.load(Ordering::Relaxed)
            });
            // Nobody listens any more where it was stopped.
            let _ = tell.send(Step::Done(Box::new(draft)));
        };
        std::thread::Builder::new()
            .name("reading".into())
            .spawn(read)
            .map_err(|_| Error::Read(ReadError::Stopped))?;
        Ok(Self {
            steps: Mutex::new(steps),
            words: Mutex::new(Some(words)),
            picture: Mutex::new(None),
            draft: Mutex::new(None),
            stopped,
        })
    }

    /// Waits for the next picture, or for the end.
    ///
    /// # Errors
    /// The file is no sheet, with what to do about it; or the reading was stopped.
    pub fn next(&self) -> Result<ReadStep> {
        match lock(&self.steps).recv() {
            Ok(Step::Picture(picture, Progress { page, pages })) => {
                *lock(&self.picture) = Some(picture);
                Ok(ReadStep::Picture { page, pages })
            }
            Ok(Step::Done(draft)) => {
                *lock(&self.draft) = Some((*draft)?);
                Ok(ReadStep::Read)
            }
            Err(_) => Err(Error::Read(ReadError::Stopped)),
        }
    }

    /// The picture whose letters are to be recognised, as a portable grey map.
    ///
    /// # Errors
    /// No picture waits.
    pub fn picture(&self) -> Result<Vec<u8>> {
        let picture = lock(&self.picture);
        let picture = picture.as_ref().ok_or(Error::NotReading)?;
        Ok(picture.pgm())
    }

    /// Gives the words of the picture, as the table that Tesseract writes.
    ///
    /// # Errors
    /// No picture waits.
    pub fn words(&self, table: &str) -> Result<()> {
        lock(&self.picture).take().ok_or(Error::NotReading)?;
        let words = lock(&self.words);
        let sent = words.as_ref().map(|to| to.send(Word::of_table(table)));
        match sent {
            Some(Ok(())) => Ok(()),
            _ => Err(Error::Read(ReadError::Stopped)),
        }
    }

    /// Stops it. Pictures and words are dropped.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
        lock(&self.words).take();
        lock(&self.picture).take();
    }
}

fn lock<T>(what: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The engine as the reader sees it.
struct Elsewhere<'a> {
    tell: &'a Sender<Step>,
    answers: &'a Receiver<Vec<Word>>,
    progress: &'a std::cell::Cell<Progress>,
}

impl Recognizer for Elsewhere<'_> {
    fn recognize(&mut self, picture: &Picture) -> std::result::Result<Vec<Word>, ReadError> {
        let step = Step::Picture(picture.clone(), self.progress.get());
        // Both are gone when the reading was stopped.
        self.tell.send(step).map_err(|_| ReadError::Stopped)?;
        self.answers.recv().map_err(|_| ReadError::Stopped)
    }
}

/// The desk's hold on a reading: gone with the desk, and the reading ends with it.
pub(crate) struct Reading {
    scan: Arc<Scan>,
    client: ClientId,
    name: String,
    bytes: Arc<[u8]>,
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.scan.stop();
    }
}

impl Desk {
    /// Begins to read a file for a client; one that was begun before is stopped. Nothing is kept before [`Desk::keep_read`].
    ///
    /// # Errors
    /// There is no such client.
    pub fn begin_reading(
        &mut self,
        client: ClientId,
        name: &str,
        bytes: &[u8],
    ) -> Result<Arc<Scan>> {
        self.needs(Act::Work)?;
        self.vault.read().client(&client)?;
        let bytes: Arc<[u8]> = bytes.into();
        let scan = Arc::new(Scan::begin(Arc::clone(&bytes), self.packs)?);
        self.reading = Some(Reading {
            scan: Arc::clone(&scan),
            client,
            name: name.to_owned(),
            bytes,
        });
        Ok(scan)
    }

    /// The reading that was begun.
    ///
    /// # Errors
    /// There is none.
    pub fn reading(&self) -> Result<Arc<Scan>> {
        let reading = self.reading.as_ref().ok_or(Error::NotReading)?;
        Ok(Arc::clone(&reading.scan))
    }

    /// Stops a reading, where there is one.
    pub fn stop_reading(&mut self) {
        self.reading = None;
    }

    /// Keeps what was read; asks first where the sheet may be of somebody else, unless a person is sure.
    ///
    /// # Errors
    /// Nothing was read to its end.
    pub fn keep_read(&mut self, sure: bool, now: Moment) -> Result<Imported> {
        let reading = self.reading.as_ref().ok_or(Error::NotReading)?;
        let draft = lock(&reading.scan.draft).clone();
        let draft = draft.ok_or(Error::NotReading)?;
        let (client, name) = (reading.client.clone(), reading.name.clone());
        let bytes = Arc::clone(&reading.bytes);
        let imported = self.keep_if_sure(client, &name, &bytes, draft, sure, now)?;
        if matches!(imported, Imported::Kept { .. }) {
            self.reading = None;
        }
        Ok(imported)
    }
}
