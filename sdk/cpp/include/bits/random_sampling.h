// Distributions that tables describe: [rand.dist.samp].
#pragma once

#include <bits/random_distribution.h>

namespace std
{

// The index of the interval of cumulated probabilities in which u lies; all but the last one's end
// stand in the table.
inline size_t __find_interval(const vector<double> &ends, double u)
{
    size_t low = 0, high = ends.size();
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ends[middle] <= u)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// Streams a table: its length, then its numbers.
template <class T>
void __each_of_table(vector<T> &v, auto &f)
{
    size_t n = v.size();
    f(n);
    v.resize(n);
    for (T &x : v)
        f(x);
}
template <class T>
void __each_of_table(const vector<T> &v, auto &f)
{
    f(v.size());
    for (const T &x : v)
        f(x);
}

// The members that the three share; each has its own param_type.
#define __SAMPLING(D, R)                                                                           \
    using result_type = R;                                                                         \
    D() = default;                                                                                 \
    explicit D(const param_type &given) : parameters(given) {}                                     \
    void reset() {}                                                                                \
    param_type param() const                                                                       \
    {                                                                                              \
        return parameters;                                                                         \
    }                                                                                              \
    void param(const param_type &given)                                                            \
    {                                                                                              \
        parameters = given;                                                                        \
    }                                                                                              \
    template <class G>                                                                             \
    result_type operator()(G &g)                                                                   \
    {                                                                                              \
        return (*this)(g, parameters);                                                             \
    }

template <class I = int>
class discrete_distribution : public __distribution_state<discrete_distribution<I>>
{
  public:
    class param_type
    {
        vector<double> p{1.0}, ends;
        friend class discrete_distribution;

        void normalize()
        {
            double sum = 0, running = 0;
            for (double x : p)
                sum += x;
            if (p.empty() || sum == 0)
                p.assign(1, sum = 1.0);
            ends.clear();
            for (double &x : p) {
                x /= sum;
                ends.push_back(running += x);
            }
            ends.pop_back();
        }

      public:
        using distribution_type = discrete_distribution;
        param_type() = default;
        template <class J>
        param_type(J first, J last) : p(first, last)
        {
            normalize();
        }
        param_type(initializer_list<double> l) : param_type(l.begin(), l.end()) {}
        template <class F>
        param_type(size_t n, double from, double to, F f) : p()
        {
            n = n == 0 ? 1 : n;
            double width = (to - from) / double(n);
            for (size_t i = 0; i < n; i++)
                p.push_back(f(from + double(i) * width + width / 2));
            normalize();
        }
        vector<double> probabilities() const { return p; }
        bool operator==(const param_type &o) const { return p == o.p; }
        void __each(auto &f) const { std::__each_of_table(p, f); }
        void __each(auto &f)
        {
            std::__each_of_table(p, f);
            ends.clear();
            double running = 0;
            for (size_t i = 0; i + 1 < p.size(); i++)
                ends.push_back(running += p[i]);
        }
    };

  private:
    param_type parameters;

  public:
    __SAMPLING(discrete_distribution, I)
    template <class J>
    discrete_distribution(J first, J last) : parameters(first, last)
    {
    }
    discrete_distribution(initializer_list<double> l) : parameters(l) {}
    template <class F>
    discrete_distribution(size_t n, double from, double to, F f) : parameters(n, from, to, f)
    {
    }
    vector<double> probabilities() const { return parameters.probabilities(); }
    I min() const { return 0; }
    I max() const { return I(parameters.p.size() - 1); }
    template <class G>
    I operator()(G &g, const param_type &given)
    {
        return I(std::__find_interval(given.ends, std::__canonical<double>(g)));
    }
};

// Borders and densities of the piecewise distributions: as many densities as intervals, or as
// borders where the density is `linear`.
template <class R, bool linear>
class __pieces
{
    vector<R> border{0, 1};
    vector<R> density = vector<R>(linear ? 2 : 1, R(1));
    vector<double> ends; // cumulated areas, but for the last

    double area(size_t i) const
    {
        double width = double(border[i + 1] - border[i]);
        return linear ? width * double(density[i] + density[i + linear]) / 2
                      : width * double(density[i]);
    }

  public:
    // Makes densities of weights. Those of constant pieces are weights of whole intervals.
    void normalize()
    {
        if (border.size() < 2) {
            *this = __pieces();
            return;
        }
        if (!linear)
            for (size_t i = 0; i < density.size(); i++)
                density[i] /= border[i + 1] - border[i];
        double sum = 0;
        for (size_t i = 0; i + 1 < border.size(); i++)
            sum += area(i);
        for (R &d : density)
            d /= R(sum);
        cumulate();
    }
    void cumulate()
    {
        ends.clear();
        double running = 0;
        for (size_t i = 0; i + 2 < border.size(); i++)
            ends.push_back(running += area(i));
    }

    __pieces() = default;
    template <class I, class J>
    __pieces(I first, I last, J weights) : border(first, last), density()
    {
        for (size_t i = linear ? 0 : 1; i < border.size(); i++, ++weights)
            density.push_back(R(*weights));
        normalize();
    }
    template <class F>
    __pieces(initializer_list<R> l, F f) : border(l), density()
    {
        weigh(f);
    }
    template <class F>
    __pieces(size_t n, R from, R to, F f) : border(), density()
    {
        n = n == 0 ? 1 : n;
        for (size_t i = 0; i <= n; i++)
            border.push_back(from + R(i) * (to - from) / R(n));
        weigh(f);
    }
    template <class F>
    void weigh(F f)
    {
        if (border.size() >= 2) {
            if (linear)
                for (R b : border)
                    density.push_back(R(f(b)));
            else
                for (size_t i = 0; i + 1 < border.size(); i++)
                    density.push_back(R(f((border[i] + border[i + 1]) / 2)) *
                                      (border[i + 1] - border[i]));
        }
        normalize();
    }
    vector<R> intervals() const { return border; }
    vector<R> densities() const { return density; }
    bool operator==(const __pieces &o) const { return border == o.border && density == o.density; }
    void __each(auto &f) const
    {
        std::__each_of_table(border, f);
        std::__each_of_table(density, f);
    }
    void __each(auto &f)
    {
        std::__each_of_table(border, f);
        std::__each_of_table(density, f);
        cumulate();
    }
    template <class G>
    R __draw(G &g) const
    {
        double u = std::__canonical<double>(g);
        size_t i = std::__find_interval(ends, u);
        double rest = u - (i == 0 ? 0 : ends[i - 1]), width = double(border[i + 1] - border[i]);
        double x = rest / double(density[i]);
        if (double slope = linear ? double(density[i + linear] - density[i]) / width : 0;
            slope != 0) {
            double d = double(density[i]); // d * x + slope / 2 * x^2 = rest
            x = (std::sqrt(d * d + 2 * slope * rest) - d) / slope;
        }
        R value = border[i] + R(x);
        return value < border[i + 1] ? value : border[i];
    }
};

#define __PIECEWISE(D, linear)                                                                     \
    template <class R = double>                                                                    \
    class D : public __distribution_state<D<R>>                                                    \
    {                                                                                              \
      public:                                                                                      \
        struct param_type : __pieces<R, linear> {                                                  \
            using distribution_type = D;                                                           \
            using __pieces<R, linear>::__pieces;                                                   \
            param_type() = default;                                                                \
            bool operator==(const param_type &) const = default;                                   \
        };                                                                                         \
                                                                                                   \
      private:                                                                                     \
        param_type parameters;                                                                     \
                                                                                                   \
      public:                                                                                      \
        __SAMPLING(D, R)                                                                           \
        template <class I, class J>                                                                \
        D(I first, I last, J weights) : parameters(first, last, weights)                           \
        {                                                                                          \
        }                                                                                          \
        template <class F>                                                                         \
        D(initializer_list<R> l, F f) : parameters(l, f)                                           \
        {                                                                                          \
        }                                                                                          \
        template <class F>                                                                         \
        D(size_t n, R from, R to, F f) : parameters(n, from, to, f)                                \
        {                                                                                          \
        }                                                                                          \
        vector<R> intervals() const                                                                \
        {                                                                                          \
            return parameters.intervals();                                                         \
        }                                                                                          \
        vector<R> densities() const                                                                \
        {                                                                                          \
            return parameters.densities();                                                         \
        }                                                                                          \
        R min() const                                                                              \
        {                                                                                          \
            return intervals().front();                                                            \
        }                                                                                          \
        R max() const                                                                              \
        {                                                                                          \
            return intervals().back();                                                             \
        }                                                                                          \
        template <class G>                                                                         \
        R operator()(G &g, const param_type &given)                                                \
        {                                                                                          \
            return given.__draw(g);                                                                \
        }                                                                                          \
    };
__PIECEWISE(piecewise_constant_distribution, false)
__PIECEWISE(piecewise_linear_distribution, true)
#undef __PIECEWISE
#undef __SAMPLING

} // namespace std
