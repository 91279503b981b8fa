// Run-time type information (Itanium C++ ABI, 2.9.5): the classes whose objects the compiler makes,
// and dynamic_cast.
#include <stdint.h>
#include <typeinfo>

namespace std
{

type_info::~type_info() = default;

} // namespace std

namespace __cxxabiv1
{

using std::type_info;

struct search;

struct __class_type_info : type_info {
    ~__class_type_info() override;
    // Visits this class, whose subobject lies at p, and its bases.
    virtual void visit(search &s, const char *p, bool is_public) const;
};
// A class with one public base at offset 0.
struct __si_class_type_info : __class_type_info {
    const __class_type_info *base;
    ~__si_class_type_info() override;
    void visit(search &s, const char *p, bool is_public) const override;
};
struct __base_class_type_info {
    const __class_type_info *base;
    long offset_flags;

    bool is_virtual() const { return offset_flags & 1; }
    bool is_public() const { return offset_flags & 2; }
    long offset() const { return offset_flags >> 8; }
};
struct __vmi_class_type_info : __class_type_info {
    unsigned flags, base_count;
    __base_class_type_info bases[1];
    ~__vmi_class_type_info() override;
    void visit(search &s, const char *p, bool is_public) const override;
};

#define PLAIN_TYPE_INFO(name)                                                                      \
    struct name : type_info {                                                                      \
        ~name() override;                                                                          \
    };                                                                                             \
    name::~name() = default;
PLAIN_TYPE_INFO(__fundamental_type_info)
PLAIN_TYPE_INFO(__array_type_info)
PLAIN_TYPE_INFO(__function_type_info)
PLAIN_TYPE_INFO(__enum_type_info)

struct __pbase_type_info : type_info {
    unsigned flags;
    const type_info *pointee;
    ~__pbase_type_info() override;
};
struct __pointer_type_info : __pbase_type_info {
    ~__pointer_type_info() override;
};
struct __pointer_to_member_type_info : __pbase_type_info {
    const __class_type_info *context;
    ~__pointer_to_member_type_info() override;
};
__pbase_type_info::~__pbase_type_info() = default;
__pointer_type_info::~__pointer_type_info() = default;
__pointer_to_member_type_info::~__pointer_to_member_type_info() = default;
__class_type_info::~__class_type_info() = default;
__si_class_type_info::~__si_class_type_info() = default;
__vmi_class_type_info::~__vmi_class_type_info() = default;

// What a dynamic_cast looks for in the whole object.
struct search {
    const type_info *source_type, *target_type;
    const char *source; // the subobject that was given

    const char *down = nullptr; // a target that has `source` as a public base
    bool down_twice = false;
    const char *across = nullptr; // a public target of the whole object
    bool across_twice = false;
    bool source_public = false; // whether `source` is a public base of the whole object

    const char *inside = nullptr; // the target being visited
    bool inside_public = false;   // whether only public bases lie between it and here
};

void __class_type_info::visit(search &s, const char *p, bool is_public) const
{
    if (p == s.source && *this == *s.source_type) {
        s.source_public |= is_public;
        if (s.inside && s.inside_public && s.down != s.inside) {
            s.down_twice |= s.down != nullptr;
            s.down = s.inside;
        }
    }
    if (*this == *s.target_type && is_public && s.across != p) {
        s.across_twice |= s.across != nullptr;
        s.across = p;
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
        long offset = b.offset();
        if (b.is_virtual()) // the offset is one into the vtable, where the real one stands
            offset =
                *reinterpret_cast<const long *>(*reinterpret_cast<const char *const *>(p) + offset);
        visit_base(s, *this, p, b.base, p + offset, is_public, b.is_public());
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
    search s = {.source_type = source_type,
                .target_type = target_type,
                .source = static_cast<const char *>(source)};
    type->visit(s, whole, true);
    const char *found = nullptr;
    if (s.down && !s.down_twice)
        found = s.down;
    else if (!s.down && s.source_public && s.across && !s.across_twice)
        found = s.across;
    return const_cast<char *>(found);
}

extern "C" [[noreturn]] void __cxa_bad_cast();
extern "C" [[noreturn]] void __cxa_bad_typeid();

} // namespace __cxxabiv1
