#pragma once

#include <bits/decls.h>
#include <bits/file.h>
#include <bits/types.h>
#include <stdarg.h>
#include <stddef.h>

#define EOF          (-1)
#define BUFSIZ       4096
#define FILENAME_MAX 4096
#define FOPEN_MAX    1000
#define L_tmpnam     24
#define TMP_MAX      10000

#define _IOFBF 0
#define _IOLBF 1
#define _IONBF 2

#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif

__BEGIN_DECLS

typedef int64_t fpos_t;

extern FILE *const stdin;
extern FILE *const stdout;
extern FILE *const stderr;
#define stdin  stdin
#define stdout stdout
#define stderr stderr

FILE *fopen(const char *__restrict path, const char *__restrict mode);
FILE *freopen(const char *__restrict path, const char *__restrict mode, FILE *__restrict f);
int fclose(FILE *f);
int fflush(FILE *f);
int setvbuf(FILE *__restrict f, char *__restrict buffer, int mode, size_t n);
void setbuf(FILE *__restrict f, char *__restrict buffer);

size_t fread(void *__restrict to, size_t size, size_t count, FILE *__restrict f);
size_t fwrite(const void *__restrict from, size_t size, size_t count, FILE *__restrict f);
int fgetc(FILE *f);
int getc(FILE *f);
int getchar(void);
int ungetc(int c, FILE *f);
char *fgets(char *__restrict s, int n, FILE *__restrict f);
int fputc(int c, FILE *f);
int putc(int c, FILE *f);
int putchar(int c);
int fputs(const char *__restrict s, FILE *__restrict f);
int puts(const char *s);

int fseek(FILE *f, long offset, int whence);
long ftell(FILE *f);
void rewind(FILE *f);
int fgetpos(FILE *__restrict f, fpos_t *__restrict out);
int fsetpos(FILE *f, const fpos_t *position);
int feof(FILE *f);
int ferror(FILE *f);
void clearerr(FILE *f);

int printf(const char *__restrict format, ...) __PRINTF_LIKE(1, 2);
int fprintf(FILE *__restrict f, const char *__restrict format, ...) __PRINTF_LIKE(2, 3);
int sprintf(char *__restrict s, const char *__restrict format, ...) __PRINTF_LIKE(2, 3);
int snprintf(char *__restrict s, size_t n, const char *__restrict format, ...) __PRINTF_LIKE(3, 4);
int vprintf(const char *__restrict format, va_list args) __PRINTF_LIKE(1, 0);
int vfprintf(FILE *__restrict f, const char *__restrict format, va_list args) __PRINTF_LIKE(2, 0);
int vsprintf(char *__restrict s, const char *__restrict format, va_list args) __PRINTF_LIKE(2, 0);
int vsnprintf(char *__restrict s, size_t n, const char *__restrict format, va_list args)
    __PRINTF_LIKE(3, 0);

int scanf(const char *__restrict format, ...) __SCANF_LIKE(1, 2);
int fscanf(FILE *__restrict f, const char *__restrict format, ...) __SCANF_LIKE(2, 3);
int sscanf(const char *__restrict s, const char *__restrict format, ...) __SCANF_LIKE(2, 3);
int vscanf(const char *__restrict format, va_list args) __SCANF_LIKE(1, 0);
int vfscanf(FILE *__restrict f, const char *__restrict format, va_list args) __SCANF_LIKE(2, 0);
int vsscanf(const char *__restrict s, const char *__restrict format, va_list args)
    __SCANF_LIKE(2, 0);

void perror(const char *prefix);
int remove(const char *path);
int rename(const char *from, const char *to);
FILE *tmpfile(void);
char *tmpnam(char *to);

#if __MORE_THAN_C
FILE *fdopen(int fd, const char *mode);
int fileno(FILE *f);
FILE *fmemopen(void *__restrict array, size_t n, const char *__restrict mode);
FILE *popen(const char *command, const char *mode);
int pclose(FILE *f);
FILE *open_memstream(char **out, size_t *out_size);
ssize_t getline(char **__restrict line, size_t *__restrict capacity, FILE *__restrict f);
ssize_t getdelim(char **__restrict line, size_t *__restrict capacity, int delimiter,
                 FILE *__restrict f);
/* A stream belongs to one thread for the time of one call, or from flockfile to funlockfile. */
void flockfile(FILE *f);
int ftrylockfile(FILE *f);
void funlockfile(FILE *f);
int getc_unlocked(FILE *f);
int getchar_unlocked(void);
int putc_unlocked(int c, FILE *f);
int putchar_unlocked(int c);
int fseeko(FILE *f, off_t offset, int whence);
off_t ftello(FILE *f);
int dprintf(int fd, const char *__restrict format, ...) __PRINTF_LIKE(2, 3);
int vdprintf(int fd, const char *__restrict format, va_list args) __PRINTF_LIKE(2, 0);
int asprintf(char **out, const char *__restrict format, ...) __PRINTF_LIKE(2, 3);
int vasprintf(char **out, const char *__restrict format, va_list args) __PRINTF_LIKE(2, 0);
int renameat(int from_fd, const char *from, int to_fd, const char *to);
char *ctermid(char *to);
void setbuffer(FILE *f, char *buffer, size_t n);
void setlinebuf(FILE *f);

#define P_tmpdir  "/tmp"
#define L_ctermid 16
#endif

__END_DECLS
