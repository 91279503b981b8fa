#include "commands.h"
#include "words.h"
#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <iostream>
#include <unistd.h>

namespace
{

constexpr int status_cannot_run = 126;
constexpr int status_not_found = 127;

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
    for (const std::string &command : split_commands(line)) {
        if (exiting)
            return;
        run(command);
    }
}

void Commands::run(const std::string &command)
{
    std::vector<std::string> words;
    if (!split_words(command, words)) {
        std::cerr << "A quote is not closed\n";
        last_status = EXIT_FAILURE;
        return;
    }
    if (words.empty())
        return;

    const std::string &name = words.front();
    if (name == "help")
        help();
    else if (name == "cd")
        change_directory(words);
    else if (name == "exit")
        leave(words);
    else
        run_program(name, command);
}

void Commands::run_program(const std::string &name, const std::string &command)
{
    last_status = std::system(command.c_str());
    if (last_status == -1) {
        bool missing = errno == ENOENT;
        std::cerr << name << ": " << (missing ? "Command not found" : std::strerror(errno)) << '\n';
        last_status = missing ? status_not_found : status_cannot_run;
    } else if (last_status != 0 && reporting) {
        std::cerr << name << " exited with status " << last_status << '\n';
    }
}

void Commands::help() const
{
    std::cout << "Built-in commands:\n"
                 "  help         shows this text\n"
                 "  cd FOLDER    changes the current folder\n"
                 "  exit [N]     leaves the shell with status N, 0 by default\n"
                 "Everything else is the name of a program with its arguments.\n"
                 "'...', \"...\" and \\ quote; ';' separates commands; Ctrl-C stops a program.\n"
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
