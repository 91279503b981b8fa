#pragma once

#include <bits/iterator_base.h>

namespace std
{

template <class I>
class reverse_iterator
{
  protected:
    I current{};

  public:
    using iterator_type = I;
    using iterator_category =
        conditional_t<__random_access_category<I>, random_access_iterator_tag, __category<I>>;
    using value_type = iter_value_t<I>;
    using difference_type = iter_difference_t<I>;
    using pointer = typename iterator_traits<I>::pointer;
    using reference = iter_reference_t<I>;

    constexpr reverse_iterator() = default;
    constexpr explicit reverse_iterator(I i) : current(i) {}
    template <class U>
        requires(!is_same_v<U, I> && is_convertible_v<const U &, I>)
    constexpr reverse_iterator(const reverse_iterator<U> &o) : current(o.base())
    {
    }
    constexpr I base() const { return current; }
    constexpr reference operator*() const
    {
        I i = current;
        return *--i;
    }
    constexpr pointer operator->() const
    {
        I i = current;
        --i;
        if constexpr (is_pointer_v<I>)
            return i;
        else
            return i.operator->();
    }
    constexpr reverse_iterator &operator++()
    {
        --current;
        return *this;
    }
    constexpr reverse_iterator operator++(int)
    {
        reverse_iterator old = *this;
        --current;
        return old;
    }
    constexpr reverse_iterator &operator--()
    {
        ++current;
        return *this;
    }
    constexpr reverse_iterator operator--(int)
    {
        reverse_iterator old = *this;
        ++current;
        return old;
    }
    constexpr reverse_iterator operator+(difference_type n) const
    {
        return reverse_iterator(current - n);
    }
    constexpr reverse_iterator operator-(difference_type n) const
    {
        return reverse_iterator(current + n);
    }
    constexpr reverse_iterator &operator+=(difference_type n)
    {
        current -= n;
        return *this;
    }
    constexpr reverse_iterator &operator-=(difference_type n)
    {
        current += n;
        return *this;
    }
    constexpr reference operator[](difference_type n) const { return *(*this + n); }
};

template <class I, class J>
constexpr bool operator==(const reverse_iterator<I> &a, const reverse_iterator<J> &b)
{
    return a.base() == b.base();
}
template <class I, class J>
    requires requires(const I &i, const J &j) { i <=> j; }
constexpr auto operator<=>(const reverse_iterator<I> &a, const reverse_iterator<J> &b)
{
    return b.base() <=> a.base();
}
template <class I, class J>
constexpr auto operator-(const reverse_iterator<I> &a, const reverse_iterator<J> &b)
    -> decltype(b.base() - a.base())
{
    return b.base() - a.base();
}
template <class I>
constexpr reverse_iterator<I> operator+(iter_difference_t<I> n, const reverse_iterator<I> &i)
{
    return i + n;
}
template <class I>
constexpr reverse_iterator<I> make_reverse_iterator(I i)
{
    return reverse_iterator<I>(i);
}

template <class I>
class move_iterator
{
    I current{};

  public:
    using iterator_type = I;
    using iterator_category = __category<I>;
    using value_type = iter_value_t<I>;
    using difference_type = iter_difference_t<I>;
    using pointer = I;
    using reference =
        conditional_t<is_reference_v<iter_reference_t<I>>,
                      remove_reference_t<iter_reference_t<I>> &&, iter_reference_t<I>>;

    constexpr move_iterator() = default;
    constexpr explicit move_iterator(I i) : current(std::move(i)) {}
    constexpr I base() const { return current; }
    constexpr reference operator*() const { return static_cast<reference>(*current); }
    constexpr pointer operator->() const { return current; }
    constexpr move_iterator &operator++()
    {
        ++current;
        return *this;
    }
    constexpr move_iterator operator++(int)
    {
        move_iterator old = *this;
        ++current;
        return old;
    }
    constexpr move_iterator &operator--()
    {
        --current;
        return *this;
    }
    constexpr move_iterator operator+(difference_type n) const
    {
        return move_iterator(current + n);
    }
    constexpr move_iterator operator-(difference_type n) const
    {
        return move_iterator(current - n);
    }
    constexpr move_iterator &operator+=(difference_type n)
    {
        current += n;
        return *this;
    }
    constexpr reference operator[](difference_type n) const { return std::move(current[n]); }
    friend constexpr bool operator==(const move_iterator &a, const move_iterator &b)
    {
        return a.current == b.current;
    }
    friend constexpr difference_type operator-(const move_iterator &a, const move_iterator &b)
        requires __random_access_category<I>
    {
        return a.current - b.current;
    }
};
template <class I>
constexpr move_iterator<I> make_move_iterator(I i)
{
    return move_iterator<I>(std::move(i));
}

// Iterators that write: *i = v does it, ++ nothing.
template <class Derived>
struct __output_iterator {
    using iterator_category = output_iterator_tag;
    using value_type = void;
    using difference_type = ptrdiff_t;
    using pointer = void;
    using reference = void;

    constexpr Derived &operator*() { return static_cast<Derived &>(*this); }
    constexpr Derived &operator++() { return static_cast<Derived &>(*this); }
    constexpr Derived operator++(int) { return static_cast<Derived &>(*this); }
};

template <class C>
class back_insert_iterator : public __output_iterator<back_insert_iterator<C>>
{
  protected:
    C *container;

  public:
    using container_type = C;
    constexpr explicit back_insert_iterator(C &c) : container(&c) {}
    constexpr back_insert_iterator &operator=(const typename C::value_type &v)
    {
        container->push_back(v);
        return *this;
    }
    constexpr back_insert_iterator &operator=(typename C::value_type &&v)
    {
        container->push_back(std::move(v));
        return *this;
    }
};
template <class C>
constexpr back_insert_iterator<C> back_inserter(C &c)
{
    return back_insert_iterator<C>(c);
}

template <class C>
class front_insert_iterator : public __output_iterator<front_insert_iterator<C>>
{
  protected:
    C *container;

  public:
    using container_type = C;
    constexpr explicit front_insert_iterator(C &c) : container(&c) {}
    constexpr front_insert_iterator &operator=(const typename C::value_type &v)
    {
        container->push_front(v);
        return *this;
    }
    constexpr front_insert_iterator &operator=(typename C::value_type &&v)
    {
        container->push_front(std::move(v));
        return *this;
    }
};
template <class C>
constexpr front_insert_iterator<C> front_inserter(C &c)
{
    return front_insert_iterator<C>(c);
}

template <class C>
class insert_iterator : public __output_iterator<insert_iterator<C>>
{
  protected:
    C *container;
    typename C::iterator position;

  public:
    using container_type = C;
    constexpr insert_iterator(C &c, typename C::iterator i) : container(&c), position(i) {}
    constexpr insert_iterator &operator=(const typename C::value_type &v)
    {
        position = container->insert(position, v);
        ++position;
        return *this;
    }
    constexpr insert_iterator &operator=(typename C::value_type &&v)
    {
        position = container->insert(position, std::move(v));
        ++position;
        return *this;
    }
};
template <class C>
constexpr insert_iterator<C> inserter(C &c, typename C::iterator i)
{
    return insert_iterator<C>(c, i);
}

} // namespace std
