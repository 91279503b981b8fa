#include "commands.h"
#include "children.h"
#include "streams.h"
#include "tokens.h"
#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <iostream>
#include <system_error>
#include <unistd.h>

namespace
{

bool is_built_in(std::string_view name)
{
    return name == "help" || name == "cd" || name == "exit";
}

// Between pipes a built-in command needs a process of its own: another shell.
Command in_a_shell(const Command &command)
{
    return {{"cli-cpp", "-c", quoted(command)}, command.redirections};
}

std::vector<std::string> program_names()
{
    std::vector<std::string> names;
    DIR *directory = opendir("/bin");
    if (!directory)
        return names;
    while (dirent *entry = readdir(directory)) {
        std::string name = entry->d_name;
        if (name.ends_with(".wasm"))
            names.push_back(name.substr(0, name.size() - std::strlen(".wasm")));
    }
    closedir(directory);
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace

void Commands::run_line(std::string_view line)
{
    try {
        for (const Pipeline &pipeline : parse(line)) {
            if (exiting)
                return;
            run(pipeline);
        }
    } catch (const SyntaxError &error) { // nothing of the line has been run
        std::cerr << error.what() << '\n';
        last_status = EXIT_FAILURE;
    }
}

void Commands::run(const Pipeline &pipeline)
{
    const Command &last = pipeline.back();
    try {
        if (pipeline.size() == 1 && (last.words.empty() || is_built_in(last.words.front())))
            run_here(last);
        else
            run_programs(pipeline);
    } catch (const std::system_error &error) {
        std::cerr << error.what() << '\n'; // no file, no pipe
        last_status = EXIT_FAILURE;
    }
}

void Commands::run_here(const Command &command)
{
    Streams streams;
    for (const Redirection &redirection : command.redirections)
        streams.redirect(redirection);
    last_status = EXIT_SUCCESS;
    if (command.words.empty()) // `> file` alone makes a file
        return;

    Exchange exchange(streams);
    const std::string &name = command.words.front();
    if (name == "help")
        help();
    else if (name == "cd")
        change_directory(command.words);
    else
        leave(command.words);
}

void Commands::run_programs(const Pipeline &pipeline)
{
    Children children;
    for (const Command &command : pipeline) {
        bool last = &command == &pipeline.back();
        if (is_built_in(command.words.front()))
            children.start(in_a_shell(command), !last);
        else
            children.start(command, !last);
    }
    last_status = children.wait();
    if (last_status != 0 && reporting)
        std::cerr << pipeline.back().words.front() << " exited with status " << last_status << '\n';
}

void Commands::help() const
{
    std::cout << "Built-in commands:\n"
                 "  help         shows this text\n"
                 "  cd FOLDER    changes the current folder\n"
                 "  exit [N]     leaves the shell with status N, 0 by default\n"
                 "Everything else is the name of a program with its arguments.\n"
                 "  A | B        B reads what A prints\n"
                 "  < FILE, > FILE, >> FILE, 2> FILE, 2>&1\n"
                 "               reads a file; writes one, or to its end; writes errors\n"
                 "'...', \"...\" and \\ quote; ';' separates commands; Ctrl-C stops programs.\n"
                 "Programs:";
    for (const std::string &name : program_names())
        std::cout << ' ' << name;
    std::cout << std::endl;
}

void Commands::change_directory(const std::vector<std::string> &words)
{
    const char *folder = words.size() > 1 ? words[1].c_str() : "/";
    if (chdir(folder) != 0) {
        std::cerr << "cd: " << folder << ": " << std::strerror(errno) << '\n';
        last_status = EXIT_FAILURE;
        return;
    }
    char *now = getcwd(nullptr, 0);
    setenv("PWD", now, 1); // programs start there
    std::free(now);
    last_status = EXIT_SUCCESS;
}

void Commands::leave(const std::vector<std::string> &words)
{
    if (words.size() > 1) {
        char *end;
        long status = std::strtol(words[1].c_str(), &end, 10);
        if (*end != '\0' || status < 0 || status > 255) {
            std::cerr << "exit: '" << words[1] << "' is not a number from 0 to 255\n";
            last_status = EXIT_FAILURE;
            return;
        }
        last_status = static_cast<int>(status);
    } else {
        last_status = EXIT_SUCCESS;
    }
    exiting = true;
}
