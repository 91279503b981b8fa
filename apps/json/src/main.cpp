// json: checks JSON, formats it, and shows what a path selects.
#include "document.h"
#include "errors.h"
#include "options.h"
#include "printer.h"
#include "query.h"
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <memory>

namespace
{

enum Status { all_well = 0, wrong_input = 1, wrong_usage = 2 };

struct CloseFile {
    void operator()(std::FILE *file) const { std::fclose(file); }
};

// Throws runtime_error.
std::string read_all(const std::string &name)
{
    auto check = [&](bool ok) {
        if (!ok)
            throw std::runtime_error(std::strerror(errno));
    };
    std::unique_ptr<std::FILE, CloseFile> opened;
    std::FILE *file = stdin;
    if (name != "-") {
        opened.reset(std::fopen(name.c_str(), "rb"));
        file = opened.get();
        check(file != nullptr);
    }
    std::string text;
    char buffer[16384];
    while (std::size_t n = std::fread(buffer, 1, sizeof buffer, file))
        text.append(buffer, n);
    check(!std::ferror(file));
    return text;
}

class Program
{
  public:
    explicit Program(const Options &options)
        : options(options), query(options.query), printer(std::cout, options.format)
    {
    }

    Status run()
    {
        if (options.files.empty())
            run_file("-");
        for (const std::string &name : options.files)
            run_file(name);
        std::cout.flush();
        if (!std::cout) {
            std::cerr << "json: the output could not be written\n";
            status = wrong_input;
        }
        return status;
    }

  private:
    void run_file(const std::string &name)
    {
        try {
            std::string text = read_all(name);
            if (options.lines)
                run_lines(name, text);
            else
                run_document(name, std::move(text), 1);
        } catch (const std::runtime_error &wrong) {
            complain(name, wrong.what());
        } catch (const std::bad_alloc &) {
            complain(name, "too large for the memory there is");
        }
    }

    void run_lines(const std::string &name, std::string_view text)
    {
        for (std::size_t number = 1; !text.empty(); number++) {
            std::string_view line = text.substr(0, text.find('\n'));
            text.remove_prefix(std::min(line.size() + 1, text.size()));
            if (line.find_first_not_of(" \t\r") != std::string_view::npos)
                run_document(name, std::string(line), number);
        }
    }

    void run_document(const std::string &name, std::string text, std::size_t first_line)
    {
        try {
            Document document(std::move(text));
            for (Value value : query.apply(document.root()))
                printer.print(value);
        } catch (const SyntaxError &wrong) {
            complain(name + ":" + std::to_string(wrong.line + first_line - 1) + ":" +
                         std::to_string(wrong.column),
                     wrong.what());
        }
    }

    void complain(const std::string &where, const std::string &what)
    {
        std::cout.flush();
        std::cerr << "json: " << where << ": " << what << '\n';
        status = wrong_input;
    }

    const Options &options;
    Query query;
    Printer printer;
    Status status = all_well;
};

} // namespace

int main(int argc, char **argv)
{
    try {
        Options options = parse_options({argv + 1, argv + argc});
        if (options.help) {
            std::cout << help_text;
            return all_well;
        }
        return Program(options).run();
    } catch (const QueryError &wrong) {
        std::cerr << "json: the path, at " << wrong.column << ": " << wrong.what() << '\n';
    } catch (const UsageError &wrong) {
        std::cerr << "json: " << wrong.what() << "; json --help shows the options\n";
    }
    return wrong_usage;
}
