// exception_ptr holds a reference to a thrown object; nested_exception holds an exception_ptr.
#include "state.h"
#include <exception>

namespace std
{

using namespace __cxxabiv1;

exception_ptr::exception_ptr(const exception_ptr &o) noexcept : object(o.object)
{
    if (object)
        add_reference(header_of(object));
}

exception_ptr::~exception_ptr()
{
    if (object)
        drop_reference(header_of(object));
}

exception_ptr exception_ptr::__adopt(void *object) noexcept
{
    exception_ptr p;
    p.object = object;
    return p;
}

exception_ptr current_exception() noexcept
{
    exception_header *h = state.caught;
    if (!h || h == &state.foreign)
        return nullptr;
    add_reference(header_of(h->object));
    return exception_ptr::__adopt(h->object);
}

extern "C" [[noreturn]] void __cxa_rethrow_primary_exception(void *object);

void rethrow_exception(exception_ptr p)
{
    if (!p)
        terminate();
    __cxa_rethrow_primary_exception(p.__object());
}

exception_ptr __make_exception_ptr(size_t size, const type_info &type, void *(*destroy)(void *),
                                   void (*copy)(void *to, const void *from), const void *from)
{
    void *object = __cxa_allocate_exception(size);
    try {
        copy(object, from);
    } catch (...) {
        __cxa_free_exception(object);
        return current_exception();
    }
    __cxa_init_primary_exception(object, &type, destroy)->references = 1;
    return exception_ptr::__adopt(object);
}

int uncaught_exceptions() noexcept
{
    return state.flying_count;
}

nested_exception::~nested_exception() = default;

void nested_exception::rethrow_nested() const
{
    if (!nested)
        terminate();
    rethrow_exception(nested);
}

} // namespace std
