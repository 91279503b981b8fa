#include <print>

namespace std
{

void vprint_nonunicode(FILE *f, string_view text, format_args args)
{
    string s = vformat(text, args);
    fwrite(s.data(), 1, s.size(), f);
}
void __vprintln(FILE *f, string_view text, format_args args)
{
    string s = vformat(text, args);
    s += '\n';
    fwrite(s.data(), 1, s.size(), f);
}

} // namespace std
