// unordered containers against ordered ones under random insertions and removals; nodes that move.
#include <cassert>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>

using Table = std::unordered_multimap<int, int>;
using Model = std::multimap<int, int>;

static void compare(Table &table, const Model &model)
{
    Table copy = table;
    assert(copy == table && copy.size() == model.size());
    std::size_t in_buckets = 0;
    for (std::size_t b = 0; b < copy.bucket_count(); b++)
        in_buckets += copy.bucket_size(b);
    assert(in_buckets == copy.size());
    for (int key = 0; key < 500; key++)
        assert(copy.count(key) == model.count(key));

    Table other;
    auto first = copy.begin();
    other.swap(copy);
    assert(other.empty() || other.begin() == first); // iterators go along
    copy = std::move(other);
    assert(copy == table);
    copy.merge(table);
    assert(copy.size() == 2 * model.size() && table.empty());
    table = copy;
    for (auto &[key, value] : model)
        table.erase(table.find(key));
    assert(table.size() == model.size());
    copy.rehash(1);
    assert(copy.load_factor() <= copy.max_load_factor());
}

static void extract_and_insert()
{
    std::unordered_set<std::string> set{"one", "two"};
    const std::string *address = &*set.find("one");
    auto node = set.extract("one");
    node.value() = "three";
    auto result = set.insert(std::move(node));
    assert(result.inserted && &*result.position == address && set.contains("three"));
    node = set.extract("two");
    set.insert("two");
    result = set.insert(std::move(node)); // comes back: the key is there
    assert(!result.inserted && result.node.value() == "two" && set.size() == 2);

    std::map<int, std::string> map{{1, "a"}, {2, "b"}}, more{{2, "c"}, {3, "d"}};
    map.merge(more);
    assert(map.size() == 3 && more.size() == 1 && map[2] == "b");
    auto handle = map.extract(3);
    handle.key() = 0;
    map.insert(map.begin(), std::move(handle));
    assert(map.begin()->second == "d" && map.extract(77).empty());
    assert(std::erase_if(map, [](auto &pair) { return pair.first > 0; }) == 2);

    std::multiset<std::string, std::less<>> words{"b", "a", "b"};
    assert(words.count(std::string_view("b")) == 2 && words.find("c") == words.end());
    assert(*words.insert(std::string("moved, and longer than a short string")) > "b");
    assert(words.rbegin()->size() > 30); // its place was found before it was moved
}

// Hashes and compares until it is told to throw.
struct fragile {
    static inline bool breaks;
    static int value(int key)
    {
        if (breaks)
            throw key;
        return key;
    }
    std::size_t operator()(int key) const { return std::size_t(value(key)); }
    bool operator()(int a, int b) const { return value(a) < value(b); }
};

// An element whose place cannot be found stays where it is.
template <class Set>
static void throw_and_keep()
{
    Set from{1, 2, 3}, to{3};
    auto node = from.extract(1);
    int caught = 0;
    fragile::breaks = true;
    try {
        to.merge(from);
    } catch (int) {
        caught++;
    }
    try {
        to.insert(std::move(node));
    } catch (int) {
        caught++;
    }
    try {
        to.insert(to.begin(), std::move(node));
    } catch (int) {
        caught++;
    }
    fragile::breaks = false;
    assert(caught == 3 && from == (Set{2, 3}) && to == Set{3} && node.value() == 1);
    to.merge(to);
    assert(to == Set{3});
    to.insert(to.begin(), std::move(node));
    to.merge(from);
    assert(to.count(1) == 1 && to.size() + from.size() == 4 && to.contains(2));
}

// Keys as programs have them must not crowd in few buckets: comparing a key with all that share its
// bucket takes 1.3 to 1.6 steps on average where chance decides.
template <class K, class F>
static void spread(const char *what, F key)
{
    const int count = 10000;
    std::unordered_set<K> set;
    for (int i = 0; i < count; i++)
        set.insert(key(i));
    double steps = 0;
    for (std::size_t b = 0; b < set.bucket_count(); b++)
        steps += double(set.bucket_size(b)) * double(set.bucket_size(b) + 1) / 2;
    if (set.size() != count || steps > 2.1 * count)
        std::cout << what << ": " << steps / count << " steps\n";
}

static void spread_out()
{
    spread<int>("in order", [](int i) { return i; });
    spread<int>("negative", [](int i) { return -7 * i; });
    for (int log2 = 1; log2 < 18; log2++)
        spread<int>("powers of two", [=](int i) { return i << log2; });
    spread<int>("thousands", [](int i) { return i * 1000; });
    spread<int>("points", [](int i) { return i / 100 << 16 | i % 100; });
    spread<long long>("high halves", [](int i) { return (long long)(i) << 40; });
    spread<void *>("addresses", [](int i) { return reinterpret_cast<void *>(0x10000 + 48 * i); });
    spread<double>("whole doubles", [](int i) { return double(i); });
    spread<double>("doubles", [](int i) { return i * 0.1; });
    spread<std::string>("words", [](int i) { return "key " + std::to_string(i); });
    spread<std::string>("front", [](int i) { return std::to_string(i) + " is the key"; });
    spread<std::string>("middle", [](int i) { return "a/" + std::to_string(i) + "/long/path/b"; });
    spread<std::string>("lengths", [](int i) { return std::string(std::size_t(i), 'x'); });
    spread<std::string>("bytes", [](int i) { return std::string{char(i >> 8), char(i)}; });
}

int main()
{
    Table table;
    Model model;
    std::srand(1);
    for (int i = 0; i < 20000; i++) {
        int key = std::rand() % 500;
        if (std::rand() % 3) {
            table.emplace(key, i);
            model.emplace(key, i);
        } else {
            assert(table.erase(key) == model.erase(key));
        }
        if (i % 1000 == 0)
            compare(table, model);
    }
    extract_and_insert();
    throw_and_keep<std::unordered_set<int, fragile>>();
    throw_and_keep<std::unordered_multiset<int, fragile>>();
    throw_and_keep<std::set<int, fragile>>();
    throw_and_keep<std::multiset<int, fragile>>();
    spread_out();
    std::cout << "tables hold what was put in\n";
}
