// vec-test-cpp: a test of std::vector, one line per test that passes.
#include "check.h"
#include "tests.h"
#include <cstdlib>
#include <iostream>

namespace
{

int failed_checks = 0;

} // namespace

void expect(bool ok, std::string_view what)
{
    if (ok)
        return;
    std::cout << "Error: " << what << '\n';
    failed_checks++;
}

void run_test(std::string_view name, void (*test)())
{
    int before = failed_checks;
    test();
    if (failed_checks == before)
        std::cout << name << " test passed\n";
}

int failures()
{
    return failed_checks;
}

int main()
{
    test_elements();
    test_changes();
    test_whole();
    if (failures() > 0) {
        std::cout << failures() << " checks failed\n";
        return EXIT_FAILURE;
    }
    std::cout << "All tests passed" << std::endl;
}
