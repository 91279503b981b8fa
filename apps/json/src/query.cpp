#include "query.h"
#include "query_parser.h"

Query::Query(std::string_view path) : steps(QueryParser(path).parse()) {}

std::vector<Value> Query::apply(Value root) const
{
    std::vector<Value> values = {root};
    for (const auto &step : steps) {
        std::vector<Value> next;
        for (Value value : values)
            step->select(value, next);
        values = std::move(next);
    }
    return values;
}
