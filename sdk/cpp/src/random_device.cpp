#include <random>
#include <system_error>
#include <unistd.h>

namespace std
{

unsigned random_device::operator()()
{
    unsigned n;
    if (getentropy(&n, sizeof n) != 0)
        __throw_system_error(errno, "random_device");
    return n;
}

} // namespace std
