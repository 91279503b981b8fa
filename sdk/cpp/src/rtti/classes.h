// The classes of type information whose objects the compiler makes (Itanium C++ ABI, 2.9.5).
#pragma once

#include <stdint.h>
#include <typeinfo>

namespace __cxxabiv1
{

using std::type_info;

struct search;

enum type_kind { PLAIN, FUNCTION, CLASS, POINTER, MEMBER_POINTER };

// What all of them are. The type's name is the first word after the vtable's address.
struct __any_type_info : type_info {
    ~__any_type_info() override;
    virtual type_kind kind() const { return PLAIN; }
};

struct __class_type_info : __any_type_info {
    ~__class_type_info() override;
    type_kind kind() const override { return CLASS; }
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

struct __pbase_type_info : __any_type_info {
    enum : unsigned { CONST = 1, VOLATILE = 2, RESTRICT = 4, INCOMPLETE = 8 | 16, NOEXCEPT = 64 };
    unsigned flags; // of what is pointed to
    const __any_type_info *pointee;
    ~__pbase_type_info() override;
};
struct __pointer_type_info : __pbase_type_info {
    ~__pointer_type_info() override;
    type_kind kind() const override { return POINTER; }
};
struct __pointer_to_member_type_info : __pbase_type_info {
    const __class_type_info *context;
    ~__pointer_to_member_type_info() override;
    type_kind kind() const override { return MEMBER_POINTER; }
};

// A walk through a whole object's class and bases.
struct search {
    const type_info *target_type;
    bool no_object = false; // only types: a virtual base's place is its type's address

    // for dynamic_cast: the subobject that was given
    const type_info *source_type = nullptr;
    const char *source = nullptr;
    const char *down = nullptr; // a target that has `source` as a public base
    bool down_twice = false;
    bool source_public = false; // whether `source` is a public base of the whole object

    unsigned count = 0; // targets in the whole object
    const char *target = nullptr;
    bool target_public = false;

    const char *inside = nullptr; // the target being visited
    bool inside_public = false;   // whether only public bases lie between it and here
};

} // namespace __cxxabiv1
