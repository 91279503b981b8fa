// What a line says: pipelines of commands.
//
//   line:      pipeline ; pipeline ; …
//   pipeline:  command | command | …
//   command:   words and redirections in any order
//   redirection:  < FILE   > FILE   >> FILE, for another descriptor 2> FILE, for a copy 2>&1
#pragma once

#include <string>
#include <string_view>
#include <vector>

struct Redirection {
    enum class Kind { input, output, append, copy };

    Kind kind;
    int descriptor;   // of the program
    std::string file; // of all kinds but copy
    int source = -1;  // of copy: the descriptor that it becomes the same as
};

struct Command {
    std::vector<std::string> words; // the first one is its name
    std::vector<Redirection> redirections;
};

// Never empty. In one of several commands each has a name; a single one may only redirect.
using Pipeline = std::vector<Command>;

// Throws SyntaxError.
std::vector<Pipeline> parse(std::string_view line);

// A command as one would write it, without its redirections.
std::string quoted(const Command &command);
