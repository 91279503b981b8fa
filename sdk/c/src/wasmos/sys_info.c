#include "internal/wasi.h"
#include <wasmos.h>

int wasmos_sys_info(struct wasmos_sys_info *out)
{
    return wasi_result(__wasmos_sys_info(out, sizeof *out));
}
