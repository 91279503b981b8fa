// Numbers to and from strings, and strings to and from streams.
#pragma once

#include <bits/string_operators.h>
#include <iosfwd>
#include <stdio.h> // EOF

namespace std
{

string to_string(int n);
string to_string(unsigned n);
string to_string(long n);
string to_string(unsigned long n);
string to_string(long long n);
string to_string(unsigned long long n);
string to_string(float x);
string to_string(double x);
string to_string(long double x);

int stoi(const string &s, size_t *out_end = nullptr, int base = 10);
long stol(const string &s, size_t *out_end = nullptr, int base = 10);
unsigned long stoul(const string &s, size_t *out_end = nullptr, int base = 10);
long long stoll(const string &s, size_t *out_end = nullptr, int base = 10);
unsigned long long stoull(const string &s, size_t *out_end = nullptr, int base = 10);
float stof(const string &s, size_t *out_end = nullptr);
double stod(const string &s, size_t *out_end = nullptr);
long double stold(const string &s, size_t *out_end = nullptr);

template <class C, class T, class A>
basic_ostream<C, T> &operator<<(basic_ostream<C, T> &o, const basic_string<C, T, A> &s)
{
    return o.__write_padded(s.data(), s.size());
}
// A word.
template <class C, class T, class A>
basic_istream<C, T> &operator>>(basic_istream<C, T> &i, basic_string<C, T, A> &s)
{
    typename basic_istream<C, T>::sentry ready(i);
    if (!ready)
        return i;
    s.clear();
    size_t limit = i.width() > 0 ? size_t(i.width()) : s.max_size();
    bool end;
    {
        __reader<C, T> in(*i.rdbuf());
        auto c = in.peek();
        for (; s.size() < limit && !T::eq_int_type(c, T::eof()) &&
               !basic_istream<C, T>::__is_space(T::to_char_type(c));
             c = in.step())
            s.push_back(T::to_char_type(c));
        end = T::eq_int_type(c, T::eof());
    }
    i.width(0);
    auto state = end ? basic_istream<C, T>::eofbit : basic_istream<C, T>::goodbit;
    if (s.empty())
        state |= basic_istream<C, T>::failbit;
    i.setstate(state);
    return i;
}
template <class C, class T, class A>
basic_istream<C, T> &getline(basic_istream<C, T> &i, basic_string<C, T, A> &s, C delimiter)
{
    typename basic_istream<C, T>::sentry ready(i, true);
    if (!ready)
        return i;
    s.clear();
    auto state = basic_istream<C, T>::goodbit;
    {
        __reader<C, T> in(*i.rdbuf());
        for (bool first = true;; first = false) {
            auto c = in.peek();
            if (T::eq_int_type(c, T::eof())) {
                state |= basic_istream<C, T>::eofbit;
                if (first)
                    state |= basic_istream<C, T>::failbit;
                break;
            }
            auto rest = in.rest();
            if (rest.empty()) { // a buffer without an area
                in.skip();
                if (T::eq(T::to_char_type(c), delimiter))
                    break;
                s.push_back(T::to_char_type(c));
                continue;
            }
            const C *found = T::find(rest.data(), rest.size(), delimiter);
            s.append(rest.data(), found ? size_t(found - rest.data()) : rest.size());
            in.skip(found ? size_t(found - rest.data()) + 1 : rest.size());
            if (found)
                break;
        }
    }
    i.setstate(state);
    return i;
}
template <class C, class T, class A>
basic_istream<C, T> &getline(basic_istream<C, T> &i, basic_string<C, T, A> &s)
{
    return std::getline(i, s, C('\n'));
}
template <class C, class T, class A>
basic_istream<C, T> &getline(basic_istream<C, T> &&i, basic_string<C, T, A> &s)
{
    return std::getline(i, s, C('\n'));
}

inline namespace literals
{
inline namespace string_literals
{
[[nodiscard]] constexpr string operator""s(const char *s, size_t n)
{
    return {s, n};
}
[[nodiscard]] constexpr wstring operator""s(const wchar_t *s, size_t n)
{
    return {s, n};
}
[[nodiscard]] constexpr u8string operator""s(const char8_t *s, size_t n)
{
    return {s, n};
}
[[nodiscard]] constexpr u16string operator""s(const char16_t *s, size_t n)
{
    return {s, n};
}
[[nodiscard]] constexpr u32string operator""s(const char32_t *s, size_t n)
{
    return {s, n};
}
} // namespace string_literals
} // namespace literals

} // namespace std
