// views::filter, transform, take_while, drop_while: adaptors with a function.
#pragma once

#include <bits/ranges_adaptor.h>

namespace std::ranges
{

template <input_range V, indirect_unary_predicate<iterator_t<V>> F>
    requires view<V> && is_object_v<F>
class filter_view : public view_interface<filter_view<V, F>>
{
    V v = V();
    __box<F> f;
    [[no_unique_address]] __cache<iterator_t<V>> first; // begin() takes constant time from then on

    class iterator
    {
        iterator_t<V> i = iterator_t<V>();
        filter_view *view = nullptr;
        friend class filter_view;

        constexpr void find()
        {
            while (i != ranges::end(view->v) && !std::__invoke(*view->f, *i))
                ++i;
        }

      public:
        using iterator_concept = __concept_of<V, bidirectional_iterator_tag>;
        using iterator_category = iterator_concept;
        using value_type = range_value_t<V>;
        using difference_type = range_difference_t<V>;

        iterator()
            requires default_initializable<iterator_t<V>>
        = default;
        constexpr iterator(filter_view &parent, iterator_t<V> at) : i(std::move(at)), view(&parent)
        {
        }
        constexpr const iterator_t<V> &base() const & noexcept { return i; }
        constexpr iterator_t<V> base() && { return std::move(i); }
        constexpr range_reference_t<V> operator*() const { return *i; }
        constexpr iterator_t<V> operator->() const
            requires copyable<iterator_t<V>> &&
                     (is_pointer_v<iterator_t<V>> || requires(iterator_t<V> x) { x.operator->(); })
        {
            return i;
        }
        constexpr iterator &operator++()
        {
            ++i;
            find();
            return *this;
        }
        constexpr void operator++(int) { ++*this; }
        constexpr iterator operator++(int)
            requires forward_range<V>
        {
            iterator old = *this;
            ++*this;
            return old;
        }
        constexpr iterator &operator--()
            requires bidirectional_range<V>
        {
            do
                --i;
            while (!std::__invoke(*view->f, *i));
            return *this;
        }
        constexpr iterator operator--(int)
            requires bidirectional_range<V>
        {
            iterator old = *this;
            --*this;
            return old;
        }
        friend constexpr bool operator==(const iterator &a, const iterator &b)
            requires equality_comparable<iterator_t<V>>
        {
            return a.i == b.i;
        }
        friend constexpr decltype(auto) iter_move(const iterator &x)
        {
            return ranges::iter_move(x.i);
        }
        friend constexpr void iter_swap(const iterator &a, const iterator &b)
            requires indirectly_swappable<iterator_t<V>>
        {
            ranges::iter_swap(a.i, b.i);
        }
    };
    struct sentinel {
        sentinel_t<V> last = sentinel_t<V>();
        constexpr sentinel_t<V> base() const { return last; }
        friend constexpr bool operator==(const iterator &i, const sentinel &s)
        {
            return i.base() == s.last;
        }
    };

  public:
    filter_view()
        requires default_initializable<V> && default_initializable<F>
    = default;
    constexpr filter_view(V base, F pred) : v(std::move(base)), f(std::move(pred)) {}
    constexpr V base() const &
        requires copy_constructible<V>
    {
        return v;
    }
    constexpr V base() && { return std::move(v); }
    constexpr const F &pred() const { return *f; }
    constexpr iterator begin()
    {
        if constexpr (forward_range<V>) {
            if (first)
                return iterator(*this, *first);
        }
        iterator i(*this, ranges::begin(v));
        i.find();
        if constexpr (forward_range<V>)
            first.set(i.i);
        return i;
    }
    constexpr auto end()
    {
        if constexpr (common_range<V>)
            return iterator(*this, ranges::end(v));
        else
            return sentinel{ranges::end(v)};
    }
};
template <class R, class F>
filter_view(R &&, F) -> filter_view<views::all_t<R>, F>;

template <input_range V, move_constructible F>
    requires view<V> && is_object_v<F> && regular_invocable<F &, range_reference_t<V>>
class transform_view : public view_interface<transform_view<V, F>>
{
    V v = V();
    __box<F> f;

    template <bool is_const>
    class iterator
    {
        using base_range = __maybe_const<is_const, V>;
        using function = __maybe_const<is_const, F>;
        using inner = iterator_t<base_range>;
        inner i = inner();
        __maybe_const<is_const, transform_view> *view = nullptr;
        friend class iterator<!is_const>;

      public:
        using iterator_concept = __concept_of<base_range>;
        using iterator_category = conditional_t<
            is_lvalue_reference_v<invoke_result_t<function &, range_reference_t<base_range>>>,
            iterator_concept, input_iterator_tag>;
        using value_type =
            remove_cvref_t<invoke_result_t<function &, range_reference_t<base_range>>>;
        using difference_type = range_difference_t<base_range>;

        iterator()
            requires default_initializable<inner>
        = default;
        constexpr iterator(__maybe_const<is_const, transform_view> &parent, inner at)
            : i(std::move(at)), view(&parent)
        {
        }
        constexpr iterator(iterator<!is_const> o)
            requires is_const && convertible_to<iterator_t<V>, inner>
            : i(std::move(o.i)), view(o.view)
        {
        }
        constexpr const inner &base() const & noexcept { return i; }
        constexpr inner base() && { return std::move(i); }
        constexpr decltype(auto) operator*() const { return std::__invoke(*view->f, *i); }
        constexpr iterator &operator++()
        {
            ++i;
            return *this;
        }
        constexpr void operator++(int) { ++i; }
        constexpr iterator operator++(int)
            requires forward_range<base_range>
        {
            iterator old = *this;
            ++i;
            return old;
        }
        constexpr iterator &operator--()
            requires bidirectional_range<base_range>
        {
            --i;
            return *this;
        }
        constexpr iterator operator--(int)
            requires bidirectional_range<base_range>
        {
            iterator old = *this;
            --i;
            return old;
        }
        constexpr iterator &operator+=(difference_type n)
            requires random_access_range<base_range>
        {
            i += n;
            return *this;
        }
        constexpr iterator &operator-=(difference_type n)
            requires random_access_range<base_range>
        {
            i -= n;
            return *this;
        }
        constexpr decltype(auto) operator[](difference_type n) const
            requires random_access_range<base_range>
        {
            return std::__invoke(*view->f, i[n]);
        }
        friend constexpr bool operator==(const iterator &a, const iterator &b)
            requires equality_comparable<inner>
        {
            return a.i == b.i;
        }
        friend constexpr bool operator<(const iterator &a, const iterator &b)
            requires random_access_range<base_range>
        {
            return a.i < b.i;
        }
        friend constexpr bool operator>(const iterator &a, const iterator &b)
            requires random_access_range<base_range>
        {
            return b < a;
        }
        friend constexpr bool operator<=(const iterator &a, const iterator &b)
            requires random_access_range<base_range>
        {
            return !(b < a);
        }
        friend constexpr bool operator>=(const iterator &a, const iterator &b)
            requires random_access_range<base_range>
        {
            return !(a < b);
        }
        friend constexpr iterator operator+(iterator x, difference_type n)
            requires random_access_range<base_range>
        {
            return x += n;
        }
        friend constexpr iterator operator+(difference_type n, iterator x)
            requires random_access_range<base_range>
        {
            return x += n;
        }
        friend constexpr iterator operator-(iterator x, difference_type n)
            requires random_access_range<base_range>
        {
            return x -= n;
        }
        friend constexpr difference_type operator-(const iterator &a, const iterator &b)
            requires sized_sentinel_for<inner, inner>
        {
            return a.i - b.i;
        }
        friend constexpr decltype(auto) iter_move(const iterator &x)
        {
            if constexpr (is_lvalue_reference_v<decltype(*x)>)
                return std::move(*x);
            else
                return *x;
        }
    };
    template <bool is_const>
    struct sentinel {
        using last_type = sentinel_t<__maybe_const<is_const, V>>;
        last_type last = last_type();
        constexpr last_type base() const { return last; }
        template <bool other>
            requires sentinel_for<last_type, iterator_t<__maybe_const<other, V>>>
        friend constexpr bool operator==(const iterator<other> &i, const sentinel &s)
        {
            return i.base() == s.last;
        }
        template <bool other>
            requires sized_sentinel_for<last_type, iterator_t<__maybe_const<other, V>>>
        friend constexpr auto operator-(const iterator<other> &i, const sentinel &s)
        {
            return i.base() - s.last;
        }
        template <bool other>
            requires sized_sentinel_for<last_type, iterator_t<__maybe_const<other, V>>>
        friend constexpr auto operator-(const sentinel &s, const iterator<other> &i)
        {
            return s.last - i.base();
        }
    };

  public:
    transform_view()
        requires default_initializable<V> && default_initializable<F>
    = default;
    constexpr transform_view(V base, F fun) : v(std::move(base)), f(std::move(fun)) {}
    constexpr V base() const &
        requires copy_constructible<V>
    {
        return v;
    }
    constexpr V base() && { return std::move(v); }
    constexpr auto begin() { return iterator<false>(*this, ranges::begin(v)); }
    constexpr auto begin() const
        requires range<const V> && regular_invocable<const F &, range_reference_t<const V>>
    {
        return iterator<true>(*this, ranges::begin(v));
    }
    constexpr auto end()
    {
        if constexpr (common_range<V>)
            return iterator<false>(*this, ranges::end(v));
        else
            return sentinel<false>{ranges::end(v)};
    }
    constexpr auto end() const
        requires range<const V> && regular_invocable<const F &, range_reference_t<const V>>
    {
        if constexpr (common_range<const V>)
            return iterator<true>(*this, ranges::end(v));
        else
            return sentinel<true>{ranges::end(v)};
    }
    constexpr auto size()
        requires sized_range<V>
    {
        return ranges::size(v);
    }
    constexpr auto size() const
        requires sized_range<const V>
    {
        return ranges::size(v);
    }
};
template <class R, class F>
transform_view(R &&, F) -> transform_view<views::all_t<R>, F>;

template <view V, class F>
    requires input_range<V> && is_object_v<F> && indirect_unary_predicate<const F, iterator_t<V>>
class take_while_view : public view_interface<take_while_view<V, F>>
{
    V v = V();
    __box<F> f;

    template <bool is_const>
    struct sentinel {
        using base_range = __maybe_const<is_const, V>;
        sentinel_t<base_range> last = sentinel_t<base_range>();
        const F *pred = nullptr;
        constexpr sentinel_t<base_range> base() const { return last; }
        friend constexpr bool operator==(const iterator_t<base_range> &i, const sentinel &s)
        {
            return i == s.last || !std::__invoke(*s.pred, *i);
        }
    };

  public:
    take_while_view()
        requires default_initializable<V> && default_initializable<F>
    = default;
    constexpr take_while_view(V base, F pred) : v(std::move(base)), f(std::move(pred)) {}
    constexpr V base() const &
        requires copy_constructible<V>
    {
        return v;
    }
    constexpr V base() && { return std::move(v); }
    constexpr const F &pred() const { return *f; }
    constexpr auto begin()
        requires(!__simple_view<V>)
    {
        return ranges::begin(v);
    }
    constexpr auto begin() const
        requires range<const V> && indirect_unary_predicate<const F, iterator_t<const V>>
    {
        return ranges::begin(v);
    }
    constexpr auto end()
        requires(!__simple_view<V>)
    {
        return sentinel<false>{ranges::end(v), std::addressof(*f)};
    }
    constexpr auto end() const
        requires range<const V> && indirect_unary_predicate<const F, iterator_t<const V>>
    {
        return sentinel<true>{ranges::end(v), std::addressof(*f)};
    }
};
template <class R, class F>
take_while_view(R &&, F) -> take_while_view<views::all_t<R>, F>;

template <view V, class F>
    requires input_range<V> && is_object_v<F> && indirect_unary_predicate<const F, iterator_t<V>>
class drop_while_view : public view_interface<drop_while_view<V, F>>
{
    V v = V();
    __box<F> f;
    [[no_unique_address]] __cache<iterator_t<V>> first;

  public:
    drop_while_view()
        requires default_initializable<V> && default_initializable<F>
    = default;
    constexpr drop_while_view(V base, F pred) : v(std::move(base)), f(std::move(pred)) {}
    constexpr V base() const &
        requires copy_constructible<V>
    {
        return v;
    }
    constexpr V base() && { return std::move(v); }
    constexpr const F &pred() const { return *f; }
    constexpr auto begin()
    {
        if constexpr (forward_range<V>) {
            if (first)
                return *first;
        }
        auto i = ranges::begin(v);
        while (i != ranges::end(v) && std::__invoke(*f, *i))
            ++i;
        if constexpr (forward_range<V>)
            first.set(i);
        return i;
    }
    constexpr auto end() { return ranges::end(v); }
};
template <class R, class F>
drop_while_view(R &&, F) -> drop_while_view<views::all_t<R>, F>;
template <class V, class F>
inline constexpr bool enable_borrowed_range<drop_while_view<V, F>> = enable_borrowed_range<V>;

namespace views
{
// An adaptor that makes View of a range and a function.
template <template <class, class> class View>
struct __with_function {
    template <viewable_range R, class F>
        requires requires(R &&r, F &&f) {
            View<all_t<R>, decay_t<F>>(all(static_cast<R &&>(r)), static_cast<F &&>(f));
        }
    constexpr auto operator()(R &&r, F &&f) const
    {
        return View<all_t<R>, decay_t<F>>(all(static_cast<R &&>(r)), static_cast<F &&>(f));
    }
    template <class F>
    constexpr auto operator()(F &&f) const
    {
        return __bound<__with_function, decay_t<F>>(static_cast<F &&>(f));
    }
};
inline constexpr __with_function<filter_view> filter{};
inline constexpr __with_function<transform_view> transform{};
inline constexpr __with_function<take_while_view> take_while{};
inline constexpr __with_function<drop_while_view> drop_while{};
} // namespace views

} // namespace std::ranges
