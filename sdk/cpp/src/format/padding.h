// What the presentations share.
#pragma once

#include <format>

namespace std
{

// A text that is `width` columns wide, filled up to the specified width; `side` is the alignment
// where none is specified.
void __format_padded(__format_sink &to, const __format_spec &spec, string_view s, size_t width,
                     char side);
// A number: sign and base, zeros if specified, the rest.
void __format_number(__format_sink &to, const __format_spec &spec, string_view prefix,
                     string_view rest);
// The sign's text; its length.
size_t __format_sign(char *to, const __format_spec &spec, bool negative);

} // namespace std
