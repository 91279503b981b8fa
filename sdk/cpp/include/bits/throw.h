// Where the library throws.
#pragma once

namespace std
{

[[noreturn]] void __throw_bad_alloc();
[[noreturn]] void __throw_bad_any_cast();
[[noreturn]] void __throw_bad_array_new_length();
[[noreturn]] void __throw_bad_cast();
[[noreturn]] void __throw_bad_typeid();
[[noreturn]] void __throw_bad_function_call();
[[noreturn]] void __throw_bad_optional_access();
[[noreturn]] void __throw_bad_variant_access();
[[noreturn]] void __throw_bad_weak_ptr();
[[noreturn]] void __throw_invalid_argument(const char *what);
[[noreturn]] void __throw_length_error(const char *what);
[[noreturn]] void __throw_logic_error(const char *what);
[[noreturn]] void __throw_out_of_range(const char *what);
[[noreturn]] void __throw_overflow_error(const char *what);
[[noreturn]] void __throw_ios_failure(const char *what);

} // namespace std
