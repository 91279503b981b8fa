/* The floating-point environment: one direction of rounding, no exception flags. Exceptions that do
 * not exist are as good as cleared, and raising them changes nothing. */
#include <fenv.h>

const fenv_t __fenv_default;

int feclearexcept(int exceptions)
{
    (void)exceptions;
    return 0;
}

int fegetexceptflag(fexcept_t *out, int exceptions)
{
    (void)exceptions;
    *out = 0;
    return 0;
}

int feraiseexcept(int exceptions)
{
    (void)exceptions;
    return 0;
}

int fesetexceptflag(const fexcept_t *flags, int exceptions)
{
    (void)flags;
    (void)exceptions;
    return 0;
}

int fetestexcept(int exceptions)
{
    (void)exceptions;
    return 0;
}

int fegetround(void)
{
    return FE_TONEAREST;
}

int fesetround(int direction)
{
    return direction != FE_TONEAREST;
}

int fegetenv(fenv_t *out)
{
    *out = __fenv_default;
    return 0;
}

int feholdexcept(fenv_t *out)
{
    *out = __fenv_default;
    return 0;
}

int fesetenv(const fenv_t *environment)
{
    (void)environment;
    return 0;
}

int feupdateenv(const fenv_t *environment)
{
    (void)environment;
    return 0;
}
