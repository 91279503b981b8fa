// Streams apart from stdio: with buffers of their own. Only the streams that a program has are
// looked at.
#include "stdio_buffer.h"
#include <istream>
#include <ostream>
#include <stdlib.h>

namespace std
{

__attribute__((weak)) extern char cin[], cout[], clog[];

namespace
{

class own_buffer final : public streambuf
{
    enum { SIZE = 8192 };
    FILE *f;
    char out[SIZE];

  public:
    streambuf *const before;

    own_buffer(FILE *file, streambuf *shared) : f(file), before(shared) { setp(out, out + SIZE); }

  protected:
    int sync() override { return drain() ? fflush(f) : -1; }
    int_type overflow(int_type c) override
    {
        if (!drain())
            return traits_type::eof();
        if (c != traits_type::eof()) {
            *pptr() = char(c);
            pbump(1);
        }
        return traits_type::not_eof(c);
    }
    streamsize xsputn(const char *s, streamsize n) override
    {
        if (n < SIZE)
            return streambuf::xsputn(s, n);
        return drain() ? streamsize(fwrite(s, 1, size_t(n), f)) : 0;
    }
    // What stdio has read ahead is this buffer's from then on.
    int_type underflow() override
    {
        size_t n;
        char *next = __file_ahead(f, &n);
        if (!next)
            return traits_type::eof();
        __file_take(f, n);
        setg(next, next, next + n);
        return traits_type::to_int_type(*next);
    }
    int_type pbackfail(int_type c) override
    {
        if (gptr() == eback())
            return traits_type::eof();
        gbump(-1);
        if (c != traits_type::eof())
            *gptr() = char(c);
        return traits_type::not_eof(c);
    }

  private:
    bool drain()
    {
        size_t n = size_t(pptr() - pbase());
        setp(out, out + SIZE);
        return fwrite(out, 1, n, f) == n;
    }
};

own_buffer *own[3];

// `stream` may be null.
template <class Stream>
void separate(char *stream, own_buffer *&own)
{
    if (!stream)
        return;
    auto &s = *reinterpret_cast<Stream *>(stream);
    FILE *f = static_cast<__stdio_buffer *>(s.rdbuf())->file();
    own = new own_buffer(f, s.rdbuf());
    auto state = s.rdstate();
    s.rdbuf(own);
    s.setstate(state);
}
template <class Stream>
void join(char *stream, own_buffer *&own)
{
    if (!own)
        return;
    auto &s = *reinterpret_cast<Stream *>(stream);
    own->pubsync();
    auto state = s.rdstate();
    if (s.rdbuf() == own)
        s.rdbuf(own->before);
    s.setstate(state);
    delete own;
    own = nullptr;
}

// At the end, too: what is printed later, by destructors, goes straight to stdio again.
void join_all()
{
    join<istream>(cin, own[0]);
    join<ostream>(cout, own[1]);
    join<ostream>(clog, own[2]);
}

} // namespace

bool ios_base::sync_with_stdio(bool sync)
{
    static bool synchronised = true, registered = false;
    bool before = synchronised;
    synchronised = sync;
    if (sync && !before)
        join_all();
    if (sync || !before)
        return before;
    separate<istream>(cin, own[0]);
    separate<ostream>(cout, own[1]);
    separate<ostream>(clog, own[2]);
    if (!registered)
        atexit(join_all);
    registered = true;
    return before;
}

} // namespace std
