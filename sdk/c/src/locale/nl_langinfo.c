#include "time/names.h"
#include <langinfo.h>
#include <stddef.h>
#include <string.h>

static const char *const texts[] = {
    [CODESET] = "UTF-8",
    [RADIXCHAR] = ".",
    [YESEXPR] = "^[yY]",
    [NOEXPR] = "^[nN]",
    [D_T_FMT] = "%a %b %e %H:%M:%S %Y",
    [D_FMT] = "%m/%d/%y",
    [T_FMT] = "%H:%M:%S",
    [T_FMT_AMPM] = "%I:%M:%S %p",
    [AM_STR] = "AM",
    [PM_STR] = "PM",
    [CRNCYSTR] = "-",
};

/* The first three letters, in a place that the next call takes again. */
static char *short_form(const char *name)
{
    static char text[4];
    memcpy(text, name, 3);
    return text;
}

char *nl_langinfo(nl_item item)
{
    const char *text = NULL;
    if (item >= DAY_1 && item <= DAY_7)
        text = __weekday_names[item - DAY_1];
    else if (item >= ABDAY_1 && item <= ABDAY_7)
        text = short_form(__weekday_names[item - ABDAY_1]);
    else if (item >= MON_1 && item <= MON_12)
        text = __month_names[item - MON_1];
    else if (item >= ABMON_1 && item <= ABMON_12)
        text = short_form(__month_names[item - ABMON_1]);
    else if (item > 0 && (size_t)item < sizeof texts / sizeof *texts)
        text = texts[item];
    return (char *)(text ? text : "");
}
