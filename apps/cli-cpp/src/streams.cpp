#include "streams.h"
#include <cerrno>
#include <fcntl.h>
#include <iostream>
#include <system_error>

namespace
{

constexpr mode_t readable_and_writable = 0666;

int open_flags(Redirection::Kind kind)
{
    switch (kind) {
    case Redirection::Kind::input:
        return O_RDONLY;
    case Redirection::Kind::append:
        return O_WRONLY | O_CREAT | O_APPEND;
    default:
        return O_WRONLY | O_CREAT | O_TRUNC;
    }
}

} // namespace

int Streams::source(int descriptor) const
{
    const Descriptor &own = sources[descriptor];
    return own.is_open() ? own.get() : descriptor;
}

void Streams::set(int descriptor, Descriptor source)
{
    sources[descriptor] = std::move(source);
}

void Streams::redirect(const Redirection &redirection)
{
    bool copy = redirection.kind == Redirection::Kind::copy;
    Descriptor file(
        copy ? dup(source(redirection.source))
             : open(redirection.file.c_str(), open_flags(redirection.kind), readable_and_writable));
    if (!file.is_open())
        throw std::system_error(errno, std::generic_category(), copy ? "dup" : redirection.file);
    set(redirection.descriptor, std::move(file));
}

Exchange::Exchange(const Streams &streams)
{
    for (int i = 0; i < Streams::count; i++) {
        if (streams.source(i) == i)
            continue;
        saved[i] = Descriptor(dup(i));
        dup2(streams.source(i), i);
    }
}

Exchange::~Exchange()
{
    std::cout.flush();
    for (int i = 0; i < Streams::count; i++)
        if (saved[i].is_open())
            dup2(saved[i].get(), i);
}
