// Paths into documents: .store.book[2].title, [*], [1:3], [-1], ..name, [?.price < 10]
#pragma once

#include "document.h"
#include "errors.h"
#include <memory>
#include <vector>

// One step from values to values in them.
class Step
{
  public:
    virtual ~Step() = default;
    // Appends where the step leads to from one value; nothing if it does not fit.
    virtual void select(Value from, std::vector<Value> &to) const = 0;
};

class Query
{
  public:
    // Throws QueryError.
    explicit Query(std::string_view path);
    explicit Query(std::vector<std::unique_ptr<Step>> steps) : steps(std::move(steps)) {}

    std::vector<Value> apply(Value root) const;

  private:
    std::vector<std::unique_ptr<Step>> steps;
};
