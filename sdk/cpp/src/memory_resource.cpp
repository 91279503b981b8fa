// Sources of memory: the heap, none, blocks that only grow, pools.
#include <bit>
#include <memory_resource>

namespace std::pmr
{

memory_resource::~memory_resource() = default;

namespace
{

class heap final : public memory_resource
{
    void *do_allocate(size_t bytes, size_t alignment) override
    {
        return alignment > __STDCPP_DEFAULT_NEW_ALIGNMENT__
                   ? ::operator new(bytes, align_val_t(alignment))
                   : ::operator new(bytes);
    }
    void do_deallocate(void *p, size_t bytes, size_t alignment) override
    {
        if (alignment > __STDCPP_DEFAULT_NEW_ALIGNMENT__)
            ::operator delete(p, bytes, align_val_t(alignment));
        else
            ::operator delete(p, bytes);
    }
    bool do_is_equal(const memory_resource &o) const noexcept override { return this == &o; }
};
class nothing final : public memory_resource
{
    void *do_allocate(size_t, size_t) override { __throw_bad_alloc(); }
    void do_deallocate(void *, size_t, size_t) override {}
    bool do_is_equal(const memory_resource &o) const noexcept override { return this == &o; }
};

// Destructors of other objects may still give memory back.
[[clang::no_destroy]] heap the_heap;
[[clang::no_destroy]] nothing the_nothing;
memory_resource *by_default = &the_heap;

} // namespace

memory_resource *new_delete_resource() noexcept
{
    return &the_heap;
}
memory_resource *null_memory_resource() noexcept
{
    return &the_nothing;
}
memory_resource *get_default_resource() noexcept
{
    return by_default;
}
memory_resource *set_default_resource(memory_resource *r) noexcept
{
    memory_resource *old = by_default;
    by_default = r ? r : &the_heap;
    return old;
}

struct monotonic_buffer_resource::block {
    block *before;
    size_t size;
};

enum : size_t { FIRST_BLOCK = 1024, GROWTH = 2 };

monotonic_buffer_resource::monotonic_buffer_resource(memory_resource *up)
    : upstream(up), first_block(FIRST_BLOCK), next_size(FIRST_BLOCK)
{
}
monotonic_buffer_resource::monotonic_buffer_resource(size_t initial_size, memory_resource *up)
    : upstream(up), first_block(initial_size), next_size(initial_size)
{
}
monotonic_buffer_resource::monotonic_buffer_resource(void *buffer, size_t size, memory_resource *up)
    : upstream(up), first(buffer), first_size(size),
      first_block(size > 0 ? size * GROWTH : FIRST_BLOCK), next(static_cast<char *>(buffer)),
      left(size), next_size(first_block)
{
}
monotonic_buffer_resource::~monotonic_buffer_resource()
{
    release();
}
void monotonic_buffer_resource::release()
{
    while (blocks) {
        block *b = blocks;
        blocks = b->before;
        upstream->deallocate(b, b->size, alignof(max_align_t));
    }
    next = static_cast<char *>(first);
    left = first_size;
    next_size = first_block;
}
void *monotonic_buffer_resource::do_allocate(size_t bytes, size_t alignment)
{
    void *p = next;
    if (bytes == 0)
        bytes = 1;
    if (!next || !std::align(alignment, bytes, p, left)) {
        size_t needed;
        if (__builtin_add_overflow(bytes, sizeof(block) + alignment, &needed))
            __throw_bad_alloc();
        size_t size = needed > next_size ? needed : next_size;
        auto *b = static_cast<block *>(upstream->allocate(size, alignof(max_align_t)));
        *b = {blocks, size};
        blocks = b;
        next_size = size > size_t(-1) / GROWTH ? size : size * GROWTH;
        p = b + 1;
        left = size - sizeof(block);
        std::align(alignment, bytes, p, left);
    }
    next = static_cast<char *>(p) + bytes;
    left -= bytes;
    return p;
}

// Memory for many blocks of a pool, one after another; this header stands in front.
struct unsynchronized_pool_resource::chunk {
    chunk *before;
    size_t size, alignment;
};
// A block of its own; this header stands behind it, where it disturbs no alignment.
struct unsynchronized_pool_resource::large {
    large *before, *after;
    void *start;
    size_t size, alignment;
};

enum : size_t { FIRST_BLOCKS = 16, BLOCKS_MAX = 4096 };

unsynchronized_pool_resource::unsynchronized_pool_resource(const pool_options &options,
                                                           memory_resource *up)
    : upstream(up), limits(options)
{
    constexpr size_t largest = size_t(1) << (SMALLEST_LOG2 + POOLS_MAX - 1);
    if (limits.max_blocks_per_chunk == 0 || limits.max_blocks_per_chunk > BLOCKS_MAX)
        limits.max_blocks_per_chunk = BLOCKS_MAX;
    size_t wanted = limits.largest_required_pool_block;
    limits.largest_required_pool_block = wanted == 0        ? 4096
                                         : wanted > largest ? largest
                                                            : bit_ceil(wanted);
}
unsynchronized_pool_resource::~unsynchronized_pool_resource()
{
    release();
}
void unsynchronized_pool_resource::release()
{
    while (chunks) {
        chunk *c = chunks;
        chunks = c->before;
        upstream->deallocate(c, c->size, c->alignment);
    }
    while (larges) {
        large l = *larges;
        larges = l.before;
        upstream->deallocate(l.start, l.size, l.alignment);
    }
    for (pool &p : pools)
        p = pool();
}

unsigned unsynchronized_pool_resource::pool_of(size_t bytes, size_t alignment)
{
    size_t n = bytes > alignment ? bytes : alignment;
    unsigned log2 = n <= 1 ? 0 : unsigned(bit_width(n - 1));
    return log2 < SMALLEST_LOG2 ? 0 : log2 - SMALLEST_LOG2;
}
void unsynchronized_pool_resource::refill(unsigned which)
{
    pool &p = pools[which];
    size_t block = size_t(1) << (which + SMALLEST_LOG2);
    size_t count = p.blocks_next ? p.blocks_next : FIRST_BLOCKS;
    count = count < limits.max_blocks_per_chunk ? count : limits.max_blocks_per_chunk;
    size_t alignment = block > alignof(max_align_t) ? block : alignof(max_align_t);
    size_t front = (sizeof(chunk) + alignment - 1) / alignment * alignment;
    size_t size = front + count * block;
    auto *c = static_cast<chunk *>(upstream->allocate(size, alignment));
    *c = {chunks, size, alignment};
    chunks = c;
    char *first = reinterpret_cast<char *>(c) + front;
    for (size_t i = count; i-- > 0;) {
        auto *b = reinterpret_cast<free_block *>(first + i * block);
        b->next = p.free;
        p.free = b;
    }
    p.blocks_next = count * 2;
}
void *unsynchronized_pool_resource::take_large(size_t bytes, size_t alignment)
{
    size_t at, size;
    if (__builtin_add_overflow(bytes, alignof(large) - 1, &at) ||
        __builtin_add_overflow(at & -alignof(large), sizeof(large), &size))
        __throw_bad_alloc();
    at &= -alignof(large);
    alignment = alignment > alignof(large) ? alignment : alignof(large);
    char *p = static_cast<char *>(upstream->allocate(size, alignment));
    auto *l = reinterpret_cast<large *>(p + at);
    *l = {larges, nullptr, p, size, alignment};
    if (larges)
        larges->after = l;
    larges = l;
    return p;
}
void *unsynchronized_pool_resource::do_allocate(size_t bytes, size_t alignment)
{
    if (bytes > limits.largest_required_pool_block ||
        alignment > limits.largest_required_pool_block)
        return take_large(bytes, alignment);
    unsigned which = pool_of(bytes, alignment);
    pool &p = pools[which];
    if (!p.free)
        refill(which);
    free_block *b = p.free;
    p.free = b->next;
    return b;
}
void unsynchronized_pool_resource::do_deallocate(void *p, size_t bytes, size_t alignment)
{
    if (bytes > limits.largest_required_pool_block ||
        alignment > limits.largest_required_pool_block) {
        size_t at = (bytes + alignof(large) - 1) & -alignof(large);
        large l = *reinterpret_cast<large *>(static_cast<char *>(p) + at);
        (l.after ? l.after->before : larges) = l.before;
        if (l.before)
            l.before->after = l.after;
        upstream->deallocate(l.start, l.size, l.alignment);
        return;
    }
    pool &q = pools[pool_of(bytes, alignment)];
    auto *b = static_cast<free_block *>(p);
    b->next = q.free;
    q.free = b;
}

} // namespace std::pmr
