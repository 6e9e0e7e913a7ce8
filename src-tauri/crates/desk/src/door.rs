//! A closed office: who is there, and the ways in.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use record::clinic::{Attorney, Clinic, Language};
use vault::{ABOUT_A_SECOND, Cost, Passphrase, PersonId, RecoveryCode, Vault};

use crate::review::Room;
use crate::training::Training;
use crate::view::{Create, Created, Member, Phase, Recover, Role, Session, Unlock};
use crate::{Desk, Error, IDLE_MINUTES, Moment, Result};

/// A closed office.
#[derive(Clone)]
pub struct Door {
    place: Place,
    language: Language,
    wrong_tries: u32,
    room: Room,
    /// Whether an office was seen in the folder while the program ran.
    seen: Cell<bool>,
}

#[derive(Clone)]
enum Place {
    Office(PathBuf),
    Training(Arc<Training>),
}

impl Door {
    /// The office in a folder, which need not be there yet.
    #[must_use]
    pub fn at(folder: PathBuf) -> Self {
        Self::of(Place::Office(folder))
    }

    /// A made-up office in a fresh folder that vanishes with the last door or desk of it. No other folder can be opened.
    ///
    /// # Errors
    /// The temporary folder could not be made.
    pub fn training() -> Result<Self> {
        Ok(Self::of(Place::Training(Arc::new(Training::new()?))))
    }

    fn of(place: Place) -> Self {
        Self {
            place,
            language: Language::En,
            wrong_tries: 0,
            room: Room::default(),
            seen: Cell::new(false),
        }
    }

    /// What the window shows first.
    ///
    /// # Errors
    /// The folder holds something that is no office of this program, or a damaged or newer one.
    pub fn session(&self, now: Moment) -> Result<Session> {
        let mut session = self.blank(now);
        match Vault::open(self.folder()) {
            Ok(locked) => {
                self.seen.set(true);
                session.phase = Phase::Locked;
                session.clinic = Some(locked.clinic().to_owned());
                session.people = locked.people().iter().map(member).collect();
            }
            // An office that was here a moment ago has gone with its disk: nobody is asked to make a new one in its place.
            Err(vault::Error::NoVault) if self.seen.get() && !self.is_training() => {
                return Err(vault::Error::FolderGone.into());
            }
            Err(vault::Error::NoVault) if is_empty(self.folder()) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(session)
    }

    pub(crate) fn blank(&self, now: Moment) -> Session {
        let training = match &self.place {
            Place::Office(_) => None,
            Place::Training(training) => Some(training.passphrase().to_owned()),
        };
        Session {
            phase: Phase::New,
            clinic: None,
            people: Vec::new(),
            who: None,
            training: training.is_some(),
            training_passphrase: training,
            today: now.today,
            lang: self.language,
            jurisdictions: Vec::new(),
            idle_minutes: IDLE_MINUTES,
            wrong_tries: self.wrong_tries,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    /// Makes a new office and enters it. The first person is administrator and attorney.
    ///
    /// # Errors
    /// The folder is not empty, a name or the passphrase is missing, or the disk's.
    pub fn create(&mut self, ask: &Create, now: Moment) -> Result<(Desk, Created)> {
        if self.is_training() {
            return Err(Error::Training);
        }
        let clinic = Clinic {
            name: ask.clinic.trim().to_owned(),
            language: self.language,
            attorneys: vec![Attorney {
                name: ask.person.trim().to_owned(),
                bar: ask
                    .bar
                    .as_deref()
                    .map(str::trim)
                    .filter(|bar| !bar.is_empty())
                    .map(str::to_owned),
                ..Attorney::default()
            }],
            ..Clinic::default()
        };
        let cost = Cost::tuned(ABOUT_A_SECOND)?;
        let (mut desk, created) = self.make(&clinic, &ask.passphrase, cost, now)?;
        // The office is made, and its code is shown now or never: a reminder that cannot be kept does not stand in its way.
        let _ = desk.code_on_paper(false, now);
        Ok((desk, created))
    }

    fn make(
        &self,
        clinic: &Clinic,
        passphrase: &str,
        cost: Cost,
        now: Moment,
    ) -> Result<(Desk, Created)> {
        let person = clinic
            .attorneys
            .first()
            .map_or("", |attorney| &attorney.name);
        let (vault, code) = Vault::create(
            self.folder(),
            &vault::Create {
                clinic,
                person,
                passphrase: &Passphrase::new(passphrase)?,
                cost,
                at: now.at,
            },
        )?;
        let created = Created {
            recovery_code: code.to_string(),
        };
        Ok((Desk::new(vault, self.clone())?, created))
    }

    /// Enters with a passphrase. Takes about a second, by design.
    ///
    /// # Errors
    /// The passphrase is wrong, nobody of that name is there, or the office cannot be opened.
    pub fn unlock(&mut self, ask: &Unlock, now: Moment) -> Result<Desk> {
        let locked = Vault::open(self.folder())?;
        let person = PersonId(ask.person.clone());
        match locked.unlock(&person, &Passphrase::new(ask.passphrase.as_str())?, now.at) {
            Ok(vault) => self.enter(vault),
            Err(error) => {
                if matches!(error, vault::Error::WrongPassphrase) {
                    self.wrong_tries += 1;
                }
                Err(error.into())
            }
        }
    }

    /// Enters with the printed recovery code and gives a person a new passphrase: the first one, unless another is named.
    ///
    /// # Errors
    /// The code is mistyped or another office's, or the office cannot be opened.
    pub fn recover(&mut self, ask: &Recover, now: Moment) -> Result<Desk> {
        let locked = Vault::open(self.folder())?;
        let code = code_of(&ask.code, ask.second.as_deref())?;
        let passphrase = Passphrase::new(ask.new_passphrase.as_str())?;
        let person = match &ask.person {
            Some(id) => PersonId(id.clone()),
            None => {
                let mut people = locked.people().into_iter();
                people.next().ok_or(vault::Error::UnknownPerson)?.id
            }
        };
        let cost = Cost::tuned(ABOUT_A_SECOND)?;
        let vault = locked.recover(&code, &person, &passphrase, cost, now.at)?;
        self.enter(vault)
    }

    /// Makes the made-up office, fills it, and closes it: a learner unlocks it as everybody does, with the random passphrase that
    /// the session tells. Does nothing for a real office, or where it was made before.
    ///
    /// # Errors
    /// The temporary folder's, or the rules'.
    pub fn begin_training(&mut self, now: Moment) -> Result<()> {
        let Place::Training(training) = &self.place else {
            return Ok(());
        };
        if !is_empty(training.folder()) {
            return Ok(());
        }
        // Nothing in here needs guarding, so the cheapest slot is good enough.
        let cost = Cost::tuned(std::time::Duration::ZERO)?;
        let (mut desk, _) = self.make(&training.clinic(), training.passphrase(), cost, now)?;
        desk.fill_with_made_up_clients(now)?;
        desk.lock(now);
        Ok(())
    }

    /// Chooses the language of words.
    pub fn speak(&mut self, language: Language) {
        self.language = language;
    }

    /// A place beside the office's own folder, for files that hold no client's data.
    #[must_use]
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder().with_file_name(name)
    }

    /// What goes on whether somebody is in or not.
    pub(crate) fn room(&self) -> &Room {
        &self.room
    }

    pub(crate) fn language(&self) -> Language {
        self.language
    }

    pub(crate) fn is_training(&self) -> bool {
        matches!(self.place, Place::Training(_))
    }

    /// The folder is another one from now on, or empty on purpose.
    pub(crate) fn forget(&self) {
        self.seen.set(false);
    }

    fn enter(&mut self, vault: Vault) -> Result<Desk> {
        self.wrong_tries = 0;
        Desk::new(vault, self.clone())
    }

    pub(crate) fn folder(&self) -> &Path {
        match &self.place {
            Place::Office(folder) => folder,
            Place::Training(training) => training.folder(),
        }
    }
}

/// The code as it stands on one sheet, or as two of three give it. The numbers that stand beside the words on paper may be typed too.
pub(crate) fn code_of(typed: &str, second: Option<&str>) -> Result<RecoveryCode> {
    let words = |text: &str| -> String {
        let number = |word: &str| {
            word.strip_suffix('.')
                .is_some_and(|number| number.parse::<u8>().is_ok())
        };
        let words = text.split_whitespace().filter(|word| !number(word));
        words.collect::<Vec<_>>().join(" ")
    };
    Ok(match second {
        Some(second) => RecoveryCode::from_shares(&words(typed), &words(second))?,
        None => words(typed).parse()?,
    })
}

/// A person as the window shows one.
pub(crate) fn member(person: &vault::Person) -> Member {
    let role = if person.is(vault::Role::Administrator) {
        Role::Administrator
    } else if person.is(vault::Role::Attorney) {
        Role::Attorney
    } else {
        Role::Volunteer
    };
    Member {
        id: person.id.0.clone(),
        name: person.name.clone(),
        role,
        attorney: person.is(vault::Role::Attorney),
        must_change: person.must_change,
    }
}

/// Nothing is there: no folder, or nothing in it.
pub(crate) fn is_empty(folder: &Path) -> bool {
    match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}
