#include <bits/format_parse.h>

namespace std
{

format_error::~format_error() = default;

void __throw_format_error(const char *what)
{
    throw format_error(what);
}

} // namespace std
