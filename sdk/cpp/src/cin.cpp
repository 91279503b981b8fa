#include "stdio_buffer.h"
#include <istream>

namespace std
{

alignas(istream) char cin[sizeof(istream)];
alignas(__stdio_buffer) static char buffer[sizeof(__stdio_buffer)];
extern char cout[];

BEFORE_ALL_OTHERS static void make()
{
    __make_stream<istream>(cin, buffer, stdin).tie(reinterpret_cast<ostream *>(cout));
}

} // namespace std
