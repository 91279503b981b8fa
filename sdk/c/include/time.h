#pragma once

#include <bits/decls.h>
#include <bits/timespec.h>
#include <bits/types.h>
#include <stddef.h>

#define CLOCKS_PER_SEC           ((clock_t)1000000)
#define TIME_UTC                 1
#define CLOCK_REALTIME           0
#define CLOCK_MONOTONIC          1
#define CLOCK_PROCESS_CPUTIME_ID 2
#define CLOCK_THREAD_CPUTIME_ID  3
#define TIMER_ABSTIME            1

__BEGIN_DECLS

struct tm {
    int tm_sec, tm_min, tm_hour;
    int tm_mday, tm_mon, tm_year; /* month from 0, year since 1900 */
    int tm_wday, tm_yday, tm_isdst;
    long tm_gmtoff;
    const char *tm_zone;
};

time_t time(time_t *out);
clock_t clock(void);
double difftime(time_t end, time_t start);
time_t mktime(struct tm *t);
struct tm *gmtime(const time_t *t);
struct tm *localtime(const time_t *t);
char *asctime(const struct tm *t);
char *ctime(const time_t *t);
size_t strftime(char *__restrict s, size_t n, const char *__restrict format,
                const struct tm *__restrict t);
int timespec_get(struct timespec *out, int base);

#if __MORE_THAN_C
time_t timegm(struct tm *t);
struct tm *gmtime_r(const time_t *__restrict t, struct tm *__restrict out);
struct tm *localtime_r(const time_t *__restrict t, struct tm *__restrict out);
char *asctime_r(const struct tm *__restrict t, char *__restrict text); /* at least 64 bytes */
char *ctime_r(const time_t *__restrict t, char *__restrict text);
char *strptime(const char *__restrict s, const char *__restrict format, struct tm *__restrict out);

/* The one time zone is UTC: tzset changes nothing. */
extern char *tzname[2];
extern long timezone;
extern int daylight;
void tzset(void);

int clock_gettime(clockid_t clock, struct timespec *out);
int clock_getres(clockid_t clock, struct timespec *out);
int nanosleep(const struct timespec *duration, struct timespec *remaining);
int clock_nanosleep(clockid_t clock, int flags, const struct timespec *duration,
                    struct timespec *remaining);
#endif

__END_DECLS
