#include "query_parser.h"
#include "unicode.h"
#include <algorithm>
#include <charconv>

std::vector<std::unique_ptr<Step>> QueryParser::parse()
{
    Steps steps;
    if (path == "." || path == "$")
        return steps;
    take("$"); // JSONPath begins with it
    while (position < path.size()) {
        if (take("["))
            steps.push_back(parse_bracket());
        else if (take("."))
            parse_dot(steps);
        else if (position == 0)
            steps.push_back(std::make_unique<MemberStep>(parse_name()));
        else
            fail("expected `.` or `[`");
    }
    return steps;
}

// After the dot: .name ."name" .* ..name .[2]
void QueryParser::parse_dot(Steps &steps)
{
    if (take("."))
        steps.push_back(std::make_unique<DescendantsStep>());
    if (take("*"))
        steps.push_back(std::make_unique<EveryStep>());
    else if (peek() == '"')
        steps.push_back(std::make_unique<MemberStep>(parse_quoted()));
    else if (peek() != '[')
        steps.push_back(std::make_unique<MemberStep>(parse_name()));
}

std::unique_ptr<Step> QueryParser::parse_bracket()
{
    skip_space();
    std::unique_ptr<Step> step;
    if (take("*"))
        step = std::make_unique<EveryStep>();
    else if (take("?"))
        step = parse_filter();
    else if (peek() == '"')
        step = std::make_unique<MemberStep>(parse_quoted());
    else
        step = parse_index_or_slice();
    skip_space();
    expect(']');
    return step;
}

std::unique_ptr<Step> QueryParser::parse_index_or_slice()
{
    SliceStep::Bounds bounds;
    bounds.first = parse_integer();
    skip_space();
    if (!take(":")) {
        if (!bounds.first)
            fail("expected a number, a slice, `*`, `?` or a name in quotes");
        return std::make_unique<IndexStep>(*bounds.first);
    }
    bounds.last = parse_integer();
    skip_space();
    if (take(":"))
        bounds.step = parse_integer().value_or(1);
    if (bounds.step == 0)
        fail("a slice cannot have the step 0");
    return std::make_unique<SliceStep>(bounds);
}

// After the question mark: a path of names and indices, and what its value is compared with.
std::unique_ptr<Step> QueryParser::parse_filter()
{
    skip_space();
    take("@"); // JSONPath's name for the element
    Steps steps;
    for (;;) {
        if (take("[")) {
            if (peek() == '?')
                fail("a filter cannot stand in a filter");
            steps.push_back(parse_bracket());
        } else if (take(".")) {
            if (peek() != '\0' && std::string_view(" ]=!<>").find(peek()) == std::string_view::npos)
                parse_dot(steps);
        } else {
            break;
        }
    }
    skip_space();
    std::optional<FilterStep::Condition> condition;
    if (auto comparison = parse_comparison())
        condition = FilterStep::Condition{*comparison, parse_literal()};
    return std::make_unique<FilterStep>(Query(std::move(steps)), std::move(condition));
}

std::optional<Comparison> QueryParser::parse_comparison()
{
    constexpr struct {
        std::string_view sign;
        Comparison comparison;
    } signs[] = {
        {"==", Comparison::equal},      {"!=", Comparison::not_equal},
        {"<=", Comparison::less_equal}, {">=", Comparison::greater_equal},
        {"<", Comparison::less},        {">", Comparison::greater},
    };
    for (const auto &[sign, comparison] : signs)
        if (take(sign))
            return comparison;
    return std::nullopt;
}

// Any JSON value that is not an array or object.
std::unique_ptr<Document> QueryParser::parse_literal()
{
    skip_space();
    std::size_t start = position;
    std::string text;
    if (peek() == '"') {
        text = quoted_text();
    } else {
        while (position < path.size() && peek() != ']' && peek() != ' ')
            text += path[position++];
    }
    try {
        auto literal = std::make_unique<Document>(text);
        Kind kind = literal->root().kind();
        if (kind != Kind::array && kind != Kind::object)
            return literal;
    } catch (const SyntaxError &) {
    }
    position = start;
    fail("expected a number, a string in quotes, true, false or null");
}

std::string QueryParser::parse_name()
{
    std::size_t start = position;
    constexpr std::string_view signs = ".[]\"'()<>=!?*:,@$ ";
    while (position < path.size() && signs.find(peek()) == std::string_view::npos)
        position++;
    if (position == start)
        fail("expected a name");
    return std::string(path.substr(start, position - start));
}

std::string QueryParser::parse_quoted()
{
    std::size_t start = position;
    try {
        Document name{std::string(quoted_text())};
        return decode_string(name.root().text());
    } catch (const SyntaxError &wrong) {
        position = start;
        fail(wrong.what());
    }
}

// From the quote to the one that ends the string.
std::string_view QueryParser::quoted_text()
{
    std::size_t start = position++;
    while (position < path.size() && peek() != '"')
        position += peek() == '\\' ? 2 : 1;
    position = std::min(position + 1, path.size());
    return path.substr(start, position - start);
}

std::optional<long long> QueryParser::parse_integer()
{
    skip_space();
    long long value = 0;
    const char *first = path.data() + position, *last = path.data() + path.size();
    auto [end, error] = std::from_chars(first, last, value);
    if (error == std::errc::result_out_of_range)
        fail("the number is too large");
    position += static_cast<std::size_t>(end - first);
    if (error != std::errc())
        return std::nullopt;
    return value;
}

bool QueryParser::take(std::string_view word)
{
    if (!path.substr(position).starts_with(word))
        return false;
    position += word.size();
    return true;
}

void QueryParser::skip_space()
{
    while (peek() == ' ')
        position++;
}

void QueryParser::expect(char c)
{
    if (!take(std::string_view(&c, 1)))
        fail(std::string("expected `") + c + "`");
}

void QueryParser::fail(const std::string &what) const
{
    std::size_t column = 1;
    for (char c : path.substr(0, position))
        column += !is_utf8_continuation(c);
    throw QueryError(what, column);
}
