// Which handler's type catches which exception's ([except.handle]/3).
#include "../rtti/classes.h"
#include "state.h"
#include <string.h>

namespace __cxxabiv1
{

enum : unsigned {
    QUALIFIERS =
        __pbase_type_info::CONST | __pbase_type_info::VOLATILE | __pbase_type_info::RESTRICT
};

// Each program has one type information for a type, but pointers to a class that was incomplete
// where they were thrown have their own: these are told by name.
static bool same(const type_info &a, const type_info &b, unsigned flags = 0)
{
    return a == b || (flags & __pbase_type_info::INCOMPLETE && strcmp(a.name(), b.name()) == 0);
}

static const __any_type_info *any(const type_info *t)
{
    return static_cast<const __any_type_info *>(t);
}

static bool is_pointer(const __any_type_info *t)
{
    return t->kind() == POINTER || t->kind() == MEMBER_POINTER;
}

// Goes from an object (or null) to its base class, if there is one such and it is public.
static bool to_base(const __class_type_info *base, const __class_type_info *type, void **object)
{
    search s = {.target_type = base, .no_object = !*object};
    type->visit(s, static_cast<const char *>(*object), true);
    if (s.count != 1 || !s.target_public)
        return false;
    if (*object)
        *object = const_cast<char *>(s.target);
    return true;
}

// Whether a qualification conversion leads from `from`'s pointee to `to`'s: on each level no
// qualifier is lost, and where a deeper level gains one, all above it are const. [conv.qual]/3
static bool qualifies(const __pbase_type_info *to, const __pbase_type_info *from)
{
    for (;;) {
        unsigned flags = to->flags | from->flags;
        if (same(*to->pointee, *from->pointee, flags))
            return true;
        if (!(to->flags & __pbase_type_info::CONST) || !is_pointer(to->pointee) ||
            to->pointee->kind() != from->pointee->kind())
            return false;
        bool of_members = to->pointee->kind() == MEMBER_POINTER;
        to = static_cast<const __pbase_type_info *>(to->pointee);
        from = static_cast<const __pbase_type_info *>(from->pointee);
        if (from->flags & ~to->flags & QUALIFIERS ||
            (to->flags ^ from->flags) & __pbase_type_info::NOEXCEPT)
            return false;
        if (of_members &&
            !same(*static_cast<const __pointer_to_member_type_info *>(to)->context,
                  *static_cast<const __pointer_to_member_type_info *>(from)->context, flags))
            return false;
    }
}

// The outermost level allows more: a noexcept function as any other, an object as void or a base.
static bool converts(const __pbase_type_info *to, const __pbase_type_info *from, void **pointer)
{
    if (from->flags & ~to->flags & QUALIFIERS ||
        to->flags & ~from->flags & __pbase_type_info::NOEXCEPT)
        return false;
    if (qualifies(to, from))
        return true;
    if (to->kind() == MEMBER_POINTER)
        return false;
    if (same(*to->pointee, typeid(void)))
        return from->pointee->kind() != FUNCTION;
    return to->pointee->kind() == CLASS && from->pointee->kind() == CLASS &&
           to_base(static_cast<const __class_type_info *>(to->pointee),
                   static_cast<const __class_type_info *>(from->pointee), pointer);
}

// nullptr becomes a null pointer of any type.
static void *null_of(const __pbase_type_info *to)
{
    static constexpr intptr_t no_data_member = -1, no_function_member[2] = {0, 0};
    if (to->kind() == POINTER)
        return nullptr;
    const intptr_t *null = to->pointee->kind() == FUNCTION ? no_function_member : &no_data_member;
    return const_cast<intptr_t *>(null);
}

static bool handles_pointer(const __pbase_type_info *to, const __any_type_info *thrown,
                            void **adjusted)
{
    if (same(*thrown, typeid(nullptr))) {
        *adjusted = null_of(to);
        return true;
    }
    if (thrown->kind() != to->kind())
        return false;
    const auto *from = static_cast<const __pbase_type_info *>(thrown);
    if (to->kind() == POINTER) {
        void *pointer = *static_cast<void **>(*adjusted);
        if (!converts(to, from, &pointer))
            return false;
        *adjusted = pointer; // handlers of pointers see the value
        return true;
    }
    return same(*static_cast<const __pointer_to_member_type_info *>(to)->context,
                *static_cast<const __pointer_to_member_type_info *>(from)->context,
                to->flags | from->flags) &&
           converts(to, from, nullptr);
}

bool handles(const type_info *wanted, const type_info *thrown, void **adjusted)
{
    if (!wanted)
        return true;
    if (!thrown)
        return false;
    const __any_type_info *to = any(wanted), *from = any(thrown);
    switch (to->kind()) {
    case CLASS:
        return from->kind() == CLASS &&
               to_base(static_cast<const __class_type_info *>(to),
                       static_cast<const __class_type_info *>(from), adjusted);
    case POINTER:
    case MEMBER_POINTER:
        return handles_pointer(static_cast<const __pbase_type_info *>(to), from, adjusted);
    default:
        return same(*to, *from);
    }
}

} // namespace __cxxabiv1
