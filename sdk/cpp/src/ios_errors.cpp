// The error category of streams.
#include <ios>

namespace std
{

namespace
{

class stream_errors final : public error_category
{
  public:
    const char *name() const noexcept override { return "iostream"; }
    string message(int value) const override
    {
        return value == int(io_errc::stream) ? "stream failed" : "unknown stream error";
    }
};
// Destructors of other objects may still ask.
[[clang::no_destroy]] constinit stream_errors streams;

} // namespace

const error_category &iostream_category() noexcept
{
    return streams;
}

void __throw_unknown_locale(const char *name)
{
    throw runtime_error(string("there is no locale ") + name);
}

} // namespace std
