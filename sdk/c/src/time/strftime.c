/* strftime in the "C" locale, all conversions of C17 and the widths of POSIX for years (E and O are
 * accepted and change nothing). */
#include "time/calendar.h"
#include "time/names.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

struct output {
    char *next;
    size_t room; /* with the NUL */
};

static void put(struct output *o, const char *text, size_t n)
{
    if (o->room <= n) {
        o->room = 0;
        return;
    }
    memcpy(o->next, text, n);
    o->next += n;
    o->room -= n;
}

static void put_number(struct output *o, long long n, int width, char pad)
{
    char text[24];
    int len = snprintf(text, sizeof text, pad == ' ' ? "%*lld" : "%0*lld", width, n);
    put(o, text, (size_t)len);
}

/* What stands between '%' and the letter. */
struct field {
    int width; /* -1: none is said */
    int plus;  /* '+': a sign where there are more digits than usual */
};

/* A year or century. As POSIX wants %F to be %+4Y-%m-%d, and C to be %Y-%m-%d, a year by itself has
 * four digits at least, and a sign if it has more. */
static void put_wide(struct output *o, long long n, const struct field *f, int digits, int plus)
{
    unsigned long long magnitude = n < 0 ? 0ULL - (unsigned long long)n : (unsigned long long)n;
    char text[24];
    int len = snprintf(text, sizeof text, "%llu", magnitude), width = digits;
    if (f->width >= 0) {
        width = f->width;
        plus = f->plus;
    }
    int large = (len > width ? len : width) > digits;
    const char *sign = n < 0 ? "-" : plus && large ? "+" : "";
    put(o, sign, strlen(sign));
    for (width -= (int)strlen(sign); width > len && o->room > 0; width--)
        put(o, "0", 1);
    put(o, text, (size_t)len);
}

static const char *name_of(const char (*names)[10], int count, int i)
{
    return (unsigned)i < (unsigned)count ? names[i] : "?";
}

static int hour12(const struct tm *t)
{
    return t->tm_hour % 12 ? t->tm_hour % 12 : 12;
}

/* Weeks of ISO 8601 start on Monday; the first has the year's first Thursday. */
static int iso_week(const struct tm *t, long long *out_year)
{
    long long year = t->tm_year + 1900LL;
    int weekday = (t->tm_wday + 6) % 7;
    int week = (t->tm_yday - weekday + 10) / 7;
    if (week == 0) {
        year--;
        int days = 365 + __is_leap_year(year);
        week = (t->tm_yday + days - weekday + 10) / 7;
    } else if (week == 53 && t->tm_yday - weekday + 3 >= 365 + __is_leap_year(year)) {
        year++;
        week = 1;
    }
    *out_year = year;
    return week;
}

enum { DATE_TAIL = 6 }; /* characters of "-%m-%d" */

/* What stands for several others. */
static const char *expansion(char c)
{
    switch (c) {
    case 'c':
        return "%a %b %e %H:%M:%S %Y";
    case 'D':
    case 'x':
        return "%m/%d/%y";
    case 'F':
        return "-%m-%d"; /* behind the year */
    case 'r':
        return "%I:%M:%S %p";
    case 'R':
        return "%H:%M";
    case 'T':
    case 'X':
        return "%H:%M:%S";
    default:
        return NULL;
    }
}

static void put_name(struct output *o, char c, const struct tm *t)
{
    const char *name = c == 'a' || c == 'A' ? name_of(__weekday_names, 7, t->tm_wday)
                                            : name_of(__month_names, 12, t->tm_mon);
    size_t n = strlen(name);
    put(o, name, c == 'A' || c == 'B' || n < 3 ? n : 3);
}

static void put_year(struct output *o, char c, const struct field *f, const struct tm *t)
{
    long long year = t->tm_year + 1900LL;
    if (c == 'G' || c == 'g')
        iso_week(t, &year);
    if (c == 'C')
        put_wide(o, year / 100 - (year % 100 < 0), f, 2, 0);
    else if (c == 'y' || c == 'g')
        put_number(o, (year % 100 + 100) % 100, 2, '0');
    else
        put_wide(o, year, f, 4, 1);
}

static void put_zone(struct output *o, char c, const struct tm *t)
{
    char text[16];
    long minutes = t->tm_gmtoff / 60, magnitude = minutes < 0 ? -minutes : minutes;
    if (c == 'Z') {
        const char *name = t->tm_zone ? t->tm_zone : "UTC";
        put(o, name, strlen(name));
        return;
    }
    snprintf(text, sizeof text, "%c%02ld%02ld", minutes < 0 ? '-' : '+', magnitude / 60,
             magnitude % 60);
    put(o, text, strlen(text));
}

static void put_field(struct output *o, char c, const struct field *f, const struct tm *t)
{
    long long iso_year;
    switch (c) {
    case 'a':
    case 'A':
    case 'b':
    case 'B':
    case 'h':
        put_name(o, c, t);
        break;
    case 'C':
    case 'y':
    case 'Y':
    case 'g':
    case 'G':
        put_year(o, c, f, t);
        break;
    case 'd':
        put_number(o, t->tm_mday, 2, '0');
        break;
    case 'e':
        put_number(o, t->tm_mday, 2, ' ');
        break;
    case 'H':
        put_number(o, t->tm_hour, 2, '0');
        break;
    case 'I':
        put_number(o, hour12(t), 2, '0');
        break;
    case 'j':
        put_number(o, t->tm_yday + 1, 3, '0');
        break;
    case 'm':
        put_number(o, t->tm_mon + 1, 2, '0');
        break;
    case 'M':
        put_number(o, t->tm_min, 2, '0');
        break;
    case 'n':
        put(o, "\n", 1);
        break;
    case 'p':
        put(o, t->tm_hour < 12 ? "AM" : "PM", 2);
        break;
    case 's': {
        struct tm copy = *t;
        put_number(o, timegm(&copy), 1, '0');
        break;
    }
    case 'S':
        put_number(o, t->tm_sec, 2, '0');
        break;
    case 't':
        put(o, "\t", 1);
        break;
    case 'u':
        put_number(o, t->tm_wday ? t->tm_wday : 7, 1, '0');
        break;
    case 'U':
        put_number(o, (t->tm_yday + 7 - t->tm_wday) / 7, 2, '0');
        break;
    case 'V':
        put_number(o, iso_week(t, &iso_year), 2, '0');
        break;
    case 'w':
        put_number(o, t->tm_wday, 1, '0');
        break;
    case 'W':
        put_number(o, (t->tm_yday + 7 - (t->tm_wday + 6) % 7) / 7, 2, '0');
        break;
    case 'z':
    case 'Z':
        put_zone(o, c, t);
        break;
    default:
        put(o, &c, 1);
    }
}

/* Reads flag, width, E and O. */
static struct field parse_field(const char *restrict *format)
{
    enum { WIDTH_MAX = 100000 };
    struct field f = {-1, **format == '+'};
    if (**format == '+' || **format == '0') {
        ++*format;
        f.width = 0;
    }
    for (; isdigit((unsigned char)**format); ++*format)
        if (f.width < WIDTH_MAX)
            f.width = (f.width < 0 ? 0 : f.width) * 10 + (**format - '0');
    if (**format == 'E' || **format == 'O')
        ++*format;
    return f;
}

size_t strftime(char *restrict s, size_t n, const char *restrict format,
                const struct tm *restrict t)
{
    struct output o = {s, n};
    const char *outer = NULL; /* where the format goes on behind an expansion; they do not nest */
    for (;; format++) {
        if (*format == '\0' && outer) {
            format = outer;
            outer = NULL;
        }
        if (*format == '\0' || o.room == 0)
            break;
        if (*format != '%') {
            put(&o, format, 1);
            continue;
        }
        format++;
        struct field f = parse_field(&format);
        if (*format == '\0')
            break;
        const char *inner = expansion(*format);
        if (*format == 'F') { /* the year gets what month and day leave of the width */
            f.width = f.width < 0 ? -1 : f.width < DATE_TAIL ? 0 : f.width - DATE_TAIL;
            put_field(&o, 'Y', &f, t);
        }
        if (inner) {
            outer = format + 1;
            format = inner - 1;
        } else {
            put_field(&o, *format, &f, t);
        }
    }
    if (o.room == 0)
        return 0;
    *o.next = '\0';
    return (size_t)(o.next - s);
}
