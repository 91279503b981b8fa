// Time limits of any clock, for functions that take a timespec of one of the system's.
#pragma once

#include <chrono>
#include <errno.h>
#include <time.h>

namespace std
{

// The later one where there is a fraction; what a timespec cannot hold is centuries away.
template <class Rep, class Period>
timespec __to_timespec(const chrono::duration<Rep, Period> &since) noexcept
{
    constexpr long long LATEST_S = 1LL << 33;
    if (since >= chrono::duration<double>(LATEST_S))
        return {LATEST_S, 0};
    if (since <= chrono::duration<double>(0))
        return {0, 0};
    auto whole = chrono::floor<chrono::seconds>(since);
    auto rest = chrono::ceil<chrono::nanoseconds>(since - whole).count();
    return {time_t(whole.count() + rest / 1'000'000'000), long(rest % 1'000'000'000)};
}

// The time on steady_clock after `d`, saturating.
template <class Rep, class Period>
chrono::steady_clock::time_point __from_now(const chrono::duration<Rep, Period> &d) noexcept
{
    constexpr chrono::hours LONGEST(24 * 365 * 100);
    auto now = chrono::steady_clock::now();
    if (d >= chrono::duration<double>(LONGEST))
        return now + LONGEST;
    if (d <= chrono::duration<double>(0))
        return now;
    return now + chrono::ceil<chrono::nanoseconds>(d);
}

// attempt(clock, deadline) returns 0, ETIMEDOUT or another error. Whether it did not time out; a
// clock that the system does not know is asked again after each time-out.
template <class Clock, class Duration, class Attempt>
bool __attempt_until(const chrono::time_point<Clock, Duration> &t, Attempt attempt)
{
    if constexpr (is_same_v<Clock, chrono::system_clock> ||
                  is_same_v<Clock, chrono::steady_clock>) {
        timespec deadline = std::__to_timespec(t.time_since_epoch());
        clockid_t clock = is_same_v<Clock, chrono::system_clock> ? CLOCK_REALTIME : CLOCK_MONOTONIC;
        return attempt(clock, &deadline) != ETIMEDOUT;
    } else {
        for (;;) {
            auto here = std::__from_now(t - Clock::now());
            timespec deadline = std::__to_timespec(here.time_since_epoch());
            if (attempt(CLOCK_MONOTONIC, &deadline) != ETIMEDOUT)
                return true;
            if (Clock::now() >= t)
                return false;
        }
    }
}

} // namespace std
