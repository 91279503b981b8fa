// throw, and what only programs that throw need: the guard around the whole program, the report of
// an exception that nobody catches.
#include "state.h"
#include <exception>
#include <string.h>
#include <unistd.h>

namespace __cxxabiv1
{

enum { REPORT_MAX = 512 };

// Appends as much as fits; returns the new length.
static size_t append(char *line, size_t len, const char *s)
{
    size_t n = strnlen(s, REPORT_MAX - 1 - len); // leaves room for the end of the line
    memcpy(line + len, s, n);
    return len + n;
}

// One line to the descriptor itself: the streams may be what failed.
static void describe()
{
    exception_header *h = state.caught;
    char line[REPORT_MAX];
    size_t len = append(line, 0, "terminate called");
    if (h == &state.foreign) {
        len = append(line, len, ": uncaught exception of another language");
    } else if (h) {
        len = append(line, len, ": uncaught exception of type ");
        len += demangle(h->type->name(), line + len, REPORT_MAX - 1 - len);
        void *base = h->object;
        if (handles(&typeid(std::exception), h->type, &base)) {
            len = append(line, len, ": ");
            len = append(line, len, static_cast<std::exception *>(base)->what());
        }
    }
    line[len++] = '\n';
    write(STDERR_FILENO, line, len);
}

[[noreturn]] static void throw_header(exception_header *h)
{
    take_off(h);
    state.describe = describe;
    __builtin_wasm_throw(CPP_EXCEPTION_TAG, &h->shared);
}

// A foreign handler has caught one of ours and is done with it.
static void destroy_from_outside(int, shared_part *e)
{
    exception_header *h = header_of(e);
    land(h);
    drop_reference(header_of(h->object));
    if (h->is_dependent())
        h->free(h);
}

exception_header *__cxa_init_primary_exception(void *object, const std::type_info *type,
                                               void *(*destroy)(void *)) noexcept
{
    exception_header *h = header_of(object);
    h->type = type;
    h->destroy = destroy;
    h->shared.language = OUR_LANGUAGE;
    h->shared.destroy = destroy_from_outside;
    return h;
}

void __cxa_throw(void *object, const std::type_info *type, void *(*destroy)(void *))
{
    exception_header *h = __cxa_init_primary_exception(object, type, destroy);
    h->references = 1;
    throw_header(h);
}

// Throws an object that exists already. A handler of a pointer by reference finds it behind the
// header, so that a copy stands there.
extern "C" [[noreturn]] void __cxa_rethrow_primary_exception(void *object)
{
    exception_header *primary = header_of(object);
    add_reference(primary);
    void *copy = __cxa_allocate_exception(sizeof(void *));
    memcpy(copy, object, sizeof(void *));
    exception_header *h = __cxa_init_primary_exception(copy, primary->type, nullptr);
    h->object = h->adjusted = object;
    throw_header(h);
}

// crt1 runs the program in this if it can throw: what nobody catches ends in terminate.
extern "C" void __run_guarded(void (*program)()) noexcept
{
    program();
}

} // namespace __cxxabiv1
