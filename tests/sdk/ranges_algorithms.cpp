// The algorithms of ranges: with projections, sentinels, results that dangle, against those of std.
#include <algorithm>
#include <iostream>
#include <iterator>
#include <list>
#include <random>
#include <string>
#include <vector>

namespace ranges = std::ranges;

static int failures = 0;

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            std::cout << "failed, line " << __LINE__ << ": " #condition "\n";                      \
            failures++;                                                                            \
        }                                                                                          \
    } while (0)

struct person {
    std::string name;
    int age;
    bool operator==(const person &) const = default;
};
static const std::vector<person> people = {{"ann", 30}, {"bob", 25}, {"cy", 35}, {"di", 25}};

// A C string's end.
struct zero {
    friend bool operator==(const char *p, zero) { return *p == '\0'; }
};

static_assert(std::is_same_v<decltype(ranges::find(std::vector<int>(), 1)), ranges::dangling>);
static_assert(!std::is_invocable_v<decltype(ranges::sort), std::list<int> &>);
static_assert(!std::is_invocable_v<decltype(ranges::sort), const std::vector<int> &>);
static_assert(ranges::max({3, 7, 5}) == 7 && ranges::min(2, 3, ranges::greater()) == 3);
static_assert(ranges::clamp(5, 1, 3) == 3);

static void queries()
{
    CHECK(ranges::find(people, "cy", &person::name)->age == 35);
    CHECK(ranges::find_if(people, [](int a) { return a < 30; }, &person::age)->name == "bob");
    CHECK(ranges::find_if_not(people, [](int a) { return a > 20; }, &person::age) == people.end());
    CHECK(ranges::count(people, 25, &person::age) == 2);
    CHECK(ranges::count_if("hello", [](char c) { return c == 'l'; }) == 2);
    CHECK(ranges::all_of(people, [](const person &p) { return p.age > 20; }));
    CHECK(ranges::any_of(people, [](int a) { return a == 35; }, &person::age));
    CHECK(ranges::none_of(people, &std::string::empty, &person::name));
    const char *text = "some text";
    CHECK(ranges::find(text, zero(), 't') - text == 5 && ranges::distance(text, zero()) == 9);
    CHECK(ranges::find(text, zero(), 'q') == text + 9);
    int sum = 0;
    auto r = ranges::for_each(people, [&](int a) { sum += a; }, &person::age);
    CHECK(sum == 115 && r.in == people.end());
    std::vector<int> v = {1, 2, 3, 4, 3, 4, 4, 5}, w = {3, 4}, part = {1, 2, 9};
    CHECK(ranges::search(v, w).begin() - v.begin() == 2 &&
          ranges::find_end(v, w).begin() - v.begin() == 4);
    CHECK(ranges::search_n(v, 2, 4).begin() - v.begin() == 5 && ranges::search_n(v, 3, 4).empty());
    CHECK(ranges::adjacent_find(v) - v.begin() == 5);
    CHECK(ranges::find_first_of(v, w) - v.begin() == 2);
    CHECK(ranges::mismatch(v, part).in1 - v.begin() == 2);
    CHECK(!ranges::equal(v, w) && ranges::equal(w, std::list<int>{3, 4}));
    CHECK(ranges::equal(people, people | std::views::all, {}, &person::name, &person::name));
    CHECK(ranges::is_permutation(v, std::vector<int>{4, 4, 4, 3, 3, 2, 1, 5}));
    CHECK(!ranges::is_permutation(v, std::vector<int>{4, 4, 3, 3, 3, 2, 1, 5}));
    CHECK(ranges::lexicographical_compare("abc", "abd") && !ranges::lexicographical_compare(w, v));
    CHECK(ranges::max(people, {}, &person::age).name == "cy");
    CHECK(ranges::min_element(people, {}, &person::age)->name == "bob");
    CHECK(ranges::max_element(people, {}, &person::age)->name == "cy");
    auto [low, high] = ranges::minmax(people, {}, &person::age);
    CHECK(low.name == "bob" && high.name == "cy");
    CHECK(ranges::minmax_element(people, {}, &person::name).max->name == "di");
}

static void changes()
{
    std::vector<int> v = {1, 2, 3, 4, 5, 6}, out(6);
    CHECK(ranges::copy(v, out.begin()).out == out.end() && out == v);
    CHECK(ranges::copy_if(v, out.begin(), [](int n) { return n % 2; }).out - out.begin() == 3);
    CHECK(out[2] == 5);
    ranges::copy_backward(std::vector<int>{7, 8}, out.end());
    CHECK(out[5] == 8 && out[4] == 7);
    auto t = ranges::transform(people, out.begin(), [](int a) { return a * 2; }, &person::age);
    CHECK(t.out - out.begin() == 4 && out[0] == 60);
    ranges::transform(v, v, out.begin(), std::plus<>());
    CHECK(out[5] == 12);
    ranges::replace(v, 3, 30);
    ranges::replace_if(v, [](int n) { return n > 4; }, 0);
    CHECK((v == std::vector<int>{1, 2, 0, 4, 0, 0}));
    auto gone = ranges::remove(v, 0);
    v.erase(gone.begin(), gone.end());
    CHECK((v == std::vector<int>{1, 2, 4}));
    std::vector<person> p = people;
    auto young = ranges::remove_if(p, [](int a) { return a == 25; }, &person::age);
    CHECK(young.size() == 2 && p[1].name == "cy");
    std::list<int> twice = {1, 1, 2, 2, 2, 3};
    CHECK(ranges::distance(ranges::unique(twice)) == 3 && *++twice.begin() == 2);
    out.clear();
    ranges::unique_copy(std::list<int>{5, 5, 6, 5}, std::back_inserter(out));
    CHECK((out == std::vector<int>{5, 6, 5}));
    v = {1, 2, 3, 4, 5};
    ranges::reverse(v);
    CHECK(v[0] == 5 && v[4] == 1);
    auto rest = ranges::rotate(v, v.begin() + 2);
    CHECK((v == std::vector<int>{3, 2, 1, 5, 4}) && rest.begin() - v.begin() == 3);
    ranges::fill(v, 9);
    ranges::generate_n(v.begin(), 2, [n = 0]() mutable { return ++n; });
    CHECK((v == std::vector<int>{1, 2, 9, 9, 9}));
    std::vector<int> x = {1, 2}, y = {3, 4};
    ranges::swap_ranges(x, y);
    CHECK(x[0] == 3 && y[1] == 2);
    v = {1, 2, 3, 4, 5, 6, 7};
    auto even = [](int n) { return n % 2 == 0; };
    CHECK(ranges::stable_partition(v, even).begin() - v.begin() == 3);
    CHECK((v == std::vector<int>{2, 4, 6, 1, 3, 5, 7}) && ranges::is_partitioned(v, even));
    CHECK(*ranges::partition_point(v, even) == 1);
    CHECK(ranges::partition(v, [](int n) { return n > 6; }).begin() == v.begin() + 1 && v[0] == 7);
    std::vector<std::string> from = {"a", "b"}, to(2);
    ranges::move(from, to.begin());
    CHECK(to[1] == "b" && from[1].empty());
}

static void sorting()
{
    std::mt19937 g;
    std::vector<int> v(500), w;
    ranges::generate(v, [&] { return int(g() % 100); });
    w = v;
    std::sort(w.begin(), w.end());
    auto u = v;
    CHECK(ranges::sort(u) == u.end() && u == w && ranges::is_sorted(u));
    ranges::sort(u, ranges::greater());
    CHECK(ranges::is_sorted(u, {}, [](int n) { return -n; }));
    std::vector<person> p = people;
    ranges::stable_sort(p, {}, &person::age);
    CHECK(p[0].name == "bob" && p[1].name == "di" && p[3].name == "cy");
    ranges::sort(p, {}, [](const person &x) { return x.name.size(); });
    u = v;
    ranges::nth_element(u, u.begin() + 100);
    CHECK(u[100] == w[100]);
    ranges::partial_sort(u, u.begin() + 50);
    CHECK(std::equal(u.begin(), u.begin() + 50, w.begin()));
    std::vector<int> ten(10);
    ranges::partial_sort_copy(v, ten);
    CHECK(std::equal(ten.begin(), ten.end(), w.begin()));
    ranges::shuffle(u, g);
    CHECK(ranges::is_permutation(u, v));
    ranges::make_heap(u);
    CHECK(ranges::is_heap(u));
    u.push_back(1000);
    ranges::push_heap(u);
    CHECK(u[0] == 1000);
    ranges::pop_heap(u);
    u.pop_back();
    ranges::sort_heap(u);
    CHECK(u == w);
    CHECK(ranges::lower_bound(w, 50) == std::lower_bound(w.begin(), w.end(), 50));
    CHECK(ranges::upper_bound(w, 50) == std::upper_bound(w.begin(), w.end(), 50));
    CHECK(ranges::equal_range(w, 50).size() == std::size_t(std::count(w.begin(), w.end(), 50)));
    CHECK(ranges::binary_search(w, 50) && !ranges::binary_search(w, 100));
    ranges::stable_sort(p, {}, &person::age);
    CHECK(ranges::lower_bound(p, 30, {}, &person::age)->name == "ann");
    std::vector<int> a = {1, 3, 5, 5}, b = {2, 3, 5}, out;
    auto into = [&] { return out.clear(), std::back_inserter(out); };
    ranges::merge(a, b, into());
    CHECK((out == std::vector<int>{1, 2, 3, 3, 5, 5, 5}));
    ranges::set_union(a, b, into());
    CHECK((out == std::vector<int>{1, 2, 3, 5, 5}));
    ranges::set_intersection(a, b, into());
    CHECK((out == std::vector<int>{3, 5}));
    ranges::set_difference(a, b, into());
    CHECK((out == std::vector<int>{1, 5}));
    ranges::set_symmetric_difference(a, b, into());
    CHECK((out == std::vector<int>{1, 2, 5}));
    CHECK(ranges::includes(a, std::vector<int>{1, 5}) && !ranges::includes(a, b));
    std::vector<int> perm = {1, 2, 3};
    int count = 1;
    while (ranges::next_permutation(perm).found)
        count++;
    CHECK(count == 6 && !ranges::prev_permutation(perm).found && perm[0] == 3);
    std::vector<int> halves = {1, 4, 2, 3};
    ranges::inplace_merge(halves, halves.begin() + 2);
    CHECK(ranges::is_sorted(halves));
}

int main()
{
    queries();
    changes();
    sorting();
    std::cout << failures << " failures\n";
}
