/* The parts of printf's language that wprintf shares. */
#pragma once

#include "stdio/sink.h"

struct arguments {
    va_list list;       /* in a structure, so that a pointer to it can be passed on */
    va_list first;      /* for "%2$d": where the first one lies; */
    const char *format; /* and the types of all; NULL: only `position` is wanted */
    int position;       /* of the conversion read last; 0: just the next one */
};

/* Everything behind '%'; *format ends on the letter. */
void __format_parse(const char **format, struct spec *spec, struct arguments *args);
/* 0, or -1 for a conversion that does not exist. */
int __format_convert(struct sink *s, struct spec *spec, struct arguments *args);
