// The standard exception classes; their vtables live here.
#include <any>
#include <functional>
#include <ios>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <string.h>
#include <typeinfo>
#include <variant>

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
EXCEPTION(bad_any_cast, "std::bad_any_cast")
EXCEPTION(bad_typeid, "std::bad_typeid")
EXCEPTION(bad_function_call, "std::bad_function_call")
EXCEPTION(bad_optional_access, "std::bad_optional_access")
EXCEPTION(bad_variant_access, "std::bad_variant_access")
EXCEPTION(bad_weak_ptr, "std::bad_weak_ptr")
EXCEPTION(logic_error, text.c_str())
EXCEPTION(runtime_error, text.c_str())

domain_error::~domain_error() = default;
invalid_argument::~invalid_argument() = default;
length_error::~length_error() = default;
out_of_range::~out_of_range() = default;
range_error::~range_error() = default;
overflow_error::~overflow_error() = default;
underflow_error::~underflow_error() = default;
ios_base::failure::~failure() = default;

static int &owners_of(char *text)
{
    return reinterpret_cast<int *>(text)[-1];
}

__shared_text::__shared_text(const char *s)
{
    size_t n = strlen(s) + 1;
    auto *counter = static_cast<int *>(::operator new(sizeof(int) + n));
    *counter = 1;
    text = static_cast<char *>(memcpy(counter + 1, s, n));
}

__shared_text::__shared_text(const __shared_text &o) noexcept : text(o.text)
{
    __atomic_add_fetch(&owners_of(text), 1, __ATOMIC_RELAXED);
}

__shared_text &__shared_text::operator=(const __shared_text &o) noexcept
{
    __shared_text copy(o);
    std::swap(text, copy.text);
    return *this;
}

__shared_text::~__shared_text()
{
    int &owners = owners_of(text);
    if (__atomic_sub_fetch(&owners, 1, __ATOMIC_ACQ_REL) == 0)
        ::operator delete(&owners);
}

} // namespace std
