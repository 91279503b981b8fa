// Where the vtables of type information live.
#include "classes.h"

namespace std
{

type_info::~type_info() = default;

} // namespace std

namespace __cxxabiv1
{

#define PLAIN_TYPE_INFO(name)                                                                      \
    struct name : __any_type_info {                                                                \
        ~name() override;                                                                          \
    };                                                                                             \
    name::~name() = default;
PLAIN_TYPE_INFO(__fundamental_type_info)
PLAIN_TYPE_INFO(__array_type_info)
PLAIN_TYPE_INFO(__enum_type_info)

struct __function_type_info : __any_type_info {
    ~__function_type_info() override;
    type_kind kind() const override { return FUNCTION; }
};
__function_type_info::~__function_type_info() = default;

__any_type_info::~__any_type_info() = default;
__pbase_type_info::~__pbase_type_info() = default;
__pointer_type_info::~__pointer_type_info() = default;
__pointer_to_member_type_info::~__pointer_to_member_type_info() = default;
__class_type_info::~__class_type_info() = default;
__si_class_type_info::~__si_class_type_info() = default;
__vmi_class_type_info::~__vmi_class_type_info() = default;

} // namespace __cxxabiv1
