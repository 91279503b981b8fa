/* Wide characters: strings against a simple model, conversions, streams, wprintf and wscanf. */
#include "check.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <uchar.h>
#include <wchar.h>
#include <wctype.h>

static wchar_t *naive_search(const wchar_t *haystack, const wchar_t *needle)
{
    for (;; haystack++) {
        size_t i = 0;
        while (needle[i] && haystack[i] == needle[i])
            i++;
        if (!needle[i])
            return (wchar_t *)haystack;
        if (!*haystack)
            return NULL;
    }
}

static void searching(void)
{
    int same = 0;
    wchar_t haystack[41], needle[9];
    for (int round = 0; round < 20000; round++) {
        int n = rand() % 40, m = rand() % 8, letters = 1 + rand() % 3;
        for (int i = 0; i < n; i++)
            haystack[i] = L'a' + rand() % letters;
        for (int i = 0; i < m; i++)
            needle[i] = L'a' + rand() % letters;
        haystack[n] = needle[m] = 0;
        same += wcsstr(haystack, needle) == naive_search(haystack, needle);
    }
    CHECK(same == 20000);
}

static void strings(void)
{
    wchar_t text[32], *state, *end;
    CHECK(wcslen(L"") == 0 && wcslen(L"h\u00e9llo") == 5 && wcsnlen(L"abc", 2) == 2);
    CHECK(wcscmp(wcscpy(text, L"abc"), L"abc") == 0 &&
          wcscmp(wcscat(text, L"def"), L"abcdef") == 0);
    CHECK(wcscmp(wcsncat(text, L"ghi", 2), L"abcdefgh") == 0);
    wmemset(text, L'x', 8);
    CHECK(wcsncpy(text, L"ab", 4) == text && text[2] == 0 && text[3] == 0 && text[4] == L'x');
    CHECK(wcscmp(L"a", L"b") < 0 && wcscmp(L"b", L"a") > 0 && wcsncmp(L"abc", L"abd", 2) == 0);
    CHECK(wcscasecmp(L"\u00c9A", L"\u00e9a") == 0 && wcscoll(L"a", L"a") == 0);
    CHECK(wcschr(L"abc", L'c') && wcschr(L"abc", 0) && !wcschr(L"abc", L'd'));
    CHECK(*wcsrchr(wcscpy(text, L"a/b/c"), L'/') == L'/' && wcsrchr(text, L'/') == text + 3);
    CHECK(wcsspn(L"aab", L"a") == 2 && wcscspn(L"xyz", L"z") == 2 && !wcspbrk(L"abc", L"x"));
    CHECK(wcscmp(wcstok(text, L"/", &state), L"a") == 0 &&
          wcscmp(wcstok(NULL, L"/", &state), L"b") == 0);
    CHECK(wcscmp(wcstok(NULL, L"/", &state), L"c") == 0 && !wcstok(NULL, L"/", &state));
    CHECK(wmemcmp(L"ab", L"ac", 2) < 0 && wmemchr(L"ab", L'b', 2) && !wmemchr(L"ab", L'b', 1));
    CHECK(wcstol(L" -0x1fz", &end, 16) == -31 && *end == L'z');
    CHECK(wcstoul(L"\u2003"
                  L"7",
                  &end, 10) == 7 &&
          *end == 0); /* behind an em space */
    CHECK(wcstol(L"x", &end, 10) == 0 && *end == L'x');
    CHECK(wcstod(L"1.5e3\u00e9", &end) == 1500 && *end == L'\u00e9' &&
          wcstof(L"inf", NULL) > 1e30f);
    wchar_t long_number[400];
    wmemset(long_number, L'0', 399);
    wcscpy(long_number + 398, L"7");
    CHECK(wcstoll(long_number, &end, 10) == 7 && *end == 0);
}

static void conversions(void)
{
    mbstate_t s = {0};
    wchar_t c = 0, wide[8];
    char bytes[16];
    CHECK(mbrtowc(&c, "\xe2", 1, &s) == (size_t)-2 && !mbsinit(&s));
    CHECK(mbrtowc(&c, "\x82\xac", 2, &s) == 2 && c == 0x20ac && mbsinit(&s));
    CHECK(mbrtowc(&c, "\xe0\x80", 2, &s) == (size_t)-1 && errno == EILSEQ); /* overlong */
    CHECK(mbrtowc(&c, "\xed\xa0\x80", 3, &s) == (size_t)-1);                /* a surrogate */
    CHECK(mbrtowc(&c, "\xf4\x90", 2, &s) == (size_t)-1);                    /* above U+10FFFF */
    CHECK(mbrtowc(&c, "", 1, &s) == 0 && c == 0 && mbrtowc(&c, "a", 0, &s) == (size_t)-2);
    CHECK(mbrlen("\xc3\xa9", 2, NULL) == 2 && wcrtomb(bytes, 0x1f600, NULL) == 4);
    CHECK(wcrtomb(bytes, (wchar_t)0xd800, NULL) == (size_t)-1 && errno == EILSEQ);
    CHECK(btowc('a') == L'a' && btowc(0xe9) == WEOF && wctob(L'a') == 'a' && wctob(0xe9) == EOF);
    const char *from = "\xc3\xa9tude";
    CHECK(mbsrtowcs(wide, &from, 3, &s) == 3 && wide[0] == 0xe9 && strcmp(from, "de") == 0);
    CHECK(mbsrtowcs(wide, &from, 8, &s) == 2 && !from && wide[2] == 0);
    const wchar_t *wide_from = L"\u00e9\u20ac";
    CHECK(wcsrtombs(NULL, &wide_from, 0, NULL) == 5 && wcsrtombs(bytes, &wide_from, 4, NULL) == 2);
    CHECK(*wide_from == 0x20ac && wcsrtombs(bytes, &wide_from, 4, NULL) == 3 && !wide_from);
    char16_t half;
    char32_t full;
    CHECK(mbrtoc16(&half, "\xf0\x9f\x98\x80", 4, &s) == 4 && half == 0xd83d);
    CHECK(mbrtoc16(&half, "x", 1, &s) == (size_t)-3 && half == 0xde00);
    CHECK(c16rtomb(bytes, 0xd83d, &s) == 0 && c16rtomb(bytes, 0xde00, &s) == 4);
    CHECK(memcmp(bytes, "\xf0\x9f\x98\x80", 4) == 0);
    CHECK(c16rtomb(bytes, 0xde00, &s) == (size_t)-1 && errno == EILSEQ);
    CHECK(mbrtoc32(&full, "\xe2\x82\xac", 3, NULL) == 3 && full == 0x20ac);
    char8_t unit;
    CHECK(mbrtoc8(&unit, "\xe2\x82\xac", 3, &s) == 3 && unit == 0xe2 && !mbsinit(&s));
    CHECK(mbrtoc8(&unit, "x", 1, &s) == (size_t)-3 && unit == 0x82);
    CHECK(mbrtoc8(&unit, "x", 1, &s) == (size_t)-3 && unit == 0xac && mbsinit(&s));
    CHECK(mbrtoc8(&unit, "x", 1, &s) == 1 && unit == 'x' && mbrtoc8(&unit, "", 1, &s) == 0);
    CHECK(mbrtoc8(&unit, "\x80", 1, &s) == (size_t)-1 && errno == EILSEQ);
    CHECK(c8rtomb(bytes, 0xe2, &s) == 0 && c8rtomb(bytes, 0x82, &s) == 0);
    CHECK(c8rtomb(bytes, 0xac, &s) == 3 && memcmp(bytes, "\xe2\x82\xac", 3) == 0);
    CHECK(c8rtomb(bytes, 0xe2, &s) == 0 && c8rtomb(bytes, 'x', &s) == (size_t)-1 && mbsinit(&s));
    CHECK(c32rtomb(bytes, 0x110000, NULL) == (size_t)-1);
}

static void classes(void)
{
    CHECK(iswalpha(0xe9) && iswupper(0xc9) && iswlower(0xe9) && towupper(0xe9) == 0xc9);
    CHECK(towlower(0x0391) == 0x03b1 && towupper(0x0451) == 0x0401 && towlower(0x10400) == 0x10428);
    CHECK(iswspace(0x2003) && !iswspace(0xa0) && iswdigit(L'7') && !iswdigit(0x0667));
    CHECK(iswpunct(0x20ac) && iswcntrl(0x85) && iswprint(0x4e2d) && !iswprint((wint_t)0xd800));
    CHECK(!iswalpha(WEOF) && towlower(WEOF) == WEOF);
    CHECK(iswctype(L'a', wctype("alpha")) && wctype("none") == 0);
    CHECK(towctrans(L'a', wctrans("toupper")) == L'A' && wctrans("none") == 0);
    CHECK(wcwidth(L'a') == 1 && wcwidth(0x4e2d) == 2 && wcwidth(0x0301) == 0 && wcwidth(7) == -1);
    CHECK(wcswidth(L"a\u4e2d\u0301", 3) == 3 && wcswidth(L"a\a", 2) == -1);
    int agree = 1;
    for (wint_t c = 0; c < 0x10ffff; c++)
        agree &= iswalnum(c) == (iswalpha(c) || iswdigit(c)) && !(iswspace(c) && iswgraph(c));
    CHECK(agree);
}

static const wchar_t *printed(const wchar_t *format, ...)
{
    static wchar_t text[64];
    va_list args;
    va_start(args, format);
    int n = vswprintf(text, 64, format, args);
    va_end(args);
    return n < 0 ? L"failed" : text;
}

#define CHECK_PRINTED(wanted, ...) CHECK(wcscmp(printed(__VA_ARGS__), wanted) == 0)

static void printing(void)
{
    wchar_t small[4];
    int n = 0;
    CHECK_PRINTED(L"[ 12] 1.500000 0x1p+0 %", L"[%3d] %f %a %%", 12, 1.5, 1.0);
    CHECK_PRINTED(L"[   \u00e9\u20ac]", L"[%5s]", "\xc3\xa9\xe2\x82\xac");
    CHECK_PRINTED(L"[\u00e9  ]", L"[%-3.1s]", "\xc3\xa9\xe2\x82\xac");
    CHECK_PRINTED(L"[  \u20ac]", L"[%3ls]", L"\u20ac");
    CHECK_PRINTED(L"\u20ac|a|(null)", L"%lc|%c|%s", 0x20ac, 'a', NULL);
    CHECK_PRINTED(L"-00042", L"%0*lld", 6, -42LL);
    CHECK_PRINTED(L"failed", L"%s", "\xff");
    CHECK_PRINTED(L"failed", L"%y");
    CHECK_PRINTED(L"failed", L"%");
    CHECK_PRINTED(L"\u20ac12", L"\u20ac%n12", &n);
    CHECK(n == 1);
    CHECK(swprintf(small, 4, L"abc") == 3 && swprintf(small, 4, L"abcd") == -1 && small[3] == 0);
}

static void scanning(void)
{
    wchar_t word[20], *allocated;
    char bytes[20], *text;
    int n;
    CHECK(swscanf(L"12 \u00e9t\u00e9 x", L"%d %ls %s", &n, word, bytes) == 3 && n == 12);
    CHECK(wcscmp(word, L"\u00e9t\u00e9") == 0 && strcmp(bytes, "x") == 0);
    CHECK(sscanf("\xe2\x82\xac", "%lc", word) == 0 ||
          word[0] != 0x20ac); /* one byte is no character */
    CHECK(sscanf("\xe2\x82\xac", "%3lc", word) == 1 && word[0] == 0x20ac);
    CHECK(sscanf("abc def", "%l[a-c] %ms", word, &text) == 2 && wcscmp(word, L"abc") == 0);
    CHECK(strcmp(text, "def") == 0);
    free(text);
    char long_word[201];
    memset(long_word, 'y', 200);
    long_word[200] = '\0';
    const char *format = "%mls"; /* POSIX; clang takes it for a mistake where it sees it */
    CHECK(sscanf(long_word, format, &allocated) == 1 && wcslen(allocated) == 200);
    free(allocated);
    CHECK(sscanf("", "%ms", &text) == EOF && sscanf("x", "%m[0-9]", &text) == 0 && !text);
    CHECK(sscanf("abcd", "%3mc", &text) == 1 && memcmp(text, "abc", 3) == 0);
    free(text);
    CHECK(sscanf("\xff", "%ls", word) == 0);
}

static void streams(void)
{
    wchar_t line[20], *grown;
    size_t size;
    FILE *f = fopen("/tmp/wide", "w+");
    CHECK(fwide(f, 0) == 0 && fwide(f, 1) == 1 && fwide(f, -1) == 1);
    CHECK(fputws(L"\u00e9\n", f) == 0 && fputwc(0x20ac, f) == 0x20ac &&
          fwprintf(f, L"%d\n", 5) == 2);
    CHECK(fputwc((wchar_t)0xd800, f) == WEOF && errno == EILSEQ && ferror(f));
    rewind(f);
    CHECK(fgetws(line, 20, f) && wcscmp(line, L"\u00e9\n") == 0);
    CHECK(fgetwc(f) == 0x20ac && ungetwc(0x20ac, f) == 0x20ac && getwc(f) == 0x20ac);
    int n;
    CHECK(fwscanf(f, L"%d", &n) == 1 && n == 5 && fgetwc(f) == L'\n' && fgetwc(f) == WEOF &&
          feof(f));
    fclose(f);
    f = fopen("/tmp/wide", "w+");
    fputs("a\xc3", f);
    rewind(f);
    CHECK(fgetwc(f) == L'a' && fgetwc(f) == WEOF && ferror(f) && errno == EILSEQ);
    fclose(f);
    f = open_wmemstream(&grown, &size);
    for (int i = 0; i < 3000; i++)
        fputwc(0x20ac, f);
    CHECK(fclose(f) == 0 && size == 3000 && grown[2999] == 0x20ac && grown[3000] == 0);
    free(grown);
    struct tm t = {.tm_year = 100, .tm_mday = 1};
    CHECK(wcsftime(line, 20, L"%Y\u00e9", &t) == 5 && wcscmp(line, L"2000\u00e9") == 0);
    CHECK(wcsftime(line, 5, L"%Y\u00e9", &t) == 0);
}

int main(void)
{
    setlocale(LC_ALL, "");
    searching();
    strings();
    conversions();
    classes();
    printing();
    scanning();
    streams();
    return check_report();
}
