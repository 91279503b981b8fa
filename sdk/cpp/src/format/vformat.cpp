// The walk over a format string.
#include <format>
#include <string.h>
#include <utility>

namespace std
{

void __format_sink::write(const char *from, size_t n)
{
    if (n > SIZE - used) {
        flush();
        if (n > SIZE) {
            deliver(*this, from, n);
            return;
        }
    }
    memcpy(buffer + used, from, n);
    used += unsigned(n);
}
void __format_sink::fill(const char *what, size_t size, size_t count)
{
    for (; count > 0; count--)
        write(what, size);
}

namespace
{

struct field_writer {
    __format_sink &to;
    format_context &context;

    void text(const char *from, ptrdiff_t n) { to.write(from, size_t(n)); }
    format_parse_context::iterator field(int id, format_parse_context &parse)
    {
        context.arg(size_t(id)).__visit([&](const auto &value) {
            using T = remove_cvref_t<decltype(value)>;
            if constexpr (is_same_v<T, monostate>) {
                __throw_format_error("there is no argument with that number");
            } else if constexpr (is_same_v<T, basic_format_arg<format_context>::handle>) {
                value.format(parse, context);
            } else {
                formatter<T> f;
                parse.advance_to(f.parse(parse));
                f.format(value, context);
            }
        });
        return parse.begin();
    }
};

class string_sink : public __format_sink
{
  public:
    string text;
    string_sink()
        : __format_sink([](__format_sink &s, const char *from, size_t n) {
              static_cast<string_sink &>(s).text.append(from, n);
          })
    {
    }
};

} // namespace

void __vformat_to(__format_sink &to, string_view text, format_args args)
{
    format_parse_context parse(text, args.__size());
    format_context context(__sink_iterator(to), args);
    field_writer writer = {to, context};
    __parse_format(parse, writer);
}

string vformat(string_view text, format_args args)
{
    string_sink to;
    __vformat_to(to, text, args);
    to.flush();
    return std::move(to.text);
}

} // namespace std
