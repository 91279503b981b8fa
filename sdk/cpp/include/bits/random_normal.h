// Exponential, normal and related distributions: [rand.dist.pois], [rand.dist.norm].
#pragma once

#include <bits/random_distribution.h>
#include <bits/random_uniform.h>

namespace std
{

template <class R = double>
class exponential_distribution : public __distribution_state<exponential_distribution<R>>
{
  public:
    __DISTRIBUTION_1(exponential_distribution, R, R, lambda, 1)
    R min() const { return 0; }
    R max() const { return numeric_limits<R>::infinity(); }
    template <class G>
    R operator()(G &g, const param_type &p)
    {
        return -std::log(std::__canonical_above_zero<R>(g)) / p.lambda();
    }
};

template <class R = double>
class weibull_distribution : public __distribution_state<weibull_distribution<R>>
{
  public:
    __DISTRIBUTION_2(weibull_distribution, R, R, a, 1, R, b, 1)
    R min() const { return 0; }
    R max() const { return numeric_limits<R>::infinity(); }
    template <class G>
    R operator()(G &g, const param_type &p)
    {
        return p.b() * std::pow(-std::log(std::__canonical_above_zero<R>(g)), 1 / p.a());
    }
};

template <class R = double>
class extreme_value_distribution : public __distribution_state<extreme_value_distribution<R>>
{
  public:
    __DISTRIBUTION_2(extreme_value_distribution, R, R, a, 0, R, b, 1)
    R min() const { return -numeric_limits<R>::infinity(); }
    R max() const { return numeric_limits<R>::infinity(); }
    template <class G>
    R operator()(G &g, const param_type &p)
    {
        return p.a() - p.b() * std::log(-std::log(std::__canonical_above_zero<R>(g)));
    }
};

// Two normally distributed numbers at a time (Marsaglia's polar method).
template <class R = double>
class normal_distribution
{
    R saved = 0;
    bool has_saved = false;

  public:
    class param_type
    {
        R mean_, stddev_;

      public:
        using distribution_type = normal_distribution;
        param_type() : param_type(0) {}
        explicit param_type(R mean, R stddev = 1) : mean_(mean), stddev_(stddev) {}
        R mean() const { return mean_; }
        R stddev() const { return stddev_; }
        bool operator==(const param_type &) const = default;
    };
    using result_type = R;
    normal_distribution() : normal_distribution(0) {}
    explicit normal_distribution(R mean, R stddev = 1) : parameters(mean, stddev) {}
    explicit normal_distribution(const param_type &p) : parameters(p) {}
    void reset() { has_saved = false; }
    R mean() const { return parameters.mean(); }
    R stddev() const { return parameters.stddev(); }
    param_type param() const { return parameters; }
    void param(const param_type &p) { parameters = p; }
    R min() const { return -numeric_limits<R>::infinity(); }
    R max() const { return numeric_limits<R>::infinity(); }
    template <class G>
    R operator()(G &g)
    {
        return (*this)(g, parameters);
    }
    template <class G>
    R operator()(G &g, const param_type &p)
    {
        R x = saved;
        if (!has_saved) {
            R y, s;
            do {
                x = 2 * std::__canonical<R>(g) - 1;
                y = 2 * std::__canonical<R>(g) - 1;
                s = x * x + y * y;
            } while (s >= 1 || s == 0);
            R scale = std::sqrt(-2 * std::log(s) / s);
            saved = y * scale;
            x *= scale;
        }
        has_saved = !has_saved;
        return x * p.stddev() + p.mean();
    }
    friend bool operator==(const normal_distribution &a, const normal_distribution &b)
    {
        return a.parameters == b.parameters && a.has_saved == b.has_saved &&
               (!a.has_saved || a.saved == b.saved);
    }
    template <class C, class T>
    friend basic_ostream<C, T> &operator<<(basic_ostream<C, T> &o, const normal_distribution &d)
    {
        __state_writer<basic_ostream<C, T>> write{o};
        write(d.mean());
        write(d.stddev());
        write(int(d.has_saved));
        write(d.has_saved ? d.saved : R(0));
        return o;
    }
    template <class C, class T>
    friend basic_istream<C, T> &operator>>(basic_istream<C, T> &i, normal_distribution &d)
    {
        R mean = 0, stddev = 1, saved = 0;
        int has_saved = 0;
        {
            __state_reader<basic_istream<C, T>> read{i};
            read(mean);
            read(stddev);
            read(has_saved);
            read(saved);
        }
        if (!i.fail()) {
            d.param(param_type(mean, stddev));
            d.has_saved = has_saved;
            d.saved = saved;
        }
        return i;
    }

  private:
    param_type parameters;
};

template <class R = double>
class lognormal_distribution : public __distribution_state<lognormal_distribution<R>>
{
  public:
    __DISTRIBUTION_2(lognormal_distribution, R, R, m, 0, R, s, 1)
    R min() const { return 0; }
    R max() const { return numeric_limits<R>::infinity(); }
    template <class G>
    R operator()(G &g, const param_type &p)
    {
        return std::exp(normal_distribution<R>(p.m(), p.s())(g));
    }
};

// By Marsaglia and Tsang ("A simple method for generating gamma variables", 2000).
template <class R = double>
class gamma_distribution : public __distribution_state<gamma_distribution<R>>
{
  public:
    __DISTRIBUTION_2(gamma_distribution, R, R, alpha, 1, R, beta, 1)
    R min() const { return 0; }
    R max() const { return numeric_limits<R>::infinity(); }
    template <class G>
    R operator()(G &g, const param_type &p)
    {
        R alpha = p.alpha(), boost = 1;
        if (alpha < 1) {
            boost = std::pow(std::__canonical_above_zero<R>(g), 1 / alpha);
            alpha += 1;
        }
        R d = alpha - R(1) / 3, c = 1 / std::sqrt(9 * d);
        normal_distribution<R> normal;
        for (;;) {
            R x = normal(g), v = 1 + c * x;
            if (v <= 0)
                continue;
            v = v * v * v;
            R u = std::__canonical_above_zero<R>(g);
            if (std::log(u) < x * x / 2 + d - d * v + d * std::log(v))
                return boost * d * v * p.beta();
        }
    }
};

template <class R = double>
class chi_squared_distribution : public __distribution_state<chi_squared_distribution<R>>
{
  public:
    __DISTRIBUTION_1(chi_squared_distribution, R, R, n, 1)
    R min() const { return 0; }
    R max() const { return numeric_limits<R>::infinity(); }
    template <class G>
    R operator()(G &g, const param_type &p)
    {
        return gamma_distribution<R>(p.n() / 2, 2)(g);
    }
};

template <class R = double>
class cauchy_distribution : public __distribution_state<cauchy_distribution<R>>
{
  public:
    __DISTRIBUTION_2(cauchy_distribution, R, R, a, 0, R, b, 1)
    R min() const { return -numeric_limits<R>::infinity(); }
    R max() const { return numeric_limits<R>::infinity(); }
    template <class G>
    R operator()(G &g, const param_type &p)
    {
        return p.a() + p.b() * std::tan(R(3.141592653589793238462643383279502884L) *
                                        std::__canonical<R>(g));
    }
};

template <class R = double>
class fisher_f_distribution : public __distribution_state<fisher_f_distribution<R>>
{
  public:
    __DISTRIBUTION_2(fisher_f_distribution, R, R, m, 1, R, n, 1)
    R min() const { return 0; }
    R max() const { return numeric_limits<R>::infinity(); }
    template <class G>
    R operator()(G &g, const param_type &p)
    {
        R x = gamma_distribution<R>(p.m() / 2)(g), y = gamma_distribution<R>(p.n() / 2)(g);
        return p.n() * x / (p.m() * y);
    }
};

template <class R = double>
class student_t_distribution : public __distribution_state<student_t_distribution<R>>
{
  public:
    __DISTRIBUTION_1(student_t_distribution, R, R, n, 1)
    R min() const { return -numeric_limits<R>::infinity(); }
    R max() const { return numeric_limits<R>::infinity(); }
    template <class G>
    R operator()(G &g, const param_type &p)
    {
        R x = normal_distribution<R>()(g);
        return x * std::sqrt(p.n() / gamma_distribution<R>(p.n() / 2, 2)(g));
    }
};

template <class I = int>
class negative_binomial_distribution
    : public __distribution_state<negative_binomial_distribution<I>>
{
  public:
    __DISTRIBUTION_2(negative_binomial_distribution, I, I, k, 1, double, p, 0.5)
    I min() const { return 0; }
    I max() const { return numeric_limits<I>::max(); }
    template <class G>
    I operator()(G &g, const param_type &given)
    {
        double mean = gamma_distribution<double>(given.k(), (1 - given.p()) / given.p())(g);
        return mean > 0 ? poisson_distribution<I>(mean)(g) : 0;
    }
};

} // namespace std
