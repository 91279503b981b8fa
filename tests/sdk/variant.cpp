// variant, any and bitset: what they hold, what they refuse, and in constant expressions.
#include <any>
#include <bitset>
#include <cassert>
#include <iostream>
#include <stdexcept>
#include <string>
#include <variant>

constexpr bool in_constant_expressions()
{
    std::variant<int, std::string> v = "text", w = v;
    v = 5;
    std::swap(v, w);
    std::bitset<70> bits(5);
    bits <<= 65;
    return std::get<std::string>(v) == "text" && std::get<int>(w) == 5 && v > w &&
           std::visit([](auto &&x) { return sizeof(x); }, w) == sizeof(int) && bits.test(67) &&
           bits.count() == 2;
}
static_assert(in_constant_expressions());
static_assert(std::is_trivially_copyable_v<std::variant<int, double>>);
static_assert(!std::is_copy_constructible_v<std::variant<int, std::ios_base>>);
static_assert(!std::is_constructible_v<std::variant<float>, double>); // would narrow

struct Throws {
    Throws() = default;
    Throws(const Throws &) { throw 1; }
};

template <class F>
void refused(F f)
{
    try {
        f();
        std::cout << "not refused\n";
    } catch (const std::exception &e) {
        std::cout << e.what() << '\n';
    }
}

int main()
{
    std::variant<int, std::string, Throws> v = "x";
    refused([&] { (void)std::get<int>(v); });
    assert(!std::get_if<0>(&v) && *std::get_if<std::string>(&v) == "x");
    try {
        v.emplace<Throws>(Throws());
        assert(false);
    } catch (int) {
        assert(v.valueless_by_exception() && v.index() == std::variant_npos);
    }
    refused([&] { std::visit([](auto &) {}, v); });

    std::variant<int, char> a = 'a', b = 7;
    auto both = [](auto x, auto y) {
        return std::string(sizeof x, 'x') + std::string(sizeof y, 'y');
    };
    std::cout << std::visit(both, a, b) << '\n';

    std::any any = std::string("a text that is not small at all"), copy = any;
    assert(std::any_cast<std::string &>(copy) == std::any_cast<const std::string &>(any));
    refused([&] { (void)std::any_cast<int>(any); });
    any.swap(copy);
    any = 3;
    assert(*std::any_cast<int>(&any) == 3 && any.type() == typeid(int) && !std::any().has_value());

    std::bitset<70> bits("1011");
    std::cout << (bits << 66) << ' ' << (~bits).count() << '\n';
    refused([&] { bits.set(70); });
    refused([] { std::bitset<4>("10a1"); });
    refused([&] { (void)(bits << 66).to_ulong(); });
}
