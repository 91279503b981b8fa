/* The compiler's test switches as text, for the command lines of tools: "gprs=3,no-gvn". */
#pragma once

#include "wasm/jit/options.h"

struct wasm_module;

/* Adds the options named, with commas between them, to *o. 0; -EINVAL after a message on standard
 * error, which lists what there is. */
MUSTUSE int jit_options_parse(const char *text, struct jit_options *o);
/* Prints every option, a line each, in the form that tests use: "no-gvn", "gprs=3". */
void jit_options_list(void);
/* For all functions of the module that are not compiled yet. */
void jit_options_apply(struct wasm_module *m, const struct jit_options *o);
