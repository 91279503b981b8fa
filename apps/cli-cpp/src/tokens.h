// Taking a line apart into words and operators. '…' and "…" keep what is between them together, \
// takes the next character as it is; neither it nor what is between quotes is an operator.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

struct Token {
    enum class Kind { word, separator, pipe, input, output, append };

    Kind kind;
    std::string text;    // a word without its quotes; an operator as it was written
    int descriptor = -1; // of input, output and append: the one that is redirected
};

// A line that cannot be understood; what() is for the user.
class SyntaxError : public std::runtime_error
{
  public:
    using std::runtime_error::runtime_error;
};

// Throws SyntaxError if a quote is not closed.
std::vector<Token> tokens_of(std::string_view line);
