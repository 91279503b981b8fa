#include "stdio_buffer.h"
#include <ostream>

namespace std
{

alignas(ostream) char cerr[sizeof(ostream)];
alignas(ostream) char clog[sizeof(ostream)];
alignas(__stdio_buffer) static char buffer[sizeof(__stdio_buffer)],
    log_buffer[sizeof(__stdio_buffer)];
extern char cout[];

BEFORE_ALL_OTHERS static void make()
{
    ostream &errors = __make_stream<ostream>(cerr, buffer, stderr);
    errors.setf(ios_base::unitbuf);
    errors.tie(reinterpret_cast<ostream *>(cout));
    __make_stream<ostream>(clog, log_buffer, stderr);
}

} // namespace std
