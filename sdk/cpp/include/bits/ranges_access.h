// ranges::begin, end, size, data … ([range.access]).
#pragma once

#include <bits/iterator_adaptors.h>
#include <bits/iterator_concepts.h>
#include <initializer_list>

namespace std
{
template <class C, class Traits>
class basic_string_view;

namespace ranges
{

template <class R>
inline constexpr bool enable_borrowed_range = false;
template <class R>
inline constexpr bool disable_sized_range = false;
template <class R>
concept __may_borrow = is_lvalue_reference_v<R> || enable_borrowed_range<remove_cvref_t<R>>;

template <class T>
constexpr decay_t<T> __decay_copy(T &&t) noexcept(is_nothrow_convertible_v<T, decay_t<T>>)
{
    return static_cast<T &&>(t);
}
template <class T>
concept __class_or_enum = is_class_v<T> || is_union_v<T> || is_enum_v<T>;

namespace __access
{
// What lookup by arguments finds, or nothing.
void begin() = delete;
void end() = delete;
void rbegin() = delete;
void rend() = delete;
void size() = delete;

template <class R>
concept array = is_array_v<remove_reference_t<R>>;
template <class R>
concept member_begin = __may_borrow<R> && requires(R &&r) {
    { ranges::__decay_copy(r.begin()) } -> input_or_output_iterator;
};
template <class R>
concept free_begin =
    !member_begin<R> && __may_borrow<R> && __class_or_enum<remove_cvref_t<R>> && requires(R &&r) {
        { ranges::__decay_copy(begin(r)) } -> input_or_output_iterator;
    };
struct begin_function {
    template <array R>
        requires is_lvalue_reference_v<R>
    constexpr auto operator()(R &&r) const noexcept
        requires(sizeof(remove_extent_t<remove_reference_t<R>>) >= 0)
    {
        return r + 0;
    }
    template <class R>
        requires(!array<R> && member_begin<R>)
    constexpr auto operator()(R &&r) const noexcept(noexcept(ranges::__decay_copy(r.begin())))
    {
        return r.begin();
    }
    template <class R>
        requires(!array<R> && free_begin<R>)
    constexpr auto operator()(R &&r) const noexcept(noexcept(ranges::__decay_copy(begin(r))))
    {
        return begin(r);
    }
};
} // namespace __access
inline namespace __functions
{
inline constexpr __access::begin_function begin{};
}
template <class R>
using iterator_t = decltype(ranges::begin(declval<R &>()));

namespace __access
{
template <class R>
concept member_end = __may_borrow<R> && requires(R &&r) {
    typename iterator_t<R>;
    { ranges::__decay_copy(r.end()) } -> sentinel_for<iterator_t<R>>;
};
template <class R>
concept free_end =
    !member_end<R> && __may_borrow<R> && __class_or_enum<remove_cvref_t<R>> && requires(R &&r) {
        typename iterator_t<R>;
        { ranges::__decay_copy(end(r)) } -> sentinel_for<iterator_t<R>>;
    };
struct end_function {
    template <class T, size_t n>
        requires(sizeof(T) >= 0)
    constexpr auto operator()(T (&a)[n]) const noexcept
    {
        return a + n;
    }
    template <class R>
        requires(!array<R> && member_end<R>)
    constexpr auto operator()(R &&r) const noexcept(noexcept(ranges::__decay_copy(r.end())))
    {
        return r.end();
    }
    template <class R>
        requires(!array<R> && free_end<R>)
    constexpr auto operator()(R &&r) const noexcept(noexcept(ranges::__decay_copy(end(r))))
    {
        return end(r);
    }
};
} // namespace __access
inline namespace __functions
{
inline constexpr __access::end_function end{};
}

namespace __access
{
template <class R>
using as_const_range = const remove_reference_t<R>;
template <class R>
constexpr auto &&constant(R &&r) noexcept
{
    if constexpr (is_lvalue_reference_v<R>)
        return static_cast<const remove_reference_t<R> &>(r);
    else
        return static_cast<const R &&>(r);
}
struct cbegin_function {
    template <class R>
    constexpr auto operator()(R &&r) const
        noexcept(noexcept(ranges::begin(__access::constant(static_cast<R &&>(r)))))
            -> decltype(ranges::begin(__access::constant(static_cast<R &&>(r))))
    {
        return ranges::begin(__access::constant(static_cast<R &&>(r)));
    }
};
struct cend_function {
    template <class R>
    constexpr auto operator()(R &&r) const
        noexcept(noexcept(ranges::end(__access::constant(static_cast<R &&>(r)))))
            -> decltype(ranges::end(__access::constant(static_cast<R &&>(r))))
    {
        return ranges::end(__access::constant(static_cast<R &&>(r)));
    }
};

template <class R>
concept member_rbegin = __may_borrow<R> && requires(R &&r) {
    { ranges::__decay_copy(r.rbegin()) } -> input_or_output_iterator;
};
template <class R>
concept free_rbegin =
    !member_rbegin<R> && __may_borrow<R> && __class_or_enum<remove_cvref_t<R>> && requires(R &&r) {
        { ranges::__decay_copy(rbegin(r)) } -> input_or_output_iterator;
    };
template <class R>
concept reversible = !member_rbegin<R> && !free_rbegin<R> && __may_borrow<R> && requires(R &&r) {
    { ranges::begin(r) } -> bidirectional_iterator;
    { ranges::end(r) } -> same_as<decltype(ranges::begin(r))>;
};
struct rbegin_function {
    template <class R>
        requires member_rbegin<R>
    constexpr auto operator()(R &&r) const noexcept(noexcept(ranges::__decay_copy(r.rbegin())))
    {
        return r.rbegin();
    }
    template <class R>
        requires free_rbegin<R>
    constexpr auto operator()(R &&r) const noexcept(noexcept(ranges::__decay_copy(rbegin(r))))
    {
        return rbegin(r);
    }
    template <class R>
        requires reversible<R>
    constexpr auto operator()(R &&r) const noexcept(noexcept(ranges::end(r)))
    {
        return std::make_reverse_iterator(ranges::end(r));
    }
};
template <class R>
concept member_rend = __may_borrow<R> && requires(R &&r) {
    { ranges::__decay_copy(r.rend()) } -> sentinel_for<decltype(rbegin_function()(r))>;
};
template <class R>
concept free_rend =
    !member_rend<R> && __may_borrow<R> && __class_or_enum<remove_cvref_t<R>> && requires(R &&r) {
        { ranges::__decay_copy(rend(r)) } -> sentinel_for<decltype(rbegin_function()(r))>;
    };
struct rend_function {
    template <class R>
        requires member_rend<R>
    constexpr auto operator()(R &&r) const noexcept(noexcept(ranges::__decay_copy(r.rend())))
    {
        return r.rend();
    }
    template <class R>
        requires free_rend<R>
    constexpr auto operator()(R &&r) const noexcept(noexcept(ranges::__decay_copy(rend(r))))
    {
        return rend(r);
    }
    template <class R>
        requires(!member_rend<R> && !free_rend<R> && reversible<R>)
    constexpr auto operator()(R &&r) const noexcept(noexcept(ranges::begin(r)))
    {
        return std::make_reverse_iterator(ranges::begin(r));
    }
};
} // namespace __access
inline namespace __functions
{
inline constexpr __access::cbegin_function cbegin{};
inline constexpr __access::cend_function cend{};
inline constexpr __access::rbegin_function rbegin{};
inline constexpr __access::rend_function rend{};
} // namespace __functions

namespace __access
{
struct crbegin_function {
    template <class R>
    constexpr auto operator()(R &&r) const
        noexcept(noexcept(ranges::rbegin(__access::constant(static_cast<R &&>(r)))))
            -> decltype(ranges::rbegin(__access::constant(static_cast<R &&>(r))))
    {
        return ranges::rbegin(__access::constant(static_cast<R &&>(r)));
    }
};
struct crend_function {
    template <class R>
    constexpr auto operator()(R &&r) const
        noexcept(noexcept(ranges::rend(__access::constant(static_cast<R &&>(r)))))
            -> decltype(ranges::rend(__access::constant(static_cast<R &&>(r))))
    {
        return ranges::rend(__access::constant(static_cast<R &&>(r)));
    }
};

template <class N>
concept integer_like = (integral<N> && !is_same_v<N, bool>) || is_same_v<N, __int128> ||
                       is_same_v<N, unsigned __int128>;
template <class R>
concept member_size = !disable_sized_range<remove_cvref_t<R>> && requires(R &&r) {
    { ranges::__decay_copy(r.size()) } -> integer_like;
};
template <class R>
concept free_size = !member_size<R> && !disable_sized_range<remove_cvref_t<R>> &&
                    __class_or_enum<remove_cvref_t<R>> && requires(R &&r) {
                        { ranges::__decay_copy(size(r)) } -> integer_like;
                    };
template <class R>
concept difference_size = !member_size<R> && !free_size<R> && requires(R &&r) {
    { ranges::begin(r) } -> forward_iterator;
    { ranges::end(r) } -> sized_sentinel_for<decltype(ranges::begin(r))>;
};
struct size_function {
    template <class T, size_t n>
    constexpr size_t operator()(T (&)[n]) const noexcept
    {
        return n;
    }
    template <class T, size_t n>
    constexpr size_t operator()(T (&&)[n]) const noexcept
    {
        return n;
    }
    template <class R>
        requires(!array<R> && member_size<R>)
    constexpr auto operator()(R &&r) const noexcept(noexcept(ranges::__decay_copy(r.size())))
    {
        return r.size();
    }
    template <class R>
        requires(!array<R> && free_size<R>)
    constexpr auto operator()(R &&r) const noexcept(noexcept(ranges::__decay_copy(size(r))))
    {
        return size(r);
    }
    template <class R>
        requires(!array<R> && difference_size<R>)
    constexpr auto operator()(R &&r) const noexcept(noexcept(ranges::end(r) - ranges::begin(r)))
    {
        return static_cast<make_unsigned_t<decltype(ranges::end(r) - ranges::begin(r))>>(
            ranges::end(r) - ranges::begin(r));
    }
};
} // namespace __access
inline namespace __functions
{
inline constexpr __access::crbegin_function crbegin{};
inline constexpr __access::crend_function crend{};
inline constexpr __access::size_function size{};
} // namespace __functions

namespace __access
{
struct ssize_function {
    template <class R>
        requires requires(R &&r) { ranges::size(r); }
    constexpr auto operator()(R &&r) const noexcept(noexcept(ranges::size(r)))
    {
        using N = make_signed_t<decltype(ranges::size(r))>;
        return static_cast<conditional_t<(sizeof(N) > sizeof(ptrdiff_t)), N, ptrdiff_t>>(
            ranges::size(r));
    }
};
template <class R>
concept member_empty = requires(R &&r) { bool(r.empty()); };
template <class R>
concept size_empty = !member_empty<R> && requires(R &&r) { ranges::size(r); };
struct empty_function {
    template <class R>
        requires member_empty<R>
    constexpr bool operator()(R &&r) const noexcept(noexcept(bool(r.empty())))
    {
        return bool(r.empty());
    }
    template <class R>
        requires size_empty<R>
    constexpr bool operator()(R &&r) const noexcept(noexcept(ranges::size(r)))
    {
        return ranges::size(r) == 0;
    }
    template <class R>
        requires(!member_empty<R> && !size_empty<R> &&
                 requires(R &&r) {
                     { ranges::begin(r) } -> forward_iterator;
                 })
    constexpr bool operator()(R &&r) const
        noexcept(noexcept(bool(ranges::begin(r) == ranges::end(r))))
    {
        return ranges::begin(r) == ranges::end(r);
    }
};
template <class R>
concept member_data = __may_borrow<R> && requires(R &&r) {
    { ranges::__decay_copy(r.data()) };
    requires is_pointer_v<remove_cvref_t<decltype(r.data())>>;
    requires is_object_v<remove_pointer_t<remove_cvref_t<decltype(r.data())>>>;
};
struct data_function {
    template <class R>
        requires member_data<R>
    constexpr auto operator()(R &&r) const noexcept(noexcept(r.data()))
    {
        return r.data();
    }
    template <class R>
        requires(!member_data<R> && __may_borrow<R> &&
                 requires(R &&r) {
                     { ranges::begin(r) } -> contiguous_iterator;
                 })
    constexpr auto operator()(R &&r) const noexcept(noexcept(ranges::begin(r)))
    {
        return std::to_address(ranges::begin(r));
    }
};
} // namespace __access
inline namespace __functions
{
inline constexpr __access::ssize_function ssize{};
inline constexpr __access::empty_function empty{};
inline constexpr __access::data_function data{};
} // namespace __functions

namespace __access
{
struct cdata_function {
    template <class R>
    constexpr auto operator()(R &&r) const
        noexcept(noexcept(ranges::data(__access::constant(static_cast<R &&>(r)))))
            -> decltype(ranges::data(__access::constant(static_cast<R &&>(r))))
    {
        return ranges::data(__access::constant(static_cast<R &&>(r)));
    }
};
} // namespace __access
inline namespace __functions
{
inline constexpr __access::cdata_function cdata{};
}

} // namespace ranges
} // namespace std
