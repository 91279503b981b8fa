// Reads a path.
#pragma once

#include "steps.h"

class QueryParser
{
  public:
    explicit QueryParser(std::string_view path) : path(path) {}

    // Throws QueryError.
    std::vector<std::unique_ptr<Step>> parse();

  private:
    using Steps = std::vector<std::unique_ptr<Step>>;

    void parse_dot(Steps &steps);
    std::unique_ptr<Step> parse_bracket();
    std::unique_ptr<Step> parse_filter();
    std::unique_ptr<Step> parse_index_or_slice();
    std::string parse_name();
    std::string parse_quoted();
    std::optional<long long> parse_integer();
    std::optional<Comparison> parse_comparison();
    std::unique_ptr<Document> parse_literal();
    std::string_view quoted_text();

    bool take(std::string_view word);
    char peek() const { return position < path.size() ? path[position] : '\0'; }
    void skip_space();
    void expect(char c);
    [[noreturn]] void fail(const std::string &what) const;

    std::string_view path;
    std::size_t position = 0;
};
