// What is left after an exception: each operation fails at its first, second, third … step, until
// it succeeds.
#include "allocators.h"
#include "check.h"
#include "fragile.h"
#include "tests.h"
#include <string>
#include <vector>

namespace
{

enum class Promise {
    strong, // it has happened, or nothing has
    basic,  // some elements may have changed, but none is lost or made twice
};

template <class Element>
class Guarantee
{
  public:
    using Vector = std::vector<Element, TrackingAllocator<Element>>;

    static void check(std::string what, Promise promise, void (*change)(Vector &))
    {
        for (std::size_t room : {8, 40})
            check_with_room(room, what + (room > 8 ? " with room" : " without room"), promise,
                            change);
    }

  private:
    static void check_with_room(std::size_t room, const std::string &what, Promise promise,
                                void (*change)(Vector &))
    {
        int living = Element::living, blocks = Memory::blocks;
        for (int steps = 0;; steps++) {
            Vector v;
            v.reserve(room);
            for (int i = 0; i < 8; i++)
                v.emplace_back(i);
            const Vector before = v;
            bool failed = fails(v, change, Element::until_failure, steps);
            if (!failed)
                failed = fails(v = before, change, Memory::until_failure, steps);
            if (!failed)
                break;
            expect(promise == Promise::basic || v == before, what + ": something has changed");
            expect(Element::living == living + 8 + static_cast<int>(v.size()),
                   what + ": elements are lost or too many");
        }
        expect(Element::living == living, what + ": elements live on");
        expect(Memory::blocks == blocks && !Memory::mixed_up, what + ": memory is lost");
    }

    static bool fails(Vector &v, void (*change)(Vector &), int &countdown, int steps)
    {
        bool failed = true;
        countdown = steps;
        try {
            change(v);
            failed = false;
        } catch (const Failure &) {
        } catch (const std::bad_alloc &) {
        }
        countdown = -1;
        return failed;
    }
};

template <class Element>
void test_all()
{
    using G = Guarantee<Element>;
    using Vector = typename G::Vector;
    static const Element seven(7);
    static const std::vector<int> numbers = {1, 2, 3};
    G::check("push_back", Promise::strong, [](Vector &v) { v.push_back(seven); });
    G::check("emplace_back", Promise::strong, [](Vector &v) { v.emplace_back(7); });
    G::check("resize", Promise::strong, [](Vector &v) { v.resize(12); });
    G::check("resize with a value", Promise::strong, [](Vector &v) { v.resize(12, seven); });
    G::check("reserve", Promise::strong, [](Vector &v) { v.reserve(50); });
    G::check("shrink_to_fit", Promise::strong, [](Vector &v) { v.shrink_to_fit(); });
    G::check("insert at the end", Promise::strong, [](Vector &v) { v.insert(v.end(), seven); });
    G::check("insert", Promise::basic, [](Vector &v) { v.insert(v.begin() + 3, seven); });
    G::check("emplace", Promise::basic, [](Vector &v) { v.emplace(v.begin() + 3, 7); });
    G::check("insert copies", Promise::basic, [](Vector &v) { v.insert(v.begin(), 5, seven); });
    G::check("insert a range", Promise::basic,
             [](Vector &v) { v.insert(v.begin() + 2, numbers.begin(), numbers.end()); });
    G::check("erase", Promise::basic, [](Vector &v) { v.erase(v.begin() + 1, v.begin() + 3); });
    G::check("assign copies", Promise::basic, [](Vector &v) { v.assign(20, seven); });
    G::check("assign a range", Promise::basic,
             [](Vector &v) { v.assign(numbers.begin(), numbers.end()); });
    G::check("copy", Promise::strong, [](Vector &v) { Vector copy(v); });
    G::check("construction", Promise::strong, [](Vector &) { Vector made(5, seven); });
    G::check("construction from a range", Promise::strong,
             [](Vector &) { Vector made(numbers.begin(), numbers.end()); });
}

} // namespace

void test_guarantees()
{
    run_test("Guarantee for elements that are copied", test_all<Fragile<false>>);
    run_test("Guarantee for elements that are moved", test_all<Fragile<true>>);
}
