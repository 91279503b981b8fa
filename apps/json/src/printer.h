// Writes values in one format or another.
#pragma once

#include "document.h"
#include <iosfwd>
#include <optional>

struct Format {
    std::optional<unsigned> indent = 2; // spaces a level; nothing: all in one line
    bool sort_keys = false;
    bool colours = false;
    bool raw = false; // a string as what it stands for, without quotes
};

class Printer
{
  public:
    Printer(std::ostream &out, const Format &format) : out(out), format(format) {}

    // Writes a value and the end of the line.
    void print(Value value);

  private:
    // An array or object that has begun.
    struct Level {
        std::vector<Child> children;
        std::size_t next;
        char end;
    };

    void begin(Value value);
    void begin_children(Value value);
    void begin_line(std::size_t level);
    void write(std::string_view text, std::string_view colour);

    std::ostream &out;
    Format format;
    std::vector<Level> levels;
};
