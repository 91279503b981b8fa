// Error codes, conditions and categories.
#include <cstdio>
#include <iostream>
#include <system_error>

enum class weather { fine, storm };
template <>
struct std::is_error_code_enum<weather> : std::true_type {
};

class weather_category final : public std::error_category
{
  public:
    const char *name() const noexcept override { return "weather"; }
    std::string message(int value) const override { return value ? "storm" : "fine"; }
    std::error_condition default_error_condition(int value) const noexcept override
    {
        return value ? std::errc::resource_unavailable_try_again : std::error_condition();
    }
};
static const weather_category category;
static std::error_code make_error_code(weather w)
{
    return {int(w), category};
}

int main()
{
    std::error_code none, missing = std::make_error_code(std::errc::no_such_file_or_directory);
    std::cout << bool(none) << bool(missing) << ' ' << missing << ' ' << missing.message() << '\n';
    std::cout << (missing == std::errc::no_such_file_or_directory)
              << (none == std::errc::no_such_file_or_directory) << (none == std::error_condition())
              << '\n';
    std::error_code system(int(std::errc::io_error), std::system_category());
    std::cout << (system == std::errc::io_error) << (system == missing) << ' ' << system << '\n';
    std::error_code storm = weather::storm;
    std::cout << (storm == std::errc::resource_unavailable_try_again) << ' ' << storm << ' '
              << storm.message() << ' ' << storm.default_error_condition().message() << '\n';
    storm.clear();
    std::cout << storm << ' ' << (storm < missing || missing < storm)
              << (std::hash<std::error_code>()(storm) == std::hash<std::error_code>()(none))
              << '\n';
    std::system_error e(std::make_error_code(std::errc::invalid_argument), "while testing");
    std::cout << e.what() << ' ' << (e.code() == std::errc::invalid_argument) << '\n';
}
