/* WebAssembly rounds to nearest, and nothing can be seen of exceptions: there are no flags and no
 * other directions. The macros for what is missing are not defined, as C17 7.6 says. */
#pragma once

#include <bits/decls.h>

#define FE_ALL_EXCEPT 0
#define FE_TONEAREST  0

__BEGIN_DECLS

typedef unsigned fexcept_t;
typedef struct {
    unsigned __nothing;
} fenv_t;

extern const fenv_t __fenv_default;
#define FE_DFL_ENV (&__fenv_default)

int feclearexcept(int exceptions);
int fegetexceptflag(fexcept_t *out, int exceptions);
int feraiseexcept(int exceptions);
int fesetexceptflag(const fexcept_t *flags, int exceptions);
int fetestexcept(int exceptions);
int fegetround(void);
int fesetround(int direction);
int fegetenv(fenv_t *out);
int feholdexcept(fenv_t *out);
int fesetenv(const fenv_t *environment);
int feupdateenv(const fenv_t *environment);

__END_DECLS
