// Mathematical constants, and where a call stands.
#include <cmath>
#include <cstdio>
#include <cstring>
#include <numbers>
#include <source_location>

using namespace std::numbers;

static_assert(std::is_same_v<decltype(pi_v<float>), const float>);
static_assert(pi_v<float> == float(pi) && phi * phi - phi < 1.0000000000000005);
static_assert(inv_pi_v<long double> * pi_v<long double> - 1 < 1e-33L);

static void place(std::source_location l = std::source_location::current())
{
    const char *slash = std::strrchr(l.file_name(), '/');
    std::printf("%s %u %s\n", slash ? slash + 1 : l.file_name(), unsigned(l.line()),
                l.function_name());
}

int main()
{
    std::printf("%d %d %d %d %d\n", std::exp(1.0) == e, std::log(2.0) == ln2,
                std::log(10.0) == ln10, std::sqrt(2.0) == sqrt2, std::sqrt(3.0) == sqrt3);
    std::printf("%.20g %.20g %.35Lg\n", egamma, log2e * ln2,
                log10e_v<long double> * ln10_v<long double>);
    std::printf("%.20g %.20g\n", inv_sqrtpi * inv_sqrtpi * pi, inv_sqrt3 * sqrt3);
    place();
    std::printf("%u\n", unsigned(std::source_location().line()));
    constexpr auto here = std::source_location::current();
    static_assert(here.line() == __LINE__ - 1 && here.column() > 20);
}
