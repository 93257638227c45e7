//! Disks that fill up, and power that fails.

use crate::portal::{Person, TestPortal, concern, token};
use protocol::append::Append;
use server::database::Database;
use sqlx::{AssertSqlSafe, SqlitePool};

fn writer(portal: &TestPortal) -> &SqlitePool {
    match &portal.portal.database {
        Database::Sqlite { write, .. } => write,
        Database::Postgres(_) => panic!("not SQLite"),
    }
}

/// Lets the database have no more than this many pages: a disk of that size.
async fn limit(portal: &TestPortal, pages: i64) {
    let sql = format!("PRAGMA max_page_count = {pages}");
    sqlx::query(AssertSqlSafe(sql))
        .execute(writer(portal))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_full_disk_stores_nothing_by_halves_and_the_same_bytes_once_there_is_room() {
    let portal = TestPortal::on_sqlite().await;
    let mut amy = portal.signed_in(Person::Amy).await;
    let pages: i64 = sqlx::query_scalar("PRAGMA page_count")
        .fetch_one(writer(&portal))
        .await
        .unwrap();
    limit(&portal, pages).await;
    let append: Append = concern(7);
    assert_eq!(amy.append(&append).await.status, 507, "and the page says why");
    assert_eq!(portal.count("entry").await, 0);
    assert_eq!(portal.count("log").await, 0);
    limit(&portal, 1 << 20).await;
    let first = amy.append(&append).await;
    assert_eq!(first.status, 200, "nothing has to be started again");
    assert_eq!(amy.append(&append).await.body, first.body);
    assert_eq!(amy.thread(&token(7)).await.entries.len(), 1);
}

#[tokio::test]
async fn what_has_a_receipt_is_there_after_the_power_failed() {
    let portal = TestPortal::on_sqlite().await;
    let mut amy = portal.signed_in(Person::Amy).await;
    assert_eq!(amy.append(&concern(7)).await.status, 200);
    // The files as they are now, with nothing closed or moved to its place, are what another start would find.
    let file: String = sqlx::query_scalar("SELECT file FROM pragma_database_list WHERE name = 'main'")
        .fetch_one(writer(&portal))
        .await
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("candour.db");
    std::fs::copy(&file, &copy).unwrap();
    std::fs::copy(format!("{file}-wal"), format!("{}-wal", copy.display())).unwrap();
    let after = Database::open(copy.to_str().unwrap()).await.unwrap();
    let Database::Sqlite { read, .. } = &after else {
        panic!("not SQLite")
    };
    let entries: i64 = sqlx::query_scalar("SELECT count(*) FROM entry")
        .fetch_one(read)
        .await
        .unwrap();
    assert_eq!(entries, 1);
}
