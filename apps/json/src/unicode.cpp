#include "unicode.h"

std::size_t utf8_length(std::string_view text)
{
    auto byte = [&](std::size_t i) -> unsigned {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
    };
    auto continues = [&](std::size_t i, unsigned least = 0x80, unsigned most = 0xbf) {
        return byte(i) >= least && byte(i) <= most;
    };
    unsigned first = byte(0);
    if (text.empty())
        return 0;
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return continues(1) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef) {
        unsigned least = first == 0xe0 ? 0xa0 : 0x80; // shorter forms exist below
        unsigned most = first == 0xed ? 0x9f : 0xbf;  // surrogates stand above
        return continues(1, least, most) && continues(2) ? 3 : 0;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        unsigned least = first == 0xf0 ? 0x90 : 0x80;
        unsigned most = first == 0xf4 ? 0x8f : 0xbf; // U+10FFFF
        return continues(1, least, most) && continues(2) && continues(3) ? 4 : 0;
    }
    return 0;
}

void append_utf8(std::string &to, unsigned code_point)
{
    auto add = [&](unsigned byte) { to += static_cast<char>(byte); };
    auto add_continuation = [&](unsigned bits) { add(0x80 | (bits & 0x3f)); };
    if (code_point < 0x80) {
        add(code_point);
    } else if (code_point < 0x800) {
        add(0xc0 | code_point >> 6);
        add_continuation(code_point);
    } else if (code_point < 0x10000) {
        add(0xe0 | code_point >> 12);
        add_continuation(code_point >> 6);
        add_continuation(code_point);
    } else {
        add(0xf0 | code_point >> 18);
        add_continuation(code_point >> 12);
        add_continuation(code_point >> 6);
        add_continuation(code_point);
    }
}

int hexadecimal_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

std::string quoted_character(std::string_view text)
{
    std::size_t length = utf8_length(text);
    unsigned char c = static_cast<unsigned char>(text[0]);
    if (length > 0 && c >= 0x20 && c != 0x7f)
        return "`" + std::string(text.substr(0, length)) + "`";
    constexpr std::string_view digits = "0123456789abcdef";
    return std::string("the byte 0x") + digits[c / 16] + digits[c % 16];
}

namespace
{

unsigned unit_at(std::string_view text, std::size_t i)
{
    unsigned unit = 0;
    for (char c : text.substr(i, 4))
        unit = unit * 16 + static_cast<unsigned>(hexadecimal_digit(c));
    return unit;
}

char simple_escape(char c)
{
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return c; // quote, slash, backslash
    }
}

} // namespace

std::string decode_string(std::string_view quoted)
{
    std::string_view text = quoted.substr(1, quoted.size() - 2);
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); i++) {
        if (text[i] != '\\') {
            result += text[i];
            continue;
        }
        i++;
        if (text[i] != 'u') {
            result += simple_escape(text[i]);
            continue;
        }
        unsigned code_point = unit_at(text, i + 1);
        i += 4;
        if (is_high_surrogate(code_point)) { // its other half follows: \uDC00
            code_point = 0x10000 + ((code_point - 0xd800) << 10) + (unit_at(text, i + 3) - 0xdc00);
            i += 6;
        }
        append_utf8(result, code_point);
    }
    return result;
}
