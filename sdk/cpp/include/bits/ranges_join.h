// views::join, split, elements, keys, values: ranges of ranges and of tuples.
#pragma once

#include <bits/ranges_algorithm_query.h>
#include <bits/ranges_filter.h>
#include <bits/ranges_factories.h>

namespace std::ranges
{

template <input_range V>
    requires view<V> && input_range<range_reference_t<V>>
class join_view : public view_interface<join_view<V>>
{
    V v = V();
    // Inner ranges that the outer one makes on the fly are kept here.
    static constexpr bool keeps = !is_reference_v<range_reference_t<V>>;
    struct nothing {
    };
    [[no_unique_address]] conditional_t<keeps, __cache<remove_cvref_t<range_reference_t<V>>>,
                                        nothing> kept;

    template <bool is_const>
    class iterator
    {
        using base_range = __maybe_const<is_const, V>;
        using parent_type = __maybe_const<is_const, join_view>;
        using outer_iterator = iterator_t<base_range>;
        using inner_range = range_reference_t<base_range>;
        using inner_iterator = iterator_t<inner_range>;
        static constexpr bool by_reference = is_reference_v<inner_range>;

        outer_iterator outer = outer_iterator();
        optional<inner_iterator> inner;
        parent_type *view = nullptr;

        constexpr auto &&open()
        {
            if constexpr (by_reference)
                return *outer;
            else
                return view->kept.set(*outer);
        }
        constexpr void skip_empty()
        {
            for (; outer != ranges::end(view->v); ++outer) {
                auto &&r = open();
                inner = ranges::begin(r);
                if (*inner != ranges::end(r))
                    return;
            }
            inner.reset();
        }
        constexpr auto inner_end()
        {
            if constexpr (by_reference)
                return ranges::end(*outer);
            else
                return ranges::end(*view->kept);
        }

      public:
        using iterator_concept = conditional_t<
            by_reference && bidirectional_range<base_range> && bidirectional_range<inner_range> &&
                common_range<inner_range>,
            bidirectional_iterator_tag,
            conditional_t<by_reference && forward_range<base_range> && forward_range<inner_range>,
                          forward_iterator_tag, input_iterator_tag>>;
        using iterator_category = iterator_concept;
        using value_type = range_value_t<inner_range>;
        using difference_type =
            common_type_t<range_difference_t<base_range>, range_difference_t<inner_range>>;

        iterator() = default;
        constexpr iterator(parent_type &parent, outer_iterator at)
            : outer(std::move(at)), view(std::addressof(parent))
        {
            skip_empty();
        }
        constexpr const outer_iterator &base() const { return outer; }
        constexpr decltype(auto) operator*() const { return **inner; }
        constexpr iterator &operator++()
        {
            if (++*inner == inner_end()) {
                ++outer;
                skip_empty();
            }
            return *this;
        }
        constexpr auto operator++(int)
        {
            if constexpr (derived_from<iterator_concept, forward_iterator_tag>) {
                iterator old = *this;
                ++*this;
                return old;
            } else {
                ++*this;
            }
        }
        constexpr iterator &operator--()
            requires derived_from<iterator_concept, bidirectional_iterator_tag>
        {
            if (!inner)
                inner = ranges::end(*--outer);
            while (*inner == ranges::begin(*outer))
                inner = ranges::end(*--outer);
            --*inner;
            return *this;
        }
        constexpr iterator operator--(int)
            requires derived_from<iterator_concept, bidirectional_iterator_tag>
        {
            iterator old = *this;
            --*this;
            return old;
        }
        friend constexpr bool operator==(const iterator &a, const iterator &b)
            requires by_reference
                     && equality_comparable<outer_iterator> && equality_comparable<inner_iterator>
        {
            return a.outer == b.outer && a.inner == b.inner;
        }
        friend constexpr decltype(auto) iter_move(const iterator &i)
        {
            return ranges::iter_move(*i.inner);
        }
    };
    template <bool is_const>
    struct sentinel {
        sentinel_t<__maybe_const<is_const, V>> last = {};
        friend constexpr bool operator==(const iterator<is_const> &i, const sentinel &s)
        {
            return i.base() == s.last;
        }
    };
    template <bool is_const, class W>
    static constexpr auto last_of(W &parent)
    {
        using base_range = __maybe_const<is_const, V>;
        if constexpr (is_reference_v<range_reference_t<base_range>> && forward_range<base_range> &&
                      common_range<base_range> && forward_range<range_reference_t<base_range>> &&
                      common_range<range_reference_t<base_range>>)
            return iterator<is_const>(parent, ranges::end(parent.v));
        else
            return sentinel<is_const>{ranges::end(parent.v)};
    }

  public:
    join_view()
        requires default_initializable<V>
    = default;
    constexpr explicit join_view(V base) : v(std::move(base)) {}
    constexpr V base() const &
        requires copy_constructible<V>
    {
        return v;
    }
    constexpr V base() && { return std::move(v); }
    constexpr auto begin() { return iterator<false>(*this, ranges::begin(v)); }
    constexpr auto begin() const
        requires input_range<const V> && is_reference_v<range_reference_t<const V>>
    {
        return iterator<true>(*this, ranges::begin(v));
    }
    constexpr auto end() { return last_of<false>(*this); }
    constexpr auto end() const
        requires input_range<const V> && is_reference_v<range_reference_t<const V>>
    {
        return last_of<true>(*this);
    }
};
template <class R>
explicit join_view(R &&) -> join_view<views::all_t<R>>;

template <forward_range V, forward_range Pattern>
    requires view<V> && view<Pattern> &&
             indirectly_comparable<iterator_t<V>, iterator_t<Pattern>, ranges::equal_to>
class split_view : public view_interface<split_view<V, Pattern>>
{
    V v = V();
    Pattern pattern = Pattern();
    [[no_unique_address]] __cache<subrange<iterator_t<V>>> first;

    constexpr subrange<iterator_t<V>> find(iterator_t<V> from)
    {
        auto [b, e] = ranges::search(subrange(from, ranges::end(v)), pattern);
        if (b != ranges::end(v) && ranges::empty(pattern)) {
            ++b;
            ++e;
        }
        return {b, e};
    }

    class iterator
    {
        split_view *view = nullptr;
        iterator_t<V> at = iterator_t<V>();
        subrange<iterator_t<V>> next;
        bool empty_at_end = false; // behind a pattern that ends the range there is an empty piece
        friend class split_view;

      public:
        using iterator_concept = forward_iterator_tag;
        using iterator_category = input_iterator_tag;
        using value_type = subrange<iterator_t<V>>;
        using difference_type = range_difference_t<V>;

        iterator() = default;
        constexpr iterator(split_view &parent, iterator_t<V> from, subrange<iterator_t<V>> found)
            : view(std::addressof(parent)), at(std::move(from)), next(std::move(found))
        {
        }
        constexpr iterator_t<V> base() const { return at; }
        constexpr value_type operator*() const { return {at, next.begin()}; }
        constexpr iterator &operator++()
        {
            at = next.begin();
            if (at == ranges::end(view->v)) {
                empty_at_end = false;
                return *this;
            }
            at = next.end();
            if (at == ranges::end(view->v)) {
                empty_at_end = true;
                next = {at, at};
            } else {
                next = view->find(at);
            }
            return *this;
        }
        constexpr iterator operator++(int)
        {
            iterator old = *this;
            ++*this;
            return old;
        }
        friend constexpr bool operator==(const iterator &a, const iterator &b)
        {
            return a.at == b.at && a.empty_at_end == b.empty_at_end;
        }
        constexpr bool done(const sentinel_t<V> &last) const { return at == last && !empty_at_end; }
    };
    struct sentinel {
        sentinel_t<V> last = sentinel_t<V>();
        friend constexpr bool operator==(const iterator &i, const sentinel &s)
        {
            return i.done(s.last);
        }
    };

  public:
    split_view()
        requires default_initializable<V> && default_initializable<Pattern>
    = default;
    constexpr split_view(V base, Pattern p) : v(std::move(base)), pattern(std::move(p)) {}
    template <forward_range R>
        requires constructible_from<V, views::all_t<R>> &&
                     constructible_from<Pattern, single_view<range_value_t<R>>>
    constexpr split_view(R &&r, range_value_t<R> e)
        : v(views::all(static_cast<R &&>(r))), pattern(views::single(std::move(e)))
    {
    }
    constexpr V base() const &
        requires copy_constructible<V>
    {
        return v;
    }
    constexpr V base() && { return std::move(v); }
    constexpr iterator begin()
    {
        if (!first)
            first.set(find(ranges::begin(v)));
        return iterator(*this, ranges::begin(v), *first);
    }
    constexpr auto end()
    {
        if constexpr (common_range<V>)
            return iterator(*this, ranges::end(v), {});
        else
            return sentinel{ranges::end(v)};
    }
};
template <class R, class P>
split_view(R &&, P &&) -> split_view<views::all_t<R>, views::all_t<P>>;
template <forward_range R>
split_view(R &&, range_value_t<R>) -> split_view<views::all_t<R>, single_view<range_value_t<R>>>;

// The n-th parts of tuples are a transformation.
template <size_t n>
struct __element {
    template <class T>
    constexpr decltype(auto) operator()(T &&t) const
    {
        if constexpr (is_lvalue_reference_v<T>)
            return (std::get<n>(t));
        else
            return remove_cv_t<tuple_element_t<n, remove_cvref_t<T>>>(
                std::get<n>(static_cast<T &&>(t)));
    }
};
template <input_range V, size_t n>
using elements_view = transform_view<V, __element<n>>;
template <class R>
using keys_view = elements_view<R, 0>;
template <class R>
using values_view = elements_view<R, 1>;

namespace views
{
struct __join : __closure<__join> {
    template <viewable_range R>
        requires input_range<range_reference_t<all_t<R>>>
    constexpr auto operator()(R &&r) const
    {
        return join_view<all_t<R>>(all(static_cast<R &&>(r)));
    }
};
inline constexpr __join join{};

struct __split {
    template <viewable_range R, class P>
    constexpr auto operator()(R &&r, P &&pattern) const
    {
        return split_view(static_cast<R &&>(r), static_cast<P &&>(pattern));
    }
    template <class P>
    constexpr auto operator()(P &&pattern) const
    {
        return __bound<__split, decay_t<P>>(static_cast<P &&>(pattern));
    }
};
inline constexpr __split split{};

template <size_t n>
struct __elements : __closure<__elements<n>> {
    template <viewable_range R>
    constexpr auto operator()(R &&r) const
    {
        return elements_view<all_t<R>, n>(all(static_cast<R &&>(r)), __element<n>());
    }
};
template <size_t n>
inline constexpr __elements<n> elements{};
inline constexpr __elements<0> keys{};
inline constexpr __elements<1> values{};
} // namespace views

} // namespace std::ranges
