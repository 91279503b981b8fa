// vec-test-cpp: a test of std::vector, one line per test that passes.
#include "check.h"
#include "tests.h"
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>

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
    try {
        test();
    } catch (const std::exception &e) {
        expect(false, std::string(name) + " throws: " + e.what());
    } catch (...) {
        expect(false, std::string(name) + " throws something");
    }
    if (failed_checks == before)
        std::cout << name << " test passed\n";
}

int failures()
{
    return failed_checks;
}

int main()
{
    for (auto test :
         {test_elements, test_changes, test_whole, test_construction, test_growth,
          test_own_elements, test_validity, test_moves, test_exceptions, test_guarantees,
          test_allocators, test_propagation, test_bits, test_element_types})
        test();
    if (failures() > 0) {
        std::cout << failures() << " checks failed\n";
        return EXIT_FAILURE;
    }
    std::cout << "All tests passed" << std::endl;
}
