#include "options.h"
#include "errors.h"
#include <charconv>
#include <cstdlib>
#include <string_view>
#include <unistd.h>

const char *const help_text = R"(Usage: json [OPTION...] [FILE...]

Checks JSON, formats it, and shows what a path selects. Reads standard input
without FILE, or where it is -.

  -q, --query PATH    only what the path leads to, one value a line or more
  -c, --compact       each value in one line, without spaces
  -i, --indent N      N spaces a level (0 to 16; 2 without this)
  -s, --sort-keys     members in the order of their keys
  -r, --raw           strings as what they stand for, without quotes
  -l, --lines         each line is a document; wrong ones are reported, the others go on
      --colour WHEN   always, never, or auto: on a terminal, unless NO_COLOR is set
  -h, --help          this text

Paths:
  .store.book[2].title        members and elements; [-1] is the last one
  ."a b"   ["a b"]            names with other characters
  [*]  .*                     all elements or members
  [1:3]  [::-1]               slices: from, up to, step
  ..price                     at any depth
  [?.price < 10]  [?.isbn]    elements for which it is true; == != < <= > >=

Status: 0 if all is well, 1 if some input is not JSON or cannot be read, 2 if the
command line is wrong.
)";

namespace
{

unsigned parse_indent(std::string_view text)
{
    unsigned n = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error != std::errc() || end != text.data() + text.size() || n > 16)
        throw UsageError("--indent takes a number from 0 to 16");
    return n;
}

bool parse_colours(std::string_view when)
{
    if (when == "always")
        return true;
    if (when == "never")
        return false;
    if (when == "auto")
        return isatty(STDOUT_FILENO) && !std::getenv("NO_COLOR");
    throw UsageError("--colour is always, never or auto");
}

} // namespace

Options parse_options(std::span<char *> arguments)
{
    Options options;
    options.format.colours = parse_colours("auto");
    bool only_files = false;
    for (auto word = arguments.begin(); word != arguments.end(); ++word) {
        std::string_view option = *word;
        auto value = [&]() -> std::string_view {
            if (++word == arguments.end())
                throw UsageError(std::string(option) + " needs a value");
            return *word;
        };
        if (only_files || option == "-" || !option.starts_with('-'))
            options.files.emplace_back(option);
        else if (option == "--")
            only_files = true;
        else if (option == "-q" || option == "--query")
            options.query = value();
        else if (option == "-c" || option == "--compact")
            options.format.indent.reset();
        else if (option == "-i" || option == "--indent")
            options.format.indent = parse_indent(value());
        else if (option == "-s" || option == "--sort-keys")
            options.format.sort_keys = true;
        else if (option == "-r" || option == "--raw")
            options.format.raw = true;
        else if (option == "-l" || option == "--lines")
            options.lines = true;
        else if (option == "--colour" || option == "--color")
            options.format.colours = parse_colours(value());
        else if (option == "-h" || option == "--help")
            options.help = true;
        else
            throw UsageError("there is no option " + std::string(option));
    }
    return options;
}
