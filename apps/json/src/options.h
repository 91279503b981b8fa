// What the command line says.
#pragma once

#include "printer.h"
#include <span>
#include <string>
#include <vector>

struct Options {
    Format format;
    std::string query = ".";
    bool lines = false; // each line of the input is a document
    bool help = false;
    std::vector<std::string> files; // standard input if there are none; it is also called "-"
};

// Throws UsageError.
Options parse_options(std::span<char *> arguments);

extern const char *const help_text;
