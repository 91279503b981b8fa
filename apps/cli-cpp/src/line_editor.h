// Reads lines from the terminal, with editing and a history.
#pragma once

#include <string>
#include <string_view>
#include <vector>

class LineEditor
{
  public:
    // From now on the terminal gives this program each key at once, without an echo. The programs
    // it starts are not concerned: each has a mode of its own.
    explicit LineEditor(std::string_view prompt);
    ~LineEditor();
    LineEditor(const LineEditor &) = delete;
    LineEditor &operator=(const LineEditor &) = delete;

    // Shows the prompt and reads a line. False at the end of input (Ctrl-D on an empty line).
    bool read(std::string &line);

  private:
    enum class Result { more, done, end };

    Result edit();
    Result handle(char key);
    void handle_escape();
    void insert(char byte);
    void erase(std::size_t from, std::size_t to);
    void erase_word();
    void abandon();
    void browse(int step);
    void remember();
    void redraw() const;
    std::size_t room() const;

    std::size_t before(std::size_t position) const;
    std::size_t after(std::size_t position) const;

    std::string prompt;
    bool raw = false;       // whether the terminal does that
    std::string text;       // the line so far, UTF-8
    std::size_t cursor = 0; // a byte offset into text, always at the start of a character

    std::vector<std::string> history;
    std::size_t shown = 0; // the entry of the history that is shown; history.size(): the new line
    std::string draft;     // the new line while an older one is shown
};
