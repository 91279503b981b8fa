// What is caught where, in which order things are destroyed, and what is known meanwhile.
#include <cstdio>
#include <exception>
#include <memory>
#include <new>
#include <sstream>
#include <stdexcept>
#include <string>
#include <typeinfo>
#include <vector>

static void check(bool ok, const char *what)
{
    std::printf("%s: %s\n", what, ok ? "ok" : "WRONG");
}

// Runs `throwing` and says whether a handler of H catches what it throws.
template <class H, class F>
static bool caught(F throwing)
{
    try {
        throwing();
    } catch (H) {
        return true;
    } catch (...) {
        return false;
    }
    return false;
}

struct base {
    virtual ~base() = default;
    int tag = 1;
};
struct left : virtual base {
    int l = 2;
};
struct right : virtual base {
    int r = 3;
};
struct bottom : left, right {
    int b = 4;
};
struct plain {
    int p = 5;
};
struct twice_a : plain {
};
struct twice_b : plain {
};
struct ambiguous : twice_a, twice_b {
};
struct hidden : private plain, base {
};
struct mixed : base, plain {
};
struct unfinished;
union either;
enum color { red };
enum class shade { dark };

static void classes()
{
    check(caught<bottom &>([] { throw bottom(); }), "the same class");
    check(caught<const base &>([] { throw bottom(); }), "a virtual base");
    check(caught<right>([] { throw bottom(); }), "a second base, by value");
    check(caught<plain &>([] { throw mixed(); }), "a base that is not the first");
    check(!caught<plain &>([] { throw ambiguous(); }), "not an ambiguous base");
    check(!caught<plain &>([] { throw hidden(); }), "not a private base");
    check(!caught<bottom &>([] { throw left(); }), "not a derived class");
    check(!caught<int>([] { throw 1L; }), "no conversion of numbers");
    check(!caught<int>([] { throw red; }), "no conversion of an enumeration");
    check(caught<shade>([] { throw shade::dark; }), "an enumeration");
    try {
        throw bottom();
    } catch (right &r) {
        check(r.r == 3 && r.tag == 1 && dynamic_cast<bottom &>(r).b == 4, "the subobject itself");
    }
    try {
        throw mixed();
    } catch (const plain &p) {
        check(p.p == 5, "the subobject behind another");
    }
}

static int number;
static unfinished *some;
static void function() {}
static void quiet_function() noexcept {}

static void pointers()
{
    static bottom whole;
    static int *level;
    check(caught<int *>([] { throw &number; }), "a pointer");
    check(caught<const int *>([] { throw &number; }), "a pointer, const added");
    check(!caught<int *>([] { throw const_cast<const int *>(&number); }), "const is not lost");
    check(caught<void *>([] { throw &number; }), "a pointer as void *");
    check(caught<const void *>([] { throw &number; }), "a pointer as const void *");
    check(!caught<void *>([] { throw &function; }), "a function is no void *");
    check(caught<void (*)()>([] { throw &function; }), "a function");
    check(caught<void (*)()>([] { throw &quiet_function; }), "a noexcept function as another");
    check(!caught<void (*)() noexcept>([] { throw &function; }), "a function is not noexcept");
    check(caught<base *>([] { throw &whole; }), "a pointer to a virtual base");
    check(caught<base *>([] { throw static_cast<bottom *>(nullptr); }), "a null pointer to a base");
    check(!caught<plain *>([] { throw static_cast<ambiguous *>(nullptr); }),
          "a null pointer to no base");
    check(!caught<left *>([] { throw static_cast<base *>(&whole); }),
          "no pointer to a derived class");
    check(caught<unfinished **>([] { throw &some; }), "of an incomplete class");
    check(caught<unfinished *const *>([] { throw &some; }), "of an incomplete class, const inside");
    check(!caught<either **>([] { throw &some; }), "of another incomplete class");
    check(caught<int *const *>([] { throw &level; }), "const inside");
    check(caught<const int *const *>([] { throw &level; }), "const on two levels");
    check(!caught<const int **>([] { throw &level; }), "not const on the deeper level alone");
    check(!caught<void **>([] { throw &level; }), "int ** is no void **");
    check(caught<int *>([] { throw nullptr; }), "nullptr as a pointer");
    check(caught<std::nullptr_t>([] { throw nullptr; }), "nullptr itself");
    check(!caught<int>([] { throw nullptr; }), "nullptr is no number");
    check(caught<int plain::*>([] { throw &plain::p; }), "a pointer to a member");
    check(caught<const int plain::*>([] { throw &plain::p; }),
          "a pointer to a member, const added");
    check(!caught<int mixed::*>([] { throw &plain::p; }), "a pointer to a derived class's member");
    try {
        throw nullptr;
    } catch (int plain::*m) {
        check(m == nullptr, "nullptr as a pointer to a member");
    }
    try {
        throw nullptr;
    } catch (void (plain::*m)()) {
        check(m == nullptr, "nullptr as a pointer to a member function");
    }
    try {
        throw &whole;
    } catch (right *const &r) {
        check(r->r == 3, "a pointer by reference, to a base");
    }
    try {
        try {
            throw &number;
        } catch (int *&p) {
            p = nullptr;
            throw;
        }
    } catch (int *p) {
        check(p == nullptr, "a pointer changed in its place");
    }
    try {
        std::rethrow_exception(std::make_exception_ptr(&number));
    } catch (int *&p) {
        check(p == &number, "a pointer by reference, from an exception_ptr");
    }
}

static std::string trace;
struct tracer {
    char name;
    explicit tracer(char n) : name(n) { trace += name; }
    tracer(const tracer &o) : name(char(o.name - 'a' + 'A')) { trace += name; }
    ~tracer() { trace += '~', trace += name; }
};
static bool traced(const char *wanted)
{
    bool ok = trace == wanted;
    if (!ok)
        std::printf("%s instead of %s\n", trace.c_str(), wanted);
    trace.clear();
    return ok;
}

struct members {
    tracer a{'a'}, b;
    explicit members(bool fail)
    try : b('b') {
        tracer c('c');
        if (fail)
            throw 1;
    } catch (int) {
        trace += '!'; // and goes on by itself
    }
};
static tracer make_third()
{
    static int count;
    if (++count == 3)
        throw count;
    return tracer('n');
}
static int by_try_block(int n)
try {
    if (n)
        throw n;
    return 0;
} catch (int m) {
    return m + 1;
}
static int in_static(bool fail)
{
    static int value = fail ? throw 1 : 7;
    return value;
}

static void order()
{
    try {
        tracer a('a');
        tracer b('b');
        throw 1;
    } catch (int) {
        check(traced("ab~b~a"), "locals are destroyed in reverse");
    }
    check(caught<int>([] { members m(true); }), "from a constructor");
    check(traced("abc~c~b~a!"), "members before the constructor's handler");
    check(caught<int>([] { tracer all[] = {make_third(), make_third(), make_third()}; }),
          "from an array's initialization");
    check(traced("nn~n~n"), "the elements that were there");
    check(caught<int>([] { delete new members(true); }), "from a new expression");
    trace.clear();
    check(by_try_block(0) == 0 && by_try_block(4) == 5, "a function's try block");
    check(caught<int>([] { in_static(true); }) && in_static(false) == 7, "a static tried again");
    try {
        throw tracer('x');
    } catch (tracer t) {
        trace += '.';
    }
    check(traced("xX.~X~x"), "a copy for the handler, the exception goes last");
    try {
        try {
            throw tracer('y');
        } catch (tracer &t) {
            t.name = 'z';
            throw;
        }
    } catch (tracer &t) {
        trace += t.name;
    }
    check(traced("yz~z"), "the same object is thrown again");
    try {
        try {
            throw tracer('p');
        } catch (tracer &) {
            throw tracer('q');
        }
    } catch (tracer &t) {
        check(t.name == 'q', "another one from the handler");
    }
    check(traced("pq~p~q"), "the first one is gone before the second is handled");
}

struct counting {
    int *to;
    ~counting() { *to = std::uncaught_exceptions(); }
};
static int inside_unwinding;
struct catches_itself {
    ~catches_itself()
    {
        try {
            throw 'c';
        } catch (char) {
            inside_unwinding = std::uncaught_exceptions();
        }
    }
};

static void state()
{
    int seen = -1;
    try {
        counting c{&seen};
        throw 1;
    } catch (int) {
        check(seen == 1 && std::uncaught_exceptions() == 0, "how many are uncaught");
    }
    {
        counting c{&seen};
    }
    check(seen == 0, "none are without a throw");
    try {
        catches_itself c;
        throw 1L;
    } catch (long) {
        check(inside_unwinding == 1, "one within another's unwinding");
    }
    check(!std::current_exception(), "no current exception outside of handlers");

    std::exception_ptr kept;
    try {
        throw tracer('k');
    } catch (...) {
        kept = std::current_exception();
        check(kept == std::current_exception(), "the current exception");
    }
    check(traced("k"), "an exception_ptr keeps it");
    for (int i = 0; i < 2; i++)
        try {
            std::rethrow_exception(kept);
        } catch (const tracer &t) {
            check(t.name == 'k' && std::current_exception() == kept, "and throws it again");
        }
    std::exception_ptr copy = kept;
    kept = nullptr;
    check(traced(""), "while there is a copy");
    copy = std::exception_ptr();
    check(traced("~k"), "and no longer");

    auto made = std::make_exception_ptr(std::out_of_range("made"));
    check(caught<std::out_of_range &>([&] { std::rethrow_exception(made); }), "made, not thrown");
    try {
        try {
            throw std::runtime_error("inner");
        } catch (...) {
            std::throw_with_nested(std::invalid_argument("outer"));
        }
    } catch (const std::exception &e) {
        std::printf("%s\n", e.what());
        try {
            std::rethrow_if_nested(e);
        } catch (const std::exception &inner) {
            std::printf("  %s\n", inner.what());
        }
    }
    std::rethrow_if_nested(std::logic_error("without another"));
    try {
        try {
            throw 1;
        } catch (...) {
            try {
                throw 2;
            } catch (...) {
            }
            throw; // the outer one
        }
    } catch (int n) {
        check(n == 1, "the outer exception is current again after the inner one");
    }
}

static void say(void (*throwing)())
{
    try {
        throwing();
        std::puts("nothing thrown");
    } catch (const std::exception &e) {
        std::printf("%s\n", e.what());
    }
}

static volatile long huge = -1;
static void *volatile made; // so that no allocation is left out
static void standard()
{
    say([] { (void)std::vector<int>(3).at(3); });
    say([] { (void)std::string("abc").at(3); });
    say([] { (void)std::string("abc").substr(4); });
    say([] { std::vector<int>().reserve(0x7fffffff); });
    say([] { (void)std::stoi("x"); });
    say([] { (void)std::stoi("99999999999"); });
    say([] { made = new char[std::size_t(huge) / 2]; });
    say([] { made = new int[std::size_t(huge)]; });
    say([] {
        base b;
        (void)dynamic_cast<left &>(b);
    });
    say([] {
        base *volatile none = nullptr;
        base *pointer = none;
        (void)typeid(*pointer).name();
    });
    say([] { std::shared_ptr<int> p{std::weak_ptr<int>()}; });
    made = new (std::nothrow) char[std::size_t(huge) / 2];
    check(made == nullptr, "nothrow gives null");
    std::runtime_error a("a text of its own"), b("another");
    b = a;
    check(std::runtime_error(b).what() == a.what(), "copies share the text");
}

struct broken_buffer : std::streambuf {
    int_type overflow(int_type) override { throw 7; }
    int sync() override { throw 8; }
};
static void streams()
{
    std::istringstream in("x");
    int n = 0;
    in >> n;
    check(in.fail() && !in.bad(), "a stream that fails does not throw by itself");
    check(caught<const std::ios_base::failure &>([&] { in.exceptions(std::ios_base::failbit); }),
          "it does when it is told to");
    in.clear();
    check(caught<const std::runtime_error &>([&] { in >> n; }), "and each time it fails then");
    broken_buffer buffer;
    std::ostream out(&buffer);
    out << 1;
    check(out.bad(), "what a buffer throws makes the stream bad");
    out.clear();
    out.exceptions(std::ios_base::badbit);
    check(caught<int>([&] { out << "text"; }), "and goes on if the stream is told to throw");
    out.clear();
    out << std::nounitbuf;
    check(caught<int>([&] { out.flush(); }), "from flush as well");
}

// Memory is full: exceptions can be thrown all the same.
static void full_memory()
{
    struct block {
        block *next;
    };
    block *all = nullptr;
    std::size_t size = 1 << 24;
    for (; size >= sizeof(block); size /= 2)
        while (void *p = ::operator new(size, std::nothrow))
            all = ::new (p) block{all};
    int count = 0;
    for (int i = 0; i < 100; i++)
        try {
            try {
                (void)::operator new(64);
            } catch (const std::bad_alloc &) {
                count++;
                throw;
            }
        } catch (const std::exception &) {
            count++;
        }
    while (all) {
        block *next = all->next;
        ::operator delete(all);
        all = next;
    }
    check(count == 200, "exceptions in full memory");
}

static int deep(int n)
{
    tracer t('d');
    trace.clear();
    return n ? deep(n - 1) + 1 : throw n;
}

int main()
{
    classes();
    pointers();
    order();
    state();
    standard();
    streams();
    full_memory();
    check(caught<int>([] { deep(1000); }), "through a thousand frames");
}
