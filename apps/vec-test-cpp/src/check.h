// The checks of this program and how they are reported.
#pragma once

#include <string_view>

// Prints "Error: …" and counts it if `ok` is false.
void expect(bool ok, std::string_view what);

// Whether calling `f` throws an E.
template <class E, class F>
bool throws(F f)
{
    try {
        f();
    } catch (const E &) {
        return true;
    }
    return false;
}

// Runs a test and prints "NAME test passed" unless something in it failed or it threw.
void run_test(std::string_view name, void (*test)());

int failures();

// What a vector does to its elements can be seen on these: every living one is counted.
class Counted
{
  public:
    Counted() : Counted(0) {}
    Counted(int value) : value(value) { living++; }
    Counted(const Counted &other) : value(other.value)
    {
        living++;
        copies++;
    }
    Counted(Counted &&other) noexcept : value(other.value)
    {
        other.value = moved_from;
        living++;
    }
    Counted &operator=(const Counted &other)
    {
        value = other.value;
        copies++;
        return *this;
    }
    Counted &operator=(Counted &&other) noexcept
    {
        value = other.value;
        other.value = moved_from;
        return *this;
    }
    ~Counted() { living--; }

    bool operator==(const Counted &) const = default;

    int value;

    static constexpr int moved_from = -1;
    static inline int living = 0;
    static inline int copies = 0;
};
