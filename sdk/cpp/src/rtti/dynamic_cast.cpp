// dynamic_cast, and the search through an object's bases that handlers of exceptions use too.
#include "classes.h"

namespace __cxxabiv1
{

void __class_type_info::visit(search &s, const char *p, bool is_public) const
{
    if (s.source_type && p == s.source && *this == *s.source_type) {
        s.source_public |= is_public;
        if (s.inside && s.inside_public && s.down != s.inside) {
            s.down_twice |= s.down != nullptr;
            s.down = s.inside;
        }
    }
    if (*this == *s.target_type) {
        if (s.count == 0 || s.target != p)
            s.count++;
        s.target = p;
        s.target_public |= is_public;
    }
}

// Visits a base; where `self` is the target, what is found below counts for it.
static void visit_base(search &s, const type_info &self, const char *p,
                       const __class_type_info *base, const char *base_p, bool object_public,
                       bool step_public)
{
    const char *inside = s.inside;
    bool inside_public = s.inside_public;
    if (self == *s.target_type) {
        s.inside = p;
        s.inside_public = step_public;
    } else {
        s.inside_public = inside_public && step_public;
    }
    base->visit(s, base_p, object_public && step_public);
    s.inside = inside;
    s.inside_public = inside_public;
}

void __si_class_type_info::visit(search &s, const char *p, bool is_public) const
{
    __class_type_info::visit(s, p, is_public);
    visit_base(s, *this, p, base, p, is_public, true);
}

void __vmi_class_type_info::visit(search &s, const char *p, bool is_public) const
{
    __class_type_info::visit(s, p, is_public);
    for (unsigned i = 0; i < base_count; i++) {
        const __base_class_type_info &b = bases[i];
        const char *base = p + b.offset();
        if (b.is_virtual()) // the offset is one into the vtable, where the real one stands
            base = s.no_object ? reinterpret_cast<const char *>(b.base)
                               : p + *reinterpret_cast<const long *>(
                                         *reinterpret_cast<const char *const *>(p) + b.offset());
        visit_base(s, *this, p, b.base, base, is_public, b.is_public());
    }
}

// The object's vtable: its type in front, before that where the whole object starts.
extern "C" void *__dynamic_cast(const void *source, const __class_type_info *source_type,
                                const __class_type_info *target_type, ptrdiff_t)
{
    const void *const *vtable = *static_cast<const void *const *const *>(source);
    const char *whole =
        static_cast<const char *>(source) + reinterpret_cast<const ptrdiff_t *>(vtable)[-2];
    const auto *type = static_cast<const __class_type_info *>(vtable[-1]);
    search s = {.target_type = target_type,
                .source_type = source_type,
                .source = static_cast<const char *>(source)};
    type->visit(s, whole, true);
    const char *found = nullptr;
    if (s.down && !s.down_twice)
        found = s.down;
    else if (!s.down && s.source_public && s.count == 1 && s.target_public)
        found = s.target;
    return const_cast<char *>(found);
}

} // namespace __cxxabiv1
