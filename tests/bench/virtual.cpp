/* Shapes behind a base class: almost all work is calls through tables of functions. */
#include "tests/bench/bench.h"

namespace
{

constexpr int kShapes = 1000;
constexpr int kTimes = 8000;

class Shape
{
  public:
    virtual ~Shape() = default;
    virtual uint32_t area() const = 0;
    virtual void grow(uint32_t by) = 0;
};

class Square : public Shape
{
  public:
    explicit Square(uint32_t side) : side_(side) {}
    uint32_t area() const override { return side_ * side_; }
    void grow(uint32_t by) override { side_ += by; }

  private:
    uint32_t side_;
};

class Box : public Shape
{
  public:
    Box(uint32_t w, uint32_t h) : w_(w), h_(h) {}
    uint32_t area() const override { return w_ * h_; }
    void grow(uint32_t by) override { w_ ^= by; }

  private:
    uint32_t w_, h_;
};

class Disc : public Shape
{
  public:
    explicit Disc(uint32_t r) : r_(r) {}
    uint32_t area() const override { return r_ * r_ * 355 / 113; }
    void grow(uint32_t by) override { r_ = (r_ + by) & 0xffff; }

  private:
    uint32_t r_;
};

Shape *make(uint32_t n)
{
    switch (n % 3) {
    case 0:
        return new Square(n);
    case 1:
        return new Box(n, n + 2);
    default:
        return new Disc(n);
    }
}

} // namespace

static uint64_t bench_kernel(void)
{
    static Shape *shapes[kShapes];
    uint32_t seed = 77;
    uint64_t sum = 0;

    for (Shape *&s : shapes)
        s = make(bench_random(&seed) >> 20);
    for (int i = 0; i < kTimes; i++) {
        for (Shape *s : shapes) {
            sum += s->area();
            s->grow(static_cast<uint32_t>(i) & 3);
        }
    }
    for (Shape *s : shapes)
        delete s;
    return sum;
}
