#include <iostream>
#include <string>
#include <vector>

int main(int argc, char **argv)
{
    std::vector<std::string> words(argv, argv + argc);

    std::cout << "Hello from " << words[0] << "!\n";
    for (std::size_t i = 1; i < words.size(); i++)
        std::cout << "argument " << i << ": " << words[i] << '\n';
    return 0;
}
