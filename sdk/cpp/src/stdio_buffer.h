// The buffers of cin, cout, cerr and clog: they hold nothing themselves, stdio's buffers serve
// both.
#pragma once

#include <new>
#include <stdio.h>
#include <streambuf>
extern "C" {
#include "stdio/ahead.h"
}

namespace std
{

class __stdio_buffer final : public streambuf
{
    FILE *f;

  public:
    explicit __stdio_buffer(FILE *file) : f(file) {}

    FILE *file() const { return f; }
    const char *__ahead(streamsize &n) override
    {
        size_t there;
        const char *next = __file_ahead(f, &there);
        n = streamsize(there);
        return next;
    }
    void __take(streamsize n) override { __file_take(f, size_t(n)); }

  protected:
    int sync() override { return fflush(f); }
    int_type overflow(int_type c) override
    {
        if (c == traits_type::eof())
            return traits_type::not_eof(c);
        return fputc(c, f);
    }
    streamsize xsputn(const char *s, streamsize n) override
    {
        return streamsize(fwrite(s, 1, size_t(n), f));
    }
    int_type underflow() override
    {
        int c = fgetc(f);
        ungetc(c, f);
        return c;
    }
    int_type uflow() override { return fgetc(f); }
    streamsize xsgetn(char *s, streamsize n) override
    {
        return streamsize(fread(s, 1, size_t(n), f));
    }
    int_type pbackfail(int_type c) override { return c == traits_type::eof() ? c : ungetc(c, f); }
};

// The streams are bytes to this library: made before all other global objects, and never destroyed,
// because a destructor may still print. `cout` and the others are declared as what they are in
// <iostream>.
template <class Stream>
Stream &__make_stream(void *where, void *buffer, FILE *f)
{
    return *::new (where) Stream(::new (buffer) __stdio_buffer(f));
}

} // namespace std

#define BEFORE_ALL_OTHERS __attribute__((constructor(60)))
