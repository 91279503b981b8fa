#pragma once

#define __need_wint_t
#include <stddef.h>

#define WEOF ((wint_t) - 1)
