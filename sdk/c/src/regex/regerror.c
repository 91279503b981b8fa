#include <regex.h>
#include <string.h>

size_t regerror(int error, const regex_t *restrict r, char *restrict out, size_t n)
{
    static const char *const texts[] = {
        [REG_OK] = "No error",
        [REG_NOMATCH] = "No match",
        [REG_BADPAT] = "Invalid regular expression",
        [REG_ECOLLATE] = "Unknown collating element",
        [REG_ECTYPE] = "Unknown character class",
        [REG_EESCAPE] = "Trailing backslash",
        [REG_ESUBREG] = "Back-references are not supported",
        [REG_EBRACK] = "Missing ']'",
        [REG_EPAREN] = "Unmatched parenthesis",
        [REG_EBRACE] = "Missing '}'",
        [REG_BADBR] = "Invalid contents of {}",
        [REG_ERANGE] = "Invalid range of characters",
        [REG_ESPACE] = "Out of memory, or the pattern is too large",
        [REG_BADRPT] = "Nothing to repeat",
    };
    (void)r;
    const char *text =
        (unsigned)error < sizeof texts / sizeof texts[0] ? texts[error] : "Unknown error";
    if (n > 0)
        strlcpy(out, text, n);
    return strlen(text) + 1;
}
