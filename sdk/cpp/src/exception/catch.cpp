// Handlers: what the compiler calls at the beginning and the end of one, and to throw again from
// it.
#include "state.h"
#include <exception>

namespace __cxxabiv1
{

enum { FOREIGN_EXCEPTION_CAUGHT = 1 }; // a reason to destroy one, in the ABI's numbers

constinit thread_local exception_state state = {};

void drop_reference(exception_header *h) noexcept
{
    if (__atomic_sub_fetch(&h->references, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    if (h->destroy)
        h->destroy(h->object);
    h->free(h);
}

void take_off(exception_header *h)
{
    h->shared.next_flying = state.flying;
    state.flying = h;
    state.flying_count++;
}

void land(exception_header *h)
{
    for (exception_header **p = &state.flying; *p; p = &(*p)->shared.next_flying)
        if (*p == h) {
            *p = h->shared.next_flying;
            state.flying_count--;
            return;
        }
}

// Another language's exception has no header: `state.foreign` stands for it. There can be one.
static void *begin_foreign_catch(shared_part *e)
{
    exception_header &f = state.foreign;
    if (f.handlers == 0) {
        f.next_caught = state.caught;
        state.caught = &f;
        f.object = e;
    } else if (f.object != e) {
        std::terminate();
    }
    f.handlers++;
    return e + 1;
}

void *__cxa_begin_catch(void *shared) noexcept
{
    auto *e = static_cast<shared_part *>(shared);
    if (e->language != OUR_LANGUAGE)
        return begin_foreign_catch(e);
    exception_header *h = header_of(e);
    land(h);
    if (h->handlers == 0) {
        h->next_caught = state.caught;
        state.caught = h;
    }
    h->handlers = (h->handlers < 0 ? -h->handlers : h->handlers) + 1;
    return h->adjusted;
}

static void end_foreign_catch()
{
    exception_header &f = state.foreign;
    if (--f.handlers > 0)
        return;
    state.caught = f.next_caught;
    auto *e = static_cast<shared_part *>(f.object);
    if (e && e->destroy)
        e->destroy(FOREIGN_EXCEPTION_CAUGHT, e);
}

void __cxa_end_catch()
{
    exception_header *h = state.caught;
    if (!h)
        return;
    if (h == &state.foreign)
        return end_foreign_catch();
    if (h->handlers < 0) { // it has been thrown again: it lives on
        if (++h->handlers == 0)
            state.caught = h->next_caught;
        return;
    }
    if (--h->handlers > 0)
        return;
    state.caught = h->next_caught;
    exception_header *primary = header_of(h->object);
    if (h != primary)
        h->free(h);
    drop_reference(primary);
}

void __cxa_rethrow()
{
    exception_header *h = state.caught;
    if (!h)
        std::terminate();
    if (h != &state.foreign) {
        h->handlers = -h->handlers;
        take_off(h);
        __builtin_wasm_throw(CPP_EXCEPTION_TAG, &h->shared);
    }
    void *e = h->object;
    h->object = nullptr;
    __builtin_wasm_throw(CPP_EXCEPTION_TAG, e);
}

void *__cxa_get_exception_ptr(void *shared) noexcept
{
    auto *e = static_cast<shared_part *>(shared);
    return e->language == OUR_LANGUAGE ? header_of(e)->adjusted : e + 1;
}

} // namespace __cxxabiv1
