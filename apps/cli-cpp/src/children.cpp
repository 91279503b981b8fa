#include "children.h"
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <spawn.h>
#include <sys/wait.h>
#include <system_error>

namespace
{

constexpr int status_cannot_run = 126;
constexpr int status_not_found = 127;

// What posix_spawn does to the descriptors of the program, as an object that cleans up.
class FileActions
{
  public:
    explicit FileActions(const Streams &streams)
    {
        posix_spawn_file_actions_init(&actions);
        for (int i = 0; i < Streams::count; i++)
            if (streams.source(i) != i)
                posix_spawn_file_actions_adddup2(&actions, streams.source(i), i);
    }
    ~FileActions() { posix_spawn_file_actions_destroy(&actions); }
    FileActions(const FileActions &) = delete;
    FileActions &operator=(const FileActions &) = delete;

    const posix_spawn_file_actions_t *get() const { return &actions; }

  private:
    posix_spawn_file_actions_t actions;
};

// 0 or an error number.
int spawn(const Command &command, const Streams &streams, pid_t &pid)
{
    std::vector<char *> words;
    for (const std::string &word : command.words)
        words.push_back(const_cast<char *>(word.c_str()));
    words.push_back(nullptr);

    FileActions actions(streams);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_FOREGROUND_NP); // Ctrl-C ends it
    int error = posix_spawnp(&pid, words[0], actions.get(), &attributes, words.data(), environ);
    posix_spawnattr_destroy(&attributes);
    return error;
}

} // namespace

void report(const std::string &what, int error)
{
    std::cerr << what << ": " << std::strerror(error) << '\n';
}

void Children::start(const Command &command, bool writes_to_next)
{
    Streams streams;
    if (pipe_end.is_open())
        streams.set(STDIN_FILENO, std::move(pipe_end));
    if (writes_to_next) {
        int ends[2];
        if (pipe(ends) != 0)
            throw std::system_error(errno, std::generic_category(), "pipe");
        pipe_end = Descriptor(ends[0]);
        streams.set(STDOUT_FILENO, Descriptor(ends[1]));
    }
    children.push_back(start(command, std::move(streams)));
}

Children::Child Children::start(const Command &command, Streams streams)
{
    try {
        for (const Redirection &redirection : command.redirections)
            streams.redirect(redirection);
    } catch (const std::system_error &error) {
        std::cerr << error.what() << '\n';
        return {0, EXIT_FAILURE};
    }
    std::cout.flush(); // what the shell wrote comes before what the program writes
    pid_t pid;
    int error = spawn(command, streams, pid);
    if (error == 0)
        return {pid, 0};
    if (error == ENOENT) {
        std::cerr << command.words[0] << ": Command not found\n";
        return {0, status_not_found};
    }
    report(command.words[0], error);
    return {0, status_cannot_run};
}

int Children::wait()
{
    pipe_end = Descriptor(); // nobody else will read from it
    while (std::any_of(children.begin(), children.end(), is_running)) {
        int status;
        pid_t pid = ::wait(&status);
        if (pid < 0)
            break;
        auto child = std::find_if(children.begin(), children.end(),
                                  [pid](const Child &c) { return c.pid == pid; });
        if (child == children.end())
            continue;
        *child = {0, status};
        if (WIFSIGNALED(status) && WTERMSIG(status) == SIGINT)
            interrupt();
    }
    int status = children.empty() ? EXIT_SUCCESS : children.back().status;
    children.clear();
    return status;
}

// Ctrl-C ends one program; the others go with it.
void Children::interrupt() const
{
    for (const Child &child : children)
        if (is_running(child))
            kill(child.pid, SIGINT);
}
