// Files as streams: modes, both directions, positions, what goes wrong.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <sstream>

static int failures = 0;

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            std::cout << "failed, line " << __LINE__ << ": " #condition "\n";                      \
            failures++;                                                                            \
        }                                                                                          \
    } while (0)

static const std::string path = "/tmp/fstream-test";

static std::string content()
{
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}
static void put(const std::string &text)
{
    std::ofstream out(path);
    out << text;
}

static void modes()
{
    std::remove(path.c_str());
    std::ifstream none(path);
    CHECK(!none && !none.is_open());
    std::fstream both(path);
    CHECK(!both && !both.is_open());
    both.open(path, std::ios::in | std::ios::out | std::ios::trunc);
    CHECK(both.good() && both.is_open()); // open() clears the state
    both.open(path);
    CHECK(both.fail());
    both.close();
    both.clear();
    both.close();
    CHECK(both.fail()); // nothing to close

    put("one\n");
    CHECK(content() == "one\n");
    std::ofstream(path, std::ios::app) << "two\n";
    CHECK(content() == "one\ntwo\n");
    std::ofstream(path, std::ios::in | std::ios::out) << "ONE"; // keeps what is there
    CHECK(content() == "ONE\ntwo\n");
    std::ofstream(path, std::ios::in | std::ios::out | std::ios::ate) << "three";
    CHECK(content() == "ONE\ntwo\nthree");
    put("");
    CHECK(content().empty());
    std::ofstream refused(path, std::ios::out | std::ios::noreplace);
    CHECK(!refused);
    CHECK(!std::ofstream(path, std::ios::trunc | std::ios::app));
    std::ofstream missing("/tmp/no/such/folder/file");
    missing << "lost";
    CHECK(missing.fail());
    std::ifstream reading(path, std::ios::binary);
    CHECK(reading.rdbuf()->sputc('x') == EOF);
    std::ofstream writing(path);
    CHECK(writing.rdbuf()->sgetc() == EOF);
}

static void lines()
{
    {
        std::ofstream out(path);
        for (int i = 0; i < 20000; i++)
            out << "line " << i << '\n';
    }
    std::ifstream in(path);
    std::string line;
    int n = 0;
    for (; std::getline(in, line); n++)
        if (line != "line " + std::to_string(n))
            break;
    CHECK(n == 20000 && in.eof());
    in.clear();
    in.seekg(0);
    std::string word;
    int number = -1;
    CHECK(in >> word >> number && word == "line" && number == 0);
    in.seekg(-6, std::ios::end);
    CHECK(in >> number && number == 19999);
}

static void positions()
{
    put("0123456789");
    std::fstream f(path, std::ios::in | std::ios::out);
    char c;
    CHECK(f.get(c) && c == '0' && f.tellg() == std::streampos(1));
    f.seekg(5);
    CHECK(f.get() == '5' && f.tellg() == std::streampos(6));
    f.seekp(2);
    f << "ab";
    CHECK(f.tellp() == std::streampos(4));
    f.seekg(0, std::ios::cur); // between writing and reading
    CHECK(f.get() == '4');
    f.seekp(-1, std::ios::end);
    f.put('z');
    f.seekg(0);
    std::string all;
    f >> all;
    CHECK(all == "01ab45678z");
    f.clear();
    f.seekg(-3, std::ios::beg);
    CHECK(f.fail());
    f.clear();
    f.seekg(3);
    CHECK(f.get() == 'b' && f.unget() && f.get() == 'b' && f.putback('b') && f.peek() == 'b');
    std::ofstream end(path, std::ios::app);
    end << "!";
    CHECK(end.tellp() == std::streampos(11));
}

static void blocks()
{
    std::string big(100000, '\0');
    for (std::size_t i = 0; i < big.size(); i++)
        big[i] = char(i * 7 + i / 256);
    for (int size : {0, 1, 2, 100, 8192, 50000}) {
        char own[50000];
        std::ofstream out;
        out.rdbuf()->pubsetbuf(size ? own : nullptr, size);
        out.open(path, std::ios::binary);
        out.put(big[0]).write(big.data() + 1, 9).write(big.data() + 10, 60000);
        out.write(big.data() + 60010, std::streamsize(big.size()) - 60010);
        out.close();
        CHECK(out.good() && content() == big);
        std::ifstream in;
        in.rdbuf()->pubsetbuf(size ? own : nullptr, size);
        in.open(path);
        std::string back(big.size(), 'x');
        CHECK(in.get() == (unsigned char)big[0]);
        in.read(back.data() + 1, 70000);
        in.read(back.data() + 70001, std::streamsize(big.size()) - 70001);
        back[0] = big[0];
        CHECK(in.good() && back == big && in.get() == EOF && in.eof());
    }
}

static void moves()
{
    put("first second third");
    std::ifstream a(path);
    std::string word;
    a >> word;
    std::ifstream b(std::move(a));
    CHECK(b >> word && word == "second" && !a.is_open() && b.is_open());
    std::ifstream c;
    c = std::move(b);
    CHECK(c >> word && word == "third" && c.eof());
    c.close();
    c.open(path);
    swap(a, c);
    CHECK(a >> word && word == "first" && !c.is_open());
    std::ostringstream copy;
    copy << a.rdbuf();
    CHECK(copy.str() == " second third");
    std::ofstream out = std::ofstream(path);
    out << "moved" << std::flush;
    CHECK(content() == "moved");
}

int main()
{
    modes();
    lines();
    positions();
    blocks();
    moves();
    std::remove(path.c_str());
    std::cout << failures << " failures\n";
}
