#pragma once

#include <bits/exception.h>
#include <bits/move.h>
#include <cstddef>
#include <typeinfo>

namespace std
{

// A reference to a thrown object, which lives as long as one of these or a handler holds it.
class exception_ptr
{
    void *object = nullptr;

  public:
    exception_ptr() noexcept = default;
    exception_ptr(nullptr_t) noexcept {}
    exception_ptr(const exception_ptr &o) noexcept;
    exception_ptr(exception_ptr &&o) noexcept : object(o.object) { o.object = nullptr; }
    exception_ptr &operator=(exception_ptr o) noexcept
    {
        swap(*this, o);
        return *this;
    }
    ~exception_ptr();

    explicit operator bool() const noexcept { return object; }
    friend bool operator==(const exception_ptr &a, const exception_ptr &b) noexcept = default;
    friend bool operator==(const exception_ptr &p, nullptr_t) noexcept { return !p.object; }
    friend void swap(exception_ptr &a, exception_ptr &b) noexcept
    {
        void *object = a.object;
        a.object = b.object;
        b.object = object;
    }

    // For the library: one reference of the object goes over to the pointer.
    static exception_ptr __adopt(void *object) noexcept;
    void *__object() const noexcept { return object; }
};

exception_ptr current_exception() noexcept;
[[noreturn]] void rethrow_exception(exception_ptr p);

exception_ptr __make_exception_ptr(size_t size, const type_info &type, void *(*destroy)(void *),
                                   void (*copy)(void *to, const void *from), const void *from);

template <class E>
exception_ptr make_exception_ptr(E e) noexcept
{
    return __make_exception_ptr(
        sizeof(E), typeid(E),
        [](void *p) -> void * {
            static_cast<E *>(p)->~E();
            return p;
        },
        [](void *to, const void *from) { ::new (to) E(*static_cast<const E *>(from)); }, &e);
}

} // namespace std
