#include "wasm/spec/skip.h"

#include "base/test.h"

TEST(spec_skip_list)
{
    static const char list[] = "# a comment\ncore/a.json:12 because\nb.json all of it\n\nc.json:7";

    CHECK(spec_is_skipped(list, "/x/core/a.json", "12"));
    CHECK(!spec_is_skipped(list, "/x/core/a.json", "1"));
    CHECK(!spec_is_skipped(list, "/x/core/a.json", "123"));
    CHECK(!spec_is_skipped(list, "/x/more/a.json", "12"));
    CHECK(!spec_is_skipped(list, "/x/hardcore/a.json", "12"));
    CHECK(spec_is_skipped(list, "b.json", "1") && spec_is_skipped(list, "x/b.json", "2"));
    CHECK(!spec_is_skipped(list, "x/bb.json", "2"));
    CHECK(spec_is_skipped(list, "c.json", "7") && !spec_is_skipped(list, "c.json", "8"));
    CHECK(!spec_is_skipped("", "c.json", "7") && !spec_is_skipped(NULL, "c.json", "7"));
}
