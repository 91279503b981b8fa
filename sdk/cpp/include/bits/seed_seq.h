// Seeds for random number engines.
#pragma once

#include <initializer_list>
#include <iterator>
#include <limits>
#include <vector>

namespace std
{

class seed_seq
{
    vector<uint_least32_t> words;

    static constexpr uint32_t mix(uint32_t x) { return x ^ x >> 27; }

  public:
    using result_type = uint_least32_t;

    seed_seq() noexcept {}
    template <class T>
        requires is_integral_v<T>
    seed_seq(initializer_list<T> l) : seed_seq(l.begin(), l.end())
    {
    }
    template <class I>
    seed_seq(I first, I last)
    {
        for (; first != last; ++first)
            words.push_back(uint32_t(*first));
    }
    seed_seq(const seed_seq &) = delete;
    seed_seq &operator=(const seed_seq &) = delete;

    size_t size() const noexcept { return words.size(); }
    template <class O>
    void param(O to) const
    {
        for (auto w : words) {
            *to = w;
            ++to;
        }
    }
    // [rand.util.seedseq]
    template <class I>
    void generate(I first, I last);
};

template <class I>
void seed_seq::generate(I first, I last)
{
    if (first == last)
        return;
    size_t n = size_t(last - first), s = words.size();
    for (I i = first; i != last; ++i)
        *i = 0x8b8b8b8bu;
    size_t t = n >= 623 ? 11 : n >= 68 ? 7 : n >= 39 ? 5 : n >= 7 ? 3 : (n - 1) / 2;
    size_t p = (n - t) / 2, q = p + t, m = s + 1 > n ? s + 1 : n;
    auto at = [&](size_t i) -> decltype(auto) { return first[ptrdiff_t(i % n)]; };
    auto add = [&](size_t i, uint32_t r) { at(i) = uint32_t(at(i)) + r; };
    for (size_t k = 0; k < m; k++) {
        uint32_t r =
            1664525u * mix(uint32_t(at(k)) ^ uint32_t(at(k + p)) ^ uint32_t(at(k + n - 1)));
        add(k + p, r);
        r += uint32_t(k == 0 ? s : k <= s ? k % n + words[k - 1] : k % n);
        add(k + q, r);
        at(k) = r;
    }
    for (size_t k = m; k < m + n; k++) {
        uint32_t r =
            1566083941u * mix(uint32_t(at(k)) + uint32_t(at(k + p)) + uint32_t(at(k + n - 1)));
        at(k + p) = uint32_t(at(k + p)) ^ r;
        r -= uint32_t(k % n);
        at(k + q) = uint32_t(at(k + q)) ^ r;
        at(k) = r;
    }
}

// A seed sequence, as opposed to a number or an engine.
template <class S, class Engine>
concept __seeds =
    !is_convertible_v<S, typename Engine::result_type> && !is_same_v<remove_cv_t<S>, Engine> &&
    requires(S &s, uint32_t *p) { s.generate(p, p); };

// Writing and reading the states of engines and distributions: words with spaces in between, in
// decimal whatever the stream's format.
template <class Stream>
class __plain_format
{
    Stream &stream;
    decltype(stream.flags()) flags;
    decltype(stream.fill()) fill;
    decltype(stream.precision()) precision;

  public:
    __plain_format(Stream &s, decltype(flags) f)
        : stream(s), flags(s.flags(f)), fill(s.fill(s.widen(' '))),
          precision(s.precision(numeric_limits<long double>::max_digits10))
    {
    }
    ~__plain_format()
    {
        stream.flags(flags);
        stream.fill(fill);
        stream.precision(precision);
    }
};
template <class Stream>
struct __state_writer {
    Stream &stream;
    __plain_format<Stream> format{stream, Stream::dec | Stream::left};
    bool first = true;

    void operator()(const auto &value)
    {
        if (!first)
            stream << stream.widen(' ');
        first = false;
        stream << value;
    }
};
template <class Stream>
struct __state_reader {
    Stream &stream;
    __plain_format<Stream> format{stream, Stream::dec | Stream::skipws};

    void operator()(auto &value) { stream >> value; }
};

} // namespace std
