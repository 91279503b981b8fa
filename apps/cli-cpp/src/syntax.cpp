#include "syntax.h"
#include "tokens.h"
#include <utility>

namespace
{

class Parser
{
  public:
    explicit Parser(std::vector<Token> tokens) : tokens(std::move(tokens)) {}

    std::vector<Pipeline> run()
    {
        std::vector<Pipeline> pipelines;
        while (at < tokens.size()) {
            if (next_is(Token::Kind::separator))
                at++;
            else
                pipelines.push_back(pipeline());
        }
        return pipelines;
    }

  private:
    bool next_is(Token::Kind kind) const { return at < tokens.size() && tokens[at].kind == kind; }

    Pipeline pipeline()
    {
        Pipeline commands{command()};
        while (next_is(Token::Kind::pipe)) {
            if (commands.back().words.empty())
                throw SyntaxError("A command is missing before '|'");
            at++;
            commands.push_back(command());
        }
        if (commands.size() > 1 && commands.back().words.empty())
            throw SyntaxError("A command is missing behind '|'");
        return commands;
    }

    Command command()
    {
        Command result;
        while (at < tokens.size() && !next_is(Token::Kind::pipe) &&
               !next_is(Token::Kind::separator)) {
            Token &token = tokens[at++];
            if (token.kind == Token::Kind::word)
                result.words.push_back(std::move(token.text));
            else
                result.redirections.push_back(redirection(token));
        }
        return result;
    }

    Redirection redirection(const Token &operation)
    {
        if (!next_is(Token::Kind::word))
            throw SyntaxError("A file name is missing behind '" + operation.text + "'");
        std::string file = std::move(tokens[at++].text);
        if (file == "&0" || file == "&1" || file == "&2")
            return {Redirection::Kind::copy, operation.descriptor, "", file[1] - '0'};
        return {kind_of(operation.kind), operation.descriptor, std::move(file)};
    }

    static Redirection::Kind kind_of(Token::Kind kind)
    {
        switch (kind) {
        case Token::Kind::input:
            return Redirection::Kind::input;
        case Token::Kind::append:
            return Redirection::Kind::append;
        default:
            return Redirection::Kind::output;
        }
    }

    std::vector<Token> tokens;
    std::size_t at = 0; // the next one
};

} // namespace

std::vector<Pipeline> parse(std::string_view line)
{
    return Parser(tokens_of(line)).run();
}

std::string quoted(const Command &command)
{
    std::string line;
    for (const std::string &word : command.words) {
        line += '\'';
        for (char c : word)
            line += c == '\'' ? "'\\''" : std::string(1, c);
        line += "' ";
    }
    return line;
}
