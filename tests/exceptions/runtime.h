/* The part of the C++ exception runtime (Itanium C++ ABI) that clang's code for WebAssembly asks
 * for, enough for one program: types are compared by their address, and there are no exception
 * specifications. */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <typeinfo>

struct header {
    std::type_info *type;
    void (*destroy)(void *);
    unsigned handlers;
    header *next; /* in the stack of caught exceptions */
};
static header *caught_top;

struct lpad_context {
    uintptr_t index;
    const uint8_t *lsda;
    uintptr_t selector;
};

extern "C" {
lpad_context __wasm_lpad_context;

void *__cxa_allocate_exception(size_t n)
{
    header *h = (header *)calloc(1, sizeof(header) + n);
    return h + 1;
}

[[noreturn]] __attribute__((noinline)) void __cxa_throw(void *object, std::type_info *type,
                                                        void (*destroy)(void *))
{
    header *h = (header *)object - 1;
    h->type = type;
    h->destroy = destroy;
    __builtin_wasm_throw(0, h);
}

void *__cxa_begin_catch(void *exception)
{
    header *h = (header *)exception;
    if (!h->handlers++) {
        h->next = caught_top;
        caught_top = h;
    }
    return h + 1;
}

void __cxa_end_catch()
{
    header *h = caught_top;
    if (--h->handlers)
        return;
    caught_top = h->next;
    if (h->destroy)
        h->destroy(h + 1);
    free(h);
}

[[noreturn]] __attribute__((noinline)) void __cxa_rethrow()
{
    header *h = caught_top;
    caught_top = h->next;
    h->handlers = 0;
    __builtin_wasm_throw(0, h);
}

void *__cxa_get_exception_ptr(void *exception)
{
    return (header *)exception + 1;
}

static uint32_t uleb(const uint8_t **p)
{
    uint32_t v = 0;
    for (unsigned shift = 0;; shift += 7) {
        uint8_t byte = *(*p)++;
        v |= (uint32_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80))
            return v;
    }
}
static int32_t sleb(const uint8_t **p)
{
    int32_t v = 0;
    unsigned shift = 0;
    uint8_t byte;
    do {
        byte = *(*p)++;
        v |= (int32_t)((uint32_t)(byte & 0x7f) << shift);
        shift += 7;
    } while (byte & 0x80);
    return shift < 32 && byte & 0x40 ? v | (int32_t)(~0u << shift) : v;
}

/* The language-specific data area: call sites by number, chains of actions, types from the table's
 * end. */
int _Unwind_CallPersonality(void *exception)
{
    lpad_context &c = __wasm_lpad_context;
    const uint8_t *p = c.lsda, *types = nullptr;
    c.selector = 0;
    if (*p++ != 0xff)
        abort();
    if (*p++ != 0xff) {
        uint32_t offset = uleb(&p);
        types = p + offset;
    }
    p++; /* encoding of call sites: uleb128 */
    uint32_t bytes = uleb(&p);
    const uint8_t *actions = p + bytes;
    uint32_t action = 0;
    for (uintptr_t i = 0; i <= c.index; i++) {
        (void)uleb(&p);
        action = uleb(&p);
    }
    for (const uint8_t *a = action ? actions + action - 1 : nullptr; a;) {
        int32_t filter = sleb(&a);
        const uint8_t *here = a;
        int32_t next = sleb(&a);
        if (filter > 0) {
            std::type_info *t = ((std::type_info **)types)[-filter];
            if (!t || t == ((header *)exception)->type) {
                c.selector = (uintptr_t)filter;
                return 6;
            }
        }
        a = next ? here + next : nullptr;
    }
    return 8;
}
}
