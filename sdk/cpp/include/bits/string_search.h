// Searching and comparing: the members that string and string_view have in common ([string.find],
// [string.view.find]).
#pragma once

#include <bits/char_traits.h>
#include <bits/throw.h>

namespace std
{

template <class C, class Traits = char_traits<C>>
class basic_string_view;

// D has data() and size().
template <class D, class C, class Traits>
class __string_search
{
    using text = __text<C, Traits>;
    using view = basic_string_view<C, Traits>;
    constexpr const C *s() const noexcept { return static_cast<const D *>(this)->data(); }
    constexpr size_t n() const noexcept { return static_cast<const D *>(this)->size(); }
    constexpr view part(size_t from, size_t count) const
    {
        if (from > n())
            __throw_out_of_range("string::compare");
        return view(s() + from, std::min(count, n() - from));
    }

  public:
    static constexpr size_t npos = size_t(-1);

    constexpr int compare(type_identity_t<view> o) const noexcept
    {
        return text::compare(s(), n(), o.data(), o.size());
    }
    constexpr int compare(size_t from, size_t count, type_identity_t<view> o) const
    {
        return part(from, count).compare(o);
    }
    constexpr int compare(size_t from, size_t count, type_identity_t<view> o, size_t ofrom,
                          size_t ocount = npos) const
    {
        return part(from, count).compare(o.substr(ofrom, ocount));
    }
    constexpr int compare(const C *o) const { return compare(view(o)); }
    constexpr int compare(size_t from, size_t count, const C *o) const
    {
        return part(from, count).compare(view(o));
    }
    constexpr int compare(size_t from, size_t count, const C *o, size_t m) const
    {
        return part(from, count).compare(view(o, m));
    }

    constexpr bool starts_with(view v) const noexcept
    {
        return n() >= v.size() && Traits::compare(s(), v.data(), v.size()) == 0;
    }
    constexpr bool starts_with(C c) const noexcept { return n() > 0 && Traits::eq(s()[0], c); }
    constexpr bool starts_with(const C *p) const { return starts_with(view(p)); }
    constexpr bool ends_with(view v) const noexcept
    {
        return n() >= v.size() && Traits::compare(s() + (n() - v.size()), v.data(), v.size()) == 0;
    }
    constexpr bool ends_with(C c) const noexcept { return n() > 0 && Traits::eq(s()[n() - 1], c); }
    constexpr bool ends_with(const C *p) const { return ends_with(view(p)); }
    constexpr bool contains(view v) const noexcept { return find(v) != npos; }
    constexpr bool contains(C c) const noexcept { return find(c) != npos; }
    constexpr bool contains(const C *p) const { return find(p) != npos; }

#define __SEARCH(name, start, call, call_one)                                                      \
    constexpr size_t name(type_identity_t<view> v, size_t from = start) const noexcept             \
    {                                                                                              \
        return call(v.data(), from, v.size());                                                     \
    }                                                                                              \
    constexpr size_t name(const C *p, size_t from, size_t m) const { return call(p, from, m); }    \
    constexpr size_t name(const C *p, size_t from = start) const                                   \
    {                                                                                              \
        return call(p, from, Traits::length(p));                                                   \
    }                                                                                              \
    constexpr size_t name(C c, size_t from = start) const noexcept { return call_one(&c, from, 1); }
    __SEARCH(find, 0, forwards, forwards)
    __SEARCH(rfind, npos, backwards, backwards)
    __SEARCH(find_first_of, 0, first<true>, forwards)
    __SEARCH(find_last_of, npos, last<true>, backwards)
    __SEARCH(find_first_not_of, 0, first<false>, first<false>)
    __SEARCH(find_last_not_of, npos, last<false>, last<false>)
#undef __SEARCH

  private:
    constexpr size_t forwards(const C *p, size_t from, size_t m) const
    {
        return text::find(s(), n(), p, from, m);
    }
    constexpr size_t backwards(const C *p, size_t from, size_t m) const
    {
        return text::rfind(s(), n(), p, from, m);
    }
    template <bool wanted>
    constexpr size_t first(const C *set, size_t from, size_t m) const
    {
        return text::find_first(s(), n(), set, from, m, wanted);
    }
    template <bool wanted>
    constexpr size_t last(const C *set, size_t from, size_t m) const
    {
        return text::find_last(s(), n(), set, from, m, wanted);
    }
};

} // namespace std
