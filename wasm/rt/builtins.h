/* What compiled code calls for (rt.def): C functions on the embedder's stack. i32 and reference
 * arguments arrive zero-extended. Where the specification says trap, they end with wasm_trap and do
 * not return; nothing has been written then. */
#pragma once

#include "wasm/wasm.h"

struct ctx_table_entry;

uint64_t rt_memory_grow(struct wasm_instance *i, uint32_t memory, uint64_t pages);
void rt_memory_copy(struct wasm_instance *i, uint32_t to, uint32_t from, uint64_t dst, uint64_t src,
                    uint64_t n);
void rt_memory_fill(struct wasm_instance *i, uint32_t memory, uint64_t dst, uint32_t byte,
                    uint64_t n);
void rt_memory_init(struct wasm_instance *i, uint32_t memory, uint32_t segment, uint64_t dst,
                    uint32_t src, uint32_t n);
void rt_data_drop(struct wasm_instance *i, uint32_t segment);
uint32_t rt_atomic_notify(struct wasm_instance *i, uint32_t memory, uint64_t at, uint32_t count);
uint32_t rt_atomic_wait32(struct wasm_instance *i, uint32_t memory, uint64_t at, uint32_t expected,
                          uint64_t timeout_ns);
uint32_t rt_atomic_wait64(struct wasm_instance *i, uint32_t memory, uint64_t at, uint64_t expected,
                          uint64_t timeout_ns);
uint32_t rt_table_get(struct wasm_instance *i, uint32_t table, uint64_t index);
void rt_table_set(struct wasm_instance *i, uint32_t table, uint64_t index, uint32_t ref);
uint64_t rt_table_grow(struct wasm_instance *i, uint32_t table, uint64_t n, uint32_t ref);
void rt_table_fill(struct wasm_instance *i, uint32_t table, uint64_t index, uint32_t ref,
                   uint64_t n);
void rt_table_copy(struct wasm_instance *i, uint32_t to, uint32_t from, uint64_t dst, uint64_t src,
                   uint64_t n);
void rt_table_init(struct wasm_instance *i, uint32_t table, uint32_t segment, uint64_t dst,
                   uint32_t src, uint32_t n);
void rt_elem_drop(struct wasm_instance *i, uint32_t segment);
/* Returns if the function is of a sub type. table_and_type: number of the table << 32 | of the
 * type. */
void rt_check_indirect(struct wasm_instance *i, const struct ctx_table_entry *entry,
                       uint64_t table_and_type);
/* exception.c */
uint32_t rt_exception_create(struct wasm_instance *i, uint32_t tag);
NORETURN void rt_exception_throw(struct wasm_instance *i, uint32_t ref);
void rt_exception_keep(struct wasm_instance *i, uint32_t ref);
void rt_exception_drop(struct wasm_instance *i, uint32_t ref);
NORETURN void rt_indirect_fail(struct wasm_instance *i, uint32_t table, uint64_t index,
                               uint32_t type_id);
