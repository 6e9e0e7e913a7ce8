//! Old schemas come up to date with what they hold; newer and foreign files are left alone; readers cannot write.

use std::fs;

use super::*;

fn key() -> Key {
    let mut key = Key::zero();
    *key.bytes_mut() = [9; 32];
    key
}

fn folder() -> (tempfile::TempDir, Folder) {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::at(dir.path());
    (dir, folder)
}

/// Writes to a closed database behind the door's back.
fn meddle(folder: &Folder, sql: &str) {
    let conn = keyed(&folder.database(), &key()).unwrap();
    conn.execute_batch(sql).unwrap();
    conn.close().map_err(|(_, e)| e).unwrap();
}

fn schema_of(conn: &Connection) -> Vec<String> {
    let mut statement = conn
        .prepare("SELECT ifnull(sql, name) FROM sqlite_schema ORDER BY name")
        .unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<rusqlite::Result<_>>().unwrap()
}

#[test]
fn every_old_schema_comes_up_to_date_with_its_clients_after_a_copy() {
    let (_dir, fresh) = folder();
    let newest = schema_of(&create(&fresh.database(), &key()).unwrap());
    for old in 1..SCHEMA {
        let (dir, folder) = folder();
        drop(create_at(&folder.database(), &key(), old).unwrap());
        meddle(
            &folder,
            "INSERT INTO client (id, name, sort, cases, counties, status, version, added, changed)
             VALUES ('0000000000000000', 'Rosa Quill', 'quill rosa', 0, '[]', 'intake', 1, 't', 't');",
        );
        let (conn, upgraded) = open(&folder, &key()).unwrap();
        assert!(upgraded);
        assert_eq!(schema_of(&conn), newest, "from schema {old}");
        let name = |conn: &Connection| {
            conn.query_row("SELECT name FROM client", [], |row| row.get::<_, String>(0))
                .unwrap()
        };
        assert_eq!(name(&conn), "Rosa Quill");
        drop(conn);
        let copy = open_copy(&dir.path().join(format!("vault.db.schema-{old}")), &key()).unwrap();
        assert_eq!(canary(&copy).unwrap(), old);
        assert_eq!(name(&copy), "Rosa Quill");
        drop(copy);
        assert!(!open(&folder, &key()).unwrap().1, "once is enough");
    }
}

#[test]
fn words_of_an_older_version_stay_on_their_paper() {
    for old in 4..9 {
        let (_dir, folder) = folder();
        drop(create_at(&folder.database(), &key(), old).unwrap());
        meddle(
            &folder,
            "INSERT INTO client (id, name, sort, cases, counties, status, version, added, changed)
             VALUES ('0000000000000000', 'Rosa Quill', 'quill rosa', 0, '[]', 'intake', 1, 't', 't');
             INSERT INTO declaration (client, case_id, count_id, text, at, person, uid)
             VALUES (1, 'k1', 'k1c1', 'I was alone.', 't', 'p', '00');",
        );
        let (conn, _) = open(&folder, &key()).unwrap();
        let row = conn.query_row(
            "SELECT text, language ISNULL AND english ISNULL AND interpreter ISNULL AND told ISNULL AND day ISNULL AND waiting ISNULL
             FROM declaration",
            [],
            |row| Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?)),
        );
        assert_eq!(row.unwrap(), ("I was alone.".to_owned(), true), "{old}");
    }
}

#[test]
fn a_step_that_fails_leaves_the_schema_before_it() {
    let (_dir, folder) = folder();
    let conn = create(&folder.database(), &key()).unwrap();
    query_only(&conn, false).unwrap();
    let before = schema_of(&conn);
    let steps = [
        "CREATE TABLE one (a TEXT) STRICT;",
        "CREATE TABLE two (a TEXT) STRICT; CREATE TABLE client (a TEXT);",
    ];
    assert!(apply(&conn, &steps[..1], SCHEMA).is_ok());
    assert!(apply(&conn, &steps[1..], SCHEMA + 1).is_err());
    let now = schema_of(&conn);
    assert_eq!(
        now.len(),
        before.len() + 1,
        "the first step stays, of the second nothing"
    );
    let version: i64 = conn
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(version, SCHEMA + 1);
}

#[test]
fn a_newer_schema_or_another_programs_file_is_left_alone() {
    for (sql, newer) in [
        ("PRAGMA user_version = 99", true),
        ("PRAGMA application_id = 5", false),
        ("PRAGMA user_version = 0", false),
    ] {
        let (_dir, folder) = folder();
        drop(create(&folder.database(), &key()).unwrap());
        meddle(&folder, sql);
        let before = fs::read(folder.database()).unwrap();
        let found = open(&folder, &key()).map(|_| ());
        match found {
            Err(Error::SchemaNewer {
                found: 99,
                known: SCHEMA,
            }) => assert!(newer),
            Err(Error::DatabaseDamaged) => assert!(!newer),
            other => panic!("{sql}: {other:?}"),
        }
        assert_eq!(fs::read(folder.database()).unwrap(), before, "{sql}");
    }
}

#[test]
fn readers_cannot_write_and_the_log_cannot_be_rewritten() {
    let (_dir, folder) = folder();
    let conn = create(&folder.database(), &key()).unwrap();
    for sql in [
        "INSERT INTO setting VALUES ('a', 'b')",
        "DROP TABLE client",
        "DELETE FROM audit",
    ] {
        let tried = conn.execute_batch(sql).map_err(Error::from);
        assert!(matches!(tried, Err(Error::ReadOnly)), "{sql}: {tried:?}");
    }
    query_only(&conn, false).unwrap();
    conn.execute_batch("INSERT INTO audit (seq, at, person, operation, hash) VALUES (1, 't', 'p', 'o', zeroblob(32))")
        .unwrap();
    for sql in ["UPDATE audit SET person = 'x'", "DELETE FROM audit"] {
        assert!(conn.execute_batch(sql).is_err(), "{sql}");
    }
}

#[test]
fn the_connection_is_set_as_the_table_says() {
    let (_dir, folder) = folder();
    drop(create(&folder.database(), &key()).unwrap());
    let (conn, _) = open(&folder, &key()).unwrap();
    conn.query_row("SELECT count(*) FROM client", [], |_| Ok(()))
        .unwrap();
    for (name, value) in [
        ("journal_mode", "wal"),
        ("locking_mode", "exclusive"),
        ("synchronous", "2"),
        ("wal_autocheckpoint", "65536"),
        ("foreign_keys", "1"),
        ("secure_delete", "1"),
        ("temp_store", "2"),
        ("query_only", "1"),
        ("trusted_schema", "0"),
        ("cache_size", "-65536"),
        ("cipher_memory_security", "1"),
    ] {
        let found: rusqlite::types::Value = conn
            .pragma_query_value(None, name, |row| row.get(0))
            .unwrap();
        let found = match found {
            rusqlite::types::Value::Integer(n) => n.to_string(),
            rusqlite::types::Value::Text(text) => text,
            other => panic!("{name}: {other:?}"),
        };
        assert_eq!(found, value, "{name}");
    }
    assert!(!folder.path().join("vault.db-shm").exists());
    let strict: i64 = conn
        .query_row(
            "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0
             AND name NOT LIKE 'sqlite_%'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(strict, 0, "every table is STRICT");
}

/// What the module says of SQLCipher: a page whose HMAC fails is read as zeros. If this ever fails, look at [`sound`] again.
#[test]
fn a_broken_page_is_read_as_zeros_and_noticed() {
    let (_dir, folder) = folder();
    let conn = create(&folder.database(), &key()).unwrap();
    query_only(&conn, false).unwrap();
    let long = "x".repeat(5000);
    conn.execute("INSERT INTO setting VALUES ('long', ?1)", [&long])
        .unwrap();
    conn.close().map_err(|(_, e)| e).unwrap();
    let good = fs::read(folder.database()).unwrap();
    let mut lied = 0;
    for page in 1..good.len() / 4096 {
        let mut bad = good.clone();
        bad[page * 4096 + 7] ^= 1;
        fs::write(folder.database(), bad).unwrap();
        assert!(
            open(&folder, &key()).is_err(),
            "page {page}: every page is proved before the first write"
        );
        let Ok(conn) = keyed(&folder.database(), &key()) else {
            continue;
        };
        if canary(&conn).is_err() {
            continue;
        }
        let read = conn.query_row("SELECT value FROM setting WHERE name = 'long'", [], |row| {
            row.get::<_, String>(0)
        });
        if read.is_ok_and(|text| text != long) {
            lied += 1;
            assert!(sound(&conn).is_err());
        }
    }
    assert!(lied > 0, "SQLCipher no longer answers zeros");
}
