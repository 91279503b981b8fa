#include <bits/mutex.h>
#include <system_error>

namespace std
{

void __throw_system_error(int error)
{
    throw system_error(error, generic_category());
}

} // namespace std
