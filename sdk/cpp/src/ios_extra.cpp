// iword, pword and callbacks of streams.
#include <ios>
#include <vector>

namespace std
{

struct ios_base::extra_words : __extra_part {
    struct callback {
        event_callback function;
        int index;
    };
    vector<callback> callbacks;
    vector<long> longs;
    vector<void *> pointers;
};

void ios_base::call_back(ios_base &b, event e)
{
    auto &callbacks = static_cast<extra_words *>(b.extra)->callbacks;
    for (size_t i = callbacks.size(); i-- > 0;) // the last one first
        callbacks[i].function(e, b, callbacks[i].index);
}
ios_base::extra_words &ios_base::make_extra()
{
    if (!extra) {
        auto *words = new extra_words;
        words->call = call_back;
        words->destroy = [](__extra_part *p) { delete static_cast<extra_words *>(p); };
        extra = words;
    }
    return *static_cast<extra_words *>(extra);
}
void ios_base::copy_extra(const ios_base &o)
{
    auto *from = static_cast<const extra_words *>(o.extra);
    extra_words &to = make_extra();
    if (from)
        to = *from;
    else
        to.callbacks.clear(), to.longs.clear(), to.pointers.clear();
}

void ios_base::register_callback(event_callback f, int index)
{
    make_extra().callbacks.push_back({f, index});
}
int ios_base::xalloc()
{
    static int next;
    return next++;
}
long &ios_base::iword(int index)
{
    auto &words = make_extra().longs;
    if (size_t(index) >= words.size())
        words.resize(size_t(index) + 1);
    return words[size_t(index)];
}
void *&ios_base::pword(int index)
{
    auto &words = make_extra().pointers;
    if (size_t(index) >= words.size())
        words.resize(size_t(index) + 1);
    return words[size_t(index)];
}

} // namespace std
