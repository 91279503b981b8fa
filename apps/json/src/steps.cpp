#include "steps.h"
#include "number.h"
#include "unicode.h"
#include <algorithm>

void MemberStep::select(Value from, std::vector<Value> &to) const
{
    std::optional<Value> found;
    for (const Child &child : from.children())
        if (!child.key.empty() && decode_string(child.key) == name)
            found = child.value;
    if (found)
        to.push_back(*found);
}

void EveryStep::select(Value from, std::vector<Value> &to) const
{
    for (const Child &child : from.children())
        to.push_back(child.value);
}

void DescendantsStep::select(Value from, std::vector<Value> &to) const
{
    std::vector<Value> waiting = {from}; // the next one last
    while (!waiting.empty()) {
        Value value = waiting.back();
        waiting.pop_back();
        to.push_back(value);
        std::vector<Child> children = value.children();
        for (auto child = children.rbegin(); child != children.rend(); ++child)
            waiting.push_back(child->value);
    }
}

void IndexStep::select(Value from, std::vector<Value> &to) const
{
    if (from.kind() != Kind::array)
        return;
    std::vector<Child> elements = from.children();
    auto count = static_cast<long long>(elements.size());
    long long i = index < 0 ? index + count : index;
    if (i >= 0 && i < count)
        to.push_back(elements[static_cast<std::size_t>(i)].value);
}

void SliceStep::select(Value from, std::vector<Value> &to) const
{
    if (from.kind() != Kind::array)
        return;
    std::vector<Child> elements = from.children();
    auto count = static_cast<long long>(elements.size());
    bool backwards = bounds.step < 0;
    // Places before the first element and behind the last one are where a slice may begin or end.
    long long lowest = backwards ? -1 : 0, highest = backwards ? count - 1 : count;
    auto place = [&](std::optional<long long> bound, long long otherwise) {
        if (!bound)
            return otherwise;
        return std::clamp(*bound < 0 ? *bound + count : *bound, lowest, highest);
    };
    long long i = place(bounds.first, backwards ? highest : lowest);
    long long end = place(bounds.last, backwards ? lowest : highest);
    long long step = std::clamp(bounds.step, -count - 1, count + 1);
    for (; backwards ? i > end : i < end; i += step)
        to.push_back(elements[static_cast<std::size_t>(i)].value);
}

namespace
{

// Numbers and strings have an order; other values, and values of two kinds, are equal or not.
std::partial_ordering compare(Value a, Value b)
{
    if (a.kind() != b.kind())
        return std::partial_ordering::unordered;
    switch (a.kind()) {
    case Kind::number:
        return compare_numbers(a.text(), b.text());
    case Kind::string:
        return decode_string(a.text()) <=> decode_string(b.text());
    default:
        return a.text() == b.text() ? std::partial_ordering::equivalent
                                    : std::partial_ordering::unordered;
    }
}

bool agrees(std::partial_ordering order, Comparison comparison)
{
    switch (comparison) {
    case Comparison::equal:
        return order == 0;
    case Comparison::not_equal:
        return order != 0;
    case Comparison::less:
        return order < 0;
    case Comparison::less_equal:
        return order <= 0;
    case Comparison::greater:
        return order > 0;
    case Comparison::greater_equal:
        return order >= 0;
    }
    return false;
}

} // namespace

void FilterStep::select(Value from, std::vector<Value> &to) const
{
    for (const Child &child : from.children())
        if (holds(child.value))
            to.push_back(child.value);
}

bool FilterStep::holds(Value value) const
{
    std::vector<Value> found = path.apply(value);
    if (!condition)
        return !found.empty();
    Value literal = condition->literal->root();
    return std::any_of(found.begin(), found.end(),
                       [&](Value v) { return agrees(compare(v, literal), condition->comparison); });
}
