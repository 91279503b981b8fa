// Containers against simple models, under random operations.
#include <algorithm>
#include <deque>
#include <iostream>
#include <list>
#include <map>
#include <queue>
#include <set>
#include <stack>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

static unsigned long long state = 88172645463325252u;

static unsigned next(unsigned limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return unsigned(state >> 20) % limit;
}

static int failures = 0;

static void check(bool ok, const char *what)
{
    if (!ok && failures++ < 20)
        std::cout << "failed: " << what << '\n';
}

// map, unordered_map and a sorted vector of pairs hold the same.
static void maps()
{
    std::map<int, std::string> tree;
    std::unordered_map<int, std::string> table;
    std::vector<std::pair<int, std::string>> model;
    auto place = [&](int k) {
        return std::lower_bound(model.begin(), model.end(), k,
                                [](const auto &p, int key) { return p.first < key; });
    };
    for (int i = 0; i < 40000; i++) {
        int k = int(next(600));
        auto at = place(k);
        bool there = at != model.end() && at->first == k;
        switch (next(5)) {
        case 0:
        case 1: {
            std::string v = std::to_string(i);
            check(tree.insert({k, v}).second == !there, "map::insert");
            check(table.emplace(k, v).second == !there, "unordered_map::emplace");
            if (!there)
                model.insert(at, {k, v});
            break;
        }
        case 2:
            check(tree.erase(k) == there && table.erase(k) == there, "erase");
            if (there)
                model.erase(at);
            break;
        case 3: {
            tree[k] += 'x';
            table[k] += 'x';
            if (there)
                at->second += 'x';
            else
                model.insert(at, {k, "x"});
            break;
        }
        default:
            check((tree.find(k) != tree.end()) == there && table.contains(k) == there, "find");
            auto low = tree.lower_bound(k);
            check(low == tree.end() ? at == model.end() : low->first == at->first, "lower_bound");
            auto high = tree.upper_bound(k);
            auto above = place(k + 1);
            check(high == tree.end() ? above == model.end() : high->first == above->first,
                  "upper_bound");
        }
        check(tree.size() == model.size() && table.size() == model.size(), "size");
        if (i % 1000 == 0) {
            check(std::equal(tree.begin(), tree.end(), model.begin(), model.end(),
                             [](const auto &a, const auto &b) {
                                 return a.first == b.first && a.second == b.second;
                             }),
                  "map's elements");
            auto r = tree.rbegin();
            for (auto m = model.rbegin(); m != model.rend(); ++m, ++r)
                check(r->first == m->first, "backwards");
            std::vector<std::pair<int, std::string>> all(table.begin(), table.end());
            std::sort(all.begin(), all.end());
            check(all == model, "unordered_map's elements");
            auto copy = tree;
            check(copy == tree, "copy");
            auto moved = std::move(copy);
            check(moved == tree && copy.empty(), "move");
        }
    }
    std::cout << "maps " << model.size() << '\n';
}

static void multisets()
{
    std::multiset<int> tree;
    std::unordered_multiset<int> table;
    std::vector<int> model;
    for (int i = 0; i < 20000; i++) {
        int k = int(next(50));
        if (next(3)) {
            tree.insert(k);
            table.insert(k);
            model.push_back(k);
        } else if (next(10) == 0) {
            std::size_t n = std::erase(model, k);
            check(tree.erase(k) == n && table.erase(k) == n, "erase all equal");
        } else if (auto t = tree.find(k); t != tree.end()) {
            tree.erase(t);
            table.erase(table.find(k));
            model.erase(std::find(model.begin(), model.end(), k));
        }
        if (i % 500 == 0) {
            std::sort(model.begin(), model.end());
            check(std::equal(tree.begin(), tree.end(), model.begin(), model.end()),
                  "multiset's elements");
            check(tree.count(k) == std::size_t(std::count(model.begin(), model.end(), k)), "count");
            check(table.count(k) == tree.count(k) && table.size() == model.size(),
                  "unordered count");
        }
    }
    std::cout << "multisets " << model.size() << '\n';
}

template <class Sequence>
static void sequence(const char *name)
{
    Sequence s;
    std::vector<std::string> model;
    for (int i = 0; i < 20000; i++) {
        std::string v = std::to_string(i);
        std::size_t at = model.empty() ? 0 : next(unsigned(model.size()) + 1);
        auto here = std::next(s.begin(), long(at));
        switch (model.size() > 300 ? 7 + next(4) : next(11)) {
        case 0:
        case 1:
            s.push_back(v);
            model.push_back(v);
            break;
        case 2:
        case 3:
            s.push_front(v);
            model.insert(model.begin(), v);
            break;
        case 4:
            check(*s.insert(here, v) == v, "insert");
            model.insert(model.begin() + long(at), v);
            break;
        case 5:
            s.insert(here, 3, v);
            model.insert(model.begin() + long(at), 3, v);
            break;
        case 6:
            s.insert(here, {v, "b", "c"});
            model.insert(model.begin() + long(at), {v, "b", "c"});
            break;
        case 7:
            if (!model.empty()) {
                s.pop_back();
                model.pop_back();
            }
            break;
        case 8:
            if (!model.empty()) {
                s.pop_front();
                model.erase(model.begin());
            }
            break;
        case 9:
            if (at < model.size()) {
                s.erase(here);
                model.erase(model.begin() + long(at));
            }
            break;
        default:
            std::size_t last = std::min(at + next(20), model.size());
            s.erase(here, std::next(s.begin(), long(last)));
            model.erase(model.begin() + long(at), model.begin() + long(last));
        }
        check(s.size() == model.size(), "size");
        if (i % 100 == 0)
            check(std::equal(s.begin(), s.end(), model.begin(), model.end()), name);
    }
    Sequence copy = s;
    check(copy == s, "copy");
    s.clear();
    check(s.empty() && copy.size() == model.size(), "clear");
    copy = {"z", "a"};
    check(copy.front() == "z" && copy.back() == "a", "assignment");
    std::cout << name << ' ' << model.size() << '\n';
}

static void list_operations()
{
    std::list<int> l = {5, 3, 8, 1, 3, 9, 2}, other = {4, 0};
    l.sort();
    other.sort();
    l.merge(other);
    check(l == std::list<int>{0, 1, 2, 3, 3, 4, 5, 8, 9} && other.empty(), "sort and merge");
    l.unique();
    l.reverse();
    check(l == std::list<int>{9, 8, 5, 4, 3, 2, 1, 0}, "unique and reverse");
    check(l.remove_if([](int n) { return n % 2 == 0; }) == 4 && l.size() == 4, "remove_if");
    other = {7, 7};
    l.splice(std::next(l.begin()), other);
    l.splice(l.begin(), l, std::prev(l.end()));
    check(l == std::list<int>{1, 9, 7, 7, 5, 3}, "splice");
    std::list<int> many;
    for (int i = 0; i < 5000; i++)
        many.push_back(int(next(1000)));
    many.sort(std::greater<>());
    check(std::is_sorted(many.begin(), many.end(), std::greater<>()), "sort many");
}

static void adaptors()
{
    std::priority_queue<int> p;
    std::queue<int> q;
    std::stack<int> s;
    for (int i : {3, 1, 4, 1, 5, 9, 2, 6}) {
        p.push(i);
        q.push(i);
        s.push(i);
    }
    for (; !p.empty(); p.pop(), q.pop(), s.pop())
        std::cout << p.top() << q.front() << s.top() << ' ';
    std::cout << '\n';
}

static void algorithms()
{
    for (int round = 0; round < 300; round++) {
        std::vector<int> v(next(400)), w;
        unsigned range = next(4) ? 1000000 : 5;
        for (int &n : v)
            n = int(next(range));
        w = v;
        std::sort(v.begin(), v.end());
        check(std::is_sorted(v.begin(), v.end()) &&
                  std::is_permutation(v.begin(), v.end(), w.begin(), w.end()),
              "sort");
        std::vector<int> x = w;
        std::stable_sort(x.begin(), x.end());
        check(x == v, "stable_sort");
        x = w;
        std::make_heap(x.begin(), x.end());
        check(std::is_heap(x.begin(), x.end()), "make_heap");
        std::sort_heap(x.begin(), x.end());
        check(x == v, "sort_heap");
        if (!w.empty()) {
            x = w;
            auto nth = x.begin() + long(next(unsigned(x.size())));
            std::nth_element(x.begin(), nth, x.end());
            check(*nth == v[std::size_t(nth - x.begin())], "nth_element");
            x = w;
            std::partial_sort(x.begin(), x.begin() + long(x.size() / 3), x.end());
            check(std::equal(x.begin(), x.begin() + long(x.size() / 3), v.begin()), "partial_sort");
        }
        std::vector<std::pair<int, int>> pairs;
        for (std::size_t i = 0; i < w.size(); i++)
            pairs.emplace_back(w[i] % 7, int(i));
        std::stable_sort(pairs.begin(), pairs.end(),
                         [](auto &a, auto &b) { return a.first < b.first; });
        check(std::is_sorted(pairs.begin(), pairs.end()), "stability");
    }
    std::string letters = "abcd";
    int permutations = 0;
    do
        permutations++;
    while (std::next_permutation(letters.begin(), letters.end()));
    check(permutations == 24, "next_permutation");
}

int main()
{
    maps();
    multisets();
    sequence<std::deque<std::string>>("deque");
    sequence<std::list<std::string>>("list");
    list_operations();
    adaptors();
    algorithms();
    std::cout << failures << " failures" << std::endl;
    return failures != 0;
}
