#pragma once

namespace std
{

class exception
{
  public:
    exception() noexcept = default;
    exception(const exception &) noexcept = default;
    exception &operator=(const exception &) noexcept = default;
    virtual ~exception();
    virtual const char *what() const noexcept;
};

class bad_exception : public exception
{
  public:
    ~bad_exception() override;
    const char *what() const noexcept override;
};

using terminate_handler = void (*)();
terminate_handler set_terminate(terminate_handler handler) noexcept;
terminate_handler get_terminate() noexcept;
[[noreturn]] void terminate() noexcept;
int uncaught_exceptions() noexcept;

} // namespace std
