// Allocators that tell what is done with them.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>

// What all allocators of this program have given and got back.
struct Memory {
    static inline int blocks = 0;         // that are not given back yet
    static inline int allocations = 0;    // ever
    static inline bool mixed_up = false;  // something came back with another size or to another one
    static inline int until_failure = -1; // so many allocations go well; negative: all
};

// Allocators with the same number can give back each other's memory. `Traits` says which of them
// go along with what (see tests_propagation.cpp).
struct NoPropagation {
    using propagate_on_container_copy_assignment = std::false_type;
    using propagate_on_container_move_assignment = std::false_type;
    using propagate_on_container_swap = std::false_type;
};

template <class T, class Traits = NoPropagation>
class TrackingAllocator : public Traits
{
    struct Header {
        std::size_t count;
        int id;
    };
    static constexpr std::size_t header_bytes = alignof(T) > alignof(std::max_align_t)
                                                    ? alignof(T)
                                                    : alignof(std::max_align_t);
    static_assert(sizeof(Header) <= header_bytes);

  public:
    using value_type = T;
    using is_always_equal = std::false_type;

    // Not deducible from the class: a second argument is no type of elements.
    template <class U>
    struct rebind {
        using other = TrackingAllocator<U, Traits>;
    };

    explicit TrackingAllocator(int id = 0) : id(id) {}
    template <class U>
    TrackingAllocator(const TrackingAllocator<U, Traits> &other) : id(other.id)
    {
    }

    T *allocate(std::size_t count)
    {
        if (Memory::until_failure == 0)
            throw std::bad_alloc();
        if (Memory::until_failure > 0)
            Memory::until_failure--;
        auto alignment = std::align_val_t(header_bytes);
        auto *raw =
            static_cast<char *>(::operator new(header_bytes + count * sizeof(T), alignment));
        ::new (raw) Header{count, id};
        Memory::blocks++;
        Memory::allocations++;
        return reinterpret_cast<T *>(raw + header_bytes);
    }
    void deallocate(T *p, std::size_t count)
    {
        char *raw = reinterpret_cast<char *>(p) - header_bytes;
        auto *header = reinterpret_cast<Header *>(raw);
        Memory::mixed_up |= header->count != count || header->id != id;
        Memory::blocks--;
        ::operator delete(raw, std::align_val_t(header_bytes));
    }

    friend bool operator==(const TrackingAllocator &a, const TrackingAllocator &b)
    {
        return a.id == b.id;
    }

    int id;
};
