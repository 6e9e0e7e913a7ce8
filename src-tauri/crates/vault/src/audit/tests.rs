//! The chain finds a row that was changed, deleted, moved or put in between.

use super::*;

const VAULT: [u8; 16] = [3; 16];

/// A log of five rows, without the triggers that guard a real one.
fn log() -> Connection {
    let conn = Connection::open_in_memory().unwrap();
    conn.execute_batch(include_str!("../../migrations/0001_clients.sql"))
        .unwrap();
    conn.execute_batch("DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_deleted;")
        .unwrap();
    for second in 0..5 {
        let client = (second % 2 == 0).then(|| ClientId("0000000000000000".into()));
        let at = Timestamp::from_second(second).unwrap();
        write(
            &conn,
            &VAULT,
            at,
            &PersonId("p".into()),
            Operation::Note,
            client.as_ref(),
        )
        .unwrap();
    }
    conn
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
            "INSERT INTO audit VALUES (6, '1970-01-01T00:00:09.000Z', 'p', 'note', NULL, zeroblob(32))",
            6,
        ),
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
