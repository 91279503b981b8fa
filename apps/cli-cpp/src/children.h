// Running programs.
#pragma once

#include "streams.h"
#include "syntax.h"
#include <string>
#include <sys/types.h>
#include <vector>

// The programs of a pipeline, which run side by side.
class Children
{
  public:
    Children() = default;
    Children(const Children &) = delete;
    Children &operator=(const Children &) = delete;
    ~Children() { wait(); }

    // Starts a program, which reads from the one started before if that was told to write to the
    // next one. What cannot be started is reported, and the others run on without it.
    // Throws std::system_error if there can be no more pipes.
    void start(const Command &command, bool writes_to_next);

    // Waits for all of them; the status of the last one.
    int wait();

  private:
    struct Child {
        pid_t pid;  // 0: it has ended, or could not be started
        int status; // then
    };

    static bool is_running(const Child &child) { return child.pid != 0; }
    Child start(const Command &command, Streams streams);
    void interrupt() const;

    std::vector<Child> children;
    Descriptor pipe_end; // what the next one reads, if it is open
};

// Tells that `what` failed, and why.
void report(const std::string &what, int error);
