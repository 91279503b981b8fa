// collatz N: follows the sequence of each number from 1 to N until it falls below its start, which
// has been checked before, and remembers how many steps each number needs to reach 1.
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <vector>

namespace
{

// Steps from `start` to 1. `steps[n]` is known for every n below `start`. 0: the sequence leaves 64
// bits or comes back to its start, so that the conjecture could not be confirmed.
std::uint32_t count_steps(std::uint64_t start, const std::vector<std::uint32_t> &steps)
{
    constexpr std::uint64_t largest_safe = (UINT64_MAX - 1) / 3;
    std::uint64_t n = start;
    std::uint32_t count = 0;

    while (n >= start) {
        if (n % 2 == 0) {
            n /= 2;
            count += 1;
        } else {
            if (n > largest_safe)
                return 0;
            n = (3 * n + 1) / 2; // an odd step is always followed by an even one
            count += 2;
        }
        if (n == start)
            return 0;
    }
    return count + steps[n];
}

bool parse_number(const char *text, std::uint64_t &out)
{
    char *end;
    errno = 0;
    out = std::strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && *end == '\0' && errno == 0 && out > 0 &&
           out < UINT32_MAX;
}

} // namespace

int main(int argc, char **argv)
{
    std::uint64_t limit;
    if (argc != 2 || !parse_number(argv[1], limit)) {
        std::cout << "Usage: collatz <number>\n";
        return EXIT_FAILURE;
    }

    std::cout << "Checking for Collatz Conjecture breaks for " << limit << " numbers\n";
    std::vector<std::uint32_t> steps;
    steps.reserve(limit + 1);
    steps.push_back(0); // 0 is not part of the conjecture
    steps.push_back(0); // 1 is there already

    bool broken = false;
    for (std::uint64_t n = 1; n <= limit; n++) {
        if (n > 1)
            steps.push_back(count_steps(n, steps));
        if (n > 1 && steps[n] == 0) {
            std::cout << n << " is a break!\n";
            broken = true;
        } else {
            std::cout << n << " is not a break!\n";
        }
    }
    return broken ? EXIT_FAILURE : EXIT_SUCCESS;
}
