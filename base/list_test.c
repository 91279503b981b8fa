#include "base/list.h"

#include "base/bitmap.h"
#include "base/test.h"

struct item {
    int value;
    struct list link;
};

TEST(list_keeps_order_and_survives_double_removal)
{
    struct list head = LIST_INIT(head);
    struct item items[4];
    int want = 0;

    for (int i = 0; i < 4; i++) {
        items[i].value = i;
        list_push_back(&head, &items[i].link);
    }
    LIST_EACH(it, &head)
    CHECK(LIST_ENTRY(it, struct item, link)->value == want++);
    list_remove(&items[1].link);
    list_remove(&items[1].link);
    LIST_EACH_SAFE(it, &head)
    list_remove(it);
    CHECK(want == 4 && list_empty(&head) && !list_pop_front(&head));
    list_push_front(&head, &items[2].link);
    list_push_front(&head, &items[3].link);
    CHECK(list_pop_front(&head) == &items[3].link && list_pop_front(&head) == &items[2].link);
}

TEST(bitmap_bits_are_independent)
{
    uint64_t map[BITMAP_WORDS(130)] = {0};

    CHECK(ARRAY_LEN(map) == 3);
    bitmap_set(map, 0);
    bitmap_set(map, 64);
    bitmap_set(map, 129);
    bitmap_clear(map, 64);
    CHECK(bitmap_get(map, 0) && !bitmap_get(map, 64) && bitmap_get(map, 129) &&
          !bitmap_get(map, 1));
}
