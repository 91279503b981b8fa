// What can be wrong with what the user gave.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

// A text that is not JSON.
class SyntaxError : public std::runtime_error
{
  public:
    // Lines and columns count from 1, columns in characters.
    SyntaxError(const std::string &what, std::size_t line, std::size_t column)
        : runtime_error(what), line(line), column(column)
    {
    }
    std::size_t line, column;
};

// A path that is none.
class QueryError : public std::runtime_error
{
  public:
    QueryError(const std::string &what, std::size_t column) : runtime_error(what), column(column) {}
    std::size_t column;
};

// Options that do not exist or do not fit together.
class UsageError : public std::runtime_error
{
  public:
    using runtime_error::runtime_error;
};
