#include "document.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- files ---- */

/* The bytes of a file, from malloc: 0 or an errno. */
static int read_file(const char *name, char **out, size_t *out_len)
{
    size_t len = 0, cap = 0;
    char *bytes = NULL;
    FILE *f = fopen(name, "rb");
    if (!f)
        return errno;
    for (;;) {
        if (len == cap) {
            cap = cap ? 2 * cap : 4096;
            char *more = realloc(bytes, cap);
            if (!more)
                break;
            bytes = more;
        }
        size_t n = fread(bytes + len, 1, cap - len, f);
        len += n;
        if (n == 0)
            break;
    }
    int error = ferror(f) ? errno : len == cap ? ENOMEM : 0;
    fclose(f);
    if (error) {
        free(bytes);
        return error;
    }
    *out = bytes;
    *out_len = len;
    return 0;
}

static int load(struct document *d)
{
    char *bytes = NULL;
    size_t len = 0;
    struct place end;
    struct stat st;
    if (stat(d->name, &st) == 0 && S_ISDIR(st.st_mode))
        return EISDIR;
    int error = read_file(d->name, &bytes, &len);
    if (error)
        return error == ENOENT ? 0 : error;
    bool done = text_insert(&d->text, (struct place){0, 0}, bytes, len, &end);
    free(bytes);
    return done ? 0 : ENOMEM;
}

int document_open(struct document *d, const char *name)
{
    *d = (struct document){0};
    if (!text_init(&d->text))
        return ENOMEM;
    int error = name ? document_rename(d, name) : 0;
    if (!error && name)
        error = load(d);
    if (error)
        document_close(d);
    return error;
}

static void drop_edits(struct document *d, size_t from)
{
    for (size_t i = from; i < d->count; i++) {
        free(d->edits[i].removed);
        free(d->edits[i].inserted);
    }
    d->count = from;
}

void document_close(struct document *d)
{
    drop_edits(d, 0);
    free(d->edits);
    free(d->name);
    text_fini(&d->text);
}

int document_rename(struct document *d, const char *name)
{
    char *copy = strdup(name);
    if (!copy)
        return ENOMEM;
    free(d->name);
    d->name = copy;
    return 0;
}

static int write_text(const struct text *t, const char *name)
{
    FILE *f = fopen(name, "wb");
    if (!f)
        return errno;
    for (size_t i = 0; i < t->count; i++) {
        if (i)
            putc('\n', f);
        if (t->lines[i].len)
            fwrite(t->lines[i].bytes, 1, t->lines[i].len, f);
    }
    int error = ferror(f) ? (errno ? errno : EIO) : 0;
    if (fclose(f) != 0 && !error)
        error = errno;
    return error;
}

int document_save(struct document *d)
{
    char *target = realpath(d->name, NULL); /* what a link leads to */
    const char *name = target ? target : d->name;
    size_t size = strlen(name) + sizeof ".new~";
    char *fresh = malloc(size);
    int error = fresh ? 0 : ENOMEM;
    if (!error) {
        snprintf(fresh, size, "%s.new~", name);
        errno = 0;
        error = write_text(&d->text, fresh);
        if (!error && rename(fresh, name) != 0)
            error = errno;
        if (error)
            unlink(fresh);
    }
    free(fresh);
    free(target);
    if (!error) {
        d->saved = d->done;
        d->sealed = true;
    }
    return error;
}

bool document_modified(const struct document *d)
{
    return d->done != d->saved;
}

/* ---- editing ---- */

static void changed(struct document *d, size_t line)
{
    if (line < d->changed_from)
        d->changed_from = line;
}

/* Both or, when memory is out, neither. */
static bool exchange(struct document *d, struct place at, struct place to, const char *bytes,
                     size_t len, struct place *end)
{
    if (!text_insert(&d->text, to, bytes, len, end))
        return false;
    /* what was inserted begins at `to`; when all before it is gone it begins at `at` */
    struct place after = *end;
    if (!text_remove(&d->text, at, to)) {
        text_remove(&d->text, to, after); /* cannot fail: lines only get shorter or are joined */
        return false;
    }
    end->line = after.line - (to.line - at.line);
    end->at = after.line == to.line ? after.at - to.at + at.at : after.at;
    changed(d, at.line);
    return true;
}

static struct place place_behind(struct place at, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        at.at++;
        if (bytes[i] == '\n')
            at = (struct place){at.line + 1, 0};
    }
    return at;
}

/* Typed right behind the last step: part of that one. */
static bool extend(struct document *d, struct place from, const char *bytes, size_t len)
{
    struct edit *e = d->done ? &d->edits[d->done - 1] : NULL;
    if (!e || d->sealed || d->saved == d->done || d->done != d->count || memchr(bytes, '\n', len) ||
        place_compare(place_behind(e->at, e->inserted, e->inserted_len), from) != 0)
        return false;
    char *more = realloc(e->inserted, e->inserted_len + len + 1);
    if (!more)
        return false;
    memcpy(more + e->inserted_len, bytes, len);
    e->inserted = more;
    e->inserted_len += len;
    return true;
}

/* A new step; what could be done again is forgotten. False when memory is out. */
static bool record(struct document *d, struct place from, struct place to, const char *bytes,
                   size_t len)
{
    if (d->done == d->cap) {
        size_t cap = d->cap ? 2 * d->cap : 64;
        struct edit *edits = realloc(d->edits, cap * sizeof *edits);
        if (!edits)
            return false;
        d->edits = edits;
        d->cap = cap;
    }
    struct edit e = {.at = from, .inserted = malloc(len + 1), .inserted_len = len};
    e.removed = text_copy(&d->text, from, to, &e.removed_len);
    if (!e.inserted || !e.removed) {
        free(e.inserted);
        free(e.removed);
        return false;
    }
    if (len)
        memcpy(e.inserted, bytes, len);
    drop_edits(d, d->done);
    if (d->saved != SIZE_MAX && d->saved > d->done)
        d->saved = SIZE_MAX;
    d->edits[d->done++] = e;
    d->count = d->done;
    d->sealed = false;
    return true;
}

int document_replace(struct document *d, struct place from, struct place to, const char *bytes,
                     size_t len, struct place *end)
{
    bool typed = place_compare(from, to) == 0 && len;
    if (typed && extend(d, from, bytes, len)) {
        if (text_insert(&d->text, from, bytes, len, end)) {
            changed(d, from.line);
            return 0;
        }
        d->edits[d->done - 1].inserted_len -= len;
        return ENOMEM;
    }
    if (!record(d, from, to, bytes, len))
        return ENOMEM;
    if (exchange(d, from, to, bytes, len, end))
        return 0;
    d->done--;
    drop_edits(d, d->done);
    return ENOMEM;
}

void document_seal(struct document *d)
{
    d->sealed = true;
}

int document_undo(struct document *d, struct place *out)
{
    if (!d->done)
        return ENOENT;
    const struct edit *e = &d->edits[d->done - 1];
    struct place end = place_behind(e->at, e->inserted, e->inserted_len);
    if (!exchange(d, e->at, end, e->removed, e->removed_len, out))
        return ENOMEM;
    d->done--;
    d->sealed = true;
    return 0;
}

int document_redo(struct document *d, struct place *out)
{
    if (d->done == d->count)
        return ENOENT;
    const struct edit *e = &d->edits[d->done];
    struct place end = place_behind(e->at, e->removed, e->removed_len);
    if (!exchange(d, e->at, end, e->inserted, e->inserted_len, out))
        return ENOMEM;
    d->done++;
    d->sealed = true;
    return 0;
}
