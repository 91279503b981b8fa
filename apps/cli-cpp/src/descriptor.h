// A descriptor that somebody owns: it is closed when its owner goes.
#pragma once

#include <unistd.h>
#include <utility>

class Descriptor
{
  public:
    Descriptor() = default;
    explicit Descriptor(int number) : number(number) {}
    Descriptor(Descriptor &&other) noexcept : number(std::exchange(other.number, -1)) {}
    Descriptor &operator=(Descriptor &&other) noexcept
    {
        std::swap(number, other.number);
        return *this;
    }
    ~Descriptor()
    {
        if (is_open())
            close(number);
    }

    bool is_open() const { return number >= 0; }
    int get() const { return number; }

  private:
    int number = -1;
};
