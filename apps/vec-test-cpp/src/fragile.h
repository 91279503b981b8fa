// Elements whose copies fail when a test wants them to.
#pragma once

struct Failure {
};

// Throws a Failure at a step that can be chosen. Moving may throw as well, unless `moves_well`.
template <bool moves_well>
class Fragile
{
  public:
    Fragile(int value = 0) : value(value) { make(); }
    Fragile(const Fragile &other) : value(other.value) { make(); }
    Fragile(Fragile &&other) noexcept(moves_well) : value(other.value)
    {
        if (moves_well)
            living++;
        else
            make();
    }
    Fragile &operator=(const Fragile &other)
    {
        step();
        value = other.value;
        return *this;
    }
    Fragile &operator=(Fragile &&other) noexcept(moves_well)
    {
        if (!moves_well)
            step();
        value = other.value;
        return *this;
    }
    ~Fragile() { living--; }

    bool operator==(const Fragile &) const = default;

    int value;

    static inline int living = 0;
    static inline int until_failure = -1; // so many steps go well; negative: all

  private:
    static void step()
    {
        if (until_failure == 0)
            throw Failure();
        if (until_failure > 0)
            until_failure--;
    }
    static void make()
    {
        step();
        living++;
    }
};
