#include "document.h"
#include "parser.h"

Document::Document(std::string text) : source(std::move(text))
{
    Parser(*this).parse();
}

Kind Value::kind() const
{
    return document->nodes[index].kind;
}

std::string_view Value::text() const
{
    const auto &node = document->nodes[index];
    return std::string_view(document->source).substr(node.start, node.length);
}

std::vector<Child> Value::children() const
{
    const auto &nodes = document->nodes;
    std::vector<Child> result;
    std::size_t i = index + 1;
    while (i < nodes[index].next) {
        std::string_view key;
        if (kind() == Kind::object)
            key = Value(*document, i++).text();
        result.push_back({key, Value(*document, i)});
        i = nodes[i].next;
    }
    return result;
}
