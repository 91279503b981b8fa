#pragma once

/* Seven and twelve names; their first three letters are the short forms. */
extern const char __weekday_names[7][10], __month_names[12][10];
