// Numbers to and from strings.
#include <bits/throw.h>
#include <errno.h>
#include <limits>
#include <stdio.h>
#include <stdlib.h>
#include <string>

namespace std
{

template <class U>
static string decimal(U n, bool negative)
{
    char text[24], *end = text + sizeof text, *p = end;
    do
        *--p = char('0' + n % 10);
    while (n /= 10);
    if (negative)
        *--p = '-';
    return string(p, end);
}
template <class N>
static string signed_decimal(N n)
{
    using U = make_unsigned_t<N>;
    return n < 0 ? decimal(U(U(0) - U(n)), true) : decimal(U(n), false);
}

string to_string(int n)
{
    return signed_decimal(n);
}
string to_string(unsigned n)
{
    return decimal(n, false);
}
string to_string(long n)
{
    return signed_decimal(n);
}
string to_string(unsigned long n)
{
    return decimal(n, false);
}
string to_string(long long n)
{
    return signed_decimal(n);
}
string to_string(unsigned long long n)
{
    return decimal(n, false);
}
string to_string(float x)
{
    return to_string(double(x));
}
string to_string(double x)
{
    string s(size_t(snprintf(nullptr, 0, "%f", x)), '\0');
    snprintf(s.data(), s.size() + 1, "%f", x);
    return s;
}
string to_string(long double x)
{
    string s(size_t(snprintf(nullptr, 0, "%Lf", x)), '\0');
    snprintf(s.data(), s.size() + 1, "%Lf", x);
    return s;
}

// Calls a strto… function and says what went wrong.
template <class F>
static auto parse(const string &s, size_t *out_end, const char *name, F convert)
{
    char *end;
    int saved = errno;
    errno = 0;
    auto value = convert(s.c_str(), &end);
    bool range = errno == ERANGE;
    errno = saved;
    if (end == s.c_str())
        __throw_invalid_argument(name);
    if (range)
        __throw_out_of_range(name);
    if (out_end)
        *out_end = size_t(end - s.c_str());
    return value;
}

int stoi(const string &s, size_t *out_end, int base)
{
    return int(
        parse(s, out_end, "stoi", [=](const char *p, char **end) { return strtol(p, end, base); }));
}
long stol(const string &s, size_t *out_end, int base)
{
    return parse(s, out_end, "stol",
                 [=](const char *p, char **end) { return strtol(p, end, base); });
}
unsigned long stoul(const string &s, size_t *out_end, int base)
{
    return parse(s, out_end, "stoul",
                 [=](const char *p, char **end) { return strtoul(p, end, base); });
}
long long stoll(const string &s, size_t *out_end, int base)
{
    return parse(s, out_end, "stoll",
                 [=](const char *p, char **end) { return strtoll(p, end, base); });
}
unsigned long long stoull(const string &s, size_t *out_end, int base)
{
    return parse(s, out_end, "stoull",
                 [=](const char *p, char **end) { return strtoull(p, end, base); });
}
float stof(const string &s, size_t *out_end)
{
    return parse(s, out_end, "stof", [](const char *p, char **end) { return strtof(p, end); });
}
double stod(const string &s, size_t *out_end)
{
    return parse(s, out_end, "stod", [](const char *p, char **end) { return strtod(p, end); });
}
long double stold(const string &s, size_t *out_end)
{
    return parse(s, out_end, "stold", [](const char *p, char **end) { return strtold(p, end); });
}

} // namespace std
