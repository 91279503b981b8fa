// Finds the values of a JSON text (RFC 8259).
#pragma once

#include "document.h"
#include "errors.h"

class Parser
{
  public:
    explicit Parser(Document &document) : document(document), text(document.source) {}

    // Fills the document's list of values; throws SyntaxError.
    void parse();

  private:
    void parse_value();
    void close_what_ends();
    void parse_key();
    void parse_string();
    void parse_escape();
    void parse_number();
    void parse_word(std::string_view word, Kind kind);

    void open(Kind kind);
    void close();
    void add(Kind kind, std::size_t start);

    void skip_space();
    bool take(char c);
    char peek() const { return position < text.size() ? text[position] : '\0'; }
    bool at_digit() const { return peek() >= '0' && peek() <= '9'; }
    void skip_digits(const char *where);
    unsigned hexadecimal_unit();

    [[noreturn]] void fail(const std::string &what) const;
    [[noreturn]] void fail_unexpected(const std::string &wanted) const;

    Document &document;
    std::string_view text;
    std::size_t position = 0;
    std::vector<std::size_t> open_nodes; // the arrays and objects around, innermost last
};
