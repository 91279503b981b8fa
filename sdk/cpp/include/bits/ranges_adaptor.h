// Adaptors: functions of ranges that may be written behind a '|' ([range.adaptor.object]).
#pragma once

#include <bits/counted_iterator.h>
#include <bits/invoke.h>
#include <bits/ranges_views.h>
#include <optional>
#include <tuple>

namespace std::ranges
{

template <class F, class G>
struct __composed : __closure<__composed<F, G>> {
    F first;
    G second;
    constexpr __composed(F f, G g) : first(std::move(f)), second(std::move(g)) {}
    template <class R>
        requires invocable<const F &, R> && invocable<const G &, invoke_result_t<const F &, R>>
    constexpr auto operator()(R &&r) const
    {
        return second(first(static_cast<R &&>(r)));
    }
};
template <__is_closure F, __is_closure G>
constexpr auto operator|(F &&f, G &&g)
{
    return __composed<remove_cvref_t<F>, remove_cvref_t<G>>(static_cast<F &&>(f),
                                                            static_cast<G &&>(g));
}

// An adaptor whose arguments are given and whose range is not yet.
template <class F, class... Args>
struct __bound : __closure<__bound<F, Args...>> {
    tuple<Args...> args;
    template <class... T>
    constexpr explicit __bound(T &&...t) : args(static_cast<T &&>(t)...)
    {
    }
    template <class R>
        requires invocable<F, R, const Args &...>
    constexpr auto operator()(R &&r) const
    {
        return std::apply([&](const Args &...a) { return F()(static_cast<R &&>(r), a...); }, args);
    }
};

// A function object that may be assigned even if it is a lambda.
template <class F>
class __box
{
    optional<F> f;

  public:
    constexpr __box()
        requires default_initializable<F>
        : f(F())
    {
    }
    constexpr explicit __box(F g) : f(std::move(g)) {}
    constexpr __box(const __box &) = default;
    constexpr __box(__box &&) = default;
    constexpr __box &operator=(const __box &o)
    {
        if (this != &o)
            f.emplace(*o.f);
        return *this;
    }
    constexpr F &operator*() noexcept { return *f; }
    constexpr const F &operator*() const noexcept { return *f; }
};

// A place in a range that copies do not take along, because theirs is another range.
template <class T>
class __cache
{
    optional<T> value;

  public:
    constexpr __cache() = default;
    constexpr __cache(const __cache &) noexcept {}
    constexpr __cache(__cache &&o) noexcept { o.value.reset(); }
    constexpr __cache &operator=(const __cache &) noexcept
    {
        value.reset();
        return *this;
    }
    constexpr explicit operator bool() const { return value.has_value(); }
    constexpr T &operator*() { return *value; }
    constexpr T &set(T t) { return value.emplace(std::move(t)); }
};

template <bool is_const, class T>
using __maybe_const = conditional_t<is_const, const T, T>;
template <class R>
concept __simple_view = view<R> && range<const R> && same_as<iterator_t<R>, iterator_t<const R>> &&
                        same_as<sentinel_t<R>, sentinel_t<const R>>;

// What an iterator over R may call itself: its strongest concept, as far as `limit`.
template <class R, class Limit = random_access_iterator_tag>
using __concept_of = conditional_t<
    random_access_range<R> && derived_from<Limit, random_access_iterator_tag>,
    random_access_iterator_tag,
    conditional_t<bidirectional_range<R> && derived_from<Limit, bidirectional_iterator_tag>,
                  bidirectional_iterator_tag,
                  conditional_t<forward_range<R>, forward_iterator_tag, input_iterator_tag>>>;

} // namespace std::ranges
