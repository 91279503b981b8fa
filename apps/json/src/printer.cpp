#include "printer.h"
#include "unicode.h"
#include <algorithm>
#include <ostream>

namespace
{

// Terminal colours (ECMA-48, SGR).
constexpr std::string_view key_colour = "\x1b[34;1m", string_colour = "\x1b[32m",
                           number_colour = "\x1b[36m", word_colour = "\x1b[35m",
                           no_colour = "\x1b[0m";

std::string_view colour_of(Kind kind)
{
    switch (kind) {
    case Kind::string:
        return string_colour;
    case Kind::number:
        return number_colour;
    default:
        return word_colour;
    }
}

// By what the keys stand for; equal ones stay in their order.
void sort_by_key(std::vector<Child> &children)
{
    std::vector<std::pair<std::string, Child>> decoded;
    for (const Child &child : children)
        decoded.emplace_back(decode_string(child.key), child);
    std::stable_sort(decoded.begin(), decoded.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    children.clear();
    for (const auto &[key, child] : decoded)
        children.push_back(child);
}

} // namespace

void Printer::print(Value value)
{
    if (format.raw && value.kind() == Kind::string)
        out << decode_string(value.text());
    else
        begin(value);
    while (!levels.empty()) {
        Level &level = levels.back();
        if (level.next == level.children.size()) {
            char end = level.end;
            levels.pop_back();
            begin_line(levels.size());
            out << end;
            continue;
        }
        if (level.next > 0)
            out << ',';
        begin_line(levels.size());
        Child child = level.children[level.next++];
        if (!child.key.empty()) {
            write(child.key, key_colour);
            out << (format.indent ? ": " : ":");
        }
        begin(child.value);
    }
    out << '\n';
}

// A whole value, or the first bracket of one with children.
void Printer::begin(Value value)
{
    switch (value.kind()) {
    case Kind::array:
    case Kind::object:
        return begin_children(value);
    default:
        return write(value.text(), colour_of(value.kind()));
    }
}

void Printer::begin_children(Value value)
{
    bool is_object = value.kind() == Kind::object;
    std::vector<Child> children = value.children();
    if (children.empty()) {
        out << (is_object ? "{}" : "[]");
        return;
    }
    if (is_object && format.sort_keys)
        sort_by_key(children);
    out << (is_object ? '{' : '[');
    levels.push_back({std::move(children), 0, is_object ? '}' : ']'});
}

void Printer::begin_line(std::size_t level)
{
    if (!format.indent)
        return;
    out << '\n';
    for (std::size_t spaces = level * *format.indent; spaces > 0; spaces--)
        out << ' ';
}

void Printer::write(std::string_view text, std::string_view colour)
{
    if (format.colours)
        out << colour << text << no_colour;
    else
        out << text;
}
