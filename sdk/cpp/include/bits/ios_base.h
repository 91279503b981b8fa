#pragma once

#include <iosfwd>
#include <stdexcept>

namespace std
{

class ios_base
{
  public:
    class failure : public runtime_error
    {
      public:
        using runtime_error::runtime_error;
        ~failure() override;
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
    static constexpr openmode app = 1, ate = 2, binary = 4, in = 8, out = 16, trunc = 32;
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
    static bool sync_with_stdio(bool = true)
    {
        return true;
    } // the streams always share stdio's buffers

  protected:
    ios_base() = default;
    void __copy_format(const ios_base &o)
    {
        format = o.format;
        digits = o.digits;
        least = o.least;
    }
    void __swap_format(ios_base &o)
    {
        std::swap(format, o.format);
        std::swap(digits, o.digits);
        std::swap(least, o.least);
    }

  private:
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
