// What the compiler leaves to the library: constructors and destructors, casts, local statics,
// function objects.
#include <array>
#include <functional>
#include <iostream>
#include <memory>
#include <new>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <typeinfo>
#include <vector>

struct Noisy {
    explicit Noisy(const char *name) : name(name) { std::cout << "+" << name << ' '; }
    ~Noisy() { std::cout << "-" << name << ' '; }
    const char *name;
};

static Noisy global("global");

static Noisy &local()
{
    static Noisy once("local");
    return once;
}

struct Left {
    virtual ~Left() = default;
    virtual int id() const { return 1; }
};
struct Right {
    virtual ~Right() = default;
    int right = 2;
};
struct Both : Left, Right {
    int id() const override { return 3; }
};
struct Further : Both {
    int id() const override { return 4; }
};
struct VirtualOne : virtual Left {
};
struct VirtualTwo : virtual Left {
};
struct Diamond : VirtualOne, VirtualTwo {
};
struct Hidden : private Right, Left {
};

static void casts()
{
    Further further;
    Left *left = &further;
    std::cout << left->id() << dynamic_cast<Right *>(left)->right
              << (dynamic_cast<Further *>(left) == &further)
              << (dynamic_cast<VirtualOne *>(left) == nullptr)
              << (dynamic_cast<void *>(left) == &further);
    Right *right = &further;
    std::cout << (dynamic_cast<Left *>(right) == left) << (typeid(*right) == typeid(Further))
              << (typeid(*left) != typeid(Both)) << ' ' << typeid(Further).name()
              << typeid(int).name();
    Diamond diamond;
    VirtualOne *one = &diamond;
    left = one;
    std::cout << ' ' << (dynamic_cast<VirtualTwo *>(one) == &diamond)
              << (dynamic_cast<Diamond *>(left) == &diamond);
    Hidden hidden;
    left = &hidden;
    std::cout << (dynamic_cast<Right *>(left) == nullptr) << '\n';
}

static int twice(int n)
{
    return 2 * n;
}

static void functions()
{
    std::vector<std::function<int(int)>> all = {twice, [](int n) { return n + 1; }};
    std::array<long, 10> large{};
    large[9] = 5;
    all.push_back([large](int n) { return n + int(large[9]); });
    all.push_back(std::bind(std::minus<>(), 100, std::placeholders::_1));
    auto copy = all;
    int n = 1;
    for (auto &f : copy)
        n = f(n);
    std::function<int()> empty;
    std::cout << n << !empty << std::invoke(&Noisy::name, local()) << ' ';
    auto total = std::accumulate(large.begin(), large.end(), 0L, std::plus<>());
    std::cout << total << std::apply([](auto... v) { return (v + ...); }, std::tuple(1, 2, 3))
              << '\n';
}

static void pointers()
{
    auto shared = std::make_shared<Noisy>("shared");
    std::weak_ptr<Noisy> weak = shared;
    std::shared_ptr<const char *> alias(shared, &shared->name);
    std::cout << shared.use_count() << *alias << ' ';
    shared.reset();
    std::cout << weak.expired() << ' ';
    alias.reset();
    std::cout << weak.expired() << ' ';
    std::unique_ptr<Left> unique = std::make_unique<Both>();
    auto deleter = [](int *p) {
        std::cout << "deleted " << *p << ' ';
        delete p;
    };
    std::unique_ptr<int, decltype(deleter)> custom(new int(9), deleter);
    auto array = std::make_unique<int[]>(5);
    array[4] = 4;
    std::cout << unique->id() << array[4] << ' ';
}

static void values()
{
    std::optional<std::string> none, some = "text";
    std::cout << none.value_or("none") << some->size() << (some > none) << ' ';
    auto [a, b, c] = std::tuple(1, 2.5, "three");
    int numbers[] = {1, 2, 3, 4};
    std::span<int> view = std::span(numbers).subspan(1, 2);
    std::cout << a << b << c << view.size() << view.back() << ' ';
    struct alignas(64) Wide {
        char bytes[64];
    };
    auto *wide = new Wide[3];
    std::cout << (reinterpret_cast<std::size_t>(wide) % 64) << '\n';
    delete[] wide;
}

int main()
{
    local();
    local();
    casts();
    functions();
    pointers();
    values();
    return 0;
}
