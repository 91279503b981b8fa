// What containers promise when something fails on the way: each operation is run again and again,
// and its first, second, third … copy or allocation throws, until it succeeds. Nothing may leak,
// and where the standard says so, nothing may have changed.
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <iterator>
#include <list>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

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
using moved = fragile<true>;

template <bool b>
struct std::hash<fragile<b>> {
    std::size_t operator()(const fragile<b> &f) const { return std::size_t(f.value); }
};

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

template <class S>
static void keyed(const char *name)
{
    std::printf("%s\n", name);
    auto make = [] {
        S s;
        for (int i = 0; i < 7; i++)
            s.insert(i);
        return s;
    };
    static const typename S::value_type nine(9), two(2);
    fails_everywhere("  insert", true, make, [](S &s) { s.insert(nine); });
    fails_everywhere("  insert what is there", true, make, [](S &s) { s.insert(two); });
    fails_everywhere("  emplace", true, make, [](S &s) { s.emplace(11); });
    fails_everywhere("  copy", true, make, [](S &s) { S copy(s); });
    fails_everywhere("  assignment", false, make, [](S &s) {
        S other;
        other.insert(nine);
        s = other;
    });
}

template <class M>
static void maps(const char *name)
{
    std::printf("%s\n", name);
    auto make = [] {
        M m;
        for (int i = 0; i < 7; i++)
            m.emplace(i, i * i);
        return m;
    };
    static const copied nine(9);
    fails_everywhere("  operator[]", true, make, [](M &m) { (void)m[nine]; });
    fails_everywhere("  try_emplace", true, make, [](M &m) { m.try_emplace(nine, 3); });
    fails_everywhere("  insert_or_assign", false, make, [](M &m) { m.insert_or_assign(nine, 3); });
}

static void others()
{
    auto text = [] { return std::string(20, 'x'); };
    fails_everywhere("string: append", true, text, [](std::string &s) { s.append(50, 'y'); });
    fails_everywhere("string: insert", true, text, [](std::string &s) { s.insert(3, 50, 'y'); });
    fails_everywhere("string: assign", true, text, [](std::string &s) { s.assign(60, 'y'); });
    fails_everywhere("string: own part", true, text, [](std::string &s) { s.append(s, 1, 19); });
    auto full = [] { return std::optional<copied>(3); };
    static const copied five(5), three[] = {1, 2, 3};
    fails_everywhere("optional: emplace", false, full, [](auto &o) { o.emplace(five); });
    fails_everywhere("optional: assignment", true, full, [](auto &o) { o = five; });
    auto none = [] { return std::shared_ptr<copied>(); };
    using pointer = std::shared_ptr<copied>;
    fails_everywhere("shared_ptr: reset", true, none, [](pointer &p) { p.reset(new copied(1)); });
    fails_everywhere("make_shared", true, none,
                     [](pointer &p) { p = std::make_shared<copied>(five); });
    fails_everywhere("uninitialized_copy", true, full, [](auto &) {
        alignas(copied) char room[3 * sizeof(copied)];
        auto *to = reinterpret_cast<copied *>(room);
        std::destroy(to, std::uninitialized_copy(three, three + 3, to));
    });
    fails_everywhere("new[]", true, full, [](auto &) { delete[] new copied[4]; });
}

int main()
{
    sequence<std::vector<copied>>("vector, elements that are copied");
    sequence<std::vector<moved>>("vector, elements that are moved");
    sequence<std::deque<copied>>("deque");
    sequence<std::list<copied>>("list");
    keyed<std::set<copied>>("set");
    keyed<std::multiset<copied>>("multiset");
    keyed<std::unordered_set<copied>>("unordered_set");
    maps<std::map<copied, copied>>("map");
    maps<std::unordered_map<copied, copied>>("unordered_map");
    others();
    std::printf("%d failures\n", failures);
}
