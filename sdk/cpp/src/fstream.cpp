// Files for streams.
#include <errno.h>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

namespace std
{

template class basic_filebuf<char>;

// open()'s flags for the combinations of [filebuf.members]; -1 for others.
static int flags_of(ios_base::openmode m)
{
    constexpr auto in = ios_base::in, out = ios_base::out, app = ios_base::app,
                   trunc = ios_base::trunc;
    int exclusive = m & ios_base::noreplace ? O_EXCL : 0;
    switch (m & ~(ios_base::ate | ios_base::binary | ios_base::noreplace)) {
    case in:
        return exclusive ? -1 : O_RDONLY;
    case in | out:
        return exclusive ? -1 : O_RDWR;
    case out:
    case out | trunc:
        return O_WRONLY | O_CREAT | O_TRUNC | exclusive;
    case app:
    case out | app:
        return exclusive ? -1 : O_WRONLY | O_CREAT | O_APPEND;
    case in | out | trunc:
        return O_RDWR | O_CREAT | O_TRUNC | exclusive;
    case in | app:
    case in | out | app:
        return exclusive ? -1 : O_RDWR | O_CREAT | O_APPEND;
    }
    return -1;
}

bool __open_file::open(const char *path, ios_base::openmode m)
{
    int flags = flags_of(m);
    if (flags < 0) {
        errno = EINVAL;
        return false;
    }
    fd = ::open(path, flags, 0666);
    return fd >= 0;
}
bool __open_file::close()
{
    return ::close(std::exchange(fd, -1)) == 0;
}
streamsize __open_file::read(char *to, streamsize n)
{
    return ::read(fd, to, size_t(n));
}
bool __open_file::write(const char *from, streamsize n)
{
    while (n > 0) {
        ssize_t done = ::write(fd, from, size_t(n));
        if (done <= 0)
            return false;
        from += done;
        n -= done;
    }
    return true;
}
streamoff __open_file::seek(streamoff o, ios_base::seekdir d)
{
    return lseek(fd, o, d == ios_base::beg ? SEEK_SET : d == ios_base::cur ? SEEK_CUR : SEEK_END);
}

} // namespace std
