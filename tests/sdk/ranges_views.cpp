// Views: each adaptor, in pipelines, over ranges of every strength.
#include <algorithm>
#include <iostream>
#include <list>
#include <map>
#include <ranges>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace views = std::views;
namespace ranges = std::ranges;

static int failures = 0;

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            std::cout << "failed, line " << __LINE__ << ": " #condition "\n";                      \
            failures++;                                                                            \
        }                                                                                          \
    } while (0)

// The elements as text: "1 2 3".
template <class R>
static std::string text(R &&r)
{
    std::ostringstream o;
    bool first = true;
    for (auto &&x : r) {
        o << (first ? "" : " ") << x;
        first = false;
    }
    return o.str();
}

static bool even(int n)
{
    return n % 2 == 0;
}
static int square(int n)
{
    return n * n;
}

static_assert(ranges::random_access_range<decltype(views::iota(0, 5))>);
static_assert(ranges::random_access_range<decltype(views::iota(0) | views::transform(square))>);
static_assert(ranges::bidirectional_range<decltype(views::iota(0, 9) | views::filter(even))>);
static_assert(!ranges::random_access_range<decltype(views::iota(0, 9) | views::filter(even))>);
static_assert(
    ranges::contiguous_range<decltype(std::declval<std::vector<int> &>() | views::take(2))>);
static_assert(ranges::view<decltype(views::single(1))> &&
              ranges::sized_range<decltype(views::single(1))>);
static_assert(ranges::common_range<decltype(views::iota(0) | views::take(3) | views::common)>);
static_assert(ranges::borrowed_range<decltype(views::iota(1, 2))>);
static_assert(ranges::equal(views::iota(1, 4) | views::reverse, std::array<int, 3>{3, 2, 1}));

static void factories()
{
    CHECK(text(views::iota(3, 7)) == "3 4 5 6");
    CHECK(text(views::iota(-2) | views::take(4)) == "-2 -1 0 1");
    CHECK(views::iota(0u, 10u).size() == 10 && views::iota(5, 9)[2] == 7);
    CHECK(views::empty<int>.empty() && text(views::single(42)) == "42");
    std::vector<int> v = {1, 2, 3};
    std::string places;
    for (auto i : views::iota(v.begin(), v.end()))
        places += std::to_string(i - v.begin());
    CHECK(places == "012");
    std::istringstream in("4 5 6 x 7");
    CHECK(text(views::istream<int>(in)) == "4 5 6");
}

static void functions()
{
    std::vector<int> v = {1, 2, 3, 4, 5, 6};
    CHECK(text(v | views::filter(even) | views::transform(square)) == "4 16 36");
    CHECK(text(views::reverse(views::filter(v, even))) == "6 4 2");
    auto odd_squares = views::filter([](int n) { return n % 2; }) | views::transform(square);
    CHECK(text(v | odd_squares) == "1 9 25");
    for (int &n : v | views::filter(even))
        n *= 10;
    CHECK(text(v) == "1 20 3 40 5 60");
    int calls = 0;
    auto counting = v | views::filter([&](int n) {
                        calls++;
                        return n > 3;
                    });
    (void)counting.begin();
    (void)counting.begin();
    CHECK(calls == 2); // the first one is remembered
    CHECK(text(v | views::take_while([](int n) { return n < 30; })) == "1 20 3");
    CHECK(text(v | views::drop_while([](int n) { return n < 30; })) == "40 5 60");
    auto t = v | views::transform([](int n) { return n + 1; });
    CHECK(t[1] == 21 && t.size() == 6 && t.end() - t.begin() == 6 && *(t.begin() + 2) == 4);
    CHECK(ranges::max(t) == 61 && ranges::find(t, 41) - t.begin() == 3);
    struct point {
        int x, y;
    };
    std::vector<point> points = {{1, 2}, {3, 4}};
    CHECK(text(points | views::transform(&point::y)) == "2 4");
    for (int &y : points | views::transform(&point::y))
        y = 0;
    CHECK(points[1].y == 0 && points[1].x == 3);
    std::vector<int> made(t.begin(), t.end());
    CHECK(made.size() == 6 && made[5] == 61);
    auto copy = t;
    t = copy; // lambdas cannot be assigned, views can
    CHECK(t[0] == 2);
}

static void parts()
{
    std::vector<int> v = {1, 2, 3, 4, 5};
    std::list<int> l(v.begin(), v.end());
    CHECK(text(v | views::take(2)) == "1 2" && text(l | views::take(9)) == "1 2 3 4 5");
    CHECK(text(v | views::drop(3)) == "4 5" && text(l | views::drop(9)).empty());
    CHECK((v | views::drop(2)).size() == 3 && (l | views::take(2)).size() == 2);
    CHECK(text(v | views::drop(1) | views::take(3) | views::reverse) == "4 3 2");
    CHECK(text(l | views::reverse | views::reverse) == "1 2 3 4 5");
    CHECK(text(views::counted(l.begin(), 3)) == "1 2 3" && views::counted(v.data() + 1, 2)[1] == 3);
    auto c = views::iota(1) | views::filter(even) | views::take(3) | views::common;
    std::vector<int> made(c.begin(), c.end());
    CHECK(text(made) == "2 4 6");
    CHECK(text(std::vector<int>{7, 8, 9} | views::drop(1)) == "8 9"); // owns the vector
    auto sub = v | views::drop(1);
    CHECK(sub.front() == 2 && sub.back() == 5 && sub[1] == 3 && !sub.empty() && bool(sub));
    ranges::sort(v | views::take(3), ranges::greater());
    CHECK(text(v) == "3 2 1 4 5");
}

static void nested()
{
    std::vector<std::vector<int>> v = {{}, {1, 2}, {}, {3}, {}};
    CHECK(text(v | views::join) == "1 2 3");
    CHECK(text(v | views::join | views::reverse) == "3 2 1");
    auto lengths = views::iota(1, 4) | views::transform([](int n) { return std::string(n, 'a'); });
    CHECK(text(lengths | views::join) == "a a a a a a");
    std::vector<std::string> words = {"some", "words"};
    std::string all;
    for (char ch : words | views::join)
        all += ch;
    CHECK(all == "somewords");
    std::string pieces;
    for (auto piece : std::string_view("a,bc,,d,") | views::split(','))
        pieces += "[" + std::string(piece.begin(), piece.end()) + "]";
    CHECK(pieces == "[a][bc][][d][]");
    pieces.clear();
    for (auto piece : views::split(std::string_view("one and two"), std::string_view(" and ")))
        pieces += "[" + std::string(piece.begin(), piece.end()) + "]";
    CHECK(pieces == "[one][two]");
    CHECK(ranges::empty(views::split(std::string_view(""), ',')));
    std::map<int, std::string> m = {{1, "x"}, {2, "y"}};
    CHECK(text(m | views::keys) == "1 2" && text(m | views::values) == "x y");
    for (auto &name : m | views::values)
        name += '!';
    CHECK(m[2] == "y!");
    std::vector<std::tuple<int, char, double>> tuples = {{1, 'a', 1.5}, {2, 'b', 2.5}};
    CHECK(text(tuples | views::elements<2>) == "1.5 2.5");
}

int main()
{
    factories();
    functions();
    parts();
    nested();
    std::cout << failures << " failures\n";
}
