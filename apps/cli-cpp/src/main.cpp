// cli-cpp: the shell of WasmOS.
//
//   cli-cpp           reads lines, with editing if they come from a terminal
//   cli-cpp -c LINE   runs one line; its status is that of its last command
#include "commands.h"
#include "line_editor.h"
#include <cstdio>
#include <iostream>
#include <string>
#include <unistd.h>

namespace
{

constexpr int usage_status = 2;

int run_interactively(Commands &commands)
{
    LineEditor editor("> ");
    std::cout << "Welcome to WasmOS CLI\n"
                 "Type 'help' to see built-in commands\n";
    std::string line;
    while (!commands.finished() && editor.read(line))
        commands.run_line(line);
    return commands.status();
}

// Lines from a file or another program: no greeting, no prompt.
int run_script(Commands &commands)
{
    std::string line;
    while (!commands.finished() && std::getline(std::cin, line))
        commands.run_line(line);
    return commands.status();
}

} // namespace

int main(int argc, char **argv)
{
    // One byte at a time, so that a program started from here finds the rest of the input.
    std::setvbuf(stdin, nullptr, _IONBF, 0);

    Commands commands;
    if (argc == 3 && std::string(argv[1]) == "-c") {
        commands.run_line(argv[2]);
        return commands.status();
    }
    if (argc != 1) {
        std::cerr << "Usage: cli-cpp [-c <line>]\n";
        return usage_status;
    }
    if (isatty(STDIN_FILENO)) {
        commands.report_statuses(true);
        return run_interactively(commands);
    }
    return run_script(commands);
}
