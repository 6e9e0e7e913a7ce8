//! Good input for the fuzz tests.

use super::*;
use crate::audit::AuditHead;
use crate::secret::Key;
use crate::signing::Signer;

fn laptop() -> Laptop {
    Laptop {
        id: "one".into(),
        counter: 0,
        signer: Signer::from_seed(&Key::random().unwrap()),
        age: age::x25519::Identity::generate(),
    }
}

/// The contents of a hand-over with two clients.
pub(crate) fn sample() -> Vec<u8> {
    let laptop = laptop();
    let mut bodies = Vec::new();
    let mut clients = Vec::new();
    for id in ["0000000000000000", "1111111111111111"] {
        let mut state = State::default();
        let mut counter = 0;
        for (key, value) in [
            ("person/name", "Rosa"),
            ("person/born", "1975"),
            ("note/1", "x"),
        ] {
            state.write(key, value.into(), "one", &mut counter);
        }
        let carried = Carried {
            id: id.parse().unwrap(),
            state,
            sheets: BTreeMap::from([("ab".to_owned(), "cd".to_owned())]),
        };
        let body = serde_json::to_vec(&carried).unwrap();
        clients.push(Listed {
            id: carried.id,
            sha256: Sha256::digest(&body).into(),
        });
        bodies.push(body);
    }
    let manifest = serde_json::to_vec(&Manifest {
        from: Card::of(&laptop, "Harbor Clinic"),
        to: "age1".into(),
        sequence: 1,
        made: Timestamp::UNIX_EPOCH,
        moving: false,
        audit_rows: 0,
        audit_hash: [0; 32],
        people: BTreeMap::new(),
        clients,
    })
    .unwrap();
    let mut bytes = MAGIC.to_vec();
    bytes.extend((manifest.len() as u64).to_le_bytes());
    bytes.extend(&manifest);
    bytes.extend(laptop.signer.sign(PURPOSE, &manifest));
    for body in bodies {
        bytes.extend((body.len() as u64).to_le_bytes());
        bytes.extend(body);
    }
    bytes
}

/// A card and a receipt.
pub(crate) fn samples_of_texts() -> (String, String) {
    let laptop = laptop();
    let head = AuditHead {
        rows: 3,
        hash: [1; 32],
    };
    let clients = vec!["0000000000000000".parse().unwrap()];
    let receipt = Receipt::signed(
        &laptop,
        "Harbor Clinic",
        [2; 32],
        clients,
        head,
        Timestamp::UNIX_EPOCH,
    );
    (
        Card::of(&laptop, "Harbor Clinic").to_json(),
        receipt.to_json(),
    )
}

impl Parcel<'_> {
    /// Everything that is done with a parcel short of the database.
    pub(crate) fn tried(&self) -> Result<()> {
        let mut all = State::default();
        for carried in self.clients()? {
            all.merge(&carried.state).map_err(|_| Error::VaultCopied)?;
        }
        let _ = (all.document(), all.conflicts());
        Ok(())
    }
}
