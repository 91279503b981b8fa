#pragma once

#include <bits/locale.h>
#include <iosfwd>
#include <system_error>

namespace std
{

enum class io_errc { stream = 1 };
template <>
struct is_error_code_enum<io_errc> : true_type {
};
const error_category &iostream_category() noexcept;
inline error_code make_error_code(io_errc e) noexcept
{
    return error_code(int(e), iostream_category());
}
inline error_condition make_error_condition(io_errc e) noexcept
{
    return error_condition(int(e), iostream_category());
}

class ios_base
{
  public:
    class failure : public system_error
    {
      public:
        explicit failure(const string &what, const error_code &e = io_errc::stream)
            : system_error(e, what)
        {
        }
        explicit failure(const char *what, const error_code &e = io_errc::stream)
            : system_error(e, what)
        {
        }
        failure(const failure &) noexcept = default;
        failure &operator=(const failure &) noexcept = default;
        ~failure() override;
    };
    class Init
    {
      public: // the streams are made before all other objects
        Init() {}
        ~Init() {}
    };

    using fmtflags = unsigned;
    static constexpr fmtflags boolalpha = 1, showbase = 2, showpoint = 4, showpos = 8, skipws = 16,
                              unitbuf = 32, uppercase = 64, dec = 128, oct = 256, hex = 512,
                              basefield = dec | oct | hex, fixed = 1024, scientific = 2048,
                              floatfield = fixed | scientific, left = 4096, right = 8192,
                              internal = 16384, adjustfield = left | right | internal;
    using iostate = unsigned;
    static constexpr iostate goodbit = 0, badbit = 1, eofbit = 2, failbit = 4;
    using openmode = unsigned;
    static constexpr openmode app = 1, ate = 2, binary = 4, in = 8, out = 16, trunc = 32,
                              noreplace = 64;
    enum seekdir { beg, cur, end };

    ios_base(const ios_base &) = delete;
    ios_base &operator=(const ios_base &) = delete;
    virtual ~ios_base();

    fmtflags flags() const { return format; }
    fmtflags flags(fmtflags f)
    {
        fmtflags old = format;
        format = f;
        return old;
    }
    fmtflags setf(fmtflags f) { return flags(format | f); }
    fmtflags setf(fmtflags f, fmtflags mask) { return flags((format & ~mask) | (f & mask)); }
    void unsetf(fmtflags f) { format &= ~f; }
    streamsize precision() const { return digits; }
    streamsize precision(streamsize n)
    {
        streamsize old = digits;
        digits = n;
        return old;
    }
    streamsize width() const { return least; }
    streamsize width(streamsize n)
    {
        streamsize old = least;
        least = n;
        return old;
    }
    // true, as it is at first: cin, cout, cerr and clog share the buffers of stdin, stdout and
    // stderr. false, before anything is read or written: they have their own ones, which is faster.
    static bool sync_with_stdio(bool sync = true);

    locale imbue(const locale &l);
    locale getloc() const { return locale(); }

    enum event { erase_event, imbue_event, copyfmt_event };
    using event_callback = void (*)(event e, ios_base &b, int index);
    void register_callback(event_callback f, int index);
    static int xalloc();
    long &iword(int index);
    void *&pword(int index);

  protected:
    ios_base() = default;
    void __copy_format(const ios_base &o)
    {
        format = o.format;
        digits = o.digits;
        least = o.least;
    }
    void __copy_extra(const ios_base &o)
    {
        if (extra || o.extra)
            copy_extra(o);
    }
    void __call(event e)
    {
        if (extra)
            extra->call(*this, e);
    }
    void __swap_format(ios_base &o)
    {
        std::swap(extra, o.extra);
        std::swap(format, o.format);
        std::swap(digits, o.digits);
        std::swap(least, o.least);
    }

    // Words and callbacks; programs that use none link none.
    struct __extra_part {
        void (*call)(ios_base &b, event e);
        void (*destroy)(__extra_part *p);
    };

  private:
    struct extra_words;
    __extra_part *extra = nullptr;
    extra_words &make_extra();
    void copy_extra(const ios_base &o);
    static void call_back(ios_base &b, event e);

    fmtflags format = skipws | dec;
    streamsize digits = 6, least = 0;
};

// The text of a number in a stream's format; `*prefix` is how much of it comes before internal
// padding.
enum { __INTEGER_TEXT_MAX = 32 };
size_t __integer_text(char *to, const ios_base &b, unsigned long long n, bool negative,
                      bool is_signed, size_t *prefix);
string __float_text(const ios_base &b, double x, size_t *prefix);
string __float_text(const ios_base &b, long double x, size_t *prefix);
string __pointer_text(const void *p);

#define __MANIPULATOR(name, flag, mask)                                                            \
    inline ios_base &name(ios_base &b)                                                             \
    {                                                                                              \
        b.setf(flag, mask);                                                                        \
        return b;                                                                                  \
    }
#define __SWITCH(name)                                                                             \
    __MANIPULATOR(name, ios_base::name, ios_base::name)                                            \
    __MANIPULATOR(no##name, 0, ios_base::name)
__SWITCH(boolalpha)
__SWITCH(showbase)
__SWITCH(showpoint)
__SWITCH(showpos)
__SWITCH(skipws)
__SWITCH(unitbuf)
__SWITCH(uppercase)
__MANIPULATOR(dec, ios_base::dec, ios_base::basefield)
__MANIPULATOR(oct, ios_base::oct, ios_base::basefield)
__MANIPULATOR(hex, ios_base::hex, ios_base::basefield)
__MANIPULATOR(fixed, ios_base::fixed, ios_base::floatfield)
__MANIPULATOR(scientific, ios_base::scientific, ios_base::floatfield)
__MANIPULATOR(hexfloat, ios_base::floatfield, ios_base::floatfield)
__MANIPULATOR(defaultfloat, 0, ios_base::floatfield)
__MANIPULATOR(left, ios_base::left, ios_base::adjustfield)
__MANIPULATOR(right, ios_base::right, ios_base::adjustfield)
__MANIPULATOR(internal, ios_base::internal, ios_base::adjustfield)
#undef __SWITCH
#undef __MANIPULATOR

} // namespace std
