//! Another data key: what a removed person, a lost backup or a destroyed record still leads to opens nothing that is written from now on.
//!
//! The database is copied under the new key to `vault.db.new`, opened, looked through and compared. Then **one rename** puts the new
//! `vault.keys` in place: before it the vault is the old one, after it the new one. What is left to do (the new database takes the old
//! one's name) is finished at the next opening if the program was killed in between; see `store`.

use jiff::Timestamp;
use rusqlite::Connection;

use crate::audit::{Hand, Look, Operation};
use crate::door::{self, View};
use crate::locked::Locked;
use crate::rights::Act;
use crate::secret::Key;
use crate::told::Told;
use crate::vault::Vault;
use crate::{Error, Result, folder, store};

impl Vault {
    /// Changes the data key. Gives the vault back open; after an error it is locked, and whole under the old key or the new one.
    ///
    /// # Errors
    /// [`Error::NotForThisRole`], [`Error::DatabaseDamaged`], [`Error::DiskFull`] (it takes as much room again as the database), or the
    /// disk's.
    pub fn change_data_key(self, at: Timestamp) -> Result<Self> {
        self.needs(Act::Keys)?;
        self.place.still_there()?;
        let data_key = Key::random()?;
        let new = self.folder.new_database();
        folder::remove(&new)?;
        store::copy_to(&self.conn, &new, &data_key)?;
        let copy = self.same_under(&data_key)?;
        // In the copy alone: where the change does not come about, no log says that it did.
        let hand = Hand {
            person: &self.me.id,
            signer: &self.signer,
        };
        let mut keys = self.keys.clone();
        keys.rekey(&data_key)?;
        let file = keys.sealed(&data_key);
        let (vault, operation) = (&self.keys.vault, Operation::ChangeKey);
        // Concerns no client: what the log told of them is read anew when the copy is opened.
        let told = &mut Told::default();
        door::transact(&copy, vault, &hand, operation, at, told, |tx| {
            tx.keep_keys(&file)
        })?;
        copy.close().map_err(|(_, error)| error)?;
        self.folder.write_keys(&file)?;
        let Self {
            conn,
            me,
            signer,
            folder,
            hold,
            ..
        } = self;
        conn.close().map_err(|(_, error)| error)?;
        folder.take_new_database()?;
        for copy in folder.copies_of_upgrades() {
            // Under the old key, which is in no file any more: nobody can open them.
            folder::remove(&copy)?;
        }
        let locked = Locked::of(folder, keys.clone());
        locked.reopened(hold, keys, data_key, me, signer)
    }

    /// Opens the copy and compares it.
    fn same_under(&self, data_key: &Key) -> Result<Connection> {
        let copy = store::open_copy(&self.folder.new_database(), data_key)?;
        let (here, there) = (self.read(), View::of(&copy, &self.keys.vault));
        let same = store::problems(&copy)?.is_empty()
            && there.audit_broken(Look::Chain)?.is_none()
            && there.audit_head()? == here.audit_head()?
            && there.count()? == here.count()?;
        if same {
            Ok(copy)
        } else {
            Err(Error::DatabaseDamaged)
        }
    }
}
