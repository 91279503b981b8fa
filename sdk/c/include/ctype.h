#pragma once

#include <bits/decls.h>

__BEGIN_DECLS

int isalnum(int c);
int isalpha(int c);
int isblank(int c);
int iscntrl(int c);
int isdigit(int c);
int isgraph(int c);
int islower(int c);
int isprint(int c);
int ispunct(int c);
int isspace(int c);
int isupper(int c);
int isxdigit(int c);
int tolower(int c);
int toupper(int c);

int isascii(int c);
int toascii(int c);

__END_DECLS

#ifndef __cplusplus
#define isdigit(c) ((unsigned)(c) - '0' < 10u)
#endif
