// std::function: any callable, small ones without allocation.
#pragma once

#include <bits/move.h>
#include <bits/throw.h>
#include <new>
#include <typeinfo>

namespace std
{

class bad_function_call : public exception
{
  public:
    ~bad_function_call() override;
    const char *what() const noexcept override;
};

template <class>
class function;

enum { __FUNCTION_SPACE = 3 * sizeof(void *) };

union __function_space {
    void *heap;
    alignas(8) unsigned char bytes[__FUNCTION_SPACE];
};

template <class R, class... Args>
struct __function_table {
    R (*call)(__function_space &, Args &&...);
    void (*copy)(__function_space &to, const __function_space &from);
    void (*move)(__function_space &to, __function_space &from); // and destroys `from`
    void (*destroy)(__function_space &);
    const type_info *type;
};

template <class F, class R, class... Args>
struct __function_target {
    static constexpr bool local =
        sizeof(F) <= __FUNCTION_SPACE && alignof(F) <= 8 && is_nothrow_move_constructible_v<F>;

    static F &get(__function_space &s)
    {
        if constexpr (local)
            return *std::launder(reinterpret_cast<F *>(s.bytes));
        else
            return *static_cast<F *>(s.heap);
    }
    template <class G>
    static void make(__function_space &s, G &&g)
    {
        if constexpr (local)
            ::new (s.bytes) F(std::forward<G>(g));
        else
            s.heap = new F(std::forward<G>(g));
    }
    static R call(__function_space &s, Args &&...args)
    {
        if constexpr (is_void_v<R>)
            std::__invoke(get(s), std::forward<Args>(args)...);
        else
            return std::__invoke(get(s), std::forward<Args>(args)...);
    }
    static void copy(__function_space &to, const __function_space &from)
    {
        make(to, const_cast<const F &>(get(const_cast<__function_space &>(from))));
    }
    static void move(__function_space &to, __function_space &from)
    {
        if constexpr (local) {
            make(to, std::move(get(from)));
            get(from).~F();
        } else {
            to.heap = from.heap;
        }
    }
    static void destroy(__function_space &s)
    {
        if constexpr (local)
            get(s).~F();
        else
            delete static_cast<F *>(s.heap);
    }
    static constexpr __function_table<R, Args...> table = {call, copy, move, destroy, &typeid(F)};
};

template <class R, class... Args>
class function<R(Args...)>
{
    mutable __function_space space;
    const __function_table<R, Args...> *table = nullptr;

  public:
    using result_type = R;

    function() noexcept = default;
    function(nullptr_t) noexcept {}
    function(const function &o) : table(o.table)
    {
        if (table)
            table->copy(space, o.space);
    }
    function(function &&o) noexcept : table(o.table)
    {
        if (table)
            table->move(space, o.space);
        o.table = nullptr;
    }
    template <class F>
        requires(!is_same_v<remove_cvref_t<F>, function> &&
                 is_invocable_r_v<R, decay_t<F> &, Args...>)
    function(F &&f)
    {
        using G = decay_t<F>;
        if constexpr (is_pointer_v<G> || is_member_pointer_v<G>)
            if (!f)
                return;
        __function_target<G, R, Args...>::make(space, std::forward<F>(f));
        table = &__function_target<G, R, Args...>::table;
    }
    ~function()
    {
        if (table)
            table->destroy(space);
    }
    function &operator=(const function &o)
    {
        function(o).swap(*this);
        return *this;
    }
    function &operator=(function &&o) noexcept
    {
        function(std::move(o)).swap(*this);
        return *this;
    }
    function &operator=(nullptr_t) noexcept
    {
        function().swap(*this);
        return *this;
    }
    template <class F>
        requires(!is_same_v<remove_cvref_t<F>, function> &&
                 is_invocable_r_v<R, decay_t<F> &, Args...>)
    function &operator=(F &&f)
    {
        function(std::forward<F>(f)).swap(*this);
        return *this;
    }
    void swap(function &o) noexcept
    {
        __function_space t;
        if (table)
            table->move(t, space);
        if (o.table)
            o.table->move(space, o.space);
        if (table)
            table->move(o.space, t);
        std::swap(table, o.table);
    }
    explicit operator bool() const noexcept { return table != nullptr; }
    R operator()(Args... args) const
    {
        if (!table)
            __throw_bad_function_call();
        return table->call(space, std::forward<Args>(args)...);
    }
    const type_info &target_type() const noexcept { return table ? *table->type : typeid(void); }
    template <class F>
    F *target() noexcept
    {
        return table && *table->type == typeid(F) ? &__function_target<F, R, Args...>::get(space)
                                                  : nullptr;
    }
};

template <class R, class... Args>
function(R (*)(Args...)) -> function<R(Args...)>;
template <class>
struct __function_signature;
template <class R, class C, class... Args>
struct __function_signature<R (C::*)(Args...)> {
    using type = R(Args...);
};
template <class R, class C, class... Args>
struct __function_signature<R (C::*)(Args...) const> {
    using type = R(Args...);
};
template <class R, class C, class... Args>
struct __function_signature<R (C::*)(Args...) const noexcept> {
    using type = R(Args...);
};
template <class F>
function(F) -> function<typename __function_signature<decltype(&F::operator())>::type>;

template <class R, class... Args>
bool operator==(const function<R(Args...)> &f, nullptr_t) noexcept
{
    return !f;
}
template <class R, class... Args>
void swap(function<R(Args...)> &a, function<R(Args...)> &b) noexcept
{
    a.swap(b);
}

} // namespace std
