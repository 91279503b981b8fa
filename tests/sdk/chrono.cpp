// Durations, time points and clocks.
#include <chrono>
#include <cstdio>
#include <ratio>

using namespace std::chrono;

static int failures = 0;

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            std::printf("failed, line %d: %s\n", __LINE__, #condition);                            \
            failures++;                                                                            \
        }                                                                                          \
    } while (0)

static_assert(std::ratio<6, -4>::num == -3 && std::ratio<6, -4>::den == 2);
static_assert(
    std::ratio_equal_v<std::ratio_add<std::ratio<1, 6>, std::ratio<1, 3>>, std::ratio<1, 2>>);
static_assert(
    std::ratio_equal_v<std::ratio_subtract<std::ratio<1, 6>, std::ratio<1, 3>>, std::ratio<-1, 6>>);
static_assert(std::ratio_equal_v<std::ratio_multiply<std::exa, std::atto>, std::ratio<1>>);
static_assert(std::ratio_equal_v<std::ratio_divide<std::nano, std::micro>, std::milli>);
static_assert(std::ratio_less_v<std::ratio<INTMAX_MAX - 1, INTMAX_MAX>, std::ratio<1>>);
static_assert(!std::ratio_less_v<std::ratio<-1>, std::ratio<-3, 2>>);

// What loses nothing converts by itself, the rest by a cast.
static_assert(std::is_convertible_v<seconds, milliseconds>);
static_assert(!std::is_convertible_v<milliseconds, seconds>);
static_assert(std::is_convertible_v<milliseconds, duration<double>>);
static_assert(!std::is_convertible_v<duration<double>, seconds>);
static_assert(!std::is_convertible_v<int, seconds> && std::is_constructible_v<seconds, int>);
static_assert(!std::is_constructible_v<seconds, double>);
static_assert(std::is_same_v<
              std::common_type_t<duration<int, std::ratio<1, 6>>, duration<long, std::ratio<1, 4>>>,
              duration<long, std::ratio<1, 12>>>);
static_assert(std::is_trivially_copyable_v<seconds>);
static_assert(is_clock_v<system_clock> && is_clock_v<steady_clock> && !is_clock_v<seconds>);
static_assert(steady_clock::is_steady && sizeof(nanoseconds) == 8);

static_assert(1h + 1min + 1s + 1ms + 1us + 1ns == 3661001001001ns);
static_assert(duration_cast<seconds>(-1999ms) == -1s && floor<seconds>(-1999ms) == -2s);
static_assert(ceil<seconds>(1001ms) == 2s && ceil<seconds>(-1999ms) == -1s);
static_assert(round<seconds>(1500ms) == 2s && round<seconds>(2500ms) == 2s);
static_assert(round<seconds>(-1500ms) == -2s && round<seconds>(1499ms) == 1s);
static_assert(abs(-3h) == 3h && -(-3h) == abs(3h));
static_assert(7s / 2 == 3s && 7s % 2 == 1s && 7s / 2s == 3 && 7500ms % 2s == 1500ms);
static_assert(2 * 3min == 360s && 3min * 2.5 == 7.5min && 1min > 59s && 60s <= 1min);
static_assert((1min <=> 61s) < 0 && seconds::min() < seconds::zero() && 0s < seconds::max());
static_assert(duration<double>(1500ms).count() == 1.5);
static_assert(weeks(1) == days(7) && years(1) == months(12));

static constexpr seconds compound()
{
    seconds d = 10s;
    d += 5s;
    d -= 1s;
    d *= 3;
    d /= 2;
    d %= 12;
    d %= 5s;
    ++d;
    d++;
    --d;
    return d--;
}
static_assert(compound() == 5s);

static void points()
{
    constexpr sys_seconds t(1000s);
    static_assert(t + 1ms > t && 1ms + t == t + 1ms && (t - 1ms) < t && t - (t - 1min) == 60s);
    static_assert(std::is_same_v<decltype(t + 1ms), sys_time<milliseconds>>);
    static_assert(time_point_cast<minutes>(t).time_since_epoch() == 16min);
    static_assert(floor<minutes>(sys_seconds(-1s)).time_since_epoch() == -1min);
    static_assert(ceil<minutes>(t).time_since_epoch() == 17min);
    static_assert(round<minutes>(t).time_since_epoch() == 17min);
    static_assert((t <=> t + 1ns) < 0 && sys_seconds::min() < t &&
                  sys_seconds() == sys_seconds(0s));
    sys_seconds moved = t;
    CHECK(moved++ == t && --moved == t && (moved += 5s) - t == 5s && (moved -= 5s) == t);
}

static void clocks()
{
    auto start = steady_clock::now();
    auto now = system_clock::now();
    CHECK(now.time_since_epoch() > hours(24 * 365 * 50));
    CHECK(system_clock::to_time_t(system_clock::from_time_t(1700000000)) == 1700000000);
    CHECK(system_clock::to_time_t(system_clock::time_point(-1ns)) == -1);
    auto last = start;
    for (int i = 0; i < 1000; i++) {
        auto t = steady_clock::now();
        CHECK(t >= last);
        last = t;
    }
    CHECK(last > start);
    auto before = time(nullptr), said = system_clock::to_time_t(system_clock::now());
    CHECK(said >= before && said <= before + 5);
}

int main()
{
    points();
    clocks();
    std::printf("%d failures\n", failures);
}
