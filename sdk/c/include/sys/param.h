#pragma once

#include <endian.h>
#include <limits.h>
#include <sys/types.h>

#define MAXPATHLEN     PATH_MAX
#define MAXNAMLEN      NAME_MAX
#define MAXHOSTNAMELEN HOST_NAME_MAX
#define MAXSYMLINKS    SYMLOOP_MAX
#define NBBY           8
#define DEV_BSIZE      512

#define MIN(a, b)        ((a) < (b) ? (a) : (b))
#define MAX(a, b)        ((a) > (b) ? (a) : (b))
#define howmany(n, unit) (((n) + ((unit) - 1)) / (unit))
#define roundup(n, unit) (howmany(n, unit) * (unit))
#define powerof2(n)      (!(((n) - 1) & (n)))
#define setbit(a, i)     ((a)[(i) / NBBY] |= 1 << (i) % NBBY)
#define clrbit(a, i)     ((a)[(i) / NBBY] &= ~(1 << (i) % NBBY))
#define isset(a, i)      ((a)[(i) / NBBY] & 1 << (i) % NBBY)
#define isclr(a, i)      (!isset(a, i))
