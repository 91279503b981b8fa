#pragma once

#include <bits/iterator_adaptors.h>
#include <iosfwd>

namespace std
{

template <class T, class C = char, class Traits = char_traits<C>, class D = ptrdiff_t>
class istream_iterator
{
    basic_istream<C, Traits> *stream = nullptr;
    T value{};

    void read()
    {
        if (stream && !(*stream >> value))
            stream = nullptr;
    }

  public:
    using iterator_category = input_iterator_tag;
    using value_type = T;
    using difference_type = D;
    using pointer = const T *;
    using reference = const T &;

    istream_iterator() = default;
    istream_iterator(default_sentinel_t) {}
    istream_iterator(basic_istream<C, Traits> &s) : stream(&s) { read(); }
    const T &operator*() const { return value; }
    const T *operator->() const { return &value; }
    istream_iterator &operator++()
    {
        read();
        return *this;
    }
    istream_iterator operator++(int)
    {
        istream_iterator old = *this;
        read();
        return old;
    }
    friend bool operator==(const istream_iterator &a, const istream_iterator &b)
    {
        return a.stream == b.stream;
    }
};

template <class T, class C = char, class Traits = char_traits<C>>
class ostream_iterator : public __output_iterator<ostream_iterator<T, C, Traits>>
{
    basic_ostream<C, Traits> *stream;
    const C *separator;

  public:
    ostream_iterator(basic_ostream<C, Traits> &s, const C *separator = nullptr)
        : stream(&s), separator(separator)
    {
    }
    ostream_iterator &operator=(const T &v)
    {
        *stream << v;
        if (separator)
            *stream << separator;
        return *this;
    }
};

template <class C, class Traits = char_traits<C>>
class istreambuf_iterator
{
    basic_streambuf<C, Traits> *buffer = nullptr;

    bool at_end() const { return !buffer || Traits::eq_int_type(buffer->sgetc(), Traits::eof()); }

  public:
    using iterator_category = input_iterator_tag;
    using value_type = C;
    using difference_type = ptrdiff_t;
    using pointer = C *;
    using reference = C;

    istreambuf_iterator() = default;
    istreambuf_iterator(default_sentinel_t) {}
    istreambuf_iterator(basic_istream<C, Traits> &s) : buffer(s.rdbuf()) {}
    istreambuf_iterator(basic_streambuf<C, Traits> *b) : buffer(b) {}
    C operator*() const { return Traits::to_char_type(buffer->sgetc()); }
    istreambuf_iterator &operator++()
    {
        buffer->sbumpc();
        return *this;
    }
    istreambuf_iterator operator++(int)
    {
        istreambuf_iterator old = *this;
        buffer->sbumpc();
        return old;
    }
    bool equal(const istreambuf_iterator &o) const { return at_end() == o.at_end(); }
    friend bool operator==(const istreambuf_iterator &a, const istreambuf_iterator &b)
    {
        return a.equal(b);
    }
};

template <class C, class Traits = char_traits<C>>
class ostreambuf_iterator : public __output_iterator<ostreambuf_iterator<C, Traits>>
{
    basic_streambuf<C, Traits> *buffer;
    bool bad = false;

  public:
    ostreambuf_iterator(basic_ostream<C, Traits> &s) : buffer(s.rdbuf()) {}
    ostreambuf_iterator(basic_streambuf<C, Traits> *b) : buffer(b) {}
    ostreambuf_iterator &operator=(C c)
    {
        bad = bad || Traits::eq_int_type(buffer->sputc(c), Traits::eof());
        return *this;
    }
    bool failed() const noexcept { return bad; }
};

} // namespace std
