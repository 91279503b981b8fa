// Format strings: replacement fields, and the specification inside them.
#pragma once

#include <iterator>
#include <stdexcept>
#include <string_view>
#include <version>

namespace std
{

class format_error : public runtime_error
{
  public:
    using runtime_error::runtime_error;
    format_error(const format_error &) noexcept = default;
    format_error &operator=(const format_error &) noexcept = default;
    ~format_error() override;
};

// Not constexpr: a format string that gets here at compile time is refused.
[[noreturn]] void __throw_format_error(const char *what);

template <class C>
class basic_format_parse_context
{
    const C *first, *last;
    size_t arguments;
    enum { undecided, automatic, manual } indexing = undecided;
    size_t next = 0;

  public:
    using char_type = C;
    using const_iterator = const C *;
    using iterator = const_iterator;

    constexpr explicit basic_format_parse_context(basic_string_view<C> text,
                                                  size_t number_of_arguments = 0) noexcept
        : first(text.data()), last(text.data() + text.size()), arguments(number_of_arguments)
    {
    }
    basic_format_parse_context(const basic_format_parse_context &) = delete;
    basic_format_parse_context &operator=(const basic_format_parse_context &) = delete;
    constexpr const_iterator begin() const noexcept { return first; }
    constexpr const_iterator end() const noexcept { return last; }
    constexpr void advance_to(const_iterator i) { first = i; }
    constexpr size_t next_arg_id()
    {
        if (indexing == manual)
            std::__throw_format_error("automatic numbering of arguments after manual");
        indexing = automatic;
        if (is_constant_evaluated() && next >= arguments)
            std::__throw_format_error("more fields than arguments");
        return next++;
    }
    constexpr void check_arg_id(size_t id)
    {
        if (indexing == automatic)
            std::__throw_format_error("manual numbering of arguments after automatic");
        indexing = manual;
        if (is_constant_evaluated() && id >= arguments)
            std::__throw_format_error("there is no argument with that number");
    }
};
using format_parse_context = basic_format_parse_context<char>;

// [format.string.std]
struct __format_spec {
    char fill[4] = {' '};
    unsigned char fill_size = 1;
    char align = 0; // '<', '^', '>' or 0
    char sign = 0;  // '+', ' ', '-' or 0
    char type = 0;
    bool alternate = false, zeros = false, locale = false;
    int width = 0, precision = -1;
    int width_id = -1, precision_id = -1; // arguments that say it
};

enum class __format_kind : unsigned char { boolean, character, integer, floating, text, pointer };

constexpr bool __is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// A number at p, which has a digit.
constexpr const char *__parse_number(const char *p, const char *last, int &n)
{
    n = 0;
    for (; p != last && std::__is_digit(*p); p++)
        if (__builtin_mul_overflow(n, 10, &n) || __builtin_add_overflow(n, *p - '0', &n))
            std::__throw_format_error("a number is too large");
    return p;
}

// An argument's number behind '{': none, 0, or one without zeros in front.
constexpr const char *__parse_id(const char *p, format_parse_context &context, int &id)
{
    const char *last = context.end();
    if (p == last || !std::__is_digit(*p)) {
        id = int(context.next_arg_id());
        return p;
    }
    if (*p == '0') {
        id = 0;
        p++;
    } else {
        p = std::__parse_number(p, last, id);
    }
    context.check_arg_id(size_t(id));
    return p;
}

// "{}" or "{id}" at p as width or precision.
constexpr const char *__parse_nested(const char *p, format_parse_context &context, int &id)
{
    p = std::__parse_id(p + 1, context, id);
    if (p == context.end() || *p != '}')
        std::__throw_format_error("a nested field holds nothing but a number");
    return p + 1;
}

constexpr bool __is_align(char c)
{
    return c == '<' || c == '>' || c == '^';
}
// The length of the UTF-8 sequence that c begins; 1 for what begins none.
constexpr int __utf8_length(char c)
{
    auto u = static_cast<unsigned char>(c);
    return u >= 0xf0 && u < 0xf8 ? 4 : u >= 0xe0 ? 3 : u >= 0xc0 ? 2 : 1;
}

constexpr const char *__parse_fill(const char *p, const char *last, __format_spec &spec)
{
    int n = std::__utf8_length(*p);
    if (last - p > n && std::__is_align(p[n])) {
        if (*p == '{' || *p == '}')
            std::__throw_format_error("braces do not fill");
        for (int i = 0; i < n; i++)
            spec.fill[i] = p[i];
        spec.fill_size = static_cast<unsigned char>(n);
        spec.align = p[n];
        return p + n + 1;
    }
    if (std::__is_align(*p))
        spec.align = *p++;
    return p;
}

constexpr const char *__parse_sizes(const char *p, const char *last, __format_spec &spec,
                                    format_parse_context &context)
{
    if (p != last && *p == '0') {
        spec.zeros = true;
        p++;
    }
    if (p != last && *p == '{')
        p = std::__parse_nested(p, context, spec.width_id);
    else if (p != last && std::__is_digit(*p)) {
        if (*p == '0')
            std::__throw_format_error("a width does not begin with zeros");
        p = std::__parse_number(p, last, spec.width);
    }
    if (p == last || *p != '.')
        return p;
    p++;
    if (p != last && *p == '{')
        return std::__parse_nested(p, context, spec.precision_id);
    if (p == last || !std::__is_digit(*p))
        std::__throw_format_error("a precision is missing behind '.'");
    return std::__parse_number(p, last, spec.precision);
}

// What makes no sense for the kind of argument is an error.
constexpr void __check_format_spec(__format_spec &spec, __format_kind kind)
{
    using enum __format_kind;
    const char *types = kind == boolean     ? "sbBdoxX"
                        : kind == character ? "cbBdoxX"
                        : kind == integer   ? "bBcdoxX"
                        : kind == floating  ? "aAeEfFgG"
                        : kind == text      ? "s"
                                            : "pP";
    bool known = spec.type == 0;
    for (; *types && !known; types++)
        known = *types == spec.type;
    if (!known)
        std::__throw_format_error("the argument has no such presentation");
    bool as_text = kind == text || spec.type == 'c' || spec.type == 's' ||
                   (spec.type == 0 && (kind == boolean || kind == character));
    if ((as_text || kind == pointer) && (spec.sign || spec.alternate))
        std::__throw_format_error("signs and '#' are for numbers");
    if (as_text && spec.zeros)
        std::__throw_format_error("'0' is for numbers");
    if ((spec.precision >= 0 || spec.precision_id >= 0) && kind != floating && kind != text)
        std::__throw_format_error("the argument has no precision");
    if (spec.locale && (kind == text || kind == pointer))
        std::__throw_format_error("'L' is for numbers and bool");
}

// Up to the '}'.
constexpr const char *__parse_format_spec(format_parse_context &context, __format_spec &spec,
                                          __format_kind kind)
{
    const char *p = context.begin(), *last = context.end();
    if (p == last || *p == '}')
        return p;
    p = std::__parse_fill(p, last, spec);
    if (p != last && (*p == '+' || *p == '-' || *p == ' '))
        spec.sign = *p++;
    if (p != last && *p == '#') {
        spec.alternate = true;
        p++;
    }
    p = std::__parse_sizes(p, last, spec, context);
    if (p != last && *p == 'L') {
        spec.locale = true;
        p++;
    }
    if (p != last && *p != '}')
        spec.type = *p++;
    if (p != last && *p != '}')
        std::__throw_format_error("a field ends behind its presentation");
    std::__check_format_spec(spec, kind);
    return p;
}

// Calls handler.text(from, n) for what stands as it is, and handler.field(id, context) for
// replacement fields; that parses from context.begin() and returns where it stopped.
template <class Handler>
constexpr void __parse_format(format_parse_context &context, Handler &handler)
{
    const char *p = context.begin(), *last = context.end(), *plain = p;
    while (p != last) {
        char c = *p;
        if (c != '{' && c != '}') {
            p++;
            continue;
        }
        if (p + 1 != last && p[1] == c) { // doubled: one of them is text
            handler.text(plain, p + 1 - plain);
            plain = p += 2;
            continue;
        }
        if (c == '}')
            std::__throw_format_error("a '}' without '{'");
        handler.text(plain, p - plain);
        int id = 0;
        p = std::__parse_id(p + 1, context, id);
        if (p == last || (*p != '}' && *p != ':'))
            std::__throw_format_error("a replacement field does not end");
        context.advance_to(*p == ':' ? p + 1 : p);
        p = handler.field(id, context);
        if (p == last || *p != '}')
            std::__throw_format_error("a replacement field does not end");
        plain = ++p;
        context.advance_to(p);
    }
    handler.text(plain, p - plain);
}

} // namespace std
