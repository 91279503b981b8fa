#include <bits/format_parse.h>

namespace std
{

format_error::~format_error() = default;

void __throw_format_error(const char *what)
{
#if __cpp_exceptions
    throw format_error(what);
#else
    __throw_logic_error(what);
#endif
}

} // namespace std
