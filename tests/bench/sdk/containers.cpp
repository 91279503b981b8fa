// Containers, strings and streams.
#include <algorithm>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

#include "tests/bench/sdk/measure.h"

namespace
{

void push_back(int count)
{
    std::vector<int> v;
    for (int i = 0; i < count; i++)
        v.push_back(i);
    measure_sink = v.size();
}

void push_back_strings(int count)
{
    std::vector<std::string> v;
    for (int i = 0; i < count; i++)
        v.push_back("a string that is longer than the short ones");
    measure_sink = v.size();
}

void hash_insert(int count)
{
    std::unordered_map<int, int> m;
    uint32_t state = 5;
    for (int i = 0; i < count; i++)
        m[int(measure_random(&state))] = i;
    measure_sink = m.size();
}

std::unordered_map<int, int> table;

void hash_find(int count)
{
    uintptr_t found = 0;
    for (int i = 0; i < count; i++)
        found += table.count(i * 3);
    measure_sink = found;
}

void hash_strings(int count)
{
    std::unordered_map<std::string, int> m;
    for (int i = 0; i < count; i++)
        m["key " + std::to_string(i % 5000)]++;
    measure_sink = m.size();
}

void tree_insert(int count)
{
    std::map<int, int> m;
    uint32_t state = 5;
    for (int i = 0; i < count; i++)
        m[int(measure_random(&state))] = i;
    measure_sink = m.size();
}

void sort_numbers(int count)
{
    std::vector<int> v;
    uint32_t state = 7;
    for (int i = 0; i < count; i++)
        v.push_back(int(measure_random(&state)));
    std::sort(v.begin(), v.end());
    measure_sink = uintptr_t(v[0]);
}

void append(int count)
{
    std::string s;
    for (int i = 0; i < count; i++) {
        s += 'x';
        s += "word ";
    }
    measure_sink = s.size();
}

void print_lines(int count)
{
    for (int i = 0; i < count; i++)
        std::cout << "line " << i << ' ' << "of text" << '\n';
}

void print_doubles(int count)
{
    for (int i = 0; i < count; i++)
        std::cout << i * 0.37 << '\n';
}

void read_words(int count)
{
    static const std::string text = [] {
        std::string s;
        for (int i = 0; i < 10000; i++)
            s += std::to_string(i) + ' ';
        return s;
    }();
    for (int done = 0; done < count; done += 10000) {
        std::istringstream in(text);
        int n;
        while (in >> n)
            measure_sink = uintptr_t(n);
    }
}

void read_lines(int count)
{
    std::string line;
    std::cin.clear();
    for (int i = 0; i < count && std::getline(std::cin, line); i++)
        measure_sink = line.size();
}

} // namespace

int main()
{
    std::ios::sync_with_stdio(false);
    for (int i = 0; i < 20000; i++)
        table[i * 6] = i;
    measure("vector<int>: push_back", push_back, 500000);
    measure("vector<string>: push_back", push_back_strings, 50000);
    measure("unordered_map<int, int>: insert", hash_insert, 50000);
    measure("unordered_map<int, int>: find", hash_find, 200000);
    measure("unordered_map<string, int>: count words", hash_strings, 50000);
    measure("map<int, int>: insert", tree_insert, 30000);
    measure("sort: 100,000 numbers", sort_numbers, 100000);
    measure("string: append", append, 200000);
    measure("cout: lines with a number", print_lines, 30000);
    measure("cout: double", print_doubles, 30000);
    measure("istringstream: >> int", read_words, 20000);
    measure("cin: getline", read_lines, 20000);
    return 0;
}
