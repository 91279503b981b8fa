#pragma once

#include <bits/ios_base.h>

namespace std
{

template <class C, class Traits>
class basic_ios : public ios_base
{
    basic_streambuf<C, Traits> *buffer = nullptr;
    basic_ostream<C, Traits> *tied = nullptr;
    iostate state = badbit, throwing = goodbit;
    // What clear() throws with: set where `throwing` is, so that programs without link no
    // exceptions.
    void (*thrower)(const char *) = nullptr;
    C padding = C(' ');

  public:
    using char_type = C;
    using traits_type = Traits;
    using int_type = typename Traits::int_type;
    using pos_type = typename Traits::pos_type;
    using off_type = typename Traits::off_type;

    explicit basic_ios(basic_streambuf<C, Traits> *b) { init(b); }
    ~basic_ios() override = default;

    explicit operator bool() const { return !fail(); }
    bool operator!() const { return fail(); }
    iostate rdstate() const { return state; }
    void clear(iostate s = goodbit)
    {
        state = buffer ? s : s | badbit;
        if (state & throwing)
            thrower("basic_ios::clear");
    }
    void setstate(iostate s) { clear(state | s); }
    bool good() const { return state == goodbit; }
    bool eof() const { return state & eofbit; }
    bool fail() const { return state & (failbit | badbit); }
    bool bad() const { return state & badbit; }
    iostate exceptions() const { return throwing; }
    void exceptions(iostate s)
    {
        thrower = __throw_ios_failure;
        throwing = s;
        clear(state);
    }

    basic_streambuf<C, Traits> *rdbuf() const { return buffer; }
    basic_streambuf<C, Traits> *rdbuf(basic_streambuf<C, Traits> *b)
    {
        auto *old = buffer;
        buffer = b;
        clear();
        return old;
    }
    basic_ostream<C, Traits> *tie() const { return tied; }
    basic_ostream<C, Traits> *tie(basic_ostream<C, Traits> *o)
    {
        auto *old = tied;
        tied = o;
        return old;
    }
    C fill() const { return padding; }
    C fill(C c)
    {
        C old = padding;
        padding = c;
        return old;
    }
    basic_ios &copyfmt(const basic_ios &o)
    {
        if (this == &o)
            return *this;
        __call(erase_event);
        __copy_format(o);
        __copy_extra(o);
        tied = o.tied;
        padding = o.padding;
        __call(copyfmt_event);
        exceptions(o.throwing);
        return *this;
    }
    char narrow(C c, char) const { return char(c); }
    C widen(char c) const { return C((unsigned char)c); }

  protected:
    // In a handler: what a buffer throws makes the stream bad, and goes on only if exceptions()
    // asks for that ([ostream.formatted.reqmts]).
    [[gnu::noinline]] void caught()
    {
        state |= badbit;
        if (throwing & badbit)
            throw;
    }
    void be_bad_quietly() { state |= badbit; }

    basic_ios() = default;
    void init(basic_streambuf<C, Traits> *b)
    {
        buffer = b;
        state = b ? goodbit : badbit;
    }
    void move(basic_ios &o)
    {
        __copy_format(o);
        tied = o.tied;
        state = o.state;
        throwing = o.throwing;
        thrower = o.thrower;
        padding = o.padding;
        o.tied = nullptr;
    }
    void swap(basic_ios &o) noexcept
    {
        __swap_format(o);
        std::swap(tied, o.tied);
        std::swap(state, o.state);
        std::swap(throwing, o.throwing);
        std::swap(thrower, o.thrower);
        std::swap(padding, o.padding);
    }
    void set_rdbuf(basic_streambuf<C, Traits> *b) { buffer = b; }
};

} // namespace std
