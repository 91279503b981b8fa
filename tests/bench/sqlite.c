/* SQLite with a database in memory, in the manner of its own speed test: inserts with and without
 * an index, ranges, patterns, joins, sorting, aggregates, updates, deletes. */
#include <sqlite3.h>

#include "tests/bench/bench.h"

#define ROWS   2500
#define RANGES 400

static sqlite3 *db;
static uint64_t sum;

static int fake_random(sqlite3_vfs *vfs, int len, char *out)
{
    (void)vfs;
    memset(out, 7, (size_t)len);
    return len;
}

static int fake_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    (void)vfs, (void)name, (void)file, (void)flags, (void)out;
    return SQLITE_CANTOPEN;
}

static int fake_full_name(sqlite3_vfs *vfs, const char *name, int len, char *out)
{
    (void)vfs;
    snprintf(out, (size_t)len, "%s", name);
    return SQLITE_OK;
}

/* SQLite wants an operating system even where nothing is written to it. */
int sqlite3_os_init(void)
{
    static sqlite3_vfs vfs = {
        .iVersion = 1,
        .szOsFile = sizeof(sqlite3_file),
        .mxPathname = 64,
        .zName = "none",
        .xOpen = fake_open,
        .xFullPathname = fake_full_name,
        .xRandomness = fake_random,
    };
    return sqlite3_vfs_register(&vfs, 1);
}

int sqlite3_os_end(void)
{
    return SQLITE_OK;
}

static void check(int code, const char *sql)
{
    if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE) {
        fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(db));
        exit(1);
    }
}

static sqlite3_stmt *prepare(const char *sql)
{
    sqlite3_stmt *statement = NULL;

    check(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), sql);
    return statement;
}

/* Runs a statement to its end and mixes all that it answers into the checksum. */
static void run(sqlite3_stmt *statement)
{
    while (sqlite3_step(statement) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            const unsigned char *text = sqlite3_column_text(statement, i);
            for (size_t k = 0; text && text[k]; k++)
                sum = bench_mix(sum, text[k]);
        }
    }
    check(sqlite3_reset(statement), sqlite3_sql(statement));
}

static void execute(const char *sql)
{
    sqlite3_stmt *statement = prepare(sql);

    run(statement);
    sqlite3_finalize(statement);
}

/* A number in words, up to 99,999. */
static void spell(uint32_t number, char *out, size_t out_len)
{
    static const char *const small[] = {
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    };
    int at = 0;

    for (uint32_t scale = 10000; scale; scale /= 10)
        at += snprintf(out + at, out_len - (size_t)at, "%s ", small[number / scale % 10]);
}

static void insert_into(const char *sql)
{
    sqlite3_stmt *statement = prepare(sql);
    uint32_t seed = 1234;
    char text[64];

    execute("BEGIN");
    for (int i = 1; i <= ROWS; i++) {
        uint32_t number = bench_random(&seed) % 100000;
        spell(number, text, sizeof text);
        sqlite3_bind_int(statement, 1, i);
        sqlite3_bind_int(statement, 2, (int)number);
        sqlite3_bind_text(statement, 3, text, -1, SQLITE_STATIC);
        run(statement);
    }
    execute("COMMIT");
    sqlite3_finalize(statement);
}

/* The statement once for each of RANGES intervals. */
static void ranges(const char *sql, int width)
{
    sqlite3_stmt *statement = prepare(sql);

    for (int i = 0; i < RANGES; i++) {
        sqlite3_bind_int(statement, 1, i * 200);
        sqlite3_bind_int(statement, 2, i * 200 + width);
        run(statement);
    }
    sqlite3_finalize(statement);
}

static uint64_t bench_kernel(void)
{
    sum = 0;
    check(sqlite3_open(":memory:", &db), "open");
    execute("CREATE TABLE plain(a INTEGER, b INTEGER, c TEXT)");
    execute("CREATE TABLE keyed(a INTEGER PRIMARY KEY, b INTEGER, c TEXT)");
    execute("CREATE INDEX keyed_b ON keyed(b)");
    insert_into("INSERT INTO plain VALUES(?1, ?2, ?3)");
    insert_into("INSERT INTO keyed VALUES(?1, ?2, ?3)");
    execute("CREATE INDEX keyed_c ON keyed(c)");
    for (int i = 0; i < 8; i++)
        execute("SELECT count(*), avg(b) FROM plain WHERE c LIKE '%seven t%' OR b % 7 = 3");
    ranges("SELECT count(*), avg(b), sum(length(c)) FROM keyed WHERE b BETWEEN ?1 AND ?2", 3000);
    execute("SELECT a, b, c FROM plain ORDER BY c LIMIT 50");
    execute("SELECT substr(c, 1, 5) AS head, count(*), max(b) FROM plain GROUP BY head ORDER BY 2");
    execute("SELECT count(*), sum(p.b) FROM plain p JOIN keyed k ON k.b = p.b WHERE k.a <> p.a");
    execute("SELECT count(*) FROM plain p WHERE EXISTS (SELECT 1 FROM keyed k WHERE k.c = p.c)");
    execute("BEGIN");
    ranges("UPDATE keyed SET b = b * 2 % 100000, c = c || ?1 WHERE b BETWEEN ?1 AND ?2", 100);
    ranges("DELETE FROM keyed WHERE a > ?1 AND a < ?2 AND a % 3 = 0", 50);
    execute("INSERT INTO plain SELECT b, a, c FROM keyed WHERE a % 2");
    execute("COMMIT");
    execute("SELECT count(*), total(a), total(b), min(c) FROM plain");
    execute("SELECT count(*), total(a), total(b), max(c) FROM keyed");
    execute("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 40000) "
            "SELECT sum(x * x % 13) FROM n");
    execute("PRAGMA integrity_check");
    sqlite3_close(db);
    return sum;
}
