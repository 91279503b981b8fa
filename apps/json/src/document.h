// A JSON text (RFC 8259) as it was written, and where the values are in it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

enum class Kind { null, boolean, number, string, array, object };

struct Child;

// One value of a document, which has to live as long.
class Value
{
  public:
    Kind kind() const;
    // As the document has it: numbers with all their digits, strings with quotes and escapes.
    std::string_view text() const;
    // Elements of an array, members of an object; none of anything else.
    std::vector<Child> children() const;

  private:
    friend class Document;
    Value(const class Document &document, std::size_t index) : document(&document), index(index) {}

    const Document *document;
    std::size_t index;
};

struct Child {
    std::string_view key; // a string as it is written; empty in arrays
    Value value;
};

// All values stand in one list, in the order of the text: a value with children is followed by them
// (an object's keys by theirs), and knows where they end. So no function here calls itself, and a
// document may be nested as deeply as it likes.
class Document
{
  public:
    // Throws SyntaxError.
    explicit Document(std::string text);

    // Values refer to it.
    Document(const Document &) = delete;
    Document &operator=(const Document &) = delete;

    Value root() const { return Value(*this, 0); }

  private:
    friend class Value;
    friend class Parser;

    struct Node {
        Kind kind;
        std::size_t start, length; // of its text
        std::size_t next;          // the node behind this one and all that is in it
    };

    std::string source;
    std::vector<Node> nodes;
};
