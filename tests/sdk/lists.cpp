// list and forward_list against a sorted vector: sorting, merging, removing, for many sizes.
#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <forward_list>
#include <iostream>
#include <list>
#include <vector>

struct Item {
    int key, number;
    bool operator<(const Item &o) const { return key < o.key; }
    bool operator==(const Item &) const = default;
};

template <class List>
void check(int size)
{
    std::vector<Item> model;
    for (int i = 0; i < size; i++)
        model.push_back({std::rand() % 10, i});
    List list(model.begin(), model.end());
    list.sort();
    std::stable_sort(model.begin(), model.end());
    assert(std::equal(list.begin(), list.end(), model.begin(), model.end()));

    List merged = list, other = list;
    merged.merge(other);
    assert(other.empty() && std::is_sorted(merged.begin(), merged.end()));
    assert(std::distance(merged.begin(), merged.end()) == 2 * size);
    auto keys = std::distance(merged.begin(), merged.end()) -
                long(merged.unique([](auto &a, auto &b) { return a.key == b.key; }));
    assert(keys == std::min<long>(keys, 10) && keys == std::distance(merged.begin(), merged.end()));
    merged.reverse();
    assert(std::is_sorted(merged.begin(), merged.end(), [](auto &a, auto &b) { return b < a; }));

    merged.swap(list);
    auto odd = list.remove_if([](auto &item) { return item.key % 2; });
    assert(std::distance(list.begin(), list.end()) + long(odd) == keys);
    assert(std::distance(merged.begin(), merged.end()) == size);
    merged.remove(merged.empty() ? Item() : merged.front()); // the value goes with what it removes
    assert(std::distance(merged.begin(), merged.end()) == std::max(size - 1, 0));
}

int main()
{
    for (int size = 0; size < 60; size++) {
        check<std::list<Item>>(size);
        check<std::forward_list<Item>>(size);
    }
    std::list<int> a{1, 2, 3}, b{4, 5};
    auto second = std::next(b.begin());
    a.splice(a.begin(), b);
    assert((a == std::list{4, 5, 1, 2, 3}) && b.empty() && *second == 5);
    a.splice(a.end(), a, a.begin());
    assert((a == std::list{5, 1, 2, 3, 4}) && a.size() == 5);
    std::forward_list<int> f{1, 2, 3};
    f.splice_after(f.before_begin(), std::forward_list<int>{8, 9});
    assert((f == std::forward_list{8, 9, 1, 2, 3} && f > std::forward_list{8, 9, 1, 2}));
    std::cout << "lists keep their order\n";
}
