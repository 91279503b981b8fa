// The C library's exact conversions.
#pragma once

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wmissing-designated-field-initializers"
extern "C" {
#include "internal/float_quick.h"
#include "internal/float_scan.h"
#include "internal/power_of_ten.h"
#include "stdio/format_float.h"
}
#pragma clang diagnostic pop
