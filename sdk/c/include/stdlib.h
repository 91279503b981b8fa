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
void *aligned_alloc(size_t alignment, size_t n) __attribute__((__malloc__));
void free(void *p);

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
void *bsearch(const void *key, const void *base, size_t count, size_t size,
              int (*compare)(const void *, const void *));

int rand(void);
void srand(unsigned seed);

__NORETURN void exit(int status);
__NORETURN void _Exit(int status);
__NORETURN void quick_exit(int status);
__NORETURN void abort(void);
int atexit(void (*function)(void));
int at_quick_exit(void (*function)(void));

char *getenv(const char *name);

/* Runs a command line: words, with quotes and backslashes as in a shell; the first is a program in
 * /bin or a path. Waits for it and returns its exit status, 0 to 255; -1 with errno if it could not
 * be started. Non-zero for NULL. */
int system(const char *command);

int mblen(const char *s, size_t n);
int mbtowc(wchar_t *__restrict out, const char *__restrict s, size_t n);
int wctomb(char *s, wchar_t c);
size_t mbstowcs(wchar_t *__restrict to, const char *__restrict from, size_t n);
size_t wcstombs(char *__restrict to, const wchar_t *__restrict from, size_t n);

#if __MORE_THAN_C
int posix_memalign(void **out, size_t alignment, size_t n);
int setenv(const char *name, const char *value, int overwrite);
int unsetenv(const char *name);
int putenv(char *assignment);
char *realpath(const char *__restrict path, char *__restrict out);
int mkstemp(char *path);
char *mkdtemp(char *path);
int getsubopt(char **option, char *const *tokens, char **value);
long a64l(const char *s);
char *l64a(long n);

long random(void);
void srandom(unsigned seed);
/* random() keeps its state in `state` from now on, at least 8 bytes; the state before. */
char *initstate(unsigned seed, char *state, size_t size);
char *setstate(char *state);
int rand_r(unsigned *seed);
double drand48(void);
double erand48(unsigned short x[3]);
long lrand48(void);
long nrand48(unsigned short x[3]);
long mrand48(void);
long jrand48(unsigned short x[3]);
void srand48(long seed);
unsigned short *seed48(unsigned short seed[3]);
void lcong48(unsigned short parameters[7]);

/* BSD and GNU */
void *reallocarray(void *p, size_t count, size_t n);
size_t malloc_usable_size(void *p);
void qsort_r(void *base, size_t count, size_t size,
             int (*compare)(const void *, const void *, void *), void *context);
int clearenv(void);
char *secure_getenv(const char *name);
int mkostemp(char *path, int flags);
int mkstemps(char *path, int suffix_len);
int mkostemps(char *path, int suffix_len, int flags);
#endif

__END_DECLS

#if __MORE_THAN_C
#include <alloca.h>
#endif
