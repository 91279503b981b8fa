#include "stdio_buffer.h"
#include <ostream>

namespace std
{

alignas(ostream) char cout[sizeof(ostream)];
alignas(__stdio_buffer) static char buffer[sizeof(__stdio_buffer)];

BEFORE_ALL_OTHERS static void make()
{
    __make_stream<ostream>(cout, buffer, stdout);
}

} // namespace std
