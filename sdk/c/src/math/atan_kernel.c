/* atan q = atan c + atan((q - c) / (1 + q c)), c = i/64 near q. */
#include "math/atan_table.h"
#include "math/kernels.h"

dd __math_angle(dd y, dd x)
{
    static const double coefficients[] = {-1.0 / 3, 1.0 / 5, -1.0 / 7, 1.0 / 9, -1.0 / 11};
    int steep = y.hi > x.hi;
    dd low = steep ? x : y, high = steep ? y : x;
    int i = (int)__builtin_rint(low.hi / high.hi * 64);
    dd t;
    if (i == 0) {
        t = dd_divide(low, high);
    } else {
        double c = i / 64.0;
        t = dd_divide(dd_add(low, dd_scale(high, -c)), dd_add(high, dd_scale(low, c)));
    }
    double square = t.hi * t.hi;
    t = dd_add_double(t, t.hi * square * polynomial(square, coefficients, 5));
    dd angle = i ? dd_add(angles[i], t) : t;
    return steep ? dd_add(half_pi_pair, dd_negate(angle)) : angle;
}
