// Streams beyond printing: exceptions, words and callbacks, moving, times, own buffers.
#include <iomanip>
#include <iostream>
#include <iterator>
#include <locale>
#include <sstream>
#include <string>
#include <vector>

static int failures = 0;

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            std::cout << "failed, line " << __LINE__ << ": " #condition "\n";                      \
            failures++;                                                                            \
        }                                                                                          \
    } while (0)

static std::string events;
static void note(std::ios_base::event e, std::ios_base &, int index)
{
    events += std::string(1, "EIC"[e]) + std::to_string(index) + " ";
}

static void words()
{
    int index = std::ios_base::xalloc(), other = std::ios_base::xalloc();
    CHECK(other == index + 1);
    {
        std::ostringstream a, b;
        a.iword(index) = 7;
        a.pword(other) = &a;
        a.register_callback(note, 1);
        a.register_callback(note, 2);
        CHECK(b.iword(index) == 0 && b.pword(other) == nullptr);
        a.imbue(std::locale::classic());
        a << std::hex << std::setfill('*');
        b.copyfmt(a);
        CHECK(b.iword(index) == 7 && b.pword(other) == &a && b.fill() == '*');
        b << std::setw(4) << 255;
        CHECK(b.str() == "**ff");
    }
    CHECK(events == "I2 I1 C2 C1 E2 E1 E2 E1 ");
}

static void exceptions()
{
    std::istringstream in("12 x");
    in.exceptions(std::ios::failbit);
    int n = 0, caught = 0;
    in >> n;
    try {
        in >> n;
    } catch (const std::ios_base::failure &e) {
        caught = 1 + (e.code() == std::io_errc::stream);
    }
    CHECK(caught == 2 && in.fail() && n == 0);
    in.exceptions(std::ios::goodbit);
    in.clear();
    in >> std::ws;
    CHECK(in.get() == 'x');
    try {
        in.clear(std::ios::badbit);
        in.exceptions(std::ios::badbit); // throws at once
    } catch (const std::system_error &) {
        caught = 3;
    }
    CHECK(caught == 3);
}

static void moves()
{
    std::stringstream a("one two three");
    std::string word;
    a >> word;
    std::stringstream b(std::move(a));
    CHECK(b.good() && b >> word && word == "two");
    std::stringstream c;
    c = std::move(b);
    c << "FOUR"; // writes where nothing was written yet: at the beginning
    CHECK(c.str() == "FOURtwo three" && c >> word && word == "three" && c.eof());
    std::ostringstream x, y;
    x << "x" << std::hex;
    y << "why";
    swap(x, y);
    x << 16;
    y << 16;
    CHECK(x.str() == "why16" && y.str() == "x10");
    CHECK(std::move(y).str() == "x10" && y.view().empty());
    y << "again";
    CHECK(y.view() == "again");
    std::istringstream numbers("1 2 3");
    std::vector<int> v(std::istream_iterator<int>(numbers), {});
    CHECK(v.size() == 3 && v[2] == 3);
    std::ostringstream ate("begin", std::ios::ate);
    ate << "+end";
    CHECK(ate.str() == "begin+end");
}

static void times()
{
    std::tm t = {};
    std::istringstream in("2026-11-26 23:59:58 Thu rest");
    in >> std::get_time(&t, "%Y-%m-%d %H:%M:%S %a");
    CHECK(in.good() && t.tm_year == 126 && t.tm_mon == 10 && t.tm_mday == 26 && t.tm_sec == 58 &&
          t.tm_wday == 4);
    std::ostringstream out;
    out << std::put_time(&t, "%d.%m.%Y %T%%") << std::put_time(&t, "");
    CHECK(out.str() == "26.11.2026 23:59:58%");
    std::istringstream evening("11:05:09 PM");
    evening >> std::get_time(&t, "%r");
    CHECK(evening.eof() && !evening.fail() && t.tm_hour == 23 && t.tm_min == 5);
    for (const char *bad : {"2026-13-01", "2026-x", "26", "2026-02-"}) {
        std::istringstream s(bad);
        s >> std::get_time(&t, "%Y-%m-%d");
        CHECK(s.fail());
    }
}

// One character at a time, without an area.
class lower : public std::streambuf
{
    std::streambuf &from;

  public:
    explicit lower(std::streambuf &f) : from(f) {}

  protected:
    int_type underflow() override { return change(from.sgetc()); }
    int_type uflow() override { return change(from.sbumpc()); }
    static int_type change(int_type c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }
};
// And the other way.
class upper : public std::streambuf
{
  public:
    std::string text;

  protected:
    int_type overflow(int_type c) override
    {
        text += char(c >= 'a' && c <= 'z' ? c - 32 : c);
        return c;
    }
};

static void buffers()
{
    std::stringbuf source("Hello World 12\nNext LINE\nLast");
    lower l(source);
    std::istream in(&l);
    std::string word, line;
    int n = 0;
    CHECK(in >> word >> line >> n && word == "hello" && line == "world" && n == 12);
    CHECK(std::getline(in, line) && line.empty() && std::getline(in, line) && line == "next line");
    CHECK(std::getline(in, line) && line == "last" && in.eof() && !std::getline(in, line));
    upper u;
    std::ostream out(&u);
    out << "some " << 42 << std::setw(5) << "text" << std::endl;
    CHECK(u.text == "SOME 42 TEXT\n");
    std::ostream none(nullptr);
    none << 1;
    CHECK(none.bad());
}

static void apart()
{
    CHECK(std::ios::sync_with_stdio(false));
    CHECK(!std::ios::sync_with_stdio(false));
    std::string line, word;
    std::cin >> word;
    std::getline(std::cin, line);
    std::cout << word << '|' << line << "|\n";
    CHECK(std::cin.get() == 's' && std::cin.putback('s') && std::cin >> word && word == "second");
    CHECK(!std::ios::sync_with_stdio(true));
    std::cout << "shared again\n";
    std::ios::sync_with_stdio(false);
}

struct at_the_end {
    ~at_the_end() { std::cout << "printed by a destructor\n"; }
};
static at_the_end end;

int main()
{
    words();
    exceptions();
    moves();
    times();
    buffers();
    apart();
    CHECK(std::isupper('A', std::locale()) && std::tolower('A', std::locale("C")) == 'a');
    std::cout << failures << " failures\n";
}
