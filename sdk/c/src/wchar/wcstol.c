#include "wchar/narrow.h"
#include <inttypes.h>
#include <stdlib.h>

long wcstol(const wchar_t *restrict s, wchar_t **restrict end, int base)
{
    struct narrow text;
    char *text_end;
    if (__narrow_init(&text, s))
        return 0;
    long value = strtol(text.text, &text_end, base);
    __narrow_fini(&text, s, text_end, end);
    return value;
}

unsigned long wcstoul(const wchar_t *restrict s, wchar_t **restrict end, int base)
{
    struct narrow text;
    char *text_end;
    if (__narrow_init(&text, s))
        return 0;
    unsigned long value = strtoul(text.text, &text_end, base);
    __narrow_fini(&text, s, text_end, end);
    return value;
}

long long wcstoll(const wchar_t *restrict s, wchar_t **restrict end, int base)
{
    struct narrow text;
    char *text_end;
    if (__narrow_init(&text, s))
        return 0;
    long long value = strtoll(text.text, &text_end, base);
    __narrow_fini(&text, s, text_end, end);
    return value;
}

unsigned long long wcstoull(const wchar_t *restrict s, wchar_t **restrict end, int base)
{
    struct narrow text;
    char *text_end;
    if (__narrow_init(&text, s))
        return 0;
    unsigned long long value = strtoull(text.text, &text_end, base);
    __narrow_fini(&text, s, text_end, end);
    return value;
}

intmax_t wcstoimax(const wchar_t *restrict s, wchar_t **restrict end, int base)
{
    return wcstoll(s, end, base);
}

uintmax_t wcstoumax(const wchar_t *restrict s, wchar_t **restrict end, int base)
{
    return wcstoull(s, end, base);
}
