// The exception classes (their vtables live here), terminate, and what throwing does so far.
#include <bits/throw.h>
#include <exception>
#include <functional>
#include <ios>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <stdlib.h>
#include <string.h>
#include <typeinfo>
#include <unistd.h>

namespace std
{

#define EXCEPTION(name, text)                                                                      \
    name::~name() = default;                                                                       \
    const char *name::what() const noexcept                                                        \
    {                                                                                              \
        return text;                                                                               \
    }
EXCEPTION(exception, "std::exception")
EXCEPTION(bad_exception, "std::bad_exception")
EXCEPTION(bad_alloc, "std::bad_alloc")
EXCEPTION(bad_array_new_length, "std::bad_array_new_length")
EXCEPTION(bad_cast, "std::bad_cast")
EXCEPTION(bad_typeid, "std::bad_typeid")
EXCEPTION(bad_function_call, "std::bad_function_call")
EXCEPTION(bad_optional_access, "std::bad_optional_access")
EXCEPTION(bad_weak_ptr, "std::bad_weak_ptr")
EXCEPTION(__text_exception, text.c_str())

logic_error::~logic_error() = default;
domain_error::~domain_error() = default;
invalid_argument::~invalid_argument() = default;
length_error::~length_error() = default;
out_of_range::~out_of_range() = default;
runtime_error::~runtime_error() = default;
range_error::~range_error() = default;
overflow_error::~overflow_error() = default;
underflow_error::~underflow_error() = default;
ios_base::failure::~failure() = default;

static terminate_handler handler;

terminate_handler set_terminate(terminate_handler h) noexcept
{
    terminate_handler old = handler;
    handler = h;
    return old;
}
terminate_handler get_terminate() noexcept
{
    return handler ? handler : abort;
}
void terminate() noexcept
{
    get_terminate()();
    abort();
}

// Straight to the descriptor: the streams may be what failed.
static void say(const char *s)
{
    write(STDERR_FILENO, s, strlen(s));
}
[[noreturn]] static void thrown(const char *type, const char *what = nullptr)
{
    say("terminate: std::");
    say(type);
    if (what) {
        say(": ");
        say(what);
    }
    say("\n");
    terminate();
}

void __throw_bad_alloc()
{
    thrown("bad_alloc");
}
void __throw_bad_array_new_length()
{
    thrown("bad_array_new_length");
}
void __throw_bad_cast()
{
    thrown("bad_cast");
}
void __throw_bad_function_call()
{
    thrown("bad_function_call");
}
void __throw_bad_optional_access()
{
    thrown("bad_optional_access");
}
void __throw_bad_weak_ptr()
{
    thrown("bad_weak_ptr");
}
void __throw_invalid_argument(const char *what)
{
    thrown("invalid_argument", what);
}
void __throw_length_error(const char *what)
{
    thrown("length_error", what);
}
void __throw_logic_error(const char *what)
{
    thrown("logic_error", what);
}
void __throw_out_of_range(const char *what)
{
    thrown("out_of_range", what);
}
void __throw_ios_failure(const char *what)
{
    thrown("ios_base::failure", what);
}

} // namespace std
