#include "words.h"
#include <cctype>

namespace
{

// Keeps track of quotes while a line is read from left to right.
class QuoteReader
{
  public:
    // Whether this character belongs to the text itself. The quoting characters do not.
    bool is_text(char c)
    {
        if (escaped) {
            escaped = false;
            return true;
        }
        if (c == '\\' && quote != '\'') {
            escaped = true;
            return false;
        }
        if (c == quote) {
            quote = '\0';
            return false;
        }
        if (quote == '\0' && (c == '\'' || c == '"')) {
            quote = c;
            return false;
        }
        return true;
    }

    // Whether the next character is an ordinary one, neither between quotes nor behind a backslash.
    bool outside() const { return quote == '\0' && !escaped; }

  private:
    char quote = '\0';
    bool escaped = false;
};

} // namespace

std::vector<std::string> split_commands(std::string_view line)
{
    std::vector<std::string> commands(1);
    QuoteReader quotes;
    for (char c : line) {
        if (c == ';' && quotes.outside()) {
            commands.emplace_back();
        } else {
            quotes.is_text(c);
            commands.back() += c;
        }
    }
    return commands;
}

bool split_words(std::string_view command, std::vector<std::string> &words)
{
    QuoteReader quotes;
    bool in_word = false;
    for (char c : command) {
        if (quotes.outside() && std::isspace(static_cast<unsigned char>(c))) {
            in_word = false;
            continue;
        }
        if (!in_word)
            words.emplace_back();
        in_word = true;
        if (quotes.is_text(c))
            words.back() += c;
    }
    return quotes.outside();
}
