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
    std::cout << "tables hold what was put in\n";
}
