// Which handler of a function catches an exception. The compiler puts the question: before it calls
// _Unwind_CallPersonality, it has stored where in which function the exception arrived.
#include "state.h"
#include <exception>

namespace __cxxabiv1
{

extern "C" {
// The layout is clang's.
thread_local struct {
    uintptr_t place; // the number of the `try`
    const uint8_t *table;
    uintptr_t selector; // the answer: the number of the handler's type, 0 if none catches
} __wasm_lpad_context;
}

enum { OMITTED = 0xff, ABSOLUTE_POINTER = 0, ULEB128 = 1 }; // encodings (DWARF's DW_EH_PE_…)
enum { MAX_LEB_BYTES = 5 };

// Reads what the compiler has written; at `end` and in what it would not write, everything ends.
class reader
{
    const uint8_t *p, *end;

  public:
    reader(const uint8_t *from, const uint8_t *to) : p(from), end(to) {}
    const uint8_t *position() const { return p; }
    uint8_t byte()
    {
        if (p == end)
            std::terminate();
        return *p++;
    }
    uint32_t uleb()
    {
        uint32_t value = 0;
        for (unsigned n = 0; n < MAX_LEB_BYTES; n++) {
            uint8_t b = byte();
            value |= uint32_t(b & 0x7f) << 7 * n;
            if (!(b & 0x80))
                return value;
        }
        std::terminate();
    }
    int32_t sleb()
    {
        uint32_t value = 0;
        for (unsigned n = 0; n < MAX_LEB_BYTES; n++) {
            uint8_t b = byte();
            value |= uint32_t(b & 0x7f) << 7 * n;
            if (!(b & 0x80)) // the sign is the last byte's bit 6
                return int32_t(b & 0x40 && n + 1 < MAX_LEB_BYTES ? value | ~0u << 7 * (n + 1)
                                                                 : value);
        }
        std::terminate();
    }
};

// A function's table (LSDA). Places are numbers here, not addresses: the table of places is
// (number, action) pairs, an action a chain of (type's number, distance to the next action). The
// types stand before `types_end`, the first one last.
struct handler_table {
    const uint8_t *places, *actions;
    const std::type_info *const *types_end;

    explicit handler_table(const uint8_t *table)
    {
        reader r(table, table + 2 + 1 + 2 * MAX_LEB_BYTES + 1);
        if (r.byte() != OMITTED || r.byte() != ABSOLUTE_POINTER)
            std::terminate(); // a function without types needs no answer
        uint32_t offset = r.uleb();
        types_end = reinterpret_cast<const std::type_info *const *>(r.position() + offset);
        if (r.byte() != ULEB128)
            std::terminate();
        uint32_t bytes = r.uleb();
        places = r.position();
        actions = places + bytes;
        if (actions < places || actions > end())
            std::terminate();
    }
    const uint8_t *end() const { return reinterpret_cast<const uint8_t *>(types_end); }

    // The first action of a place, or null.
    const uint8_t *action_of(uintptr_t place) const
    {
        reader r(places, actions);
        for (;;) {
            uint32_t number = r.uleb(), action = r.uleb();
            if (number == place)
                return action ? actions + action - 1 : nullptr;
        }
    }
    const std::type_info *type(int32_t number) const
    {
        if (number > (end() - actions) / int(sizeof *types_end))
            std::terminate();
        return types_end[-number];
    }
};

// The number of the first type in the chain that catches the exception.
static int32_t find_handler(const handler_table &table, const uint8_t *action,
                            const std::type_info *thrown, void **adjusted)
{
    while (action) {
        if (action < table.actions)
            std::terminate();
        reader r(action, table.end());
        int32_t number = r.sleb();
        const uint8_t *here = r.position();
        int32_t next = r.sleb();
        if (number > 0 && handles(table.type(number), thrown, adjusted))
            return number;
        action = next ? here + next : nullptr;
    }
    return 0;
}

extern "C" int _Unwind_CallPersonality(void *shared) noexcept
{
    enum { HANDLER_FOUND = 6, CONTINUE = 8 };
    auto *e = static_cast<shared_part *>(shared);
    handler_table table(__wasm_lpad_context.table);
    const uint8_t *action = table.action_of(__wasm_lpad_context.place);
    int32_t number;
    if (e->language == OUR_LANGUAGE) {
        exception_header *h = header_of(e);
        h->adjusted = h->object;
        number = find_handler(table, action, h->type, &h->adjusted);
    } else {
        void *unused = nullptr;
        number = find_handler(table, action, nullptr, &unused);
    }
    __wasm_lpad_context.selector = uintptr_t(number);
    return number ? HANDLER_FOUND : CONTINUE;
}

} // namespace __cxxabiv1
