#include "syntax.h"

#include <ctype.h>
#include <string.h>

struct syntax {
    const char *name;
    const char *suffixes;         /* each between blanks */
    const char *keywords, *types; /* likewise */
    const char *line_comment;     /* "" where there is none, as with the next two */
    const char *comment_begin, *comment_end;
    const char *quotes; /* characters that begin and end strings */
};

static const struct syntax languages[] = {
    {.name = "C",
     .suffixes = " c h def ",
     .keywords =
         " break case const continue default do else enum extern for goto if inline register "
         "restrict return sizeof static struct switch typedef union volatile while ",
     .types =
         " bool char double float int long short signed size_t ssize_t unsigned void int8_t "
         "int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t uintptr_t NULL true false ",
     .line_comment = "//",
     .comment_begin = "/*",
     .comment_end = "*/",
     .quotes = "\"'"},
    {.name = "C++",
     .suffixes = " cpp cc cxx hpp hh ",
     .keywords =
         " break case catch class co_await co_return co_yield concept const consteval "
         "constexpr continue default delete do else enum explicit export extern final for "
         "friend goto if inline mutable namespace new noexcept operator override private "
         "protected public requires return sizeof static static_cast struct switch template "
         "this throw try typedef typename union using virtual volatile while ",
     .types = " auto bool char double float int long short signed unsigned void size_t string "
              "string_view vector map set optional nullptr true false ",
     .line_comment = "//",
     .comment_begin = "/*",
     .comment_end = "*/",
     .quotes = "\"'"},
    {.name = "Rust",
     .suffixes = " rs ",
     .keywords =
         " as async await break const continue crate dyn else enum extern fn for if impl in "
         "let loop match mod move mut pub ref return self static struct super trait type "
         "unsafe use where while ",
     .types = " bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize String "
              "Vec Option Result Box Some None Ok Err Self true false ",
     .line_comment = "//",
     .comment_begin = "/*",
     .comment_end = "*/",
     .quotes = "\""},
    {.name = "TypeScript",
     .suffixes = " ts js mjs ",
     .keywords =
         " as break case catch class const continue default do else enum export extends "
         "finally for from function if implements import in instanceof interface let new of "
         "return static super switch this throw try type typeof var while yield ",
     .types =
         " bool boolean f32 f64 i32 i64 number string u8 u32 u64 void null undefined true false ",
     .line_comment = "//",
     .comment_begin = "/*",
     .comment_end = "*/",
     .quotes = "\"'`"},
    {.name = "Python",
     .suffixes = " py ",
     .keywords =
         " and as assert async await break class continue def del elif else except finally "
         "for from global if import in is lambda nonlocal not or pass raise return try while "
         "with yield ",
     .types = " None True False bool bytes dict float int list set str tuple ",
     .line_comment = "#",
     .quotes = "\"'"},
    {.name = "TOML",
     .suffixes = " toml ",
     .types = " true false ",
     .line_comment = "#",
     .quotes = "\"'"},
    {.name = "shell",
     .suffixes = " sh ",
     .keywords =
         " case do done elif else esac exit export fi for function if in return then while ",
     .line_comment = "#",
     .quotes = "\"'"},
};

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* Is the word one of those in the list? */
static bool listed(const char *list, const char *word, size_t len)
{
    for (const char *at = list; at && len; at++) {
        at = strchr(at, ' ');
        if (!at)
            return false;
        if (strncmp(at + 1, word, len) == 0 && at[1 + len] == ' ')
            return true;
    }
    return false;
}

const struct syntax *syntax_for(const char *name)
{
    const char *dot = name ? strrchr(name, '.') : NULL;
    for (size_t i = 0; dot && i < sizeof languages / sizeof *languages; i++)
        if (listed(languages[i].suffixes, dot + 1, strlen(dot + 1)))
            return &languages[i];
    return NULL;
}

const char *syntax_name(const struct syntax *s)
{
    return s ? s->name : "text";
}

static bool begins(const char *what, const char *at, size_t len)
{
    size_t n = what ? strlen(what) : 0;
    return n && n <= len && memcmp(at, what, n) == 0;
}

/* How many bytes a string takes, its quotes included; it ends with the line at the latest. */
static size_t string_length(const char *at, size_t len)
{
    size_t n = 1;
    while (n < len && at[n] != at[0])
        n += at[n] == '\\' && n + 1 < len ? 2 : 1;
    return n < len ? n + 1 : len;
}

/* How many bytes a comment takes on this line; *inside says whether it goes on. */
static size_t comment_length(const struct syntax *s, const char *at, size_t len, size_t from,
                             bool *inside)
{
    for (size_t n = from; n < len; n++) {
        if (begins(s->comment_end, at + n, len - n)) {
            *inside = false;
            return n + strlen(s->comment_end);
        }
    }
    *inside = true;
    return len;
}

static size_t word_length(const char *at, size_t len)
{
    size_t n = 0;
    while (n < len && is_word(at[n]))
        n++;
    return n;
}

/* The style of what begins at `at`, and how long it is. */
static enum style token(const struct syntax *s, const char *at, size_t len, bool *inside,
                        size_t *out_len)
{
    if (begins(s->line_comment, at, len))
        return *out_len = len, STYLE_COMMENT;
    if (begins(s->comment_begin, at, len))
        return *out_len = comment_length(s, at, len, strlen(s->comment_begin), inside),
               STYLE_COMMENT;
    if (strchr(s->quotes, *at) && *at)
        return *out_len = string_length(at, len), STYLE_STRING;
    *out_len = word_length(at, len);
    if (!*out_len)
        return *out_len = 1, STYLE_PLAIN;
    if (isdigit((unsigned char)*at))
        return STYLE_NUMBER;
    return listed(s->keywords, at, *out_len) ? STYLE_KEYWORD
           : listed(s->types, at, *out_len)  ? STYLE_TYPE
                                             : STYLE_PLAIN;
}

bool syntax_line(const struct syntax *s, const char *bytes, size_t len, bool inside,
                 unsigned char *out_styles)
{
    size_t at = 0;
    if (s && inside && s->comment_end) {
        at = comment_length(s, bytes, len, 0, &inside);
        memset(out_styles, STYLE_COMMENT, at);
    }
    while (at < len) {
        size_t n = len - at;
        enum style style = s ? token(s, bytes + at, len - at, &inside, &n) : STYLE_PLAIN;
        memset(out_styles + at, style, n);
        at += n;
    }
    return inside;
}
