/* What allocators tell AddressSanitizer about memory that they own but nobody may touch. Nothing in
 * other builds. */
#pragma once

#include <stddef.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZE_ADDRESS 1
#endif
#endif

#ifdef SANITIZE_ADDRESS
void __asan_poison_memory_region(const volatile void *p, size_t n);
void __asan_unpoison_memory_region(const volatile void *p, size_t n);
#define sanitize_poison(p, n)   __asan_poison_memory_region((p), (n))
#define sanitize_unpoison(p, n) __asan_unpoison_memory_region((p), (n))
#else
#define sanitize_poison(p, n)   ((void)(p), (void)(n))
#define sanitize_unpoison(p, n) ((void)(p), (void)(n))
#endif
