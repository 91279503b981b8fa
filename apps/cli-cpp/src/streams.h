// What a command reads and writes.
#pragma once

#include "descriptor.h"
#include "syntax.h"
#include <array>

// Descriptors 0 to 2 of a program: at first those of the shell.
class Streams
{
  public:
    static constexpr int count = 3;

    // The descriptor of the shell that becomes `descriptor` of the program.
    int source(int descriptor) const;

    void set(int descriptor, Descriptor source);

    // Opens the file. Throws std::system_error with its name.
    void redirect(const Redirection &redirection);

  private:
    std::array<Descriptor, count> sources; // not open: the shell's own of that number
};

// As long as this lives, the shell itself has these streams: for its built-in commands.
class Exchange
{
  public:
    explicit Exchange(const Streams &streams);
    ~Exchange();
    Exchange(const Exchange &) = delete;
    Exchange &operator=(const Exchange &) = delete;

  private:
    std::array<Descriptor, Streams::count> saved;
};
