// Arguments to be formatted, and where the text goes.
#pragma once

#include <bits/format_parse.h>
#include <bits/monostate.h>
#include <string>

namespace std
{

// Collects characters and hands them on in pieces.
class __format_sink
{
    using deliver_fn = void (*)(__format_sink &s, const char *from, size_t n);
    enum : unsigned { SIZE = 256 };
    deliver_fn deliver;
    unsigned used = 0;
    char buffer[SIZE];

  public:
    explicit __format_sink(deliver_fn f) : deliver(f) {}
    __format_sink(const __format_sink &) = delete;
    __format_sink &operator=(const __format_sink &) = delete;
    void put(char c)
    {
        if (used == SIZE)
            flush();
        buffer[used++] = c;
    }
    void write(const char *from, size_t n);
    void fill(const char *what, size_t size, size_t count); // the same characters, count times
    void flush()
    {
        unsigned n = used;
        used = 0;
        deliver(*this, buffer, n);
    }
};

class __sink_iterator
{
    __format_sink *to;

  public:
    using iterator_category = output_iterator_tag;
    using value_type = void;
    using difference_type = ptrdiff_t;
    using pointer = void;
    using reference = void;

    explicit __sink_iterator(__format_sink &s) : to(&s) {}
    __sink_iterator &operator=(char c)
    {
        to->put(c);
        return *this;
    }
    __sink_iterator &operator*() { return *this; }
    __sink_iterator &operator++() { return *this; }
    __sink_iterator operator++(int) { return *this; }
    __format_sink &__sink() const { return *to; }
};

template <class T>
inline constexpr bool __is_text = false;
template <class Traits, class A>
inline constexpr bool __is_text<basic_string<char, Traits, A>> = true;
template <class Traits>
inline constexpr bool __is_text<basic_string_view<char, Traits>> = true;

template <class Out, class C>
class basic_format_context;
using format_context = basic_format_context<__sink_iterator, char>;

template <class T, class C = char>
struct formatter { // types that cannot be formatted
    formatter() = delete;
    formatter(const formatter &) = delete;
    formatter &operator=(const formatter &) = delete;
};

// T, or const T, can be given to a formatter that the program or the library specialises.
template <class T>
concept __formattable_as =
    semiregular<formatter<remove_cv_t<T>>> &&
    requires(const formatter<remove_cv_t<T>> &f, formatter<remove_cv_t<T>> &mutable_f, T &value,
             format_context &c, format_parse_context &p) {
        { mutable_f.parse(p) } -> same_as<format_parse_context::iterator>;
        { f.format(value, c) } -> same_as<__sink_iterator>;
    };
template <class T>
concept __formattable =
    __formattable_as<const remove_reference_t<T>> || __formattable_as<remove_reference_t<T>>;

template <class Context>
class basic_format_arg
{
  public:
    class handle
    {
        const void *object;
        void (*call)(const void *object, format_parse_context &parse, Context &context);
        friend class basic_format_arg;

        template <class T>
        explicit handle(T &value) noexcept
            : object(__builtin_addressof(value)),
              call([](const void *o, format_parse_context &parse, Context &context) {
                  using Value = conditional_t<__formattable_as<const T>, const T, T>;
                  formatter<remove_cv_t<T>> f;
                  parse.advance_to(f.parse(parse));
                  context.advance_to(
                      f.format(*const_cast<Value *>(static_cast<const T *>(o)), context));
              })
        {
        }

      public:
        void format(format_parse_context &parse, Context &context) const
        {
            call(object, parse, context);
        }
    };

  private:
    // The types of [format.arg], in the order of `which`.
    enum type : unsigned char {
        none,
        boolean,
        character,
        i,
        u,
        ll,
        ull,
        f,
        d,
        ld,
        s,
        sv,
        p,
        custom
    };
    type which = none;
    union {
        bool boolean_value;
        char character_value;
        int i_value;
        unsigned u_value;
        long long ll_value;
        unsigned long long ull_value;
        float f_value;
        double d_value;
        long double ld_value;
        const char *s_value;
        string_view sv_value;
        const void *p_value;
        handle custom_value;
    };

  public:
    basic_format_arg() noexcept : i_value(0) {}
    template <class T>
    explicit basic_format_arg(T &value) noexcept;
    explicit operator bool() const noexcept { return which != none; }
    template <class Visitor>
    decltype(auto) __visit(Visitor &&v) const;
};

template <class Context>
template <class T>
basic_format_arg<Context>::basic_format_arg(T &value) noexcept : i_value(0)
{
    using D = remove_cv_t<T>;
    if constexpr (is_same_v<D, bool>) {
        which = boolean;
        boolean_value = value;
    } else if constexpr (is_same_v<D, char>) {
        which = character;
        character_value = value;
    } else if constexpr (signed_integral<D> && sizeof(D) <= sizeof(int) && !is_same_v<D, wchar_t>) {
        which = i;
        i_value = value;
    } else if constexpr (unsigned_integral<D> && sizeof(D) <= sizeof(unsigned) &&
                         !is_same_v<D, char8_t> && !is_same_v<D, char16_t> &&
                         !is_same_v<D, char32_t>) {
        which = u;
        u_value = value;
    } else if constexpr (signed_integral<D> && sizeof(D) == sizeof(long long)) {
        which = ll;
        ll_value = value;
    } else if constexpr (unsigned_integral<D> && sizeof(D) == sizeof(long long)) {
        which = ull;
        ull_value = value;
    } else if constexpr (is_same_v<D, float>) {
        which = f;
        f_value = value;
    } else if constexpr (is_same_v<D, double>) {
        which = d;
        d_value = value;
    } else if constexpr (is_same_v<D, long double>) {
        which = ld;
        ld_value = value;
    } else if constexpr (__is_text<D>) {
        which = sv;
        sv_value = string_view(value.data(), value.size());
    } else if constexpr (is_same_v<__decay(T), char *> || is_same_v<__decay(T), const char *>) {
        which = s;
        s_value = value;
    } else if constexpr (is_same_v<D, nullptr_t> || is_same_v<D, void *> ||
                         is_same_v<D, const void *>) {
        which = p;
        p_value = value;
    } else {
        which = custom;
        custom_value = handle(value);
    }
}
template <class Context>
template <class Visitor>
decltype(auto) basic_format_arg<Context>::__visit(Visitor &&v) const
{
    switch (which) {
    case none:
        break;
    case boolean:
        return v(boolean_value);
    case character:
        return v(character_value);
    case i:
        return v(i_value);
    case u:
        return v(u_value);
    case ll:
        return v(ll_value);
    case ull:
        return v(ull_value);
    case f:
        return v(f_value);
    case d:
        return v(d_value);
    case ld:
        return v(ld_value);
    case s:
        return v(s_value);
    case sv:
        return v(sv_value);
    case p:
        return v(p_value);
    case custom:
        return v(custom_value);
    }
    return v(monostate());
}
template <class Visitor, class Context>
decltype(auto) visit_format_arg(Visitor &&v, basic_format_arg<Context> a)
{
    return a.__visit(std::forward<Visitor>(v));
}

template <class Context, size_t n>
struct __format_arg_store {
    basic_format_arg<Context> args[n == 0 ? 1 : n];
};
template <class Context = format_context, class... Args>
    requires(__formattable<Args> && ...)
__format_arg_store<Context, sizeof...(Args)> make_format_args(Args &...args)
{
    return {{basic_format_arg<Context>(args)...}};
}

template <class Context>
class basic_format_args
{
    const basic_format_arg<Context> *first = nullptr;
    size_t n = 0;

  public:
    basic_format_args() noexcept = default;
    template <size_t size>
    basic_format_args(const __format_arg_store<Context, size> &s) noexcept : first(s.args), n(size)
    {
    }
    basic_format_arg<Context> get(size_t i) const noexcept
    {
        return i < n ? first[i] : basic_format_arg<Context>();
    }
    size_t __size() const noexcept { return n; }
};
using format_args = basic_format_args<format_context>;

template <class Out, class C>
class basic_format_context
{
    Out to;
    basic_format_args<basic_format_context> args;

  public:
    using iterator = Out;
    using char_type = C;
    template <class T>
    using formatter_type = formatter<T, C>;

    basic_format_context(Out out, basic_format_args<basic_format_context> a)
        : to(std::move(out)), args(a)
    {
    }
    basic_format_context(const basic_format_context &) = delete;
    basic_format_context &operator=(const basic_format_context &) = delete;
    basic_format_arg<basic_format_context> arg(size_t id) const noexcept { return args.get(id); }
    iterator out() { return std::move(to); }
    void advance_to(iterator i) { to = std::move(i); }
};

} // namespace std
