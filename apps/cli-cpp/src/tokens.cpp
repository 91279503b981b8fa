#include "tokens.h"
#include <cctype>
#include <unistd.h>
#include <utility>

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

// Collects the tokens of a line.
class Tokenizer
{
  public:
    explicit Tokenizer(std::string_view line) : line(line) {}

    std::vector<Token> run()
    {
        while (at < line.size())
            step();
        if (!quotes.outside())
            throw SyntaxError("A quote is not closed");
        end_word();
        return std::move(tokens);
    }

  private:
    void step()
    {
        char c = line[at++];
        if (!quotes.outside())
            continue_word(c);
        else if (std::isspace(static_cast<unsigned char>(c)))
            end_word();
        else if (c == ';')
            add(Token::Kind::separator, ";");
        else if (c == '|')
            add(Token::Kind::pipe, "|");
        else if (c == '<' || c == '>')
            redirect(c);
        else
            continue_word(c);
    }

    // A word begins with its first quote: '' is an empty one.
    void continue_word(char c)
    {
        in_word = true;
        if (quotes.is_text(c))
            word += c;
        else
            quoted = true;
    }

    void end_word()
    {
        if (in_word)
            tokens.push_back({Token::Kind::word, std::move(word)});
        word.clear();
        in_word = quoted = false;
    }

    void add(Token::Kind kind, std::string text, int descriptor = -1)
    {
        end_word();
        tokens.push_back({kind, std::move(text), descriptor});
    }

    // A digit directly before the operator says which descriptor is meant: 2> is for errors.
    void redirect(char c)
    {
        int descriptor = c == '<' ? STDIN_FILENO : STDOUT_FILENO;
        if (!quoted && (word == "0" || word == "1" || word == "2")) {
            descriptor = word[0] - '0';
            in_word = false;
        }
        if (c == '<') {
            add(Token::Kind::input, "<", descriptor);
        } else if (line.substr(at).starts_with('>')) {
            at++;
            add(Token::Kind::append, ">>", descriptor);
        } else {
            add(Token::Kind::output, ">", descriptor);
        }
    }

    std::string_view line;
    std::size_t at = 0; // the next character
    QuoteReader quotes;
    std::vector<Token> tokens;

    std::string word; // the one that is being read
    bool in_word = false;
    bool quoted = false; // whether something of it is
};

} // namespace

std::vector<Token> tokens_of(std::string_view line)
{
    return Tokenizer(line).run();
}
