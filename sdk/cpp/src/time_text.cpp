// put_time and get_time.
#include <ctype.h>
#include <iomanip>
#include <stdio.h>
#include <string.h>

namespace std
{

string __time_to_text(const tm &time, const char *format)
{
    if (!*format)
        return {};
    string marked = string(format) + 'x'; // so that an empty text is not taken for one too long
    string text(64, '\0');
    size_t n;
    while ((n = strftime(text.data(), text.size(), marked.c_str(), &time)) == 0)
        text.resize(2 * text.size());
    text.resize(n - 1);
    return text;
}

namespace
{

constexpr const char *days[] = {"sunday",   "monday", "tuesday", "wednesday",
                                "thursday", "friday", "saturday"};
constexpr const char *months[] = {"january",   "february", "march",    "april",
                                  "may",       "june",     "july",     "august",
                                  "september", "october",  "november", "december"};

class scanner
{
    __reader<char, char_traits<char>> in;
    tm &time;
    int hour_of_12 = -1, afternoon = -1;

  public:
    bool failed = false;

    scanner(streambuf &from, tm &t) : in(from), time(t) {}
    bool at_end() { return in.peek() == EOF; }
    void scan(const char *format)
    {
        for (; *format && !failed; format++) {
            if (isspace((unsigned char)*format)) {
                spaces();
            } else if (*format != '%') {
                literal(*format);
            } else {
                format++;
                if (*format == 'E' || *format == 'O')
                    format++;
                if (!*format) {
                    failed = true;
                    break;
                }
                field(*format);
            }
        }
        if (hour_of_12 >= 0 && afternoon >= 0)
            time.tm_hour = hour_of_12 % 12 + 12 * afternoon;
    }

  private:
    void spaces()
    {
        while (in.peek() != EOF && isspace(in.peek()))
            in.skip();
    }
    void literal(char c)
    {
        if (in.peek() != (unsigned char)c)
            failed = true;
        else
            in.skip();
    }
    // A number of at most `digits` digits from least to largest.
    int number(int least, int largest, int digits)
    {
        int n = 0, count = 0;
        spaces();
        for (; count < digits && in.peek() != EOF && isdigit(in.peek()); count++) {
            n = n * 10 + (in.peek() - '0');
            in.skip();
        }
        failed = failed || count == 0 || n < least || n > largest;
        return n;
    }
    // The index of one of the names, in full or by its first three letters.
    int name(const char *const *names, int count)
    {
        char word[16];
        size_t n = 0;
        for (; n < sizeof word - 1 && in.peek() != EOF && isalpha(in.peek()); in.skip())
            word[n++] = char(tolower(in.peek()));
        word[n] = '\0';
        for (int i = 0; i < count; i++)
            if (strcmp(word, names[i]) == 0 || (n == 3 && strncmp(word, names[i], 3) == 0))
                return i;
        failed = true;
        return 0;
    }
    void field(char what);
};

void scanner::field(char what)
{
    static constexpr const char *halves[] = {"am", "pm"};
    switch (what) {
    case 'a':
    case 'A':
        time.tm_wday = name(days, 7);
        break;
    case 'b':
    case 'B':
    case 'h':
        time.tm_mon = name(months, 12);
        break;
    case 'c':
        return scan("%a %b %e %H:%M:%S %Y");
    case 'd':
    case 'e':
        time.tm_mday = number(1, 31, 2);
        break;
    case 'D':
    case 'x':
        return scan("%m/%d/%y");
    case 'F':
        return scan("%Y-%m-%d");
    case 'H':
        time.tm_hour = number(0, 23, 2);
        break;
    case 'I':
        hour_of_12 = number(1, 12, 2);
        break;
    case 'j':
        time.tm_yday = number(1, 366, 3) - 1;
        break;
    case 'm':
        time.tm_mon = number(1, 12, 2) - 1;
        break;
    case 'M':
        time.tm_min = number(0, 59, 2);
        break;
    case 'n':
    case 't':
        spaces();
        break;
    case 'p':
        afternoon = name(halves, 2);
        break;
    case 'r':
        return scan("%I:%M:%S %p");
    case 'R':
        return scan("%H:%M");
    case 'S':
        time.tm_sec = number(0, 60, 2);
        break;
    case 'T':
    case 'X':
        return scan("%H:%M:%S");
    case 'w':
        time.tm_wday = number(0, 6, 1);
        break;
    case 'y': {
        int n = number(0, 99, 2);
        time.tm_year = n < 69 ? n + 100 : n;
        break;
    }
    case 'Y':
        time.tm_year = number(0, 9999, 4) - 1900;
        break;
    case '%':
        literal('%');
        break;
    default:
        failed = true;
    }
}

} // namespace

ios_base::iostate __scan_time(streambuf &from, tm &time, const char *format)
{
    scanner s(from, time);
    s.scan(format);
    return (s.failed ? ios_base::failbit : ios_base::goodbit) |
           (s.at_end() ? ios_base::eofbit : ios_base::goodbit);
}

} // namespace std
