// Dates: [time.cal.md] to [time.cal.operators].
#pragma once

#include <bits/chrono_fields.h>

namespace std::chrono
{

// Days since 1970-01-01 in the Gregorian calendar, and back. Years are counted from March, so that
// the day that leap years add is the last of its year.
constexpr int __days_of_civil(int y, unsigned m, unsigned d) noexcept
{
    y -= m <= 2;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = int((153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d) - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}
struct __civil {
    int y;
    unsigned m, d;
};
constexpr __civil __civil_of_days(int n) noexcept
{
    n += 719468;
    int era = (n >= 0 ? n : n - 146096) / 146097;
    int day_of_era = n - era * 146097;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month_from_march = (5 * day_of_year + 2) / 153;
    unsigned d = unsigned(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    unsigned m = unsigned(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    return {year_of_era + era * 400 + (m <= 2), m, d};
}
constexpr unsigned __days_in_month(bool leap, unsigned m) noexcept
{
    return m == 2 ? 28 + leap : 30 + (m + (m > 7)) % 2;
}

class month_day
{
    chrono::month m;
    chrono::day d;

  public:
    month_day() = default;
    constexpr month_day(const chrono::month &mo, const chrono::day &da) noexcept : m(mo), d(da) {}
    constexpr chrono::month month() const noexcept { return m; }
    constexpr chrono::day day() const noexcept { return d; }
    constexpr bool ok() const noexcept
    {
        return m.ok() && d.ok() && unsigned(d) <= __days_in_month(true, unsigned(m));
    }
    friend constexpr bool operator==(const month_day &, const month_day &) noexcept = default;
    friend constexpr strong_ordering operator<=>(const month_day &,
                                                 const month_day &) noexcept = default;
};
class month_day_last
{
    chrono::month m;

  public:
    constexpr explicit month_day_last(const chrono::month &mo) noexcept : m(mo) {}
    constexpr chrono::month month() const noexcept { return m; }
    constexpr bool ok() const noexcept { return m.ok(); }
    friend constexpr bool operator==(const month_day_last &,
                                     const month_day_last &) noexcept = default;
    friend constexpr strong_ordering operator<=>(const month_day_last &,
                                                 const month_day_last &) noexcept = default;
};
class month_weekday
{
    chrono::month m;
    chrono::weekday_indexed w;

  public:
    constexpr month_weekday(const chrono::month &mo, const chrono::weekday_indexed &wi) noexcept
        : m(mo), w(wi)
    {
    }
    constexpr chrono::month month() const noexcept { return m; }
    constexpr chrono::weekday_indexed weekday_indexed() const noexcept { return w; }
    constexpr bool ok() const noexcept { return m.ok() && w.ok(); }
    bool operator==(const month_weekday &) const noexcept = default;
};
class month_weekday_last
{
    chrono::month m;
    chrono::weekday_last w;

  public:
    constexpr month_weekday_last(const chrono::month &mo, const chrono::weekday_last &wl) noexcept
        : m(mo), w(wl)
    {
    }
    constexpr chrono::month month() const noexcept { return m; }
    constexpr chrono::weekday_last weekday_last() const noexcept { return w; }
    constexpr bool ok() const noexcept { return m.ok() && w.ok(); }
    bool operator==(const month_weekday_last &) const noexcept = default;
};

// Adding months and years to what has both.
#define __WITH_YEAR_AND_MONTH(name)                                                                \
    constexpr name &operator+=(const months &n) noexcept                                           \
    {                                                                                              \
        return *this = *this + n;                                                                  \
    }                                                                                              \
    constexpr name &operator-=(const months &n) noexcept                                           \
    {                                                                                              \
        return *this = *this - n;                                                                  \
    }                                                                                              \
    constexpr name &operator+=(const years &n) noexcept                                            \
    {                                                                                              \
        return *this = *this + n;                                                                  \
    }                                                                                              \
    constexpr name &operator-=(const years &n) noexcept                                            \
    {                                                                                              \
        return *this = *this - n;                                                                  \
    }                                                                                              \
    friend constexpr name operator+(const months &n, const name &x) noexcept                       \
    {                                                                                              \
        return x + n;                                                                              \
    }                                                                                              \
    friend constexpr name operator+(const years &n, const name &x) noexcept                        \
    {                                                                                              \
        return x + n;                                                                              \
    }                                                                                              \
    friend constexpr name operator-(const name &x, const months &n) noexcept                       \
    {                                                                                              \
        return x + -n;                                                                             \
    }                                                                                              \
    friend constexpr name operator-(const name &x, const years &n) noexcept                        \
    {                                                                                              \
        return x + -n;                                                                             \
    }

class year_month
{
    chrono::year y;
    chrono::month m;

  public:
    year_month() = default;
    constexpr year_month(const chrono::year &ye, const chrono::month &mo) noexcept : y(ye), m(mo) {}
    constexpr chrono::year year() const noexcept { return y; }
    constexpr chrono::month month() const noexcept { return m; }
    constexpr bool ok() const noexcept { return y.ok() && m.ok(); }
    friend constexpr year_month operator+(const year_month &x, const months &n) noexcept
    {
        int months_from_zero = int(unsigned(x.m)) - 1 + n.count();
        int carried = (months_from_zero >= 0 ? months_from_zero : months_from_zero - 11) / 12;
        return {x.y + years(carried), chrono::month(unsigned(months_from_zero - carried * 12 + 1))};
    }
    friend constexpr year_month operator+(const year_month &x, const years &n) noexcept
    {
        return {x.y + n, x.m};
    }
    friend constexpr months operator-(const year_month &a, const year_month &b) noexcept
    {
        return months((int(a.y) - int(b.y)) * 12 + int(unsigned(a.m)) - int(unsigned(b.m)));
    }
    __WITH_YEAR_AND_MONTH(year_month)
    friend constexpr bool operator==(const year_month &, const year_month &) noexcept = default;
    friend constexpr strong_ordering operator<=>(const year_month &,
                                                 const year_month &) noexcept = default;
};

// A date that other days of the month than a number name: converted to days through days().
#define __AS_DAYS                                                                                  \
    constexpr operator sys_days() const noexcept                                                   \
    {                                                                                              \
        return sys_days(count());                                                                  \
    }                                                                                              \
    constexpr explicit operator local_days() const noexcept                                        \
    {                                                                                              \
        return local_days(count());                                                                \
    }

class year_month_day_last
{
    chrono::year y;
    chrono::month_day_last md;

    constexpr days count() const noexcept
    {
        return days(__days_of_civil(int(y), unsigned(md.month()), unsigned(day())));
    }

  public:
    constexpr year_month_day_last(const chrono::year &ye, const chrono::month_day_last &l) noexcept
        : y(ye), md(l)
    {
    }
    constexpr chrono::year year() const noexcept { return y; }
    constexpr chrono::month month() const noexcept { return md.month(); }
    constexpr chrono::month_day_last month_day_last() const noexcept { return md; }
    constexpr chrono::day day() const noexcept
    {
        return chrono::day(__days_in_month(y.is_leap(), unsigned(md.month())));
    }
    constexpr bool ok() const noexcept { return y.ok() && md.ok(); }
    __AS_DAYS
    friend constexpr year_month_day_last operator+(const year_month_day_last &x,
                                                   const months &n) noexcept
    {
        auto ym = year_month(x.y, x.month()) + n;
        return {ym.year(), chrono::month_day_last(ym.month())};
    }
    friend constexpr year_month_day_last operator+(const year_month_day_last &x,
                                                   const years &n) noexcept
    {
        return {x.y + n, x.md};
    }
    __WITH_YEAR_AND_MONTH(year_month_day_last)
    friend constexpr bool operator==(const year_month_day_last &,
                                     const year_month_day_last &) noexcept = default;
    friend constexpr strong_ordering operator<=>(const year_month_day_last &,
                                                 const year_month_day_last &) noexcept = default;
};

class year_month_day
{
    chrono::year y;
    chrono::month m;
    chrono::day d;

    constexpr days count() const noexcept
    {
        return days(__days_of_civil(int(y), unsigned(m), unsigned(d)));
    }
    constexpr explicit year_month_day(const __civil &c) noexcept : y(c.y), m(c.m), d(c.d) {}

  public:
    year_month_day() = default;
    constexpr year_month_day(const chrono::year &ye, const chrono::month &mo,
                             const chrono::day &da) noexcept
        : y(ye), m(mo), d(da)
    {
    }
    constexpr year_month_day(const year_month_day_last &l) noexcept
        : y(l.year()), m(l.month()), d(l.day())
    {
    }
    constexpr year_month_day(const sys_days &t) noexcept
        : year_month_day(__civil_of_days(t.time_since_epoch().count()))
    {
    }
    constexpr explicit year_month_day(const local_days &t) noexcept
        : year_month_day(__civil_of_days(t.time_since_epoch().count()))
    {
    }
    constexpr chrono::year year() const noexcept { return y; }
    constexpr chrono::month month() const noexcept { return m; }
    constexpr chrono::day day() const noexcept { return d; }
    constexpr bool ok() const noexcept
    {
        return y.ok() && m.ok() && d.ok() &&
               unsigned(d) <= __days_in_month(y.is_leap(), unsigned(m));
    }
    __AS_DAYS
    friend constexpr year_month_day operator+(const year_month_day &x, const months &n) noexcept
    {
        auto ym = year_month(x.y, x.m) + n;
        return {ym.year(), ym.month(), x.d};
    }
    friend constexpr year_month_day operator+(const year_month_day &x, const years &n) noexcept
    {
        return {x.y + n, x.m, x.d};
    }
    __WITH_YEAR_AND_MONTH(year_month_day)
    friend constexpr bool operator==(const year_month_day &,
                                     const year_month_day &) noexcept = default;
    friend constexpr strong_ordering operator<=>(const year_month_day &,
                                                 const year_month_day &) noexcept = default;
};

class year_month_weekday
{
    chrono::year y;
    chrono::month m;
    chrono::weekday_indexed w;

    constexpr days count() const noexcept
    {
        sys_days first(days(__days_of_civil(int(y), unsigned(m), 1)));
        return (first + (w.weekday() - chrono::weekday(first)) + days((int(w.index()) - 1) * 7))
            .time_since_epoch();
    }

  public:
    year_month_weekday() = default;
    constexpr year_month_weekday(const chrono::year &ye, const chrono::month &mo,
                                 const chrono::weekday_indexed &wi) noexcept
        : y(ye), m(mo), w(wi)
    {
    }
    constexpr year_month_weekday(const sys_days &t) noexcept
    {
        year_month_day date(t);
        y = date.year();
        m = date.month();
        w = chrono::weekday(t)[(unsigned(date.day()) - 1) / 7 + 1];
    }
    constexpr explicit year_month_weekday(const local_days &t) noexcept
        : year_month_weekday(sys_days(t.time_since_epoch()))
    {
    }
    constexpr chrono::year year() const noexcept { return y; }
    constexpr chrono::month month() const noexcept { return m; }
    constexpr chrono::weekday weekday() const noexcept { return w.weekday(); }
    constexpr unsigned index() const noexcept { return w.index(); }
    constexpr chrono::weekday_indexed weekday_indexed() const noexcept { return w; }
    constexpr bool ok() const noexcept
    {
        if (!y.ok() || !m.ok() || !w.ok())
            return false;
        return year_month_day(sys_days(*this)).month() == m;
    }
    __AS_DAYS
    friend constexpr year_month_weekday operator+(const year_month_weekday &x,
                                                  const months &n) noexcept
    {
        auto ym = year_month(x.y, x.m) + n;
        return {ym.year(), ym.month(), x.w};
    }
    friend constexpr year_month_weekday operator+(const year_month_weekday &x,
                                                  const years &n) noexcept
    {
        return {x.y + n, x.m, x.w};
    }
    __WITH_YEAR_AND_MONTH(year_month_weekday)
    bool operator==(const year_month_weekday &) const noexcept = default;
};

class year_month_weekday_last
{
    chrono::year y;
    chrono::month m;
    chrono::weekday_last w;

    constexpr days count() const noexcept
    {
        sys_days end(year_month_day_last(y, chrono::month_day_last(m)));
        return (end - (chrono::weekday(end) - w.weekday())).time_since_epoch();
    }

  public:
    constexpr year_month_weekday_last(const chrono::year &ye, const chrono::month &mo,
                                      const chrono::weekday_last &wl) noexcept
        : y(ye), m(mo), w(wl)
    {
    }
    constexpr chrono::year year() const noexcept { return y; }
    constexpr chrono::month month() const noexcept { return m; }
    constexpr chrono::weekday weekday() const noexcept { return w.weekday(); }
    constexpr chrono::weekday_last weekday_last() const noexcept { return w; }
    constexpr bool ok() const noexcept { return y.ok() && m.ok() && w.ok(); }
    __AS_DAYS
    friend constexpr year_month_weekday_last operator+(const year_month_weekday_last &x,
                                                       const months &n) noexcept
    {
        auto ym = year_month(x.y, x.m) + n;
        return {ym.year(), ym.month(), x.w};
    }
    friend constexpr year_month_weekday_last operator+(const year_month_weekday_last &x,
                                                       const years &n) noexcept
    {
        return {x.y + n, x.m, x.w};
    }
    __WITH_YEAR_AND_MONTH(year_month_weekday_last)
    bool operator==(const year_month_weekday_last &) const noexcept = default;
};
#undef __WITH_YEAR_AND_MONTH
#undef __AS_DAYS

// Dates are written with slashes: year/month/day, month/day/year or day/month/year; the first part
// has its type, the others may be numbers.
#define __SLASH(result, left, right, ...)                                                          \
    constexpr result operator/(left a, right b) noexcept                                           \
    {                                                                                              \
        return __VA_ARGS__;                                                                        \
    }
__SLASH(year_month, const year &, const month &, {a, b})
__SLASH(year_month, const year &, int, a / month(unsigned(b)))
__SLASH(month_day, const month &, const day &, {a, b})
__SLASH(month_day, const month &, int, a / day(unsigned(b)))
__SLASH(month_day, int, const day &, month(unsigned(a)) / b)
__SLASH(month_day, const day &, const month &, b / a)
__SLASH(month_day, const day &, int, month(unsigned(b)) / a)
__SLASH(month_day_last, const month &, last_spec, (void(b), month_day_last(a)))
__SLASH(month_day_last, int, last_spec, month(unsigned(a)) / b)
__SLASH(month_day_last, last_spec, const month &, b / a)
__SLASH(month_day_last, last_spec, int, month(unsigned(b)) / a)
__SLASH(month_weekday, const month &, const weekday_indexed &, {a, b})
__SLASH(month_weekday, int, const weekday_indexed &, month(unsigned(a)) / b)
__SLASH(month_weekday, const weekday_indexed &, const month &, b / a)
__SLASH(month_weekday, const weekday_indexed &, int, month(unsigned(b)) / a)
__SLASH(month_weekday_last, const month &, const weekday_last &, {a, b})
__SLASH(month_weekday_last, int, const weekday_last &, month(unsigned(a)) / b)
__SLASH(month_weekday_last, const weekday_last &, const month &, b / a)
__SLASH(month_weekday_last, const weekday_last &, int, month(unsigned(b)) / a)
__SLASH(year_month_day, const year_month &, const day &, {a.year(), a.month(), b})
__SLASH(year_month_day, const year_month &, int, a / day(unsigned(b)))
__SLASH(year_month_day, const year &, const month_day &, a / b.month() / b.day())
__SLASH(year_month_day, int, const month_day &, year(a) / b)
__SLASH(year_month_day, const month_day &, const year &, b / a)
__SLASH(year_month_day, const month_day &, int, year(b) / a)
__SLASH(year_month_day_last, const year_month &, last_spec,
        (void(b), year_month_day_last(a.year(), month_day_last(a.month()))))
__SLASH(year_month_day_last, const year &, const month_day_last &, {a, b})
__SLASH(year_month_day_last, int, const month_day_last &, year(a) / b)
__SLASH(year_month_day_last, const month_day_last &, const year &, b / a)
__SLASH(year_month_day_last, const month_day_last &, int, year(b) / a)
__SLASH(year_month_weekday, const year_month &, const weekday_indexed &, {a.year(), a.month(), b})
__SLASH(year_month_weekday, const year &, const month_weekday &,
        {a, b.month(), b.weekday_indexed()})
__SLASH(year_month_weekday, int, const month_weekday &, year(a) / b)
__SLASH(year_month_weekday, const month_weekday &, const year &, b / a)
__SLASH(year_month_weekday, const month_weekday &, int, year(b) / a)
__SLASH(year_month_weekday_last, const year_month &, const weekday_last &, {a.year(), a.month(), b})
__SLASH(year_month_weekday_last, const year &, const month_weekday_last &,
        {a, b.month(), b.weekday_last()})
__SLASH(year_month_weekday_last, int, const month_weekday_last &, year(a) / b)
__SLASH(year_month_weekday_last, const month_weekday_last &, const year &, b / a)
__SLASH(year_month_weekday_last, const month_weekday_last &, int, year(b) / a)
#undef __SLASH

// A duration as hours, minutes, seconds and a fraction: [time.hms].
template <class Duration>
class hh_mm_ss
{
    static constexpr long long power(unsigned n)
    {
        long long r = 1;
        for (; n > 0; n--)
            r *= 10;
        return r;
    }
    // Decimals that show a period exactly, or six.
    static constexpr unsigned decimals()
    {
        for (unsigned n = 0; n <= 18; n++)
            if (power(n) % Duration::period::den == 0)
                return n;
        return 6;
    }

  public:
    static constexpr unsigned fractional_width = decimals();
    using precision = duration<common_type_t<typename Duration::rep, seconds::rep>,
                               ratio<1, power(fractional_width)>>;

    constexpr hh_mm_ss() noexcept : hh_mm_ss(Duration::zero()) {}
    constexpr explicit hh_mm_ss(Duration d) : negative(d < Duration::zero())
    {
        auto rest = negative ? -d : +d;
        h = duration_cast<chrono::hours>(rest);
        m = duration_cast<chrono::minutes>(rest - h);
        s = duration_cast<chrono::seconds>(rest - h - m);
        if constexpr (treat_as_floating_point_v<typename precision::rep>)
            ss = rest - h - m - s;
        else
            ss = duration_cast<precision>(rest - h - m - s);
    }
    constexpr bool is_negative() const noexcept { return negative; }
    constexpr chrono::hours hours() const noexcept { return h; }
    constexpr chrono::minutes minutes() const noexcept { return m; }
    constexpr chrono::seconds seconds() const noexcept { return s; }
    constexpr precision subseconds() const noexcept { return ss; }
    constexpr explicit operator precision() const noexcept { return to_duration(); }
    constexpr precision to_duration() const noexcept
    {
        auto d = precision(h + m + s + ss);
        return negative ? -d : d;
    }

  private:
    bool negative;
    chrono::hours h{};
    chrono::minutes m{};
    chrono::seconds s{};
    precision ss{};
};

constexpr bool is_am(const hours &h) noexcept
{
    return h >= hours(0) && h < hours(12);
}
constexpr bool is_pm(const hours &h) noexcept
{
    return h >= hours(12) && h < hours(24);
}
constexpr hours make12(const hours &h) noexcept
{
    return h == hours(0) ? hours(12) : h > hours(12) ? h - hours(12) : h;
}
constexpr hours make24(const hours &h, bool pm) noexcept
{
    return pm ? (h == hours(12) ? h : h + hours(12)) : h == hours(12) ? hours(0) : h;
}

} // namespace std::chrono
