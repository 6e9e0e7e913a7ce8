//! The chain finds a row that was changed, deleted, moved or put in between.

use super::*;
use crate::secret::Key;

const VAULT: [u8; 16] = [3; 16];

fn signer(first: u8) -> Signer {
    let mut seed = Key::zero();
    *seed.bytes_mut() = [first; 32];
    Signer::from_seed(&seed)
}

/// An empty log, without the triggers that guard a real one.
fn empty() -> Connection {
    let conn = Connection::open_in_memory().unwrap();
    for sql in [
        include_str!("../../migrations/0001_clients.sql"),
        include_str!("../../migrations/0002_work.sql"),
        include_str!("../../migrations/0003_signatures.sql"),
        include_str!("../../migrations/0011_told.sql"),
        include_str!("../../migrations/0012_keys_told.sql"),
        "PRAGMA user_version = 12;",
        "PRAGMA foreign_keys = OFF;",
        "DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_deleted;",
    ] {
        conn.execute_batch(sql).unwrap();
    }
    conn
}

fn note(conn: &Connection, second: i64, who: &str, signer: &Signer) {
    let client = (second % 2 == 0).then(|| ClientId("0000000000000000".into()));
    let hand = Hand {
        person: &PersonId(who.into()),
        signer,
    };
    let at = Timestamp::from_second(second).unwrap();
    write(
        conn,
        &VAULT,
        at,
        &hand,
        Operation::Note,
        (client.as_ref(), Some("s")),
        Some(&Kept {
            client: client.as_ref().map(|_| [second as u8; 32]),
            office: [7; 32],
            keys: (second > 1).then_some([9; 32]),
        }),
    )
    .unwrap();
}

/// A log of five rows of two people.
fn log() -> Connection {
    let conn = empty();
    for second in 0..5 {
        let who = if second == 3 { "q" } else { "p" };
        note(&conn, second, who, &signer(who.as_bytes()[0]));
    }
    conn
}

/// Where the log does not hold.
fn broken(conn: &Connection, vault: &[u8; 16]) -> Result<Option<i64>> {
    super::broken(conn, vault, Look::Signatures)
}

/// Rows as older versions wrote them: hashed, not signed.
fn unsigned(conn: &Connection, rows: i64) {
    for second in 0..rows {
        let head = head(conn, &VAULT).unwrap();
        let row = AuditRow {
            seq: head.rows + 1,
            at: Timestamp::from_second(second).unwrap(),
            person: PersonId("p".into()),
            operation: "note".into(),
            client: None,
            subject: None,
            signed: false,
        };
        conn.execute(
            "INSERT INTO audit (seq, at, person, operation, hash) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                row.seq,
                stamp(row.at),
                row.person.0,
                row.operation,
                hash(&head.hash, &row)
            ],
        )
        .unwrap();
    }
}

#[test]
fn a_whole_log_holds() {
    let conn = log();
    assert_eq!(broken(&conn, &VAULT).unwrap(), None);
    assert_eq!(head(&conn, &VAULT).unwrap().rows, 5);
    assert_eq!(
        rows(&conn, 3, 9)
            .unwrap()
            .iter()
            .map(|row| row.seq)
            .collect::<Vec<_>>(),
        [4, 5]
    );
}

#[test]
fn every_kind_of_meddling_shows_at_its_row() {
    for (sql, row) in [
        ("UPDATE audit SET person = 'q' WHERE seq = 3", 3),
        (
            "UPDATE audit SET at = '1970-01-01T00:00:02.001Z' WHERE seq = 3",
            3,
        ),
        ("UPDATE audit SET operation = 'print' WHERE seq = 1", 1),
        ("UPDATE audit SET client = NULL WHERE seq = 5", 5),
        ("UPDATE audit SET hash = zeroblob(32) WHERE seq = 2", 2),
        ("DELETE FROM audit WHERE seq = 1", 1),
        ("DELETE FROM audit WHERE seq = 4", 4),
        (
            "DELETE FROM audit WHERE seq = 4; UPDATE audit SET seq = 4 WHERE seq = 5",
            4,
        ),
        (
            "UPDATE audit SET seq = -seq; UPDATE audit SET seq = CASE seq WHEN -2 THEN 3 WHEN -3 THEN 2 ELSE -seq END",
            2,
        ),
        (
            "INSERT INTO audit (seq, at, person, operation, hash) VALUES (6, '1970-01-01T00:00:09.000Z', 'p', 'note', zeroblob(32))",
            6,
        ),
        ("UPDATE audit SET subject = 't' WHERE seq = 2", 2),
        ("UPDATE audit SET kept = randomblob(32) WHERE seq = 1", 1),
        ("UPDATE audit SET office = zeroblob(32) WHERE seq = 1", 1),
        ("UPDATE audit SET office = NULL WHERE seq = 2", 2),
        ("UPDATE audit SET keys = zeroblob(32) WHERE seq = 2", 2),
        ("UPDATE audit SET keys = zeroblob(32) WHERE seq = 3", 3),
        ("UPDATE audit SET keys = NULL WHERE seq = 5", 5),
        ("UPDATE audit SET signature = zeroblob(64) WHERE seq = 2", 2),
        (
            "UPDATE audit SET signature = NULL, signer = NULL WHERE seq = 5",
            5,
        ),
        ("UPDATE audit SET signer = 2 WHERE seq = 5", 5),
        ("UPDATE signer SET person = 'x' WHERE id = 2", 4),
        ("UPDATE signer SET public = zeroblob(32) WHERE id = 2", 4),
        ("DELETE FROM signer WHERE id = 2", 4),
    ] {
        let conn = log();
        conn.execute_batch(sql).unwrap();
        assert_eq!(broken(&conn, &VAULT).unwrap(), Some(row), "{sql}");
    }
}

#[test]
fn a_cut_tail_shows_against_a_head_noted_elsewhere() {
    let conn = log();
    let noted = head(&conn, &VAULT).unwrap();
    conn.execute_batch("DELETE FROM audit WHERE seq = 5")
        .unwrap();
    assert_eq!(
        broken(&conn, &VAULT).unwrap(),
        None,
        "the rest is a whole chain"
    );
    assert_ne!(head(&conn, &VAULT).unwrap(), noted);
}

#[test]
fn another_vaults_log_does_not_hold_here() {
    assert_eq!(broken(&log(), &[4; 16]).unwrap(), Some(1));
}

/// Whoever holds the data key can hash rows anew, but not sign for somebody whose passphrase is not known.
#[test]
fn a_row_in_another_persons_name_shows() {
    let conn = log();
    note(&conn, 6, "q", &signer(b'x'));
    assert_eq!(
        broken(&conn, &VAULT).unwrap(),
        None,
        "a new key of a person's own is no forgery by itself"
    );
    let conn = log();
    // The same row under q's known key, but signed with another.
    note(&conn, 6, "q", &signer(b'q'));
    let hash: [u8; 32] = head(&conn, &VAULT).unwrap().hash;
    conn.execute(
        "UPDATE audit SET signature = ?1 WHERE seq = 6",
        [signer(b'x').sign(PURPOSE, &hash)],
    )
    .unwrap();
    assert_eq!(broken(&conn, &VAULT).unwrap(), Some(6));
    assert_eq!(super::broken(&conn, &VAULT, Look::Chain).unwrap(), None);
}

#[test]
fn rows_of_older_versions_hold_before_the_first_signed_one_and_not_after() {
    let conn = empty();
    unsigned(&conn, 3);
    note(&conn, 9, "p", &signer(b'p'));
    assert_eq!(broken(&conn, &VAULT).unwrap(), None);
    assert_eq!(
        rows(&conn, 2, 9)
            .unwrap()
            .iter()
            .map(|row| row.signed)
            .collect::<Vec<_>>(),
        [false, true]
    );
    unsigned(&conn, 1);
    assert_eq!(broken(&conn, &VAULT).unwrap(), Some(5));
}

#[test]
fn a_head_is_written_and_read() {
    let head = head(&log(), &VAULT).unwrap();
    assert_eq!(head.to_string().parse::<AuditHead>().unwrap(), head);
    for bad in [
        "",
        "5",
        "5:",
        "-1:00",
        "5:zz",
        &format!("5:{}0", hex::encode(&head.hash)),
    ] {
        assert!(bad.parse::<AuditHead>().is_err(), "{bad}");
    }
}
