#include "padding.h"

namespace std
{

void __format_padded(__format_sink &to, const __format_spec &spec, string_view s, size_t width,
                     char side)
{
    size_t rest = size_t(spec.width) > width ? size_t(spec.width) - width : 0;
    if (spec.align)
        side = spec.align;
    size_t before = side == '<' ? 0 : side == '>' ? rest : rest / 2;
    to.fill(spec.fill, spec.fill_size, before);
    to.write(s.data(), s.size());
    to.fill(spec.fill, spec.fill_size, rest - before);
}

void __format_number(__format_sink &to, const __format_spec &spec, string_view prefix,
                     string_view rest)
{
    size_t width = prefix.size() + rest.size();
    size_t missing = size_t(spec.width) > width ? size_t(spec.width) - width : 0;
    size_t zeros = spec.zeros && !spec.align ? missing : 0;
    size_t padding = missing - zeros;
    size_t before = spec.align == '<' ? 0 : spec.align == '^' ? padding / 2 : padding;
    to.fill(spec.fill, spec.fill_size, before);
    to.write(prefix.data(), prefix.size());
    to.fill("0", 1, zeros);
    to.write(rest.data(), rest.size());
    to.fill(spec.fill, spec.fill_size, padding - before);
}

size_t __format_sign(char *to, const __format_spec &spec, bool negative)
{
    char sign = negative ? '-' : spec.sign == '-' ? '\0' : spec.sign;
    *to = sign;
    return sign != 0;
}

} // namespace std
