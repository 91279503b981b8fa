// What the headers call where the library throws: one function each, so that a throw is one call.
#include <any>
#include <bits/throw.h>
#include <functional>
#include <ios>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <typeinfo>
#include <variant>

namespace std
{

void __throw_bad_alloc()
{
    throw bad_alloc();
}
void __throw_bad_any_cast()
{
    throw bad_any_cast();
}
void __throw_bad_array_new_length()
{
    throw bad_array_new_length();
}
void __throw_bad_cast()
{
    throw bad_cast();
}
void __throw_bad_typeid()
{
    throw bad_typeid();
}
void __throw_bad_function_call()
{
    throw bad_function_call();
}
void __throw_bad_optional_access()
{
    throw bad_optional_access();
}
void __throw_bad_variant_access()
{
    throw bad_variant_access();
}
void __throw_bad_weak_ptr()
{
    throw bad_weak_ptr();
}
void __throw_invalid_argument(const char *what)
{
    throw invalid_argument(what);
}
void __throw_length_error(const char *what)
{
    throw length_error(what);
}
void __throw_logic_error(const char *what)
{
    throw logic_error(what);
}
void __throw_out_of_range(const char *what)
{
    throw out_of_range(what);
}
void __throw_overflow_error(const char *what)
{
    throw overflow_error(what);
}
void __throw_ios_failure(const char *what)
{
    throw ios_base::failure(what);
}

} // namespace std
