// Programs that end in std::terminate, one a number.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <vector>

namespace zoo
{
template <class T, int N>
struct cage {
};
struct animal : std::exception {
    const char *what() const noexcept override { return "it bites"; }
};
} // namespace zoo

struct throws_on_destruction {
    ~throws_on_destruction() noexcept(false) { throw 'd'; }
};
struct early {
    early()
    {
        if (std::getenv("EARLY"))
            throw std::logic_error("before main");
    }
} before_main;

[[noreturn]] static void own_handler()
{
    try {
        std::rethrow_exception(std::current_exception());
    } catch (const std::exception &e) {
        std::printf("own handler: %s\n", e.what());
    }
    std::exit(3);
}

#pragma clang diagnostic ignored "-Wexceptions"
static void out_of_noexcept() noexcept
{
    throw 1.5;
}

int main(int argc, char **argv)
{
    std::puts("begins");
    std::fflush(stdout);
    switch (argc > 1 ? std::atoi(argv[1]) : 0) {
    case 0:
        std::vector<int>(3).at(7);
        break;
    case 1:
        throw zoo::cage<zoo::animal, 3>();
    case 2:
        throw zoo::animal();
    case 3:
        out_of_noexcept();
        break;
    case 4:
        try {
            throws_on_destruction t;
            throw 1;
        } catch (...) {
        }
        break;
    case 5:
        throw;
    case 6:
        std::set_terminate(own_handler);
        throw std::runtime_error("for the handler");
    case 7:
        std::terminate();
    case 8:
        std::rethrow_exception(nullptr);
    case 9: {
        struct local {
        };
        throw local();
    }
    case 10:
        try {
            throw std::runtime_error("handled meanwhile");
        } catch (...) {
            std::terminate();
        }
    }
    return 0;
}
