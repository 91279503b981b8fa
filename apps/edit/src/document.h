/* A file being edited: its text, its name, and what can be undone. */
#pragma once

#include "text.h"

/* One step: at a place, something was removed and something else put there. */
struct edit {
    struct place at;
    char *removed, *inserted;
    size_t removed_len, inserted_len;
};

struct document {
    struct text text;
    char *name; /* NULL: none yet */
    struct edit *edits;
    size_t done, count, cap; /* edits[done] is the next to be done again */
    size_t saved;            /* `done` when the file was written; SIZE_MAX: no undo leads there */
    bool sealed;             /* the next edit is a step of its own */
    size_t changed_from;     /* the first line changed since somebody set this to SIZE_MAX */
};

/* Functions that return int give 0, or an errno. */
int document_open(struct document *d, const char *name); /* a file that is not there is empty */
void document_close(struct document *d);
/* Writes a new file and puts it in the old one's place, so that nothing is lost when that fails. */
int document_save(struct document *d);
int document_rename(struct document *d, const char *name);
bool document_modified(const struct document *d);

/* Replaces what lies between two places; *end is the place behind what was inserted. Bytes typed
 * one after the other are one step to undo. */
int document_replace(struct document *d, struct place from, struct place to, const char *bytes,
                     size_t len, struct place *end);
/* What follows is a new step. */
void document_seal(struct document *d);
/* 0 with the place of the change; ENOENT if there is nothing to undo, or to do again. */
int document_undo(struct document *d, struct place *out);
int document_redo(struct document *d, struct place *out);
