// Algorithms of ranges that write.
#pragma once

#include <bits/algorithm_change.h>
#include <bits/ranges_algorithm_query.h>

namespace std::ranges
{

template <class I, class O>
using copy_result = in_out_result<I, O>;
struct __copy {
    template <input_iterator I, sentinel_for<I> S, weakly_incrementable O>
        requires indirectly_copyable<I, O>
    constexpr copy_result<I, O> operator()(I first, S last, O to) const
    {
        for (; first != last; ++first, (void)++to)
            *to = *first;
        return {std::move(first), std::move(to)};
    }
    template <input_range R, weakly_incrementable O>
        requires indirectly_copyable<iterator_t<R>, O>
    constexpr copy_result<borrowed_iterator_t<R>, O> operator()(R &&r, O to) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(to));
    }
};
inline constexpr __copy copy{};

template <class I, class O>
using copy_if_result = in_out_result<I, O>;
struct __copy_if {
    template <input_iterator I, sentinel_for<I> S, weakly_incrementable O, class P = identity,
              indirect_unary_predicate<projected<I, P>> F>
        requires indirectly_copyable<I, O>
    constexpr copy_if_result<I, O> operator()(I first, S last, O to, F f, P proj = {}) const
    {
        for (; first != last; ++first) {
            if (std::__invoke(f, std::__invoke(proj, *first))) {
                *to = *first;
                ++to;
            }
        }
        return {std::move(first), std::move(to)};
    }
    template <input_range R, weakly_incrementable O, class P = identity,
              indirect_unary_predicate<projected<iterator_t<R>, P>> F>
        requires indirectly_copyable<iterator_t<R>, O>
    constexpr copy_if_result<borrowed_iterator_t<R>, O> operator()(R &&r, O to, F f,
                                                                   P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(to), std::move(f),
                       std::move(proj));
    }
};
inline constexpr __copy_if copy_if{};

template <class I, class O>
using remove_copy_if_result = in_out_result<I, O>;
struct __remove_copy_if {
    template <input_iterator I, sentinel_for<I> S, weakly_incrementable O, class P = identity,
              indirect_unary_predicate<projected<I, P>> F>
        requires indirectly_copyable<I, O>
    constexpr remove_copy_if_result<I, O> operator()(I first, S last, O to, F f, P proj = {}) const
    {
        for (; first != last; ++first) {
            if (!std::__invoke(f, std::__invoke(proj, *first))) {
                *to = *first;
                ++to;
            }
        }
        return {std::move(first), std::move(to)};
    }
    template <input_range R, weakly_incrementable O, class P = identity,
              indirect_unary_predicate<projected<iterator_t<R>, P>> F>
        requires indirectly_copyable<iterator_t<R>, O>
    constexpr remove_copy_if_result<borrowed_iterator_t<R>, O> operator()(R &&r, O to, F f,
                                                                          P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(to), std::move(f),
                       std::move(proj));
    }
};
inline constexpr __remove_copy_if remove_copy_if{};

template <class I, class O>
using remove_copy_result = in_out_result<I, O>;
struct __remove_copy {
    template <input_iterator I, sentinel_for<I> S, weakly_incrementable O, class V,
              class P = identity>
        requires indirectly_copyable<I, O> &&
                 indirect_binary_predicate<equal_to, projected<I, P>, const V *>
    constexpr remove_copy_result<I, O> operator()(I first, S last, O to, const V &value,
                                                  P proj = {}) const
    {
        for (; first != last; ++first) {
            if (!(std::__invoke(proj, *first) == value)) {
                *to = *first;
                ++to;
            }
        }
        return {std::move(first), std::move(to)};
    }
    template <input_range R, weakly_incrementable O, class V, class P = identity>
        requires indirectly_copyable<iterator_t<R>, O> &&
                 indirect_binary_predicate<equal_to, projected<iterator_t<R>, P>, const V *>
    constexpr remove_copy_result<borrowed_iterator_t<R>, O> operator()(R &&r, O to, const V &value,
                                                                       P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(to), value, std::move(proj));
    }
};
inline constexpr __remove_copy remove_copy{};

template <class I, class O>
using move_result = in_out_result<I, O>;
struct __move {
    template <input_iterator I, sentinel_for<I> S, weakly_incrementable O>
        requires indirectly_movable<I, O>
    constexpr move_result<I, O> operator()(I first, S last, O to) const
    {
        for (; first != last; ++first, (void)++to)
            *to = ranges::iter_move(first);
        return {std::move(first), std::move(to)};
    }
    template <input_range R, weakly_incrementable O>
        requires indirectly_movable<iterator_t<R>, O>
    constexpr move_result<borrowed_iterator_t<R>, O> operator()(R &&r, O to) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(to));
    }
};
inline constexpr __move move{};

template <class I, class O>
using replace_copy_if_result = in_out_result<I, O>;
struct __replace_copy_if {
    template <input_iterator I, sentinel_for<I> S, weakly_incrementable O, class V,
              class P = identity, indirect_unary_predicate<projected<I, P>> F>
        requires indirectly_copyable<I, O> && output_iterator<O, const V &>
    constexpr replace_copy_if_result<I, O> operator()(I first, S last, O to, F f, const V &with,
                                                      P proj = {}) const
    {
        for (; first != last; ++first, (void)++to) {
            if (std::__invoke(f, std::__invoke(proj, *first)))
                *to = with;
            else
                *to = *first;
        }
        return {std::move(first), std::move(to)};
    }
    template <input_range R, weakly_incrementable O, class V, class P = identity,
              indirect_unary_predicate<projected<iterator_t<R>, P>> F>
        requires indirectly_copyable<iterator_t<R>, O> && output_iterator<O, const V &>
    constexpr replace_copy_if_result<borrowed_iterator_t<R>, O>
    operator()(R &&r, O to, F f, const V &with, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(to), std::move(f), with,
                       std::move(proj));
    }
};
inline constexpr __replace_copy_if replace_copy_if{};

template <class I, class O>
using replace_copy_result = in_out_result<I, O>;
struct __replace_copy {
    template <input_iterator I, sentinel_for<I> S, weakly_incrementable O, class U, class V,
              class P = identity>
        requires indirectly_copyable<I, O> && output_iterator<O, const V &> &&
                 indirect_binary_predicate<equal_to, projected<I, P>, const U *>
    constexpr replace_copy_result<I, O> operator()(I first, S last, O to, const U &what,
                                                   const V &with, P proj = {}) const
    {
        for (; first != last; ++first, (void)++to) {
            if (std::__invoke(proj, *first) == what)
                *to = with;
            else
                *to = *first;
        }
        return {std::move(first), std::move(to)};
    }
    template <input_range R, weakly_incrementable O, class U, class V, class P = identity>
        requires indirectly_copyable<iterator_t<R>, O> && output_iterator<O, const V &> &&
                 indirect_binary_predicate<equal_to, projected<iterator_t<R>, P>, const U *>
    constexpr replace_copy_result<borrowed_iterator_t<R>, O>
    operator()(R &&r, O to, const U &what, const V &with, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(to), what, with,
                       std::move(proj));
    }
};
inline constexpr __replace_copy replace_copy{};

template <class I, class O>
using reverse_copy_result = in_out_result<I, O>;
struct __reverse_copy {
    template <bidirectional_iterator I, sentinel_for<I> S, weakly_incrementable O>
        requires indirectly_copyable<I, O>
    constexpr reverse_copy_result<I, O> operator()(I first, S last, O to) const
    {
        I end = ranges::next(first, last);
        for (I i = end; i != first; ++to)
            *to = *--i;
        first = end;
        return {std::move(first), std::move(to)};
    }
    template <bidirectional_range R, weakly_incrementable O>
        requires indirectly_copyable<iterator_t<R>, O>
    constexpr reverse_copy_result<borrowed_iterator_t<R>, O> operator()(R &&r, O to) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(to));
    }
};
inline constexpr __reverse_copy reverse_copy{};

template <class I, class O>
using copy_n_result = in_out_result<I, O>;
struct __copy_n {
    template <input_iterator I, weakly_incrementable O>
        requires indirectly_copyable<I, O>
    constexpr copy_n_result<I, O> operator()(I first, iter_difference_t<I> n, O to) const
    {
        for (; n > 0; --n, (void)++first, (void)++to)
            *to = *first;
        return {std::move(first), std::move(to)};
    }
};
inline constexpr __copy_n copy_n{};

template <class I, class J>
using copy_backward_result = in_out_result<I, J>;
struct __copy_backward {
    template <bidirectional_iterator I, sentinel_for<I> S, bidirectional_iterator J>
        requires indirectly_copyable<I, J>
    constexpr copy_backward_result<I, J> operator()(I first, S last, J end) const
    {
        I behind = ranges::next(first, last);
        for (I i = behind; i != first;)
            *--end = *--i;
        return {std::move(behind), std::move(end)};
    }
    template <bidirectional_range R, bidirectional_iterator J>
        requires indirectly_copyable<iterator_t<R>, J>
    constexpr copy_backward_result<borrowed_iterator_t<R>, J> operator()(R &&r, J end) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(end));
    }
};
inline constexpr __copy_backward copy_backward{};

template <class I, class J>
using move_backward_result = in_out_result<I, J>;
struct __move_backward {
    template <bidirectional_iterator I, sentinel_for<I> S, bidirectional_iterator J>
        requires indirectly_movable<I, J>
    constexpr move_backward_result<I, J> operator()(I first, S last, J end) const
    {
        I behind = ranges::next(first, last);
        for (I i = behind; i != first;)
            *--end = ranges::iter_move(--i);
        return {std::move(behind), std::move(end)};
    }
    template <bidirectional_range R, bidirectional_iterator J>
        requires indirectly_movable<iterator_t<R>, J>
    constexpr move_backward_result<borrowed_iterator_t<R>, J> operator()(R &&r, J end) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(end));
    }
};
inline constexpr __move_backward move_backward{};

template <class I, class O>
using unary_transform_result = in_out_result<I, O>;
template <class I, class J, class O>
using binary_transform_result = in_in_out_result<I, J, O>;
struct __transform {
    template <input_iterator I, sentinel_for<I> S, weakly_incrementable O, copy_constructible F,
              class P = identity>
        requires indirectly_writable<O, indirect_result_t<F &, projected<I, P>>>
    constexpr unary_transform_result<I, O> operator()(I first, S last, O to, F f, P proj = {}) const
    {
        for (; first != last; ++first, (void)++to)
            *to = std::__invoke(f, std::__invoke(proj, *first));
        return {std::move(first), std::move(to)};
    }
    template <input_range R, weakly_incrementable O, copy_constructible F, class P = identity>
        requires indirectly_writable<O, indirect_result_t<F &, projected<iterator_t<R>, P>>>
    constexpr unary_transform_result<borrowed_iterator_t<R>, O> operator()(R &&r, O to, F f,
                                                                           P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(to), std::move(f),
                       std::move(proj));
    }
    template <input_iterator I, sentinel_for<I> S, input_iterator J, sentinel_for<J> T,
              weakly_incrementable O, copy_constructible F, class P = identity, class Q = identity>
        requires indirectly_writable<O, indirect_result_t<F &, projected<I, P>, projected<J, Q>>>
    constexpr binary_transform_result<I, J, O> operator()(I first, S last, J other, T other_last,
                                                          O to, F f, P proj = {},
                                                          Q other_proj = {}) const
    {
        for (; first != last && other != other_last; ++first, (void)++other, (void)++to)
            *to = std::__invoke(f, std::__invoke(proj, *first), std::__invoke(other_proj, *other));
        return {std::move(first), std::move(other), std::move(to)};
    }
    template <input_range R, input_range X, weakly_incrementable O, copy_constructible F,
              class P = identity, class Q = identity>
        requires indirectly_writable<
            O, indirect_result_t<F &, projected<iterator_t<R>, P>, projected<iterator_t<X>, Q>>>
    constexpr binary_transform_result<borrowed_iterator_t<R>, borrowed_iterator_t<X>, O>
    operator()(R &&r, X &&x, O to, F f, P proj = {}, Q other_proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), ranges::begin(x), ranges::end(x),
                       std::move(to), std::move(f), std::move(proj), std::move(other_proj));
    }
};
inline constexpr __transform transform{};

struct __fill {
    template <class V, output_iterator<const V &> O, sentinel_for<O> S>
    constexpr O operator()(O first, S last, const V &value) const
    {
        for (; first != last; ++first)
            *first = value;
        return first;
    }
    template <class V, output_range<const V &> R>
    constexpr borrowed_iterator_t<R> operator()(R &&r, const V &value) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), value);
    }
};
inline constexpr __fill fill{};
struct __fill_n {
    template <class V, output_iterator<const V &> O>
    constexpr O operator()(O first, iter_difference_t<O> n, const V &value) const
    {
        for (; n > 0; --n, (void)++first)
            *first = value;
        return first;
    }
};
inline constexpr __fill_n fill_n{};
struct __generate {
    template <input_or_output_iterator O, sentinel_for<O> S, copy_constructible F>
        requires invocable<F &> && indirectly_writable<O, invoke_result_t<F &>>
    constexpr O operator()(O first, S last, F f) const
    {
        for (; first != last; ++first)
            *first = std::__invoke(f);
        return first;
    }
    template <class R, copy_constructible F>
        requires invocable<F &> && output_range<R, invoke_result_t<F &>>
    constexpr borrowed_iterator_t<R> operator()(R &&r, F f) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f));
    }
};
inline constexpr __generate generate{};
struct __generate_n {
    template <input_or_output_iterator O, copy_constructible F>
        requires invocable<F &> && indirectly_writable<O, invoke_result_t<F &>>
    constexpr O operator()(O first, iter_difference_t<O> n, F f) const
    {
        for (; n > 0; --n, (void)++first)
            *first = std::__invoke(f);
        return first;
    }
};
inline constexpr __generate_n generate_n{};

struct __replace_if {
    template <input_iterator I, sentinel_for<I> S, class V, class P = identity,
              indirect_unary_predicate<projected<I, P>> F>
        requires indirectly_writable<I, const V &>
    constexpr I operator()(I first, S last, F f, const V &with, P proj = {}) const
    {
        for (; first != last; ++first)
            if (std::__invoke(f, std::__invoke(proj, *first)))
                *first = with;
        return first;
    }
    template <input_range R, class V, class P = identity,
              indirect_unary_predicate<projected<iterator_t<R>, P>> F>
        requires indirectly_writable<iterator_t<R>, const V &>
    constexpr borrowed_iterator_t<R> operator()(R &&r, F f, const V &with, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), with, std::move(proj));
    }
};
inline constexpr __replace_if replace_if{};
struct __replace {
    template <input_iterator I, sentinel_for<I> S, class U, class V, class P = identity>
        requires indirectly_writable<I, const V &> &&
                 indirect_binary_predicate<equal_to, projected<I, P>, const U *>
    constexpr I operator()(I first, S last, const U &what, const V &with, P proj = {}) const
    {
        for (; first != last; ++first)
            if (std::__invoke(proj, *first) == what)
                *first = with;
        return first;
    }
    template <input_range R, class U, class V, class P = identity>
        requires indirectly_writable<iterator_t<R>, const V &> &&
                 indirect_binary_predicate<equal_to, projected<iterator_t<R>, P>, const U *>
    constexpr borrowed_iterator_t<R> operator()(R &&r, const U &what, const V &with,
                                                P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), what, with, std::move(proj));
    }
};
inline constexpr __replace replace{};

} // namespace std::ranges
