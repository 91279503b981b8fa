/* Classes of characters: those of Unicode's general categories; digits are 0 to 9 only. */
#pragma once

#include <bits/decls.h>
#include <bits/wint.h>

__BEGIN_DECLS

typedef int wctype_t;
typedef int wctrans_t;

int iswalnum(wint_t c);
int iswalpha(wint_t c);
int iswblank(wint_t c);
int iswcntrl(wint_t c);
int iswdigit(wint_t c);
int iswgraph(wint_t c);
int iswlower(wint_t c);
int iswprint(wint_t c);
int iswpunct(wint_t c);
int iswspace(wint_t c);
int iswupper(wint_t c);
int iswxdigit(wint_t c);
wint_t towlower(wint_t c);
wint_t towupper(wint_t c);

/* By name, "alpha" and so on; 0: there is no such class. */
wctype_t wctype(const char *name);
int iswctype(wint_t c, wctype_t type);
/* "tolower" or "toupper". */
wctrans_t wctrans(const char *name);
wint_t towctrans(wint_t c, wctrans_t which);

__END_DECLS
