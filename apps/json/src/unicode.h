// UTF-8, and the escapes of JSON strings.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// How many bytes the character at the beginning of `text` has; 0 if it is not UTF-8 (RFC 3629: no
// detours, no surrogates, nothing beyond U+10FFFF).
std::size_t utf8_length(std::string_view text);

inline bool is_utf8_continuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

void append_utf8(std::string &to, unsigned code_point);

inline bool is_high_surrogate(unsigned unit)
{
    return unit >= 0xd800 && unit < 0xdc00;
}
inline bool is_low_surrogate(unsigned unit)
{
    return unit >= 0xdc00 && unit < 0xe000;
}

// The digit's value; -1 for anything else.
int hexadecimal_digit(char c);

// The first character of `text` for a message: in quotes, or as a number if it cannot be shown.
std::string quoted_character(std::string_view text);

// What a valid JSON string stands for.
std::string decode_string(std::string_view quoted);
