#pragma once

#include <bits/decls.h>
#include <stddef.h>

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define RAND_MAX     0x7fffffff
#define MB_CUR_MAX   ((size_t)4)

__BEGIN_DECLS

typedef struct {
    int quot, rem;
} div_t;
typedef struct {
    long quot, rem;
} ldiv_t;
typedef struct {
    long long quot, rem;
} lldiv_t;

void *malloc(size_t n) __attribute__((__malloc__));
void *calloc(size_t count, size_t n) __attribute__((__malloc__));
void *realloc(void *p, size_t n);
void *reallocarray(void *p, size_t count, size_t n);
void *aligned_alloc(size_t alignment, size_t n) __attribute__((__malloc__));
int posix_memalign(void **out, size_t alignment, size_t n);
void free(void *p);
size_t malloc_usable_size(void *p);

int atoi(const char *s);
long atol(const char *s);
long long atoll(const char *s);
double atof(const char *s);
long strtol(const char *__restrict s, char **__restrict end, int base);
unsigned long strtoul(const char *__restrict s, char **__restrict end, int base);
long long strtoll(const char *__restrict s, char **__restrict end, int base);
unsigned long long strtoull(const char *__restrict s, char **__restrict end, int base);
float strtof(const char *__restrict s, char **__restrict end);
double strtod(const char *__restrict s, char **__restrict end);
long double strtold(const char *__restrict s, char **__restrict end);

int abs(int n);
long labs(long n);
long long llabs(long long n);
div_t div(int numerator, int denominator);
ldiv_t ldiv(long numerator, long denominator);
lldiv_t lldiv(long long numerator, long long denominator);

void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *));
void qsort_r(void *base, size_t count, size_t size,
             int (*compare)(const void *, const void *, void *), void *context);
void *bsearch(const void *key, const void *base, size_t count, size_t size,
              int (*compare)(const void *, const void *));

int rand(void);
void srand(unsigned seed);
int rand_r(unsigned *seed);
long random(void);
void srandom(unsigned seed);

__NORETURN void exit(int status);
__NORETURN void _Exit(int status);
__NORETURN void quick_exit(int status);
__NORETURN void abort(void);
int atexit(void (*function)(void));
int at_quick_exit(void (*function)(void));

char *getenv(const char *name);
int setenv(const char *name, const char *value, int overwrite);
int unsetenv(const char *name);
int putenv(char *assignment);
int clearenv(void);

/* Runs a command line: words, with quotes and backslashes as in a shell; the first is a program in
 * /bin or a path. Waits for it and returns its exit status, 0 to 255; -1 with errno if it could not
 * be started. Non-zero for NULL. */
int system(const char *command);

int mblen(const char *s, size_t n);
int mbtowc(wchar_t *__restrict out, const char *__restrict s, size_t n);
int wctomb(char *s, wchar_t c);
size_t mbstowcs(wchar_t *__restrict to, const char *__restrict from, size_t n);
size_t wcstombs(char *__restrict to, const wchar_t *__restrict from, size_t n);

__END_DECLS
