// The kinds of steps that a path has.
#pragma once

#include "query.h"
#include <optional>
#include <string>

// .name: an object's member; the last one, if several have the name.
class MemberStep : public Step
{
  public:
    explicit MemberStep(std::string name) : name(std::move(name)) {}
    void select(Value from, std::vector<Value> &to) const override;

  private:
    std::string name;
};

// [*]: all elements or members.
class EveryStep : public Step
{
  public:
    void select(Value from, std::vector<Value> &to) const override;
};

// ..: the value itself and everything in it.
class DescendantsStep : public Step
{
  public:
    void select(Value from, std::vector<Value> &to) const override;
};

// [3]; [-1] is the last element.
class IndexStep : public Step
{
  public:
    explicit IndexStep(long long index) : index(index) {}
    void select(Value from, std::vector<Value> &to) const override;

  private:
    long long index;
};

// [first:last:step]: from the first up to, not including, the last; negative ones count from the
// end.
class SliceStep : public Step
{
  public:
    struct Bounds {
        std::optional<long long> first, last;
        long long step = 1;
    };
    explicit SliceStep(const Bounds &bounds) : bounds(bounds) {}
    void select(Value from, std::vector<Value> &to) const override;

  private:
    Bounds bounds;
};

enum class Comparison { equal, not_equal, less, less_equal, greater, greater_equal };

// [?path < literal]: the elements or members in which a value on the path compares so; without a
// comparison, those in which there is one.
class FilterStep : public Step
{
  public:
    struct Condition {
        Comparison comparison;
        std::unique_ptr<Document> literal;
    };
    FilterStep(Query path, std::optional<Condition> condition)
        : path(std::move(path)), condition(std::move(condition))
    {
    }
    void select(Value from, std::vector<Value> &to) const override;

  private:
    bool holds(Value value) const;

    Query path;
    std::optional<Condition> condition;
};
