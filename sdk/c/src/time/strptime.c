/* strptime in the "C" locale. Fields come in any order; the day of the week and of the year follow
 * from the date where it is given. */
#include "time/calendar.h"
#include "time/names.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { HAVE_CENTURY = 1, HAVE_YEAR2 = 2, HAVE_HOUR12 = 4, HAVE_DATE = 8, HAVE_YDAY = 16 };

struct parser {
    const char *at;
    struct tm *out;
    unsigned have;
    int century, year2, afternoon;
};

static void skip_space(struct parser *p)
{
    while (isspace((unsigned char)*p->at))
        p->at++;
}

/* At most `digits` digits, min to max. */
static int number(struct parser *p, int digits, int min, int max, int *out)
{
    int n = 0, any = 0;
    skip_space(p);
    for (; digits > 0 && isdigit((unsigned char)*p->at); digits--, any = 1)
        n = n * 10 + (*p->at++ - '0');
    if (!any || n < min || n > max)
        return 0;
    *out = n;
    return 1;
}

/* A name or its first three letters. */
static int name(struct parser *p, const char (*names)[10], int count, int *out)
{
    for (int i = 0; i < count; i++) {
        size_t len = strlen(names[i]);
        if (strncasecmp(p->at, names[i], 3))
            continue;
        p->at += strncasecmp(p->at, names[i], len) == 0 ? len : 3;
        *out = i;
        return 1;
    }
    return 0;
}

static int half_of_day(struct parser *p)
{
    int pm = strncasecmp(p->at, "PM", 2) == 0;
    if (!pm && strncasecmp(p->at, "AM", 2))
        return 0;
    p->at += 2;
    p->afternoon = pm;
    p->have |= HAVE_HOUR12;
    return 1;
}

/* +hhmm, +hh:mm, Z, or the name UTC or GMT. */
static int zone(struct parser *p)
{
    int hours, minutes = 0, negative = *p->at == '-';
    p->out->tm_gmtoff = 0;
    if (*p->at == 'Z' || strncasecmp(p->at, "UTC", 3) == 0 || strncasecmp(p->at, "GMT", 3) == 0) {
        p->at += *p->at == 'Z' ? 1 : 3;
        return 1;
    }
    if (*p->at != '+' && *p->at != '-')
        return 0;
    p->at++;
    if (!number(p, 2, 0, 24, &hours))
        return 0;
    p->at += *p->at == ':';
    if (isdigit((unsigned char)*p->at) && !number(p, 2, 0, 59, &minutes))
        return 0;
    p->out->tm_gmtoff = (hours * 3600L + minutes * 60L) * (negative ? -1 : 1);
    return 1;
}

static int seconds_since_1970(struct parser *p)
{
    int negative = *p->at == '-', any = 0;
    time_t t = 0;
    for (p->at += negative; isdigit((unsigned char)*p->at); p->at++, any = 1)
        if (__builtin_mul_overflow(t, 10, &t) || __builtin_add_overflow(t, *p->at - '0', &t))
            return 0;
    t = negative ? -t : t;
    return any && gmtime_r(&t, p->out);
}

static int year(struct parser *p)
{
    int n, negative = *p->at == '-';
    p->at += negative;
    if (!number(p, negative ? 9 : 4, 0, 999999999, &n))
        return 0;
    p->out->tm_year = (negative ? -n : n) - 1900;
    p->have &= ~(unsigned)(HAVE_CENTURY | HAVE_YEAR2);
    p->have |= HAVE_DATE;
    return 1;
}

static int part_of_year(struct parser *p, char c)
{
    p->have |= c == 'C' ? HAVE_CENTURY : HAVE_YEAR2;
    return number(p, 2, 0, 99, c == 'C' ? &p->century : &p->year2);
}

static int part_of_date(struct parser *p, char c)
{
    struct tm *t = p->out;
    int ok, n;
    p->have |= c == 'j' ? HAVE_YDAY : HAVE_DATE;
    switch (c) {
    case 'b':
    case 'B':
    case 'h':
        return name(p, __month_names, 12, &t->tm_mon);
    case 'm':
        ok = number(p, 2, 1, 12, &n);
        t->tm_mon = ok ? n - 1 : t->tm_mon;
        return ok;
    case 'j':
        ok = number(p, 3, 1, 366, &n);
        t->tm_yday = ok ? n - 1 : t->tm_yday;
        return ok;
    default:
        return number(p, 2, 1, 31, &t->tm_mday);
    }
}

/* What stands for several others. */
static const char *expansion(char c)
{
    static const char *const texts[][2] = {
        {"c", "%a %b %e %H:%M:%S %Y"}, {"D", "%m/%d/%y"}, {"x", "%m/%d/%y"}, {"F", "%Y-%m-%d"},
        {"r", "%I:%M:%S %p"},          {"R", "%H:%M"},    {"T", "%H:%M:%S"}, {"X", "%H:%M:%S"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i][0][0] == c)
            return texts[i][1];
    return NULL;
}

static int field(struct parser *p, char c)
{
    struct tm *t = p->out;
    int ignored;
    switch (c) {
    case 'a':
    case 'A':
        return name(p, __weekday_names, 7, &t->tm_wday);
    case 'b':
    case 'B':
    case 'd':
    case 'e':
    case 'h':
    case 'j':
    case 'm':
        return part_of_date(p, c);
    case 'C':
    case 'y':
        return part_of_year(p, c);
    case 'H':
    case 'k':
        return number(p, 2, 0, 23, &t->tm_hour);
    case 'I':
    case 'l':
        return number(p, 2, 1, 12, &t->tm_hour);
    case 'M':
        return number(p, 2, 0, 59, &t->tm_min);
    case 'p':
        return half_of_day(p);
    case 's':
        return seconds_since_1970(p);
    case 'S':
        return number(p, 2, 0, 60, &t->tm_sec);
    case 'U':
    case 'W':
        return number(p, 2, 0, 53, &ignored);
    case 'w':
        return number(p, 1, 0, 6, &t->tm_wday);
    case 'Y':
        return year(p);
    case 'z':
    case 'Z':
        return zone(p);
    case 'n':
    case 't':
        skip_space(p);
        return 1;
    default:
        return c == '%' && *p->at++ == '%';
    }
}

static void finish(struct parser *p)
{
    struct tm *t = p->out;
    if (p->have & HAVE_HOUR12)
        t->tm_hour = t->tm_hour % 12 + (p->afternoon ? 12 : 0);
    if (p->have & HAVE_YEAR2)
        t->tm_year = p->have & HAVE_CENTURY ? p->century * 100 + p->year2 - 1900
                                            : p->year2 + (p->year2 < 69 ? 100 : 0);
    else if (p->have & HAVE_CENTURY)
        t->tm_year = p->century * 100 - 1900;
    if (!(p->have & (HAVE_DATE | HAVE_CENTURY | HAVE_YEAR2)) || t->tm_mday < 1)
        return;
    struct tm day = {.tm_year = t->tm_year, .tm_mon = t->tm_mon, .tm_mday = t->tm_mday};
    timegm(&day);
    t->tm_wday = day.tm_wday;
    if (!(p->have & HAVE_YDAY))
        t->tm_yday = day.tm_yday;
}

char *strptime(const char *restrict s, const char *restrict format, struct tm *restrict out)
{
    struct parser p = {.at = s, .out = out};
    const char *outer = NULL; /* where the format goes on behind an expansion; they do not nest */
    for (;; format++) {
        if (*format == '\0' && outer) {
            format = outer;
            outer = NULL;
        }
        if (*format == '\0')
            break;
        if (isspace((unsigned char)*format)) {
            skip_space(&p);
            continue;
        }
        if (*format != '%') {
            if (*p.at++ != *format)
                return NULL;
            continue;
        }
        format++;
        if (*format == 'E' || *format == 'O')
            format++;
        const char *inner = expansion(*format);
        if (inner) {
            outer = format + 1;
            format = inner - 1;
        } else if (!field(&p, *format)) {
            return NULL;
        }
    }
    finish(&p);
    return (char *)p.at;
}
