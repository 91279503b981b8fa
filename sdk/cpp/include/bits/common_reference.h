// common_type and common_reference ([meta.trans.other]).
#pragma once

#include <type_traits>

namespace std
{

template <class T, class U>
using __conditional_result = decltype(false ? declval<T (&)()>()() : declval<U (&)()>()());

template <class... T>
struct common_type {
};
template <class... T>
using common_type_t = typename common_type<T...>::type;
template <class T>
struct common_type<T> : common_type<T, T> {
};

// Of decayed types: what `condition ? a : b` gives, of values or of references to const.
template <class T, class U>
struct __common_decayed {
};
template <class T, class U>
concept __common_by_value = requires { typename __conditional_result<T, U>; };
template <class T, class U>
    requires __common_by_value<T, U>
struct __common_decayed<T, U> {
    using type = __decay(__conditional_result<T, U>);
};
template <class T, class U>
    requires(!__common_by_value<T, U> &&
             requires { typename __conditional_result<const T &, const U &>; })
struct __common_decayed<T, U> {
    using type = __remove_cvref(__conditional_result<const T &, const U &>);
};
template <class T, class U>
struct common_type<T, U> : common_type<__decay(T), __decay(U)> {
};
template <class T, class U>
    requires(__is_same(T, __decay(T)) && __is_same(U, __decay(U)))
struct common_type<T, U> : __common_decayed<T, U> {
};
template <class T, class U, class V, class... More>
    requires requires { typename common_type<T, U>::type; }
struct common_type<T, U, V, More...> : common_type<common_type_t<T, U>, V, More...> {
};

template <class T, class U, template <class> class TQual, template <class> class UQual>
struct basic_common_reference {
};

// The qualifiers of From put on To.
template <class From, class To>
struct __copy_cv {
    using type = To;
};
template <class From, class To>
struct __copy_cv<const From, To> {
    using type = const To;
};
template <class From, class To>
struct __copy_cv<volatile From, To> {
    using type = volatile To;
};
template <class From, class To>
struct __copy_cv<const volatile From, To> {
    using type = const volatile To;
};
template <class From, class To>
using __copy_cv_t = typename __copy_cv<From, To>::type;
template <class From>
struct __copy_cvref {
    template <class To>
    using onto = __copy_cv_t<From, To>;
};
template <class From>
struct __copy_cvref<From &> {
    template <class To>
    using onto = __copy_cv_t<From, To> &;
};
template <class From>
struct __copy_cvref<From &&> {
    template <class To>
    using onto = __copy_cv_t<From, To> &&;
};

// The reference that two references both bind to.
template <class T, class U>
struct __common_of_references {
};
template <class T, class U>
using __common_of_references_t = typename __common_of_references<T, U>::type;
template <class T, class U>
using __common_lvalue = __conditional_result<__copy_cv_t<T, U> &, __copy_cv_t<U, T> &>;
template <class T, class U>
    requires(is_reference_v<__common_lvalue<T, U>>)
struct __common_of_references<T &, U &> {
    using type = __common_lvalue<T, U>;
};
template <class T, class U>
using __common_rvalue = __remove_reference_t(__common_of_references_t<T &, U &>) &&;
template <class T, class U>
    requires(is_convertible_v<T &&, __common_rvalue<T, U>> &&
             is_convertible_v<U &&, __common_rvalue<T, U>>)
struct __common_of_references<T &&, U &&> {
    using type = __common_rvalue<T, U>;
};
template <class T, class U>
    requires(is_convertible_v<T &&, __common_of_references_t<const T &, U &>>)
struct __common_of_references<T &&, U &> {
    using type = __common_of_references_t<const T &, U &>;
};
template <class T, class U>
struct __common_of_references<T &, U &&> : __common_of_references<U &&, T &> {
};

template <class... T>
struct common_reference {
};
template <class... T>
using common_reference_t = typename common_reference<T...>::type;
template <class T>
struct common_reference<T> {
    using type = T;
};
template <class T, class U>
using __basic_common_reference =
    typename basic_common_reference<__remove_cvref(T), __remove_cvref(U),
                                    __copy_cvref<T>::template onto,
                                    __copy_cvref<U>::template onto>::type;
template <class T, class U>
concept __references_in_common =
    is_reference_v<T> && is_reference_v<U> && requires { typename __common_of_references_t<T, U>; };
template <class T, class U>
concept __basic_in_common = requires { typename __basic_common_reference<T, U>; };

template <class T, class U>
struct common_reference<T, U> : common_type<T, U> {
};
template <class T, class U>
    requires __references_in_common<T, U>
struct common_reference<T, U> {
    using type = __common_of_references_t<T, U>;
};
template <class T, class U>
    requires(!__references_in_common<T, U> && __basic_in_common<T, U>)
struct common_reference<T, U> {
    using type = __basic_common_reference<T, U>;
};
template <class T, class U>
    requires(!__references_in_common<T, U> && !__basic_in_common<T, U> && __common_by_value<T, U>)
struct common_reference<T, U> {
    using type = __conditional_result<T, U>;
};
template <class T, class U, class V, class... More>
    requires requires { typename common_reference<T, U>::type; }
struct common_reference<T, U, V, More...> : common_reference<common_reference_t<T, U>, V, More...> {
};

} // namespace std
