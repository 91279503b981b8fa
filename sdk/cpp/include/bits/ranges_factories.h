// Ranges made of nothing, of one value, of numbers, of a stream: [range.factories].
#pragma once

#include <bits/ranges_adaptor.h>
#include <iosfwd>

namespace std
{
namespace ranges
{

template <class T>
    requires is_object_v<T>
class empty_view : public view_interface<empty_view<T>>
{
  public:
    static constexpr T *begin() noexcept { return nullptr; }
    static constexpr T *end() noexcept { return nullptr; }
    static constexpr T *data() noexcept { return nullptr; }
    static constexpr size_t size() noexcept { return 0; }
    static constexpr bool empty() noexcept { return true; }
};
template <class T>
inline constexpr bool enable_borrowed_range<empty_view<T>> = true;

template <move_constructible T>
    requires is_object_v<T>
class single_view : public view_interface<single_view<T>>
{
    __box<T> value;

  public:
    single_view()
        requires default_initializable<T>
    = default;
    constexpr explicit single_view(const T &t)
        requires copy_constructible<T>
        : value(t)
    {
    }
    constexpr explicit single_view(T &&t) : value(std::move(t)) {}
    template <class... Args>
        requires constructible_from<T, Args...>
    constexpr explicit single_view(in_place_t, Args &&...args)
        : value(T(std::forward<Args>(args)...))
    {
    }
    constexpr T *begin() noexcept { return data(); }
    constexpr const T *begin() const noexcept { return data(); }
    constexpr T *end() noexcept { return data() + 1; }
    constexpr const T *end() const noexcept { return data() + 1; }
    constexpr T *data() noexcept { return std::addressof(*value); }
    constexpr const T *data() const noexcept { return std::addressof(*value); }
    static constexpr size_t size() noexcept { return 1; }
    static constexpr bool empty() noexcept { return false; }
};
template <class T>
single_view(T) -> single_view<T>;

// Differences of W; those of integers are wider.
template <class W>
struct __iota_distance {
    using type = iter_difference_t<W>;
};
template <integral W>
struct __iota_distance<W> {
    using type = conditional_t<(sizeof(W) < sizeof(int)), int, long long>;
};

template <class W>
concept __decrementable = incrementable<W> && requires(W w) {
    { --w } -> same_as<W &>;
    { w-- } -> same_as<W>;
};
template <class W>
concept __advanceable = __decrementable<W> && totally_ordered<W> &&
                        requires(W w, const W c, const typename __iota_distance<W>::type n) {
                            { w += n } -> same_as<W &>;
                            { w -= n } -> same_as<W &>;
                            W(c + n);
                            W(n + c);
                            W(c - n);
                            { c - c } -> convertible_to<typename __iota_distance<W>::type>;
                        };

template <weakly_incrementable W, semiregular Bound = unreachable_sentinel_t>
    requires __weakly_equality_comparable_with<W, Bound> && copyable<W>
class iota_view : public view_interface<iota_view<W, Bound>>
{
    struct sentinel;
    struct no_category {
    };
    struct input_category {
        using iterator_category = input_iterator_tag;
    };
    struct iterator : conditional_t<incrementable<W>, input_category, no_category> {
        using iterator_concept =
            conditional_t<__advanceable<W>, random_access_iterator_tag,
                          conditional_t<__decrementable<W>, bidirectional_iterator_tag,
                                        conditional_t<incrementable<W>, forward_iterator_tag,
                                                      input_iterator_tag>>>;
        using value_type = W;
        using difference_type = typename __iota_distance<W>::type;

        W value = W();

        iterator()
            requires default_initializable<W>
        = default;
        constexpr explicit iterator(W v) : value(std::move(v)) {}
        constexpr W operator*() const { return value; }
        constexpr iterator &operator++()
        {
            ++value;
            return *this;
        }
        constexpr void operator++(int) { ++value; }
        constexpr iterator operator++(int)
            requires incrementable<W>
        {
            return iterator(value++);
        }
        constexpr iterator &operator--()
            requires __decrementable<W>
        {
            --value;
            return *this;
        }
        constexpr iterator operator--(int)
            requires __decrementable<W>
        {
            return iterator(value--);
        }
        constexpr iterator &operator+=(difference_type n)
            requires __advanceable<W>
        {
            if constexpr (integral<W>)
                value = W(value + W(n));
            else
                value += n;
            return *this;
        }
        constexpr iterator &operator-=(difference_type n)
            requires __advanceable<W>
        {
            if constexpr (integral<W>)
                value = W(value - W(n));
            else
                value -= n;
            return *this;
        }
        constexpr W operator[](difference_type n) const
            requires __advanceable<W>
        {
            return *(*this + n);
        }
        friend constexpr bool operator==(const iterator &a, const iterator &b)
            requires equality_comparable<W>
        {
            return a.value == b.value;
        }
        friend constexpr bool operator<(const iterator &a, const iterator &b)
            requires totally_ordered<W>
        {
            return a.value < b.value;
        }
        friend constexpr bool operator>(const iterator &a, const iterator &b)
            requires totally_ordered<W>
        {
            return b < a;
        }
        friend constexpr bool operator<=(const iterator &a, const iterator &b)
            requires totally_ordered<W>
        {
            return !(b < a);
        }
        friend constexpr bool operator>=(const iterator &a, const iterator &b)
            requires totally_ordered<W>
        {
            return !(a < b);
        }
        friend constexpr iterator operator+(iterator i, difference_type n)
            requires __advanceable<W>
        {
            return i += n;
        }
        friend constexpr iterator operator+(difference_type n, iterator i)
            requires __advanceable<W>
        {
            return i += n;
        }
        friend constexpr iterator operator-(iterator i, difference_type n)
            requires __advanceable<W>
        {
            return i -= n;
        }
        friend constexpr difference_type operator-(const iterator &a, const iterator &b)
            requires __advanceable<W>
        {
            if constexpr (integral<W>)
                return a.value < b.value ? -difference_type(b.value - a.value)
                                         : difference_type(a.value - b.value);
            else
                return a.value - b.value;
        }
    };
    struct sentinel {
        Bound bound = Bound();
        friend constexpr bool operator==(const iterator &i, const sentinel &s)
        {
            return i.value == s.bound;
        }
        friend constexpr auto operator-(const iterator &i, const sentinel &s)
            requires sized_sentinel_for<Bound, W>
        {
            return i.value - s.bound;
        }
        friend constexpr auto operator-(const sentinel &s, const iterator &i)
            requires sized_sentinel_for<Bound, W>
        {
            return s.bound - i.value;
        }
    };

    W value = W();
    [[no_unique_address]] Bound bound = Bound();

  public:
    iota_view()
        requires default_initializable<W>
    = default;
    constexpr explicit iota_view(W v) : value(std::move(v)) {}
    constexpr explicit iota_view(type_identity_t<W> v, type_identity_t<Bound> b)
        : value(std::move(v)), bound(std::move(b))
    {
    }
    constexpr iterator begin() const { return iterator(value); }
    constexpr auto end() const
    {
        if constexpr (same_as<Bound, unreachable_sentinel_t>)
            return unreachable_sentinel;
        else if constexpr (same_as<W, Bound>)
            return iterator(bound);
        else
            return sentinel{bound};
    }
    constexpr bool empty() const { return value == bound; }
    constexpr auto size() const
        requires(same_as<W, Bound> && __advanceable<W>) ||
                (integral<W> && integral<Bound>) || sized_sentinel_for<Bound, W>
    {
        if constexpr (integral<W> && integral<Bound>) {
            using U = make_unsigned_t<decltype(bound - value)>;
            return U(U(bound) - U(value));
        } else {
            return make_unsigned_t<decltype(bound - value)>(bound - value);
        }
    }
};
template <class W, class Bound>
    requires(!integral<W> || !integral<Bound> || is_signed_v<W> == is_signed_v<Bound>)
iota_view(W, Bound) -> iota_view<W, Bound>;
template <class W>
iota_view(W) -> iota_view<W>;
template <class W, class Bound>
inline constexpr bool enable_borrowed_range<iota_view<W, Bound>> = true;

template <movable V, class C, class Traits = char_traits<C>>
    requires default_initializable<V>
class basic_istream_view : public view_interface<basic_istream_view<V, C, Traits>>
{
    basic_istream<C, Traits> *stream;
    V value = V();

    class iterator
    {
        basic_istream_view *view;

      public:
        using iterator_concept = input_iterator_tag;
        using difference_type = ptrdiff_t;
        using value_type = V;

        constexpr explicit iterator(basic_istream_view &v) : view(std::addressof(v)) {}
        iterator(const iterator &) = delete;
        iterator(iterator &&) = default;
        iterator &operator=(const iterator &) = delete;
        iterator &operator=(iterator &&) = default;
        iterator &operator++()
        {
            *view->stream >> view->value;
            return *this;
        }
        void operator++(int) { ++*this; }
        V &operator*() const { return view->value; }
        friend bool operator==(const iterator &i, default_sentinel_t) { return !*i.view->stream; }
    };

  public:
    constexpr explicit basic_istream_view(basic_istream<C, Traits> &s) : stream(std::addressof(s))
    {
    }
    constexpr auto begin()
    {
        *stream >> value;
        return iterator(*this);
    }
    constexpr default_sentinel_t end() const noexcept { return default_sentinel; }
};
template <class V>
using istream_view = basic_istream_view<V, char>;

namespace views
{
template <class T>
inline constexpr empty_view<T> empty{};

struct __single {
    template <class T>
    constexpr auto operator()(T &&t) const
    {
        return single_view<decay_t<T>>(static_cast<T &&>(t));
    }
};
inline constexpr __single single{};

struct __iota {
    template <class W>
    constexpr auto operator()(W &&w) const
    {
        return iota_view<decay_t<W>>(static_cast<W &&>(w));
    }
    template <class W, class Bound>
    constexpr auto operator()(W &&w, Bound &&b) const
    {
        return iota_view<decay_t<W>, decay_t<Bound>>(static_cast<W &&>(w),
                                                     static_cast<Bound &&>(b));
    }
};
inline constexpr __iota iota{};

template <class V>
struct __istream {
    template <class C, class Traits>
    constexpr auto operator()(basic_istream<C, Traits> &s) const
    {
        return basic_istream_view<V, C, Traits>(s);
    }
};
template <class V>
inline constexpr __istream<V> istream{};
} // namespace views

} // namespace ranges
} // namespace std
