/* What the engine knows of a module and makes of it, as text, a line at a time. Part of the hosted
 * tools and of the application wasmdump, not of the kernel. `say` gets each line without its end;
 * `func` is an index in the module, which is validated. */
#pragma once

#include "wasm/dump/line.h"
#include "wasm/jit/ir.h"

struct cg;

/* Sections with their places; types, imports, functions, tables, memories, globals, exports,
 * segments. */
void dump_module(const struct wasm_module *m, dump_say_fn say);
/* One line: number, name, type, place. */
void dump_function(const struct wasm_module *m, uint32_t func, dump_say_fn say);
/* The function's instructions, out of ops.def. */
void dump_instructions(const struct wasm_module *m, uint32_t func, dump_say_fn say);
/* The IR as the front half leaves it. 0; errors of ir_build; -EINVAL: the verifier objects. */
MUSTUSE int dump_ir(struct wasm_module *m, uint32_t func, dump_say_fn say);
/* Compiles the function and shows the IR after each pass: as built, cleaned, with the back half's
 * marks, with what spilling inserts, with frame slots. 0 or errors of code_compile. */
MUSTUSE int dump_passes(struct wasm_module *m, uint32_t func, dump_say_fn say);
/* Compiles the function and shows its machine code: the bytes of each node below the node, with its
 * offset in the module. 0 or errors of code_compile. */
MUSTUSE int dump_code(struct wasm_module *m, uint32_t func, dump_say_fn say);
/* Builds every function and runs the verifier over it. 0; -EINVAL: something was said. */
MUSTUSE int dump_check(struct wasm_module *m, dump_say_fn say);

/* Where the node comes from in the module, inlined functions considered. */
uint32_t dump_offset(const struct ir_func *f, ir_ref_t r);
/* A node's text behind its offset: "v12 = i32.add i32 v10 v11". b: the block it is in. */
void dump_node(struct dump_line *l, const struct ir_func *f, ir_ref_t r, const struct ir_block *b);
/* "b4:  from b3, b4  loop to b4  depth 2 in b4" */
void dump_block(struct dump_line *l, const struct ir_func *f, ir_block_t b);
/* All of a function's IR. */
void dump_ir_func(const struct ir_func *f, dump_say_fn say);

enum { DUMP_EXIT_FAILED = 1, DUMP_EXIT_USAGE = 2 };
/* The options that follow the file's name; none: dump_module. The program's exit status. */
int dump_command(struct wasm_module *m, int argc, char **argv, dump_say_fn say);
