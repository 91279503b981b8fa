// Exceptions as the Itanium C++ ABI lays them out ("Exception Handling", 2.2), over WebAssembly's:
// a throw instruction of the tag __cpp_exception carries the address of the part that all
// languages share.
//
// What only throwing needs is reached from throw.cpp alone, by pointers that it stores: programs
// that have handlers but throw nothing do not link it.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <typeinfo>

namespace __cxxabiv1
{

struct exception_header;

// The part that all languages share ("_Unwind_Exception" there). The last two words are the
// thrower's own.
struct alignas(16) shared_part {
    uint64_t language;
    void (*destroy)(int reason, shared_part *e); // for a foreign language's handlers
    exception_header *next_flying;
    uintptr_t unused;
};
static_assert(sizeof(shared_part) == 32); // clang adds this to find a thrown pointer

// Stands in front of the thrown object. rethrow_exception throws a `dependent` one, which has
// another's object: that one counts it as a reference.
struct exception_header {
    void *object;
    void *adjusted; // what the handler sees: the object's base class, or a pointer's value
    const std::type_info *type;
    void *(*destroy)(void *object);   // may be null
    void (*free)(exception_header *); // from where it was allocated
    exception_header *next_caught;
    int references; // of exception_ptrs, dependent ones and the throw itself
    int handlers;   // that are active; negative while thrown again from one

    shared_part shared;

    bool is_dependent() const { return object != this + 1; }
};
static_assert(sizeof(exception_header) == 64 && alignof(exception_header) == 16);

// Everything that a thread has of exceptions, but __wasm_lpad_context, which clang names.
struct exception_state {
    exception_header *caught; // being handled, the innermost first
    exception_header *flying; // thrown and not caught yet, the latest first
    int flying_count;
    void (*describe)();       // what terminate does first; null while nothing has been thrown
    exception_header foreign; // stands in `caught` for another language's exception, its `object`
};
extern constinit thread_local exception_state state;

enum { CPP_EXCEPTION_TAG = 0 };                              // clang's number of it
inline constexpr uint64_t OUR_LANGUAGE = 0x574d4f53432b2b00; // "WMOSC++\0"

inline exception_header *header_of(void *object)
{
    return static_cast<exception_header *>(object) - 1;
}
inline exception_header *header_of(shared_part *e)
{
    return header_of(static_cast<void *>(e + 1));
}

// References to the object of a primary exception.
inline void add_reference(exception_header *h)
{
    __atomic_add_fetch(&h->references, 1, __ATOMIC_RELAXED);
}
// Destroys the object with the last one.
void drop_reference(exception_header *h) noexcept;

// Puts an exception into `flying`, and takes one out that is there.
void take_off(exception_header *h);
void land(exception_header *h);

// Whether a handler of `wanted` (null: of everything) catches an object of type `thrown`; what it
// sees is stored in `*adjusted`, which has the object's address before. [except.handle]/3
bool handles(const std::type_info *wanted, const std::type_info *thrown, void **adjusted);

// Writes the type's name as a program has it, or as the compiler mangles it if it is unusual.
size_t demangle(const char *mangled, char *to, size_t size);

extern "C" {
void *__cxa_allocate_exception(size_t size) noexcept;
void __cxa_free_exception(void *object) noexcept;
exception_header *__cxa_init_primary_exception(void *object, const std::type_info *type,
                                               void *(*destroy)(void *)) noexcept;
[[noreturn]] void __cxa_throw(void *object, const std::type_info *type, void *(*destroy)(void *));
void *__cxa_begin_catch(void *shared) noexcept;
void __cxa_end_catch();
[[noreturn]] void __cxa_rethrow();
void *__cxa_get_exception_ptr(void *shared) noexcept;
}

} // namespace __cxxabiv1
