// The names of types as a program has them, from the compiler's (Itanium C++ ABI, 5.1): classes,
// templates over types and numbers, pointers, references, built-in types.
#include "state.h"
#include <string.h>

namespace __cxxabiv1
{

#pragma clang attribute push(__attribute__((minsize)), apply_to = function)

namespace
{

struct builtin {
    char code;
    const char *name;
};
constexpr builtin builtins[] = {
    {'v', "void"},        {'w', "wchar_t"},
    {'b', "bool"},        {'c', "char"},
    {'a', "signed char"}, {'h', "unsigned char"},
    {'s', "short"},       {'t', "unsigned short"},
    {'i', "int"},         {'j', "unsigned int"},
    {'l', "long"},        {'m', "unsigned long"},
    {'x', "long long"},   {'y', "unsigned long long"},
    {'f', "float"},       {'d', "double"},
    {'e', "long double"},
};
// of what names begin with, and short ones of the library's
constexpr builtin standard_names[] = {
    {'t', "std"},           {'a', "std::allocator"}, {'b', "std::basic_string"},
    {'s', "std::string"},   {'i', "std::istream"},   {'o', "std::ostream"},
    {'d', "std::iostream"},
};

class demangler
{
    enum { SUBSTITUTION_MAX = 32, DEPTH_MAX = 32 };
    const char *in;
    char *out;
    size_t size, len = 0;
    bool failed = false;
    int depth = 0;
    struct {
        size_t start, len;
    } substitutions[SUBSTITUTION_MAX];
    int substitution_count = 0;

  public:
    demangler(const char *mangled, char *to, size_t n) : in(mangled), out(to), size(n) {}

    // The length of the name; 0 if it is not one of those above, or too long.
    size_t run()
    {
        type();
        return failed || *in ? 0 : len;
    }

  private:
    void fail() { failed = true; }

    bool take(char c)
    {
        if (failed || *in != c)
            return false;
        in++;
        return true;
    }

    void put(const char *s, size_t n)
    {
        if (n > size - len)
            return fail();
        memcpy(out + len, s, n);
        len += n;
    }
    void put(const char *s) { put(s, strlen(s)); }

    // What has been written since `start` may be referred to later.
    void remember(size_t start)
    {
        if (substitution_count == SUBSTITUTION_MAX)
            return fail();
        substitutions[substitution_count++] = {start, len - start};
    }

    size_t number()
    {
        size_t n = 0;
        if (*in < '0' || *in > '9')
            fail();
        while (*in >= '0' && *in <= '9' && n < 1000000)
            n = n * 10 + size_t(*in++ - '0');
        return n;
    }

    void source_name()
    {
        size_t n = number();
        if (n > strnlen(in, n))
            return fail();
        if (n >= 10 && memcmp(in, "_GLOBAL__N", 10) == 0)
            put("(anonymous namespace)");
        else
            put(in, n);
        in += n;
    }

    // S_, S0_, SA_: what was remembered; St, Ss …: the library's. Returns whether more has to come.
    bool substitution()
    {
        for (const builtin &b : standard_names)
            if (take(b.code)) {
                put(b.name);
                return b.code == 't';
            }
        size_t n = 0;
        if (*in != '_') {
            for (; (*in >= '0' && *in <= '9') || (*in >= 'A' && *in <= 'Z'); in++)
                n = n * 36 + size_t(*in <= '9' ? *in - '0' : *in - 'A' + 10);
            n++;
        }
        if (!take('_') || n >= size_t(substitution_count))
            fail();
        else
            put(out + substitutions[n].start, substitutions[n].len);
        return false;
    }

    void template_arguments() // after the I
    {
        put("<");
        for (bool first = true; !failed && !take('E'); first = false) {
            if (!first)
                put(", ");
            if (take('L'))
                literal();
            else if (take('J')) // a pack: its arguments as if they stood here
                while (!failed && !take('E'))
                    type();
            else
                type();
        }
        put(">");
    }

    void literal() // of a type that is a letter: its digits
    {
        char code = *in;
        if (code)
            in++;
        if (code == 'b') {
            put(take('1') ? "true" : take('0') ? "false" : (fail(), ""));
        } else {
            if (take('n'))
                put("-");
            const char *digits = in;
            number();
            put(digits, size_t(in - digits));
        }
        if (!take('E'))
            fail();
    }

    // A name with what surrounds it, up to the E.
    void nested_name()
    {
        size_t start = len;
        bool first = true;
        while (!failed && !take('E')) {
            if (take('I')) {
                template_arguments();
            } else if (first && take('S')) {
                substitution();
                first = false;
                continue; // nothing new to remember
            } else {
                if (!first)
                    put("::");
                source_name();
            }
            first = false;
            if (*in != 'E')
                remember(start);
        }
    }

    void class_name()
    {
        size_t start = len;
        bool known = false;
        if (take('N')) {
            nested_name();
        } else if (take('S')) {
            known = true;
            if (substitution()) {
                put("::");
                source_name();
                known = false;
            }
        } else {
            source_name();
        }
        if (!known)
            remember(start);
        if (take('I')) {
            template_arguments();
            remember(start);
        }
    }

    // A type with something behind it.
    void followed_by(const char *text)
    {
        size_t start = len;
        type();
        put(text);
        remember(start);
    }

    void type()
    {
        if (failed || ++depth > DEPTH_MAX)
            return fail();
        if (take('P'))
            followed_by("*");
        else if (take('R'))
            followed_by("&");
        else if (take('O'))
            followed_by("&&");
        else if (take('K'))
            followed_by(" const");
        else if (take('V'))
            followed_by(" volatile");
        else if (in[0] == 'D' && in[1] == 'n')
            put("std::nullptr_t"), in += 2;
        else if (!builtin_type())
            class_name();
        depth--;
    }

    bool builtin_type()
    {
        for (const builtin &b : builtins)
            if (take(b.code)) {
                put(b.name);
                return true;
            }
        return false;
    }
};

} // namespace

size_t demangle(const char *mangled, char *to, size_t size)
{
    size_t n = demangler(mangled, to, size).run();
    if (n > 0)
        return n;
    n = strnlen(mangled, size);
    memcpy(to, mangled, n);
    return n;
}

#pragma clang attribute pop

} // namespace __cxxabiv1
