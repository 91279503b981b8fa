// Streams, strings and their conversions.
#include <iomanip>
#include <iostream>
#include <limits>
#include <sstream>
#include <string>
#include <string_view>

static void output()
{
    std::cout << std::hex << std::showbase << 255 << ' ' << std::uppercase << 48879
              << std::nouppercase << ' ' << std::oct << 8 << std::dec << ' ' << -42 << ' '
              << std::showpos << 7 << std::noshowpos << '\n';
    std::cout << std::setw(8) << std::setfill('*') << 7 << '|' << std::left << std::setw(5) << "ab"
              << '|' << std::internal << std::setw(6) << -3 << '|' << std::right
              << std::setfill(' ') << std::setw(4) << 'c' << "|\n";
    std::cout << 3.5 << ' ' << 1e100 << ' ' << 0.1f << ' ' << std::fixed << std::setprecision(3)
              << 2.0 / 3 << ' ' << std::scientific << 12345.678 << ' ' << std::hexfloat << 1.0
              << std::defaultfloat << std::setprecision(6) << ' ' << 1.5L << '\n';
    std::cout << true << std::boolalpha << true << false << std::noboolalpha << ' ' << std::hex
              << (short)-1 << ' ' << -1 << std::dec << ' ' << (unsigned char)'u' << ' '
              << std::string_view("view") << '\n';
    std::cout << std::numeric_limits<long long>::min() << ' '
              << std::numeric_limits<unsigned long long>::max() << '\n';
    std::cout << std::quoted("say \"hi\"") << ' ' << std::setbase(16) << 31 << std::setbase(10)
              << std::endl;
}

static void input()
{
    std::istringstream in("12 -7 0x1f 3.25 word\nline two\n\nlast");
    int a = 0, b = 0, c = 0;
    double d = 0;
    std::string word, line;
    in >> a >> b >> std::hex >> c >> std::dec >> d >> word;
    std::cout << a << ' ' << b << ' ' << c << ' ' << d << ' ' << word << '\n';
    while (std::getline(in, line))
        std::cout << '[' << line << ']';
    std::cout << in.eof() << in.fail() << '\n';

    std::istringstream bad("99999999999 abc 300 true 1e999 7");
    int n = 5;
    bad >> n;
    std::cout << n << bad.fail();
    bad.clear();
    bad >> n;
    std::cout << ' ' << n << bad.fail();
    bad.clear();
    bad >> word >> n;
    bool flag = false;
    bad >> std::boolalpha >> flag;
    std::cout << ' ' << word << n << flag;
    bad >> d;
    std::cout << bad.fail() << (d == std::numeric_limits<double>::max());
    bad.clear();
    char letters[10];
    bad >> letters;
    std::cout << letters << bad.eof() << '\n';

    std::istringstream text("abcdef,ghi");
    char buffer[20];
    text.get(buffer, 4);
    std::cout << buffer << (char)text.peek() << (char)text.get();
    text.unget();
    text.ignore(100, ',');
    text.read(buffer, 2);
    std::cout << text.gcount() << (char)text.get() << text.get() << text.eof() << '\n';

    int sum = 0;
    while (std::cin >> n)
        sum += n;
    std::cin.clear();
    std::cin >> word;
    std::cout << sum << ' ' << word << '\n';
    std::getline(std::cin >> std::ws, line);
    std::cout << line << '|' << std::getline(std::cin, line).eof() << '\n';
}

static void string_streams()
{
    std::ostringstream out;
    for (int i = 0; i < 100; i++)
        out << i << ',';
    std::cout << out.str().size() << ' ' << out.str().substr(0, 10) << '\n';
    out.str("fresh");
    out << "!";
    std::cout << out.str() << ' ';
    std::stringstream both;
    both << 1 << ' ' << 2.5;
    int a;
    double b;
    both >> a >> b;
    std::cout << a + b << ' ' << both.eof();
    both.clear();
    both.seekg(0);
    both >> b;
    std::cout << ' ' << b << ' ' << both.tellg() << '\n';
}

static void strings()
{
    std::string s = "hello";
    s += " world, this is longer than the space inside";
    std::cout << s.size() << ' ' << s.find("world") << ' ' << s.rfind('s') << ' '
              << s.find_first_of("xyz,") << ' ' << s.find_last_not_of("edis") << ' '
              << (s.find("nothing") == std::string::npos) << '\n';
    s.replace(6, 5, "WasmOS").insert(0, ">> ").erase(20);
    s.append(3, '.').push_back('!');
    std::cout << s << ' ' << s.substr(3, 5) << ' ' << s.compare("aa") << '\n';
    s.insert(3, s);
    s.replace(0, 2, s, 3, 4);
    std::cout << s << '\n';
    std::string t = "b" + std::string("c") + 'd' + "e", u = t;
    std::cout << t << (t == u) << (t < "c") << (u.assign(u, 1, 2) == "cd") << t.starts_with("bc")
              << t.ends_with('e') << t.contains("cd") << '\n';
    std::cout << std::stoi("77") + std::stod("0.5") << ' ' << std::stoll("-12345678901") << ' '
              << std::stoul("ff", nullptr, 16) << ' ' << std::to_string(-123456789012345LL) << ' '
              << std::to_string(1.5) << '\n';
    using namespace std::literals;
    std::string_view v = "  trimmed  "sv;
    v.remove_prefix(2);
    v.remove_suffix(2);
    std::cout << v << "|" << "zero\0inside"s.size() << '\n';
}

int main()
{
    output();
    input();
    string_streams();
    strings();
}
