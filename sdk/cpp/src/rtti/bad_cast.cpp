#include <bits/throw.h>

extern "C" [[noreturn]] void __cxa_bad_cast()
{
    std::__throw_bad_cast();
}
extern "C" [[noreturn]] void __cxa_bad_typeid()
{
    std::__throw_bad_typeid();
}
// `new T[n]` with an n that is too large
extern "C" [[noreturn]] void __cxa_throw_bad_array_new_length()
{
    std::__throw_bad_array_new_length();
}
