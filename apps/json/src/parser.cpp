#include "parser.h"
#include "unicode.h"

void Parser::parse()
{
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    if (text.starts_with(byte_order_mark))
        position = byte_order_mark.size();
    do {
        parse_value();
        close_what_ends();
    } while (!open_nodes.empty());
    skip_space();
    if (position < text.size())
        fail_unexpected("the end of the text");
}

// A value without children; or the beginnings of arrays and objects up to one.
void Parser::parse_value()
{
    for (;;) {
        skip_space();
        switch (peek()) {
        case '[':
            open(Kind::array);
            skip_space();
            if (take(']'))
                return close();
            break;
        case '{':
            open(Kind::object);
            skip_space();
            if (take('}'))
                return close();
            parse_key();
            break;
        case '"': {
            std::size_t start = position;
            parse_string();
            return add(Kind::string, start);
        }
        case 't':
            return parse_word("true", Kind::boolean);
        case 'f':
            return parse_word("false", Kind::boolean);
        case 'n':
            return parse_word("null", Kind::null);
        default:
            return parse_number();
        }
    }
}

// After a value: ends arrays and objects, until one goes on with another value.
void Parser::close_what_ends()
{
    while (!open_nodes.empty()) {
        bool is_object = document.nodes[open_nodes.back()].kind == Kind::object;
        skip_space();
        if (take(',')) {
            if (is_object)
                parse_key();
            return;
        }
        if (!take(is_object ? '}' : ']'))
            fail_unexpected(is_object ? "`,` or `}`" : "`,` or `]`");
        close();
    }
}

void Parser::parse_key()
{
    skip_space();
    if (peek() != '"')
        fail_unexpected("a key in quotes");
    std::size_t start = position;
    parse_string();
    add(Kind::string, start);
    skip_space();
    if (!take(':'))
        fail_unexpected("`:`");
}

void Parser::parse_string()
{
    position++; // the quote
    while (!take('"')) {
        unsigned char c = static_cast<unsigned char>(peek());
        if (position == text.size())
            fail("the string does not end");
        if (c < 0x20)
            fail("a control character in a string has to be written as an escape");
        if (c == '\\') {
            parse_escape();
        } else if (std::size_t length = utf8_length(text.substr(position))) {
            position += length;
        } else {
            fail("these bytes are not UTF-8");
        }
    }
}

void Parser::parse_escape()
{
    std::size_t start = position++; // the backslash
    if (!take('u')) {
        if (std::string_view("\"\\/bfnrt").find(peek()) == std::string_view::npos || peek() == '\0')
            fail("no such escape");
        position++;
        return;
    }
    unsigned unit = hexadecimal_unit();
    if (is_high_surrogate(unit)) {
        if (take('\\') && take('u') && is_low_surrogate(hexadecimal_unit()))
            return;
    } else if (!is_low_surrogate(unit)) {
        return;
    }
    position = start;
    fail("half of a surrogate pair");
}

unsigned Parser::hexadecimal_unit()
{
    unsigned unit = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hexadecimal_digit(peek());
        if (digit < 0)
            fail_unexpected("four hexadecimal digits after \\u");
        unit = unit * 16 + static_cast<unsigned>(digit);
        position++;
    }
    return unit;
}

void Parser::parse_number()
{
    std::size_t start = position;
    bool negative = take('-');
    if (!at_digit())
        fail_unexpected(negative ? "a digit after the minus" : "a value");
    if (take('0')) {
        if (at_digit())
            fail("a number has no zeros in front");
    } else {
        skip_digits("");
    }
    if (take('.'))
        skip_digits("after the point");
    if (take('e') || take('E')) {
        if (!take('+'))
            take('-');
        skip_digits("in the exponent");
    }
    add(Kind::number, start);
}

void Parser::skip_digits(const char *where)
{
    if (!at_digit())
        fail_unexpected(std::string("a digit ") + where);
    while (at_digit())
        position++;
}

void Parser::parse_word(std::string_view word, Kind kind)
{
    if (!text.substr(position).starts_with(word))
        fail_unexpected("a value");
    std::size_t start = position;
    position += word.size();
    add(kind, start);
}

void Parser::open(Kind kind)
{
    open_nodes.push_back(document.nodes.size());
    add(kind, position++);
}

void Parser::close()
{
    auto &node = document.nodes[open_nodes.back()];
    open_nodes.pop_back();
    node.length = position - node.start;
    node.next = document.nodes.size();
}

void Parser::add(Kind kind, std::size_t start)
{
    document.nodes.push_back({kind, start, position - start, document.nodes.size() + 1});
}

void Parser::skip_space()
{
    while (peek() == ' ' || peek() == '\n' || peek() == '\t' || peek() == '\r')
        position++;
}

bool Parser::take(char c)
{
    if (position == text.size() || text[position] != c)
        return false;
    position++;
    return true;
}

void Parser::fail(const std::string &what) const
{
    std::string_view before = text.substr(0, position);
    std::size_t line = 1, column = 1;
    for (char c : before) {
        if (c == '\n') {
            line++;
            column = 1;
        } else if (!is_utf8_continuation(c)) {
            column++;
        }
    }
    throw SyntaxError(what, line, column);
}

void Parser::fail_unexpected(const std::string &wanted) const
{
    std::string found = "the end of the text";
    if (position < text.size())
        found = quoted_character(text.substr(position));
    fail("expected " + wanted + ", found " + found);
}
