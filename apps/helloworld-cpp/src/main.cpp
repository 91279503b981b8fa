#include <iostream>

int main()
{
    std::cout << "Hello, World from C++ on WasmOS!" << std::endl;
}
