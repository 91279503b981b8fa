// Days, months, years and weekdays by themselves: [time.cal.day] to [time.cal.wdlast].
#pragma once

#include <bits/chrono_clock.h>

namespace std::chrono
{

struct last_spec {
    explicit last_spec() = default;
};
inline constexpr last_spec last{};

struct local_t {
};
template <class Duration>
using local_time = time_point<local_t, Duration>;
using local_seconds = local_time<seconds>;
using local_days = local_time<days>;

// What day, month and year have in common: a number, of which they keep the low bits.
#define __FIELD(name, stored, number, span)                                                        \
    class name                                                                                     \
    {                                                                                              \
        stored value = 0;                                                                          \
                                                                                                   \
      public:                                                                                      \
        name() = default;                                                                          \
        constexpr explicit name(number n) noexcept : value(static_cast<stored>(n)) {}              \
        constexpr explicit operator number() const noexcept                                        \
        {                                                                                          \
            return value;                                                                          \
        }                                                                                          \
        constexpr name &operator++() noexcept                                                      \
        {                                                                                          \
            return *this += span(1);                                                               \
        }                                                                                          \
        constexpr name operator++(int) noexcept                                                    \
        {                                                                                          \
            name old = *this;                                                                      \
            *this += span(1);                                                                      \
            return old;                                                                            \
        }                                                                                          \
        constexpr name &operator--() noexcept                                                      \
        {                                                                                          \
            return *this -= span(1);                                                               \
        }                                                                                          \
        constexpr name operator--(int) noexcept                                                    \
        {                                                                                          \
            name old = *this;                                                                      \
            *this -= span(1);                                                                      \
            return old;                                                                            \
        }                                                                                          \
        constexpr name &operator+=(const span &n) noexcept                                         \
        {                                                                                          \
            return *this = *this + n;                                                              \
        }                                                                                          \
        constexpr name &operator-=(const span &n) noexcept                                         \
        {                                                                                          \
            return *this = *this - n;                                                              \
        }                                                                                          \
        friend constexpr name operator+(const span &n, const name &x) noexcept                     \
        {                                                                                          \
            return x + n;                                                                          \
        }                                                                                          \
        friend constexpr bool operator==(const name &, const name &) noexcept = default;

#define __ORDERED(name)                                                                            \
    friend constexpr strong_ordering operator<=>(const name &, const name &) noexcept = default;

__FIELD(day, unsigned char, unsigned, days)
__ORDERED(day)
constexpr bool ok() const noexcept
{
    return value >= 1 && value <= 31;
}
friend constexpr day operator+(const day &x, const days &n) noexcept
{
    return day(unsigned(x.value) + unsigned(n.count()));
}
friend constexpr day operator-(const day &x, const days &n) noexcept
{
    return day(unsigned(x.value) - unsigned(n.count()));
}
friend constexpr days operator-(const day &a, const day &b) noexcept
{
    return days(int(a.value) - int(b.value));
}
};

__FIELD(month, unsigned char, unsigned, months)
__ORDERED(month)
constexpr bool ok() const noexcept
{
    return value >= 1 && value <= 12;
}
friend constexpr month operator+(const month &x, const months &n) noexcept
{
    long long m = (long long)x.value - 1 + n.count() % 12;
    return month(unsigned((m + 12) % 12 + 1));
}
friend constexpr month operator-(const month &x, const months &n) noexcept
{
    return x + -n;
}
friend constexpr months operator-(const month &a, const month &b) noexcept
{
    return months((int(a.value) - int(b.value) + 12) % 12);
}
}
;

__FIELD(year, short, int, years)
__ORDERED(year)
constexpr year operator+() const noexcept
{
    return *this;
}
constexpr year operator-() const noexcept
{
    return year(-value);
}
constexpr bool is_leap() const noexcept
{
    return value % 4 == 0 && (value % 100 != 0 || value % 400 == 0);
}
constexpr bool ok() const noexcept
{
    return value != -32768;
}
static constexpr year min() noexcept
{
    return year(-32767);
}
static constexpr year max() noexcept
{
    return year(32767);
}
friend constexpr year operator+(const year &x, const years &n) noexcept
{
    return year(x.value + n.count());
}
friend constexpr year operator-(const year &x, const years &n) noexcept
{
    return x + -n;
}
friend constexpr years operator-(const year &a, const year &b) noexcept
{
    return years(a.value - b.value);
}
}
;

class weekday_indexed;
class weekday_last;

// 0 is Sunday; 7 means Sunday too.
class weekday
{
    unsigned char value = 0;

  public:
    weekday() = default;
    constexpr explicit weekday(unsigned n) noexcept : value((unsigned char)(n == 7 ? 0 : n)) {}
    constexpr weekday(const sys_days &d) noexcept : value(of(d.time_since_epoch().count())) {}
    constexpr explicit weekday(const local_days &d) noexcept
        : value(of(d.time_since_epoch().count()))
    {
    }
    constexpr unsigned c_encoding() const noexcept { return value; }
    constexpr unsigned iso_encoding() const noexcept { return value == 0 ? 7 : value; }
    constexpr bool ok() const noexcept { return value <= 6; }
    constexpr weekday &operator++() noexcept { return *this = *this + days(1); }
    constexpr weekday operator++(int) noexcept
    {
        weekday old = *this;
        ++*this;
        return old;
    }
    constexpr weekday &operator--() noexcept { return *this = *this - days(1); }
    constexpr weekday operator--(int) noexcept
    {
        weekday old = *this;
        --*this;
        return old;
    }
    constexpr weekday &operator+=(const days &n) noexcept { return *this = *this + n; }
    constexpr weekday &operator-=(const days &n) noexcept { return *this = *this - n; }
    constexpr weekday_indexed operator[](unsigned index) const noexcept;
    constexpr weekday_last operator[](last_spec) const noexcept;
    friend constexpr bool operator==(const weekday &, const weekday &) noexcept = default;
    friend constexpr weekday operator+(const weekday &x, const days &n) noexcept
    {
        return weekday(unsigned((x.value + n.count() % 7 + 7) % 7));
    }
    friend constexpr weekday operator+(const days &n, const weekday &x) noexcept { return x + n; }
    friend constexpr weekday operator-(const weekday &x, const days &n) noexcept { return x + -n; }
    friend constexpr days operator-(const weekday &a, const weekday &b) noexcept
    {
        return days((int(a.value) - int(b.value) + 7) % 7);
    }

  private:
    static constexpr unsigned char of(int n) // 1970 began on a Thursday
    {
        return (unsigned char)((n % 7 + 4 + 7) % 7);
    }
};

class weekday_indexed
{
    chrono::weekday w;
    unsigned char i = 0;

  public:
    weekday_indexed() = default;
    constexpr weekday_indexed(const chrono::weekday &wd, unsigned index) noexcept
        : w(wd), i((unsigned char)index)
    {
    }
    constexpr chrono::weekday weekday() const noexcept { return w; }
    constexpr unsigned index() const noexcept { return i; }
    constexpr bool ok() const noexcept { return w.ok() && i >= 1 && i <= 5; }
    bool operator==(const weekday_indexed &) const noexcept = default;
};
class weekday_last
{
    chrono::weekday w;

  public:
    constexpr explicit weekday_last(const chrono::weekday &wd) noexcept : w(wd) {}
    constexpr chrono::weekday weekday() const noexcept { return w; }
    constexpr bool ok() const noexcept { return w.ok(); }
    bool operator==(const weekday_last &) const noexcept = default;
};
constexpr weekday_indexed weekday::operator[](unsigned index) const noexcept
{
    return {*this, index};
}
constexpr weekday_last weekday::operator[](last_spec) const noexcept
{
    return weekday_last(*this);
}

inline constexpr weekday Sunday{0}, Monday{1}, Tuesday{2}, Wednesday{3}, Thursday{4}, Friday{5},
    Saturday{6};
inline constexpr month January{1}, February{2}, March{3}, April{4}, May{5}, June{6}, July{7},
    August{8}, September{9}, October{10}, November{11}, December{12};

#undef __FIELD
#undef __ORDERED

} // namespace std::chrono

namespace std
{
inline namespace literals
{
inline namespace chrono_literals
{
constexpr chrono::day operator""d(unsigned long long n) noexcept
{
    return chrono::day(unsigned(n));
}
constexpr chrono::year operator""y(unsigned long long n) noexcept
{
    return chrono::year(int(n));
}
} // namespace chrono_literals
} // namespace literals
} // namespace std
