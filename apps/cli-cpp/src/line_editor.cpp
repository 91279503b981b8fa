#include "line_editor.h"
#include <algorithm>
#include <cctype>
#include <iostream>
#include <wasmos.h>

namespace
{

constexpr std::size_t history_max = 500;
constexpr int default_columns = 80;

constexpr char control(char letter)
{
    return static_cast<char>(letter & 0x1f);
}

constexpr char escape = '\x1b', backspace = '\b', rubout = '\x7f';

// UTF-8: bytes of the form 10xxxxxx continue a character.
bool continues_character(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

std::size_t count_characters(std::string_view text)
{
    return text.size() -
           static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues_character));
}

std::size_t terminal_columns()
{
    int columns, rows;
    if (wasmos_tty_size(&columns, &rows) != 0 || columns <= 0)
        columns = default_columns;
    return static_cast<std::size_t>(columns);
}

} // namespace

LineEditor::LineEditor(std::string_view prompt) : prompt(prompt)
{
    raw = wasmos_tty_mode(WASMOS_TTY_RAW, nullptr) == 0;
}

LineEditor::~LineEditor()
{
    if (raw)
        wasmos_tty_mode(WASMOS_TTY_COOKED, nullptr);
}

bool LineEditor::read(std::string &line)
{
    std::cout << prompt << std::flush;
    if (!raw) // not a terminal that can do it
        return bool(std::getline(std::cin, line));

    text.clear();
    cursor = 0;
    shown = history.size();
    Result result = edit();
    std::cout << std::endl;
    if (result == Result::end)
        return false;
    remember();
    line = text;
    return true;
}

LineEditor::Result LineEditor::edit()
{
    for (;;) {
        int key = std::cin.get();
        if (!std::cin)
            return Result::end;
        Result result = handle(static_cast<char>(key));
        if (result != Result::more)
            return result;
    }
}

LineEditor::Result LineEditor::handle(char key)
{
    switch (key) {
    case '\r':
    case '\n':
        if (cursor != text.size()) {
            cursor = text.size();
            redraw();
        }
        return Result::done;
    case control('d'):
        if (text.empty())
            return Result::end;
        erase(cursor, after(cursor));
        break;
    case control('c'):
        abandon();
        break;
    case backspace:
    case rubout:
        erase(before(cursor), cursor);
        break;
    case control('a'):
        cursor = 0;
        break;
    case control('e'):
        cursor = text.size();
        break;
    case control('b'):
        cursor = before(cursor);
        break;
    case control('f'):
        cursor = after(cursor);
        break;
    case control('k'):
        erase(cursor, text.size());
        break;
    case control('u'):
        erase(0, cursor);
        break;
    case control('w'):
        erase_word();
        break;
    case control('p'):
        browse(-1);
        break;
    case control('n'):
        browse(+1);
        break;
    case control('l'):
        std::cout << "\x1b[2J\x1b[H";
        break;
    case escape:
        handle_escape();
        break;
    default:
        insert(key);
        return Result::more;
    }
    redraw();
    return Result::more;
}

// Arrows and the like: ESC [ number ~, ESC [ letter or ESC O letter.
void LineEditor::handle_escape()
{
    int introducer = std::cin.get();
    if (introducer != '[' && introducer != 'O')
        return;
    int number = 0, key = std::cin.get();
    for (; std::isdigit(key) || key == ';'; key = std::cin.get())
        number = key == ';' ? 0 : (number * 10 + (key - '0')) % 1000;
    if (key == '~')
        key = number == 1 || number == 7   ? 'H'
              : number == 4 || number == 8 ? 'F'
              : number == 3                ? '~'
                                           : 0;

    switch (key) {
    case 'A': // up
        browse(-1);
        break;
    case 'B': // down
        browse(+1);
        break;
    case 'C': // right
        cursor = after(cursor);
        break;
    case 'D': // left
        cursor = before(cursor);
        break;
    case 'H': // home
        cursor = 0;
        break;
    case 'F': // end
        cursor = text.size();
        break;
    case '~': // delete
        erase(cursor, after(cursor));
        break;
    }
}

void LineEditor::insert(char byte)
{
    if (std::iscntrl(static_cast<unsigned char>(byte)))
        return;
    text.insert(cursor, 1, byte);
    cursor++;
    if (cursor == text.size() && count_characters(text) <= room()) // most keys: nothing else moves
        std::cout << byte << std::flush;
    else
        redraw();
}

void LineEditor::erase(std::size_t from, std::size_t to)
{
    text.erase(from, to - from);
    cursor = from;
}

// The word before the cursor and the spaces behind it.
void LineEditor::erase_word()
{
    std::size_t start = cursor;
    while (start > 0 && text[start - 1] == ' ')
        start--;
    while (start > 0 && text[start - 1] != ' ')
        start--;
    erase(start, cursor);
}

// Ctrl-C: the line stays on the screen, a new one begins.
void LineEditor::abandon()
{
    if (cursor != text.size()) {
        cursor = text.size();
        redraw();
    }
    std::cout << "^C\n";
    text.clear();
    cursor = 0;
    shown = history.size();
}

// Shows an older (-1) or newer (+1) line.
void LineEditor::browse(int step)
{
    if (step < 0 ? shown == 0 : shown == history.size())
        return;
    if (shown == history.size())
        draft = text;
    shown += static_cast<std::size_t>(step);
    text = shown == history.size() ? draft : history[shown];
    cursor = text.size();
}

void LineEditor::remember()
{
    if (text.empty() || (!history.empty() && history.back() == text))
        return;
    history.push_back(text);
    if (history.size() > history_max)
        history.erase(history.begin());
}

std::size_t LineEditor::before(std::size_t position) const
{
    if (position == 0)
        return 0;
    do
        position--;
    while (position > 0 && continues_character(text[position]));
    return position;
}

std::size_t LineEditor::after(std::size_t position) const
{
    if (position == text.size())
        return position;
    do
        position++;
    while (position < text.size() && continues_character(text[position]));
    return position;
}

// The characters that fit behind the prompt.
std::size_t LineEditor::room() const
{
    std::size_t columns = terminal_columns(), taken = prompt.size() + 1;
    return columns > taken ? columns - taken : 1;
}

// Draws prompt and line over what is there. A line longer than the terminal shows the part around
// the cursor.
void LineEditor::redraw() const
{
    std::string_view all = text;
    const std::size_t limit = room();
    std::size_t first = 0, last = cursor;
    while (count_characters(all.substr(first, cursor - first)) > limit)
        first = after(first);
    while (last < all.size() && count_characters(all.substr(first, last - first)) < limit)
        last = after(last);

    std::string_view visible = all.substr(first, last - first);
    std::cout << '\r' << prompt << visible << "\x1b[K"; // and clear to the end of the line
    if (std::size_t back = count_characters(visible.substr(cursor - first)); back > 0)
        std::cout << "\x1b[" << back << 'D';
    std::cout << std::flush;
}
