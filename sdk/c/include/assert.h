/* No include guard: <assert.h> may be included again with another NDEBUG. */
#include <bits/decls.h>

#undef assert
#ifdef NDEBUG
#define assert(e) ((void)0)
#else
#define assert(e) ((e) ? (void)0 : __assert_failed(#e, __FILE__, __LINE__, __func__))
#endif

#if !defined __cplusplus && !defined static_assert
#define static_assert _Static_assert
#endif

__BEGIN_DECLS
__NORETURN void __assert_failed(const char *expression, const char *file, int line,
                                const char *function);
__END_DECLS
