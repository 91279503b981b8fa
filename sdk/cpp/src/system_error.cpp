// Error categories, and the exception that carries an error code.
#include <string.h>
#include <system_error>

namespace std
{

error_category::~error_category() = default;

error_condition error_category::default_error_condition(int value) const noexcept
{
    return error_condition(value, *this);
}
bool error_category::equivalent(int code, const error_condition &condition) const noexcept
{
    return default_error_condition(code) == condition;
}
bool error_category::equivalent(const error_code &code, int condition) const noexcept
{
    return *this == code.category() && code.value() == condition;
}

namespace
{

class generic_errors final : public error_category
{
  public:
    const char *name() const noexcept override { return "generic"; }
    string message(int value) const override { return strerror(value); }
};

// The system's numbers are errno's, so that each has its condition.
class system_errors final : public error_category
{
  public:
    const char *name() const noexcept override { return "system"; }
    string message(int value) const override { return strerror(value); }
    error_condition default_error_condition(int value) const noexcept override
    {
        return error_condition(value, generic_category());
    }
};

// Destructors of other objects may still ask.
[[clang::no_destroy]] constinit generic_errors generic;
[[clang::no_destroy]] constinit system_errors of_system;

} // namespace

const error_category &generic_category() noexcept
{
    return generic;
}
const error_category &system_category() noexcept
{
    return of_system;
}

system_error::system_error(error_code e) : runtime_error(e.message()), reason(e) {}
system_error::system_error(error_code e, const string &what)
    : runtime_error(what + ": " + e.message()), reason(e)
{
}
system_error::system_error(error_code e, const char *what) : system_error(e, string(what)) {}
system_error::system_error(int value, const error_category &category)
    : system_error(error_code(value, category))
{
}
system_error::system_error(int value, const error_category &category, const string &what)
    : system_error(error_code(value, category), what)
{
}
system_error::system_error(int value, const error_category &category, const char *what)
    : system_error(error_code(value, category), what)
{
}
system_error::~system_error() = default;

void __throw_system_error(int error, const char *what)
{
    throw system_error(error, generic_category(), what);
}

} // namespace std
