#include "internal/wasi.h"
#include <wasmos.h>

int wasmos_tty_mode(enum wasmos_tty_mode mode, enum wasmos_tty_mode *out_previous)
{
    int previous;
    int error = __wasmos_tty_mode((int)mode, &previous);
    if (!error && out_previous)
        *out_previous = (enum wasmos_tty_mode)previous;
    return wasi_result(error);
}

int wasmos_tty_size(int *out_columns, int *out_rows)
{
    return wasi_result(__wasmos_tty_size(out_columns, out_rows));
}
