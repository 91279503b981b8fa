// Views of whole ranges ([view.interface], [range.subrange], [range.all]).
#pragma once

#include <bits/ranges_concepts.h>
#include <tuple>

namespace std
{
namespace ranges
{

template <class D>
    requires is_class_v<D> && same_as<D, remove_cv_t<D>>
class view_interface
{
    constexpr D &self() noexcept { return static_cast<D &>(*this); }
    constexpr const D &self() const noexcept { return static_cast<const D &>(*this); }

  public:
    template <class D2 = D>
    constexpr bool empty()
        requires sized_range<D2> || forward_range<D2>
    {
        if constexpr (sized_range<D2>)
            return ranges::size(self()) == 0;
        else
            return ranges::begin(self()) == ranges::end(self());
    }
    template <class D2 = D>
    constexpr bool empty() const
        requires sized_range<const D2> || forward_range<const D2>
    {
        if constexpr (sized_range<const D2>)
            return ranges::size(self()) == 0;
        else
            return ranges::begin(self()) == ranges::end(self());
    }
    template <class D2 = D>
    constexpr explicit operator bool()
        requires requires(D2 &d) { ranges::empty(d); }
    {
        return !ranges::empty(self());
    }
    template <class D2 = D>
    constexpr explicit operator bool() const
        requires requires(const D2 &d) { ranges::empty(d); }
    {
        return !ranges::empty(self());
    }
    template <class D2 = D>
    constexpr auto data()
        requires contiguous_iterator<iterator_t<D2>>
    {
        return std::to_address(ranges::begin(self()));
    }
    template <class D2 = D>
    constexpr auto data() const
        requires range<const D2> && contiguous_iterator<iterator_t<const D2>>
    {
        return std::to_address(ranges::begin(self()));
    }
    template <class D2 = D>
    constexpr auto size()
        requires forward_range<D2> && sized_sentinel_for<sentinel_t<D2>, iterator_t<D2>>
    {
        return make_unsigned_t<range_difference_t<D2>>(ranges::end(self()) - ranges::begin(self()));
    }
    template <class D2 = D>
    constexpr auto size() const
        requires forward_range<const D2> &&
                 sized_sentinel_for<sentinel_t<const D2>, iterator_t<const D2>>
    {
        return make_unsigned_t<range_difference_t<const D2>>(ranges::end(self()) -
                                                             ranges::begin(self()));
    }
    template <class D2 = D>
    constexpr decltype(auto) front()
        requires forward_range<D2>
    {
        return *ranges::begin(self());
    }
    template <class D2 = D>
    constexpr decltype(auto) front() const
        requires forward_range<const D2>
    {
        return *ranges::begin(self());
    }
    template <class D2 = D>
    constexpr decltype(auto) back()
        requires bidirectional_range<D2> && common_range<D2>
    {
        return *ranges::prev(ranges::end(self()));
    }
    template <class D2 = D>
    constexpr decltype(auto) back() const
        requires bidirectional_range<const D2> && common_range<const D2>
    {
        return *ranges::prev(ranges::end(self()));
    }
    template <random_access_range R = D>
    constexpr decltype(auto) operator[](range_difference_t<R> n)
    {
        return ranges::begin(self())[n];
    }
    template <random_access_range R = const D>
    constexpr decltype(auto) operator[](range_difference_t<R> n) const
    {
        return ranges::begin(self())[n];
    }
};

enum class subrange_kind : bool { unsized, sized };

template <class From, class To>
concept __non_slicing =
    convertible_to<From, To> && !(is_pointer_v<decay_t<From>> && is_pointer_v<decay_t<To>> &&
                                  !is_convertible_v<remove_pointer_t<decay_t<From>> (*)[],
                                                    remove_pointer_t<decay_t<To>> (*)[]>);
template <class T>
concept __pair_like = !is_reference_v<T> && requires(T t) {
    typename tuple_size<T>::type;
    requires derived_from<tuple_size<T>, integral_constant<size_t, 2>>;
    { std::get<0>(t) } -> convertible_to<const tuple_element_t<0, T> &>;
    { std::get<1>(t) } -> convertible_to<const tuple_element_t<1, T> &>;
};

template <input_or_output_iterator I, sentinel_for<I> S = I,
          subrange_kind kind =
              sized_sentinel_for<S, I> ? subrange_kind::sized : subrange_kind::unsized>
    requires(kind == subrange_kind::sized || !sized_sentinel_for<S, I>)
class subrange : public view_interface<subrange<I, S, kind>>
{
    static constexpr bool stores_size = kind == subrange_kind::sized && !sized_sentinel_for<S, I>;
    using size_type = make_unsigned_t<iter_difference_t<I>>;
    struct nothing {
        constexpr nothing(size_type = 0) noexcept {}
    };

    [[no_unique_address]] I first = I();
    [[no_unique_address]] S last = S();
    [[no_unique_address]] conditional_t<stores_size, size_type, nothing> n = 0;

  public:
    subrange()
        requires default_initializable<I>
    = default;
    constexpr subrange(__non_slicing<I> auto i, S s)
        requires(!stores_size)
        : first(std::move(i)), last(s)
    {
    }
    constexpr subrange(__non_slicing<I> auto i, S s, size_type size)
        requires(kind == subrange_kind::sized)
        : first(std::move(i)), last(s), n(size)
    {
    }
    template <borrowed_range R>
        requires(!is_same_v<remove_cvref_t<R>, subrange>) && __non_slicing<iterator_t<R>, I> &&
                    convertible_to<sentinel_t<R>, S> && (!stores_size || sized_range<R>)
    constexpr subrange(R &&r) : first(ranges::begin(r)), last(ranges::end(r))
    {
        if constexpr (stores_size)
            n = size_type(ranges::size(r));
    }
    template <borrowed_range R>
        requires __non_slicing<iterator_t<R>, I> && convertible_to<sentinel_t<R>, S> &&
                 (kind == subrange_kind::sized)
    constexpr subrange(R &&r, size_type size) : subrange(ranges::begin(r), ranges::end(r), size)
    {
    }
    template <class P>
        requires(!range<P> && __pair_like<remove_cvref_t<P>> &&
                 constructible_from<P, const I &, const S &>)
    constexpr operator P() const
    {
        return P(first, last);
    }

    constexpr I begin() const
        requires copyable<I>
    {
        return first;
    }
    [[nodiscard]] constexpr I begin()
        requires(!copyable<I>)
    {
        return std::move(first);
    }
    constexpr S end() const { return last; }
    constexpr bool empty() const { return first == last; }
    constexpr size_type size() const
        requires(kind == subrange_kind::sized)
    {
        if constexpr (stores_size)
            return n;
        else
            return size_type(last - first);
    }
    [[nodiscard]] constexpr subrange next(iter_difference_t<I> d = 1) const &
        requires forward_iterator<I>
    {
        subrange copy = *this;
        copy.advance(d);
        return copy;
    }
    [[nodiscard]] constexpr subrange next(iter_difference_t<I> d = 1) &&
    {
        advance(d);
        return std::move(*this);
    }
    [[nodiscard]] constexpr subrange prev(iter_difference_t<I> d = 1) const
        requires bidirectional_iterator<I>
    {
        subrange copy = *this;
        copy.advance(-d);
        return copy;
    }
    constexpr subrange &advance(iter_difference_t<I> d)
    {
        if constexpr (bidirectional_iterator<I>) {
            if (d < 0) {
                ranges::advance(first, d);
                if constexpr (stores_size)
                    n += size_type(-d);
                return *this;
            }
        }
        auto gone = d - ranges::advance(first, d, last);
        if constexpr (stores_size)
            n -= size_type(gone);
        return *this;
    }
};
template <input_or_output_iterator I, sentinel_for<I> S>
subrange(I, S) -> subrange<I, S>;
template <input_or_output_iterator I, sentinel_for<I> S>
subrange(I, S, make_unsigned_t<iter_difference_t<I>>) -> subrange<I, S, subrange_kind::sized>;
template <borrowed_range R>
subrange(R &&) -> subrange<iterator_t<R>, sentinel_t<R>,
                           (sized_range<R> || sized_sentinel_for<sentinel_t<R>, iterator_t<R>>)
                               ? subrange_kind::sized
                               : subrange_kind::unsized>;
template <borrowed_range R>
subrange(R &&, make_unsigned_t<range_difference_t<R>>)
    -> subrange<iterator_t<R>, sentinel_t<R>, subrange_kind::sized>;
template <class I, class S, subrange_kind kind>
inline constexpr bool enable_borrowed_range<subrange<I, S, kind>> = true;

template <size_t i, class I, class S, subrange_kind kind>
    requires((i == 0 && copyable<I>) || i == 1)
constexpr auto get(const subrange<I, S, kind> &r)
{
    if constexpr (i == 0)
        return r.begin();
    else
        return r.end();
}
template <size_t i, class I, class S, subrange_kind kind>
    requires(i < 2)
constexpr auto get(subrange<I, S, kind> &&r)
{
    if constexpr (i == 0)
        return r.begin();
    else
        return r.end();
}

template <range R>
using borrowed_subrange_t = conditional_t<borrowed_range<R>, subrange<iterator_t<R>>, dangling>;

template <range R>
    requires is_object_v<R>
class ref_view : public view_interface<ref_view<R>>
{
    R *r;
    static void takes_lvalue(R &);
    static void takes_lvalue(R &&) = delete;

  public:
    template <class T>
        requires(!is_same_v<remove_cvref_t<T>, ref_view> && convertible_to<T, R &> &&
                 requires { takes_lvalue(declval<T>()); })
    constexpr ref_view(T &&t) noexcept(noexcept(static_cast<R &>(static_cast<T &&>(t))))
        : r(std::addressof(static_cast<R &>(static_cast<T &&>(t))))
    {
    }
    constexpr R &base() const { return *r; }
    constexpr iterator_t<R> begin() const { return ranges::begin(*r); }
    constexpr sentinel_t<R> end() const { return ranges::end(*r); }
    constexpr bool empty() const
        requires requires(R &o) { ranges::empty(o); }
    {
        return ranges::empty(*r);
    }
    constexpr auto size() const
        requires sized_range<R>
    {
        return ranges::size(*r);
    }
    constexpr auto data() const
        requires contiguous_range<R>
    {
        return ranges::data(*r);
    }
};
template <class R>
ref_view(R &) -> ref_view<R>;
template <class R>
inline constexpr bool enable_borrowed_range<ref_view<R>> = true;

template <range R>
    requires movable<R> && (!__is_initializer_list<R>)
class owning_view : public view_interface<owning_view<R>>
{
    R r = R();

  public:
    owning_view()
        requires default_initializable<R>
    = default;
    constexpr owning_view(R &&o) noexcept(is_nothrow_move_constructible_v<R>) : r(std::move(o)) {}
    owning_view(owning_view &&) = default;
    owning_view &operator=(owning_view &&) = default;
    constexpr R &base() & noexcept { return r; }
    constexpr const R &base() const & noexcept { return r; }
    constexpr R &&base() && noexcept { return std::move(r); }
    constexpr const R &&base() const && noexcept { return std::move(r); }
    constexpr iterator_t<R> begin() { return ranges::begin(r); }
    constexpr sentinel_t<R> end() { return ranges::end(r); }
    constexpr auto begin() const
        requires range<const R>
    {
        return ranges::begin(r);
    }
    constexpr auto end() const
        requires range<const R>
    {
        return ranges::end(r);
    }
    constexpr bool empty()
        requires requires { ranges::empty(r); }
    {
        return ranges::empty(r);
    }
    constexpr bool empty() const
        requires requires { ranges::empty(r); }
    {
        return ranges::empty(r);
    }
    constexpr auto size()
        requires sized_range<R>
    {
        return ranges::size(r);
    }
    constexpr auto size() const
        requires sized_range<const R>
    {
        return ranges::size(r);
    }
    constexpr auto data()
        requires contiguous_range<R>
    {
        return ranges::data(r);
    }
    constexpr auto data() const
        requires contiguous_range<const R>
    {
        return ranges::data(r);
    }
};
template <class R>
inline constexpr bool enable_borrowed_range<owning_view<R>> = enable_borrowed_range<R>;

} // namespace ranges

template <class I, class S, ranges::subrange_kind kind>
struct tuple_size<ranges::subrange<I, S, kind>> : integral_constant<size_t, 2> {
};
template <class I, class S, ranges::subrange_kind kind>
struct tuple_element<0, ranges::subrange<I, S, kind>> {
    using type = I;
};
template <class I, class S, ranges::subrange_kind kind>
struct tuple_element<1, ranges::subrange<I, S, kind>> {
    using type = S;
};
template <class I, class S, ranges::subrange_kind kind>
struct tuple_element<0, const ranges::subrange<I, S, kind>> {
    using type = I;
};
template <class I, class S, ranges::subrange_kind kind>
struct tuple_element<1, const ranges::subrange<I, S, kind>> {
    using type = S;
};
using ranges::get;

namespace ranges
{
// What may stand behind a '|' with a range before it (bits/ranges_adaptor.h).
template <class D>
struct __closure {
};
template <class T>
concept __is_closure = derived_from<remove_cvref_t<T>, __closure<remove_cvref_t<T>>>;
template <class R, __is_closure C>
    requires range<R> && invocable<C, R>
constexpr auto operator|(R &&r, C &&c)
{
    return static_cast<C &&>(c)(static_cast<R &&>(r));
}
} // namespace ranges

namespace ranges::views
{
struct __all : __closure<__all> {
    template <viewable_range R>
    constexpr auto operator()(R &&r) const
    {
        if constexpr (view<decay_t<R>>)
            return decay_t<R>(static_cast<R &&>(r));
        else if constexpr (is_lvalue_reference_v<R>)
            return ref_view<remove_reference_t<R>>(r);
        else
            return owning_view<remove_reference_t<R>>(std::move(r));
    }
};
inline constexpr __all all{};
template <viewable_range R>
using all_t = decltype(all(declval<R>()));
} // namespace ranges::views
namespace views = ranges::views;

} // namespace std
