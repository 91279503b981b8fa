#include "wchar/narrow.h"
#include <stdlib.h>

float wcstof(const wchar_t *restrict s, wchar_t **restrict end)
{
    struct narrow text;
    char *text_end;
    if (__narrow_init(&text, s))
        return 0;
    float value = strtof(text.text, &text_end);
    __narrow_fini(&text, s, text_end, end);
    return value;
}

double wcstod(const wchar_t *restrict s, wchar_t **restrict end)
{
    struct narrow text;
    char *text_end;
    if (__narrow_init(&text, s))
        return 0;
    double value = strtod(text.text, &text_end);
    __narrow_fini(&text, s, text_end, end);
    return value;
}

long double wcstold(const wchar_t *restrict s, wchar_t **restrict end)
{
    struct narrow text;
    char *text_end;
    if (__narrow_init(&text, s))
        return 0;
    long double value = strtold(text.text, &text_end);
    __narrow_fini(&text, s, text_end, end);
    return value;
}
