/* Comparing names with numbers in them by GNU's rules: digits are an integer, unless they start
 * with a zero; then they are a fraction. */
#include <ctype.h>
#include <string.h>

static const char digits[] = "0123456789";

int strverscmp(const char *a, const char *b)
{
    size_t same = 0; /* characters in front of the first difference */
    while (a[same] == b[same]) {
        if (a[same] == '\0')
            return 0;
        same++;
    }
    size_t run = same; /* where the digits that end there begin */
    while (run > 0 && isdigit((unsigned char)a[run - 1]))
        run--;
    const unsigned char *l = (const unsigned char *)a + same, *r = (const unsigned char *)b + same;
    int left = isdigit(*l), right = isdigit(*r);
    if (run < same && strspn(a + run, "0") >= same - run) { /* so far zeros: one more is less */
        if (left != right)
            return left ? -1 : 1;
    } else if (isdigit((unsigned char)a[run]) && isdigit((unsigned char)b[run]) && a[run] != '0' &&
               b[run] != '0') {
        size_t left_len = strspn((const char *)l, digits),
               right_len = strspn((const char *)r, digits);
        if (left_len != right_len)
            return left_len > right_len ? 1 : -1;
    }
    return *l - *r;
}
