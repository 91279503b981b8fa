#pragma once

#include "internal/binary_float.h"
#include "stdio/sink.h"

/* %f %e %g %a, exact, rounded half to even. */
void __format_float(struct sink *s, const struct spec *spec, const struct binary_float *v);
