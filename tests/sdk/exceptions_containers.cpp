// What containers promise when something fails on the way: each operation is run again and again,
// and its first, second, third … copy or allocation throws, until it succeeds. Nothing may leak,
// and where the standard says so, nothing may have changed.
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <iterator>
#include <list>
#include <memory>
#include <new>
#include <optional>

// How many steps go well before one throws; negative: all do.
static int steps_left = -1;
static int alive, blocks, failures;

struct failure {
};
static void step()
{
    if (steps_left >= 0 && steps_left-- == 0)
        throw failure();
}

void *operator new(std::size_t n)
{
    step();
    void *p = std::malloc(n);
    if (!p)
        throw std::bad_alloc();
    blocks++;
    return p;
}
void operator delete(void *p) noexcept
{
    blocks -= p != nullptr;
    std::free(p);
}

// Copying may throw; so may moving, for those who ask for it.
template <bool moves_well>
struct fragile {
    int value;
    fragile(int v = 0) : value(v)
    {
        step();
        alive++;
    }
    fragile(const fragile &o) : value(o.value)
    {
        step();
        alive++;
    }
    fragile(fragile &&o) noexcept(moves_well) : value(o.value)
    {
        if (!moves_well)
            step();
        alive++;
        o.value = -1;
    }
    fragile &operator=(const fragile &o)
    {
        step();
        value = o.value;
        return *this;
    }
    fragile &operator=(fragile &&o) noexcept(moves_well)
    {
        if (!moves_well)
            step();
        value = o.value;
        o.value = -1;
        return *this;
    }
    ~fragile() { alive--; }
    auto operator<=>(const fragile &) const = default;
};
using copied = fragile<false>;

static void check(bool ok, const char *what)
{
    if (!ok) {
        std::printf("WRONG: %s\n", what);
        failures++;
    }
}

// Runs `change` on a container that `make` gives, and fails it at every step there is.
template <class Make, class Change>
static void fails_everywhere(const char *what, bool strong, Make make, Change change)
{
    int alive_before = alive, blocks_before = blocks, steps = 0;
    for (bool done = false; !done; steps++) {
        auto c = make();
        auto before = c;
        steps_left = steps;
        try {
            change(c);
            done = true;
        } catch (const failure &) {
        }
        steps_left = -1;
        if (!done && strong)
            check(c == before, what);
        if (strong && done)
            change(c); // it can be used as before
    }
    check(alive == alive_before, "elements alive");
    check(blocks == blocks_before, "memory given back");
    std::printf("%s: %d steps\n", what, steps);
}

template <class V>
static void sequence(const char *name)
{
    std::printf("%s\n", name);
    auto make = [] {
        V v;
        for (int i = 0; i < 8; i++)
            v.emplace_back(i);
        return v;
    };
    using T = typename V::value_type;
    static const T seven(7), many[] = {1, 2, 3};
    fails_everywhere("  push_back", true, make, [](V &v) { v.push_back(seven); });
    fails_everywhere("  emplace_back", true, make, [](V &v) { v.emplace_back(8); });
    fails_everywhere("  resize", true, make, [](V &v) { v.resize(12); });
    fails_everywhere("  resize with a value", true, make, [](V &v) { v.resize(12, seven); });
    fails_everywhere("  insert", false, make, [](V &v) { v.insert(std::next(v.begin()), seven); });
    fails_everywhere("  insert many", false, make,
                     [](V &v) { v.insert(std::next(v.begin()), many, many + 3); });
    fails_everywhere("  insert copies", false, make,
                     [](V &v) { v.insert(std::next(v.begin()), 4, seven); });
    fails_everywhere("  erase", false, make, [](V &v) { v.erase(v.begin()); });
    fails_everywhere("  assign", false, make, [](V &v) { v.assign(many, many + 3); });
    fails_everywhere("  copy", true, make, [](V &v) { V copy(v); });
    fails_everywhere("  copies", true, make, [](V &) { V copies(3, seven); });
    fails_everywhere("  assignment", false, make, [&](V &v) {
        V other(6, seven);
        v = other;
    });
}

static void others()
{
    auto full = [] { return std::optional<copied>(3); };
    static const copied five(5);
    fails_everywhere("optional: emplace", false, full, [](auto &o) { o.emplace(five); });
    fails_everywhere("optional: assignment", true, full, [](auto &o) { o = five; });
    auto none = [] { return std::shared_ptr<copied>(); };
    using pointer = std::shared_ptr<copied>;
    fails_everywhere("shared_ptr: reset", true, none, [](pointer &p) { p.reset(new copied(1)); });
    fails_everywhere("make_shared", true, none,
                     [](pointer &p) { p = std::make_shared<copied>(five); });
    fails_everywhere("new[]", true, full, [](auto &) { delete[] new copied[4]; });
}

int main()
{
    sequence<std::deque<copied>>("deque");
    sequence<std::list<copied>>("list");
    others();
    std::printf("%d failures\n", failures);
}
