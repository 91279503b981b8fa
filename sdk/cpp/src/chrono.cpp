// What the clocks say.
#include <chrono>

namespace std::chrono
{

static nanoseconds read(clockid_t clock)
{
    timespec t;
    if (clock_gettime(clock, &t) != 0)
        return nanoseconds::zero();
    return seconds(t.tv_sec) + nanoseconds(t.tv_nsec);
}

system_clock::time_point system_clock::now() noexcept
{
    return time_point(read(CLOCK_REALTIME));
}
steady_clock::time_point steady_clock::now() noexcept
{
    return time_point(read(CLOCK_MONOTONIC));
}

} // namespace std::chrono
