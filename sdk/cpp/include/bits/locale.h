// The one locale that there is: "C", whose texts are UTF-8.
#pragma once

#include <string>

namespace std
{

[[noreturn]] void __throw_unknown_locale(const char *name);

// There are no facets.
class locale
{
  public:
    using category = int;
    static constexpr category none = 0, collate = 1, ctype = 2, monetary = 4, numeric = 8,
                              time = 16, messages = 32, all = 63;

    locale() noexcept = default;
    explicit locale(const char *name)
    {
        if (name[0] && string_view(name) != "C" && string_view(name) != "POSIX")
            std::__throw_unknown_locale(name);
    }
    explicit locale(const string &name) : locale(name.c_str()) {}
    string name() const { return "C"; }
    bool operator==(const locale &) const { return true; }
    static const locale &classic();
    static locale global(const locale &) { return locale(); }
};
inline constexpr struct __classic {
    locale value;
} __the_classic;
inline const locale &locale::classic()
{
    return __the_classic.value;
}

} // namespace std
