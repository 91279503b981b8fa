/* Regular expressions, POSIX's basic and extended ones. Matching takes time in proportion to the
 * length of the text, whatever the pattern: so there are no back-references (REG_ESUBREG). */
#pragma once

#include <bits/decls.h>
#include <stddef.h>

#define REG_EXTENDED 1
#define REG_ICASE    2
#define REG_NEWLINE  4
#define REG_NOSUB    8

#define REG_NOTBOL 1
#define REG_NOTEOL 2

enum {
    REG_OK,
    REG_NOMATCH,
    REG_BADPAT,
    REG_ECOLLATE,
    REG_ECTYPE,
    REG_EESCAPE,
    REG_ESUBREG,
    REG_EBRACK,
    REG_EPAREN,
    REG_EBRACE,
    REG_BADBR,
    REG_ERANGE,
    REG_ESPACE,
    REG_BADRPT
};

__BEGIN_DECLS

typedef ptrdiff_t regoff_t;

typedef struct {
    size_t re_nsub; /* groups in parentheses */
    struct __regex *__program;
} regex_t;

typedef struct {
    regoff_t rm_so, rm_eo; /* bytes from the text's start; -1: the group did not take part */
} regmatch_t;

int regcomp(regex_t *__restrict r, const char *__restrict pattern, int flags);
/* The leftmost of the longest matches. Of the ways to get it, groups outside of repetitions begin
 * first and are longest from left to right; groups in repetitions show their last round. */
int regexec(const regex_t *__restrict r, const char *__restrict text, size_t count,
            regmatch_t *__restrict out, int flags);
size_t regerror(int error, const regex_t *__restrict r, char *__restrict out, size_t n);
void regfree(regex_t *r);

__END_DECLS
