#include <stddef.h>
#include <string.h>
#include <wctype.h>

static const struct {
    char name[8];
    int (*test)(wint_t);
} classes[] = {
    {"alnum", iswalnum}, {"alpha", iswalpha}, {"blank", iswblank}, {"cntrl", iswcntrl},
    {"digit", iswdigit}, {"graph", iswgraph}, {"lower", iswlower}, {"print", iswprint},
    {"punct", iswpunct}, {"space", iswspace}, {"upper", iswupper}, {"xdigit", iswxdigit},
};
enum { CLASSES = sizeof classes / sizeof *classes, TO_LOWER = 1, TO_UPPER = 2 };

wctype_t wctype(const char *name)
{
    for (int i = 0; i < CLASSES; i++)
        if (strcmp(name, classes[i].name) == 0)
            return i + 1;
    return 0;
}

int iswctype(wint_t c, wctype_t type)
{
    return type > 0 && type <= CLASSES && classes[type - 1].test(c);
}

wctrans_t wctrans(const char *name)
{
    return strcmp(name, "tolower") == 0 ? TO_LOWER : strcmp(name, "toupper") == 0 ? TO_UPPER : 0;
}

wint_t towctrans(wint_t c, wctrans_t which)
{
    return which == TO_LOWER ? towlower(c) : which == TO_UPPER ? towupper(c) : c;
}
