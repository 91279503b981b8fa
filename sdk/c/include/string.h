#pragma once

#include <bits/decls.h>
#include <stddef.h>

__BEGIN_DECLS

void *memcpy(void *__restrict to, const void *__restrict from, size_t n);
void *memmove(void *to, const void *from, size_t n);
void *memset(void *to, int byte, size_t n);
int memcmp(const void *a, const void *b, size_t n);
void *memchr(const void *s, int byte, size_t n);

size_t strlen(const char *s);
char *strcpy(char *__restrict to, const char *__restrict from);
char *strncpy(char *__restrict to, const char *__restrict from, size_t n);
char *strcat(char *__restrict to, const char *__restrict from);
char *strncat(char *__restrict to, const char *__restrict from, size_t n);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
int strcoll(const char *a, const char *b);
size_t strxfrm(char *__restrict to, const char *__restrict from, size_t n);
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);
size_t strspn(const char *s, const char *accept);
size_t strcspn(const char *s, const char *reject);
char *strpbrk(const char *s, const char *accept);
char *strstr(const char *haystack, const char *needle);
char *strtok(char *__restrict s, const char *__restrict separators);
char *strerror(int error);

#if __MORE_THAN_C
/* POSIX */
char *strdup(const char *s);
char *strndup(const char *s, size_t n);
size_t strnlen(const char *s, size_t n);
char *stpcpy(char *__restrict to, const char *__restrict from);
char *stpncpy(char *__restrict to, const char *__restrict from, size_t n);
char *strtok_r(char *__restrict s, const char *__restrict separators, char **__restrict state);
int strerror_r(int error, char *buffer, size_t n);
char *strsignal(int number);
void *memccpy(void *__restrict to, const void *__restrict from, int byte, size_t n);
void *memmem(const void *haystack, size_t haystack_len, const void *needle, size_t needle_len);
size_t strlcpy(char *__restrict to, const char *__restrict from, size_t n);
size_t strlcat(char *__restrict to, const char *__restrict from, size_t n);

/* BSD and GNU */
void *memrchr(const void *s, int byte, size_t n);
void *mempcpy(void *__restrict to, const void *__restrict from, size_t n);
void *rawmemchr(const void *s, int byte);
char *strchrnul(const char *s, int c);
char *strcasestr(const char *haystack, const char *needle);
char *strsep(char **__restrict s, const char *__restrict separators);
int strverscmp(const char *a, const char *b);
void explicit_bzero(void *to, size_t n);
#endif

__END_DECLS

#if __MORE_THAN_C
#include <strings.h>
#endif
